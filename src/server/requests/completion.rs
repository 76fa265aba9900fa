//! `textDocument/completion`: names with their posts, places, formulations, ids, front matter and
//! directives.

mod entries;
mod front_matter;
mod ids;
mod place;
mod words;

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionTextEdit, Documentation, MarkupContent, MarkupKind,
    Position, TextEdit, Uri,
};

use crate::{
    lexicon::{EntryIndex, EntryKind},
    server::{
        card::Cards,
        from_proto, lexicon_file, to_proto,
        world::{Checked, Document, World},
    },
    text::Span,
};
use place::{Place, place};

/// The most items of a list; it is asked for again with every letter typed.
const LIMIT: usize = 60;

/// What an item carries until it is resolved.
#[derive(Debug, Serialize, Deserialize)]
struct Data {
    uri: Uri,
    entry: String,
}

/// What can be written at `position`.
pub(in crate::server) fn run(world: &World, document: &Document, position: Position) -> Option<CompletionList> {
    if document.is_lexicon_file() {
        return lexicon_file::completion::run(world, document, position);
    }
    let checked = world.checked(document)?;
    let encoding = world.traits().encoding;
    let at = from_proto::offset(&document.buffer, position, encoding);
    let request = Request { world, checked: &checked, at };
    let items = match place(&checked.draft.draft, at) {
        Place::FrontMatter { line } => front_matter::items(&request, line),
        Place::Directive { word } => words::directives(&request, word),
        Place::Codes { word } => words::codes(&request, word),
        Place::Id { id, text } => ids::of_annotation(&request, id, text),
        Place::At { id } => ids::of_at(&request, id),
        Place::Text => entries::items(&request),
        Place::Nothing => Vec::new(),
    };
    Some(CompletionList { is_incomplete: true, items })
}

/// Adds the entry's card to an item.
pub(in crate::server) fn resolve(world: &World, mut item: CompletionItem) -> CompletionItem {
    let data = item.data.clone().and_then(|data| serde_json::from_value::<Data>(data).ok());
    let Some(data) = data else { return item };
    let Some(checked) = world.document(&data.uri).and_then(|document| world.checked(&document)) else { return item };
    let lexicon = checked.loaded.project.lexicon();
    let Some(entry) = lexicon.find(&data.entry) else { return item };
    let card = Cards { lexicon, as_of: checked.draft.as_of, lang: checked.lang }.of_entry(entry, None);
    let content = if world.traits().completion_markdown {
        MarkupContent { kind: MarkupKind::Markdown, value: card.markdown() }
    } else {
        MarkupContent { kind: MarkupKind::PlainText, value: card.plain() }
    };
    item.documentation = Some(Documentation::MarkupContent(content));
    item
}

/// A draft and the place in it.
struct Request<'a> {
    world: &'a World,
    checked: &'a Checked,
    /// Bytes in the draft.
    at: usize,
}

/// Something that can be written.
struct Offer {
    label: String,
    detail: Option<String>,
    kind: CompletionItemKind,
    /// What it replaces, up to the place or beyond.
    replaces: Span,
    text: String,
    entry: Option<EntryIndex>,
}

impl Request<'_> {
    fn text(&self) -> &str {
        &self.checked.draft.draft.text
    }

    /// The items in the order of the offers, which clients sort by `sortText`. What was typed is the
    /// text that is filtered by: the offers fit it already, be it characters or pinyin.
    fn items(&self, offers: Vec<Offer>) -> Vec<CompletionItem> {
        let (document, encoding) = (&self.checked.document, self.world.traits().encoding);
        let lexicon = self.checked.loaded.project.lexicon();
        let items = offers.into_iter().take(LIMIT).enumerate().map(|(index, offer)| {
            let range = to_proto::range(&document.buffer, offer.replaces, encoding);
            let typed = offer.replaces.slice(self.text());
            let data =
                offer.entry.map(|entry| Data { uri: document.uri.clone(), entry: lexicon.entry(entry).id.to_string() });
            CompletionItem {
                label: offer.label,
                kind: Some(offer.kind),
                detail: offer.detail,
                sort_text: Some(format!("{index:04}")),
                filter_text: Some(if typed.is_empty() { offer.text.clone() } else { typed.to_owned() }),
                text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: offer.text })),
                data: data.and_then(|data| serde_json::to_value(data).ok()),
                ..CompletionItem::default()
            }
        });
        items.collect()
    }
}

/// The icon of entries of a kind.
fn kind(kind: EntryKind) -> CompletionItemKind {
    match kind {
        EntryKind::Person => CompletionItemKind::VALUE,
        EntryKind::Place => CompletionItemKind::MODULE,
        EntryKind::Organization => CompletionItemKind::INTERFACE,
        EntryKind::Slogan => CompletionItemKind::TEXT,
        EntryKind::Document => CompletionItemKind::FILE,
        EntryKind::Term | EntryKind::Precedence => CompletionItemKind::KEYWORD,
    }
}
