//! `--format sarif`: SARIF 2.1.0, for code scanning and viewers.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{DraftReport, Reporter, Summary, fingerprint, uri};
use crate::{
    cli::{
        explain,
        place::{Lines, from_here},
    },
    lang::Lang,
    rules::{Evidence, Finding, Fix, RULES, Rule, Severity},
    text::Span,
};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The name under which the fingerprint stands, with its version.
const FINGERPRINT: &str = "hegao/v1";

/// One log with one run.
#[derive(Default)]
pub(super) struct Sarif {
    is_open: bool,
    any: bool,
}

impl Sarif {
    fn open(&mut self, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        if !self.is_open {
            self.is_open = true;
            write!(out, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":")?;
            serde_json::to_writer(&mut *out, &tool(lang))?;
            out.write_all(b",\"columnKind\":\"unicodeCodePoints\",\"results\":[")?;
        }
        Ok(())
    }
}

impl Reporter for Sarif {
    fn draft(&mut self, report: &DraftReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.open(report.lang, out)?;
        let lines = report.lines();
        let prints = fingerprint::of_all(report.findings, &report.draft.text);
        for (finding, print) in report.findings.iter().zip(prints) {
            out.write_all(if self.any { b",\n" } else { b"\n" })?;
            self.any = true;
            serde_json::to_writer(&mut *out, &result(finding, &print, report, &lines))?;
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.open(summary.lang, out)?;
        out.write_all(if self.any { b"\n]}]}\n" } else { b"]}]}\n" })
    }
}

fn tool(lang: Lang) -> Value {
    json!({ "driver": {
        "name": "hegao",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "language": if lang == Lang::Zh { "zh-CN" } else { "en" },
        "rules": RULES.iter().map(|rule| descriptor(rule, lang)).collect::<Vec<_>>(),
    }})
}

fn descriptor(rule: &Rule, lang: Lang) -> Value {
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": rule.summary.get(lang) },
        "fullDescription": { "text": rule.why.get(lang) },
        "help": { "text": rule.why.get(lang), "markdown": explain::markdown(rule, lang) },
        "defaultConfiguration": { "enabled": rule.default_on, "level": level(rule.severity) },
    })
}

fn result(finding: &Finding, print: &str, report: &DraftReport<'_>, lines: &Lines) -> Value {
    let artifact = json!({ "uri": uri::of_path(report.path) });
    let related = finding.evidence.iter().enumerate().map(|(id, evidence)| related(id, evidence, report));
    let fixes = finding.fixes.iter().map(|fix| self::fix(fix, &artifact, report.lang, lines));
    let mut region = self::region(finding.span, lines);
    region["snippet"] = json!({ "text": finding.span.slice(&report.draft.text) });
    json!({
        "ruleId": finding.code,
        "ruleIndex": RULES.iter().position(|rule| rule.code == finding.code),
        "level": level(finding.severity),
        "message": { "text": finding.message.get(report.lang) },
        "locations": [{ "physicalLocation": { "artifactLocation": artifact, "region": region } }],
        "relatedLocations": related.collect::<Vec<_>>(),
        "partialFingerprints": { FINGERPRINT: print },
        "fixes": fixes.collect::<Vec<_>>(),
    })
}

/// A fact, where the lexicon states it.
fn related(id: usize, evidence: &Evidence, report: &DraftReport<'_>) -> Value {
    let lexicon = report.project.lexicon();
    let file = lexicon.file(lexicon.entry(evidence.entry).file);
    let source = evidence.source.iter().map(|source| format!(" ({source})"));
    let text = [evidence.text.clone()].into_iter().chain(source).collect::<String>();
    json!({
        "id": id,
        "message": { "text": text },
        "physicalLocation": {
            "artifactLocation": { "uri": uri::of_path(&from_here(&file.path)) },
            "region": { "startLine": file.line(evidence.span.start) },
        },
    })
}

fn fix(fix: &Fix, artifact: &Value, lang: Lang, lines: &Lines) -> Value {
    let replacements = fix
        .edits
        .iter()
        .map(|edit| json!({ "deletedRegion": region(edit.span, lines), "insertedContent": { "text": edit.text } }));
    json!({
        "description": { "text": fix.title.get(lang) },
        "artifactChanges": [{ "artifactLocation": artifact, "replacements": replacements.collect::<Vec<_>>() }],
    })
}

fn region(span: Span, lines: &Lines) -> Value {
    let range = lines.range(span);
    json!({
        "startLine": range.start.line,
        "startColumn": range.start.column,
        "endLine": range.end.line,
        "endColumn": range.end.column,
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "note",
    }
}
