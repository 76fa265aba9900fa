//! `--format gitlab`: a Code Quality report.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use std::io::{self, Write};

use serde_json::json;

use super::{DraftReport, Reporter, Summary, fingerprint};
use crate::rules::Severity;

/// An array with one finding a line.
#[derive(Default)]
pub(super) struct Gitlab {
    is_open: bool,
}

impl Reporter for Gitlab {
    fn draft(&mut self, report: &DraftReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        let lines = report.lines();
        let prints = fingerprint::of_all(report.findings, &report.draft.text);
        for (finding, print) in report.findings.iter().zip(prints) {
            let range = lines.range(finding.span);
            let severity = match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info | Severity::Hint => "info",
            };
            let record = json!({
                "description": finding.message.get(report.lang),
                "check_name": format!("{} {}", finding.code, finding.rule),
                "fingerprint": fingerprint::with_path(report.path, &print),
                "severity": severity,
                "location": {
                    "path": report.path.strip_prefix("./").unwrap_or(report.path),
                    "lines": { "begin": range.start.line, "end": range.end.line },
                },
            });
            out.write_all(if self.is_open { b",\n" } else { b"[\n" })?;
            self.is_open = true;
            serde_json::to_writer(&mut *out, &record)?;
        }
        Ok(())
    }

    fn finish(&mut self, _summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.is_open { b"\n]\n" } else { b"[]\n" })
    }
}
