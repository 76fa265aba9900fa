//! A query, and how forms fit it.

use super::{
    SearchRank,
    reading::{Unit, simplest},
};

/// Longer queries are cut: positions are bits of a machine word.
const LONGEST: usize = 62;

/// The letters and characters of a query.
pub(super) struct Query(Vec<char>);

impl Query {
    /// Reads a query. Case, spaces, apostrophes and punctuation do not count; `v` is ü, as is the
    /// `yu` of the `lyu` and `nyu` in passports.
    pub fn parse(text: &str) -> Self {
        let plain = text.chars().map(simplest).filter(|c| c.is_alphanumeric());
        let plain: String = plain.map(|c| if matches!(c, 'v' | 'Ü') { 'ü' } else { c }).collect();
        let plain = plain.replace("lyu", "lü").replace("nyu", "nü");
        Self(plain.chars().take(LONGEST).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// How far a unit carries from one position of the query: bit `n` = over `n` letters.
#[derive(Clone, Copy, Default)]
struct Step {
    /// By the character itself or a whole syllable.
    whole: u8,
    /// By the initial of a syllable.
    initial: u8,
    /// By any part of a syllable with which the query ends.
    last: u8,
}

/// A query compared with every unit.
pub(super) struct Matcher {
    length: usize,
    /// By unit, then position.
    steps: Vec<Step>,
    /// Whether a form may begin to fit at a unit.
    begins: Vec<bool>,
}

impl Matcher {
    pub fn new(query: &Query, units: &[Unit]) -> Self {
        let Query(query) = query;
        let steps: Vec<Step> =
            units.iter().flat_map(|unit| (0..query.len()).map(|at| step(unit, &query[at..]))).collect();
        let begins = steps.chunks(query.len()).map(|steps| steps[0].whole | steps[0].initial | steps[0].last != 0);
        Self { length: query.len(), begins: begins.collect(), steps }
    }

    /// How a form fits, and whether some of its syllables are abbreviated; `None` if it does not.
    pub fn fit(&self, row: &[u32]) -> Option<(SearchRank, bool)> {
        let mut best = None;
        for start in 0..row.len() {
            if self.begins[row[start] as usize]
                && let Some((abbreviated, ends_form)) = self.fit_from(&row[start..])
            {
                let rank = match (start, abbreviated, ends_form) {
                    (0, false, true) => SearchRank::Exact,
                    (0, false, false) => SearchRank::Prefix,
                    (0, true, _) => SearchRank::Initials,
                    _ => SearchRank::Substring,
                };
                if best.is_none_or(|best| (rank, abbreviated) < best) {
                    best = Some((rank, abbreviated));
                }
            }
        }
        best
    }

    /// Whether the whole query fits from the first unit on: abbreviated or not, and to the end of the
    /// form or not.
    fn fit_from(&self, row: &[u32]) -> Option<(bool, bool)> {
        let done = 1_u64 << self.length;
        let (mut whole, mut any) = (1_u64, 1_u64);
        let mut abbreviated = None;
        for (position, unit) in row.iter().enumerate() {
            let steps = &self.steps[*unit as usize * self.length..][..self.length];
            let (mut next_whole, mut next_any, mut ended) = (0, 0, false);
            let mut open = any;
            while open != 0 {
                let at = open.trailing_zeros() as usize;
                open &= open - 1;
                let step = steps[at];
                next_any |= u64::from(step.whole | step.initial) << at;
                if step.last != 0 {
                    next_any |= done;
                }
                if whole >> at & 1 == 1 {
                    next_whole |= u64::from(step.whole) << at;
                    ended |= step.last != 0;
                }
            }
            if next_whole & done != 0 {
                return Some((false, position + 1 == row.len()));
            }
            if ended {
                return Some((false, false));
            }
            if next_any & done != 0 {
                abbreviated.get_or_insert((true, position + 1 == row.len()));
            }
            (whole, any) = (next_whole & !done, next_any & !done);
            if any == 0 {
                break;
            }
        }
        abbreviated
    }
}

/// How far `unit` carries over the query that is left.
fn step(unit: &Unit, rest: &[char]) -> Step {
    let mut step = Step::default();
    let Some(first) = rest.first() else { return step };
    if *first == unit.character {
        step.whole |= 1 << 1;
    }
    for reading in &unit.readings {
        let common = reading.chars().zip(rest).take_while(|(a, b)| a == *b).count();
        if common == 0 {
            continue;
        }
        if common == reading.chars().count() {
            step.whole |= 1 << common;
        } else if common == rest.len() && common > 1 {
            step.last |= 1 << common;
        }
        step.initial |= 1 << 1;
        if common >= 2 && matches!(reading.get(..2), Some("zh" | "ch" | "sh")) {
            step.initial |= 1 << 2;
        }
    }
    step
}
