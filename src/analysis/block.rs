//! One block alone: which surface forms stand in it for sure, and the posts beside the names.

use std::sync::OnceLock;

use super::{
    Analyzer, PrintedPost, appointment,
    block_edges::{Edges, Taken},
    boundary::{self, Surroundings},
    mark::{self, MarkReading},
    place_boundary::{self, Beside, PlaceForm},
    post_reader::PostReader,
    reference::{self, References},
    roll_call,
    scan::scan,
    slogan::{self, ComponentRun, NearSlogan},
    spaced_name,
    unknown_name::{self, UnknownName},
    vocabulary::VOCABULARY,
};
use crate::{
    lexicon::{EntryKind, FormMatch, FormRole, FormTarget, Lexicon, Targets, entry::Level},
    text::{BlockAnnotation, BlockContent, BlockKind, Span},
};

/// What is known of one block without the rest of its draft. Spans are bytes in its content.
#[derive(Debug, Default)]
pub struct BlockAnalysis {
    /// The certain surface forms, in order of place, not overlapping.
    pub candidates: Vec<Candidate>,
    /// Persons' names that begin for sure, but may go on with the single character behind them. Not mentions
    /// by themselves; see [`evidence`](super::evidence).
    pub doubtful: Vec<Candidate>,
    /// Strings that are one slip away from a formulation.
    pub near_slogans: Vec<NearSlogan>,
    /// All parts of a formulation side by side, in any order.
    pub component_runs: Vec<ComponentRun>,
    /// Names that the lexicon does not know, behind posts and beside known names.
    pub unknown_names: Vec<UnknownName>,
    /// The words that stand for a person named before.
    pub references: References,
    /// The paired marks, read when they are first asked for.
    marks: OnceLock<MarkReading>,
}

impl BlockAnalysis {
    /// The paired marks of the block, whose content's text is `text`.
    pub fn marks(&self, text: &str) -> &MarkReading {
        self.marks.get_or_init(|| mark::read(text))
    }
}

/// A surface form that stands for something here.
#[derive(Debug)]
pub struct Candidate {
    /// Bytes in the block's content.
    pub span: Span,
    /// The kind of the targets.
    pub kind: EntryKind,
    /// What the form can stand for; empty for an annotated text that is no form.
    pub targets: Targets,
    /// The posts printed beside a person's name.
    pub posts: Vec<PrintedPost>,
    /// The posts printed before an earlier name of the list that hold for this one as well.
    pub shared_posts: Vec<PrintedPost>,
    /// The posts that a verb says are taken, left or planned.
    pub changes: Vec<PrintedPost>,
    /// The annotation around it, by its position in the block.
    pub annotation: Option<usize>,
    /// Whether the words before it say that the person is no official.
    pub other_person: bool,
}

/// Analyses one block.
pub(super) fn analyze(analyzer: &Analyzer, content: &BlockContent) -> BlockAnalysis {
    let text = content.text.as_str();
    let (forms, slogans) = (analyzer.lexicon().forms(), &analyzer.slogans);
    let (mut matches, mut claims) = (Vec::new(), Vec::new());
    let signs = scan(
        text,
        forms.filter(),
        slogans.pieces(),
        |start| forms.matches_at(text, start, &mut matches),
        |start| slogans.claims_at(text, start, &mut claims),
    );
    let reader = BlockReader::new(analyzer, content, &matches);
    let mut taken = Taken::new(text);
    let (mut candidates, mut doubtful) = (reader.annotated(&matches), Vec::new());
    candidates.iter().for_each(|candidate| taken.insert(candidate.span));
    for (span, targets) in spaced_name::find(analyzer.lexicon(), text, &signs) {
        if !taken.intersects(span)
            && let Some(candidate) = reader.decide_kind(EntryKind::Person, targets, span)
        {
            taken.insert(span);
            candidates.push(candidate);
        }
    }
    for found in longest_first(&matches) {
        if taken.intersects(found.span) {
            continue;
        }
        match reader.decide(found) {
            Some(candidate) => {
                taken.insert(candidate.span);
                candidates.push(candidate);
            }
            None => doubtful.extend(reader.doubtful(found)),
        }
    }
    doubtful.retain(|candidate: &Candidate| !taken.intersects(candidate.span));
    candidates.sort_by_key(|candidate| candidate.span);
    share_posts(text, &mut candidates);
    let marks = OnceLock::new();
    BlockAnalysis {
        references: reference::find(text, &signs, &candidates, || marks.get_or_init(|| mark::read(text))),
        near_slogans: slogan::near(claims, &candidates),
        component_runs: slogans.component_runs(text, &matches),
        unknown_names: match content.kind {
            BlockKind::Byline => Vec::new(),
            _ => unknown_name::find(analyzer, &reader.posts, text, &signs, &candidates),
        },
        candidates,
        doubtful,
        marks,
    }
}

