//! Lexicon files: their text, and lines within it.

use std::{borrow::Cow, path::PathBuf};

use crate::text::Span;

/// Position of a file in its [`Lexicon`](super::Lexicon).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileIndex(pub(crate) u32);

/// One file of a lexicon.
#[derive(Clone, Debug)]
pub struct LexiconFile {
    /// The path as given; for a pack `packs/NAME/FILE`, relative to nothing.
    pub path: PathBuf,
    /// The pack it belongs to, if it is no project file.
    pub pack: Option<&'static str>,
    /// The text.
    pub text: Cow<'static, str>,
}

impl LexiconFile {
    /// The line of a byte offset, from 1.
    pub fn line(&self, offset: usize) -> usize {
        let before = &self.text.as_bytes()[..offset.min(self.text.len())];
        memchr::memchr_iter(b'\n', before).count() + 1
    }

    /// The text of a span; empty if the span lies outside.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }
}
