//! Places of a block where a name should stand, and none of the lexicon does: right behind a post, and
//! beside a known name in a list.

use smallvec::SmallVec;

use super::{
    Analyzer, PrintedPost,
    block::Candidate,
    boundary,
    likeness::Likeness,
    name_index::NearPerson,
    post_reader::{PostReader, is_han},
    sign::Sign,
    vocabulary::VOCABULARY,
};
use crate::{
    lexicon::{EntryKind, FormTarget},
    text::Span,
};

/// A place where a name unknown to the lexicon stands.
#[derive(Clone, Debug)]
pub struct UnknownName {
    /// The posts or the occupation before it; empty in a list. Bytes in the block's content.
    pub introduction: Span,
    /// The posts before it, in the order of the text.
    pub posts: Vec<PrintedPost>,
    /// Whether a known person's name stands beside it in a list.
    pub in_list: bool,
    /// The name, if it is clear how far it goes; bytes in the block's content.
    pub name: Option<Span>,
    /// Strings that may be the name, each with persons whose names are one slip away; never empty strings.
    pub near: Vec<NearName>,
}

/// A string that may be a misspelt name.
#[derive(Clone, Debug)]
pub struct NearName {
    /// Bytes in the block's content.
    pub span: Span,
    /// The persons it may be meant for.
    pub persons: Vec<NearPerson>,
}

/// Finds the unknown names of a block. `candidates` are its certain surface forms in order of place.
pub(super) fn find(
    analyzer: &Analyzer,
    reader: &PostReader<'_>,
    text: &str,
    signs: &[Sign],
    candidates: &[Candidate],
) -> Vec<UnknownName> {
    let finder = Finder { analyzer, reader, text, signs, candidates };
    let mut found = finder.behind_posts();
    found.extend(finder.doubled());
    found.extend(finder.behind_occupations());
    found.extend(finder.beside_names());
    found.sort_by_key(|unknown| (unknown.first_byte(), unknown.in_list));
    // 省委书记甲、乙: what stands both behind a post and in a list is looked at as behind the post.
    found.dedup_by_key(|unknown| unknown.first_byte());
    found
}

impl UnknownName {
    /// Where the first string begins that may be the name.
    fn first_byte(&self) -> usize {
        let near = self.near.iter().map(|near| near.span.start).min();
        near.or(self.name.map(|name| name.start)).unwrap_or_default()
    }
}

struct Finder<'a> {
    analyzer: &'a Analyzer,
    reader: &'a PostReader<'a>,
    text: &'a str,
    signs: &'a [Sign],
    candidates: &'a [Candidate],
}

