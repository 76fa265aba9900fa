//! A text cut into the words of a dictionary that knows no lexicon name.
//!
//! The cut is the one that jieba makes without its hidden Markov model (a test compares the two): of all ways
//! to lay words side by side, the one whose frequencies have the greatest product. The build script has
//! prepared the dictionary, so that nothing is loaded before the first question is answered.

use std::{borrow::Cow, sync::LazyLock};

use crate::{lexicon::form_table::FormTable, text::Span};

/// The number of words, their frequencies in order, and their [table](FormTable), from the build script.
static PREPARED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dictionary.bin"));

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    let (count, rest) = PREPARED.split_at(4);
    let count = number(count, 0) as usize;
    let (frequencies, table) = rest.split_at(4 * count);
    let total: f64 = (0..count).map(|word| f64::from(number(frequencies, word))).sum();
    Dictionary { words: FormTable::open(Cow::Borrowed(table)), frequencies, log_total: total.ln() }
});

struct Dictionary {
    words: FormTable,
    frequencies: &'static [u8],
    log_total: f64,
}

/// A word that stands in the text.
struct Edge {
    start: usize,
    end: usize,
    log_frequency: f64,
}

/// The words of `text` in order; bytes. What is in no word is cut into single characters, but for a run of
/// ASCII letters and digits, which is one.
pub(super) fn cut(text: &str) -> Vec<Span> {
    let ends = DICTIONARY.best_ends(text);
    let mut words: Vec<Span> = Vec::new();
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

impl Dictionary {
    /// For each character, by the byte it starts at, the logarithm of the best product from there on, and
    /// where the first word of that cut ends.
    fn best_ends(&self, text: &str) -> Vec<(f64, usize)> {
        let mut edges = self.edges(text);
        let mut best = vec![(0.0, text.len()); text.len() + 1];
        for (start, character) in text.char_indices().rev() {
            let mut found: Option<(f64, usize)> = None;
            while let Some(edge) = edges.pop_if(|edge| edge.start == start) {
                let product = edge.log_frequency - self.log_total + best[edge.end].0;
                if found.is_none_or(|(known, end)| product > known || product == known && edge.end > end) {
                    found = Some((product, edge.end));
                }
            }
            let next = start + character.len_utf8();
            best[start] = found.unwrap_or((0.0 - self.log_total + best[next].0, next));
        }
        best
    }

    fn edges(&self, text: &str) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (start, _) in text.char_indices() {
            self.words.begin(&text[start..], |length, word| {
                let log_frequency = f64::from(number(self.frequencies, word)).ln();
                edges.push(Edge { start, end: start + length, log_frequency });
            });
        }
        edges
    }
}

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
