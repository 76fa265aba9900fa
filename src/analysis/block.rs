//! One block alone: which surface forms stand in it for sure, and the posts beside the names.

use super::{
    Analyzer, PrintedPost,
    boundary::{self, Surroundings},
    post_reader::{PostReader, is_han},
    slogan::{ComponentRun, NearSlogan},
    vocabulary::VOCABULARY,
};
use crate::{
    lexicon::{EntryKind, FormMatch, FormRole, FormTarget},
    text::{BlockContent, BlockKind, Span},
};

/// What is known of one block without the rest of its draft. Spans are bytes in its content.
#[derive(Debug, Default)]
pub struct BlockAnalysis {
    /// The certain surface forms, in order of place, not overlapping.
    pub candidates: Vec<Candidate>,
    /// Strings that are one slip away from a formulation.
    pub near_slogans: Vec<NearSlogan>,
    /// All parts of a formulation side by side, in any order.
    pub component_runs: Vec<ComponentRun>,
}

/// A surface form that stands for something here.
#[derive(Debug)]
pub struct Candidate {
    /// Bytes in the block's content.
    pub span: Span,
    /// The kind of the targets.
    pub kind: EntryKind,
    /// What the form can stand for; empty for an annotated text that is no form.
    pub targets: Vec<FormTarget>,
    /// The posts printed beside a person's name.
    pub posts: Vec<PrintedPost>,
    /// The annotation around it, by its position in the block.
    pub annotation: Option<usize>,
    /// Whether the words before it say that the person is no official.
    pub other_person: bool,
}

/// Analyses one block.
pub(super) fn analyze(analyzer: &Analyzer, content: &BlockContent) -> BlockAnalysis {
    let text = content.text.as_str();
    let matches: Vec<FormMatch> = analyzer.lexicon().forms().matches(text);
    let mut candidates = annotated(analyzer, content, &matches);
    for found in longest_first(&matches) {
        if candidates.iter().any(|candidate: &Candidate| candidate.span.intersects(found.span)) {
            continue;
        }
        candidates.extend(decide(analyzer, content, &matches, found));
    }
    candidates.sort_by_key(|candidate| candidate.span);
    BlockAnalysis {
        near_slogans: analyzer.slogans.near(text, &candidates),
        component_runs: analyzer.slogans.component_runs(text, &matches),
        candidates,
    }
}

/// The texts the writer annotated; they stand whatever the context says.
fn annotated(analyzer: &Analyzer, content: &BlockContent, matches: &[FormMatch]) -> Vec<Candidate> {
    let lexicon = analyzer.lexicon();
    let candidate = |(index, annotation): (usize, &crate::text::BlockAnnotation)| {
        let targets: Vec<FormTarget> = matches
            .iter()
            .filter(|found| found.span == annotation.text)
            .flat_map(|found| found.targets.iter().copied())
            .collect();
        let entry = lexicon.find(&annotation.id).map(|index| lexicon.kind(index));
        let kind = entry.or_else(|| targets.first().map(|target| lexicon.kind(target.entry)))?;
        let posts =
            if kind == EntryKind::Person { posts_beside(analyzer, &content.text, annotation.text) } else { Vec::new() };
        Some(Candidate { span: annotation.text, kind, targets, posts, annotation: Some(index), other_person: false })
    };
    content.annotations.iter().enumerate().filter_map(candidate).collect()
}

/// The matches that can be mentions, longest first, then from left to right.
fn longest_first(matches: &[FormMatch]) -> Vec<&FormMatch> {
    let stands_alone = |target: &FormTarget| !matches!(target.role, FormRole::Component(_));
    let mut matches: Vec<&FormMatch> = matches.iter().filter(|found| found.targets.iter().any(stands_alone)).collect();
    matches.sort_by_key(|found| (std::cmp::Reverse(found.span.len()), found.span.start));
    matches
}

/// Decides whether a match is a mention, and of what kind.
fn decide(analyzer: &Analyzer, content: &BlockContent, matches: &[FormMatch], found: &FormMatch) -> Option<Candidate> {
    let lexicon = analyzer.lexicon();
    let text = content.text.as_str();
    let targets = &found.targets;
    let of_kind = |kind: EntryKind| -> Vec<FormTarget> {
        let wanted =
            |target: &&FormTarget| lexicon.kind(target.entry) == kind && !matches!(target.role, FormRole::Component(_));
        targets.iter().filter(wanted).copied().collect()
    };
    let kinds = [
        EntryKind::Person,
        EntryKind::Organization,
        EntryKind::Place,
        EntryKind::Slogan,
        EntryKind::Document,
        EntryKind::Term,
    ];
    kinds.into_iter().map(|kind| (kind, of_kind(kind))).filter(|(_, targets)| !targets.is_empty()).find_map(
        |(kind, targets)| {
            let posts = if kind == EntryKind::Person { posts_beside(analyzer, text, found.span) } else { Vec::new() };
            let certain = match kind {
                EntryKind::Person => {
                    boundary::person_is_certain(text, found.span, surroundings(analyzer, matches, found.span, &posts))
                }
                EntryKind::Place => place_is_certain(text, found.span, &targets),
                EntryKind::Organization => boundary::name_is_certain(text, found.span),
                _ => true,
            };
            let other_person =
                kind == EntryKind::Person && posts.is_empty() && names_another(analyzer, content, found.span, &targets);
            certain.then_some(Candidate { span: found.span, kind, targets, posts, annotation: None, other_person })
        },
    )
}

