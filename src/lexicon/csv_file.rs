//! Lexicon files in CSV: long tables of one kind.
//!
//! The kind is the file's stem (`people.csv`, `places.csv`, …) or the cells of a column `kind`. Columns
//! are the keys of the table; a list stands in one cell, its items separated by `|`. Rows of one id
//! that follow each other make one entry: each row is a post of the person or a version of the place.

use std::path::Path;

use smol_str::{SmolStr, format_smolstr};

use super::{
    entry::{Entry, EntryKind},
    file::FileIndex,
    problem::ProblemCode,
    record::{Record, read_entry, read_id, read_reviewed},
    sink::Sink,
};
use crate::text::Span;

/// Reads every entry of a CSV file with the stem `stem`.
pub(super) fn read(stem: &str, text: &str, file: FileIndex, sink: &Sink<'_>) -> Vec<Entry> {
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(&text.as_bytes()[bom..]);
    let header = match reader.headers() {
        Ok(header) => header.iter().map(|name| name.trim().to_owned()).collect::<Vec<_>>(),
        Err(error) => {
            sink.report(
                ProblemCode::Unreadable,
                Span::new(0, 0),
                &format!("CSV 无法读取：{error}"),
                &format!("not valid CSV: {error}"),
            );
            return Vec::new();
        }
    };
    let table = Table { kind_column: column(&header, "kind"), id_column: column(&header, "id"), header, sink };
    if table.id_column.is_none() {
        sink.report(ProblemCode::InvalidValue, Span::new(0, bom), "首行缺少 `id` 列", "the header has no column `id`");
        return Vec::new();
    }
    let stem_kind = kind_of_stem(stem);
    let mut entries = Vec::new();
    let mut header_checked = false;
    table.each_group(&mut reader, bom, text.len(), &mut |group| {
        if let Some(kind) = table.kind(stem_kind, &group[0]) {
            entries.extend(table.entry(kind, group, file, &mut header_checked));
        }
    });
    entries
}

/// Reads the place whose rows stand at `start..end` of a pack's CSV.
pub(super) fn read_place(csv: &str, start: usize, end: usize, file: FileIndex) -> Entry {
    let sink = Sink::new(Path::new(""), "");
    let header = csv.split_once('\n').map_or(csv, |(header, _)| header);
    let header: Vec<String> = header.split(',').map(str::to_owned).collect();
    let table = Table { kind_column: None, id_column: column(&header, "id"), header, sink: &sink };
    let mut at = start;
    // Pack tables are written without quotation marks, which the build script asserts.
    let rows = csv[start..end].split_inclusive('\n').map(|line| {
        let span = Span::new(at, at + line.len());
        at = span.end;
        Row { cells: line.trim_end_matches('\n').split(',').collect(), span }
    });
    let rows: Vec<Row> = rows.collect();
    let mut record = RowGroup::new(&table, &rows);
    let id = read_id(&mut record);
    let data = read_entry(EntryKind::Place, &mut record);
    Entry {
        id,
        data,
        sources: Vec::new(),
        note: None,
        reviewed: None,
        file,
        span: Span::new(start, end),
        fields: record.fields,
    }
}

/// The kind of a table named `stem`, in the singular or plural.
fn kind_of_stem(stem: &str) -> Option<EntryKind> {
    let stem = stem.to_ascii_lowercase();
    let plural = [("people", EntryKind::Person), ("precedence", EntryKind::Precedence)];
    let named = plural.into_iter().find(|(name, _)| *name == stem).map(|(_, kind)| kind);
    named.or_else(|| EntryKind::ALL.into_iter().find(|kind| stem == kind.name() || stem == format!("{}s", kind.name())))
}

fn column(header: &[String], name: &str) -> Option<usize> {
    header.iter().position(|column| column == name)
}

struct Row {
    cells: csv::StringRecord,
    span: Span,
}

impl Row {
    fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|column| self.cells.get(column)).unwrap_or_default().trim()
    }
}

