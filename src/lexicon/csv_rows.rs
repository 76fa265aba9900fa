//! The rows of a CSV file, and where a long file can be cut so that its parts can be read at once.

use super::{problem::ProblemCode, sink::Sink};
use crate::text::Span;

/// About how many bytes a part has; a shorter file is one part.
const PART: usize = 256 * 1024;

/// The rows of a file behind its header.
pub(super) struct Rows<'t> {
    text: &'t str,
    /// Where the first row begins.
    start: usize,
    /// The names of the columns.
    pub header: Vec<String>,
    /// Where the id stands.
    pub id_column: Option<usize>,
    /// Where the kind of entry stands.
    pub kind_column: Option<usize>,
}

/// A row with its bytes in the file.
pub(super) struct Row {
    pub cells: csv::StringRecord,
    pub span: Span,
}

impl Row {
    /// The cell of a column; empty if the row is too short.
    pub fn cell(&self, column: Option<usize>) -> &str {
        cell(&self.cells, column)
    }
}

/// The position of the column `name`.
pub(super) fn column(header: &[String], name: &str) -> Option<usize> {
    // Cells are looked up by name in every row; the first byte tells nearly all names apart.
    let is_named = |column: &String| column.as_bytes().first() == name.as_bytes().first() && column == name;
    header.iter().position(is_named)
}

impl<'t> Rows<'t> {
    /// Reads the header, which begins at byte `bom` of `text`.
    pub fn open(text: &'t str, bom: usize) -> csv::Result<Self> {
        let mut reader = reader(&text[bom..], true);
        let header: Vec<String> = reader.headers()?.iter().map(|name| name.trim().to_owned()).collect();
        let start = bom + reader.position().byte() as usize;
        Ok(Self { text, start, id_column: column(&header, "id"), kind_column: column(&header, "kind"), header })
    }

    /// Cuts the file between entries.
    pub fn parts(&self) -> Vec<Span> {
        self.parts_of(PART)
    }

    fn parts_of(&self, size: usize) -> Vec<Span> {
        let mut parts = Vec::new();
        let mut start = self.start;
        for row in row_starts(self.text, self.start, size) {
            if row < start {
                continue;
            }
            // Behind a row of the last entry no other one begins.
            let Some(end) = self.entry_start(row) else { break };
            parts.push(Span::new(start, end));
            start = end;
        }
        parts.push(Span::new(start, self.text.len()));
        parts
    }

    /// Where the first entry begins behind the row at `row`, which may belong to the entry before it.
    fn entry_start(&self, row: usize) -> Option<usize> {
        let mut reader = reader(&self.text[row..], false);
        let (mut first, mut next) = (csv::StringRecord::new(), csv::StringRecord::new());
        if !reader.read_record(&mut first).ok()? {
            return None;
        }
        while reader.read_record(&mut next).ok()? {
            if self.key(&first) != self.key(&next) {
                return Some(row + start_of(&next));
            }
        }
        None
    }

    /// Calls `each` with the rows of every entry of a part: those of one id and kind that follow each other.
    pub fn each_group(&self, part: Span, sink: &Sink<'_>, each: &mut dyn FnMut(&[Row])) {
        let mut reader = reader(part.slice(self.text), false);
        let mut group: Vec<Row> = Vec::new();
        // Rows that were read, so that the next ones need no memory of their own.
        let mut spare: Vec<csv::StringRecord> = Vec::new();
        loop {
            let mut cells = spare.pop().unwrap_or_default();
            match reader.read_record(&mut cells) {
                Ok(true) => {
                    let start = part.start + start_of(&cells);
                    if let Some(previous) = group.last_mut() {
                        previous.span.end = start;
                    }
                    if group.first().is_some_and(|first| self.key(&first.cells) != self.key(&cells)) {
                        each(&group);
                        spare.extend(group.drain(..).map(|row| row.cells));
                    }
                    group.push(Row { cells, span: Span::new(start, part.end) });
                }
                Ok(false) => break,
                Err(error) => {
                    let at = part.start + error.position().map_or(0, |position| position.byte() as usize);
                    let (zh, en) = (format!("此行无法读取：{error}"), format!("this row cannot be read: {error}"));
                    sink.report(ProblemCode::Unreadable, Span::new(at, at), &zh, &en);
                }
            }
        }
        if !group.is_empty() {
            each(&group);
        }
    }

