//! `hegao lexicon`: looking at and checking the lexicon. One file per command.

mod check;
pub(super) mod entry_record;
pub(super) mod entry_text;
mod export;
mod import;
mod plan_text;
mod search;
mod show;
mod stats;

use super::{
    Outcome,
    args::{AsOfArgs, LexiconArgs, LexiconCommand, ProjectArgs},
    locale::Language,
    projects::{LoadedProject, Projects},
};
use crate::check::RuleSelection;

/// Carries out a command on the lexicon in force in the current folder.
pub(super) fn run(args: &LexiconArgs, language: Language) -> Outcome {
    match &args.command {
        LexiconCommand::Show(args) => show::run(args, language),
        LexiconCommand::Search(args) => search::run(args, language),
        LexiconCommand::Check(args) => check::run(args, language),
        LexiconCommand::Stats(args) => stats::run(args, language),
        LexiconCommand::Import(args) => import::run(args, language),
        LexiconCommand::Export(args) => export::run(args, language),
    }
}

/// The project in force in the current folder.
fn load(project: &ProjectArgs, as_of: &AsOfArgs, language: Language) -> LoadedProject {
    Projects::new(project, as_of, RuleSelection::default(), language).of_current_folder()
}
