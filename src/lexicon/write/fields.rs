//! Entries as keys and values, the form between the formats that lexicons come from and go to.

use std::cell::RefCell;

use smol_str::SmolStr;

use crate::{
    lang::Message,
    lexicon::{
        EdtfDate,
        entry::*,
        keys,
        record::{Record, read_entry, read_id, read_reviewed},
    },
};

/// An entry as its keys and values, bound to no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryFields {
    /// The kind of entry.
    pub kind: EntryKind,
    /// Its keys, in the order of writing. A key that says nothing (an empty list, `complete = false`) is
    /// absent, so that equal entries have equal fields.
    pub fields: Fields,
}

/// Keys with their values, in the order of writing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(&'static str, Value)>);

/// The value of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A string or a date.
    Text(SmolStr),
    /// `true` or `false`.
    Flag(bool),
    /// A list of strings.
    List(Vec<SmolStr>),
    /// Nested tables: posts, versions or wrong forms.
    Tables(Vec<Fields>),
}

impl EntryFields {
    /// What `entry` says.
    pub fn of(entry: &Entry) -> Self {
        let common = Common { sources: &entry.sources, reviewed: entry.reviewed, note: entry.note.as_ref() };
        Self::new(&entry.id, &entry.data, &common)
    }

    /// Checks fields against the format of lexicon files.
    ///
    /// # Errors
    ///
    /// What is missing or not in the form that the format wants, one message each.
    pub fn read(kind: EntryKind, fields: &Fields) -> Result<Self, Vec<Message>> {
        let faults = RefCell::new(Vec::new());
        let mut record = FieldRecord { fields, prefix: String::new(), faults: &faults };
        let id = read_id(&mut record);
        let data = read_entry(kind, &mut record);
        let (sources, note) = (record.list("sources"), record.text("note"));
        let reviewed = read_reviewed(&mut record);
        let faults = faults.into_inner();
        let common = Common { sources: &sources, reviewed, note: note.as_ref() };
        if faults.is_empty() { Ok(Self::new(&id, &data, &common)) } else { Err(faults) }
    }

    /// The id.
    pub fn id(&self) -> &str {
        self.fields.text("id")
    }

    /// The name by which people know the entry.
    pub fn name(&self) -> &str {
        self.fields.text(keys::name_key(self.kind))
    }

    fn new(id: &SmolStr, data: &EntryData, common: &Common<'_>) -> Self {
        let mut fields = Fields::default();
        fields.set_text("id", id.clone());
        let kind = match data {
            EntryData::Person(person) => person_fields(person, &mut fields),
            EntryData::Precedence(precedence) => precedence_fields(precedence, &mut fields),
            EntryData::Place(place) => place_fields(place, &mut fields),
            EntryData::Organization(organization) => organization_fields(organization, &mut fields),
            EntryData::Slogan(slogan) => slogan_fields(slogan, &mut fields),
            EntryData::Term(term) => term_fields(term, &mut fields),
            EntryData::Document(document) => document_fields(document, &mut fields),
        };
        fields.set_list("sources", common.sources);
        fields.set_text("reviewed", common.reviewed.map(|date| date.to_string()).unwrap_or_default());
        fields.set_optional("note", common.note);
        fields.sort(keys::keys(kind));
        Self { kind, fields }
    }
}

/// What entries of every kind may say.
struct Common<'a> {
    sources: &'a [SmolStr],
    reviewed: Option<EdtfDate>,
    note: Option<&'a SmolStr>,
}

