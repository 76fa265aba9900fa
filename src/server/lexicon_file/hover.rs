//! `textDocument/hover`: the card of an entry, what a key means, what a rule reports.

use tower_lsp::ls_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

use super::{
    spot::{Spot, What},
    subject::Subject,
};
use crate::{
    lang::Lang,
    lexicon::packs,
    rules,
    server::{
        card::Cards,
        markup::{Line, Markup},
        to_proto,
        world::{Document, World},
    },
};

/// What there is to say about the words at `position`.
pub(in crate::server) fn run(world: &World, document: &Document, position: Position) -> Option<Hover> {
    let subject = Subject::at(world, document, position)?;
    let lang = subject.loaded.project.lang(world.lang());
    let markup = card(&subject, lang).or_else(|| of_words(&subject, lang))?;
    let contents = if world.traits().hover_markdown {
        MarkupContent { kind: MarkupKind::Markdown, value: markup.markdown() }
    } else {
        MarkupContent { kind: MarkupKind::PlainText, value: markup.plain() }
    };
    let range = to_proto::range(&document.buffer, subject.spot.span, world.traits().encoding);
    Some(Hover { contents: HoverContents::Markup(contents), range: Some(range) })
}

fn card(subject: &Subject, lang: Lang) -> Option<Markup> {
    let named = subject.named()?;
    let cards = Cards { lexicon: subject.lexicon(), as_of: subject.as_of(), lang };
    Some(match named.entries[..] {
        [entry] => cards.of_entry(entry, None),
        _ => cards.of_candidates(subject.words(), &named.entries),
    })
}

fn of_words(subject: &Subject, lang: Lang) -> Option<Markup> {
    let Spot { what, table, kind, .. } = &subject.spot;
    let words = subject.words();
    if let (What::Header, Some(kind)) = (what, kind) {
        return Some(described(&format!("[[{words}]]"), kind.in_words(lang)));
    }
    let is_rule = match what {
        What::Key => table.as_deref() == Some("rules"),
        What::Value { key, .. } => kind.is_none() && key == "rule",
        What::Header => false,
    };
    if let Some(rule) = rules::find(words).filter(|_| is_rule) {
        return Some(described(&format!("{} {}", rule.code, rule.name), rule.summary.get(lang)));
    }
    if let (What::Value { key, .. }, Some(pack)) = (what, packs::find(words))
        && key == "packs"
    {
        let about = pack.describe()?;
        return Some(described(pack.name, about.title.get(lang)));
    }
    let field = subject.spot.field(&subject.text)?;
    let mut markup = described(field.key, field.doc.get(lang));
    let allowed = super::completion::allowed(field).join(" | ");
    if !allowed.is_empty() {
        markup.item(Line::default().code(allowed));
    }
    Some(markup)
}

fn described(title: &str, text: &str) -> Markup {
    let mut markup = Markup::default();
    markup.line(Line::titled(title).text(text));
    markup
}
