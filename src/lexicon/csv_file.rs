//! Lexicon files in CSV, for long tables.
//!
//! The kind of entry is the file's stem (`people.csv`, `places.csv`, …) or the cells of a column `kind`.
//! Columns are the keys of the tables. A list stands in one cell, its items separated by `|`; a `|`
//! within an item is written `\|` and a `\` is written `\\`. Rows that follow each other and have one id
//! make one entry where a table is nested:
//!
//! - Each row of a person is a post. What is said of the person may stand in any of the rows or be
//!   repeated. The post's own sources stand in `post_sources`; without that column, `sources` holds for both.
//! - Each row of a place is a version; what holds for the place as a whole stands in the last row.
//!
//! The notes on the wrong forms of a slogan stand in `wrong_notes`, in the order of `wrong`.

use std::path::Path;

use rayon::prelude::*;
use smol_str::{SmolStr, format_smolstr};

use super::{
    csv_rows::{Row, Rows, column},
    entry::{Entry, EntryKind},
    file::FileIndex,
    keys,
    problem::ProblemCode,
    record::{Record, read_entry, read_id, read_reviewed},
    sink::Sink,
};
use crate::text::Span;

/// Reads every entry of a CSV file with the stem `stem`; a long file in several parts at once.
pub(super) fn read(stem: &str, text: &str, file: FileIndex, sink: &Sink<'_>) -> Vec<Entry> {
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    let rows = match Rows::open(text, bom) {
        Ok(rows) => rows,
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
    if rows.id_column.is_none() {
        sink.report(ProblemCode::InvalidValue, Span::new(0, bom), "首行缺少 `id` 列", "the header has no column `id`");
        return Vec::new();
    }
    let stem_kind = keys::kind_named(stem);
    let (path, text) = sink.source();
    let part = |part| read_part(&rows, part, stem_kind, file, Sink::new(path, text));
    let parts: Vec<Part<'_>> = rows.parts().into_par_iter().map(part).collect();
    let mut entries = Vec::with_capacity(parts.iter().map(|part| part.entries.len()).sum());
    let mut kinds = Vec::new();
    for part in parts {
        entries.extend(part.entries);
        kinds.extend(part.kinds);
        sink.take(part.sink);
    }
    check_header(&rows.header, kinds, stem_kind, sink);
    entries
}

/// What a part of a file says.
struct Part<'a> {
    entries: Vec<Entry>,
    /// The kinds met, in order.
    kinds: Vec<EntryKind>,
    sink: Sink<'a>,
}

fn read_part<'a>(
    rows: &Rows<'_>,
    part: Span,
    stem_kind: Option<EntryKind>,
    file: FileIndex,
    sink: Sink<'a>,
) -> Part<'a> {
    let post_columns = post_columns(&rows.header);
    let table = Table { header: &rows.header, kind_column: rows.kind_column, post_columns: &post_columns, sink: &sink };
    let mut kinds = KindColumns::new(&rows.header);
    let mut entries = Vec::new();
    rows.each_group(part, &sink, &mut |group| {
        let Some(kind) = table.kind(stem_kind, &group[0]) else { return };
        let columns = kinds.of(kind);
        let size = if matches!(kind, EntryKind::Person | EntryKind::Place) { group.len() } else { 1 };
        for rows in group.chunks(size) {
            entries.extend(table.entry(kind, rows, columns, file));
        }
    });
    let kinds = kinds.seen.into_iter().map(|(kind, _)| kind).collect();
    Part { entries, kinds, sink }
}