struct Table<'a> {
    header: Vec<String>,
    kind_column: Option<usize>,
    id_column: Option<usize>,
    sink: &'a Sink<'a>,
}

impl Table<'_> {
    /// Calls `each` with the rows of every entry: those of one id that follow each other.
    fn each_group(&self, reader: &mut csv::Reader<&[u8]>, bom: usize, length: usize, each: &mut dyn FnMut(&[Row])) {
        let mut group: Vec<Row> = Vec::new();
        let mut cells = csv::StringRecord::new();
        loop {
            match reader.read_record(&mut cells) {
                Ok(true) => {
                    let start = bom + cells.position().map_or(0, |position| position.byte() as usize);
                    if let Some(previous) = group.last_mut() {
                        previous.span.end = start;
                    }
                    let row = Row { cells: cells.clone(), span: Span::new(start, length) };
                    if group.first().is_some_and(|first| first.cell(self.id_column) != row.cell(self.id_column)) {
                        each(&group);
                        group.clear();
                    }
                    group.push(row);
                }
                Ok(false) => break,
                Err(error) => {
                    let at = bom + error.position().map_or(0, |position| position.byte() as usize);
                    let (zh, en) = (format!("此行无法读取：{error}"), format!("this row cannot be read: {error}"));
                    self.sink.report(ProblemCode::Unreadable, Span::new(at, at), &zh, &en);
                }
            }
        }
        if !group.is_empty() {
            each(&group);
        }
    }

    fn kind(&self, stem_kind: Option<EntryKind>, row: &Row) -> Option<EntryKind> {
        let written = row.cell(self.kind_column);
        let kind = if written.is_empty() { stem_kind } else { kind_of_stem(written) };
        if kind.is_none() {
            let zh = "看不出词条种类：请把文件命名为 people.csv、places.csv 等，或加一列 `kind`";
            let en = "the kind of entry is not known: name the file people.csv, places.csv and so on, or add a column `kind`";
            self.sink.report(ProblemCode::InvalidValue, row.span, zh, en);
        }
        kind
    }

    fn entry(&self, kind: EntryKind, rows: &[Row], file: FileIndex, header_checked: &mut bool) -> Option<Entry> {
        let mut record = RowGroup { notes_keys: !*header_checked, ..RowGroup::new(self, rows) };
        let id = read_id(&mut record);
        let data = read_entry(kind, &mut record);
        let (sources, note) = (record.list("sources"), record.text("note"));
        let reviewed = read_reviewed(&mut record);
        if !std::mem::replace(header_checked, true) {
            record.check_header();
        }
        let span = Span::new(rows.first()?.span.start, rows.last()?.span.end);
        let (fields, broken) = (record.fields, record.broken);
        (!broken).then_some(Entry { id, data, sources, note, reviewed, file, span, fields })
    }
}

/// The rows of one entry, or one of them as a nested record.
struct RowGroup<'a> {
    table: &'a Table<'a>,
    rows: &'a [Row],
    all: &'a [Row],
    nested: bool,
    /// Whether the keys asked for are noted: the header is checked once, with the first entry.
    notes_keys: bool,
    asked: Vec<&'static str>,
    fields: Vec<(SmolStr, Span)>,
    broken: bool,
}

impl<'a> RowGroup<'a> {
    fn new(table: &'a Table<'a>, rows: &'a [Row]) -> Self {
        Self {
            table,
            rows,
            all: rows,
            nested: false,
            notes_keys: false,
            asked: Vec::new(),
            fields: Vec::new(),
            broken: false,
        }
    }

    fn note_key(&mut self, key: &'static str) {
        if self.notes_keys {
            self.asked.push(key);
        }
    }

    /// The cell for `key`: an entry began with its first row and is now as its last row says.
    fn cell(&mut self, key: &'static str) -> (&str, Span) {
        self.note_key(key);
        let column = column(&self.table.header, key);
        let row = if key == "start" { self.rows.first() } else { self.rows.last() };
        row.map_or(("", Span::new(0, 0)), |row| (row.cell(column), row.span))
    }

