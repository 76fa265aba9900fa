//! `--format concise`: one finding a line, `path:line:column: severity code message`.

use std::io::{self, Write};

use super::{DraftReport, Reporter};
use crate::cli::place::visible;

/// One line a finding, as compilers print it.
pub(super) struct Concise;

impl Reporter for Concise {
    fn draft(&mut self, report: &DraftReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        if report.findings.is_empty() {
            return Ok(());
        }
        let (lines, path) = (report.lines(), visible(report.path));
        for finding in report.findings {
            let start = lines.point(finding.span.start);
            let message = finding.message.get(report.lang).replace('\n', " ");
            let (severity, code) = (finding.severity.name(), finding.code);
            writeln!(out, "{path}:{}:{}: {severity} {code} {}", start.line, start.column, visible(&message))?;
        }
        Ok(())
    }
}
