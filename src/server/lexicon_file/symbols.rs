//! `textDocument/documentSymbol` in lexicon files: the entries, and under each its posts or versions.

use tower_lsp::ls_types::{DocumentSymbol, SymbolKind};

use crate::{
    lexicon::{Entry, EntryData, read_entries},
    server::{
        requests::document_symbol,
        to_proto,
        world::{Document, World},
    },
    text::Span,
};

/// The entries in order of place.
pub(in crate::server) fn run(world: &World, document: &Document) -> Option<Vec<DocumentSymbol>> {
    let path = document.path.as_deref().filter(|_| document.is_lexicon_file())?;
    if super::subject::is_config(path) {
        return None;
    }
    let entries = read_entries(path, &document.buffer.text());
    Some(entries.iter().map(|entry| symbol_of(world, document, entry)).collect())
}

fn symbol_of(world: &World, document: &Document, entry: &Entry) -> DocumentSymbol {
    let nested: Vec<(String, String)> = match &entry.data {
        EntryData::Person(person) => person
            .posts
            .iter()
            .enumerate()
            .map(|(at, post)| (format!("post.{at}"), format!("{} {}", post.title, post.time.display())))
            .collect(),
        _ => Vec::new(),
    };
    let children = nested.into_iter().map(|(key, name)| {
        let title = entry.field_span(&format!("{key}.title"));
        let whole = entry.field_span(&key).join(title);
        symbol(world, document, name.trim().to_owned(), None, SymbolKind::PROPERTY, whole, title, Vec::new())
    });
    let children: Vec<_> = children.filter(|child| !child.name.is_empty()).collect();
    let selected = Span::empty(entry.span.start);
    let (name, detail) = (entry.name().to_owned(), Some(entry.id.to_string()));
    let kind = document_symbol::kind(entry.kind());
    symbol(world, document, name, detail, kind, entry.span, selected, children)
}

#[expect(clippy::too_many_arguments, reason = "a symbol has as many parts")]
fn symbol(
    world: &World,
    document: &Document,
    name: String,
    detail: Option<String>,
    kind: SymbolKind,
    whole: Span,
    selected: Span,
    children: Vec<DocumentSymbol>,
) -> DocumentSymbol {
    let range = |span| to_proto::range(&document.buffer, span, world.traits().encoding);
    let selected = if whole.covers(selected) { selected } else { Span::empty(whole.start) };
    #[expect(deprecated, reason = "the field has no default")]
    DocumentSymbol {
        name,
        detail,
        kind,
        tags: None,
        deprecated: None,
        range: range(whole),
        selection_range: range(selected),
        children: Some(children),
    }
}
