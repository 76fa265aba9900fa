//! Evidence from the whole draft for names that stay doubtful in their own block: 李伟 before a character that
//! may be the third one of another name is 李伟 if the draft names 李伟 clearly, and nowhere else what the name
//! and the character would be together.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::block::{BlockAnalysis, Candidate};
use crate::{
    lexicon::EntryKind,
    text::{Draft, Span},
};

/// The doubtful names of a draft for which there is evidence, each with its block, in order of place.
pub(super) fn find<'b>(draft: &Draft, blocks: &'b [Arc<BlockAnalysis>]) -> Vec<(usize, &'b Candidate)> {
    if blocks.iter().all(|block| block.doubtful.is_empty()) {
        return Vec::new();
    }
    let text = |block: usize| draft.blocks[block].content.text.as_str();
    let clear = clear_names(draft, blocks);
    let doubtful =
        || blocks.iter().enumerate().flat_map(|(at, block)| block.doubtful.iter().map(move |name| (at, name)));
    let mut longer: HashMap<&str, usize> = HashMap::new();
    for (block, name) in doubtful() {
        *longer.entry(with_next(text(block), name.span)).or_default() += 1;
    }
    let unknown: HashSet<&str> = blocks
        .iter()
        .enumerate()
        .flat_map(|(block, analysis)| analysis.unknown_names.iter().map(move |name| (block, name.name)))
        .filter_map(|(block, name)| Some(name?.slice(text(block))))
        .collect();
    let is_alone = |(block, name): &(usize, &Candidate)| {
        let longer_name = with_next(text(*block), name.span);
        clear.contains(name.span.slice(text(*block)))
            && longer.get(longer_name) == Some(&1)
            && !unknown.iter().any(|unknown| unknown.starts_with(longer_name))
    };
    doubtful().filter(is_alone).collect()
}

/// The persons' names that stand in the draft for sure.
fn clear_names<'d>(draft: &'d Draft, blocks: &[Arc<BlockAnalysis>]) -> HashSet<&'d str> {
    let mut names = HashSet::new();
    for (block, analysis) in draft.blocks.iter().zip(blocks) {
        let persons = analysis.candidates.iter().filter(|name| name.kind == EntryKind::Person && !name.other_person);
        names.extend(persons.map(|name| name.span.slice(&block.content.text)));
    }
    names
}

/// A name with the character behind it.
fn with_next(text: &str, name: Span) -> &str {
    let next = text[name.end..].chars().next().map_or(0, char::len_utf8);
    &text[name.start..name.end + next]
}
