//! Carries a merge out in the text of a TOML file, keeping everything else as it stands: comments, order,
//! spacing and keys of other people's making.

use toml_edit::{Array, ArrayOfTables, Decor, DocumentMut, Item, Key, RawString, Table, TableLike};

use super::{
    array,
    fields::{EntryFields, Value},
    merge::{Change, EntryChange, MergePlan, Path},
    toml,
};
use crate::lexicon::keys;

/// The text after the merge. `None` if the text has not the tables that the plan speaks of.
pub(super) fn merged_text(text: &str, plan: &MergePlan) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    for change in plan.changed.iter().filter(|change| !change.changes.is_empty()) {
        change_entry(&mut document, change)?;
    }
    append(&mut document, &plan.new);
    Some(document.to_string())
}

fn change_entry(document: &mut DocumentMut, change: &EntryChange) -> Option<()> {
    let entry = find_entry(document.get_mut(change.kind.name())?, &change.id)?;
    let keys = keys::keys(change.kind);
    for change in &change.changes {
        match change {
            Change::Set { path, value, .. } => {
                with_table(entry, path, keys, |table, keys| set(table, path.key, value, keys))?
            }
            Change::Extend { path, items } => {
                with_table(entry, path, keys, |table, _| extend(table, path.key, items))??
            }
            Change::AddTable { key, fields } => {
                let table = toml::table(fields);
                match entry.get_mut(key) {
                    Some(item) => toml::push_table(item, table),
                    None if *key == "wrong" => set(entry, key, &Value::Tables(vec![fields.clone()]), keys),
                    None => {
                        let mut tables = ArrayOfTables::new();
                        tables.push(table);
                        entry.insert(key, Item::ArrayOfTables(tables));
                    }
                }
            }
        }
    }
    Some(())
}

/// The table with this id among the tables of a kind.
fn find_entry<'d>(item: &'d mut Item, id: &str) -> Option<&'d mut dyn TableLike> {
    let has_id = |table: &dyn TableLike| table.get("id").and_then(Item::as_str) == Some(id);
    match item {
        Item::ArrayOfTables(tables) => {
            tables.iter_mut().find(|table| has_id(*table)).map(|table| table as &mut dyn TableLike)
        }
        Item::Value(toml_edit::Value::Array(tables)) => tables
            .iter_mut()
            .filter_map(|value| value.as_inline_table_mut())
            .find(|table| has_id(*table))
            .map(|table| table as &mut dyn TableLike),
        _ => None,
    }
}

/// Calls `edit` with the table that `path` leads to and the order of its keys.
fn with_table<R>(
    entry: &mut dyn TableLike,
    path: &Path,
    keys: &[&str],
    edit: impl FnOnce(&mut dyn TableLike, &[&str]) -> R,
) -> Option<R> {
    let Some((table, index)) = path.table else { return Some(edit(entry, keys)) };
    let keys = keys::nested_keys(table);
    Some(match entry.get_mut(table)? {
        Item::ArrayOfTables(tables) => edit(tables.get_mut(index)?, keys),
        Item::Value(toml_edit::Value::Array(tables)) => edit(tables.get_mut(index)?.as_inline_table_mut()?, keys),
        _ => return None,
    })
}

/// Sets a key; a new one goes before the first key that comes later in the order of writing.
fn set(table: &mut dyn TableLike, key: &str, value: &Value, keys: &[&str]) {
    let mut item = toml::item(key, value);
    if let Some(old) = table.get_mut(key) {
        let (old_decor, new_value) = (old.as_value().map(|value| value.decor().clone()), item.as_value_mut());
        if let (Some(decor), Some(value)) = (old_decor, new_value) {
            *value.decor_mut() = decor;
        }
        *old = item;
        return;
    }
    let rank = |name: &str| keys.iter().position(|known| *known == name);
    let own = rank(key);
    let written: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
    let later = written.iter().position(|name| rank(name) > own).unwrap_or(written.len());
    let moved: Vec<(Key, Item)> = written[later..].iter().filter_map(|name| take(table, name)).collect();
    table.insert(key, item);
    for (key, item) in moved {
        table.entry_format(&key).or_insert(item);
    }
}

/// Takes a key with its comments out of a table.
fn take(table: &mut dyn TableLike, name: &str) -> Option<(Key, Item)> {
    let key = table.key(name)?.clone();
    table.remove(name).map(|item| (key, item))
}

fn extend(table: &mut dyn TableLike, key: &str, items: &[smol_str::SmolStr]) -> Option<()> {
    let array: &mut Array = table.get_mut(key)?.as_array_mut()?;
    for item in items {
        array::push(array, item.as_str().into());
    }
    Some(())
}

/// Adds new entries at the end of the file. A comment that ends the file stays where it is, before them.
fn append(document: &mut DocumentMut, entries: &[EntryFields]) {
    if entries.is_empty() {
        return;
    }
    let mut position = last_position(document.as_table());
    for entry in entries {
        position += 1;
        toml::push_entry(document, entry, Some(position));
    }
    let trailing = document.trailing().as_str().unwrap_or_default().to_owned();
    let head = if trailing.trim().is_empty() { "" } else { trailing.trim_end() };
    let first = entries[0].id().to_owned();
    if let Some(table) = document.get_mut(entries[0].kind.name()).and_then(|item| last_with_id(item, &first)) {
        let prefix = if head.is_empty() { "\n".to_owned() } else { format!("{head}\n\n") };
        *table.decor_mut() = Decor::new(prefix, "");
        document.set_trailing(RawString::default());
    }
}

fn last_with_id<'d>(item: &'d mut Item, id: &str) -> Option<&'d mut Table> {
    let tables = item.as_array_of_tables_mut()?;
    tables.iter_mut().filter(|table| table.get("id").and_then(Item::as_str) == Some(id)).last()
}

/// The greatest position of a table in the document.
fn last_position(table: &Table) -> isize {
    let below = table.iter().map(|(_, item)| match item {
        Item::Table(table) => last_position(table),
        Item::ArrayOfTables(tables) => tables.iter().map(last_position).max().unwrap_or(0),
        _ => 0,
    });
    below.max().unwrap_or(0).max(table.position().unwrap_or(0))
}