    fn key<'r>(&self, cells: &'r csv::StringRecord) -> (&'r str, &'r str) {
        (cell(cells, self.id_column), cell(cells, self.kind_column))
    }
}

fn reader(text: &str, has_header: bool) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().flexible(true).has_headers(has_header).from_reader(text.as_bytes())
}

fn start_of(cells: &csv::StringRecord) -> usize {
    cells.position().map_or(0, |position| position.byte() as usize)
}

fn cell(cells: &csv::StringRecord, column: Option<usize>) -> &str {
    column.and_then(|column| cells.get(column)).unwrap_or_default().trim()
}

/// Where rows begin, about one in `size` bytes from `start` on. A line break within quotation marks begins
/// no row.
fn row_starts(text: &str, start: usize, size: usize) -> Vec<usize> {
    let text = text.as_bytes();
    let mut starts = Vec::new();
    let (mut outside, mut wanted) = (start, start + size);
    while outside < text.len() {
        let open = opening_mark(text, start, outside);
        wanted = wanted.max(outside);
        while let Some(line) = text.get(wanted..open).and_then(|rest| memchr::memchr(b'\n', rest)) {
            starts.push(wanted + line + 1);
            wanted += line + 1 + size;
        }
        outside = behind_closing_mark(text, open);
    }
    starts
}

/// The first quotation mark from `from` on that opens a cell: one in the middle of a cell stands for itself.
fn opening_mark(text: &[u8], start: usize, from: usize) -> usize {
    let opens = |mark: &usize| *mark == start || matches!(text[mark - 1], b',' | b'\n' | b'\r');
    let mut marks = memchr::memchr_iter(b'"', &text[from..]).map(|mark| from + mark);
    marks.find(opens).unwrap_or(text.len())
}

/// Behind the mark that closes the cell opened at `open`; a doubled mark stands for itself.
fn behind_closing_mark(text: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while let Some(mark) = text.get(at..).and_then(|rest| memchr::memchr(b'"', rest)) {
        at += mark + 1;
        if text.get(at) != Some(&b'"') {
            return at;
        }
        at += 1;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;

    /// The cells and the span of every row, entry by entry.
    fn entries(rows: &Rows<'_>, parts: Vec<Span>) -> Vec<Vec<(Vec<String>, Span)>> {
        let sink = Sink::new(Path::new("people.csv"), rows.text);
        let mut entries = Vec::new();
        for part in parts {
            rows.each_group(part, &sink, &mut |group| {
                let row = |row: &Row| (row.cells.iter().map(str::to_owned).collect(), row.span);
                entries.push(group.iter().map(row).collect());
            });
        }
        assert_eq!(sink.into_problems(), []);
        entries
    }

    proptest! {
        #[test]
        fn parts_of_a_file_say_what_the_whole_says(
            rows in proptest::collection::vec("[ab]?,(\"([长\",\n]|\"\"){0,3}\"|[长\" ]{0,3})(\n|\r\n|\r|\n\n)", 0..12),
            raw in "[ab,\"\r\n长]{0,60}",
            size in 1_usize..20,
        ) {
            for body in [rows.concat(), raw] {
                let text = format!("id,name\n{body}");
                let rows = Rows::open(&text, 0).unwrap();
                let whole = vec![Span::new(rows.start, text.len())];
                prop_assert_eq!(entries(&rows, rows.parts_of(size)), entries(&rows, whole));
            }
        }
    }

    #[test]
    fn a_long_file_is_cut_between_entries_only() {
        let rows: String = (0..9).map(|row| format!("p{},\"甲\n乙\"\n", row / 2)).collect();
        let text = format!("id,name\n{rows}");
        let rows = Rows::open(&text, 0).unwrap();
        let parts = rows.parts_of(1);
        let first_ids: Vec<&str> = parts.iter().map(|part| &part.slice(&text)[..2]).collect();
        assert_eq!(first_ids, ["p0", "p1", "p2", "p3", "p4"]);
    }
}
