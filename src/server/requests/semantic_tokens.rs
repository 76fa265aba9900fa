//! `textDocument/semanticTokens/*`: what is a person, a place and so on, and how sure that is.

use tower_lsp::ls_types::{
    Range, SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensDelta,
    SemanticTokensEdit, SemanticTokensFullDeltaResult, SemanticTokensLegend,
};

use crate::{
    analysis::{Mention, Resolution, Standing},
    lexicon::{EntryData, EntryKind, InForce},
    server::{
        from_proto, subject, to_proto,
        world::{Checked, Document, World, lock},
    },
    text::Span,
};

/// The words for `ambiguous`, `former` and `annotated`, by their bits.
const MODIFIERS: [&str; 3] = ["ambiguous", "former", "annotated"];
const AMBIGUOUS: u32 = 1;
const FORMER: u32 = 1 << 1;
const ANNOTATED: u32 = 1 << 2;

/// The types by their numbers: the protocol's own, which every theme has a colour for.
const TYPES: [(EntryKind, SemanticTokenType); 6] = [
    (EntryKind::Person, SemanticTokenType::CLASS),
    (EntryKind::Place, SemanticTokenType::NAMESPACE),
    (EntryKind::Organization, SemanticTokenType::INTERFACE),
    (EntryKind::Slogan, SemanticTokenType::STRING),
    (EntryKind::Term, SemanticTokenType::KEYWORD),
    (EntryKind::Document, SemanticTokenType::PROPERTY),
];

/// What the numbers and bits of tokens mean.
pub(in crate::server) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: TYPES.iter().map(|(_, name)| name.clone()).collect(),
        token_modifiers: MODIFIERS.iter().copied().map(SemanticTokenModifier::new).collect(),
    }
}

/// The tokens of the whole draft.
pub(in crate::server) fn full(world: &World, document: &Document) -> Option<SemanticTokens> {
    let checked = world.checked(document)?;
    let data = tokens(world, &checked, None);
    let result_id = Some(remember(&checked, &data));
    Some(SemanticTokens { result_id, data })
}

/// What has changed since the tokens with the id `previous`; all tokens if those are forgotten.
pub(in crate::server) fn delta(
    world: &World,
    document: &Document,
    previous: &str,
) -> Option<SemanticTokensFullDeltaResult> {
    let checked = world.checked(document)?;
    let data = tokens(world, &checked, None);
    let before = lock(&document.tokens).take().filter(|(id, _)| id == previous);
    let result_id = Some(remember(&checked, &data));
    Some(match before {
        Some((_, before)) => SemanticTokensDelta { result_id, edits: difference(&before, &data) }.into(),
        None => SemanticTokens { result_id, data }.into(),
    })
}

/// The tokens that touch `range`.
pub(in crate::server) fn range(world: &World, document: &Document, range: Range) -> Option<SemanticTokens> {
    let checked = world.checked(document)?;
    let within = from_proto::span(&document.buffer, range, world.traits().encoding);
    Some(SemanticTokens { result_id: None, data: tokens(world, &checked, Some(within)) })
}

fn remember(checked: &Checked, data: &[SemanticToken]) -> String {
    let (generation, revision) = (checked.document.generation, checked.loaded.project.revision());
    let id = format!("{generation}.{revision}.{}", checked.draft.as_of.date);
    *lock(&checked.document.tokens) = Some((id.clone(), data.to_vec()));
    id
}

/// One edit from `before` to `after`: what is equal at both ends stays. Counts are of numbers, five a
/// token.
fn difference(before: &[SemanticToken], after: &[SemanticToken]) -> Vec<SemanticTokensEdit> {
    let same = |(a, b): &(&SemanticToken, &SemanticToken)| a == b;
    let head = before.iter().zip(after).take_while(same).count();
    let tail = before[head..].iter().rev().zip(after[head..].iter().rev()).take_while(same).count();
    let (removed, added) = (&before[head..before.len() - tail], &after[head..after.len() - tail]);
    if removed.is_empty() && added.is_empty() {
        return Vec::new();
    }
    let count = |tokens: usize| u32::try_from(tokens * 5).unwrap_or(u32::MAX);
    vec![SemanticTokensEdit {
        start: count(head),
        delete_count: count(removed.len()),
        data: (!added.is_empty()).then(|| added.to_vec()),
    }]
}

