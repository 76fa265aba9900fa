//! Which entry of the lexicon an entry from outside is.
//!
//! An entry that comes with an id is the one with that id. One that comes without gets an id made from its
//! name, and is taken for an entry of the lexicon only with good reason:
//!
//! - An organization, slogan, term or document of the same name is the same. A place is if code and parent
//!   do not contradict.
//! - People share names. A person of the same name is the same if the two have a post or a Wikidata item in
//!   common. Where one of the two has no post at all, it is the same if there is one person of that name on
//!   either side and the lexicon's has the very id that is made from the name. Else it is a new entry, and
//!   the namesake is pointed out. Two genders, or two Wikidata items, are two people.

use std::collections::{HashMap, HashSet};

use smol_str::SmolStr;

use super::{
    fields::{EntryFields, Fields},
    merge::{Conflict, EntryChange, Path},
};
use crate::{
    lang::Message,
    lexicon::{Lexicon, entry::EntryKind},
};

/// An entry from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// What it says.
    pub entry: EntryFields,
    /// Where its id comes from.
    pub naming: Naming,
}

/// Where an id comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// The source has it.
    Given,
    /// It was made from the name.
    Made,
}

/// The entries of the other files of a lexicon.
#[derive(Debug, Default)]
pub struct Elsewhere {
    ids: HashMap<SmolStr, String>,
    people: HashMap<SmolStr, SmolStr>,
}

impl Elsewhere {
    /// The project entries of `lexicon`, except those of the file at `target`. Pack entries may be
    /// overridden and do not count.
    pub fn of(lexicon: &Lexicon, target: &std::path::Path) -> Self {
        let target = target.canonicalize().ok();
        let mut elsewhere = Self::default();
        for (_, entry) in lexicon.written_entries() {
            let file = lexicon.file(entry.file);
            if file.pack.is_some() || target.is_some() && file.path.canonicalize().ok() == target {
                continue;
            }
            elsewhere.ids.insert(entry.id.clone(), file.path.display().to_string());
            if let Some(person) = entry.person() {
                elsewhere.people.insert(person.name.clone(), entry.id.clone());
            }
        }
        elsewhere
    }
}

/// Entries from outside with the positions of the entries they are.
pub(super) struct Identified {
    pub entries: Vec<(Option<usize>, EntryFields)>,
    /// Entries whose id stands for something else.
    pub refused: Vec<EntryChange>,
    pub notes: Vec<Message>,
}

/// Finds for each incoming entry the existing one it is, and gives ids to those that are new.
pub(super) fn identify(existing: &[EntryFields], incoming: Vec<Incoming>, elsewhere: &Elsewhere) -> Identified {
    let mut matching = Matching::new(existing, &incoming, elsewhere);
    let mut identified =
        Identified { entries: Vec::with_capacity(incoming.len()), refused: Vec::new(), notes: Vec::new() };
    for Incoming { mut entry, naming } in incoming {
        match naming {
            Naming::Given => match matching.given(&entry) {
                Ok(position) => identified.entries.push((position, entry)),
                Err(refused) => identified.refused.push(refused),
            },
            Naming::Made => {
                let position = matching.made(&entry, &mut identified.notes);
                matching.rename(&mut entry, position);
                identified.entries.push((position, entry));
            }
        }
    }
    let renamed = &matching.renamed;
    identified.entries.iter_mut().for_each(|(_, entry)| redirect(&mut entry.fields, renamed));
    identified
}

/// Keys that name other entries.
const REFERENCES: [&str; 7] = ["organization", "place", "parent", "successor", "successors", "superseded_by", "people"];

fn redirect(fields: &mut Fields, renamed: &HashMap<SmolStr, SmolStr>) {
    fields.each_text_mut(&mut |key, text| {
        if let Some(id) = renamed.get(text).filter(|_| REFERENCES.contains(&key)) {
            *text = id.clone();
        }
    });
}

struct Matching<'a> {
    existing: &'a [EntryFields],
    elsewhere: &'a Elsewhere,
    by_id: HashMap<&'a str, usize>,
    by_name: HashMap<(EntryKind, &'a str), Vec<usize>>,
    /// How many incoming entries have a name.
    named: HashMap<(EntryKind, SmolStr), usize>,
    taken: HashSet<usize>,
    used: HashSet<SmolStr>,
    renamed: HashMap<SmolStr, SmolStr>,
}

impl<'a> Matching<'a> {
    fn new(existing: &'a [EntryFields], incoming: &[Incoming], elsewhere: &'a Elsewhere) -> Self {
        let mut by_name: HashMap<_, Vec<usize>> = HashMap::new();
        for (position, entry) in existing.iter().enumerate() {
            by_name.entry((entry.kind, entry.name())).or_default().push(position);
        }
        let mut named: HashMap<_, usize> = HashMap::new();
        for Incoming { entry, .. } in incoming {
            *named.entry((entry.kind, SmolStr::from(entry.name()))).or_default() += 1;
        }
        let by_id: HashMap<_, _> =
            existing.iter().enumerate().map(|(position, entry)| (entry.id(), position)).collect();
        let given = incoming.iter().filter(|incoming| incoming.naming == Naming::Given).map(|incoming| &incoming.entry);
        let taken = given.clone().filter_map(|entry| by_id.get(entry.id()).copied()).collect();
        let used = existing.iter().chain(given).map(|entry| SmolStr::from(entry.id()));
        let used = used.chain(elsewhere.ids.keys().cloned()).collect();
        Self { existing, elsewhere, by_id, by_name, named, taken, used, renamed: HashMap::new() }
    }

