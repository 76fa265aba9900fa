//! What a merge would do to a lexicon, entry by entry and key by key.
//!
//! Nothing that stands in the lexicon is dropped or replaced by something else: a key that is absent is
//! set, a list grows at its end, a post or wrong form that is not there yet is added, and a date becomes
//! more precise (`2022` -> `2022-06-24`). Where the two contradict each other, the lexicon keeps what it
//! says and the conflict is listed.

use std::{collections::HashMap, fmt};

use smol_str::SmolStr;

use super::{
    fields::{EntryFields, Fields, Value},
    identity::{Elsewhere, Identified, Incoming, identify},
};
use crate::{
    lang::Message,
    lexicon::{EdtfDate, entry::EntryKind, keys},
};

/// What a merge does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MergePlan {
    /// Entries that the lexicon does not have yet.
    pub new: Vec<EntryFields>,
    /// Entries that gain something or are contradicted, in the order of the lexicon.
    pub changed: Vec<EntryChange>,
    /// How many entries of the import the lexicon has in full.
    pub unchanged: usize,
    /// Which entry was taken for which, where that is not plain.
    pub notes: Vec<Message>,
}

/// What a merge does to one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryChange {
    /// The kind of entry.
    pub kind: EntryKind,
    /// Its id.
    pub id: SmolStr,
    /// Its name in the lexicon.
    pub name: SmolStr,
    /// What it gains.
    pub changes: Vec<Change>,
    /// Where the import contradicts it.
    pub conflicts: Vec<Conflict>,
}

/// What an entry gains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A key that was absent, or a more precise date.
    Set {
        /// The key.
        path: Path,
        /// Its new value.
        value: Value,
        /// The less precise date that stood there.
        old: Option<SmolStr>,
    },
    /// More items of a list, at its end.
    Extend {
        /// The list.
        path: Path,
        /// What is new.
        items: Vec<SmolStr>,
    },
    /// One more post or wrong form, after the others.
    AddTable {
        /// `post` or `wrong`.
        key: &'static str,
        /// The table.
        fields: Fields,
    },
}

/// A contradiction; the lexicon's value stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Where.
    pub path: Path,
    /// What the lexicon says.
    pub existing: String,
    /// What the import says.
    pub incoming: String,
}

/// A key of an entry, or of one of its nested tables: `gender`, `post.2.start`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Path {
    /// The nested table and the position in it, in file order.
    pub table: Option<(&'static str, usize)>,
    /// The key.
    pub key: &'static str,
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((table, index)) = self.table {
            write!(f, "{table}.{index}.")?;
        }
        f.write_str(self.key)
    }
}

impl MergePlan {
    /// Plans the merge of `incoming` into a file with the entries `existing`, while `elsewhere` are the
    /// entries of the other files.
    pub fn new(existing: &[EntryFields], incoming: Vec<Incoming>, elsewhere: &Elsewhere) -> Self {
        let Identified { entries, refused, notes } = identify(existing, incoming, elsewhere);
        let mut plan = Self { notes, changed: refused, ..Self::default() };
        let mut changed: Vec<(usize, EntryChange)> = Vec::new();
        for (position, entry) in entries {
            let Some(position) = position else {
                plan.new.push(entry);
                continue;
            };
            let change = compare(&existing[position], &entry);
            if change.changes.is_empty() && change.conflicts.is_empty() {
                plan.unchanged += 1;
            } else {
                changed.push((position, change));
            }
        }
        changed.sort_by_key(|(position, _)| *position);
        plan.changed.extend(changed.into_iter().map(|(_, change)| change));
        plan
    }

    /// Whether nothing would be written.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.iter().all(|change| change.changes.is_empty())
    }

    /// How many contradictions there are.
    pub fn conflicts(&self) -> usize {
        self.changed.iter().map(|change| change.conflicts.len()).sum()
    }

    /// The entries after the merge, new ones last.
    pub fn merged(&self, existing: &[EntryFields]) -> Vec<EntryFields> {
        let mut entries = existing.to_vec();
        let positions: HashMap<_, _> =
            existing.iter().enumerate().map(|(at, entry)| ((entry.kind, entry.id()), at)).collect();
        for change in &self.changed {
            if let Some(at) = positions.get(&(change.kind, change.id.as_str())) {
                let entry = &mut entries[*at];
                change.changes.iter().for_each(|change| change.apply(&mut entry.fields));
                entry.fields.sort(keys::keys(entry.kind));
            }
        }
        entries.extend(self.new.iter().cloned());
        entries
    }
}

