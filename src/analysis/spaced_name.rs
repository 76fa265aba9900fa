//! Names of two characters set with a space between them, as lists do to line up with longer names: 刘　伟.

use super::{boundary, post_reader::is_han};
use crate::{
    lexicon::{EntryKind, FormTarget, Lexicon},
    text::Span,
};

/// The names with a space in them whose both ends are sure, and what they can stand for.
pub(super) fn find(lexicon: &Lexicon, text: &str) -> Vec<(Span, Vec<FormTarget>)> {
    text.match_indices([' ', '\u{3000}']).filter_map(|(at, space)| name_around(lexicon, text, at, space)).collect()
}

fn name_around(lexicon: &Lexicon, text: &str, at: usize, space: &str) -> Option<(Span, Vec<FormTarget>)> {
    let first = text[..at].chars().next_back().filter(|c| is_han(*c))?;
    let second = text[at + space.len()..].chars().next().filter(|c| is_han(*c))?;
    let span = Span::new(at - first.len_utf8(), at + space.len() + second.len_utf8());
    if !boundary::begins_surely(text, span.start) || !boundary::ends_name(text, span.end) {
        return None;
    }
    let targets = lexicon.forms().find(&String::from_iter([first, second]));
    let persons = targets.iter().filter(|target| lexicon.kind(target.entry) == EntryKind::Person).copied();
    let persons: Vec<FormTarget> = persons.collect();
    (!persons.is_empty()).then_some((span, persons))
}
