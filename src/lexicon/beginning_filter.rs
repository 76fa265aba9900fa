//! What the strings of several tables begin with, so that one look says for most places of a text that no table
//! need be asked.

use super::{
    form_table::{FormTable, Pair},
    hash_filter::HashFilter,
};
use crate::text::CharacterSet;

/// The beginnings of the strings of several tables. It may hold others by chance, but misses none.
#[derive(Debug)]
pub struct BeginningFilter {
    /// The two characters that strings begin with.
    pairs: HashFilter,
    /// The three of them, or two that are a string.
    heads: HashFilter,
    /// The characters that are a string.
    singles: CharacterSet,
}

impl BeginningFilter {
    /// The filter for `tables`.
    pub fn of<'t>(tables: impl Iterator<Item = &'t FormTable> + Clone) -> Self {
        let pairs = HashFilter::of_bitmaps(tables.clone().map(FormTable::pairs));
        let heads = HashFilter::of_bitmaps(tables.clone().map(FormTable::heads));
        let mut singles = CharacterSet::default();
        tables.flat_map(FormTable::single_characters).for_each(|only| singles.insert(only));
        Self { pairs, heads, singles }
    }

    /// Whether some string may begin with the first of two characters that follow one another, or with both.
    #[inline]
    pub fn has_pair(&self, first: char, second: char) -> bool {
        self.pairs.has(Pair::new(first, second).hash()) | self.singles.has(first)
    }

    /// Whether some string may begin with the first, or the first two, or all of three characters that follow one
    /// another.
    #[inline]
    pub fn has_head(&self, first: char, second: char, third: char) -> bool {
        let pair = Pair::new(first, second);
        self.heads.has(pair.with(Some(third)).hash()) | self.heads.has(pair.with(None).hash()) | self.singles.has(first)
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
