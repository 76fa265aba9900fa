//! What is wrong in a lexicon or configuration file.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{lang::Message, text::Span};

/// A fault in a file, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The rule, X101 and following.
    pub code: ProblemCode,
    /// How grave it is.
    pub severity: Severity,
    /// The file.
    pub path: PathBuf,
    /// Bytes in the file.
    pub span: Span,
    /// Line of the span's start, from 1; 0 if the file has no text.
    pub line: usize,
    /// What is wrong, and what was expected.
    pub message: Message,
    /// What mends it, where that is certain; in order, not overlapping.
    pub fix: Vec<FileEdit>,
    /// What else it is about.
    pub related: Vec<Related>,
}

/// Another place that a problem is about: the first of two entries of one id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The file.
    pub path: PathBuf,
    /// The byte at which it begins.
    pub at: usize,
    /// What stands there.
    pub text: String,
}

/// A replacement in a lexicon file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEdit {
    /// The file.
    pub path: PathBuf,
    /// Bytes in the file.
    pub span: Span,
    /// The new text.
    pub text: String,
}

impl Problem {
    /// A problem as grave as its rule says, without a fix.
    pub fn new(code: ProblemCode, path: &Path, span: Span, line: usize, message: Message) -> Self {
        Self {
            code,
            severity: code.severity(),
            path: path.to_owned(),
            span,
            line,
            message,
            fix: Vec::new(),
            related: Vec::new(),
        }
    }
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

/// How certain and how grave a finding or problem is, from the lightest up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A remark.
    Hint,
    /// The lexicon may just be incomplete.
    Info,
    /// The text contradicts itself, or the wording is almost surely a slip.
    Warning,
    /// It contradicts what is known.
    Error,
}

impl Severity {
    /// Every severity, from the gravest down.
    pub const ALL: [Self; 4] = [Self::Error, Self::Warning, Self::Info, Self::Hint];

    /// The name in options, configuration and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity called `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.name() == name)
    }
}

/// The lexicon rules: those that loading enforces, and those of the [audit](super::audit). Codes are
/// never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProblemCode {
    /// X101: two entries of one id.
    DuplicateId,
    /// X102: a reference to an entry that is not there.
    DanglingReference,
    /// X103: a period that ends before it starts.
    EndBeforeStart,
    /// X104: a post that one person holds, held by two at once.
    SharedPost,
    /// X105: a place or organization above itself.
    ParentCycle,
    /// X106: one written form of two entries.
    SharedForm,
    /// X107: a fact without a source.
    MissingSource,
    /// X108: a key or table the format does not have.
    UnknownKey,
    /// X109: a value of the wrong type or form, or one that is missing.
    InvalidValue,
    /// X110: text that is no TOML or CSV, or a file that cannot be read.
    Unreadable,
    /// X111: two states of a place at one time.
    OverlappingVersions,
    /// X112: a form that stands for too many other things.
    UnsafeForm,
    /// X113: an entry that nobody has looked at for long.
    StaleEntry,
}

impl ProblemCode {
    /// The code as printed.
    pub fn code(self) -> &'static str {
        match self {
            Self::DuplicateId => "X101",
            Self::DanglingReference => "X102",
            Self::EndBeforeStart => "X103",
            Self::SharedPost => "X104",
            Self::ParentCycle => "X105",
            Self::SharedForm => "X106",
            Self::MissingSource => "X107",
            Self::UnknownKey => "X108",
            Self::InvalidValue => "X109",
            Self::Unreadable => "X110",
            Self::OverlappingVersions => "X111",
            Self::UnsafeForm => "X112",
            Self::StaleEntry => "X113",
        }
    }

    /// Whether what has the problem is left out, since half a fact can be a wrong one.
    pub fn leaves_out(self) -> bool {
        matches!(self, Self::InvalidValue | Self::Unreadable)
    }

    /// How grave problems of this kind are.
    pub fn severity(self) -> Severity {
        match self {
            Self::DuplicateId
            | Self::DanglingReference
            | Self::EndBeforeStart
            | Self::ParentCycle
            | Self::UnknownKey
            | Self::InvalidValue
            | Self::Unreadable => Severity::Error,
            Self::SharedPost | Self::OverlappingVersions | Self::UnsafeForm => Severity::Warning,
            Self::SharedForm | Self::StaleEntry => Severity::Info,
            Self::MissingSource => Severity::Hint,
        }
    }
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
