//! What the rules of the audit work with.

use std::{cell::OnceCell, fmt::Write};

use super::AuditOptions;
use crate::{
    lang::Message,
    lexicon::{Entry, EntryIndex, FileEdit, FileIndex, Lexicon, Problem, ProblemCode, Related},
    text::Span,
};

/// A lexicon under audit.
pub struct Audit<'l> {
    pub(super) lexicon: &'l Lexicon,
    pub(super) options: &'l AuditOptions,
    /// Where the lines of each file start; made when a problem is found in it.
    lines: Vec<OnceCell<Vec<usize>>>,
}

impl<'l> Audit<'l> {
    pub(super) fn new(lexicon: &'l Lexicon, options: &'l AuditOptions) -> Self {
        Self { lexicon, options, lines: vec![OnceCell::new(); lexicon.files().len()] }
    }

    /// The project's own entries.
    pub(super) fn own(&self) -> impl Iterator<Item = (EntryIndex, &'l Entry)> {
        self.lexicon.written_entries().filter(|(_, entry)| self.is_own(entry))
    }

    /// Whether an entry is the project's own.
    pub(super) fn is_own(&self, entry: &Entry) -> bool {
        self.lexicon.file(entry.file).pack.is_none()
    }

    /// A problem of `entry` at `span`.
    pub(super) fn problem(&self, code: ProblemCode, entry: &Entry, span: Span, message: Message) -> Problem {
        let path = &self.lexicon.file(entry.file).path;
        Problem::new(code, path, span, self.line(entry.file, span.start), message)
    }

    /// The span of the first of `keys` that is written, else the start of the entry. In CSV a row
    /// stands for its cells.
    pub(super) fn at(&self, entry: &Entry, keys: &[&str]) -> Span {
        let written = |key: &&str| entry.fields.iter().find(|(name, _)| name == *key).map(|(_, span)| *span);
        keys.iter().find_map(written).unwrap_or_else(|| self.first_line(entry))
    }

    /// Where a form of an entry is written.
    pub(super) fn form_span(&self, entry: &Entry, form: &str) -> Span {
        let file = self.lexicon.file(entry.file);
        let is_form = |span: Span| file.slice(span).trim_matches(['"', '\'']) == form;
        let written = entry.fields.iter().find(|(_, span)| is_form(*span)).map(|(_, span)| *span);
        written.unwrap_or_else(|| self.at(entry, &["name", "text", "preferred", "title"]))
    }

    /// The first line of an entry: its table header or first row.
    fn first_line(&self, entry: &Entry) -> Span {
        let text = self.lexicon.file(entry.file).slice(entry.span);
        let end = text.find(['\r', '\n']).unwrap_or(text.len());
        Span::new(entry.span.start, entry.span.start + end)
    }

    /// The edit that puts `text` in place of the quoted string at `span`; `None` if there is none.
    pub(super) fn requote(&self, entry: &Entry, span: Span, text: &str) -> Option<FileEdit> {
        let file = self.lexicon.file(entry.file);
        let quote = file.slice(span).chars().next().filter(|c| matches!(c, '"' | '\''))?;
        Some(FileEdit { path: file.path.clone(), span, text: format!("{quote}{text}{quote}") })
    }

    /// Name and place of definition of an entry, for people: `刘伟（people.toml:12）`.
    pub(super) fn named(&self, entry: &Entry) -> Message {
        let at = self.place(entry);
        Message::new(format!("{}（{at}）", entry.name()), format!("{} ({at})", entry.name()))
    }

    /// The place of another entry that a problem is about; `None` for one of a pack.
    pub(super) fn related(&self, entry: &Entry) -> Option<Related> {
        let path = self.lexicon.file(entry.file).path.clone();
        self.is_own(entry).then(|| Related { path, at: entry.span.start, text: entry.name().to_owned() })
    }

    /// Where an entry is defined: file name and line, or the pack.
    pub(super) fn place(&self, entry: &Entry) -> String {
        let file = self.lexicon.file(entry.file);
        let mut at = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if file.pack.is_none() {
            // Writing to a string does not fail.
            let _ = write!(at, ":{}", self.line(entry.file, entry.span.start));
        }
        at
    }

    fn line(&self, file: FileIndex, offset: usize) -> usize {
        let starts = self.lines[file.0 as usize].get_or_init(|| {
            let text = self.lexicon.file(file).text.as_bytes();
            memchr::memchr_iter(b'\n', text).map(|at| at + 1).collect()
        });
        starts.partition_point(|start| *start <= offset) + 1
    }
}