/// Gives the posts before a name to the names that follow it in a list without a post of their own:
/// 副省长甲、乙、丙. A post that one person holds at a time is not shared.
fn share_posts(text: &str, candidates: &mut [Candidate]) {
    let mut shared: Option<(usize, Vec<PrintedPost>)> = None;
    for candidate in candidates.iter_mut().filter(|candidate| candidate.kind == EntryKind::Person) {
        let own = !candidate.posts.is_empty() || !candidate.changes.is_empty();
        let posts = match shared.take() {
            Some((end, posts)) if !own && are_names(text, Span::new(end, candidate.span.start)) => {
                candidate.shared_posts = posts.clone();
                posts
            }
            _ => candidate.posts.iter().filter(|post| !post.after_name).cloned().collect(),
        };
        let held_by_many = !posts.is_empty() && posts.iter().all(|post| !post.post.is_single_holder());
        shared = held_by_many.then_some((candidate.span.end, posts));
    }
}

/// Whether nothing but names the lexicon does not have stands in a gap of a list, no post among them.
fn are_names(text: &str, gap: Span) -> bool {
    let is_short = |name: &str| name.chars().count() <= 3;
    roll_call::continues(text, gap.start, gap.end) && gap.slice(text).split('、').all(is_short)
}

/// Whether a target is a province or prefecture.
pub(super) fn is_large(lexicon: &Lexicon, target: &FormTarget) -> bool {
    let level = lexicon.entry(target.entry).place().map(|place| place.level);
    matches!(level, Some(Level::Province | Level::Prefecture))
}

/// The matches that can be mentions, longest first, then from left to right.
fn longest_first(matches: &[FormMatch]) -> Vec<&FormMatch> {
    let mut matches: Vec<&FormMatch> = matches.iter().filter(|found| found.targets.iter().any(stands_alone)).collect();
    matches.sort_by_key(|found| (std::cmp::Reverse(found.span.len()), found.span.start));
    matches
}

fn stands_alone(target: &FormTarget) -> bool {
    !matches!(target.role, FormRole::Component(_))
}

/// A block with what its decisions need.
struct BlockReader<'a> {
    analyzer: &'a Analyzer,
    content: &'a BlockContent,
    posts: PostReader<'a>,
    edges: Edges,
}

impl<'a> BlockReader<'a> {
    fn new(analyzer: &'a Analyzer, content: &'a BlockContent, matches: &'a [FormMatch]) -> Self {
        let posts = PostReader::new(analyzer.lexicon(), matches);
        Self { analyzer, content, posts, edges: Edges::of(analyzer.lexicon(), content.text.len(), matches) }
    }

