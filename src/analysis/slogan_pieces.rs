//! Where a wording one slip away from a formulation may stand. One character that differs leaves one half of the
//! right wording unchanged, and so do two neighbours swapped, unless they stand on both sides of the middle; then
//! the swapped middle itself is found.

use crate::lexicon::{HashFilter, Pair};

/// The pieces of all wordings by which one near to them is found.
pub(super) struct Pieces {
    /// By the hash of the three characters they begin with.
    buckets: Vec<Vec<Piece>>,
    /// The two characters that pieces begin with, and the three.
    pairs: HashFilter,
    heads: HashFilter,
}

/// A piece of at least three characters.
struct Piece {
    characters: Box<[char]>,
    wording: usize,
    /// Where it stands in its wording, in characters.
    offset: usize,
}

impl Pieces {
    /// The pieces of `wordings`, each of six characters or more.
    pub fn of<'w>(wordings: impl Iterator<Item = &'w [char]>) -> Self {
        let buckets = std::iter::repeat_with(Vec::new).take(BUCKETS).collect();
        let mut pieces = Self { buckets, pairs: HashFilter::new(FILTER_BITS), heads: HashFilter::new(FILTER_BITS) };
        for (wording, characters) in wordings.enumerate() {
            let middle = characters.len() / 2;
            pieces.insert(&characters[..middle], wording, 0);
            pieces.insert(&characters[middle..], wording, middle);
            if let [before, left, right, after] = characters[middle - 2..middle + 2] {
                pieces.insert(&[before, right, left, after], wording, middle - 2);
            }
        }
        pieces
    }

    fn insert(&mut self, characters: &[char], wording: usize, offset: usize) {
        if let [first, second, third, ..] = *characters {
            let pair = Pair::new(first, second);
            let head = pair.with(Some(third));
            self.pairs.insert(pair.hash());
            self.heads.insert(head.hash());
            self.buckets[head.place(BUCKETS)].push(Piece { characters: characters.into(), wording, offset });
        }
    }

    /// Whether a piece may begin with two Chinese characters that follow one another, marks between them aside.
    #[inline]
    pub fn has_pair(&self, first: char, second: char) -> bool {
        self.pairs.has(Pair::new(first, second).hash())
    }

    /// Whether a piece may begin with three of them.
    pub fn has_head(&self, first: char, second: char, third: char) -> bool {
        self.heads.has(Pair::new(first, second).with(Some(third)).hash())
    }

    /// Calls `each` with every wording of which a piece begins `text`, punctuation and spaces aside, and how many
    /// characters of the wording are before the piece.
    pub fn begin(&self, text: &str, mut each: impl FnMut(usize, usize)) {
        let mut head = letters(text).map(|(_, letter)| letter);
        let (Some(first), Some(second), third) = (head.next(), head.next(), head.next()) else { return };
        let pieces = self.buckets[Pair::new(first, second).with(third).place(BUCKETS)].iter();
        let stand = pieces.filter(|piece| begins(text, &piece.characters));
        stand.for_each(|piece| each(piece.wording, piece.offset));
    }
}

const BUCKETS: usize = 1 << 10;
const FILTER_BITS: u32 = 16;

/// Whether the letters of `text` begin with `characters`.
fn begins(text: &str, characters: &[char]) -> bool {
    let mut letters = letters(text);
    characters.iter().all(|c| letters.next().is_some_and(|(_, letter)| letter == *c))
}

/// The letters and numbers of `text`, each with the byte it starts at.
pub(super) fn letters(text: &str) -> impl DoubleEndedIterator<Item = (usize, char)> {
    text.char_indices().filter(|(_, c)| matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_found_across_punctuation() {
        let wordings: Vec<Vec<char>> =
            ["疫情要防住经济要稳住", "坚持人民至上"].map(|wording| wording.chars().collect()).into();
        let pieces = Pieces::of(wordings.iter().map(Vec::as_slice));
        let check = |text: &str, expected: &[(usize, &str, usize)]| {
            let mut found = Vec::new();
            for (start, _) in letters(text) {
                pieces.begin(&text[start..], |wording, before| found.push((wording, &text[start..], before)));
            }
            assert_eq!(found, expected, "{text}");
        };
        check("说疫、情要，防住", &[(0, "疫、情要，防住", 0)]);
        check("坚持仁民至上", &[(1, "民至上", 3)]);
        check("坚持民人至上", &[(1, "持民人至上", 1)]);
        check("济经要稳住", &[]);
        check("住经济", &[]);
    }

    #[test]
    fn one_slip_leaves_a_piece_of_any_wording() {
        for wording in ["一二三四五六", "一二三四五六七", "一二三四五六七八九十甲乙丙"] {
            let right: Vec<char> = wording.chars().collect();
            let pieces = Pieces::of(std::iter::once(&right[..]));
            let check = |slip: &[char]| {
                let text = String::from_iter(slip);
                let mut is_found = false;
                for (number, (start, _)) in text.char_indices().enumerate() {
                    pieces.begin(&text[start..], |_, before| is_found |= before == number);
                }
                assert!(is_found, "{text}");
                let has_head = slip
                    .windows(3)
                    .any(|head| pieces.has_pair(head[0], head[1]) && pieces.has_head(head[0], head[1], head[2]));
                assert!(has_head, "{text}");
            };
            for at in 0..right.len() {
                let mut slip = right.clone();
                slip[at] = '错';
                check(&slip);
                if at > 0 {
                    slip.clone_from(&right);
                    slip.swap(at - 1, at);
                    check(&slip);
                }
            }
        }
    }
}
