//! A text cut into the words of a dictionary that knows no lexicon name.
//!
//! The cut is the one that jieba makes without its hidden Markov model (a test compares the two): of all ways
//! to lay words side by side, the one whose frequencies have the greatest product. The build script has
//! prepared the dictionary, so that nothing is loaded before the first question is answered.

use std::{borrow::Cow, sync::LazyLock};

use smallvec::{SmallVec, smallvec};

use crate::{lexicon::form_table::FormTable, text::Span};

/// From the build script, in little-endian numbers of 32 bits: the sum of all frequencies; that of each character
/// of the basic plane as a word, or 0; the number of longer words; theirs in order; then their [table](FormTable).
static PREPARED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dictionary.bin"));

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    let (total, rest) = PREPARED.split_at(4);
    let (characters, rest) = rest.split_at(4 * BASIC_PLANE);
    let (count, rest) = rest.split_at(4);
    let (frequencies, table) = rest.split_at(4 * number(count, 0) as usize);
    let log_total = f64::from(number(total, 0)).ln();
    Dictionary { characters, words: FormTable::open(Cow::Borrowed(table)), frequencies, log_total }
});

const BASIC_PLANE: usize = 1 << 16;

struct Dictionary {
    /// The frequencies of characters as words.
    characters: &'static [u8],
    /// The words of two or more characters.
    words: FormTable,
    frequencies: &'static [u8],
    log_total: f64,
}

/// The words of `text` in order; bytes. What is in no word is cut into single characters, but for a run of
/// ASCII letters and digits, which is one.
pub(super) fn cut(text: &str) -> Vec<Span> {
    let ends = DICTIONARY.best_ends(text);
    let mut words: Vec<Span> = Vec::with_capacity(text.len() / 4 + 1);
    let mut start = 0;
    while start < text.len() {
        let word = Span::new(start, ends[start].1);
        let is_plain = |word: Span| word.slice(text).bytes().all(|byte| byte.is_ascii_alphanumeric());
        match words.last_mut() {
            Some(last) if is_plain(word) && is_plain(*last) => last.end = word.end,
            _ => words.push(word),
        }
        start = word.end;
    }
    words
}

/// For each character, by the byte it starts at, the logarithm of the best product from there on, and where the
/// first word of that cut ends. The windows around names are short.
type BestEnds = SmallVec<[(f64, usize); 64]>;

impl Dictionary {
    fn best_ends(&self, text: &str) -> BestEnds {
        let mut best: BestEnds = smallvec![(0.0, text.len()); text.len() + 1];
        for (start, character) in text.char_indices().rev() {
            let next = start + character.len_utf8();
            // A character that is no word counts as one of frequency 1.
            let frequency = self.character(character).max(1);
            let mut found = (f64::from(frequency).ln() - self.log_total + best[next].0, next);
            self.words.begin(&text[start..], |length, word| {
                let end = start + length;
                let product = f64::from(number(self.frequencies, word)).ln() - self.log_total + best[end].0;
                if product > found.0 || product == found.0 && end > found.1 {
                    found = (product, end);
                }
            });
            best[start] = found;
        }
        best
    }

    fn character(&self, character: char) -> u32 {
        number(self.characters, character as usize)
    }
}

/// The number at a position; 0 beyond the last.
fn number(bytes: &[u8], index: usize) -> u32 {
    let bytes = bytes.get(4 * index..4 * index + 4).and_then(|bytes| bytes.try_into().ok());
    bytes.map_or(0, u32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jieba_rs::Jieba;
    use proptest::prelude::*;

    use super::*;

    static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

    fn check(text: &str) {
        let expected: Vec<Span> =
            JIEBA.cut(text, false).iter().map(|token| Span::new(token.byte_start, token.byte_end)).collect();
        assert_eq!(cut(text), expected, "{text}");
    }

    #[test]
    fn sentences_are_cut_as_jieba_cuts_them() {
        for sentence in [
            "李伟明天赴长春市调研粮食生产工作",
            "张忠实介绍了胡家福利院的情况",
            "全省上下要把防风险保安全护稳定促发展的各项工作抓紧抓实",
            "北海道大学与台湾同胞在万年青下交流",
            "会议强调，要坚持稳中求进工作总基调。",
            "买A股和T恤，GDP增长5%",
            "",
        ] {
            check(sentence);
        }
    }

    proptest! {
        #[test]
        fn any_characters_are_cut_as_jieba_cuts_them(
            text in "[李伟明天赴长春市张忠实胡家福利院北海道大学台湾同胞的一是在不了有和人这中国民工作发展生产]{0,24}",
        ) {
            check(&text);
        }
    }
}
