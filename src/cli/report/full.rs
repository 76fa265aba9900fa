//! `--format full`: for people. Each finding with its place, message, excerpt, evidence and fixes.

use std::{
    collections::HashSet,
    io::{self, Write},
};

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::{
    DraftReport, Look, Reporter, Summary,
    excerpt::{Excerpt, shorten},
    link::linked,
    severity_word, tally,
    wrap::wrap,
};
use crate::{
    cli::place::{Lines, from_here, visible},
    lang::Lang,
    lexicon::ValidTime,
    rules::{self, Edit, Evidence, Finding, Fix, Severity},
};

/// Fixes shown for one finding.
const MAX_FIXES: usize = 3;
/// Edits with no more characters than this between them are shown as one.
const NEARBY: usize = 16;
/// What stands before every line below a finding's first.
const INDENT: &str = "  ";
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const REMOVED: Style = AnsiColor::Red.on_default();
const ADDED: Style = AnsiColor::Green.on_default();

/// A report for people.
pub(super) struct Full {
    look: Look,
    /// Codes of rules that were explained.
    explained: HashSet<&'static str>,
}

impl Full {
    pub fn new(look: Look) -> Self {
        Self { look, explained: HashSet::new() }
    }
}

impl Reporter for Full {
    fn draft(&mut self, report: &DraftReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        if report.findings.is_empty() {
            return Ok(());
        }
        let lines = report.lines();
        for finding in report.findings {
            let page = Page { report, lines: &lines, look: self.look };
            page.finding(finding, out)?;
            if self.look.explain && self.explained.insert(finding.code) {
                page.explanation(finding, out)?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        tally::write(summary, out)
    }
}

/// One draft's report as it is printed.
struct Page<'a> {
    report: &'a DraftReport<'a>,
    lines: &'a Lines,
    look: Look,
}

impl Page<'_> {
    fn finding(&self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let lang = self.report.lang;
        let start = self.lines.point(finding.span.start);
        let style = severity_style(finding.severity);
        let word = severity_word(finding.severity, lang);
        let (code, rule) = (finding.code, finding.rule);
        let place = format!("{}:{}:{}", visible(self.report.path), start.line, start.column);
        let place = linked(&place, &format!("file://{}", self.report.absolute_path()), self.look.links);
        writeln!(out, "{BOLD}{place}{BOLD:#} {style}{word}{style:#} {code} {DIM}{rule}{DIM:#}")?;
        self.text(&visible(finding.message.get(lang)), out)?;
        self.excerpt(finding, out)?;
        for evidence in &finding.evidence {
            self.evidence(evidence, out)?;
        }
        self.fixes(finding, out)
    }

    /// Text for reading, wrapped.
    fn text(&self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        for line in text.lines().flat_map(|line| wrap(line, self.look.width.saturating_sub(INDENT.len()))) {
            writeln!(out, "{INDENT}{line}")?;
        }
        Ok(())
    }

    /// The words in their line, and carets below them: one for each column of the terminal they take.
    fn excerpt(&self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let style = severity_style(finding.severity);
        let Excerpt { before, marked, after } = Excerpt::of(&self.report.draft.text, finding.span);
        let (before, marked, after) = (visible(&before), visible(&marked), visible(&after));
        let number = self.lines.point(finding.span.start).line.to_string();
        let gutter = " ".repeat(number.len());
        let (blank, carets) = (" ".repeat(before.width()), "^".repeat(marked.width().max(1)));
        writeln!(out, "{INDENT}{DIM}{number} │{DIM:#} {before}{style}{marked}{style:#}{after}")?;
        writeln!(out, "{INDENT}{DIM}{gutter} │{DIM:#} {blank}{style}{carets}{style:#}")
    }

    /// `依据：事实（时间；来源；文件:行）`
    fn evidence(&self, evidence: &Evidence, out: &mut dyn Write) -> io::Result<()> {
        let lexicon = self.report.project.lexicon();
        let file = lexicon.file(lexicon.entry(evidence.entry).file);
        let place = format!("{}:{}", from_here(&file.path), file.line(evidence.span.start));
        let time = period(evidence.time, self.report.lang);
        let details: Vec<String> = time.into_iter().chain(evidence.source.clone()).chain([place]).collect();
        let line = match self.report.lang {
            Lang::Zh => format!("依据：{}（{}）", evidence.text, details.join("；")),
            Lang::En => format!("Evidence: {} ({})", evidence.text, details.join("; ")),
        };
        let line = visible(&line);
        match evidence.source.as_deref().filter(|source| self.look.links && source.starts_with("http")) {
            Some(url) => writeln!(out, "{INDENT}{}", line.replacen(url, &linked(url, url, true), 1)),
            None => self.text(&line, out),
        }
    }

    /// The first fix as a small diff, the others by what they put in place.
    fn fixes(&self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let (lang, text) = (self.report.lang, &*self.report.draft.text);
        for (position, fix) in finding.fixes.iter().take(MAX_FIXES).enumerate() {
            let label = match (lang, position) {
                (Lang::Zh, 0) => "修正：",
                (Lang::Zh, _) => "　或：",
                (Lang::En, 0) => "Fix: ",
                (Lang::En, _) => " or: ",
            };
            writeln!(out, "{INDENT}{label}{}", visible(&fix_words(fix, finding, text, lang)))?;
            if position == 0 {
                hunks(fix, text).iter().try_for_each(|edit| self.edit(edit, out))?;
            }
        }
        if finding.fixes.len() > MAX_FIXES {
            let more = finding.fixes.len() - MAX_FIXES;
            match lang {
                Lang::Zh => writeln!(out, "{INDENT}　另有 {more} 种改法，见 --format json")?,
                Lang::En => writeln!(out, "{INDENT}and {more} more in --format json")?,
            }
        }
        Ok(())
    }

    /// An edit as a removed and an added line.
    fn edit(&self, edit: &Edit, out: &mut dyn Write) -> io::Result<()> {
        let Excerpt { before, marked, after } = Excerpt::near(&self.report.draft.text, edit.span);
        let new = shorten(&edit.text);
        for (sign, style, words) in [('-', REMOVED, &marked), ('+', ADDED, &new)] {
            let line = format!("{before}{words}{after}");
            writeln!(out, "{INDENT}{INDENT}{style}{sign} {}{style:#}", visible(&line))?;
        }
        Ok(())
    }

    /// What the finding's rule is for.
    fn explanation(&self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let Some(rule) = rules::find(finding.code) else { return Ok(()) };
        let lang = self.report.lang;
        let label = if lang == Lang::Zh { "说明：" } else { "About: " };
        self.text(&format!("{label}{}", rule.why.get(lang)), out)
    }
}

/// The edits of a fix as they are shown: those that stand close together in one line as one.
fn hunks(fix: &Fix, text: &str) -> Vec<Edit> {
    let mut hunks: Vec<Edit> = Vec::new();
    for edit in &fix.edits {
        if let Some(last) = hunks.last_mut()
            && let Some(between) = text.get(last.span.end..edit.span.start)
            && between.chars().count() <= NEARBY
            && !between.contains(['\n', '\r'])
        {
            last.text = format!("{}{between}{}", last.text, edit.text);
            last.span = last.span.join(edit.span);
        } else {
            hunks.push(edit.clone());
        }
    }
    hunks
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
