//! How the parts of a formulation stand in a draft.

use super::context::Context;
use crate::{
    analysis::ComponentRun,
    lexicon::{EntryKind, entry::Slogan},
    text::Span,
};

/// Whether the formulation is its parts, and no number phrase that stands for them.
pub(super) fn is_whole(slogan: &Slogan) -> bool {
    bare(&slogan.text) == bare(&slogan.components.concat())
}

/// The words without punctuation.
pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// From the first part to the last; bytes in the block's content.
pub(super) fn run_span(run: &ComponentRun) -> Span {
    let parts = run.parts.iter().map(|(_, span)| *span);
    parts.reduce(|a, b| Span::new(a.start.min(b.start), a.end.max(b.end))).unwrap_or(Span::new(0, 0))
}

/// Whether the words are an accepted wording of some formulation, or a listed wrong form that S101 reports.
pub(super) fn is_accepted(context: &Context<'_>, block: usize, span: Span) -> bool {
    let mut mentions = context.analysis.mentions_in(block).iter();
    mentions.any(|mention| mention.kind == EntryKind::Slogan && mention.content.covers(span))
}