/// Reports columns that belong to none of the kinds in the file.
fn check_header(header: &[String], mut kinds: Vec<EntryKind>, stem_kind: Option<EntryKind>, sink: &Sink<'_>) {
    if kinds.is_empty() {
        kinds.extend(stem_kind);
    }
    let mut known: Vec<&str> = Vec::new();
    for name in kinds.into_iter().flat_map(keys::columns) {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    for name in header.iter().filter(|name| !known.is_empty() && *name != "kind") {
        if !known.contains(&name.as_str()) {
            sink.unknown_key(Span::new(0, 0), name, known.iter().copied());
        }
    }
}

/// Reads the place whose rows stand at `start..end` of a pack's CSV.
pub(super) fn read_place(csv: &str, start: usize, end: usize, file: FileIndex) -> Entry {
    let sink = Sink::new(Path::new(""), "");
    let header = csv.split_once('\n').map_or(csv, |(header, _)| header);
    let header: Vec<String> = header.split(',').map(str::to_owned).collect();
    let table = Table { header: &header, kind_column: None, post_columns: &[], sink: &sink };
    let mut at = start;
    // Pack tables are written without quotation marks, which the build script asserts.
    let rows = csv[start..end].split_inclusive('\n').map(|line| {
        let span = Span::new(at, at + line.len());
        at = span.end;
        Row { cells: line.trim_end_matches('\n').split(',').collect(), span }
    });
    let rows: Vec<Row> = rows.collect();
    let mut record = RowGroup::new(&table, &rows, Scope::Entry(EntryKind::Place));
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

/// The items of a list cell.
pub(super) fn items(cell: &str) -> Vec<SmolStr> {
    if !cell.contains(['\\', '|']) {
        // Most lists have one item or none.
        return if cell.trim().is_empty() { Vec::new() } else { vec![SmolStr::from(cell.trim())] };
    }
    if !cell.contains('\\') {
        return cell.split('|').map(str::trim).filter(|item| !item.is_empty()).map(SmolStr::from).collect();
    }
    raw_items(cell).iter().map(|item| item.trim()).filter(|item| !item.is_empty()).map(SmolStr::from).collect()
}

/// The items of a list cell, empty ones included.
fn raw_items(cell: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut characters = cell.chars().peekable();
    while let Some(character) = characters.next() {
        let escaped = if character == '\\' { characters.next_if(|next| matches!(next, '|' | '\\')) } else { None };
        match (character, escaped, items.last_mut()) {
            ('|', _, _) => items.push(String::new()),
            (_, Some(escaped), Some(item)) => item.push(escaped),
            (_, None, Some(item)) => item.push(character),
            _ => {}
        }
    }
    items
}

/// Which columns belong to the kinds met so far.
struct KindColumns<'a> {
    header: &'a [String],
    seen: Vec<(EntryKind, Vec<bool>)>,
}

impl<'a> KindColumns<'a> {
    fn new(header: &'a [String]) -> Self {
        Self { header, seen: Vec::new() }
    }

    fn of(&mut self, kind: EntryKind) -> &[bool] {
        let position = self.seen.iter().position(|(seen, _)| *seen == kind).unwrap_or_else(|| {
            let known = keys::columns(kind);
            let columns = self.header.iter().map(|name| name == "kind" || known.contains(&name.as_str())).collect();
            self.seen.push((kind, columns));
            self.seen.len() - 1
        });
        &self.seen[position].1
    }
}

struct Table<'a> {
    header: &'a [String],
    kind_column: Option<usize>,
    /// The columns that say something of a post.
    post_columns: &'a [usize],
    sink: &'a Sink<'a>,
}