    fn given(&self, entry: &EntryFields) -> Result<Option<usize>, EntryChange> {
        let refuse = |key: &'static str, existing: String, incoming: String| EntryChange {
            kind: entry.kind,
            id: entry.id().into(),
            name: entry.name().into(),
            changes: Vec::new(),
            conflicts: vec![Conflict { path: Path { table: None, key }, existing, incoming }],
        };
        match self.by_id.get(entry.id()).copied() {
            Some(position) if self.existing[position].kind == entry.kind => Ok(Some(position)),
            Some(position) => {
                let existing = &self.existing[position];
                let named = |entry: &EntryFields| format!("{} {}", entry.kind.name(), entry.name());
                Err(refuse("id", named(existing), named(entry)))
            }
            None => match self.elsewhere.ids.get(entry.id()) {
                Some(file) => Err(refuse("id", file.clone(), entry.name().to_owned())),
                None => Ok(None),
            },
        }
    }

    fn made(&mut self, entry: &EntryFields, notes: &mut Vec<Message>) -> Option<usize> {
        let same_name = self.by_name.get(&(entry.kind, entry.name())).map(Vec::as_slice).unwrap_or_default();
        let candidates: Vec<usize> =
            same_name.iter().copied().filter(|position| !self.taken.contains(position)).collect();
        let found = match entry.kind {
            EntryKind::Person => self.person(entry, &candidates),
            EntryKind::Place => {
                only(candidates.iter().copied().filter(|at| may_be_same_place(&self.existing[*at], entry)))
            }
            _ => only(candidates.iter().copied()),
        };
        self.taken.extend(found);
        let namesake = same_name.first().map(|position| self.existing[*position].id());
        let namesake = namesake.or_else(|| self.elsewhere.people.get(entry.name()).map(SmolStr::as_str));
        if let Some(id) = namesake.filter(|_| found.is_none() && entry.kind == EntryKind::Person) {
            let name = entry.name();
            notes.push(Message::new(
                format!("{name}：词库已有同名的 `{id}`，看不出是否同一人，按另一人处理；若是同一人，请给导入的数据加上 id `{id}`"),
                format!("{name}: the lexicon has a namesake, `{id}`; whether this is the same person is not known, so it is a new entry; if it is, give it the id `{id}` in the data"),
            ));
        }
        found
    }

    fn person(&self, entry: &EntryFields, candidates: &[usize]) -> Option<usize> {
        let existing = |position: &usize| &self.existing[*position];
        let possible: Vec<usize> =
            candidates.iter().copied().filter(|at| may_be_same_person(existing(at), entry)).collect();
        let alike = possible.iter().copied().filter(|at| have_fact_in_common(existing(at), entry));
        let alone = self.named.get(&(entry.kind, entry.name().into())) == Some(&1);
        let no_posts = |person: &EntryFields| person.fields.tables("post").is_empty();
        let by_id = |at: &usize| existing(at).id() == entry.id() && (no_posts(existing(at)) || no_posts(entry));
        only(alike).or_else(|| only(possible.iter().copied()).filter(|at| alone && by_id(at)))
    }

    /// Gives the entry the id of the one it is, or else one that is free.
    fn rename(&mut self, entry: &mut EntryFields, position: Option<usize>) {
        let made = SmolStr::from(entry.id());
        let id = match position {
            Some(position) => self.existing[position].id().into(),
            None => free(&made, |id| !self.used.contains(id)),
        };
        self.used.insert(id.clone());
        if id != made {
            entry.fields.set_text("id", id.clone());
            self.renamed.insert(made, id);
        }
    }
}

/// `id`, or the first of `id-2`, `id-3`, … that is free.
pub(crate) fn free(id: &str, is_free: impl Fn(&str) -> bool) -> SmolStr {
    if is_free(id) {
        return id.into();
    }
    let numbered = (2u32..).map(|number| format!("{id}-{number}"));
    numbered.into_iter().find(|id| is_free(id)).map(SmolStr::from).unwrap_or_default()
}

fn only(mut positions: impl Iterator<Item = usize>) -> Option<usize> {
    positions.next().filter(|_| positions.next().is_none())
}

fn may_be_same_person(existing: &EntryFields, incoming: &EntryFields) -> bool {
    let gender =
        |person: &EntryFields| Some(SmolStr::from(person.fields.text("gender"))).filter(|gender| !gender.is_empty());
    let agree = |old: Option<SmolStr>, new: Option<SmolStr>| old.is_none() || new.is_none() || old == new;
    agree(gender(existing), gender(incoming)) && agree(wikidata_item(existing), wikidata_item(incoming))
}

fn have_fact_in_common(existing: &EntryFields, incoming: &EntryFields) -> bool {
    let has_post = |title: &str| existing.fields.tables("post").iter().any(|post| post.text("title") == title);
    let post_in_common = incoming.fields.tables("post").iter().any(|new| has_post(new.text("title")));
    // A citation such as a newspaper's day may be shared by namesakes; a person's own item is not.
    let item = wikidata_item(incoming);
    post_in_common || item.is_some() && item == wikidata_item(existing)
}

fn wikidata_item(person: &EntryFields) -> Option<SmolStr> {
    let sources = person.fields.list("sources").iter();
    sources.filter_map(|source| source.split_once("wikidata.org/entity/")).map(|(_, item)| item.into()).next()
}

fn may_be_same_place(existing: &EntryFields, incoming: &EntryFields) -> bool {
    ["code", "parent"].iter().all(|key| {
        let (old, new) = (existing.fields.text(key), incoming.fields.text(key));
        old.is_empty() || new.is_empty() || old == new
    })
}
