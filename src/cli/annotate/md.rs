//! `--format md`: the draft with an annotation `[text](@id)` around every mention whose entry is known.
//!
//! Not annotated are mentions that already are, those that markup interrupts, those inside a longer
//! one, and those around which an annotation would change how the rest is read, such as in the text of
//! a link. `hegao strip` gives the text back.

use std::io::{self, Write};

use smol_str::SmolStr;

use super::{Annotated, Annotator, layout::outermost};
use crate::{
    analysis::Resolution,
    text::{Draft, Span, strip},
};

/// The draft itself, annotated.
pub(super) struct Markdown;

impl Annotator for Markdown {
    fn draft(&mut self, draft: &Annotated<'_>, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(annotate(&draft.checked.draft, additions(draft)).as_bytes())
    }
}

/// An annotation that is to be made.
#[derive(Clone)]
struct Addition {
    /// The mention in the draft.
    span: Span,
    /// Its block, and where it stands there.
    block: usize,
    content: Span,
    id: SmolStr,
}

fn additions(draft: &Annotated<'_>) -> Vec<Addition> {
    let checked = draft.checked;
    let mut additions = Vec::new();
    for mention in outermost(checked).into_iter().flatten() {
        let block = &checked.draft.blocks[mention.block];
        let annotated = block.content.annotations.iter().any(|known| known.text.intersects(mention.content));
        let is_free = mention.resolution != Resolution::Annotation && !annotated;
        if let Some(entry) = mention.entry.filter(|_| is_free && block.is_contiguous(mention.content)) {
            let id = SmolStr::from(draft.id(entry));
            additions.push(Addition { span: mention.span, block: mention.block, content: mention.content, id });
        }
    }
    additions.sort_by_key(|addition| addition.span);
    additions
}

/// The draft with those additions that leave all else as it is.
fn annotate(draft: &Draft, additions: Vec<Addition>) -> String {
    let publishable = strip(draft);
    let mut kept = Vec::new();
    keep(draft, &publishable, &additions, &mut kept);
    with(draft, &kept)
}

/// Adds those of `wanted` to `kept` that fit. Nearly always all of them do; otherwise each half is
/// tried by itself, so that few attempts find the ones that do not.
fn keep(draft: &Draft, publishable: &str, wanted: &[Addition], kept: &mut Vec<Addition>) {
    let before = kept.len();
    kept.extend_from_slice(wanted);
    if wanted.is_empty() || fits(draft, publishable, kept) {
        return;
    }
    kept.truncate(before);
    if wanted.len() > 1 {
        let (first, second) = wanted.split_at(wanted.len() / 2);
        keep(draft, publishable, first, kept);
        keep(draft, publishable, second, kept);
    }
}

/// Whether the draft with these annotations has the same blocks, exactly these annotations beside its
/// own, and the same publishable text.
fn fits(draft: &Draft, publishable: &str, additions: &[Addition]) -> bool {
    let annotated = Draft::parse(with(draft, additions), draft.format);
    let blocks = |draft: &Draft| -> Vec<_> {
        draft.blocks.iter().map(|block| (block.kind, block.content.text.clone())).collect()
    };
    let places = |draft: &Draft| -> Vec<_> {
        draft.annotations().map(|known| (known.block, known.content, SmolStr::from(known.id))).collect()
    };
    let mut expected = places(draft);
    expected.extend(additions.iter().map(|addition| (addition.block, addition.content, addition.id.clone())));
    expected.sort();
    places(&annotated) == expected && blocks(&annotated) == blocks(draft) && strip(&annotated) == publishable
}

/// The draft's text with these annotations, which are in order.
fn with(draft: &Draft, additions: &[Addition]) -> String {
    let mut out = String::with_capacity(draft.text.len() + additions.len() * 24);
    let mut from = 0;
    for Addition { span, id, .. } in additions {
        out.push_str(Span::new(from, span.start).slice(&draft.text));
        out.extend(["[", span.slice(&draft.text), "](@", id, ")"]);
        from = span.end;
    }
    out.push_str(Span::new(from, draft.text.len()).slice(&draft.text));
    out
}
