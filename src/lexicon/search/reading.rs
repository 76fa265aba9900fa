//! Characters and their readings.

use std::{collections::HashMap, sync::LazyLock};

use pinyin::ToPinyin;
use smallvec::{SmallVec, smallvec};

use crate::lexicon::entry::EntryKind;

/// A character of a form with the ways it can be read in it: syllables without tones.
pub(super) struct Unit {
    pub character: char,
    pub readings: SmallVec<[&'static str; 2]>,
}

/// Gives each character of a form its unit.
#[derive(Default)]
pub(super) struct Readings {
    units: Vec<Unit>,
    by_key: HashMap<(char, Option<&'static str>), u32>,
}

impl Readings {
    /// Appends the units of a form. Punctuation and spaces are left out.
    pub fn append_units(&mut self, form: &str, kind: EntryKind, row: &mut Vec<u32>) {
        let mut rest = form;
        let mut stated: &[&'static str] = &[];
        let mut at_start = true;
        while let Some(character) = rest.chars().next() {
            if stated.is_empty() {
                stated = match kind {
                    EntryKind::Person if at_start => longest(&SURNAMES, rest),
                    EntryKind::Person => &[],
                    _ => longest(&PLACES, rest),
                };
            }
            at_start = false;
            rest = &rest[character.len_utf8()..];
            let reading = stated.split_first().map(|(reading, after)| {
                stated = after;
                *reading
            });
            if character.is_alphanumeric() {
                row.push(self.unit(character, reading));
            }
        }
    }

    /// Every unit, by its number.
    pub fn into_units(self) -> Vec<Unit> {
        self.units
    }

    fn unit(&mut self, character: char, stated: Option<&'static str>) -> u32 {
        let units = &mut self.units;
        *self.by_key.entry((character, stated)).or_insert_with(|| {
            let readings = match stated {
                Some(reading) => smallvec![reading],
                None => usual(character),
            };
            units.push(Unit { character: simplest(character), readings });
            units.len() as u32 - 1
        })
    }
}

/// A letter or digit in its plain form: lower case, half width.
pub(super) fn simplest(character: char) -> char {
    let half = match character {
        '！'..='～' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        other => other,
    };
    half.to_ascii_lowercase()
}

fn usual(character: char) -> SmallVec<[&'static str; 2]> {
    if let Some(readings) = HETERONYMS.get(&character) {
        return readings.iter().copied().collect();
    }
    character.to_pinyin().map(|pinyin| pinyin.plain()).into_iter().collect()
}

/// Words with stated readings, by their first character, the longest first.
type Stated = HashMap<char, Vec<(&'static str, Vec<&'static str>)>>;

static SURNAMES: LazyLock<Stated> = LazyLock::new(|| stated(include_str!("../data/surname_readings.txt")));
static PLACES: LazyLock<Stated> = LazyLock::new(|| stated(include_str!("../data/place_readings.txt")));
static HETERONYMS: LazyLock<HashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let rows = rows(include_str!("../data/heteronyms.txt"));
    rows.filter_map(|(word, readings)| Some((word.chars().next()?, readings))).collect()
});

fn stated(table: &'static str) -> Stated {
    let mut stated = Stated::new();
    for (word, readings) in rows(table) {
        if let Some(first) = word.chars().next() {
            stated.entry(first).or_default().push((word, readings));
        }
    }
    stated.values_mut().for_each(|words| words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
    stated
}

/// The lines of a table: a word and its readings.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut parts = line.split_whitespace();
        Some((parts.next()?, parts.collect()))
    })
}

fn longest(stated: &'static Stated, text: &str) -> &'static [&'static str] {
    let Some(words) = text.chars().next().and_then(|first| stated.get(&first)) else { return &[] };
    words.iter().find(|(word, _)| text.starts_with(word)).map_or(&[], |(_, readings)| readings.as_slice())
}

#[cfg(test)]
mod tests {
    use pinyin::ToPinyinMulti;

    use super::*;

    /// Readings of place names that Unihan lacks.
    const LOCAL: [(char, &str); 1] = [('乐', "lao")];

    /// Every stated reading is one that the character has.
    fn check(word: &str, character: char, reading: &str) {
        let known = character.to_pinyin_multi().unwrap_or_else(|| panic!("{word}: {character} has no reading"));
        let known = known.into_iter().any(|pinyin| pinyin.plain() == reading);
        assert!(known || LOCAL.contains(&(character, reading)), "{word}: {character} is not read {reading}");
    }

    #[test]
    fn stated_readings_are_readings_of_the_character() {
        for (word, readings) in SURNAMES.values().chain(PLACES.values()).flatten() {
            assert_eq!(word.chars().count(), readings.len(), "{word}");
            word.chars().zip(readings).for_each(|(character, reading)| check(word, character, reading));
        }
        for (character, readings) in HETERONYMS.iter() {
            readings.iter().for_each(|reading| check("", *character, reading));
        }
    }
}
