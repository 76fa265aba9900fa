//! Where an entry is spoken of: in the lexicon files of a project, and in its drafts.

use std::path::PathBuf;

use smol_str::SmolStr;

use super::{spot::csv_rows, subject::is_csv};
use crate::{
    lexicon::{Entry, FileIndex, read_entries},
    server::projects::Loaded,
    text::Span,
};

/// Keys that name other entries.
const REFERENCES: [&str; 7] = ["organization", "place", "parent", "successor", "successors", "superseded_by", "people"];

/// Keys under which the written forms of an entry stand.
const FORMS: [&str; 10] =
    ["name", "short", "other_names", "text", "variants", "wrong", "components", "preferred", "deprecated", "title"];

/// What is looked for in lexicon files.
#[derive(Clone, Debug)]
pub(super) enum Sought<'a> {
    /// References to an entry, by its id or one of its codes.
    References(&'a [SmolStr]),
    /// An id where it is given to its entry.
    Id(&'a str),
    /// A written form of the entry with this id.
    Form(&'a str, &'a str),
}

/// Where that stands in the project's own lexicon files, by file.
pub(super) fn in_lexicon(loaded: &Loaded, sought: &Sought<'_>) -> Vec<(PathBuf, FileIndex, Vec<Span>)> {
    let files = loaded.project.lexicon().files().iter().enumerate().filter(|(_, file)| file.pack.is_none());
    let found = files.filter_map(|(position, file)| {
        let spans = if is_csv(&file.path) { in_table(&file.text, sought) } else { in_toml(&file.text, sought) };
        let index = FileIndex(u32::try_from(position).ok()?);
        (!spans.is_empty()).then(|| (file.path.clone(), index, spans))
    });
    found.collect()
}

fn in_toml(text: &str, sought: &Sought<'_>) -> Vec<Span> {
    // The name only says that it is no table.
    let entries = read_entries("a.toml".as_ref(), text);
    let mut spans: Vec<Span> = entries.iter().flat_map(|entry| in_entry(text, entry, sought)).collect();
    spans.sort_unstable();
    spans.dedup();
    spans
}

fn in_entry(text: &str, entry: &Entry, sought: &Sought<'_>) -> Vec<Span> {
    let fields = entry.fields.iter().filter_map(|(path, span)| {
        let key = path.rsplit('.').find(|part| !part.bytes().all(|byte| byte.is_ascii_digit()))?;
        // `wrong.0.text` is a form as `text` is; a note is none.
        let written = span.slice(text);
        let inner = written.trim_matches(['"', '\'']);
        let start = span.start + (written.len() - written.trim_start_matches(['"', '\'']).len());
        let is_string = written.starts_with(['"', '\'']);
        (is_string && is_sought(sought, &entry.id, key, inner)).then(|| Span::new(start, start + inner.len()))
    });
    fields.collect()
}

fn is_sought(sought: &Sought<'_>, id: &str, key: &str, value: &str) -> bool {
    match sought {
        Sought::References(words) => REFERENCES.contains(&key) && words.iter().any(|word| word == value),
        Sought::Id(word) => key == "id" && value == *word,
        Sought::Form(entry, word) => id == *entry && FORMS.contains(&key) && value == *word,
    }
}

fn in_table(text: &str, sought: &Sought<'_>) -> Vec<Span> {
    let rows = csv_rows(text);
    let Some((header, rows)) = rows.split_first() else { return Vec::new() };
    let bare = |cell: Span| cell.slice(text).trim_matches(['"', ' ', '\u{feff}']);
    let header: Vec<&str> = header.iter().map(|cell| bare(*cell)).collect();
    let id_column = header.iter().position(|name| *name == "id");
    let mut spans = Vec::new();
    for row in rows {
        let id = id_column.and_then(|column| row.get(column)).map(|cell| bare(*cell)).unwrap_or_default();
        for (key, cell) in header.iter().zip(row) {
            let items = cell.slice(text).split('|').map(|item| {
                let inner = item.trim_matches(['"', ' ']);
                let start = cell.start + (inner.as_ptr() as usize - cell.slice(text).as_ptr() as usize);
                Span::new(start, start + inner.len())
            });
            spans.extend(items.filter(|item| is_sought(sought, id, key, item.slice(text))));
        }
    }
    spans
}

/// By which words files refer to an entry: its id, and the codes that a place had.
pub(super) fn words_for(entry: &Entry) -> Vec<SmolStr> {
    let codes = entry.place().into_iter().flat_map(|place| &place.versions).filter_map(|version| version.code.clone());
    let mut words: Vec<SmolStr> = std::iter::once(entry.id.clone()).chain(codes).collect();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_ids_and_forms_are_told_apart() {
        let check = |text: &str, sought: &Sought<'_>, expected: &[usize]| {
            let found = if text.starts_with("id,") { in_table(text, sought) } else { in_toml(text, sought) };
            let starts: Vec<usize> = found.iter().map(|span| span.start).collect();
            assert_eq!(starts, expected, "{text}");
        };
        let text = "[[organization]]\nid = \"a\"\nname = \"a\"\n\n[[organization]]\nid = \"b\"\nname = \"乙\"\nparent = \"a\"\n\n[[precedence]]\nid = \"o\"\npeople = [\"b\", \"a\"]\n";
        let at = |needle: &str| text.find(needle).unwrap();
        check(text, &Sought::References(&["a".into()]), &[at("a\"\n\n[[prec"), at("a\"]")]);
        check(text, &Sought::Id("a"), &[at("a\"\nname")]);
        check(text, &Sought::Form("a", "a"), &[at("a\"\n\n[[org")]);
        check(text, &Sought::Form("b", "a"), &[]);
        let table = "id,name,place\na,甲|乙,\"220000\"\nb,甲,a\n";
        check(table, &Sought::References(&["220000".into()]), &[table.find("220000").unwrap()]);
        check(table, &Sought::Form("a", "乙"), &[table.find('乙').unwrap()]);
        check(table, &Sought::Id("b"), &[table.find("b,").unwrap()]);
    }
}
