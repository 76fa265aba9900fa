//! `textDocument/documentSymbol`: the headlines of a draft, and under each whom and what it mentions.

use std::collections::HashSet;

use tower_lsp::ls_types::{DocumentSymbol, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind};

use crate::{
    analysis::Mention,
    lexicon::EntryKind,
    server::{
        lexicon_file,
        outline::{Section, sections},
        to_proto,
        world::{Checked, Document, World},
    },
    text::Span,
};

/// The outline, nested if the client takes that.
pub(in crate::server) fn run(world: &World, document: &Document) -> Option<DocumentSymbolResponse> {
    if document.is_lexicon_file() {
        return Some(answer(world, document, lexicon_file::symbols::run(world, document)?));
    }
    let checked = world.checked(document)?;
    let outline = Outline { world, checked: &checked };
    let sections = sections(&checked.draft.draft);
    let (mut symbols, mut rest) = (Vec::new(), sections.as_slice());
    let before_first = Span::new(0, sections.first().map_or(checked.draft.draft.text.len(), |first| first.span.start));
    symbols.extend(outline.mentioned(before_first));
    while let Some(first) = rest.first() {
        let nested = rest[1..].iter().take_while(|section| section.level > first.level).count();
        symbols.push(outline.section(first, &rest[1..=nested]));
        rest = &rest[nested + 1..];
    }
    Some(answer(world, document, symbols))
}

/// The symbols in the form that the client takes.
fn answer(world: &World, document: &Document, symbols: Vec<DocumentSymbol>) -> DocumentSymbolResponse {
    if world.traits().nested_symbols {
        return DocumentSymbolResponse::Nested(symbols);
    }
    let mut flat = Vec::new();
    flatten(document, None, symbols, &mut flat);
    DocumentSymbolResponse::Flat(flat)
}

struct Outline<'a> {
    world: &'a World,
    checked: &'a Checked,
}

impl Outline<'_> {
    /// A headline, what its section mentions, and the sections below it.
    fn section(&self, section: &Section, below: &[Section]) -> DocumentSymbol {
        let own = Span::new(section.span.start, below.first().map_or(section.span.end, |next| next.span.start));
        let mut children = self.mentioned(own);
        let mut rest = below;
        while let Some(first) = rest.first() {
            let nested = rest[1..].iter().take_while(|next| next.level > first.level).count();
            children.push(self.section(first, &rest[1..=nested]));
            rest = &rest[nested + 1..];
        }
        let name = if section.title.is_empty() { "#".to_owned() } else { section.title.clone() };
        self.symbol(name, None, SymbolKind::STRING, section.span, section.heading, children)
    }

    /// The entries mentioned in a stretch of the draft, each where it is first named.
    fn mentioned(&self, within: Span) -> Vec<DocumentSymbol> {
        let mut seen = HashSet::new();
        let mentions = &self.checked.draft.analysis.mentions;
        let from = mentions.partition_point(|mention| mention.span.start < within.start);
        let inside = mentions[from..].iter().take_while(|mention| mention.span.start < within.end);
        let first = inside.filter(|mention| mention.entry.is_some_and(|entry| seen.insert(entry)));
        first.map(|mention| self.mention(mention)).collect()
    }

    fn mention(&self, mention: &Mention) -> DocumentSymbol {
        let detail = mention.kind.in_words(self.checked.lang).to_owned();
        let (name, kind) = (mention.text.to_string(), kind(mention.kind));
        self.symbol(name, Some(detail), kind, mention.span, mention.span, Vec::new())
    }

    fn symbol(
        &self,
        name: String,
        detail: Option<String>,
        kind: SymbolKind,
        whole: Span,
        selected: Span,
        children: Vec<DocumentSymbol>,
    ) -> DocumentSymbol {
        let range = |span| to_proto::range(&self.checked.document.buffer, span, self.world.traits().encoding);
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
}

/// The symbol that stands for entries of a kind.
pub(in crate::server) fn kind(kind: EntryKind) -> SymbolKind {
    match kind {
        EntryKind::Person => SymbolKind::OBJECT,
        EntryKind::Precedence => SymbolKind::ARRAY,
        EntryKind::Place => SymbolKind::NAMESPACE,
        EntryKind::Organization => SymbolKind::MODULE,
        EntryKind::Slogan => SymbolKind::CONSTANT,
        EntryKind::Term => SymbolKind::KEY,
        EntryKind::Document => SymbolKind::FILE,
    }
}

fn flatten(
    document: &Document,
    container: Option<&str>,
    symbols: Vec<DocumentSymbol>,
    flat: &mut Vec<SymbolInformation>,
) {
    for symbol in symbols {
        #[expect(deprecated, reason = "the field has no default")]
        flat.push(SymbolInformation {
            name: symbol.name.clone(),
            kind: symbol.kind,
            tags: None,
            deprecated: None,
            location: Location { uri: document.uri.clone(), range: symbol.selection_range },
            container_name: container.map(str::to_owned),
        });
        flatten(document, Some(&symbol.name), symbol.children.unwrap_or_default(), flat);
    }
}
