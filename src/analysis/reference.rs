//! References inside one block: 他, 她, 该同志, and a surname with a post (张书记).

use smol_str::SmolStr;

use super::{
    block::Candidate,
    mark::MarkReading,
    post_reader::is_han,
    quotation,
    sign::Sign,
    unknown_name::name_at,
    vocabulary::{Role, VOCABULARY},
};
use crate::{
    lexicon::{EntryKind, entry::Gender},
    text::Span,
};

/// A word that stands for a person named before.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// Bytes in the block's content.
    pub content: Span,
    /// What kind of word it is.
    pub kind: ReferenceKind,
    /// Whether a quotation is open where it stands.
    pub in_quotation: bool,
}

/// The kinds of words that stand for a person named before.
#[derive(Clone, Debug, PartialEq)]
pub enum ReferenceKind {
    /// 他 or 她.
    Pronoun(Gender),
    /// 该同志.
    Comrade,
    /// 张书记.
    Title {
        /// The surname.
        surname: SmolStr,
        /// The rank before the role: empty, 副.
        rank: &'static str,
        /// The normal form of the role.
        role: &'static str,
    },
}

/// The references of a block.
#[derive(Debug, Default)]
pub struct References {
    /// In order of place.
    pub found: Vec<Reference>,
    /// Where the first sign ends that a person is meant whom the lexicon does not have.
    pub first_stranger: Option<usize>,
}

/// The characters with which references end.
pub(super) const LAST_CHARACTERS: [&str; 13] =
    ["他", "她", "志", "记", "长", "任", "席", "员", "理", "委", "裁", "辑", "师"];

/// Finds the references of a block whose mentions are `candidates`, in order of place. `marks` gives its paired marks.
pub(super) fn find<'m>(
    text: &str,
    signs: &[Sign],
    candidates: &[Candidate],
    marks: impl FnOnce() -> &'m MarkReading,
) -> References {
    let is_free = |span: Span| {
        let at = candidates.partition_point(|candidate| candidate.span.end <= span.start);
        candidates.get(at).is_none_or(|candidate| candidate.span.start >= span.end)
    };
    let mut found: Vec<Reference> = signs
        .iter()
        .filter(|last| last.is(Sign::REFERENCE))
        .filter_map(|last| reference_at(text, last.start, last.character))
        .filter(|(span, _)| is_free(*span))
        .map(|(content, kind)| Reference { content, kind, in_quotation: false })
        .collect();
    let Some(last) = found.last().map(|reference| reference.content.start) else { return References::default() };
    let quotations = quotation::quotations(marks());
    for reference in &mut found {
        let until = quotations.partition_point(|quotation| quotation.start <= reference.content.start);
        // Quotations within one another are few; the nearest ones decide.
        reference.in_quotation =
            quotations[..until].iter().rev().take(4).any(|quotation| quotation.covers(reference.content));
    }
    References { found, first_stranger: first_stranger(&text[..last], signs, candidates) }
}

/// The reference whose last character (a title) or only character (a pronoun) stands at `at`.
fn reference_at(text: &str, at: usize, last: char) -> Option<(Span, ReferenceKind)> {
    let span = Span::new(at, at + last.len_utf8());
    match last {
        '他' | '她' if is_pronoun(&text[..at], &text[span.end..]) => {
            let gender = if last == '他' { Gender::Male } else { Gender::Female };
            Some((span, ReferenceKind::Pronoun(gender)))
        }
        '他' | '她' => None,
        '志' => {
            let whole = Span::new(span.end.checked_sub("该同志".len())?, span.end);
            text[..span.end].ends_with("该同志").then_some((whole, ReferenceKind::Comrade))
        }
        _ => title_ending(text, span.end),
    }
}

/// Whether 他 or 她 stands for one person: not 他们, 其他, 他人, 吉他, 他（她）.
fn is_pronoun(before: &str, after: &str) -> bool {
    let part_of_word = ['其', '吉', '排', '利', '维', '自', '耳', '无', '别', '／', '/', '（', '('];
    let plural = ['们', '人', '日', '乡', '国', '山', '杀', '律', '处', '方', '她', '他', '（', '(', '/', '／'];
    !before.ends_with(part_of_word) && !after.starts_with(plural)
}

fn title_ending(text: &str, end: usize) -> Option<(Span, ReferenceKind)> {
    let vocabulary = &*VOCABULARY;
    if !is_closed_after(&text[end..]) {
        return None;
    }
    let (length, Role { name: role, .. }) = vocabulary.roles.ending(&text[..end])?;
    let role_start = end - length;
    let rank = vocabulary.ranks.ending(&text[..role_start]);
    let rank_start = role_start - rank.map_or(0, |(length, _)| length);
    let (length, ()) = vocabulary.surnames.ending(&text[..rank_start])?;
    let start = rank_start - length;
    let head = &text[..start];
    let closed = head.chars().next_back().is_none_or(|c| !is_han(c)) || vocabulary.before_names.ending(head).is_some();
    let kind =
        ReferenceKind::Title { surname: text[start..rank_start].into(), rank: rank.map_or("", |(_, rank)| rank), role };
    closed.then_some((Span::new(start, end), kind))
}

fn is_closed_after(tail: &str) -> bool {
    tail.chars().next().is_none_or(|c| !is_han(c)) || VOCABULARY.after_names.beginning(tail).is_some()
}

/// Where the first sign of a person ends whom the lexicon does not have: a noun for one (村民, 母亲), or a
/// surname with one or two characters behind a post, or at the start of a clause before a verb.
fn first_stranger(text: &str, signs: &[Sign], candidates: &[Candidate]) -> Option<usize> {
    let is_known = |at: usize| {
        let index = candidates.partition_point(|candidate| candidate.span.end <= at);
        candidates.get(index).is_some_and(|candidate| candidate.span.start <= at && candidate.kind == EntryKind::Person)
    };
    let noun = VOCABULARY.persons_unnamed.first_end(text);
    let clauses = super::clause::clauses(text).map(|clause| clause.start);
    let last = |sign: &&Sign| matches!(sign.character, '记' | '长' | '任' | '席' | '员' | '理' | '委');
    let ends = signs.iter().filter(last).map(|sign| sign.end()).take_while(|end| *end <= text.len());
    let after_roles = ends.filter(|end| VOCABULARY.roles.ending(&text[..*end]).is_some());
    let unnamed = |mut starts: Box<dyn Iterator<Item = usize> + '_>| {
        starts.find(|start| !is_known(*start) && begins_name(text, *start))
    };
    let stranger = unnamed(Box::new(clauses)).into_iter().chain(unnamed(Box::new(after_roles))).min();
    noun.into_iter().chain(stranger).min()
}

/// Whether a name may stand at `start`: one that a mark follows or a word that follows names. 车票37张 is
/// none, for no name runs into a number.
fn begins_name(text: &str, start: usize) -> bool {
    let ends = |_, end: usize| match text[end..].chars().next() {
        Some(next) if is_han(next) => VOCABULARY.after_names.beginning(&text[end..]).is_some(),
        next => next.is_none_or(|next| !next.is_alphanumeric()),
    };
    name_at(text, start, ends).is_some()
}
