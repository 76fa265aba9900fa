//! Characters at which a block is looked at more closely: one pass over its text serves all who search in it.

use super::post_reader::is_han;

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

/// What a character is.
#[derive(Clone, Copy)]
pub(super) struct Class(u8);

impl Class {
    /// It is a Chinese character.
    const HAN: u8 = 1 << 7;

    /// Whether it is a sign.
    #[inline]
    pub fn is_sign(self) -> bool {
        self.0 & !Self::HAN != 0
    }

    /// Whether it is a Chinese character.
    #[inline]
    pub fn is_han(self) -> bool {
        self.0 & Self::HAN != 0
    }
}

/// The classes of the characters of the basic plane.
pub(super) struct SignTable(Box<[u8; BASIC_PLANE]>);

const BASIC_PLANE: usize = 1 << 16;

impl SignTable {
    /// The table of Chinese characters, spaces, and the last characters of `words`, each of a class.
    pub fn of_words(words: impl IntoIterator<Item = (&'static str, u8)>) -> Self {
        let mut classes = Box::new([0; BASIC_PLANE]);
        let han = (0..BASIC_PLANE as u32).filter_map(char::from_u32).filter(|c| is_han(*c)).map(|c| (c, Class::HAN));
        let last = words.into_iter().filter_map(|(word, class)| Some((word.chars().next_back()?, class)));
        for (character, class) in han.chain(last).chain([(' ', Sign::SPACE), ('\u{3000}', Sign::SPACE)]) {
            if let Some(classes) = classes.get_mut(character as usize) {
                *classes |= class;
            }
        }
        Self(classes)
    }

    /// What a character is.
    #[inline]
    pub fn class(&self, character: char) -> Class {
        match u16::try_from(u32::from(character)) {
            Ok(number) => Class(self.0[usize::from(number)]),
            Err(_) => Class(if is_han(character) { Class::HAN } else { 0 }),
        }
    }

    /// The sign that a character at byte `start` is.
    pub fn sign(&self, start: usize, character: char) -> Sign {
        Sign { start, character, classes: self.class(character).0 }
    }
}