impl Table<'_> {
    fn kind(&self, stem_kind: Option<EntryKind>, row: &Row) -> Option<EntryKind> {
        let written = row.cell(self.kind_column);
        let kind = if written.is_empty() { stem_kind } else { keys::kind_named(written) };
        if kind.is_none() {
            let zh = "看不出词条种类：请把文件命名为 people.csv、places.csv 等，或加一列 `kind`";
            let en = "the kind of entry is not known: name the file people.csv, places.csv and so on, or add a column `kind`";
            self.sink.report(ProblemCode::InvalidValue, row.span, zh, en);
        }
        kind
    }

    fn entry(&self, kind: EntryKind, rows: &[Row], columns: &[bool], file: FileIndex) -> Option<Entry> {
        let mut record = RowGroup::new(self, rows, Scope::Entry(kind));
        record.check_columns(columns);
        let id = read_id(&mut record);
        let data = read_entry(kind, &mut record);
        let (sources, note) = (record.list("sources"), record.text("note"));
        let reviewed = read_reviewed(&mut record);
        let span = Span::new(rows.first()?.span.start, rows.last()?.span.end);
        let (fields, broken) = (record.fields, record.broken);
        (!broken).then_some(Entry { id, data, sources, note, reviewed, file, span, fields })
    }
}

/// The columns of a post.
fn post_columns(header: &[String]) -> Vec<usize> {
    let names = keys::nested_keys("post").iter().map(|key| keys::post_column(key));
    names.filter_map(|name| column(header, name)).collect()
}

/// The name of a person's post among the fields; most persons have one.
fn post_field(index: usize) -> SmolStr {
    if index == 0 { SmolStr::new_static("post.0") } else { format_smolstr!("post.{index}") }
}

/// What the rows at hand stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    Entry(EntryKind),
    Post,
    Version,
}

/// The rows of one entry, or one of them as a nested record.
struct RowGroup<'a> {
    table: &'a Table<'a>,
    rows: &'a [Row],
    scope: Scope,
    fields: Vec<(SmolStr, Span)>,
    broken: bool,
}

impl<'a> RowGroup<'a> {
    fn new(table: &'a Table<'a>, rows: &'a [Row], scope: Scope) -> Self {
        Self { table, rows, scope, fields: Vec::new(), broken: false }
    }

    /// The cell for `key` with the span of its row.
    fn cell(&mut self, key: &'static str) -> (&'a str, Span) {
        let header = self.table.header;
        let column = match self.scope {
            Scope::Post if key == "sources" => column(header, keys::POST_SOURCES).or_else(|| column(header, key)),
            _ => column(header, key),
        };
        let row = match self.scope {
            Scope::Entry(EntryKind::Person) if self.rows.len() > 1 => return self.agreed(key, column),
            // A place began with its first row and is now as its last row says.
            Scope::Entry(_) if key != "start" => self.rows.last(),
            _ => self.rows.first(),
        };
        row.map_or(("", Span::new(0, 0)), |row| (row.cell(column), row.span))
    }

    /// What the rows of a person say of the person: the same in all rows that say something.
    fn agreed(&mut self, key: &'static str, column: Option<usize>) -> (&'a str, Span) {
        let rows = self.rows;
        let mut said = rows.iter().map(|row| (row.cell(column), row.span)).filter(|(cell, _)| !cell.is_empty());
        let Some((first, span)) = said.next() else { return ("", rows[0].span) };
        if let Some((_, span)) = said.find(|(cell, _)| *cell != first) {
            self.fault(span, key, "同一人各行一致（或只写一次）", "the same in all rows of one person, or given once");
        }
        (first, span)
    }

    fn fault(&mut self, span: Span, key: &str, zh: &str, en: &str) {
        self.broken = true;
        let (zh, en) = (format!("`{key}` 应为{zh}"), format!("`{key}` must be {en}"));
        self.table.sink.report(ProblemCode::InvalidValue, span, &zh, &en);
    }

    /// Reports cells in columns that belong to other kinds of entry.
    fn check_columns(&mut self, columns: &[bool]) {
        let foreign = columns.iter().enumerate().filter(|(_, own)| !**own).map(|(column, _)| column);
        for column in foreign {
            let filled = self.rows.iter().find(|row| !row.cell(Some(column)).is_empty());
            let name = self
                .table
                .header
                .get(column)
                .filter(|name| EntryKind::ALL.iter().any(|kind| keys::columns(*kind).contains(&name.as_str())));
            if let (Some(row), Some(name)) = (filled, name) {
                let (span, name) = (row.span, name.clone());
                self.fault(span, &name, "空，这类词条没有此项", "empty: this kind of entry has no such key");
            }
        }
    }