impl Finder<'_> {
    fn behind_posts(&self) -> Vec<UnknownName> {
        let ends = self.signs.iter().filter(|last| last.is(Sign::ROLE)).map(|last| last.end());
        ends.filter(|end| self.text[*end..].starts_with(is_han) && !self.begins_candidate(*end))
            .filter_map(|end| self.behind_post(end))
            .collect()
    }

    fn behind_post(&self, start: usize) -> Option<UnknownName> {
        VOCABULARY.roles.ending(&self.text[..start])?;
        let mut near = self.near_from(start);
        near.extend(self.near_run_on(start));
        let name = self.name_from(start);
        if name.is_none() && near.is_empty() {
            return None;
        }
        let posts = self.reader.read_before(self.text, start);
        let introduction = Span::new(posts.first().map_or(start, PrintedPost::start), start);
        Some(UnknownName { introduction, posts, in_list: false, name, near })
    }

    /// Names of three or more characters behind a post or in a list whose last character is printed twice:
    /// 胡家福福来到, 胡家福福、高远山.
    fn doubled(&self) -> Vec<UnknownName> {
        let persons = self.candidates.iter().filter(|candidate| candidate.kind == EntryKind::Person);
        let doubled = persons.filter_map(|person| {
            let name = person.span.slice(self.text);
            let last = name.chars().next_back().filter(|_| name.chars().count() > 2)?;
            let span = Span::new(person.span.start, person.span.end + last.len_utf8());
            if !self.text[person.span.end..].starts_with(last) || !boundary::ends_surely(self.text, span) {
                return None;
            }
            let posts: Vec<PrintedPost> = person.posts.iter().filter(|post| !post.after_name).cloned().collect();
            let in_list = posts.is_empty();
            let first = posts.first().map_or(span.start, PrintedPost::start);
            let joined = self.text[span.end..].starts_with('、') || self.text[..span.start].ends_with('、');
            if in_list && !joined {
                return None;
            }
            let persons = self.analyzer.name_index().near(&span.slice(self.text).chars().collect::<Vec<_>>());
            let near = vec![NearName { span, persons }];
            let introduction = Span::new(first, span.start);
            Some(UnknownName { introduction, posts, in_list, name: None, near })
        });
        doubled.collect()
    }

    fn behind_occupations(&self) -> Vec<UnknownName> {
        let ends = self.signs.iter().filter(|last| last.is(Sign::OCCUPATION)).map(|last| last.end());
        let surnames = ends.filter(|at| VOCABULARY.surnames.beginning(&self.text[*at..]).is_some());
        surnames
            .filter(|at| !self.begins_candidate(*at))
            .filter_map(|at| {
                let introduction = occupation_before(self.text, at)?;
                let name = Some(self.name_from(at)?);
                Some(UnknownName { introduction, posts: Vec::new(), in_list: false, name, near: Vec::new() })
            })
            .collect()
    }

    fn beside_names(&self) -> Vec<UnknownName> {
        let persons = self.candidates.iter().filter(|candidate| candidate.kind == EntryKind::Person);
        persons.flat_map(|person| [self.before_name(person), self.after_name(person)]).flatten().collect()
    }

    fn after_name(&self, person: &Candidate) -> Option<UnknownName> {
        let rest = &self.text[person.span.end..];
        let joint = rest.chars().next().filter(|c| matches!(c, '、' | '和' | '与'))?;
        let start = person.span.end + joint.len_utf8();
        if self.begins_candidate(start) {
            return None;
        }
        let near = self.near_from(start);
        (!near.is_empty()).then(|| listed(start, self.name_from(start), near))
    }

    fn before_name(&self, person: &Candidate) -> Option<UnknownName> {
        let posts = person.posts.iter().filter(|post| !post.after_name).map(PrintedPost::start);
        let start = posts.min().unwrap_or(person.span.start);
        let end = self.text[..start].strip_suffix(['、', '和', '与'])?.len();
        let near: Vec<NearName> = self
            .windows_before(end)
            .filter(|span| self.may_be_near(*span) && boundary::begins_surely(self.text, span.start))
            .filter_map(|span| self.near_name(span))
            .collect();
        (!near.is_empty()).then(|| listed(end, None, near))
    }

    /// The strings from `start` on that may be a misspelt name.
    fn near_from(&self, start: usize) -> Vec<NearName> {
        let run = self.text[start..].char_indices().take(self.analyzer.name_index().longest + 1);
        let run = run.take_while(|(_, c)| is_name_character(*c));
        let ends = run.skip(1).map(|(at, c)| start + at + c.len_utf8());
        ends.map(|end| Span::new(start, end))
            .filter(|span| self.may_be_near(*span) && boundary::ends_surely(self.text, *span))
            .filter_map(|span| self.near_name(span))
            .collect()
    }

    /// The three characters behind a post, a surname and a full given name, as a name that sounds or looks
    /// like a known one and runs on into a character that may be a verb: 高原山作报告.
    fn near_run_on(&self, start: usize) -> Option<NearName> {
        const SURNAME: usize = '高'.len_utf8();
        let (surname, ()) = VOCABULARY.surnames.beginning(&self.text[start..])?;
        let given = self.text[start + surname..].char_indices().take(2).take_while(|(_, c)| is_han(*c));
        let (at, last) = given.skip(1).last()?;
        let span = Span::new(start, start + surname + at + last.len_utf8());
        if surname != SURNAME || !self.may_be_near(span) || !boundary::may_end(self.text, span) {
            return None;
        }
        let mut near = self.near_name(span)?;
        near.persons.retain(|person| person.likeness == Likeness::Alike);
        (!near.persons.is_empty()).then_some(near)
    }

    fn windows_before(&self, end: usize) -> impl Iterator<Item = Span> + '_ {
        let run = self.text[..end].char_indices().rev().take(self.analyzer.name_index().longest + 1);
        run.take_while(|(_, c)| is_name_character(*c)).skip(1).map(move |(at, _)| Span::new(at, end))
    }

    /// The string as a misspelt name, unless it is a name itself or part of what is known to stand here.
    fn near_name(&self, span: Span) -> Option<NearName> {
        let written = span.slice(self.text);
        if self.is_person(written) || self.candidates.iter().any(|candidate| candidate.span.intersects(span)) {
            return None;
        }
        let persons = self.analyzer.name_index().near(&written.chars().collect::<Vec<_>>());
        (!persons.is_empty()).then_some(NearName { span, persons })
    }

    /// Whether the string may be a misspelt name at all.
    fn may_be_near(&self, span: Span) -> bool {
        let characters: SmallVec<[char; 8]> = span.slice(self.text).chars().collect();
        self.analyzer.name_index().may_have_near(&characters)
    }

    fn is_person(&self, written: &str) -> bool {
        let lexicon = self.analyzer.lexicon();
        let is_person = |target: &FormTarget| lexicon.kind(target.entry) == EntryKind::Person;
        lexicon.forms().find(written).iter().any(is_person)
    }

    /// The name of two or three characters from `start` on, if a surname begins it and its end is sure.
    fn name_from(&self, start: usize) -> Option<Span> {
        let span = name_at(self.text, start, |given, end| match given {
            1 => boundary::is_closed(self.text, end),
            _ => boundary::ends_name(self.text, end),
        })?;
        let name = span.slice(self.text);
        // 任老师 is a form of address, and no whole name.
        let given = name.chars().next().map_or("", |surname| &name[surname.len_utf8()..]);
        let is_name = !self.is_person(name)
            && !VOCABULARY.words_like_names.contains(name)
            && !VOCABULARY.occupations.contains(given);
        is_name.then_some(span)
    }

    fn begins_candidate(&self, start: usize) -> bool {
        self.candidates.binary_search_by_key(&start, |candidate| candidate.span.start).is_ok()
    }
}