impl Change {
    fn apply(&self, entry: &mut Fields) {
        match self {
            Self::Set { path, value, .. } => path.fields(entry, |fields| fields.set(path.key, value.clone())),
            Self::Extend { path, items } => {
                path.fields(entry, |fields| fields.extend_list(path.key, items.iter().cloned()));
            }
            Self::AddTable { key, fields } => {
                let mut tables = entry.tables(key).to_vec();
                tables.push(fields.clone());
                entry.set_tables(key, tables);
            }
        }
    }
}

impl Path {
    fn fields(&self, entry: &mut Fields, edit: impl FnOnce(&mut Fields)) {
        match self.table {
            None => edit(entry),
            Some((table, index)) => {
                if let Some(fields) = entry.table_mut(table, index) {
                    edit(fields);
                    fields.sort(keys::nested_keys(table));
                }
            }
        }
    }
}

fn compare(existing: &EntryFields, incoming: &EntryFields) -> EntryChange {
    let mut comparison = Comparison::default();
    if existing.kind == EntryKind::Place && has_timeline(existing, incoming) {
        comparison.timelines(&existing.fields, &incoming.fields);
    } else {
        comparison.fields(None, &existing.fields, &incoming.fields);
    }
    EntryChange {
        kind: existing.kind,
        id: existing.id().into(),
        name: existing.name().into(),
        changes: comparison.changes,
        conflicts: comparison.conflicts,
    }
}

/// The keys of a place that change with time.
const TIMELINE: [&str; 8] = ["name", "short", "code", "parent", "start", "end", "document", "version"];
/// Lists in which the order says something.
const SEQUENCES: [&str; 2] = ["people", "components"];
const DATES: [&str; 4] = ["start", "end", "date", "reviewed"];

fn has_timeline(existing: &EntryFields, incoming: &EntryFields) -> bool {
    [existing, incoming].iter().any(|entry| !entry.fields.tables("version").is_empty())
}

#[derive(Default)]
struct Comparison {
    changes: Vec<Change>,
    conflicts: Vec<Conflict>,
}

