//! Strings of a draft that are one slip away from a name the draft itself prints.

use std::collections::HashMap;

use super::{
    boundary,
    likeness::{Likeness, likeness},
    post_reader::is_han,
};
use crate::text::{CharacterSet, Span};

/// A string that is one slip away from a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameVariant {
    /// Bytes in the text.
    pub span: Span,
    /// The position of the name it is like.
    pub name: usize,
}

/// The names of a draft, by their characters.
pub struct NameVariants {
    names: Vec<Vec<char>>,
    /// Positions of names by their first and their second character.
    by_character: [HashMap<char, Vec<usize>>; 2],
    /// The first and the second characters, so that a look in vain costs little.
    characters: [CharacterSet; 2],
}

impl NameVariants {
    /// Takes names of two or more characters.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let names: Vec<Vec<char>> = names.into_iter().map(|name| name.chars().collect()).collect();
        let mut by_character = [HashMap::new(), HashMap::new()];
        let mut characters = [CharacterSet::default(), CharacterSet::default()];
        for (position, name) in names.iter().enumerate().filter(|(_, name)| name.len() > 1) {
            for ((positions, characters), c) in by_character.iter_mut().zip(&mut characters).zip(name) {
                positions.entry(*c).or_insert_with(Vec::new).push(position);
                characters.insert(*c);
            }
        }
        Self { names, by_character, characters }
    }

    /// The strings in `text` that stand alone as a name would and are a homophone, a look-alike, a doubled
    /// or swapped character away from a name; in order of place.
    pub fn find(&self, text: &str) -> Vec<NameVariant> {
        let characters: Vec<(usize, char)> = text.char_indices().collect();
        let mut found = Vec::new();
        for at in (0..characters.len()).filter(|at| self.may_start(&characters[*at..])) {
            for name in self.starting_like(&characters[at..]) {
                let length = self.names[name].len();
                let spans = [length, length + 1].map(|length| self.variant(text, &characters, at, length, name));
                found.extend(spans.into_iter().flatten());
            }
        }
        found.dedup();
        found
    }

    /// Whether [`starting_like`](Self::starting_like) may give a name.
    fn may_start(&self, characters: &[(usize, char)]) -> bool {
        let has =
            |position: usize, c: Option<&(usize, char)>| c.is_some_and(|(_, c)| self.characters[position].has(*c));
        let (first, second) = (characters.first(), characters.get(1));
        has(0, first) || has(1, second) || has(1, first)
    }

    /// Names of which the first or second character stands where it should, or the second stands first.
    fn starting_like(&self, characters: &[(usize, char)]) -> Vec<usize> {
        let [first, second] = &self.by_character;
        let named = |table: &HashMap<char, Vec<usize>>, c: Option<&(usize, char)>| {
            c.and_then(|(_, c)| table.get(c)).into_iter().flatten().copied().collect::<Vec<_>>()
        };
        let mut names = named(first, characters.first());
        names.extend(named(second, characters.get(1)));
        names.extend(named(second, characters.first()));
        names.sort_unstable();
        names.dedup();
        names
    }

    fn variant(
        &self,
        text: &str,
        characters: &[(usize, char)],
        at: usize,
        length: usize,
        name: usize,
    ) -> Option<NameVariant> {
        let window = characters.get(at..at + length)?;
        let written: Vec<char> = window.iter().map(|(_, c)| *c).filter(|c| is_han(*c)).collect();
        if written.len() < length || likeness(&written, &self.names[name]) != Some(Likeness::Alike) {
            return None;
        }
        let (last, c) = window[length - 1];
        let span = Span::new(window[0].0, last + c.len_utf8());
        let sure = if self.names[name].len() > 2 {
            boundary::begins_surely(text, span.start) && boundary::ends_surely(text, span)
        } else {
            boundary::is_enclosed(text, span)
        };
        sure.then_some(NameVariant { span, name })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_stand_alone_and_are_slips_of_the_pen() {
        let names = ["胡家福", "刘伟"];
        let check = |text: &str, expected: &[(&str, &str)]| {
            let found = NameVariants::of(names).find(text);
            let found: Vec<_> = found.iter().map(|found| (found.span.slice(text), names[found.name])).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("会上，胡加福强调。", &[("胡加福", "胡家福")]);
        check("胡福家说，湖家福也说。", &[("胡福家", "胡家福"), ("湖家福", "胡家福")]);
        check("胡家福福说。", &[("胡家福福", "胡家福")]);
        check("胡家福说，胡家强说。", &[]);
        check("刘玮强调，抓落实。", &[("刘玮", "刘伟")]);
        check("文化刘玮大。", &[]);
    }
}
