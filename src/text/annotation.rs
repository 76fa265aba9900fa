//! Annotations: `[text](@entry-id)`, by which a writer pins the identity of a mention.

use super::Span;

/// An annotation, seen from the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// The whole `[text](@id)`, in bytes of the draft.
    pub span: Span,
    /// What stands between the square brackets, in bytes of the draft.
    pub text: Span,
    /// The id without its `@`, in bytes of the draft.
    pub id_span: Span,
    /// The id without its `@`; empty while it is being typed.
    pub id: String,
    /// Index of the block it stands in.
    pub block: usize,
    /// The annotated text in bytes of that block's content.
    pub content: Span,
}

/// An annotation, seen from the content of its block.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BlockAnnotation {
    /// The annotated text in bytes of the content's text.
    pub text: Span,
    /// The id without its `@`.
    pub id: String,
}

/// Where an annotation and its parts stand in the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AnnotationSource {
    pub span: Span,
    pub text: Span,
    pub id: Span,
}

impl AnnotationSource {
    /// Reads the end of an annotation, `](@id)` or Markdown's longer forms of it (`](<@id> "…")`).
    ///
    /// `span` is the whole link, `text_end` a place in it before which no closing bracket of the
    /// link can stand, `destination` the link's destination as the Markdown parser understood it.
    pub fn of_link(text: &str, span: Span, text_end: usize, destination: &str) -> Option<Self> {
        let id = destination.strip_prefix('@')?;
        let rest = text.get(text_end..span.end)?;
        let close = text_end + memchr::memmem::find(rest.as_bytes(), b"](")?;
        let inside = text.get(close + 2..span.end)?;
        let target = inside.trim_start();
        let bracketed = target.strip_prefix('<');
        let written = bracketed.unwrap_or(target).strip_prefix('@')?;
        let length = if written.starts_with(id) {
            id.len()
        } else {
            let closes = |c: char| if bracketed.is_some() { c == '>' } else { c == ')' || c.is_whitespace() };
            written.find(closes)?
        };
        let start = span.end - written.len();
        Some(Self { span, text: Span::new(span.start + 1, close), id: Span::new(start, start + length) })
    }
}

/// The annotations in `text[within]`, one line of plain text, in order.
pub(super) fn scan(text: &str, within: Span) -> Vec<AnnotationSource> {
    let line = within.slice(text);
    let mut found = Vec::new();
    let mut from = 0;
    for close in memchr::memchr_iter(b']', line.as_bytes()) {
        if !line[close..].starts_with("](@") || close < from {
            continue;
        }
        let Some(open) = memchr::memrchr2(b'[', b']', &line.as_bytes()[from..close]) else {
            continue;
        };
        let open = from + open;
        let id_start = close + "](@".len();
        let id_length =
            line[id_start..].find(|c: char| c.is_whitespace() || "()[]<>".contains(c)).unwrap_or(line.len() - id_start);
        let id_end = id_start + id_length;
        if line.as_bytes()[open] != b'[' || !line[id_end..].starts_with(')') {
            continue;
        }
        from = id_end + 1;
        found.push(AnnotationSource {
            span: Span::new(open, from).shift(within.start),
            text: Span::new(open + 1, close).shift(within.start),
            id: Span::new(id_start, id_end).shift(within.start),
        });
    }
    found
}
