//! `--format jsonl`: one finding a line.

use std::io::{self, Write};

use super::{DraftReport, Reporter, record::FindingRecord};

/// One JSON object a line.
pub(super) struct Jsonl;

impl Reporter for Jsonl {
    fn draft(&mut self, report: &DraftReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        for record in FindingRecord::all(report) {
            serde_json::to_writer(&mut *out, &record)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}