    fn lexicon(&self) -> &'a Lexicon {
        self.analyzer.lexicon()
    }

    fn text(&self) -> &'a str {
        self.content.text.as_str()
    }

    /// The texts the writer annotated; they stand whatever the context says.
    fn annotated(&self, matches: &[FormMatch]) -> Vec<Candidate> {
        let annotations = self.content.annotations.iter().enumerate();
        annotations.filter_map(|(index, annotation)| self.annotated_candidate(index, annotation, matches)).collect()
    }

    fn annotated_candidate(
        &self,
        index: usize,
        annotation: &BlockAnnotation,
        matches: &[FormMatch],
    ) -> Option<Candidate> {
        let span = annotation.text;
        let same = matches.binary_search_by_key(&span, |found| found.span).ok();
        let targets: Targets = same.map(|at| matches[at].targets.clone()).unwrap_or_default();
        let entry = self.lexicon().find(&annotation.id).map(|index| self.lexicon().kind(index));
        let kind = entry.or_else(|| targets.first().map(|target| self.lexicon().kind(target.entry)))?;
        let is_person = kind == EntryKind::Person;
        let posts = if is_person { self.posts_beside(span) } else { Vec::new() };
        let changes = if is_person { self.changes(span) } else { Vec::new() };
        let shared_posts = Vec::new();
        Some(Candidate {
            span,
            kind,
            targets,
            posts,
            shared_posts,
            changes,
            annotation: Some(index),
            other_person: false,
        })
    }

    /// Decides whether a match is a mention, and of what kind.
    fn decide(&self, found: &FormMatch) -> Option<Candidate> {
        let of_kind = |kind: EntryKind| -> Targets {
            let wanted = |target: &&FormTarget| self.lexicon().kind(target.entry) == kind && stands_alone(target);
            found.targets.iter().filter(wanted).copied().collect()
        };
        let mentioned = EntryKind::MENTIONED.into_iter().map(|kind| (kind, of_kind(kind)));
        mentioned
            .filter(|(_, targets)| !targets.is_empty())
            .find_map(|(kind, targets)| self.decide_kind(kind, targets, found.span))
    }

    /// The match as a person's name that may go on with the next character, unless a longer name would end
    /// clearly there: 刘伟琰出席. Without posts, since it proves nothing of them.
    fn doubtful(&self, found: &FormMatch) -> Option<Candidate> {
        let is_name = |target: &&FormTarget| {
            target.role == FormRole::Name && self.lexicon().kind(target.entry) == EntryKind::Person
        };
        let targets: Targets = found.targets.iter().filter(is_name).copied().collect();
        let next = self.text()[found.span.end..].chars().next().map_or(0, char::len_utf8);
        let may_be_name = !targets.is_empty()
            && boundary::begins_surely(self.text(), found.span.start)
            && boundary::may_end(self.text(), found.span)
            && !boundary::ends_name(self.text(), found.span.end + next);
        may_be_name.then(|| Candidate {
            span: found.span,
            kind: EntryKind::Person,
            targets,
            posts: Vec::new(),
            shared_posts: Vec::new(),
            changes: Vec::new(),
            annotation: None,
            other_person: false,
        })
    }

    fn decide_kind(&self, kind: EntryKind, targets: Targets, span: Span) -> Option<Candidate> {
        let is_person = kind == EntryKind::Person;
        let posts = if is_person { self.posts_beside(span) } else { Vec::new() };
        let certain = match kind {
            EntryKind::Person => boundary::person_is_certain(self.text(), span, self.surroundings(span, &posts)),
            EntryKind::Place => {
                place_boundary::is_certain(self.text(), span, self.place_form(&targets), self.beside(span))
            }
            EntryKind::Organization => boundary::name_is_certain(self.text(), span),
            _ => true,
        };
        let other_person = is_person && posts.is_empty() && self.names_another(span, &targets);
        let changes = if is_person && certain { self.changes(span) } else { Vec::new() };
        let shared_posts = Vec::new();
        certain.then_some(Candidate {
            span,
            kind,
            targets,
            posts,
            shared_posts,
            changes,
            annotation: None,
            other_person,
        })
    }

    /// What stands around a name: posts, and names side by side as in a headline's roll-call.
    fn surroundings(&self, name: Span, posts: &[PrintedPost]) -> Surroundings {
        Surroundings {
            post_before: posts.iter().any(|post| !post.after_name),
            post_after: posts.iter().any(|post| post.after_name),
            name_before: self.edges.has(name.start, Edges::NAME_END),
            name_after: self.edges.has(name.end, Edges::NAME_START),
        }
    }

    /// What the form of a place says by itself.
    fn place_form(&self, targets: &[FormTarget]) -> PlaceForm {
        if targets.iter().any(|target| target.role == FormRole::Name) {
            PlaceForm::Full
        } else if targets.iter().any(|target| is_large(self.lexicon(), target)) {
            PlaceForm::Short
        } else {
            PlaceForm::SmallShort
        }
    }

    fn beside(&self, place: Span) -> Beside {
        Beside {
            place_before: self.edges.has(place.start, Edges::PLACE_END),
            place_after: self.edges.has(place.end, Edges::PLACE_START),
            any_place_after: self.edges.has(place.end, Edges::ANY_PLACE_START),
            is_listed: self.is_listed(place),
        }
    }

    /// Whether only a mark of a list, or an opening parenthesis behind another place, is between two places.
    fn is_listed(&self, place: Span) -> bool {
        let (before, after) = (&self.text()[..place.start], &self.text()[place.end..]);
        let separated = before.strip_suffix(['、', '（']).map(str::len);
        let behind = after.strip_prefix('、').map(|rest| self.text().len() - rest.len());
        separated.is_some_and(|end| self.edges.has(end, Edges::ANY_PLACE_END))
            || behind.is_some_and(|start| self.edges.has(start, Edges::ANY_PLACE_START))
    }

    /// Whether the words beside a name, or the byline it stands in, say that it is no official, while the
    /// lexicon knows the name only as one.
    fn names_another(&self, name: Span, targets: &[FormTarget]) -> bool {
        let has_posts = |target: &FormTarget| {
            self.lexicon().entry(target.entry).person().is_some_and(|person| !person.posts.is_empty())
        };
        let (before, after) = (self.text()[..name.start].trim_end(), &self.text()[name.end..]);
        let occupation =
            || VOCABULARY.occupations.ending(before).is_some() || VOCABULARY.occupations.beginning(after).is_some();
        targets.iter().all(has_posts) && (self.content.kind == BlockKind::Byline || occupation())
    }

    fn changes(&self, name: Span) -> Vec<PrintedPost> {
        appointment::read(&self.posts, self.text(), name)
    }

    fn posts_beside(&self, name: Span) -> Vec<PrintedPost> {
        let mut posts = self.posts.read_before(self.text(), name.start);
        posts.extend(self.posts.read_after(self.text(), name.end));
        posts
    }
}
