//! `hegao completions`: a completion script for a shell.

use clap::CommandFactory;

use super::{
    Outcome,
    args::{Arguments, CompletionsArgs},
    faults::Faults,
    locale::{self, Language},
    output::{Content, Output},
};

/// Prints the script.
pub(super) fn run(args: &CompletionsArgs, language: Language) -> Outcome {
    let lang = language.general();
    let mut faults = Faults::new(lang);
    let mut command = locale::localize(Arguments::command(), lang);
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "hegao", &mut script);
    Output::stdout(Content::ForPrograms).write(&mut faults, |out| out.write_all(&script));
    faults.outcome()
}
