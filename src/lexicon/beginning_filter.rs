//! What the strings of several tables begin with, so that one look says for most places of a text that no table
//! need be asked.

use super::form_table::{FormTable, MIN_BITS, Pair};

/// The beginnings of the strings of several tables. It may hold others by chance, but misses none.
#[derive(Debug)]
pub struct BeginningFilter {
    /// A bit for each two characters that strings begin with.
    pairs: Bitmap,
    /// A bit for each three of them, or for two that are a string.
    heads: Bitmap,
    /// A bit for each character that is a string, by its number, one for all beyond the basic plane; empty if there
    /// is none.
    singles: Vec<u64>,
}

impl BeginningFilter {
    /// The filter for `tables`.
    pub fn of<'t>(tables: impl Iterator<Item = &'t FormTable> + Clone) -> Self {
        let pairs = Bitmap::of(tables.clone().map(FormTable::pairs));
        let heads = Bitmap::of(tables.clone().map(FormTable::heads));
        let mut singles = Vec::new();
        for only in tables.flat_map(FormTable::single_characters) {
            singles.resize(BASIC_PLANE / 64 + 1, 0);
            let only = (only as usize).min(BASIC_PLANE);
            singles[only / 64] |= 1 << (only % 64);
        }
        Self { pairs, heads, singles }
    }

    /// Whether some string may begin with the first of two characters that follow one another, or with both.
    #[inline]
    pub fn has_pair(&self, first: char, second: char) -> bool {
        self.pairs.has(Pair::new(first, second)) | self.has_single(first)
    }

    /// Whether some string may begin with the first, or the first two, or all of three characters that follow one
    /// another.
    #[inline]
    pub fn has_head(&self, first: char, second: char, third: char) -> bool {
        let pair = Pair::new(first, second);
        self.heads.has(pair.with(Some(third))) | self.heads.has(pair.with(None)) | self.has_single(first)
    }

    #[inline]
    fn has_single(&self, only: char) -> bool {
        !self.singles.is_empty() && {
            let single = (only as usize).min(BASIC_PLANE);
            self.singles[single / 64] >> (single % 64) & 1 == 1
        }
    }
}

/// How many characters the basic plane has.
const BASIC_PLANE: usize = 1 << 16;

/// A bit for each hash that strings begin with.
#[derive(Debug)]
struct Bitmap {
    words: Vec<u64>,
    /// How many bits of a hash give its place.
    bits: u32,
}

impl Bitmap {
    /// What some bitmaps hold together. Each bit of a smaller one stands for several of the largest.
    fn of<'b>(bitmaps: impl Iterator<Item = &'b [u8]> + Clone) -> Self {
        let bytes = bitmaps.clone().map(<[u8]>::len).max().unwrap_or(MIN_BITS / 8);
        let mut words = vec![0; bytes / 8];
        for bitmap in bitmaps {
            let (chunks, _) = bitmap.as_chunks::<8>();
            let some = chunks.iter().map(|chunk| u64::from_le_bytes(*chunk));
            match bytes / bitmap.len() {
                1 => words.iter_mut().zip(some).for_each(|(all, some)| *all |= some),
                times => {
                    let bits = some.enumerate().flat_map(|(at, some)| {
                        (0..64).filter(move |bit| some >> bit & 1 == 1).map(move |bit| 64 * at + bit)
                    });
                    let places = bits.flat_map(|bit| times * bit..times * (bit + 1));
                    places.for_each(|bit| words[bit / 64] |= 1 << (bit % 64));
                }
            }
        }
        Self { words, bits: (8 * bytes).trailing_zeros() }
    }

    #[inline]
    fn has(&self, pair: Pair) -> bool {
        let bit = pair.top(self.bits);
        self.words[bit / 64] >> (bit % 64) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_beginning_is_missed(
            forms in proptest::collection::btree_set("[吉林省ab𠀀]{1,5}", 0..40),
            text in "[吉林省ab𠀀。]{0,40}",
        ) {
            let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
            let table = FormTable::build(&forms);
            let filter = BeginningFilter::of([&FormTable::build(&["吉"]), &table].into_iter());
            let characters: Vec<char> = text.chars().chain(['\0'; 2]).collect();
            for (number, (start, _)) in text.char_indices().enumerate() {
                if forms.iter().any(|form| text[start..].starts_with(form)) || text[start..].starts_with('吉') {
                    let [first, second, third] = characters[number..number + 3] else { unreachable!() };
                    prop_assert!(filter.has_pair(first, second) && filter.has_head(first, second, third));
                }
            }
        }
    }
}
