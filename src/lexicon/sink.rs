//! Collecting the faults of one file while reading goes on.

use std::{
    cell::{Cell, RefCell},
    path::Path,
};

use super::problem::{FileEdit, Problem, ProblemCode};
use crate::{lang::Message, text::Span};

/// Collects the problems of one file.
pub(crate) struct Sink<'a> {
    path: &'a Path,
    text: &'a str,
    /// The byte and the line of the last problem: the next one mostly follows, and a long table may have
    /// one in every row.
    counted: Cell<(usize, usize)>,
    problems: RefCell<Vec<Problem>>,
}

impl<'a> Sink<'a> {
    /// A sink for the file at `path` with the content `text`.
    pub(crate) fn new(path: &'a Path, text: &'a str) -> Self {
        Self { path, text, counted: Cell::new((0, 1)), problems: RefCell::default() }
    }

    /// The path and the content of the file.
    pub(crate) fn source(&self) -> (&'a Path, &'a str) {
        (self.path, self.text)
    }

    /// Adds the problems of a part.
    pub(crate) fn take(&self, part: Self) {
        self.problems.borrow_mut().extend(part.problems.into_inner());
    }

    /// Notes a problem at `span`.
    pub(crate) fn report(&self, code: ProblemCode, span: Span, zh: &str, en: &str) {
        let line = self.line(span.start.min(self.text.len()));
        let message = Message::new(zh, en);
        self.problems.borrow_mut().push(Problem::new(code, self.path, span, line, message));
    }

    /// The line of a byte, from 1.
    fn line(&self, at: usize) -> usize {
        let (counted, line) = self.counted.get();
        let (from, line) = if counted <= at { (counted, line) } else { (0, 1) };
        let line = line + memchr::memchr_iter(b'\n', &self.text.as_bytes()[from..at]).count();
        self.counted.set((at, line));
        line
    }

    /// Notes a key the format does not have, with the nearest one it has.
    pub(crate) fn unknown_key<'k>(&self, span: Span, key: &str, known: impl Iterator<Item = &'k str>) {
        self.unknown(ProblemCode::UnknownKey, span, key, known);
    }

    /// As [`Sink::unknown_key`], as a problem of another kind.
    pub(crate) fn unknown<'k>(&self, code: ProblemCode, span: Span, key: &str, known: impl Iterator<Item = &'k str>) {
        let known: Vec<&str> = known.collect();
        let nearest = known.iter().min_by_key(|candidate| distance(key, candidate));
        let nearest = nearest.filter(|candidate| distance(key, candidate) <= 1 + key.chars().count() / 3);
        let (zh, en) = match nearest {
            Some(nearest) => (
                format!("没有 `{key}` 这个键；是否指 `{nearest}`？"),
                format!("there is no key `{key}`; is `{nearest}` meant?"),
            ),
            None => (
                format!("没有 `{key}` 这个键；可用的键：{}", known.join("、")),
                format!("there is no key `{key}`; the keys are: {}", known.join(", ")),
            ),
        };
        self.report(code, span, &zh, &en);
        // Where the file says the key itself, the nearest one can stand in its place.
        let is_written = span.slice(self.text).trim_matches(['"', '\'']) == key;
        if let (Some(nearest), true) = (nearest, is_written)
            && let Some(problem) = self.problems.borrow_mut().last_mut()
        {
            problem.fix.push(FileEdit { path: self.path.to_owned(), span, text: (*nearest).to_owned() });
        }
    }

    /// The problems, in order of appearance.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|problem| (problem.span.start, problem.code));
        problems.dedup();
        problems
    }
}

/// Levenshtein distance in characters; for short keys only.
pub(super) fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let substituted = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}
