//! What is wrong in a lexicon or configuration file.

use std::{fmt, path::PathBuf};

use crate::{lang::Message, text::Span};

/// A fault in a file, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The rule, X101 and following.
    pub code: ProblemCode,
    /// The file.
    pub path: PathBuf,
    /// Bytes in the file.
    pub span: Span,
    /// Line of the span's start, from 1; 0 if the file has no text.
    pub line: usize,
    /// What is wrong, and what was expected.
    pub message: Message,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "{}:{}: {} {}", self.path.display(), self.line, self.code, self.message)
        } else {
            write!(f, "{}: {} {}", self.path.display(), self.code, self.message)
        }
    }
}

/// The lexicon rules that loading itself enforces. Codes are never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProblemCode {
    /// X101: two entries of one id.
    DuplicateId,
    /// X108: a key or table the format does not have.
    UnknownKey,
    /// X109: a value of the wrong type or form, or one that is missing.
    InvalidValue,
    /// X110: text that is no TOML or CSV, or a file that cannot be read.
    Unreadable,
}

impl ProblemCode {
    /// The code as printed.
    pub fn code(self) -> &'static str {
        match self {
            Self::DuplicateId => "X101",
            Self::UnknownKey => "X108",
            Self::InvalidValue => "X109",
            Self::Unreadable => "X110",
        }
    }
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
