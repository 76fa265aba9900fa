//! Sets of characters that one look tells from most others.

/// How many characters the basic plane has.
const BASIC_PLANE: usize = 1 << 16;

/// A set of characters. It holds all beyond the basic plane as soon as it holds one of them.
#[derive(Debug, Default)]
pub struct CharacterSet {
    /// A bit for each character of the basic plane and one for all others; nothing while the set is empty.
    words: Vec<u64>,
}

impl CharacterSet {
    /// Takes in a character.
    pub fn insert(&mut self, character: char) {
        let bit = place(character);
        self.words.resize(BASIC_PLANE / 64 + 1, 0);
        self.words[bit / 64] |= 1 << (bit % 64);
    }

    /// Whether the set holds a character.
    #[inline]
    pub fn has(&self, character: char) -> bool {
        !self.words.is_empty() && {
            let bit = place(character);
            self.words[bit / 64] >> (bit % 64) & 1 == 1
        }
    }
}

#[inline]
fn place(character: char) -> usize {
    (character as usize).min(BASIC_PLANE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in() {
        let mut set = CharacterSet::default();
        assert!(!set.has('\0') && !set.has('吉') && !set.has('𠮷'));
        set.insert('吉');
        assert!(set.has('吉') && !set.has('古') && !set.has('𠮷'));
        set.insert('𠮷');
        assert!(set.has('𠮷') && set.has('\u{20000}') && !set.has('\u{FFFF}'));
    }
}
