//! `hegao lexicon check`: what is wrong in the lexicon files.

use crate::{
    cli::{
        Outcome,
        args::{AsOfArgs, LexiconCheckArgs},
        faults::{Faults, problem_line},
        locale::Language,
        output::{Content, Output},
        place::visible,
    },
    lexicon::Problem,
};

/// Prints the problems of lexicon files in the order of files and lines. What has no line, such as a
/// file that is not there, and what is wrong in hegao.toml are faults.
pub(super) fn run(args: &LexiconCheckArgs, language: Language) -> Outcome {
    let loaded = super::load(&args.project, &AsOfArgs::default(), language);
    let project = &loaded.project;
    let lang = language.of(project);
    let mut faults = Faults::new(lang);
    let is_fault = |problem: &&Problem| problem.line == 0 || project.config_path() == Some(&problem.path);
    let (not_done, mut found): (Vec<&Problem>, Vec<&Problem>) = project.problems().iter().partition(is_fault);
    not_done.into_iter().for_each(|problem| faults.of_problems(std::slice::from_ref(problem)));
    found.sort_by(|a, b| (&a.path, a.span, a.code).cmp(&(&b.path, b.span, b.code)));
    let mut output = Output::stdout(Content::ForPeople);
    output.write(&mut faults, |out| {
        found.iter().try_for_each(|problem| writeln!(out, "{}", visible(&problem_line(problem, lang))))
    });
    let outcome = if found.is_empty() { Outcome::Clean } else { Outcome::Findings };
    outcome.max(faults.outcome())
}
