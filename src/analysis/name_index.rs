//! The persons whose names are one slip away from a string, found through its *deletion neighbourhood*:
//! two strings that differ by one slip share a string that lacks one character of each (Mor and Fraenkel
//! 1982, as used by SymSpell). A look-up costs the same whatever the number of persons.

use rayon::prelude::*;
use smallvec::SmallVec;
use smol_str::SmolStr;

use super::likeness::{Likeness, likeness};
use crate::lexicon::{EntryIndex, HashFilter, Lexicon};

/// The names of all persons.
pub(super) struct NameIndex {
    names: Vec<(SmolStr, EntryIndex)>,
    /// The hash of each name and of each name with one character left out, with the name's position.
    keys: Vec<(u64, u32)>,
    filter: HashFilter,
    /// The length of the longest name, in characters.
    pub longest: usize,
}

/// The characters of a name.
type NameChars = SmallVec<[char; 8]>;

/// A person whose name is one slip away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearPerson {
    /// The person.
    pub entry: EntryIndex,
    /// The right name.
    pub name: SmolStr,
    /// How well a slip explains the difference.
    pub likeness: Likeness,
}

impl NameIndex {
    /// Indexes the names and other names of two or more characters.
    pub fn build(lexicon: &Lexicon) -> Self {
        let mut names: Vec<(SmolStr, EntryIndex)> = Vec::new();
        for (index, entry) in lexicon.written_entries() {
            let Some(person) = entry.person() else { continue };
            let written = std::iter::once(&person.name).chain(&person.other_names);
            let written = written.filter(|name| name.chars().nth(1).is_some());
            names.extend(written.map(|name| (name.clone(), index)));
        }
        let keys = |position: usize| {
            let name: NameChars = names[position].0.chars().collect();
            keys_of(&name).map(|key| (key, position as u32)).collect::<SmallVec<[_; 5]>>()
        };
        let mut keys: Vec<(u64, u32)> = (0..names.len()).into_par_iter().flat_map_iter(keys).collect();
        keys.par_sort_unstable();
        keys.dedup();
        let longest = names.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        // At 32 bits or more for each key, at most one in 32 others is looked up in vain.
        let mut filter = HashFilter::new((32 * keys.len()).next_power_of_two().trailing_zeros());
        keys.iter().for_each(|(key, _)| filter.insert(*key));
        Self { names, keys, filter, longest }
    }

    /// The persons whose names are one slip away from `written`, in lexicon order, each once.
    pub fn near(&self, written: &[char]) -> Vec<NearPerson> {
        let mut found: Vec<NearPerson> = keys_of(written)
            .filter(|key| self.filter.has(*key))
            .flat_map(|key| self.with_key(key))
            .filter_map(|position| {
                let (name, entry) = &self.names[position];
                let likeness = likeness(written, &name.chars().collect::<NameChars>())?;
                Some(NearPerson { entry: *entry, name: name.clone(), likeness })
            })
            .collect();
        found.sort_by_key(|near| (near.entry, std::cmp::Reverse(near.likeness)));
        found.dedup_by_key(|near| near.entry);
        found
    }

    /// Whether there may be such persons; seldom wrong.
    pub fn may_have_near(&self, written: &[char]) -> bool {
        keys_of(written).any(|key| self.filter.has(key))
    }

    fn with_key(&self, key: u64) -> impl Iterator<Item = usize> + '_ {
        let from = self.keys.partition_point(|(other, _)| *other < key);
        self.keys[from..].iter().take_while(move |(other, _)| *other == key).map(|(_, position)| *position as usize)
    }
}

/// The keys of a string: its own, and those of the strings with one character left out.
fn keys_of(name: &[char]) -> impl Iterator<Item = u64> + '_ {
    let without = |left_out: Option<usize>| {
        let kept = name.iter().enumerate().filter(|(at, _)| Some(*at) != left_out);
        // Fibonacci hashing, character by character: the upper bits of a product depend on every bit.
        kept.fold(0, |key: u64, (_, c)| (key.rotate_left(27) ^ u64::from(*c)).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    };
    std::iter::once(None).chain((0..name.len()).map(Some)).map(without)
}