fn tokens(world: &World, checked: &Checked, within: Option<Span>) -> Vec<SemanticToken> {
    let (buffer, encoding) = (&checked.document.buffer, world.traits().encoding);
    let mut tokens = Vec::new();
    let (mut line, mut character) = (0, 0);
    let mentions = checked.draft.analysis.mentions.iter();
    for mention in mentions.filter(|mention| within.is_none_or(|within| within.touches(mention.span))) {
        if subject::entries(mention).is_none() {
            continue;
        }
        let Some(token_type) = TYPES.iter().position(|(kind, _)| *kind == mention.kind) else { continue };
        let token_modifiers_bitset = modifiers(checked, mention);
        // A token lies on one line.
        let range = to_proto::range(buffer, mention.span, encoding);
        for on in range.start.line..=range.end.line {
            let piece = buffer.line_span(on as usize);
            let piece = Span::new(piece.start.max(mention.span.start), piece.end.min(mention.span.end));
            let at = to_proto::range(buffer, piece, encoding);
            let length = at.end.character.saturating_sub(at.start.character);
            if length == 0 || (at.start.line, at.start.character) < (line, character) {
                continue;
            }
            let delta_line = at.start.line - line;
            let delta_start = if delta_line == 0 { at.start.character - character } else { at.start.character };
            let token_type = u32::try_from(token_type).unwrap_or_default();
            tokens.push(SemanticToken { delta_line, delta_start, length, token_type, token_modifiers_bitset });
            (line, character) = (at.start.line, at.start.character);
        }
    }
    tokens
}

fn modifiers(checked: &Checked, mention: &Mention) -> u32 {
    let mut bits = 0;
    if mention.entry.is_none() {
        bits |= AMBIGUOUS;
    }
    if mention.resolution == Resolution::Annotation {
        bits |= ANNOTATED;
    }
    if is_former(checked, mention) {
        bits |= FORMER;
    }
    bits
}

/// Whether the words mean something that was so before the as-of date and is no longer.
fn is_former(checked: &Checked, mention: &Mention) -> bool {
    let (project, as_of) = (&checked.loaded.project, checked.draft.as_of.date);
    let Some(entry) = mention.entry else { return false };
    match mention.kind {
        EntryKind::Person => {
            let text = &checked.draft.draft.blocks[mention.block].content.text;
            let setting = crate::analysis::Setting { as_of, home: checked.draft.home };
            mention.posts.iter().any(|post| {
                let standing = project.analyzer().standing(entry, post, text, setting);
                matches!(standing, Standing::Held(InForce::Ended, _))
            })
        }
        EntryKind::Place => {
            let version = project.lexicon().version_on(entry, as_of);
            version.is_none_or(|version| version.name != mention.text && !version.short.contains(&mention.text))
        }
        _ => match &project.lexicon().entry(entry).data {
            EntryData::Organization(organization) => organization.time.on(as_of) == InForce::Ended,
            EntryData::Slogan(slogan) => slogan.time.on(as_of) == InForce::Ended,
            _ => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn token(number: u32) -> SemanticToken {
        SemanticToken { delta_line: number, ..SemanticToken::default() }
    }

    fn apply(before: &[SemanticToken], edits: &[SemanticTokensEdit]) -> Vec<SemanticToken> {
        let mut after = before.to_vec();
        for edit in edits {
            let (start, removed) = (edit.start as usize / 5, edit.delete_count as usize / 5);
            after.splice(start..start + removed, edit.data.clone().unwrap_or_default());
        }
        after
    }

    proptest! {
        #[test]
        fn the_edits_lead_from_the_old_tokens_to_the_new(
            before in prop::collection::vec(0u32..4, 0..12),
            after in prop::collection::vec(0u32..4, 0..12),
        ) {
            let (before, after): (Vec<_>, Vec<_>) =
                (before.into_iter().map(token).collect(), after.into_iter().map(token).collect());
            let edits = difference(&before, &after);
            prop_assert_eq!(apply(&before, &edits), after.clone());
            prop_assert_eq!(edits.is_empty(), before == after);
        }
    }
}
