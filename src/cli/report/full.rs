//! `--format full`: for people. Each finding with its place, message, excerpt, evidence and fixes.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::{
    DraftReport, Reporter, Summary,
    excerpt::{Excerpt, shorten},
    severity_word,
};
use crate::{
    cli::place::{Lines, from_here, visible},
    lang::Lang,
    lexicon::ValidTime,
    rules::{Edit, Evidence, Finding, Fix, Severity},
};

/// Fixes shown for one finding.
const MAX_FIXES: usize = 3;
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// A report for people.
pub(super) struct Full;

impl Reporter for Full {
    fn draft(&mut self, report: &DraftReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        if report.findings.is_empty() {
            return Ok(());
        }
        let lines = report.lines();
        report.findings.iter().try_for_each(|finding| write_finding(finding, report, &lines, out))
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let counts = summary.findings.iter().zip(Severity::ALL);
        let found: usize = summary.findings.iter().sum();
        let drafts = summary.drafts;
        match summary.lang {
            Lang::Zh if drafts == 0 => writeln!(out, "没有检查任何文件。"),
            Lang::En if drafts == 0 => writeln!(out, "No file was checked."),
            Lang::Zh if found == 0 => writeln!(out, "检查 {drafts} 个文件，未发现问题。"),
            Lang::Zh => {
                let counts = counts.filter(|(count, severity)| **count > 0 || *severity != Severity::Hint);
                let counts: Vec<String> =
                    counts.map(|(count, severity)| format!("{} {count}", severity_word(severity, Lang::Zh))).collect();
                writeln!(out, "检查 {drafts} 个文件，发现 {}。", counts.join("、"))
            }
            Lang::En if found == 0 => writeln!(out, "{drafts} {} checked, nothing found.", plural(drafts, "file")),
            Lang::En => {
                let counts = counts.filter(|(count, severity)| **count > 0 || *severity != Severity::Hint);
                let counts: Vec<String> =
                    counts.map(|(count, severity)| format!("{count} {}", plural(*count, severity.name()))).collect();
                writeln!(out, "{drafts} {} checked: {}.", plural(drafts, "file"), counts.join(", "))
            }
        }
    }
}

/// `word` for one of them, `words` otherwise; of `info` there are no more.
fn plural(count: usize, word: &str) -> String {
    if count == 1 || word == "info" { word.to_owned() } else { format!("{word}s") }
}

fn write_finding(finding: &Finding, report: &DraftReport<'_>, lines: &Lines, out: &mut dyn Write) -> io::Result<()> {
    let (lang, text) = (report.lang, &*report.draft.text);
    let start = lines.point(finding.span.start);
    let style = severity_style(finding.severity);
    let word = severity_word(finding.severity, lang);
    let (path, code, rule) = (visible(report.path), finding.code, finding.rule);
    writeln!(
        out,
        "{BOLD}{path}:{}:{}{BOLD:#} {style}{word}{style:#} {code} {DIM}{rule}{DIM:#}",
        start.line, start.column
    )?;
    for line in finding.message.get(lang).lines() {
        writeln!(out, "  {}", visible(line))?;
    }
    let Excerpt { before, marked, after } = Excerpt::of(text, finding.span);
    let (before, marked, after) = (visible(&before), visible(&marked), visible(&after));
    writeln!(out, "  {DIM}│{DIM:#} {before}{style}⟦{marked}⟧{style:#}{after}")?;
    for evidence in &finding.evidence {
        writeln!(out, "  {}", visible(&evidence_line(evidence, report)))?;
    }
    for (position, fix) in finding.fixes.iter().take(MAX_FIXES).enumerate() {
        let label = match (lang, position) {
            (Lang::Zh, 0) => "修正：",
            (Lang::Zh, _) => "　或：",
            (Lang::En, 0) => "Fix: ",
            (Lang::En, _) => " or: ",
        };
        writeln!(out, "  {label}{}", visible(&fix_words(fix, finding, text, lang)))?;
    }
    if finding.fixes.len() > MAX_FIXES {
        let more = finding.fixes.len() - MAX_FIXES;
        match lang {
            Lang::Zh => writeln!(out, "  　另有 {more} 种改法，见 --format json")?,
            Lang::En => writeln!(out, "  and {more} more in --format json")?,
        }
    }
    writeln!(out)
}

/// `依据：事实（时间；来源；文件:行）`
fn evidence_line(evidence: &Evidence, report: &DraftReport<'_>) -> String {
    let lexicon = report.project.lexicon();
    let file = lexicon.file(lexicon.entry(evidence.entry).file);
    let place = format!("{}:{}", from_here(&file.path), file.line(evidence.span.start));
    let time = period(evidence.time, report.lang);
    let details: Vec<String> = time.into_iter().chain(evidence.source.clone()).chain([place]).collect();
    match report.lang {
        Lang::Zh => format!("依据：{}（{}）", evidence.text, details.join("；")),
        Lang::En => format!("Evidence: {} ({})", evidence.text, details.join("; ")),
    }
}

/// The time in which a fact holds.
fn period(time: ValidTime, lang: Lang) -> Option<String> {
    match (lang, time.start, time.end) {
        (_, None, None) => None,
        (Lang::Zh, Some(start), None) => Some(format!("{start} 起")),
        (Lang::Zh, None, Some(end)) => Some(format!("至 {end}")),
        (Lang::Zh, Some(start), Some(end)) => Some(format!("{start} 至 {end}")),
        (Lang::En, ..) => Some(time.display()),
    }
}

/// `旧 → 新`, or the fix's title where one replacement does not say it all.
fn fix_words(fix: &Fix, finding: &Finding, text: &str, lang: Lang) -> String {
    let change = match fix.edits.as_slice() {
        [edit] if finding.span.intersects(edit.span) || finding.span == edit.span => change(edit, text, lang),
        _ => fix.title.get(lang).to_owned(),
    };
    match (lang, fix.safe) {
        (_, true) => change,
        (Lang::Zh, false) => format!("{change}（请确认）"),
        (Lang::En, false) => format!("{change} (wants a look)"),
    }
}

fn change(edit: &Edit, text: &str, lang: Lang) -> String {
    let (old, new) = (shorten(edit.span.slice(text)), shorten(&edit.text));
    match (lang, old.is_empty(), new.is_empty()) {
        (_, false, false) => format!("{old} → {new}"),
        (Lang::Zh, _, true) => format!("删去 {old}"),
        (Lang::En, _, true) => format!("delete {old}"),
        (Lang::Zh, true, _) => format!("加上 {new}"),
        (Lang::En, true, _) => format!("insert {new}"),
    }
}

fn severity_style(severity: Severity) -> Style {
    let color = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::Blue,
        Severity::Hint => AnsiColor::Cyan,
    };
    color.on_default().bold()
}
