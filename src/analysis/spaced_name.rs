//! Names of two characters set with a space between them, as lists do to line up with longer names: 刘　伟.

use super::{boundary, post_reader::is_han, sign::Sign};
use crate::{
    lexicon::{EntryKind, Lexicon, Targets},
    text::Span,
};

/// The names with a space in them whose both ends are sure, and what they can stand for.
pub(super) fn find(lexicon: &Lexicon, text: &str, signs: &[Sign]) -> Vec<(Span, Targets)> {
    let spaces = signs.iter().filter(|sign| sign.is(Sign::SPACE));
    spaces.filter_map(|space| name_around(lexicon, text, Span::new(space.start, space.end()))).collect()
}

fn name_around(lexicon: &Lexicon, text: &str, space: Span) -> Option<(Span, Targets)> {
    let first = text[..space.start].chars().next_back().filter(|c| is_han(*c))?;
    let second = text[space.end..].chars().next().filter(|c| is_han(*c))?;
    let span = Span::new(space.start - first.len_utf8(), space.end + second.len_utf8());
    if !boundary::begins_surely(text, span.start) || !boundary::ends_name(text, span.end) {
        return None;
    }
    let targets = lexicon.forms().find(&String::from_iter([first, second]));
    let persons = targets.iter().filter(|target| lexicon.kind(target.entry) == EntryKind::Person).copied();
    let persons: Targets = persons.collect();
    (!persons.is_empty()).then_some((span, persons))
}