/// A surname at `start` with one or two characters behind it, of which `ends` says whether a name of so many
/// given characters may end there.
pub(super) fn name_at(text: &str, start: usize, ends: impl Fn(usize, usize) -> bool) -> Option<Span> {
    let rest = &text[start..];
    let (surname, ()) = VOCABULARY.surnames.beginning(rest)?;
    let given = rest[surname..].char_indices().take(2).take_while(|(_, c)| is_han(*c));
    let mut given = given.map(|(at, c)| start + surname + at + c.len_utf8()).zip(1..);
    given.find(|(end, given)| ends(*given, *end)).map(|(end, _)| Span::new(start, end))
}

/// A name in a list, without posts of its own.
fn listed(at: usize, name: Option<Span>, near: Vec<NearName>) -> UnknownName {
    UnknownName { introduction: Span::empty(at), posts: Vec::new(), in_list: true, name, near }
}

/// The word before `at` that says what somebody does who is no official: 村民, 记者.
pub fn occupation_before(text: &str, at: usize) -> Option<Span> {
    VOCABULARY.occupations.ending(&text[..at]).map(|(length, ())| Span::new(at - length, at))
}

/// Whether `after`, the words behind a name, begin with what somebody does who is no official: 老师, 同学.
pub fn begins_with_occupation(after: &str) -> bool {
    VOCABULARY.occupations.beginning(after).is_some()
}

fn is_name_character(c: char) -> bool {
    is_han(c) || matches!(c, '·' | '•')
}
