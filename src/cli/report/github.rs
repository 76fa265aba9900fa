//! `--format github`: workflow commands, which GitHub Actions shows beside the lines of a change.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use std::io::{self, Write};

use super::{DraftReport, Reporter};
use crate::rules::Severity;

/// One workflow command a finding.
pub(super) struct Github;

impl Reporter for Github {
    fn draft(&mut self, report: &DraftReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        let lines = report.lines();
        for finding in report.findings {
            let level = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info | Severity::Hint => "notice",
            };
            let range = lines.range(finding.span);
            writeln!(
                out,
                "::{level} file={},line={},col={},endLine={},endColumn={},title={}::{}",
                property(report.path),
                range.start.line,
                range.start.column,
                range.end.line,
                range.end.column,
                property(&format!("{} {}", finding.code, finding.rule)),
                data(finding.message.get(report.lang)),
            )?;
        }
        Ok(())
    }
}

/// Text behind `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
