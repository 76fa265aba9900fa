//! A whole draft: mentions with their identities, and lists.

use std::sync::Arc;

use smallvec::smallvec;
use smol_str::SmolStr;

use super::{
    Analyzer, Setting,
    anaphora::{self, Anaphor},
    block::{BlockAnalysis, Candidate},
    evidence, identity,
    mention::{Candidates, Mention, Resolution},
    post_reader::is_han,
    roll_call::{RollCall, roll_calls},
};
use crate::{
    lexicon::{EntryKind, FormRole},
    text::Draft,
};

/// What is known of a draft.
#[derive(Debug, Default)]
pub struct DraftAnalysis {
    /// The mentions, in order of place.
    pub mentions: Vec<Mention>,
    /// The lists of persons, in order of place.
    pub roll_calls: Vec<RollCall>,
    /// The words that stand for a person named before, in order of place.
    pub anaphora: Vec<Anaphor>,
    /// Block analyses, one for one with the draft's blocks.
    pub blocks: Vec<Arc<BlockAnalysis>>,
}

impl DraftAnalysis {
    /// The mentions in one block of the draft, found without a look at the others: a draft has thousands.
    pub fn mentions_in(&self, block: usize) -> &[Mention] {
        let first = self.mentions.partition_point(|mention| mention.block < block);
        let count = self.mentions[first..].partition_point(|mention| mention.block == block);
        &self.mentions[first..first + count]
    }
}

/// Puts the analyses of the blocks together and decides identities.
pub(super) fn resolve(
    analyzer: &Analyzer,
    draft: &Draft,
    blocks: Vec<Arc<BlockAnalysis>>,
    setting: Setting,
) -> DraftAnalysis {
    let mut analysis = DraftAnalysis { blocks, ..DraftAnalysis::default() };
    let certain = analysis.blocks.iter().enumerate();
    let certain = certain.flat_map(|(block, analysis)| analysis.candidates.iter().map(move |name| (block, name)));
    let mut candidates: Vec<(usize, &Candidate)> = certain.collect();
    let evident = evidence::find(draft, &analysis.blocks);
    if !evident.is_empty() {
        candidates.extend(evident);
        candidates.sort_by_key(|(block, candidate)| (*block, candidate.span));
    }
    analysis.mentions =
        candidates.into_iter().map(|(block, candidate)| mention(analyzer, draft, block, candidate)).collect();
    identity::resolve_places(analyzer.lexicon(), &mut analysis.mentions, setting);
    identity::resolve_persons(analyzer, draft, &mut analysis.mentions, setting);
    analysis.roll_calls = roll_calls(draft, &analysis);
    analysis.anaphora = anaphora::resolve(analyzer, draft, &analysis);
    analysis
}

/// A mention before draft-wide context: resolved if annotated or if it has a single candidate.
fn mention(analyzer: &Analyzer, draft: &Draft, block: usize, candidate: &Candidate) -> Mention {
    let source = &draft.blocks[block];
    let mut targets = candidate.targets.clone();
    // An exact wording outweighs another entry's variant or wrong form of the same words.
    let best = targets.iter().map(|target| rank(target.role)).min().unwrap_or(0);
    if candidate.kind == EntryKind::Slogan {
        targets.retain(|target| rank(target.role) == best);
    }
    let mut candidates: Candidates = targets.iter().map(|target| target.entry).collect();
    candidates.sort_unstable();
    candidates.dedup();
    let annotated =
        candidate.annotation.and_then(|index| analyzer.lexicon().find(&source.content.annotations[index].id));
    let only = if let [only] = candidates[..] { Some(only) } else { None };
    let (entry, resolution) = match (annotated, only) {
        (Some(entry), _) => (Some(entry), Resolution::Annotation),
        _ if candidate.other_person => (None, Resolution::Other),
        (None, Some(entry)) => (Some(entry), Resolution::Only),
        (None, None) => (None, Resolution::Ambiguous),
    };
    Mention {
        block,
        content: candidate.span,
        span: source.source_span(candidate.span),
        text: name_as_written(candidate, &source.content.text),
        kind: candidate.kind,
        role: targets.first().map_or(FormRole::Name, |target| target.role),
        candidates: annotated.map_or(candidates, |entry| smallvec![entry]),
        entry,
        resolution,
        posts: candidate.posts.clone(),
        shared_posts: candidate.shared_posts.clone(),
        changes: candidate.changes.clone(),
    }
}

/// The words of a mention; a Chinese name without the space it is set with (刘　伟).
fn name_as_written(candidate: &Candidate, text: &str) -> SmolStr {
    let words = candidate.span.slice(text);
    let is_chinese_name = candidate.kind == EntryKind::Person && words.starts_with(is_han);
    let is_space = |c: &char| matches!(c, ' ' | '\u{3000}');
    if is_chinese_name { words.chars().filter(|c| !is_space(c)).collect() } else { words.into() }
}

fn rank(role: FormRole) -> u8 {
    match role {
        FormRole::Name => 0,
        FormRole::Short => 1,
        FormRole::Component(_) => 2,
        FormRole::Wrong(_) | FormRole::Deprecated(_) => 3,
    }
}