impl Comparison {
    fn fields(&mut self, table: Option<(&'static str, usize)>, existing: &Fields, incoming: &Fields) {
        for (key, value) in incoming.iter() {
            let path = Path { table, key };
            match (existing.get(key), value) {
                (Some(old), new) if old == new => {}
                (_, Value::Tables(new)) => self.tables(key, existing.tables(key), new),
                (None, Value::Flag(true)) if key == "complete" => self.complete(path, existing, incoming),
                (None, value) => self.changes.push(Change::Set { path, value: value.clone(), old: None }),
                (Some(Value::List(old)), Value::List(new)) if !SEQUENCES.contains(&key) => self.list(path, old, new),
                (Some(Value::Text(old)), Value::Text(new)) if DATES.contains(&key) => self.date(path, old, new),
                (Some(old), new) => self.conflict(path, shown(old), shown(new)),
            }
        }
    }

    fn conflict(&mut self, path: Path, existing: String, incoming: String) {
        self.conflicts.push(Conflict { path, existing, incoming });
    }

    fn list(&mut self, path: Path, old: &[SmolStr], new: &[SmolStr]) {
        let items: Vec<SmolStr> = new.iter().filter(|item| !old.contains(item)).cloned().collect();
        if !items.is_empty() {
            self.changes.push(Change::Extend { path, items });
        }
    }

    fn date(&mut self, path: Path, old: &SmolStr, new: &SmolStr) {
        let within = |whole: &str, part: &str| part.strip_prefix(whole).is_some_and(|rest| rest.starts_with('-'));
        if within(old, new) {
            self.changes.push(Change::Set { path, value: Value::Text(new.clone()), old: Some(old.clone()) });
        } else if !within(new, old) {
            self.conflict(path, old.to_string(), new.to_string());
        }
    }

    /// That the posts are all this person held can be taken over only where the import has them all.
    fn complete(&mut self, path: Path, existing: &Fields, incoming: &Fields) {
        let new = incoming.tables("post");
        if existing.tables("post").iter().all(|post| new.iter().any(|new| same_post(post, new) > 0)) {
            self.changes.push(Change::Set { path, value: Value::Flag(true), old: None });
        } else {
            self.conflict(path, "false".to_owned(), "true".to_owned());
        }
    }

    fn tables(&mut self, key: &'static str, existing: &[Fields], incoming: &[Fields]) {
        let mut taken = vec![false; existing.len()];
        for new in incoming {
            let candidates = existing.iter().enumerate().filter(|(index, _)| !taken[*index]);
            let scored =
                candidates.map(|(index, old)| (sameness(key, old, new), index)).filter(|(score, _)| *score > 0);
            // Of equally good ones the first.
            match scored.max_by_key(|(score, index)| (*score, std::cmp::Reverse(*index))) {
                Some((_, index)) => {
                    taken[index] = true;
                    self.fields(Some((key, index)), &existing[index], new);
                }
                None => self.changes.push(Change::AddTable { key, fields: new.clone() }),
            }
        }
    }

    /// A place whose name, code or parent changed in time: its versions are right or wrong as a whole.
    fn timelines(&mut self, existing: &Fields, incoming: &Fields) {
        if TIMELINE.iter().any(|key| existing.get(key) != incoming.get(key)) {
            self.conflict(Path { table: None, key: "version" }, timeline(existing), timeline(incoming));
        }
        let rest = |fields: &Fields| {
            let mut rest = fields.clone();
            TIMELINE.iter().for_each(|key| rest.remove(key));
            rest
        };
        self.fields(None, &rest(existing), &rest(incoming));
    }
}

/// How surely two tables are the same post or wrong form; 0: they are not.
fn sameness(key: &str, old: &Fields, new: &Fields) -> u8 {
    match key {
        "post" => same_post(old, new),
        _ => u8::from(old.text("text") == new.text("text")),
    }
}

/// A title held at two times is two posts; one held at times that overlap is one.
fn same_post(old: &Fields, new: &Fields) -> u8 {
    let known_as = |post: &Fields, title: &str| {
        post.text("title") == title || post.list("short").iter().any(|short| short == title)
    };
    if !known_as(old, new.text("title")) && !known_as(new, old.text("title")) {
        return 0;
    }
    let date = |post: &Fields, key: &str| post.text(key).parse::<EdtfDate>().ok();
    let (starts, ends) = ((date(old, "start"), date(new, "start")), (date(old, "end"), date(new, "end")));
    if let (Some(old), Some(new)) = starts
        && old.earliest() <= new.latest()
        && new.earliest() <= old.latest()
    {
        return 3;
    }
    let before = |end: Option<EdtfDate>, start: Option<EdtfDate>| {
        end.zip(start).is_some_and(|(end, start)| end.latest() < start.earliest())
    };
    if before(ends.0, starts.1) || before(ends.1, starts.0) { 0 } else { 1 + u8::from(ends.0 == ends.1) }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::List(list) => list.join("｜"),
        Value::Tables(tables) => tables.len().to_string(),
    }
}

/// The versions of a place in one line.
fn timeline(place: &Fields) -> String {
    let version = |fields: &Fields| {
        let period = match (fields.text("start"), fields.text("end")) {
            ("", "") => String::new(),
            (start, end) => format!(" {start}/{end}"),
        };
        let keys = ["name", "code", "parent"]
            .map(|key| if fields.text(key).is_empty() { place.text(key) } else { fields.text(key) });
        format!("{}{period}", keys.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" "))
    };
    match place.tables("version") {
        [] => version(place),
        versions => versions.iter().map(version).collect::<Vec<_>>().join("；"),
    }
}
