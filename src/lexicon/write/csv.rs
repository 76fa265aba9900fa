//! Entries as a CSV lexicon file, in exactly the format that the lexicon reads.

use smol_str::SmolStr;

use super::fields::{EntryFields, Fields, Value};
use crate::lexicon::{entry::EntryKind, keys};

/// How a CSV file is laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CsvStyle {
    /// Whether the text begins with a byte order mark, by which spreadsheets know UTF-8.
    pub bom: bool,
    /// Columns that come first, in this order; those that the entries need and that are not named here
    /// follow. Empty: `kind` and then the columns of the kinds.
    pub columns: Vec<String>,
}

/// A CSV lexicon file of these entries, with a column `kind` unless the style's columns lack it.
pub fn csv_text(entries: &[EntryFields], style: &CsvStyle) -> String {
    let columns = columns(entries, style);
    let mut writer = csv::Writer::from_writer(Vec::from(if style.bom { "\u{feff}" } else { "" }));
    // Writing rows of one length into memory cannot fail.
    let _ = writer.write_record(&columns);
    for row in entries.iter().flat_map(rows) {
        let _ = writer.write_record(columns.iter().map(|column| row.text(column)));
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// A list as one cell.
pub(crate) fn list_cell(items: &[SmolStr]) -> String {
    let escaped = items.iter().map(|item| item.replace('\\', "\\\\").replace('|', "\\|"));
    escaped.collect::<Vec<_>>().join("|")
}

fn columns(entries: &[EntryFields], style: &CsvStyle) -> Vec<String> {
    let mut columns = style.columns.clone();
    if columns.is_empty() {
        columns.extend(["kind".to_owned(), "id".to_owned()]);
    }
    for kind in EntryKind::ALL.into_iter().filter(|kind| entries.iter().any(|entry| entry.kind == *kind)) {
        for column in keys::columns(kind) {
            if !columns.iter().any(|known| known == column) {
                columns.push(column.to_owned());
            }
        }
    }
    columns
}

/// The rows of an entry: one for each post or version.
fn rows(entry: &EntryFields) -> Vec<Fields> {
    match entry.kind {
        EntryKind::Person => person_rows(&entry.fields),
        EntryKind::Place => place_rows(&entry.fields),
        kind => vec![row_of(kind, &entry.fields)],
    }
    .into_iter()
    .map(|mut row| {
        row.set_text("kind", entry.kind.name());
        row
    })
    .collect()
}

/// The cells of the keys that are no nested table, except for wrong forms.
fn row_of(kind: EntryKind, fields: &Fields) -> Fields {
    let mut row = Fields::default();
    for (key, value) in fields.iter() {
        match (key, value) {
            ("wrong", Value::Tables(forms)) => wrong_cells(forms, &mut row),
            (_, Value::Tables(_)) => {}
            (key, value) => row.set_text(key, cell(value)),
        }
    }
    row.sort(&keys::columns(kind));
    row
}

fn cell(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::List(list) => list_cell(list),
        Value::Tables(_) => String::new(),
    }
}

fn wrong_cells(forms: &[Fields], row: &mut Fields) {
    let column = |key: &str| forms.iter().map(|form| SmolStr::from(form.text(key))).collect::<Vec<_>>();
    row.set_text("wrong", list_cell(&column("text")));
    let mut notes = column("note");
    while notes.last().is_some_and(|note| note.is_empty()) {
        notes.pop();
    }
    row.set_text(keys::WRONG_NOTES, list_cell(&notes));
}

/// What is said of the person stands in every row, so that each can be read and sorted by itself.
fn person_rows(fields: &Fields) -> Vec<Fields> {
    let person = row_of(EntryKind::Person, fields);
    let rows = fields.tables("post").iter().map(|post| {
        let mut row = person.clone();
        for (key, value) in post.iter() {
            row.set_text(keys::post_column(key), cell(value));
        }
        row
    });
    let rows: Vec<Fields> = rows.collect();
    if rows.is_empty() { vec![person] } else { rows }
}

/// A version stands in each row; what is said of the place as a whole in the last one, but for its level.
fn place_rows(fields: &Fields) -> Vec<Fields> {
    let place = row_of(EntryKind::Place, fields);
    let versions = fields.tables("version");
    let Some(last) = versions.len().checked_sub(1) else { return vec![place] };
    let rows = versions.iter().enumerate().map(|(index, version)| {
        let mut row = Fields::default();
        row.set_text("id", place.text("id"));
        row.set_text("level", place.text("level"));
        for key in keys::nested_keys("version") {
            let inherited = if matches!(*key, "code" | "parent") { place.text(key) } else { "" };
            let own = version.get(key).map(cell).unwrap_or_default();
            row.set_text(key, if own.is_empty() { inherited.to_owned() } else { own });
        }
        for key in ["end_document", "successors", "sources", "reviewed", "note"].into_iter().filter(|_| index == last) {
            row.set_text(key, place.text(key));
        }
        row
    });
    rows.collect()
}
