//! The keys of every table in the order in which lexicon files write them, and the columns of CSV files.

use std::{collections::HashMap, sync::LazyLock};

use super::{
    entry::EntryKind,
    fields::{Field, Value, of_entry},
};

/// The keys of the table `kind`; nested tables come last, as TOML wants it.
pub(crate) fn keys(kind: EntryKind) -> &'static [&'static str] {
    static KEYS: LazyLock<HashMap<EntryKind, Vec<&'static str>>> = LazyLock::new(|| {
        let in_order = |kind: EntryKind| {
            let (tables, values): (Vec<&Field>, Vec<&Field>) =
                of_entry(kind).iter().partition(|field| matches!(field.key, "post" | "version"));
            values.into_iter().chain(tables).map(|field| field.key).collect()
        };
        EntryKind::ALL.into_iter().map(|kind| (kind, in_order(kind))).collect()
    });
    &KEYS[&kind]
}

/// The keys of a nested table: `post`, `version` or `wrong`.
pub(crate) fn nested_keys(table: &str) -> &'static [&'static str] {
    static NESTED: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
        let fields = EntryKind::ALL.into_iter().flat_map(of_entry);
        let nested = fields.filter_map(|field| match field.value {
            Value::Records(fields) => Some((field.key, fields.iter().map(|field| field.key).collect())),
            _ => None,
        });
        nested.collect()
    });
    NESTED.get(table).map(Vec::as_slice).unwrap_or_default()
}

/// The keys that an entry of this kind cannot do without, but for its id.
pub(crate) fn required(kind: EntryKind) -> Vec<&'static str> {
    let required = of_entry(kind).iter().filter(|field| field.required && field.key != "id");
    required.map(|field| field.key).collect()
}

/// The key by which people know an entry of this kind.
pub(crate) fn name_key(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Person | EntryKind::Place | EntryKind::Organization => "name",
        EntryKind::Precedence => "id",
        EntryKind::Slogan => "text",
        EntryKind::Term => "preferred",
        EntryKind::Document => "title",
    }
}

/// The columns of a CSV file of entries of this kind, after `kind` and in the order of writing: a
/// person's row is one post, a place's one version.
pub(crate) fn columns(kind: EntryKind) -> Vec<&'static str> {
    let mut columns = Vec::new();
    for key in keys(kind) {
        match *key {
            "post" => columns.extend(nested_keys("post").iter().map(|key| post_column(key))),
            "version" => {}
            "wrong" => columns.extend(["wrong", WRONG_NOTES]),
            key => columns.push(key),
        }
    }
    columns
}

/// The CSV column for a key of a post; `sources` alone is the person's.
pub(crate) fn post_column(key: &'static str) -> &'static str {
    if key == "sources" { POST_SOURCES } else { key }
}

/// The CSV column for the sources of a post.
pub(crate) const POST_SOURCES: &str = "post_sources";
/// The CSV column for the notes on the wrong forms of a slogan, in the order of `wrong`.
pub(crate) const WRONG_NOTES: &str = "wrong_notes";

/// The kind a table or file is named after, in the singular or plural: `person`, `people`, `places`.
pub(crate) fn kind_named(name: &str) -> Option<EntryKind> {
    let name = name.to_ascii_lowercase();
    if name == "people" {
        return Some(EntryKind::Person);
    }
    let named = |kind: &EntryKind| name == kind.name() || name.strip_suffix('s') == Some(kind.name());
    EntryKind::ALL.into_iter().find(named)
}
