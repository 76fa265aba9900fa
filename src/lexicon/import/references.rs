//! Entries named by their name instead of their id: 吉林省 for `220000`, 胡家福 for `hu-jiafu`.

use std::collections::HashMap;

use smol_str::SmolStr;

use super::{han::is_chinese, ids::is_id};
use crate::lexicon::{EntryKind, FormRole, Lexicon};

/// Finds entries by name, in the import itself first and then in the lexicon that is in force.
pub(super) struct References<'a> {
    lexicon: Option<&'a Lexicon>,
    /// `None` for a name that several entries have.
    imported: HashMap<(EntryKind, SmolStr), Option<SmolStr>>,
}

/// The kind of entry that a key of an entry of `kind` names; `None` if the key names none.
pub(super) fn kind_named_by(kind: EntryKind, key: &str) -> Option<EntryKind> {
    match (key, kind) {
        ("organization" | "successor", _) | ("parent", EntryKind::Organization) => Some(EntryKind::Organization),
        ("place" | "successors", _) | ("parent", EntryKind::Place) => Some(EntryKind::Place),
        ("people", _) => Some(EntryKind::Person),
        ("superseded_by", _) => Some(EntryKind::Slogan),
        _ => None,
    }
}

/// Whether a text has the form of a GB/T 2260 code.
pub(super) fn is_code(text: &str) -> bool {
    matches!(text.len(), 6 | 9 | 12) && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl<'a> References<'a> {
    pub fn new(lexicon: Option<&'a Lexicon>) -> Self {
        Self { lexicon, imported: HashMap::new() }
    }

    /// Makes an entry of the import known.
    pub fn add(&mut self, kind: EntryKind, name: &str, id: &str) {
        let known = self.imported.entry((kind, name.into())).or_insert_with(|| Some(id.into()));
        if known.as_deref() != Some(id) {
            *known = None;
        }
    }

    /// The id, or for a division the code, that `written` means: itself if it has the form of an id, else the
    /// entry of that name if there is exactly one.
    pub fn find(&self, kind: EntryKind, written: &str) -> Option<SmolStr> {
        if is_id(written) {
            return Some(written.into());
        }
        match self.imported.get(&(kind, written.into())) {
            Some(found) => found.clone(),
            None => self.in_lexicon(kind, written),
        }
    }

    /// The place that a source of another making names: a GB/T 2260 code, or a Chinese name.
    pub fn find_named_place(&self, written: &str) -> Option<SmolStr> {
        if is_code(written) {
            return Some(written.into());
        }
        is_chinese(written).then(|| self.find(EntryKind::Place, written)).flatten()
    }

    fn in_lexicon(&self, kind: EntryKind, name: &str) -> Option<SmolStr> {
        let lexicon = self.lexicon?;
        let targets = lexicon.forms().find(name);
        let named =
            |target: &&crate::lexicon::FormTarget| target.role == FormRole::Name && lexicon.kind(target.entry) == kind;
        let mut named = targets.iter().filter(named);
        let entry = lexicon.entry(named.next().filter(|_| named.next().is_none())?.entry);
        let code = entry.place().and_then(|place| place.versions.last()).and_then(|version| version.code.clone());
        Some(code.unwrap_or_else(|| entry.id.clone()))
    }
}
