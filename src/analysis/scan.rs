//! One pass over the characters of a block finds the few places at which it is looked at more closely.

use std::str::CharIndices;

use super::{
    sign::{Sign, SignTable},
    slogan_pieces::Pieces,
    vocabulary::VOCABULARY,
};
use crate::lexicon::BeginningFilter;

/// Finds in a text where surface forms may begin and where pieces of formulations may, calls `at_form` and
/// `at_piece` with the byte, and returns its signs. All are in order of place.
pub(super) fn scan(
    text: &str,
    forms: &BeginningFilter,
    pieces: &Pieces,
    mut at_form: impl FnMut(usize),
    mut at_piece: impl FnMut(usize),
) -> Vec<Sign> {
    let table = &VOCABULARY.signs;
    // In news text one character in twenty is a sign.
    let mut signs = Vec::with_capacity(text.len() / 32);
    let (mut characters, mut letters) = (Stretch::new(), Stretch::new());
    let mut rest = text.char_indices();
    while characters.fill(&mut rest) {
        characters.beginnings(|a, b| forms.has_pair(a, b), |a, b, c| forms.has_head(a, b, c), &mut at_form);
        characters.sort_out(table, &mut letters, |start, character| signs.push(table.sign(start, character)));
        letters.beginnings(|a, b| pieces.has_pair(a, b), |a, b, c| pieces.has_head(a, b, c), &mut at_piece);
    }
    signs
}

/// So many characters are looked at for one thing before they are for another.
const LENGTH: usize = 64;

/// With the two before them, the two that stand for the end of the text, and one that is written in vain.
const SIZE: usize = LENGTH + 5;

/// Some characters of a text with the bytes they start at, behind the last two of the stretch before.
///
/// Which of them are wanted cannot be foreseen: each is written down, and written over by the next one unless it is
/// to be kept, which is faster than a branch.
struct Stretch {
    all: [char; SIZE],
    starts: [usize; SIZE],
    /// How many there are, those two not counted.
    count: usize,
    /// Whether the end of the text is among them.
    is_last: bool,
}

impl Stretch {
    fn new() -> Self {
        Self { all: ['\0'; SIZE], starts: [0; SIZE], count: 0, is_last: false }
    }

    /// Goes on to the next stretch of a text, and whether there is one. Behind the last character of the text stand
    /// two more, so that each has two behind it.
    fn fill(&mut self, rest: &mut CharIndices<'_>) -> bool {
        if self.is_last {
            return false;
        }
        self.pass();
        let mut count = 0;
        let places = self.all[2..].iter_mut().zip(&mut self.starts[2..]).take(LENGTH);
        for ((character, start), (at, next)) in places.zip(rest.by_ref()) {
            (*character, *start) = (next, at);
            count += 1;
        }
        self.is_last = count < LENGTH;
        self.count = count;
        if self.is_last {
            self.all[count + 2..count + 4].fill('\0');
            self.starts[count + 2..count + 4].fill(rest.offset());
            self.count += 2;
        }
        true
    }

    /// Keeps the last two characters only.
    fn pass(&mut self) {
        self.all.copy_within(self.count..self.count + 2, 0);
        self.starts.copy_within(self.count..self.count + 2, 0);
        self.count = 0;
    }

    /// Calls `each` with the start of every character that begins, with those behind it, a pair and a head of three
    /// that are wanted. The last two characters are looked at in the next stretch.
    #[inline(always)]
    fn beginnings(
        &self,
        is_pair: impl Fn(char, char) -> bool,
        is_head: impl Fn(char, char, char) -> bool,
        mut each: impl FnMut(usize),
    ) {
        let all = &self.all[..self.count + 2];
        let (mut kept, mut count) = ([0; SIZE], 0);
        for (at, pair) in all.windows(2).enumerate().take(self.count) {
            kept[count] = at;
            count += usize::from(is_pair(pair[0], pair[1]));
        }
        for at in kept[..count].iter().copied() {
            if is_head(all[at], all[at + 1], all[at + 2]) {
                each(self.starts[at]);
            }
        }
    }

    /// Calls `each_sign` with the start of every sign, and itself; goes on in `letters` to the Chinese characters.
    fn sort_out(&self, table: &SignTable, letters: &mut Stretch, mut each_sign: impl FnMut(usize, char)) {
        letters.pass();
        let (mut signs, mut sign_count, mut letter_count) = ([0; SIZE], 0, 2);
        let own = 2..self.count + 2;
        for (at, (character, start)) in (2..).zip(self.all[own.clone()].iter().zip(&self.starts[own])) {
            let class = table.class(*character);
            signs[sign_count] = at;
            sign_count += usize::from(class.is_sign());
            (letters.all[letter_count], letters.starts[letter_count]) = (*character, *start);
            letter_count += usize::from(class.is_han());
        }
        letters.count = letter_count - 2;
        signs[..sign_count].iter().for_each(|at| each_sign(self.starts[*at], self.all[*at]));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lexicon::form_table::FormTable;

    const FORMS: [&str; 4] = ["书记", "吉林省", "省", "𠮷林"];
    const WORDING: &str = "坚持省委书记";

    proptest! {
        /// Texts of several stretches, which end anywhere in one.
        #[test]
        fn no_place_is_missed(text in "[坚持吉林省委书记𠮷a，　]{0,200}") {
            let forms = BeginningFilter::of(std::iter::once(&FormTable::build(&FORMS)));
            let wording: Vec<char> = WORDING.chars().collect();
            let pieces = Pieces::of(std::iter::once(&wording[..]));
            let (mut at_form, mut at_piece) = (Vec::new(), Vec::new());
            let signs = scan(&text, &forms, &pieces, |start| at_form.push(start), |start| at_piece.push(start));
            let starts = || text.char_indices().map(|(start, _)| start);
            let begins_form = |start: &usize| FORMS.iter().any(|form| text[*start..].starts_with(form));
            let begins_piece = |start: &usize| {
                let is_letter = text[*start..].starts_with(char::is_alphanumeric);
                let mut is_piece = false;
                pieces.begin(&text[*start..], |_, _| is_piece = true);
                is_letter && is_piece
            };
            prop_assert!(at_form.is_sorted_by(|a, b| a < b) && at_piece.is_sorted_by(|a, b| a < b));
            prop_assert_eq!(starts().filter(begins_form).find(|start| !at_form.contains(start)), None);
            prop_assert_eq!(starts().filter(begins_piece).find(|start| !at_piece.contains(start)), None);
            let is_sign = |(_, character): &(usize, char)| VOCABULARY.signs.class(*character).is_sign();
            let expected: Vec<(usize, char)> = text.char_indices().filter(is_sign).collect();
            prop_assert_eq!(signs.iter().map(|sign| (sign.start, sign.character)).collect::<Vec<_>>(), expected);
        }
    }
}
