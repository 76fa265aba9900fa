//! Where a wording one slip away from a formulation may stand: it still contains one of three pieces of the
//! right one unchanged (pigeonhole).

/// The pieces of all wordings.
pub(super) struct Pieces {
    /// By the hash of the two characters they begin with.
    buckets: Vec<Vec<Piece>>,
    /// A bit for a longer hash of each beginning, so that a look in vain costs little.
    bitmap: Vec<u64>,
}

/// A piece of at least two characters.
struct Piece {
    characters: Box<[char]>,
    wording: usize,
    /// Where it stands in its wording, in characters.
    offset: usize,
}

const BUCKET_BITS: u32 = 10;
const BITMAP_BITS: u32 = 16;

impl Pieces {
    /// The pieces of `wordings`, each of six characters or more.
    pub fn of<'w>(wordings: impl Iterator<Item = &'w [char]>) -> Self {
        let mut buckets: Vec<Vec<Piece>> = std::iter::repeat_with(Vec::new).take(1 << BUCKET_BITS).collect();
        let mut bitmap = vec![0; 1 << (BITMAP_BITS - 6)];
        for (wording, characters) in wordings.enumerate() {
            let length = characters.len();
            for cut in [0, length / 3, 2 * length / 3, length].windows(2) {
                let piece = &characters[cut[0]..cut[1]];
                if let [first, second, ..] = *piece {
                    let hash = hash(first, second);
                    let bit = place(hash, BITMAP_BITS);
                    bitmap[bit / 64] |= 1 << (bit % 64);
                    buckets[place(hash, BUCKET_BITS)].push(Piece { characters: piece.into(), wording, offset: cut[0] });
                }
            }
        }
        Self { buckets, bitmap }
    }

    /// Calls `each` with every wording of which a piece stands in `text`, whose characters are `characters`,
    /// punctuation and spaces aside, with
    /// the byte where the piece begins and how many characters of the wording are before it.
    pub fn find(&self, text: &str, characters: &[(usize, char)], mut each: impl FnMut(usize, usize, usize)) {
        let mut previous = (0, '\0');
        for letter in characters.iter().copied().filter(|(_, c)| is_letter(*c)) {
            let (start, first) = std::mem::replace(&mut previous, letter);
            let hash = hash(first, letter.1);
            let bit = place(hash, BITMAP_BITS);
            if self.bitmap[bit / 64] >> (bit % 64) & 1 == 1 {
                let pieces = self.buckets[place(hash, BUCKET_BITS)].iter();
                let stand = pieces.filter(|piece| begins(&text[start..], &piece.characters));
                stand.for_each(|piece| each(piece.wording, start, piece.offset));
            }
        }
    }
}

/// Whether the letters of `text` begin with `characters`.
fn begins(text: &str, characters: &[char]) -> bool {
    let mut letters = letters(text);
    characters.iter().all(|c| letters.next().is_some_and(|(_, letter)| letter == *c))
}

/// The letters and numbers of `text`, each with the byte it starts at.
pub(super) fn letters(text: &str) -> impl DoubleEndedIterator<Item = (usize, char)> {
    text.char_indices().filter(|(_, c)| is_letter(*c))
}

fn hash(first: char, second: char) -> u64 {
    // Fibonacci hashing: the upper bits of the product depend on every bit.
    (u64::from(first as u32) << 32 | u64::from(second as u32)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The place of a hash among two to the power of `bits` ones.
fn place(hash: u64, bits: u32) -> usize {
    (hash >> (64 - bits)) as usize
}

/// Whether a character is a letter or a number. For Chinese ones no table need be searched.
#[inline]
fn is_letter(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}') || is_wide_digit(c) || !is_mark(c) && c.is_alphanumeric()
}

fn is_wide_digit(c: char) -> bool {
    matches!(c, '０'..='９')
}

/// Whether a character is one of the frequent punctuation marks.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{2000}'..='\u{206F}' | '\u{3001}' | '\u{3002}' | '\u{3008}'..='\u{3011}' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}'
    )
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
            pieces.find(text, &text.char_indices().collect::<Vec<_>>(), |wording, start, before| {
                found.push((wording, &text[start..], before))
            });
            assert_eq!(found, expected, "{text}");
        };
        check("说疫、情要，控住", &[(0, "疫、情要，控住", 0)]);
        check("坚持人名至上", &[(1, "坚持人名至上", 0), (1, "至上", 4)]);
        check("济要稳住", &[(0, "济要稳住", 6)]);
        check("住", &[]);
    }

    #[test]
    fn letters_are_those_of_the_standard_library() {
        for c in '\0'..='\u{FFFF}' {
            assert_eq!(is_letter(c), c.is_alphanumeric(), "{c:?}");
        }
    }
}
