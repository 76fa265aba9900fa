//! Floor 5: the command line.
//!
//! [`parse`] turns arguments into an [`Invocation`]; [`run`] carries a command out and gives the exit
//! code: 0 nothing to report, 1 findings, 2 the command could not do all of its work. Findings go to
//! standard output, faults to standard error. The server is named here, but started by `main`.

mod annotate;
mod args;
mod check;
mod completions;
mod decode;
mod docx;
mod drafts;
mod escape;
mod explain;
mod faults;
mod init;
mod lexicon;
mod locale;
mod man;
mod output;
mod place;
mod projects;
mod report;
mod schema;
mod strip;
mod usage_error;

use std::{
    ffi::OsString,
    io::{self, Write},
    net::SocketAddr,
    process::ExitCode,
};

use clap::{CommandFactory, FromArgMatches, error::ErrorKind};

use crate::lang::Lang;
use args::{Arguments, Subcommand};
use locale::Language;

/// What the arguments ask for.
pub enum Invocation {
    /// The language server.
    Server {
        /// The address to listen on; absent = standard input and output.
        tcp: Option<SocketAddr>,
        /// The language of messages, if one was asked for.
        lang: Option<Lang>,
    },
    /// A command that ends by itself.
    Command(Box<Command>),
}

/// A command of the command line with its options.
pub struct Command {
    subcommand: Subcommand,
    language: Language,
}

/// How a command ended; the graver of two is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Nothing to report.
    Clean = 0,
    /// There are findings.
    Findings = 1,
    /// Some of the work could not be done.
    Fault = 2,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome as u8)
    }
}

/// Reads the arguments, the program's name first. Help, a version or a usage error is printed at once
/// and gives the exit code.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Invocation, ExitCode> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let lang = locale::asked_for(&arguments).unwrap_or_else(locale::of_environment);
    let command = locale::localize(Arguments::command(), lang);
    let read =
        command.try_get_matches_from(&arguments).and_then(|mut matches| Arguments::from_arg_matches_mut(&mut matches));
    let Arguments { lang: option, subcommand, .. } = read.map_err(|error| refuse(&error, lang))?;
    Ok(match subcommand {
        Subcommand::Lsp(lsp) => Invocation::Server { tcp: lsp.tcp, lang: option },
        subcommand => {
            let language = Language { option, environment: locale::of_environment() };
            Invocation::Command(Box::new(Command { subcommand, language }))
        }
    })
}

/// Carries a command out.
pub fn run(command: Command) -> ExitCode {
    let Command { subcommand, language } = command;
    let outcome = match subcommand {
        Subcommand::Check(args) => check::run(&args, language),
        Subcommand::Annotate(args) => annotate::run(&args, language),
        Subcommand::Explain(args) => explain::run(&args, language),
        Subcommand::Strip(args) => strip::run(&args, language),
        Subcommand::Lexicon(args) => lexicon::run(&args, language),
        Subcommand::Init(args) => init::run(&args, language),
        Subcommand::Schema(args) => schema::run(&args, language),
        Subcommand::Completions(args) => completions::run(&args, language),
        Subcommand::Man(args) => man::run(&args, language),
        Subcommand::Lsp(_) => Outcome::Clean,
    };
    outcome.into()
}

/// Prints help to standard output, and a usage error to standard error. A reader who has gone away is
/// no fault.
fn refuse(error: &clap::Error, lang: Lang) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print();
            Outcome::Clean.into()
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            Outcome::Fault.into()
        }
        _ => {
            let _ = io::stderr().write_all(usage_error::render(error, lang).as_bytes());
            Outcome::Fault.into()
        }
    }
}
