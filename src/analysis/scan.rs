//! One pass over the characters of a block finds the few places at which it is looked at more closely.

use super::{sign::Sign, slogan_pieces::Pieces, vocabulary::VOCABULARY};
use crate::lexicon::BeginningFilter;

/// Finds in a text where surface forms may begin and where pieces of formulations may, calls `at_form` and
/// `at_piece` with the byte, and returns its signs. All are in order of place.
///
/// Which characters are wanted cannot be foreseen: each is written down, and written over by the next one unless it
/// is to be kept, which is faster than a branch.
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
    let mut kept = [0; SIZE];
    let mut rest = text.char_indices();
    while characters.fill(&mut rest) {
        let all = &characters.all[..characters.count + 2];
        let mut count = 0;
        for (at, pair) in all.windows(2).enumerate().take(characters.count) {
            kept[count] = at;
            count += usize::from(forms.has_pair(pair[0], pair[1]));
        }
        for at in kept[..count].iter().copied() {
            if forms.has_head(all[at], all[at + 1], all[at + 2]) {
                at_form(characters.starts[at] as usize);
            }
        }

        let mut count = 0;
        for (at, character) in all.iter().enumerate().skip(2) {
            kept[count] = at;
            count += usize::from(table.class(*character).is_sign());
        }
        signs.extend(kept[..count].iter().map(|at| table.sign(characters.starts[*at] as usize, all[*at])));

        letters.select(&characters, |character| table.class(character).is_han());
        let all = &letters.all[..letters.count + 2];
        let mut count = 0;
        for (at, pair) in all.windows(2).enumerate().take(letters.count) {
            kept[count] = at;
            count += usize::from(pieces.has_pair(pair[0], pair[1]));
        }
        for at in kept[..count].iter().copied() {
            if pieces.has_head(all[at], all[at + 1], all[at + 2]) {
                at_piece(letters.starts[at] as usize);
            }
        }
    }
    signs
}

/// So many characters are looked at for one thing before they are for another.
const LENGTH: usize = 64;

/// With the two before them, the two that stand for the end of the text, and one that is written in vain.
const SIZE: usize = LENGTH + 5;

/// Some characters of a text with the bytes they start at, behind the last two of the stretch before.
struct Stretch {
    all: [char; SIZE],
    starts: [u32; SIZE],
    /// How many there are, those two not counted.
    count: usize,
    /// Whether the end of the text is among them.
    is_last: bool,
}

impl Stretch {
    fn new() -> Self {
        Self { all: ['\0'; SIZE], starts: [0; SIZE], count: 0, is_last: false }
    }

    /// Goes on to the next stretch, which is empty as yet.
    fn pass(&mut self) {
        self.all.copy_within(self.count..self.count + 2, 0);
        self.starts.copy_within(self.count..self.count + 2, 0);
        self.count = 0;
    }

    /// Goes on to the next stretch, and whether there is one. Behind the last character of the text stand two more,
    /// so that each has two behind it.
    fn fill(&mut self, rest: &mut std::str::CharIndices<'_>) -> bool {
        if self.is_last {
            return false;
        }
        self.pass();
        let mut count = 0;
        let places = self.all[2..].iter_mut().zip(&mut self.starts[2..]).take(LENGTH);
        for ((character, start), (at, next)) in places.zip(rest.by_ref()) {
            (*character, *start) = (next, at as u32);
            count += 1;
        }
        self.is_last = count < LENGTH;
        self.count = count;
        if self.is_last {
            self.all[count + 2..count + 4].fill('\0');
            self.starts[count + 2..count + 4].fill(rest.offset() as u32);
            self.count += 2;
        }
        true
    }

    /// Goes on to the next stretch: those of another one's characters that are wanted.
    fn select(&mut self, other: &Stretch, is_wanted: impl Fn(char) -> bool) {
        self.pass();
        let mut count = 2;
        let behind = 2..other.count + 2;
        for (character, start) in other.all[behind.clone()].iter().zip(&other.starts[behind]) {
            (self.all[count], self.starts[count]) = (*character, *start);
            count += usize::from(is_wanted(*character));
        }
        self.count = count - 2;
    }
}
