//! The words around a finding.

use crate::text::Span;

/// Characters shown on either side of a span.
const CONTEXT: usize = 24;
/// Characters shown on either side of an edit.
const NEAR: usize = 8;
/// Characters of a longer span that are shown from its start and before its end.
const LONGEST: usize = 60;

/// A stretch of one line with the reported words in the middle.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub before: String,
    pub marked: String,
    pub after: String,
}

impl Excerpt {
    /// The words at `span` with what stands around them in their line. What is left out becomes `…`.
    /// The time taken does not depend on the length of the line.
    pub fn of(text: &str, span: Span) -> Self {
        Self::with_context(text, span, CONTEXT)
    }

    /// As [`Excerpt::of`], with less around the words.
    pub fn near(text: &str, span: Span) -> Self {
        Self::with_context(text, span, NEAR)
    }

    fn with_context(text: &str, span: Span, context: usize) -> Self {
        let start = text.floor_char_boundary(span.start);
        let end = text.ceil_char_boundary(span.end.max(start));
        Self {
            before: tail(&text[..start], context),
            marked: shorten(&text[start..end]),
            after: head(&text[end..], context),
        }
    }
}

/// The end of the last line of `text`.
fn tail(text: &str, context: usize) -> String {
    let mut chars = text.char_indices().rev();
    let mut from = text.len();
    for (at, c) in chars.by_ref().take(context) {
        if is_break(c) {
            return text[from..].trim_start().to_owned();
        }
        from = at;
    }
    let cut = chars.next().is_some_and(|(_, c)| !is_break(c));
    if cut { format!("…{}", &text[from..]) } else { text[from..].trim_start().to_owned() }
}

/// The start of the first line of `text`.
fn head(text: &str, context: usize) -> String {
    let mut shown: String = text.chars().take(context).take_while(|c| !is_break(*c)).collect();
    if text[shown.len()..].chars().next().is_some_and(|c| !is_break(c)) {
        shown.push('…');
    } else {
        shown.truncate(shown.trim_end().len());
    }
    shown
}

/// A text on one line, its middle left out if it is long.
pub(super) fn shorten(text: &str) -> String {
    let cut_from = text.char_indices().nth(LONGEST).map(|(at, _)| at);
    let cut_to = text.char_indices().rev().nth(LONGEST / 2).map(|(at, _)| at);
    let shown = match (cut_from, cut_to) {
        (Some(from), Some(to)) if from < to => format!("{}……{}", &text[..from], &text[to..]),
        _ => text.to_owned(),
    };
    shown.replace("\r\n", "↵").replace(['\n', '\r'], "↵")
}

fn is_break(c: char) -> bool {
    c == '\n' || c == '\r'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &str, expected: [&str; 3]) {
        let start = text.find(words).unwrap();
        let Excerpt { before, marked, after } = Excerpt::of(text, Span::new(start, start + words.len()));
        assert_eq!([before, marked, after], expected);
    }

    #[test]
    fn an_excerpt_stays_in_its_line() {
        check("甲\n乙丙丁\n戊", "丙", ["乙", "丙", "丁"]);
        check("甲\r\n  乙丙\r\n戊", "丙", ["乙", "丙", ""]);
        check("丙", "丙", ["", "丙", ""]);
    }

    #[test]
    fn long_lines_and_spans_are_cut() {
        let (long, context) = ("长".repeat(1000), "长".repeat(CONTEXT));
        check(&format!("{long}丙{long}"), "丙", [&format!("…{context}"), "丙", &format!("{context}…")]);
        check(&format!("{context}丙{context}"), "丙", [&context, "丙", &context]);
        let marked = format!("甲{}", "乙".repeat(1000));
        let shown = format!("甲{}……{}", "乙".repeat(59), "乙".repeat(31));
        check(&marked, &marked, ["", &shown, ""]);
    }

    #[test]
    fn a_span_over_lines_is_shown_on_one() {
        check("甲乙\r\n丙\n丁", "乙\r\n丙\n丁", ["甲", "乙↵丙↵丁", ""]);
    }
}
