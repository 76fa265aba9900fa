//! Where the name of a place starts and ends, and whether it is one there.

use super::{boundary, post_reader::is_han, segmentation, vocabulary::VOCABULARY};
use crate::text::Span;

/// A place's full name is mostly safe; a short form may be part of a proper name (吉林银行), of a person's
/// name (俞东平) or of another word.
pub(super) fn is_certain(text: &str, span: Span, is_name: bool) -> bool {
    if begins_office(text, span.end) || is_cut(text, span) {
        return false;
    }
    let in_other_name = !is_name
        && (begins_institution(text, span.end, 8) || follows_surname(text, span) || is_in_full_name(text, span));
    !in_other_name && boundary::name_is_certain(text, span)
}

/// Whether the last character of a place's name begins another word: 成都市｜容.
fn is_cut(text: &str, span: Span) -> bool {
    let last = span.slice(text).char_indices().next_back().map_or(span.start, |(at, _)| span.start + at);
    VOCABULARY.split_suffixes.beginning(&text[last..]).is_some()
}

/// Whether a short form is the beginning of a full name that was not accepted here: 北京 in 北京市公安局. A
/// word that cuts the tier off leaves the short form (成都｜市容), unless it is an office (北京｜市委).
fn is_in_full_name(text: &str, span: Span) -> bool {
    let tail = &text[span.end..];
    if VOCABULARY.tiers.beginning(tail).is_none() {
        return false;
    }
    VOCABULARY.split_suffixes.beginning(tail).is_none_or(|(length, ())| tail[..length].ends_with('委'))
}

/// Whether a surname that ends no word stands before a two-character form: it is then a given name
/// (俞东平), while the 方 of 北方大连 is none.
fn follows_surname(text: &str, span: Span) -> bool {
    let head = &text[..span.start];
    if VOCABULARY.surnames.ending(head).is_none() || span.slice(text).chars().count() != 2 {
        return false;
    }
    let mut before = head.chars().rev();
    let (surname, previous) = (before.next(), before.next());
    !matches!((previous, surname), (Some(previous), Some(surname)) if segmentation::is_word_pair(previous, surname))
}

/// Whether the name of an office follows, which makes one name of it all: 北京市委, 北京市政府.
fn begins_office(text: &str, end: usize) -> bool {
    let tail = &text[end..];
    let committee = tail
        .strip_prefix('委')
        .is_some_and(|rest| !rest.starts_with(['托', '派', '任', '以', '员']) || rest.starts_with("员会"));
    committee || VOCABULARY.bodies.beginning(tail).is_some()
}

/// Whether within the next `reach` characters a noun follows that makes a proper name of it all: 公司, 大学.
pub fn begins_institution(text: &str, end: usize, reach: usize) -> bool {
    let tail = &text[end..];
    let connective = |c: char| !is_han(c) || "的在和与及是到了将等".contains(c);
    let mut near = tail.char_indices().take(reach + 1);
    let length = near
        .find(|(_, c)| connective(*c))
        .or_else(|| tail.char_indices().nth(reach + 1))
        .map_or(tail.len(), |(at, _)| at);
    let word = &tail[..length];
    let mut ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.any(|end| VOCABULARY.institutions.ending(&word[..end]).is_some())
}
