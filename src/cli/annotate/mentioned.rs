//! The entries that a draft mentions, as of its day.

use super::{Annotated, certain_mentions};
use crate::{
    cli::lexicon::entry_record::EntryRecord,
    lexicon::{EntryIndex, EntryKind},
};

/// An entry that mentions of a draft stand for, or can stand for.
pub(super) struct Mentioned<'a> {
    pub index: EntryIndex,
    pub record: EntryRecord<'a>,
    /// How many mentions stand for it.
    pub count: usize,
}

/// The entries, by kind and then in the order of their first mention.
pub(super) fn entries<'a>(draft: &Annotated<'a>) -> Vec<Mentioned<'a>> {
    let mut found: Vec<Mentioned<'a>> = Vec::new();
    for mention in certain_mentions(draft.checked) {
        let candidates = mention.entry.as_slice();
        let candidates = if candidates.is_empty() { &mention.candidates[..] } else { candidates };
        for &index in candidates {
            let count = usize::from(mention.entry.is_some());
            match found.iter_mut().find(|known| known.index == index) {
                Some(known) => known.count += count,
                None => {
                    let record = EntryRecord::of(draft.project.lexicon(), index, draft.checked.as_of.date);
                    found.push(Mentioned { index, record, count });
                }
            }
        }
    }
    found.sort_by_key(|entry| EntryKind::MENTIONED.iter().position(|kind| *kind == entry.record.kind));
    found
}
