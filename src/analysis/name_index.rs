//! The persons whose names are one slip away from a string, found through its *deletion neighbourhood*:
//! two strings that differ by one slip share a string that lacks one character of each (Mor and Fraenkel
//! 1982, as used by SymSpell). A look-up costs the same whatever the number of persons.

use std::hash::{DefaultHasher, Hash, Hasher};

use smol_str::SmolStr;

use super::likeness::{Likeness, likeness};
use crate::lexicon::{EntryIndex, Lexicon};

/// The names of all persons.
pub(super) struct NameIndex {
    names: Vec<(Vec<char>, EntryIndex)>,
    /// The hash of each name and of each name with one character left out, with the name's position.
    keys: Vec<(u64, u32)>,
    /// The length of the longest name, in characters.
    pub longest: usize,
}

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
        let mut names = Vec::new();
        for (index, entry) in lexicon.written_entries() {
            let Some(person) = entry.person() else { continue };
            let written = std::iter::once(&person.name).chain(&person.other_names);
            names.extend(written.map(|name| (name.chars().collect::<Vec<char>>(), index)));
        }
        names.retain(|(name, _)| name.len() > 1);
        let numbered = names.iter().zip(0u32..);
        let mut keys: Vec<(u64, u32)> =
            numbered.flat_map(|((name, _), number)| keys_of(name).map(move |key| (key, number))).collect();
        keys.sort_unstable();
        keys.dedup();
        let longest = names.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        Self { names, keys, longest }
    }

    /// The persons whose names are one slip away from `written`, in lexicon order, each once.
    pub fn near(&self, written: &[char]) -> Vec<NearPerson> {
        let mut found: Vec<NearPerson> = keys_of(written)
            .flat_map(|key| self.with_key(key))
            .filter_map(|position| {
                let (name, entry) = &self.names[position];
                let likeness = likeness(written, name)?;
                Some(NearPerson { entry: *entry, name: name.iter().copied().collect(), likeness })
            })
            .collect();
        found.sort_by_key(|near| (near.entry, std::cmp::Reverse(near.likeness)));
        found.dedup_by_key(|near| near.entry);
        found
    }

    fn with_key(&self, key: u64) -> impl Iterator<Item = usize> + '_ {
        let from = self.keys.partition_point(|(other, _)| *other < key);
        self.keys[from..].iter().take_while(move |(other, _)| *other == key).map(|(_, position)| *position as usize)
    }
}

/// The keys of a string: its own, and those of the strings with one character left out.
fn keys_of(name: &[char]) -> impl Iterator<Item = u64> + '_ {
    let without = |left_out: Option<usize>| {
        let mut hasher = DefaultHasher::new();
        let kept = name.iter().enumerate().filter(|(at, _)| Some(*at) != left_out);
        kept.for_each(|(_, c)| c.hash(&mut hasher));
        hasher.finish()
    };
    std::iter::once(None).chain((0..name.len()).map(Some)).map(without)
}