impl Fields {
    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| *known == key).map(|(_, value)| value)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        self.0.iter_mut().find(|(known, _)| *known == key).map(|(_, value)| value)
    }

    /// The text of `key`; empty if absent.
    pub fn text(&self, key: &str) -> &str {
        if let Some(Value::Text(text)) = self.get(key) { text } else { "" }
    }

    /// The list under `key`; empty if absent.
    pub fn list(&self, key: &str) -> &[SmolStr] {
        if let Some(Value::List(list)) = self.get(key) { list } else { &[] }
    }

    /// Whether `key` is `true`.
    pub fn flag(&self, key: &str) -> Option<bool> {
        if let Some(Value::Flag(flag)) = self.get(key) { Some(*flag) } else { None }
    }

    /// The tables under `key`; empty if absent.
    pub fn tables(&self, key: &str) -> &[Fields] {
        if let Some(Value::Tables(tables)) = self.get(key) { tables } else { &[] }
    }

    /// Keys and values in the order of writing.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(key, value)| (*key, value))
    }

    /// Sets `key`, in place of what it was.
    pub fn set(&mut self, key: &'static str, value: Value) {
        match self.0.iter_mut().find(|(known, _)| *known == key) {
            Some((_, old)) => *old = value,
            None => self.0.push((key, value)),
        }
    }

    /// Sets `key` to a text; an empty one says nothing.
    pub fn set_text(&mut self, key: &'static str, text: impl Into<SmolStr>) {
        let text = text.into();
        if !text.is_empty() {
            self.set(key, Value::Text(text));
        }
    }

    /// Sets `key` to a list; an empty one says nothing.
    pub fn set_list(&mut self, key: &'static str, list: &[SmolStr]) {
        if !list.is_empty() {
            self.set(key, Value::List(list.to_vec()));
        }
    }

    /// Adds items that the list under `key` does not have yet.
    pub fn extend_list(&mut self, key: &'static str, items: impl IntoIterator<Item = SmolStr>) {
        let mut list = self.list(key).to_vec();
        for item in items {
            if !list.contains(&item) {
                list.push(item);
            }
        }
        self.set_list(key, &list);
    }

    /// Sets `key` to tables; none say nothing.
    pub fn set_tables(&mut self, key: &'static str, tables: Vec<Fields>) {
        if !tables.is_empty() {
            self.set(key, Value::Tables(tables));
        }
    }

    /// Sets a flag that differs from `default`.
    fn set_flag(&mut self, key: &'static str, flag: bool, default: bool) {
        if flag != default {
            self.set(key, Value::Flag(flag));
        }
    }

    fn set_time(&mut self, time: &crate::lexicon::ValidTime) {
        self.set_text("start", time.start.map(|date| date.to_string()).unwrap_or_default());
        self.set_text("end", time.end.map(|date| date.to_string()).unwrap_or_default());
    }

    fn set_optional(&mut self, key: &'static str, text: Option<&SmolStr>) {
        self.set_text(key, text.cloned().unwrap_or_default());
    }

    /// Takes `key` out.
    pub(crate) fn remove(&mut self, key: &str) {
        self.0.retain(|(known, _)| *known != key);
    }

    /// Every text and list item that may be changed, with its key.
    pub(super) fn each_text_mut(&mut self, each: &mut dyn FnMut(&'static str, &mut SmolStr)) {
        for (key, value) in &mut self.0 {
            match value {
                Value::Text(text) => each(key, text),
                Value::List(list) => list.iter_mut().for_each(|item| each(key, item)),
                Value::Tables(tables) => tables.iter_mut().for_each(|table| table.each_text_mut(each)),
                Value::Flag(_) => {}
            }
        }
    }

    pub(super) fn table_mut(&mut self, key: &str, index: usize) -> Option<&mut Fields> {
        let (_, value) = self.0.iter_mut().find(|(known, _)| *known == key)?;
        if let Value::Tables(tables) = value { tables.get_mut(index) } else { None }
    }

    pub(super) fn sort(&mut self, keys: &[&str]) {
        self.0.sort_by_key(|(key, _)| keys.iter().position(|known| known == key));
    }
}

fn person_fields(person: &Person, fields: &mut Fields) -> EntryKind {
    fields.set_text("name", person.name.clone());
    fields.set_list("other_names", &person.other_names);
    let gender = person.gender.map_or("", |gender| match gender {
        Gender::Female => "female",
        Gender::Male => "male",
    });
    fields.set_text("gender", gender);
    fields.set_flag("complete", person.complete, false);
    fields.set_tables("post", person.posts.iter().map(post_fields).collect());
    EntryKind::Person
}

