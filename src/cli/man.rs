//! `hegao man`: a manual page, for the whole program or a command.

use clap::CommandFactory;

use super::{
    Outcome,
    args::{Arguments, ManArgs},
    faults::Faults,
    locale::{self, Language},
    output::{Content, Output},
};
use crate::lang::Message;

/// Prints the page.
pub(super) fn run(args: &ManArgs, language: Language) -> Outcome {
    let lang = language.general();
    let mut faults = Faults::new(lang);
    let mut command = locale::localize(Arguments::command(), lang);
    // Gives every command its full name and the options that hold for all.
    command.build();
    for name in &args.command {
        let Some(found) = command.find_subcommand(name).cloned() else {
            faults.general(&Message::new(format!("没有 `{name}` 这个命令"), format!("there is no command `{name}`")));
            return Outcome::Fault;
        };
        command = found;
    }
    let page = clap_mangen::Man::new(command);
    Output::stdout(Content::ForPrograms).write(&mut faults, |out| {
        let mut roff = Vec::new();
        page.render(&mut roff)?;
        out.write_all(&roff)
    });
    faults.outcome()
}
