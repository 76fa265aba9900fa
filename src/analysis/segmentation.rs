//! What a dictionary says of the text around a name, without any lexicon name added.
//!
//! Most windows are settled by a table of character pairs that stand in dictionary words; only where a
//! pair crosses the edge of a name is the window cut into words.

use super::dictionary;
use crate::text::Span;

/// Pairs of characters that stand side by side in some dictionary word, as the build script wrote them: for each
/// first one how many second ones are before its own, then the second ones.
static PAIRS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/word_pairs.bin"));

/// How a dictionary cuts the text around a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vote {
    /// A word crosses the start or the end of the name.
    Crosses,
    /// A word begins with the whole name and is one character longer: 北海道.
    Extends,
    /// A word begins with the whole name and is two or more characters longer, a compound: 台湾同胞.
    Compounds,
    /// A word of several characters follows the name.
    WordFollows,
    /// A single character follows, which may still belong to the name.
    CharacterFollows,
}

/// Asks the dictionary about `name` in `window`; bytes of `window`.
pub(super) fn vote(window: &str, name: Span) -> Vote {
    let mut after = window[name.end..].chars();
    let (next, second) = (after.next(), after.next());
    let last = name.slice(window).chars().next_back();
    let previous = window[..name.start].chars().next_back();
    let first = name.slice(window).chars().next();
    if !is_pair(previous, first) && !is_pair(last, next) {
        return if next.is_none() || is_pair(next, second) { Vote::WordFollows } else { Vote::CharacterFollows };
    }
    segmented(window, name)
}

fn segmented(window: &str, name: Span) -> Vote {
    let words = dictionary::cut(window);
    let crosses = |edge: usize| words.iter().any(|word| word.start < edge && edge < word.end);
    if let Some(word) = words.iter().find(|word| word.start == name.start && word.end > name.end) {
        let longer = word.slice(window).chars().count() - name.slice(window).chars().count();
        return if longer == 1 { Vote::Extends } else { Vote::Compounds };
    }
    if crosses(name.start) || crosses(name.end) {
        return Vote::Crosses;
    }
    let next = words.iter().find(|word| word.start == name.end);
    if next.is_none_or(|word| word.slice(window).chars().count() > 1) {
        Vote::WordFollows
    } else {
        Vote::CharacterFollows
    }
}

/// Whether the characters of `span` in `window` are no word: one word ends and another begins within
/// them (身份｜内涵 for 份内), or they end a longer word (万年青 for 年青). One that begins with them is built
/// on them (渡假村).
pub fn is_cut(window: &str, span: Span) -> bool {
    let mut after = window[span.end..].chars();
    let previous = window[..span.start].chars().next_back();
    let (first, last) = (span.slice(window).chars().next(), span.slice(window).chars().next_back());
    if !is_pair(previous, first) && !is_pair(last, after.next()) {
        return false;
    }
    words(window).into_iter().any(|word| {
        let crosses_start = word.start < span.start && word.end > span.start;
        let crosses_end = span.start < word.start && word.start < span.end && span.end < word.end;
        crosses_start || crosses_end
    })
}

/// The words of `text` as the dictionary cuts it, in order; bytes of `text`.
pub fn words(text: &str) -> Vec<Span> {
    dictionary::cut(text)
}

/// Whether the two characters stand side by side in some dictionary word.
pub(super) fn is_word_pair(first: char, second: char) -> bool {
    is_pair(Some(first), Some(second))
}

/// Whether the two characters stand side by side in some dictionary word.
fn is_pair(first: Option<char>, second: Option<char>) -> bool {
    let (Some(first), Some(second)) = (first, second) else { return false };
    let (Ok(first), Ok(second)) = (u16::try_from(first as u32), u16::try_from(second as u32)) else { return false };
    let (from, to) = (seconds_of(first), seconds_of(first.saturating_add(1)));
    let seconds = PAIRS.get(SECONDS_AT + 2 * from..SECONDS_AT + 2 * to).unwrap_or_default();
    let (mut low, mut high) = (0, seconds.len() / 2);
    while low < high {
        let middle = low + (high - low) / 2;
        match u16::from_le_bytes([seconds[2 * middle], seconds[2 * middle + 1]]).cmp(&second) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    false
}

/// Where the table of second characters begins, behind one number for each character of the basic plane.
const SECONDS_AT: usize = 4 * 0x1_0000;

/// How many second characters belong to first ones before `first`.
fn seconds_of(first: u16) -> usize {
    let at = 4 * usize::from(first);
    PAIRS.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, |bytes| u32::from_le_bytes(bytes) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_a_word_crosses() {
        let check = |window: &str, expected: Vote| {
            let plain = window.replace(['⟦', '⟧'], "");
            let start = window.find('⟦').unwrap();
            let end = window.find('⟧').unwrap() - '⟦'.len_utf8();
            assert_eq!(vote(&plain, Span::new(start, end)), expected, "{window}");
        };
        check("⟦张忠⟧实介绍", Vote::Crosses);
        check("⟦胡家福⟧利院", Vote::Crosses);
        check("⟦李伟⟧明天赴", Vote::WordFollows);
        check("⟦李伟⟧琰说", Vote::CharacterFollows);
        check("豫⟦西山区⟧的", Vote::Crosses);
        check("⟦刘伟⟧", Vote::WordFollows);
    }
}
