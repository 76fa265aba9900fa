//! What an import gives.

use std::collections::{BTreeMap, HashSet};

use smol_str::SmolStr;

use super::{
    columns::ColumnUse,
    ids::{IdMaker, is_id},
};
use crate::{
    lang::Message,
    lexicon::{
        entry::EntryKind,
        write::{EntryFields, Fields, Incoming, Naming},
    },
};

/// The entries of a source, and everything that is to be said of them.
#[derive(Debug, Default)]
pub struct Imported {
    /// The entries, in the order of the source.
    pub entries: Vec<Incoming>,
    /// Which column was read as what, for tables.
    pub columns: Vec<ColumnUse>,
    /// What was adjusted or left out.
    pub notes: Vec<Remark>,
    /// What could not be imported; each fault cost an entry.
    pub faults: Vec<Remark>,
}

/// A remark on a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Where.
    pub at: At,
    /// What.
    pub message: Message,
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// The source as a whole.
    File,
    /// A line of a text file, from 1.
    Line(usize),
    /// A row of a sheet, from 1.
    Row(usize),
    /// A record, as the format names it: `memberships[3]`, an id or an IRI.
    Record(String),
}

impl Remark {
    pub(super) fn new(at: At, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { at, message: Message::new(zh, en) }
    }
}

/// Collects the entries of a source.
#[derive(Debug, Default)]
pub(super) struct Collector {
    pub imported: Imported,
    left_out: BTreeMap<String, usize>,
    ids: IdMaker,
    given: HashSet<SmolStr>,
}

impl Collector {
    pub fn note(&mut self, at: At, zh: impl Into<String>, en: impl Into<String>) {
        self.imported.notes.push(Remark::new(at, zh, en));
    }

    pub fn fault(&mut self, at: At, zh: impl Into<String>, en: impl Into<String>) {
        self.imported.faults.push(Remark::new(at, zh, en));
    }

    /// Counts something the lexicon has no place for, by the name the source has for it.
    pub fn leave_out(&mut self, what: &str) {
        *self.left_out.entry(what.to_owned()).or_default() += 1;
    }

    /// The id for a record: the source's own where it has the form of one, else one made from the name.
    pub fn id(&mut self, kind: EntryKind, own: &str, name: &str) -> (SmolStr, Naming) {
        if is_id(own) {
            self.ids.reserve(own);
            (own.into(), Naming::Given)
        } else {
            (self.ids.make(kind, name, ""), Naming::Made)
        }
    }

    /// An id made from a name, or from a place's code.
    pub fn made_id(&mut self, kind: EntryKind, name: &str, code: &str) -> SmolStr {
        self.ids.make(kind, name, code)
    }

    /// Keeps an id that the source has from being made.
    pub fn reserve(&mut self, id: &str) {
        self.ids.reserve(id);
    }

    /// Adds an entry, or says why it cannot be one.
    pub fn push(&mut self, at: At, kind: EntryKind, fields: &Fields, naming: Naming) {
        match EntryFields::read(kind, fields) {
            Ok(entry) => self.push_entry(at, entry, naming),
            Err(messages) => {
                let name = fields.text(crate::lexicon::keys::name_key(kind));
                for message in messages {
                    self.fault(at.clone(), named(name, "：", &message.zh), named(name, ": ", &message.en));
                }
            }
        }
    }

    pub fn push_entry(&mut self, at: At, entry: EntryFields, naming: Naming) {
        let id = SmolStr::from(entry.id());
        if !self.given.insert(id.clone()) {
            let zh = format!("id `{id}` 重复；每个词条须有自己的 id，同一词条的各行须相连");
            self.fault(
                at,
                zh,
                format!("the id `{id}` comes twice; each entry needs its own, and its rows must follow each other"),
            );
            return;
        }
        self.imported.entries.push(Incoming { entry, naming });
    }

    pub fn finish(mut self) -> Imported {
        if !self.left_out.is_empty() {
            let list = |between: &str, open: &str, close: &str| {
                let items = self.left_out.iter().map(|(what, count)| format!("{what}{open}{count}{close}"));
                items.collect::<Vec<_>>().join(between)
            };
            let zh = format!("词库没有相应的项，未导入：{}", list("、", "（", "）"));
            let en = format!("left out, since the lexicon has no place for it: {}", list(", ", " (", ")"));
            self.note(At::File, zh, en);
        }
        self.imported
    }
}

fn named(name: &str, mark: &str, message: &str) -> String {
    if name.is_empty() { message.to_owned() } else { format!("{name}{mark}{message}") }
}
