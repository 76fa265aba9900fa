//! Whom 他, 她, 该同志 and 张书记 mean: an earlier mention, only when exactly one fits.

use std::{collections::HashMap, ops::Range};

use smol_str::SmolStr;

use super::{
    Analyzer,
    draft::DraftAnalysis,
    mention::Mention,
    reference::{Reference, ReferenceKind},
};
use crate::{
    lexicon::{EntryIndex, EntryKind, entry::Gender},
    text::{Draft, Span},
};

/// A word that stands for a person named before.
#[derive(Clone, Debug)]
pub struct Anaphor {
    /// The block of the draft it stands in.
    pub block: usize,
    /// Bytes in the block's content.
    pub content: Span,
    /// Bytes in the draft.
    pub span: Span,
    /// What kind of word it is.
    pub kind: AnaphorKind,
    /// The mention it stands for, by its position in the draft's mentions; `None` unless exactly one fits.
    pub antecedent: Option<usize>,
    /// The positions of the mentions before it in its block, of all kinds.
    pub earlier: Range<usize>,
    /// Whether a quotation is open: somebody else speaks there.
    pub in_quotation: bool,
    /// Whether words before it in its block may mean a person the lexicon does not have.
    pub others_possible: bool,
}

/// The kinds of words that stand for a person named before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnaphorKind {
    /// 他 or 她.
    Pronoun(Gender),
    /// 该同志.
    Comrade,
    /// 张书记.
    Title,
}

/// The persons named in a block so far.
#[derive(Clone, Copy, Default)]
enum Named {
    #[default]
    Nobody,
    /// One person, last at this position.
    One(EntryIndex, usize),
    /// Several, or one whose identity is not certain.
    Several,
}

impl Named {
    fn with(self, position: usize, mention: &Mention) -> Self {
        match (self, mention.entry) {
            (Self::Nobody, Some(entry)) => Self::One(entry, position),
            (Self::One(one, _), Some(entry)) if one == entry => Self::One(one, position),
            _ => Self::Several,
        }
    }

    fn only(self) -> Option<usize> {
        if let Self::One(_, position) = self { Some(position) } else { None }
    }
}

/// The persons of each surname named in the draft so far, each with the last mention.
type BySurname = HashMap<SmolStr, Vec<(EntryIndex, usize)>>;

/// The references of a draft with what they mean, in order of place.
pub(super) fn resolve(analyzer: &Analyzer, draft: &Draft, analysis: &DraftAnalysis) -> Vec<Anaphor> {
    let (mut anaphora, mut surnames, mut next) = (Vec::new(), BySurname::new(), 0);
    let mut previous_block = Named::default();
    for (block, content) in analysis.blocks.iter().enumerate() {
        let (first, mut named) = (next, Named::default());
        let references = &content.references;
        for reference in &references.found {
            while let Some(mention) = mention_before(analysis, next, block, reference.content.start) {
                named = note(mention, next, named, &mut surnames);
                next += 1;
            }
            let others_possible = references.first_stranger.is_some_and(|end| end <= reference.content.start);
            let nearest = if matches!(named, Named::Nobody) { previous_block } else { named };
            let antecedent = match &reference.kind {
                ReferenceKind::Pronoun(_) if reference.in_quotation || others_possible => None,
                ReferenceKind::Pronoun(_) => named.only(),
                ReferenceKind::Comrade if others_possible => None,
                ReferenceKind::Comrade => nearest.only(),
                ReferenceKind::Title { surname, rank, role } => {
                    by_title(analyzer, analysis, surnames.get(surname).map_or(&[][..], Vec::as_slice), rank, role)
                }
            };
            anaphora.push(Anaphor {
                block,
                content: reference.content,
                span: draft.blocks[block].source_span(reference.content),
                kind: kind(reference),
                antecedent,
                earlier: first..next,
                in_quotation: reference.in_quotation,
                others_possible,
            });
        }
        while let Some(mention) = mention_before(analysis, next, block, usize::MAX) {
            named = note(mention, next, named, &mut surnames);
            next += 1;
        }
        previous_block = if references.first_stranger.is_some() { Named::Several } else { named };
    }
    anaphora
}

fn kind(reference: &Reference) -> AnaphorKind {
    match reference.kind {
        ReferenceKind::Pronoun(gender) => AnaphorKind::Pronoun(gender),
        ReferenceKind::Comrade => AnaphorKind::Comrade,
        ReferenceKind::Title { .. } => AnaphorKind::Title,
    }
}

fn mention_before(analysis: &DraftAnalysis, position: usize, block: usize, until: usize) -> Option<&Mention> {
    analysis.mentions.get(position).filter(|mention| mention.block == block && mention.content.start < until)
}

fn note(mention: &Mention, position: usize, named: Named, surnames: &mut BySurname) -> Named {
    if mention.kind != EntryKind::Person {
        return named;
    }
    if let (Some(entry), Some(surname)) = (mention.entry, mention.text.chars().next()) {
        let persons = surnames.entry(SmolStr::from_iter([surname])).or_default();
        match persons.iter_mut().find(|(person, _)| *person == entry) {
            Some((_, last)) => *last = position,
            None => persons.push((entry, position)),
        }
    }
    named.with(position, mention)
}

/// The one person of a surname who has, by the lexicon or as printed, a post of this role.
fn by_title(
    analyzer: &Analyzer,
    analysis: &DraftAnalysis,
    persons: &[(EntryIndex, usize)],
    rank: &str,
    role: &str,
) -> Option<usize> {
    let fits = |(person, last): &&(EntryIndex, usize)| {
        let held = analyzer.posts().of(*person).iter().flat_map(|posts| posts.iter());
        let mention = &analysis.mentions[*last];
        let printed = mention.posts.iter().chain(&mention.shared_posts).chain(&mention.changes).map(|post| &post.post);
        // A 副部长 is addressed as 部长 as well.
        held.chain(printed).any(|post| post.role == role && (rank.is_empty() || post.rank == rank))
    };
    let mut fitting = persons.iter().filter(fits);
    fitting.next().filter(|_| fitting.next().is_none()).map(|(_, last)| *last)
}
