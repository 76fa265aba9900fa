//! What a rule reports.

use serde::{Deserialize, Serialize};

use crate::{
    lang::Message,
    lexicon::{EntryIndex, ValidTime},
    text::Span,
};

/// How certain and how grave a finding is, from the lightest up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A remark.
    Hint,
    /// The lexicon may just be incomplete.
    Info,
    /// The draft contradicts itself, or the wording is almost surely a slip.
    Warning,
    /// The lexicon contradicts the draft.
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

/// A slip in a draft, with what is right and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule's code.
    pub code: &'static str,
    /// The rule's name.
    pub rule: &'static str,
    /// How certain it is.
    pub severity: Severity,
    /// What is wrong, what is right, since when and by which source.
    pub message: Message,
    /// Bytes in the draft.
    pub span: Span,
    /// The entries concerned.
    pub entries: Vec<EntryIndex>,
    /// The facts behind it.
    pub evidence: Vec<Evidence>,
    /// What can be done; the best first.
    pub fixes: Vec<Fix>,
}

/// A lexicon fact behind a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The entry that states it.
    pub entry: EntryIndex,
    /// The fact in words.
    pub text: String,
    /// When it holds.
    pub time: ValidTime,
    /// Its source.
    pub source: Option<String>,
    /// Where it is written: bytes in the entry's file.
    pub span: Span,
}

/// A change that mends a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does.
    pub title: Message,
    /// Whether it may be applied without a look.
    pub safe: bool,
    /// The edits, in order, not overlapping.
    pub edits: Vec<Edit>,
}

/// A replacement in the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Bytes in the draft.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// Applies the edits of several fixes to `text`. A fix that overlaps an earlier one is left out;
/// the same edit twice counts once. Returns the new text and how many fixes were applied.
pub fn apply<'f>(text: &str, fixes: impl IntoIterator<Item = &'f Fix>) -> (String, usize) {
    let mut edits: Vec<&Edit> = Vec::new();
    let mut applied = 0;
    for fix in fixes {
        let clashes = fix.edits.iter().any(|edit| {
            edits.iter().any(|other| {
                *other != edit && (other.span.intersects(edit.span) || other.span.start == edit.span.start)
            })
        });
        if !clashes {
            applied += 1;
            edits.extend(fix.edits.iter());
        }
    }
    edits.sort_by_key(|edit| edit.span);
    edits.dedup();
    let mut out = String::with_capacity(text.len());
    let mut position = 0;
    for edit in edits {
        out.push_str(text.get(position..edit.span.start).unwrap_or_default());
        out.push_str(&edit.text);
        position = edit.span.end;
    }
    out.push_str(text.get(position..).unwrap_or_default());
    (out, applied)
}
