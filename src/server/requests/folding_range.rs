//! `textDocument/foldingRange`: front matter, sections, ignored stretches and long comments.

use tower_lsp::ls_types::{FoldingRange, FoldingRangeKind};

use crate::{
    server::{
        outline::sections,
        world::{Document, World},
    },
    text::{DirectiveKind, Draft, Encoding, Span},
};

/// What can be folded, by lines, as much as the client takes.
pub(in crate::server) fn run(world: &World, document: &Document) -> Option<Vec<FoldingRange>> {
    let checked = world.checked(document)?;
    let draft = &checked.draft.draft;
    let mut folds: Vec<(Span, Option<FoldingRangeKind>)> = Vec::new();
    folds.extend(draft.front_matter.span.map(|span| (span, Some(FoldingRangeKind::Region))));
    folds.extend(sections(draft).into_iter().map(|section| (section.span, None)));
    folds.extend(ignored(draft).map(|span| (span, Some(FoldingRangeKind::Region))));
    folds.extend(draft.directives.iter().map(|directive| (directive.span, Some(FoldingRangeKind::Comment))));
    let line = |at: usize| document.buffer.position(at, Encoding::Utf8).line;
    let ranges = folds.into_iter().map(|(span, kind)| {
        let end = span.start + span.slice(&draft.text).trim_end().len();
        FoldingRange { start_line: line(span.start), end_line: line(end), kind, ..FoldingRange::default() }
    });
    let mut ranges: Vec<_> = ranges.filter(|range| range.end_line > range.start_line).collect();
    ranges.sort_by_key(|range| (range.start_line, std::cmp::Reverse(range.end_line)));
    ranges.dedup_by_key(|range| (range.start_line, range.end_line));
    ranges.truncate(world.traits().folding_limit);
    Some(ranges)
}

/// From each `ignore-start` to its `ignore-end`.
fn ignored(draft: &Draft) -> impl Iterator<Item = Span> {
    let starts = draft.directives.iter().enumerate().filter(|(_, item)| item.kind == DirectiveKind::IgnoreStart);
    starts.filter_map(|(index, start)| {
        let end = draft.directives[index..].iter().find(|item| item.kind == DirectiveKind::IgnoreEnd)?;
        Some(start.span.join(end.span))
    })
}