    fn nested_row(&mut self, row: &'a Row, scope: Scope, each: &mut dyn FnMut(&mut dyn Record)) {
        let mut record = RowGroup::new(self.table, std::slice::from_ref(row), scope);
        each(&mut record);
        self.broken |= record.broken;
    }

    fn posts(&mut self, each: &mut dyn FnMut(&mut dyn Record)) {
        let (rows, columns) = (self.rows, self.table.post_columns);
        self.fields.reserve_exact(rows.len());
        for (index, row) in rows.iter().enumerate() {
            // A post without its title is a fault that reading it reports.
            if columns.iter().any(|column| !row.cell(Some(*column)).is_empty()) {
                self.fields.push((post_field(index), row.span));
                self.nested_row(row, Scope::Post, each);
            }
        }
    }

    fn versions(&mut self, each: &mut dyn FnMut(&mut dyn Record)) {
        let rows = self.rows;
        for (index, row) in rows.iter().enumerate().filter(|_| rows.len() > 1) {
            self.fields.push((format_smolstr!("version.{index}"), row.span));
            if row.cell(column(self.table.header, "name")).is_empty() {
                self.fault(row.span, "name", "必填项，此处为空", "given, and is empty here");
            }
            self.nested_row(row, Scope::Version, each);
        }
    }

    fn wrong_forms(&mut self, each: &mut dyn FnMut(&mut dyn Record)) {
        let (forms, (notes, span)) = (self.list("wrong"), self.cell(keys::WRONG_NOTES));
        let notes = if notes.is_empty() { Vec::new() } else { raw_items(notes) };
        if notes.len() > forms.len() {
            self.fault(span, keys::WRONG_NOTES, "不多于 `wrong` 的条数", "no more items than `wrong` has");
        }
        for (index, text) in forms.into_iter().enumerate() {
            let note = notes.get(index).map(|note| note.trim()).filter(|note| !note.is_empty()).map(SmolStr::from);
            each(&mut WrongFormCell { text, note });
        }
    }
}

impl Record for RowGroup<'_> {
    fn text(&mut self, key: &'static str) -> Option<SmolStr> {
        let (cell, _) = match (self.scope, key) {
            // Each row of a person may have its own remark.
            (Scope::Entry(EntryKind::Person), "note") if self.rows.len() > 1 => {
                let column = column(self.table.header, key);
                let mut notes: Vec<&str> =
                    self.rows.iter().map(|row| row.cell(column)).filter(|note| !note.is_empty()).collect();
                notes.dedup();
                return (!notes.is_empty()).then(|| SmolStr::from(notes.join("\n")));
            }
            _ => self.cell(key),
        };
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
        let of_each_post = self.scope == Scope::Entry(EntryKind::Person)
            && self.rows.len() > 1
            && key == "sources"
            && column(self.table.header, keys::POST_SOURCES).is_none();
        if !of_each_post {
            return items(self.cell(key).0);
        }
        let column = column(self.table.header, key);
        let mut sources: Vec<SmolStr> = Vec::new();
        for source in self.rows.iter().flat_map(|row| items(row.cell(column))) {
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        sources
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
        match key {
            "post" => self.posts(each),
            "version" => self.versions(each),
            _ => self.wrong_forms(each),
        }
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

/// A wrong form of a slogan, from the cells `wrong` and `wrong_notes`.
struct WrongFormCell {
    text: SmolStr,
    note: Option<SmolStr>,
}

impl Record for WrongFormCell {
    fn text(&mut self, _: &'static str) -> Option<SmolStr> {
        self.note.clone()
    }
    fn required(&mut self, _: &'static str) -> SmolStr {
        self.text.clone()
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
