//! The publishable text of a draft.

use super::{Draft, Span};

/// The draft without what is meant for hegao: an annotation becomes its text, a directive goes,
/// and a line that holds nothing but directives goes with its line break. Everything else, the
/// front matter included, stays byte for byte.
pub fn strip(draft: &Draft) -> String {
    let text = &*draft.text;
    let mut output = String::with_capacity(text.len());
    let mut from = 0;
    for removed in removed_spans(draft) {
        output.push_str(text.get(from..removed.start).unwrap_or_default());
        from = from.max(removed.end);
    }
    output.push_str(text.get(from..).unwrap_or_default());
    output
}

/// What goes, in order.
fn removed_spans(draft: &Draft) -> Vec<Span> {
    let checked = draft.blocks.iter().flat_map(|block| &block.annotations);
    let mut removed: Vec<Span> = checked
        .chain(&draft.unchecked)
        .flat_map(|a| [Span::new(a.span.start, a.text.start), Span::new(a.text.end, a.span.end)])
        .chain(directive_spans(draft))
        .collect();
    removed.sort_unstable();
    removed
}

/// The closed directives, each run of them widened to its lines where nothing else stands there.
fn directive_spans(draft: &Draft) -> Vec<Span> {
    let text = &*draft.text;
    let mut runs: Vec<Vec<Span>> = Vec::new();
    for span in draft.directives.iter().map(|directive| directive.span) {
        if !span.slice(text).ends_with("-->") {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| same_line_gap(text, *last, span)) => run.push(span),
            _ => runs.push(vec![span]),
        }
    }
    runs.into_iter().flat_map(|run| whole_lines(text, &run).map_or(run, |lines| vec![lines])).collect()
}

/// Whether only blanks, and no line break, stand between two directives.
fn same_line_gap(text: &str, first: Span, second: Span) -> bool {
    text.get(first.end..second.start).is_some_and(|gap| gap.chars().all(is_blank))
}

/// The lines a run of directives stands on, with their break, if nothing else stands on them.
fn whole_lines(text: &str, run: &[Span]) -> Option<Span> {
    let (first, last) = (run.first()?, run.last()?);
    let before = text.get(..first.start)?.trim_end_matches(is_blank);
    let after = text.get(last.end..)?;
    let rest = after.trim_start_matches(is_blank);
    let line_break = match rest.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        [] => 0,
        _ => return None,
    };
    let is_first = before.is_empty() || before.ends_with(['\n', '\r']);
    let end = text.len() - rest.len() + line_break;
    is_first.then(|| Span::new(before.len(), end))
}

/// White space within a line.
fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\n' && c != '\r'
}
