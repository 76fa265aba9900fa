//! `--format junit`: a test suite for each draft. A draft without findings is one passed test; one that
//! has some fails once for each.
//!
//! <https://github.com/testmoapp/junitxml>

use std::io::{self, Write};

use super::{DraftReport, Reporter, Summary};
use crate::cli::escape::escape;

/// XML with the suites in the order of drafts.
#[derive(Default)]
pub(super) struct Junit {
    is_open: bool,
}

impl Junit {
    fn open(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if !self.is_open {
            self.is_open = true;
            out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"hegao\">\n")?;
        }
        Ok(())
    }
}

impl Reporter for Junit {
    fn draft(&mut self, report: &DraftReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        let path = escape(report.path);
        let failures = report.findings.len();
        let tests = failures.max(1);
        writeln!(
            out,
            "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\" time=\"0\">"
        )?;
        if failures == 0 {
            writeln!(out, "    <testcase name=\"{path}\" classname=\"hegao\" time=\"0\"/>")?;
        }
        let lines = report.lines();
        for finding in report.findings {
            let at = lines.point(finding.span.start);
            let message = escape(finding.message.get(report.lang));
            let (code, rule, severity) = (finding.code, finding.rule, finding.severity.name());
            let (line, column) = (at.line, at.column);
            let words = escape(finding.span.slice(&report.draft.text));
            writeln!(
                out,
                "    <testcase name=\"{code} {rule} {line}:{column}\" classname=\"{path}\" time=\"0\">\n      \
                 <failure type=\"{severity}\" message=\"{message}\">{path}:{line}:{column}: {words}</failure>\n    \
                 </testcase>"
            )?;
        }
        writeln!(out, "  </testsuite>")
    }

    fn finish(&mut self, _summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        out.write_all(b"</testsuites>\n")
    }
}
