//! `--format rdjson`: the diagnostic format of reviewdog, with fixes as suggestions.
//!
//! <https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>: columns count bytes of UTF-8 from 1,
//! ends are exclusive, and a suggestion is one replacement.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{DraftReport, Reporter, Summary};
use crate::{
    cli::place::Lines,
    rules::{Finding, Severity},
    text::Span,
};

/// One `DiagnosticResult`.
#[derive(Default)]
pub(super) struct Rdjson {
    is_open: bool,
    any: bool,
}

impl Rdjson {
    fn open(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if !self.is_open {
            self.is_open = true;
            out.write_all(b"{\"source\":{\"name\":\"hegao\"},\"diagnostics\":[")?;
        }
        Ok(())
    }
}

impl Reporter for Rdjson {
    fn draft(&mut self, report: &DraftReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        let lines = report.lines();
        for finding in report.findings {
            out.write_all(if self.any { b",\n" } else { b"\n" })?;
            self.any = true;
            serde_json::to_writer(&mut *out, &diagnostic(finding, report, &lines))?;
        }
        Ok(())
    }

    fn finish(&mut self, _summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        out.write_all(if self.any { b"\n]}\n" } else { b"]}\n" })
    }
}

fn diagnostic(finding: &Finding, report: &DraftReport<'_>, lines: &Lines) -> Value {
    let severity = match finding.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info | Severity::Hint => "INFO",
    };
    let suggestions = finding.fixes.iter().filter_map(|fix| match fix.edits.as_slice() {
        [edit] => Some(json!({ "range": range(edit.span, lines), "text": edit.text })),
        _ => None,
    });
    json!({
        "message": finding.message.get(report.lang),
        "location": { "path": report.path, "range": range(finding.span, lines) },
        "severity": severity,
        "code": { "value": finding.code },
        "suggestions": suggestions.collect::<Vec<_>>(),
    })
}

fn range(span: Span, lines: &Lines) -> Value {
    let position = |offset: usize| json!({ "line": lines.point(offset).line, "column": lines.byte_column(offset) });
    json!({ "start": position(span.start), "end": position(span.end) })
}
