//! The entries that a draft mentions, as of its day.

use std::collections::HashSet;

use super::{Annotated, certain_mentions};
use crate::{
    cli::lexicon::entry_record::EntryRecord,
    lexicon::{EntryIndex, EntryKind},
};

/// An entry that mentions of a draft stand for, or can stand for.
pub(super) struct Mentioned<'a> {
    pub index: EntryIndex,
    pub record: EntryRecord<'a>,
}

/// The entries, by kind and then in the order of their first mention.
pub(super) fn entries<'a>(draft: &Annotated<'a>) -> Vec<Mentioned<'a>> {
    let mut found: Vec<Mentioned<'a>> = Vec::new();
    let mut seen = HashSet::new();
    for index in certain_mentions(draft.checked).flat_map(Annotated::candidates).copied() {
        if seen.insert(index) {
            let record = EntryRecord::of(draft.project.lexicon(), index, draft.checked.as_of.date);
            found.push(Mentioned { index, record });
        }
    }
    found.sort_by_key(|entry| EntryKind::MENTIONED.iter().position(|kind| *kind == entry.record.kind));
    found
}
