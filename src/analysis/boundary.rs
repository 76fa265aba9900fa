//! Where a name starts and ends, and whether that is certain.
//!
//! Decided from delimiters, titles, verbs of reporting and, for what is still open, one vote of a
//! segmenter that does not know the names. What stays doubtful is no mention.

use super::{
    post_reader::is_han,
    segmentation::{self, Vote},
    vocabulary::VOCABULARY,
};
use crate::text::Span;

/// How sure one edge of a name is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    /// Another character follows that could belong to the name or to another word.
    Open,
    /// A word follows that seldom belongs to a name.
    Likely,
    /// A delimiter, a title or a verb: the name ends here.
    Closed,
}

/// What is known around a person's name before its edges are looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Surroundings {
    /// A post stands right before it.
    pub post_before: bool,
    /// A post stands right after it.
    pub post_after: bool,
    /// Another known name ends where it starts.
    pub name_before: bool,
    /// Another known name starts where it ends.
    pub name_after: bool,
}

/// Whether a person's name surely is one here.
pub(super) fn person_is_certain(text: &str, span: Span, around: Surroundings) -> bool {
    let titled = around.post_before || around.post_after;
    if VOCABULARY.named_after.beginning(&text[span.end..]).is_some() {
        return false;
    }
    let named = titled || VOCABULARY.occupations.ending(text[..span.start].trim_end()).is_some();
    if !named && VOCABULARY.words_like_names.contains(span.slice(text)) {
        return false;
    }
    let left = if named || around.name_before { Edge::Closed } else { left_edge(text, span.start) };
    let right = if around.name_after || around.post_after { Edge::Closed } else { right_edge(text, span.end) };
    let characters = span.slice(text).chars().count();
    let certain = match characters {
        0 | 1 => false,
        2 => (left == Edge::Closed && right >= Edge::Likely) || (left == Edge::Likely && right == Edge::Closed),
        _ => left >= Edge::Likely && right >= Edge::Likely,
    };
    certain
        || match characters {
            0 | 1 => false,
            // A single character behind a two-character name may be its third one (李伟民).
            2 => left == Edge::Closed && vote(text, span) == Vote::WordFollows,
            _ => !matches!(vote(text, span), Vote::Crosses | Vote::Extends | Vote::Compounds),
        }
}

/// Whether a place, organization or other name surely is one here.
pub(super) fn name_is_certain(text: &str, span: Span) -> bool {
    let (left, right) = (left_edge(text, span.start), right_edge(text, span.end));
    let certain = match span.slice(text).chars().count() {
        0..=2 => left == Edge::Closed && right == Edge::Closed,
        // 西山区 after 豫 is 豫西｜山区.
        3 => left >= Edge::Likely,
        _ => true,
    };
    certain || !matches!(vote(text, span), Vote::Crosses | Vote::Extends)
}

/// Whether a place's name that follows another place's surely is one: only its end is open.
pub(super) fn ends_place(text: &str, span: Span) -> bool {
    right_edge(text, span.end) == Edge::Closed
        || text[span.end..].starts_with('人')
        || !matches!(vote_from(text, span), Vote::Crosses | Vote::Extends)
}

/// Whether a form that begins with a surname is followed by a character that belongs to no word, and so may
/// be part of a person's name: 聂荣臻.
pub(super) fn may_continue(text: &str, span: Span) -> bool {
    VOCABULARY.surnames.beginning(span.slice(text)).is_some()
        && right_edge(text, span.end) == Edge::Open
        && vote(text, span) == Vote::CharacterFollows
}

/// Whether a person's name behind a post surely ends where `span` does.
pub(super) fn ends_surely(text: &str, span: Span) -> bool {
    ends_name(text, span.end) || vote(text, span) == Vote::WordFollows
}

/// Whether a single character follows that no word joins to the name, and no other sign says where it ends.
pub(super) fn may_end(text: &str, span: Span) -> bool {
    !ends_name(text, span.end) && vote(text, span) == Vote::CharacterFollows
}

/// As [`ends_name`], without the single characters that may also be part of a name.
pub(super) fn is_closed(text: &str, end: usize) -> bool {
    right_edge(text, end) == Edge::Closed || VOCABULARY.roles.beginning(&text[end..]).is_some()
}

/// Whether the words at `end` say that a name ends there: a delimiter, a verb, a form of address.
pub(super) fn ends_name(text: &str, end: usize) -> bool {
    right_edge(text, end) >= Edge::Likely || VOCABULARY.roles.beginning(&text[end..]).is_some()
}

/// Whether a name stands between a delimiter or a preposition and a delimiter, a verb or a form of address.
pub(super) fn is_enclosed(text: &str, span: Span) -> bool {
    left_edge(text, span.start) == Edge::Closed
        && is_closed(text, span.end)
        && !VOCABULARY.words_like_names.contains(span.slice(text))
}

/// Whether the words before `start` say that a name begins there: a delimiter, a preposition, a title.
pub(super) fn begins_surely(text: &str, start: usize) -> bool {
    let head = &text[..start];
    left_edge(text, start) >= Edge::Likely
        || VOCABULARY.occupations.ending(head).is_some()
        || VOCABULARY.roles.ending(head).is_some()
}

fn left_edge(text: &str, start: usize) -> Edge {
    let head = &text[..start];
    match head.chars().next_back() {
        None => Edge::Closed,
        Some(c) if !is_han(c) => Edge::Closed,
        Some(_) => match VOCABULARY.before_names.ending(head) {
            Some((length, ())) if length > '的'.len_utf8() => Edge::Closed,
            Some(_) => Edge::Likely,
            None => Edge::Open,
        },
    }
}

fn right_edge(text: &str, end: usize) -> Edge {
    let tail = &text[end..];
    match tail.chars().next() {
        None => Edge::Closed,
        Some(c) if !is_han(c) => Edge::Closed,
        Some(_) => match VOCABULARY.after_names.beginning(tail) {
            Some((length, ())) if length > '在'.len_utf8() => Edge::Closed,
            Some(_) => Edge::Likely,
            None => Edge::Open,
        },
    }
}

/// Asks the segmenter about the clause around `span`.
fn vote(text: &str, span: Span) -> Vote {
    let head = text[..span.start].char_indices().rev().take(6).take_while(|(_, c)| is_han(*c));
    let start = head.last().map_or(span.start, |(at, _)| at);
    vote_in(text, span, start)
}

/// Asks the segmenter about `span` and what follows it in its clause.
fn vote_from(text: &str, span: Span) -> Vote {
    vote_in(text, span, span.start)
}

fn vote_in(text: &str, span: Span, start: usize) -> Vote {
    let tail = text[span.end..].char_indices().take(6).take_while(|(_, c)| is_han(*c));
    let end = tail.last().map_or(span.end, |(at, c)| span.end + at + c.len_utf8());
    segmentation::vote(&text[start..end], Span::new(span.start - start, span.end - start))
}
