//! What stands at a place of a draft: a mention, or an annotation.

use super::world::Checked;
use crate::{
    analysis::{Mention, Resolution},
    lexicon::{EntryIndex, FormRole},
    text::Span,
};

/// Something in a draft that stands for entries.
pub(super) struct Subject {
    /// Bytes in the draft.
    pub span: Span,
    /// The words, without markup.
    pub text: String,
    /// The one entry, or all candidates if it is open which one is meant; never empty.
    pub entries: Vec<EntryIndex>,
    /// What the words are to the entry, if a mention says it.
    pub role: Option<FormRole>,
}

/// What stands at a byte of the draft: the innermost mention, else the annotation.
pub(super) fn subject_at(checked: &Checked, offset: usize) -> Option<Subject> {
    let at = |span: Span| span.contains(offset);
    mention_at(checked, at).or_else(|| annotation_at(checked, at))
}

/// As [`subject_at`], for a caret: right behind the words it still means them.
pub(super) fn subject_near(checked: &Checked, offset: usize) -> Option<Subject> {
    let behind = |span: Span| span.end == offset;
    subject_at(checked, offset).or_else(|| mention_at(checked, behind)).or_else(|| annotation_at(checked, behind))
}

fn mention_at(checked: &Checked, hits: impl Fn(Span) -> bool) -> Option<Subject> {
    let mentions = checked.draft.analysis.mentions.iter().filter(|mention| hits(mention.span));
    let known = mentions.filter_map(|mention| Some((mention, entries(mention)?)));
    let (mention, entries) = known.min_by_key(|(mention, _)| mention.span.len())?;
    Some(Subject { span: mention.span, text: mention.text.to_string(), entries, role: Some(mention.role) })
}

/// The entries a mention stands for; none if the words around it speak against all of them.
pub(super) fn entries(mention: &Mention) -> Option<Vec<EntryIndex>> {
    match mention.entry {
        Some(entry) => Some(vec![entry]),
        None if mention.resolution == Resolution::Other => None,
        None => Some(mention.candidates.to_vec()).filter(|candidates| !candidates.is_empty()),
    }
}

fn annotation_at(checked: &Checked, hits: impl Fn(Span) -> bool) -> Option<Subject> {
    let draft = &checked.draft.draft;
    let annotation = draft.annotations().find(|annotation| hits(annotation.span))?;
    let entry = checked.loaded.project.lexicon().find(&annotation.id)?;
    Some(Subject {
        span: annotation.span,
        text: annotation.text.slice(&draft.text).to_owned(),
        entries: vec![entry],
        role: None,
    })
}
