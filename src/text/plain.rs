//! Plain text drafts: every line is a block.

use super::annotation;
use super::block::{BlockBuilder, BlockKind};
use super::draft::Body;
use super::{Span, byline, directive};

/// A first line longer than this, in characters, is no headline.
const MAX_HEADLINE: usize = 40;

/// Reads `text[within]`.
pub(super) fn read(text: &str, within: Span) -> Body {
    let directives = directive::scan(text, within);
    let comments: Vec<Span> = directives.iter().map(|directive| directive.span).collect();
    let mut builder = BlockBuilder::default();
    let mut blocks = Vec::new();
    let mut passed = 0;
    for line in lines(text, within) {
        passed += comments[passed..].iter().take_while(|c| c.end <= line.start).count();
        read_line(&mut builder, text, line, &comments[passed..]);
        let is_first = blocks.is_empty();
        blocks.extend(
            builder.finish(
                |line| {
                    if is_first && is_headline(line) { BlockKind::Heading } else { BlockKind::Paragraph }
                },
            ),
        );
    }
    Body { blocks, directives, unchecked: Vec::new() }
}

/// Collects one line; `comments` are those that end behind its start.
fn read_line(builder: &mut BlockBuilder, text: &str, line: Span, comments: &[Span]) {
    let mut from = line.start;
    for comment in comments.iter().take_while(|c| c.start < line.end) {
        let start = comment.start.max(line.start);
        let end = comment.end.min(line.end);
        read_piece(builder, text, Span::new(from, start));
        builder.object(Span::new(start, end));
        from = end;
    }
    read_piece(builder, text, Span::new(from, line.end));
}

/// Collects a part of a line without comments.
fn read_piece(builder: &mut BlockBuilder, text: &str, piece: Span) {
    let mut from = piece.start;
    for found in annotation::scan(text, piece) {
        builder.verbatim(&text[from..found.span.start], from);
        builder.verbatim(found.text.slice(text), found.text.start);
        builder.annotation(found, found.id.slice(text));
        builder.cover(found.span);
        from = found.span.end;
    }
    builder.verbatim(&text[from..piece.end], from);
}

/// A headline is short, ends like no sentence or clause does, and is no byline.
fn is_headline(line: &str) -> bool {
    line.len() <= MAX_HEADLINE * '𠮷'.len_utf8()
        && line.chars().nth(MAX_HEADLINE).is_none()
        && !line.ends_with(['。', '！', '？', '；', '：', '，', '、', '.', '!', '?', ';', ':', ','])
        && !byline::is_byline(line)
}

/// The lines of `text[within]` without their breaks: LF, CRLF or a lone CR.
fn lines(text: &str, within: Span) -> impl Iterator<Item = Span> {
    let bytes = &text.as_bytes()[..within.end];
    let mut next = Some(within.start);
    std::iter::from_fn(move || {
        let start = next?;
        let Some(length) = memchr::memchr2(b'\n', b'\r', &bytes[start..]) else {
            next = None;
            return Some(Span::new(start, bytes.len()));
        };
        let end = start + length;
        let crlf = bytes[end..].starts_with(b"\r\n");
        next = Some(end + if crlf { 2 } else { 1 });
        Some(Span::new(start, end))
    })
}
