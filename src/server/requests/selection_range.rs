//! `textDocument/selectionRange`: name, post and name, sentence, paragraph, draft.

use tower_lsp::ls_types::{Position, Range, SelectionRange};

use crate::{
    analysis::Mention,
    server::{
        from_proto, to_proto,
        world::{Checked, Document, World},
    },
    text::{Block, Span},
};

/// For each position what a growing selection takes in.
pub(in crate::server) fn run(
    world: &World,
    document: &Document,
    positions: &[Position],
) -> Option<Vec<SelectionRange>> {
    let checked = world.checked(document)?;
    let encoding = world.traits().encoding;
    let ranges = positions.iter().map(|position| {
        let spans = around(&checked, from_proto::offset(&document.buffer, *position, encoding));
        let ranges = spans.into_iter().map(|span| to_proto::range(&document.buffer, span, encoding));
        nested(ranges, *position)
    });
    Some(ranges.collect())
}

/// The outermost range last in `ranges`; without any, the place itself.
fn nested(ranges: impl DoubleEndedIterator<Item = Range>, at: Position) -> SelectionRange {
    let outer_first = ranges.rev();
    let grown = outer_first.fold(None, |parent, range| Some(SelectionRange { range, parent: parent.map(Box::new) }));
    grown.unwrap_or(SelectionRange { range: Range::new(at, at), parent: None })
}

/// The spans around a byte of the draft, each within the next and none twice.
fn around(checked: &Checked, at: usize) -> Vec<Span> {
    let draft = &checked.draft.draft;
    let mut spans = Vec::new();
    let holds = |span: Span| span.start <= at && at <= span.end;
    if let Some((index, block)) = draft.blocks.iter().enumerate().find(|(_, block)| holds(block.span)) {
        let mentions = checked.draft.analysis.mentions.iter().filter(|mention| mention.block == index);
        for mention in mentions {
            let with_posts = with_posts(block, mention);
            if holds(mention.span) {
                spans.push(mention.span);
            }
            if holds(with_posts) {
                spans.push(with_posts);
            }
        }
        spans.extend(sentence(block, at));
        spans.push(block.span);
    }
    spans.extend(draft.front_matter.span.filter(|span| holds(*span)));
    spans.push(Span::new(0, draft.text.len()));
    spans.sort_by_key(|span| span.len());
    let mut growing: Vec<Span> = Vec::new();
    for span in spans {
        if growing.last().is_none_or(|last| span.covers(*last) && span != *last) {
            growing.push(span);
        }
    }
    growing
}

/// A name with the posts printed beside it and what qualifies them.
pub(in crate::server) fn with_posts(block: &Block, mention: &Mention) -> Span {
    let posts = mention.posts.iter().map(|post| match post.qualifier {
        Some(qualifier) => post.content.join(qualifier.content),
        None => post.content,
    });
    block.source_span(posts.fold(mention.content, Span::join)).join(mention.span)
}

/// The sentence of a block around a byte of the draft.
fn sentence(block: &Block, at: usize) -> Option<Span> {
    const ENDS: [char; 6] = ['。', '！', '？', '!', '?', '；'];
    const CLOSING: [char; 5] = ['”', '’', '」', '』', '）'];
    let text = block.content.text.as_str();
    let at = block.content_offset(at)?;
    let start = text[..at].rfind(ENDS).map_or(0, |end| {
        let rest = &text[end..];
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let closed = rest[first..].chars().take_while(|c| CLOSING.contains(c)).map(char::len_utf8).sum::<usize>();
        end + first + closed
    });
    let start = start.min(at);
    let end = text[at..].find(ENDS).map_or(text.len(), |end| {
        let rest = &text[at + end..];
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let closed = rest[first..].chars().take_while(|c| CLOSING.contains(c)).map(char::len_utf8).sum::<usize>();
        at + end + first + closed
    });
    Some(block.source_span(Span::new(start, end)))
}
