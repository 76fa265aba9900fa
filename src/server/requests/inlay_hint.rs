//! `textDocument/inlayHint`: the post held that day after a bare name.

use tower_lsp::ls_types::{InlayHint, InlayHintLabel, InlayHintTooltip, MarkupContent, MarkupKind, Range};

use crate::{
    lang::Lang,
    lexicon::EntryKind,
    server::{
        card::Cards,
        from_proto, printed_post, to_proto,
        world::{Document, World},
    },
};

/// The hints within `range`; none if the client has switched them off.
pub(in crate::server) fn run(world: &World, document: &Document, range: Range) -> Option<Vec<InlayHint>> {
    if !world.settings().inlay_hints {
        return Some(Vec::new());
    }
    let checked = world.checked(document)?;
    let encoding = world.traits().encoding;
    let within = from_proto::span(&document.buffer, range, encoding);
    let bare = checked.draft.analysis.mentions.iter().filter(|mention| {
        mention.kind == EntryKind::Person && mention.posts.is_empty() && within.touches(mention.span)
    });
    let cards = Cards { lexicon: checked.loaded.project.lexicon(), as_of: checked.draft.as_of, lang: checked.lang };
    let hints = bare.filter_map(|mention| {
        let entry = mention.entry?;
        let posts = Some(printed_post::on_that_day(&checked, entry)).filter(|posts| !posts.is_empty())?;
        let label = match checked.lang {
            Lang::Zh => format!("（{posts}）"),
            Lang::En => format!(" ({posts})"),
        };
        let card = cards.of_entry(entry, Some(mention.role));
        let tooltip = if world.traits().hover_markdown {
            MarkupContent { kind: MarkupKind::Markdown, value: card.markdown() }
        } else {
            MarkupContent { kind: MarkupKind::PlainText, value: card.plain() }
        };
        Some(InlayHint {
            position: to_proto::range(&document.buffer, mention.span, encoding).end,
            label: InlayHintLabel::String(label),
            kind: None,
            text_edits: None,
            tooltip: Some(InlayHintTooltip::MarkupContent(tooltip)),
            padding_left: None,
            padding_right: None,
            data: None,
        })
    });
    Some(hints.collect())
}