    fn fault(&mut self, span: Span, key: &str, zh: &str, en: &str) {
        self.broken = true;
        let (zh, en) = (format!("`{key}` 应为{zh}"), format!("`{key}` must be {en}"));
        self.table.sink.report(ProblemCode::InvalidValue, span, &zh, &en);
    }

    fn check_header(&self) {
        for name in &self.table.header {
            if name != "kind" && !self.asked.iter().any(|key| key == name) {
                let known = self.asked.iter().copied();
                self.table.sink.unknown_key(Span::new(0, 0), name, known);
            }
        }
    }
}

impl Record for RowGroup<'_> {
    fn text(&mut self, key: &'static str) -> Option<SmolStr> {
        let (cell, _) = self.cell(key);
        (!cell.is_empty()).then(|| SmolStr::from(cell))
    }

    fn required(&mut self, key: &'static str) -> SmolStr {
        let (cell, span) = self.cell(key);
        let text = SmolStr::from(cell);
        if text.is_empty() {
            self.fault(span, key, "必填项，此处为空", "given, and is empty here");
        }
        text
    }

    fn list(&mut self, key: &'static str) -> Vec<SmolStr> {
        let (cell, _) = self.cell(key);
        cell.split('|').map(str::trim).filter(|item| !item.is_empty()).map(SmolStr::from).collect()
    }

    fn flag(&mut self, key: &'static str) -> Option<bool> {
        let (cell, span) = self.cell(key);
        match cell {
            "" => None,
            "true" => Some(true),
            "false" => Some(false),
            _ => {
                self.fault(span, key, " true 或 false", "true or false");
                None
            }
        }
    }

    fn nested(&mut self, key: &'static str, each: &mut dyn FnMut(&mut dyn Record)) {
        let wanted = match key {
            "post" => "title",
            "version" => "name",
            _ => return self.wrong_forms(key, each),
        };
        let column = column(&self.table.header, wanted);
        let single_version = key == "version" && self.all.len() == 1;
        for (index, row) in self.all.iter().enumerate().filter(|_| !self.nested && !single_version) {
            if row.cell(column).is_empty() {
                continue;
            }
            self.fields.push((format_smolstr!("{key}.{index}"), row.span));
            let rows = std::slice::from_ref(row);
            let notes_keys = self.notes_keys;
            let mut record = RowGroup { nested: true, notes_keys, ..RowGroup::new(self.table, rows) };
            each(&mut record);
            self.broken |= record.broken;
            self.asked.append(&mut record.asked);
        }
        self.note_key(wanted);
    }

    fn refuse(&mut self, key: &'static str, expected: &str) {
        let (_, span) = self.cell(key);
        let (zh, en) = expected.split_once(" | ").unwrap_or((expected, expected));
        self.fault(span, key, zh, en);
    }

    fn is_complete(&self) -> bool {
        true
    }
}

impl RowGroup<'_> {
    /// A list cell whose items are nested records of one field: the wrong forms of a slogan.
    fn wrong_forms(&mut self, key: &'static str, each: &mut dyn FnMut(&mut dyn Record)) {
        for item in self.list(key) {
            each(&mut SingleField(item));
        }
    }
}

/// A record whose every required field is one string.
struct SingleField(SmolStr);

impl Record for SingleField {
    fn text(&mut self, _: &'static str) -> Option<SmolStr> {
        None
    }
    fn required(&mut self, _: &'static str) -> SmolStr {
        self.0.clone()
    }
    fn list(&mut self, _: &'static str) -> Vec<SmolStr> {
        Vec::new()
    }
    fn flag(&mut self, _: &'static str) -> Option<bool> {
        None
    }
    fn nested(&mut self, _: &'static str, _: &mut dyn FnMut(&mut dyn Record)) {}
    fn refuse(&mut self, _: &'static str, _: &str) {}
}
