//! Entries as TOML, laid out as people write it.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

use super::{
    array,
    fields::{EntryFields, Fields, Value},
};

/// A TOML lexicon file of these entries: kinds in the order in which they first come, entries of a kind
/// in their order.
pub fn toml_text(entries: &[EntryFields]) -> String {
    let mut document = DocumentMut::new();
    for entry in entries {
        push_entry(&mut document, entry, None);
    }
    document.to_string()
}

/// Adds an entry after the others of its kind, or at `position` among all tables of the document.
pub(super) fn push_entry(document: &mut DocumentMut, entry: &EntryFields, position: Option<isize>) {
    let mut table = table(&entry.fields);
    table.set_position(position);
    let item = document.entry(entry.kind.name()).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    push_table(item, table);
}

/// Adds a table to an array of tables, in whichever of the two ways it is written.
pub(super) fn push_table(item: &mut Item, table: Table) {
    match item {
        Item::ArrayOfTables(tables) => tables.push(table),
        Item::Value(toml_edit::Value::Array(inline)) => {
            array::push(inline, toml_edit::Value::InlineTable(table.into_inline_table()));
        }
        _ => {}
    }
}

/// The table for an entry or a post.
pub(super) fn table(fields: &Fields) -> Table {
    let mut table = Table::new();
    for (key, value) in fields.iter() {
        table.insert(key, item(key, value));
    }
    table
}

/// The item for a key. Posts and versions are tables of their own; wrong forms stand in a list.
pub(super) fn item(key: &str, value: &Value) -> Item {
    match value {
        Value::Text(text) => toml_edit::value(text.as_str()),
        Value::Flag(flag) => toml_edit::value(*flag),
        Value::List(list) => Item::Value(array::of(key, list.iter().map(|item| item.as_str().into()).collect())),
        Value::Tables(tables) if key == "wrong" => {
            let inline = tables.iter().map(|fields| toml_edit::Value::InlineTable(table(fields).into_inline_table()));
            Item::Value(array::of(key, inline.collect()))
        }
        Value::Tables(tables) => {
            let mut array = ArrayOfTables::new();
            tables.iter().for_each(|fields| array.push(table(fields)));
            Item::ArrayOfTables(array)
        }
    }
}
