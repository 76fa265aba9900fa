//! `hegao lexicon check`: what is wrong, doubtful or missing in the lexicon files.

use std::{
    collections::HashMap,
    io::{self, Write},
    path::Path,
};

use jiff::Zoned;
use serde::Serialize;

use crate::{
    check::Project,
    cli::{
        Outcome,
        args::{AsOfArgs, AuditFormat, LexiconCheckArgs},
        faults::{Faults, problem_line},
        locale::Language,
        output::{Content, Output},
        place::{Lines, Range, from_here, visible},
        report::severity_word,
    },
    lang::Lang,
    lexicon::{FileEdit, Problem, Severity, audit},
};

/// Prints the problems of lexicon files in the order of files and lines. What has no line, such as a
/// file that is not there, and what is wrong in hegao.toml are faults.
pub(super) fn run(args: &LexiconCheckArgs, language: Language) -> Outcome {
    let loaded = super::load(&args.project, &AsOfArgs::default(), language);
    let project = &loaded.project;
    let lang = language.of(project);
    let mut faults = Faults::new(lang);
    let is_fault = |problem: &Problem| problem.line == 0 || project.config_path() == Some(&problem.path);
    let all = project.problems().iter().cloned().chain(project.audit(Zoned::now().date()));
    let (not_done, mut found): (Vec<Problem>, Vec<Problem>) = all.partition(is_fault);
    faults.of_problems(&not_done);
    found.sort_by(|a, b| (&a.path, a.span, a.code).cmp(&(&b.path, b.span, b.code)));
    let content = if args.format == AuditFormat::Json { Content::ForPrograms } else { Content::ForPeople };
    let mut output = Output::stdout(content);
    output.write(&mut faults, |out| match args.format {
        AuditFormat::Concise => found.iter().try_for_each(|problem| write_line(problem, lang, out)),
        AuditFormat::Full => write_full(project, &found, lang, out),
        AuditFormat::Json => write_json(project, &found, lang, out),
    });
    let outcome = match found.iter().any(|problem| args.fail_on.includes(problem.severity)) {
        true => Outcome::Findings,
        false => Outcome::Clean,
    };
    outcome.max(faults.outcome())
}

fn write_line(problem: &Problem, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", visible(&problem_line(problem, lang)))
}

/// Each problem with its severity and the line it stands in, then how many there are.
fn write_full(project: &Project, found: &[Problem], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    for problem in found {
        write_line(problem, lang, out)?;
        let name = audit::find(problem.code.code()).map_or("", |rule| rule.name);
        let line = line_of(project, problem);
        writeln!(out, "  {} {name} │ {}", severity_word(problem.severity, lang), visible(line))?;
        for edit in &problem.fix {
            let label = if lang == Lang::Zh { "修正：" } else { "Fix: " };
            writeln!(out, "  {label}{}", visible(&edit.text))?;
        }
    }
    let counts =
        Severity::ALL.map(|severity| (severity, found.iter().filter(|problem| problem.severity == severity).count()));
    let counts: Vec<String> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| format!("{} {count}", severity_word(*severity, lang)))
        .collect();
    match (lang, counts.is_empty()) {
        (_, true) => Ok(()),
        (Lang::Zh, false) => writeln!(out, "词库检查：{}。", counts.join("、")),
        (Lang::En, false) => writeln!(out, "Lexicon: {}.", counts.join(", ")),
    }
}

/// The line in which a problem begins.
fn line_of<'p>(project: &'p Project, problem: &Problem) -> &'p str {
    let Some(text) = text_of(project, &problem.path) else { return "" };
    let at = text.floor_char_boundary(problem.span.start);
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].lines().next().unwrap_or_default().trim()
}

fn text_of<'p>(project: &'p Project, path: &Path) -> Option<&'p str> {
    project.lexicon().files().iter().find(|file| file.path == path).map(|file| &*file.text)
}

#[derive(Serialize)]
struct ProblemRecord<'a> {
    path: String,
    code: &'static str,
    rule: &'static str,
    severity: Severity,
    message: &'a str,
    /// Null if the file could not be read.
    range: Option<Range>,
    /// The edits that mend it; empty if that is not certain.
    fix: Vec<EditRecord<'a>>,
}

#[derive(Serialize)]
struct EditRecord<'a> {
    path: String,
    start: usize,
    end: usize,
    text: &'a str,
}

impl<'a> EditRecord<'a> {
    fn of(edit: &'a FileEdit) -> Self {
        Self { path: from_here(&edit.path), start: edit.span.start, end: edit.span.end, text: &edit.text }
    }
}

fn write_json(project: &Project, found: &[Problem], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let mut lines: HashMap<&Path, Option<Lines>> = HashMap::new();
    let records: Vec<ProblemRecord> = found
        .iter()
        .map(|problem| {
            let lines = lines.entry(&problem.path).or_insert_with(|| text_of(project, &problem.path).map(Lines::new));
            let fix = problem.fix.iter().map(EditRecord::of);
            ProblemRecord {
                path: from_here(&problem.path),
                code: problem.code.code(),
                rule: audit::find(problem.code.code()).map_or("", |rule| rule.name),
                severity: problem.severity,
                message: problem.message.get(lang),
                range: lines.as_ref().map(|lines| lines.range(problem.span)),
                fix: fix.collect(),
            }
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &records)?;
    out.write_all(b"\n")
}
