//! `--format checkstyle`: the XML of Checkstyle, which many review tools read.

use std::io::{self, Write};

use super::{DraftReport, Reporter, Summary};
use crate::{cli::escape::escape, rules::Severity};

/// XML with the files in the order of drafts.
#[derive(Default)]
pub(super) struct Checkstyle {
    is_open: bool,
}

impl Checkstyle {
    fn open(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if !self.is_open {
            self.is_open = true;
            out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n")?;
        }
        Ok(())
    }
}

impl Reporter for Checkstyle {
    fn draft(&mut self, report: &DraftReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        let lines = report.lines();
        writeln!(out, "  <file name=\"{}\">", escape(report.path))?;
        for finding in report.findings {
            let at = lines.point(finding.span.start);
            // Checkstyle has no hints.
            let severity = if finding.severity == Severity::Hint { "info" } else { finding.severity.name() };
            let (line, column, code, rule) = (at.line, at.column, finding.code, finding.rule);
            let message = escape(finding.message.get(report.lang));
            writeln!(
                out,
                "    <error line=\"{line}\" column=\"{column}\" severity=\"{severity}\" message=\"{message}\" \
                 source=\"hegao.{code}.{rule}\"/>"
            )?;
        }
        writeln!(out, "  </file>")
    }

    fn finish(&mut self, _summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        out.write_all(b"</checkstyle>\n")
    }
}
