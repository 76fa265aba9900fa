//! `--format json`: an array of findings.

use std::io::{self, Write};

use super::{DraftReport, Reporter, Summary, record::FindingRecord};

/// An array with one finding a line.
#[derive(Default)]
pub(super) struct Json {
    is_open: bool,
}

impl Reporter for Json {
    fn draft(&mut self, report: &DraftReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        for record in FindingRecord::all(report) {
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