fn post_fields(post: &HeldPost) -> Fields {
    let mut fields = Fields::default();
    fields.set_text("title", post.title.clone());
    fields.set_list("short", &post.short);
    fields.set_optional("organization", post.organization.as_ref());
    fields.set_optional("place", post.place.as_ref());
    fields.set_time(&post.time);
    fields.set_list("sources", &post.sources);
    fields
}

fn precedence_fields(precedence: &Precedence, fields: &mut Fields) -> EntryKind {
    fields.set_list("people", &precedence.people);
    fields.set_time(&precedence.time);
    EntryKind::Precedence
}

/// A place with one version has the version's keys. One with several has a table for each; the place
/// itself keeps its last name and what all versions have in common.
fn place_fields(place: &Place, fields: &mut Fields) -> EntryKind {
    match place.versions.as_slice() {
        [version] => *fields = std::mem::take(fields).joined(version_fields(version)),
        versions => {
            let mut tables: Vec<Fields> = versions.iter().map(version_fields).collect();
            for key in ["code", "parent"] {
                share(key, &mut tables, fields);
            }
            if let Some(last) = versions.last() {
                fields.set_text("name", last.name.clone());
                fields.set_text("end", last.time.end.map(|date| date.to_string()).unwrap_or_default());
            }
            fields.set_tables("version", tables);
        }
    }
    fields.set_text("level", place.level.name());
    fields.set_optional("end_document", place.end_document.as_ref());
    fields.set_list("successors", &place.successors);
    EntryKind::Place
}

/// Moves a value that all tables have to the fields they inherit from.
fn share(key: &'static str, tables: &mut [Fields], fields: &mut Fields) {
    let Some(common) = tables.first().and_then(|table| table.get(key)).cloned() else { return };
    if tables.iter().all(|table| table.get(key) == Some(&common)) {
        tables.iter_mut().for_each(|table| table.remove(key));
        fields.set(key, common);
    }
}

fn version_fields(version: &PlaceVersion) -> Fields {
    let mut fields = Fields::default();
    fields.set_text("name", version.name.clone());
    fields.set_list("short", &version.short);
    fields.set_optional("code", version.code.as_ref());
    fields.set_optional("parent", version.parent.as_ref());
    fields.set_time(&version.time);
    fields.set_optional("document", version.document.as_ref());
    fields
}

impl Fields {
    fn joined(mut self, other: Fields) -> Self {
        self.0.extend(other.0);
        self
    }
}

fn organization_fields(organization: &Organization, fields: &mut Fields) -> EntryKind {
    fields.set_text("name", organization.name.clone());
    fields.set_list("short", &organization.short);
    fields.set_optional("parent", organization.parent.as_ref());
    fields.set_optional("place", organization.place.as_ref());
    fields.set_time(&organization.time);
    fields.set_optional("successor", organization.successor.as_ref());
    EntryKind::Organization
}

fn slogan_fields(slogan: &Slogan, fields: &mut Fields) -> EntryKind {
    fields.set_text("text", slogan.text.clone());
    fields.set_list("variants", &slogan.variants);
    let wrong = slogan.wrong.iter().map(|form| {
        let mut fields = Fields::default();
        fields.set_text("text", form.text.clone());
        fields.set_optional("note", form.note.as_ref());
        fields
    });
    fields.set_tables("wrong", wrong.collect());
    fields.set_list("components", &slogan.components);
    fields.set_flag("ordered", slogan.ordered, true);
    fields.set_optional("expands", slogan.expands.as_ref());
    fields.set_flag("quoted", slogan.quoted, false);
    fields.set_list("attribution", &slogan.attribution);
    fields.set_time(&slogan.time);
    fields.set_optional("superseded_by", slogan.superseded_by.as_ref());
    EntryKind::Slogan
}

fn term_fields(term: &Term, fields: &mut Fields) -> EntryKind {
    fields.set_text("preferred", term.preferred.clone());
    fields.set_list("deprecated", &term.deprecated);
    fields.set_list("except", &term.except);
    EntryKind::Term
}

