//! Characters at which a block is looked at more closely: one pass over its text serves all who search in it.

use super::vocabulary::VOCABULARY;

/// A character with which some of the words end that are searched for, or a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sign {
    /// The byte it starts at.
    pub start: usize,
    /// The character.
    pub character: char,
    classes: u8,
}

impl Sign {
    /// A role ends: the 记 of 书记.
    pub const ROLE: u8 = 1;
    /// An occupation ends: the 民 of 村民.
    pub const OCCUPATION: u8 = 1 << 1;
    /// A reference to a person named before ends: 他, 该同志, 张书记.
    pub const REFERENCE: u8 = 1 << 2;
    /// A space, of either width.
    pub const SPACE: u8 = 1 << 3;

    /// The byte behind it.
    pub fn end(self) -> usize {
        self.start + self.character.len_utf8()
    }

    /// Whether it is of a class.
    pub fn is(self, class: u8) -> bool {
        self.classes & class != 0
    }
}

/// The signs among the characters of a text, in order.
pub(super) fn find(characters: &[(usize, char)]) -> Vec<Sign> {
    let table = &VOCABULARY.signs;
    // About one character in twelve is a sign.
    let mut signs = Vec::with_capacity(characters.len() / 8);
    for (start, character) in characters.iter().copied() {
        let classes = table.classes(character);
        if classes != 0 {
            signs.push(Sign { start, character, classes });
        }
    }
    signs
}

/// The classes of characters: those of the basic block of CJK ideographs, and spaces; others have none.
pub(super) struct SignTable(Box<[u8]>);

const FIRST: u32 = 0x4E00;
const COUNT: usize = 0x5200;

impl SignTable {
    /// The table of the last characters of `words`, each of a class.
    pub fn of_words(words: impl IntoIterator<Item = (&'static str, u8)>) -> Self {
        let mut classes = vec![0; COUNT].into_boxed_slice();
        for (word, class) in words {
            if let Some(last) = word.chars().next_back().and_then(|last| classes.get_mut(index(last))) {
                *last |= class;
            }
        }
        Self(classes)
    }

    fn classes(&self, character: char) -> u8 {
        match character {
            ' ' | '\u{3000}' => Sign::SPACE,
            _ => self.0.get(index(character)).copied().unwrap_or(0),
        }
    }
}

/// The place of a character in the table; beyond it for those of other blocks.
fn index(character: char) -> usize {
    (character as u32).wrapping_sub(FIRST) as usize
}