/// What stands around a name: posts, and names side by side as in a headline's roll-call.
fn surroundings(analyzer: &Analyzer, matches: &[FormMatch], name: Span, posts: &[PrintedPost]) -> Surroundings {
    let lexicon = analyzer.lexicon();
    let is_person =
        |found: &FormMatch| found.targets.iter().any(|target| lexicon.kind(target.entry) == EntryKind::Person);
    let beside = |touches: &dyn Fn(Span) -> bool| matches.iter().any(|found| touches(found.span) && is_person(found));
    Surroundings {
        post_before: posts.iter().any(|post| !post.after_name),
        post_after: posts.iter().any(|post| post.after_name),
        name_before: beside(&|other| other.end == name.start),
        name_after: beside(&|other| other.start == name.end),
    }
}

/// Whether the words before a name, or the byline it stands in, say that it is no official, while the
/// lexicon knows the name only as one.
fn names_another(analyzer: &Analyzer, content: &BlockContent, name: Span, targets: &[FormTarget]) -> bool {
    let officials = targets
        .iter()
        .all(|target| analyzer.lexicon().entry(target.entry).person().is_some_and(|person| !person.posts.is_empty()));
    let occupation = || {
        VOCABULARY.occupations.ending(content.text[..name.start].trim_end()).is_some()
            || VOCABULARY.occupations.beginning(&content.text[name.end..]).is_some()
    };
    officials && (content.kind == BlockKind::Byline || occupation())
}

fn posts_beside(analyzer: &Analyzer, text: &str, name: Span) -> Vec<PrintedPost> {
    let reader = PostReader { lexicon: analyzer.lexicon() };
    let mut posts = reader.read_before(text, name.start);
    posts.extend(reader.read_after(text, name.end));
    posts
}

/// A place's full name is mostly safe; a short form may be part of a proper name (吉林银行), of a person's
/// name (俞东平) or of another word.
fn place_is_certain(text: &str, span: Span, targets: &[FormTarget]) -> bool {
    if begins_office(text, span.end) || is_cut(text, span) {
        return false;
    }
    let is_name = targets.iter().any(|target| target.role == FormRole::Name);
    let in_other_name = !is_name && (begins_institution(text, span) || follows_surname(text, span));
    !in_other_name && boundary::name_is_certain(text, span)
}

/// Whether the last character of a place's name begins another word: 成都市｜容.
fn is_cut(text: &str, span: Span) -> bool {
    let last = span.slice(text).char_indices().next_back().map_or(span.start, |(at, _)| span.start + at);
    VOCABULARY.split_suffixes.beginning(&text[last..]).is_some()
}

/// Whether a surname stands alone before a two-character form: it is then a given name.
fn follows_surname(text: &str, span: Span) -> bool {
    let head = &text[..span.start];
    let Some((length, ())) = VOCABULARY.surnames.ending(head) else { return false };
    let before = &head[..head.len() - length];
    let alone =
        before.chars().next_back().is_none_or(|c| !is_han(c)) || VOCABULARY.occupations.ending(before).is_some();
    alone && span.slice(text).chars().count() == 2
}

/// Whether the name of an office follows, which makes one name of it all: 北京市委, 北京市政府.
fn begins_office(text: &str, end: usize) -> bool {
    let tail = &text[end..];
    let committee = tail
        .strip_prefix('委')
        .is_some_and(|rest| !rest.starts_with(['托', '派', '任', '以', '员']) || rest.starts_with("员会"));
    committee || VOCABULARY.bodies.beginning(tail).is_some()
}

/// Whether within the next eight characters a noun follows that makes a proper name of it all.
fn begins_institution(text: &str, span: Span) -> bool {
    let tail = &text[span.end..];
    let connective = |c: char| !is_han(c) || "的在和与及是有到了将等".contains(c);
    let length = tail
        .char_indices()
        .take(9)
        .find(|(_, c)| connective(*c))
        .map_or_else(|| tail.char_indices().nth(9).map_or(tail.len(), |(at, _)| at), |(at, _)| at);
    let word = &tail[..length];
    let mut ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.any(|end| VOCABULARY.institutions.ending(&word[..end]).is_some_and(|(length, ())| length <= end))
}
