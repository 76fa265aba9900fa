//! Findings as data: the shape of `json`, `jsonl` and `--stdin-jsonl`.

use serde::Serialize;

use super::DraftReport;
use crate::{
    check::Project,
    cli::place::{Lines, Range, from_here},
    lang::Lang,
    rules::{Edit, Evidence, Finding, Fix, Severity},
};

/// A finding. `range` counts lines and columns from 1; everything else counts bytes from 0.
#[derive(Serialize)]
pub(in crate::cli) struct FindingRecord<'a> {
    path: &'a str,
    code: &'a str,
    rule: &'a str,
    severity: Severity,
    message: &'a str,
    range: Range,
    text: &'a str,
    entries: Vec<&'a str>,
    evidence: Vec<EvidenceRecord<'a>>,
    fixes: Vec<FixRecord<'a>>,
}

#[derive(Serialize)]
struct EvidenceRecord<'a> {
    entry: &'a str,
    text: &'a str,
    start: Option<String>,
    end: Option<String>,
    source: Option<&'a str>,
    path: String,
    line: usize,
}

#[derive(Serialize)]
struct FixRecord<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<EditRecord<'a>>,
}

#[derive(Serialize)]
struct EditRecord<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

impl<'a> FindingRecord<'a> {
    /// The records of a draft's findings, in order.
    pub fn all(report: &DraftReport<'a>) -> Vec<Self> {
        if report.findings.is_empty() {
            return Vec::new();
        }
        let lines = report.lines();
        report.findings.iter().map(|finding| Self::of(finding, report, &lines)).collect()
    }

    fn of(finding: &'a Finding, report: &DraftReport<'a>, lines: &Lines) -> Self {
        let lexicon = report.project.lexicon();
        Self {
            path: report.path,
            code: finding.code,
            rule: finding.rule,
            severity: finding.severity,
            message: finding.message.get(report.lang),
            range: lines.range(finding.span),
            text: finding.span.slice(&report.draft.text),
            entries: finding.entries.iter().map(|entry| lexicon.entry(*entry).id.as_str()).collect(),
            evidence: finding.evidence.iter().map(|evidence| EvidenceRecord::of(evidence, report.project)).collect(),
            fixes: finding.fixes.iter().map(|fix| FixRecord::of(fix, report.lang)).collect(),
        }
    }
}

impl<'a> EvidenceRecord<'a> {
    fn of(evidence: &'a Evidence, project: &'a Project) -> Self {
        let entry = project.lexicon().entry(evidence.entry);
        let file = project.lexicon().file(entry.file);
        Self {
            entry: &entry.id,
            text: &evidence.text,
            start: evidence.time.start.map(|date| date.to_string()),
            end: evidence.time.end.map(|date| date.to_string()),
            source: evidence.source.as_deref(),
            path: from_here(&file.path),
            line: file.line(evidence.span.start),
        }
    }
}

impl<'a> FixRecord<'a> {
    fn of(fix: &'a Fix, lang: Lang) -> Self {
        let edit = |edit: &'a Edit| EditRecord { start: edit.span.start, end: edit.span.end, text: &edit.text };
        Self { title: fix.title.get(lang), safe: fix.safe, edits: fix.edits.iter().map(edit).collect() }
    }
}
