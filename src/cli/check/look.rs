//! How a report looks: colours, width and hyperlinks.

use std::io::{IsTerminal, stdout};

use anstream::ColorChoice;

use crate::cli::{
    args::{CheckArgs, When},
    report::Look,
};

/// Makes `--color` hold for all that is printed. With `auto`, `NO_COLOR`, `CLICOLOR` and
/// `CLICOLOR_FORCE` hold as usual.
pub(super) fn choose_colors(args: &CheckArgs) {
    let choice = match args.color {
        When::Auto => ColorChoice::Auto,
        When::Always => ColorChoice::Always,
        When::Never => ColorChoice::Never,
    };
    choice.write_global();
}

/// The look that the options and the terminal ask for.
pub(super) fn of(args: &CheckArgs) -> Look {
    let is_terminal = args.output.is_none() && stdout().is_terminal();
    let columns = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let asked = args.width.map(usize::from);
    Look {
        width: asked.or_else(|| if is_terminal { columns() } else { None }).unwrap_or(usize::MAX),
        links: match args.hyperlinks {
            When::Auto => is_terminal && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
            When::Always => true,
            When::Never => false,
        },
        explain: args.explain,
    }
}