fn document_fields(document: &Document, fields: &mut Fields) -> EntryKind {
    fields.set_text("title", document.title.clone());
    fields.set_list("short", &document.short);
    fields.set_optional("issuer", document.issuer.as_ref());
    fields.set_text("date", document.time.start.map(|date| date.to_string()).unwrap_or_default());
    fields.set_optional("text", document.text.as_ref());
    EntryKind::Document
}

/// Fields read as a lexicon file would be.
struct FieldRecord<'a> {
    fields: &'a Fields,
    prefix: String,
    faults: &'a RefCell<Vec<Message>>,
}

impl FieldRecord<'_> {
    fn fault(&self, key: &str, zh: &str, en: &str) {
        let zh = format!("`{}{key}` 应为{zh}", self.prefix);
        self.faults.borrow_mut().push(Message::new(zh, format!("`{}{key}` must be {en}", self.prefix)));
    }
}

impl Record for FieldRecord<'_> {
    fn text(&mut self, key: &'static str) -> Option<SmolStr> {
        Some(self.fields.text(key)).filter(|text| !text.is_empty()).map(SmolStr::from)
    }

    fn required(&mut self, key: &'static str) -> SmolStr {
        let text = self.fields.text(key);
        if text.trim().is_empty() {
            self.fault(key, "必填项，此处没有", "given, and is missing here");
        }
        SmolStr::from(text)
    }

    fn list(&mut self, key: &'static str) -> Vec<SmolStr> {
        self.fields.list(key).to_vec()
    }

    fn flag(&mut self, key: &'static str) -> Option<bool> {
        self.fields.flag(key)
    }

    fn nested(&mut self, key: &'static str, each: &mut dyn FnMut(&mut dyn Record)) {
        for (index, fields) in self.fields.tables(key).iter().enumerate() {
            let prefix = format!("{}{key}.{index}.", self.prefix);
            each(&mut FieldRecord { fields, prefix, faults: self.faults });
        }
    }

    fn refuse(&mut self, key: &'static str, expected: &str) {
        let (zh, en) = expected.split_once(" | ").unwrap_or((expected, expected));
        self.fault(key, zh, en);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Notes which keys are asked for.
    struct Asking<'a>(&'a RefCell<Vec<String>>, String);

    impl Asking<'_> {
        fn note(&self, key: &str) {
            self.0.borrow_mut().push(format!("{}{key}", self.1));
        }
    }

    impl Record for Asking<'_> {
        fn text(&mut self, key: &'static str) -> Option<SmolStr> {
            self.note(key);
            None
        }
        fn required(&mut self, key: &'static str) -> SmolStr {
            self.note(key);
            SmolStr::default()
        }
        fn list(&mut self, key: &'static str) -> Vec<SmolStr> {
            self.note(key);
            Vec::new()
        }
        fn flag(&mut self, key: &'static str) -> Option<bool> {
            self.note(key);
            None
        }
        fn nested(&mut self, key: &'static str, each: &mut dyn FnMut(&mut dyn Record)) {
            self.note(key);
            each(&mut Asking(self.0, format!("{key}.")));
        }
        fn refuse(&mut self, _: &'static str, _: &str) {}
    }

    #[test]
    fn the_tables_of_keys_name_exactly_what_the_reader_asks_for() {
        for kind in EntryKind::ALL {
            let asked = RefCell::new(vec!["sources".to_owned(), "note".to_owned()]);
            let mut record = Asking(&asked, String::new());
            read_id(&mut record);
            read_entry(kind, &mut record);
            read_reviewed(&mut record);
            let mut asked = asked.into_inner();
            let mut known: Vec<String> = Vec::new();
            for key in keys::keys(kind) {
                known.push((*key).to_owned());
                known.extend(keys::nested_keys(key).iter().map(|nested| format!("{key}.{nested}")));
            }
            asked.sort();
            known.sort();
            assert_eq!(asked, known, "keys of {}", kind.name());
        }
    }
}
