//! How places are printed: paths as given, lines and columns from 1.

use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
};

use serde::Serialize;

use crate::text::{Buffer, Encoding, Span};

/// A path as it was given, with forward slashes.
pub(super) fn as_given(path: &Path) -> String {
    let path = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' { path.replace('\\', "/") } else { path.into_owned() }
}

/// The path of a file that was found, not given: relative to the current folder if it lies below it.
pub(super) fn from_here(path: &Path) -> String {
    let below = current_folder().and_then(|folder| path.strip_prefix(folder).ok());
    as_given(below.filter(|path| !path.as_os_str().is_empty()).unwrap_or(path))
}

/// The current folder without symbolic links.
fn current_folder() -> Option<&'static Path> {
    static FOLDER: OnceLock<Option<PathBuf>> = OnceLock::new();
    FOLDER.get_or_init(|| std::env::current_dir().and_then(|folder| folder.canonicalize()).ok()).as_deref()
}

/// The lines of a text, for positions in it.
pub(super) struct Lines {
    buffer: Buffer,
}

/// A span as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Range {
    pub start: Point,
    pub end: Point,
}

/// A place between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Point {
    /// From 1.
    pub line: u32,
    /// From 1, in Unicode scalar values.
    pub column: u32,
    /// Bytes from 0.
    pub offset: usize,
}

impl Lines {
    pub fn new(text: &str) -> Self {
        Self { buffer: Buffer::new(text) }
    }

    pub fn range(&self, span: Span) -> Range {
        Range { start: self.point(span.start), end: self.point(span.end) }
    }

    pub fn point(&self, offset: usize) -> Point {
        let position = self.buffer.position(offset, Encoding::Utf32);
        Point { line: position.line + 1, column: position.character + 1, offset }
    }

    /// The column of an offset, from 1, in bytes of UTF-8.
    pub fn byte_column(&self, offset: usize) -> u32 {
        self.buffer.position(offset, Encoding::Utf8).character + 1
    }
}

/// A text for people with its control characters made visible, so that a draft cannot steer a
/// terminal. Line breaks stay.
pub(super) fn visible(text: &str) -> std::borrow::Cow<'_, str> {
    let steers =
        |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'));
    if !text.contains(steers) {
        return text.into();
    }
    let shown = |c: char| match c {
        '\t' => ' ',
        '\0'..='\u{1F}' if c != '\n' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        c if steers(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(shown).collect::<String>().into()
}
