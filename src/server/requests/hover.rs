//! `textDocument/hover`: a card about what stands under the pointer.

use tower_lsp::ls_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

use crate::server::{
    card::Cards,
    from_proto, lexicon_file,
    subject::subject_at,
    to_proto,
    world::{Document, World},
};

/// The card of the mention or annotation at `position`.
pub(in crate::server) fn run(world: &World, document: &Document, position: Position) -> Option<Hover> {
    if document.is_lexicon_file() {
        return lexicon_file::hover::run(world, document, position);
    }
    let traits = world.traits();
    let checked = world.checked(document)?;
    let subject = subject_at(&checked, from_proto::offset(&document.buffer, position, traits.encoding))?;
    let cards = Cards { lexicon: checked.loaded.project.lexicon(), as_of: checked.draft.as_of, lang: checked.lang };
    let card = match subject.entries[..] {
        [entry] => cards.of_entry(entry, subject.role),
        _ => cards.of_candidates(&subject.text, &subject.entries),
    };
    let contents = if traits.hover_markdown {
        MarkupContent { kind: MarkupKind::Markdown, value: card.markdown() }
    } else {
        MarkupContent { kind: MarkupKind::PlainText, value: card.plain() }
    };
    let range = to_proto::range(&document.buffer, subject.span, traits.encoding);
    Some(Hover { contents: HoverContents::Markup(contents), range: Some(range) })
}
