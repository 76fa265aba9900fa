//! What a rule reports.

use std::collections::BTreeMap;

pub use crate::lexicon::Severity;
use crate::{
    lang::Message,
    lexicon::{EntryIndex, ValidTime},
    text::Span,
};

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
    /// What the lexicon may lack.
    pub addition: Option<Addition>,
}

/// What the lexicon lacks; adding it settles the finding. A front end that writes lexicons offers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addition {
    /// A person nobody entered, with the posts printed.
    Person {
        /// The name.
        name: String,
        /// The posts, in the order of the text.
        posts: Vec<NewPost>,
    },
    /// Posts of a person who is entered.
    Posts {
        /// The person.
        person: EntryIndex,
        /// The posts, in the order of the text.
        posts: Vec<NewPost>,
    },
}

/// A post as a lexicon would write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPost {
    /// The title, with the home jurisdiction written out: 吉林省委宣传部部长.
    pub title: String,
    /// Its jurisdiction, where that is certain.
    pub place: Option<EntryIndex>,
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
    let mut chosen = ChosenEdits::default();
    let applied = fixes.into_iter().filter(|fix| chosen.add(fix)).count();
    let mut out = String::with_capacity(text.len());
    let mut position = 0;
    for edit in chosen.edits() {
        out.push_str(text.get(position..edit.span.start).unwrap_or_default());
        out.push_str(&edit.text);
        position = edit.span.end;
    }
    out.push_str(text.get(position..).unwrap_or_default());
    (out, applied)
}

/// Edits that can be made together.
#[derive(Default)]
pub struct ChosenEdits<'f>(BTreeMap<usize, &'f Edit>);

impl<'f> ChosenEdits<'f> {
    /// Takes all edits of `fix`, unless one of them overlaps another that is already taken.
    pub fn add(&mut self, fix: &'f Fix) -> bool {
        let fits = fix.edits.iter().all(|edit| self.fits(edit));
        if fits {
            self.0.extend(fix.edits.iter().map(|edit| (edit.span.start, edit)));
        }
        fits
    }

    /// The edits, in order of place.
    pub fn edits(&self) -> impl Iterator<Item = &'f Edit> + '_ {
        self.0.values().copied()
    }

    fn fits(&self, edit: &Edit) -> bool {
        if let Some(same_start) = self.0.get(&edit.span.start) {
            return *same_start == edit;
        }
        let before = self.0.range(..edit.span.start).next_back().map(|(_, other)| other.span.end);
        let after = self.0.range(edit.span.start..).next().map(|(start, _)| *start);
        before.is_none_or(|end| end <= edit.span.start) && after.is_none_or(|start| start >= edit.span.end)
    }
}
