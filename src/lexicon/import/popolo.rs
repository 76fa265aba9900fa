//! Popolo JSON: persons, organizations, posts and memberships, at the top or inside each other.
//!
//! What the lexicon knows and Popolo has no term for stands under a key `hegao` (`complete`, `reviewed`,
//! `note`, `successor`, and sources that are no addresses), which its specification allows.

use std::{collections::HashMap, io::Read};

use serde::Deserialize;
use serde_json::{Map, Value as Json};
use smol_str::SmolStr;

use super::{
    Fault, ImportOptions, dates,
    han::is_chinese,
    ids::is_id,
    imported::{At, Collector, Imported},
    references::{References, is_code},
    titles::WrittenOut,
};
use crate::{
    lang::Message,
    lexicon::{
        entry::EntryKind,
        write::{Fields, Naming, Value},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Document {
    persons: Option<Vec<Person>>,
    organizations: Option<Vec<Organization>>,
    posts: Option<Vec<Post>>,
    memberships: Option<Vec<Membership>>,
    areas: Option<Vec<Area>>,
    #[serde(flatten)]
    rest: Map<String, Json>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Person {
    id: Option<Id>,
    name: Option<SmolStr>,
    other_names: Option<Vec<OtherName>>,
    gender: Option<SmolStr>,
    identifiers: Option<Vec<Identifier>>,
    memberships: Option<Vec<Membership>>,
    sources: Option<Vec<Link>>,
    hegao: Option<Extension>,
    #[serde(flatten)]
    rest: Map<String, Json>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Organization {
    id: Option<Id>,
    name: Option<SmolStr>,
    other_names: Option<Vec<OtherName>>,
    parent_id: Option<Id>,
    area_id: Option<Id>,
    founding_date: Option<SmolStr>,
    dissolution_date: Option<SmolStr>,
    memberships: Option<Vec<Membership>>,
    posts: Option<Vec<Post>>,
    sources: Option<Vec<Link>>,
    hegao: Option<Extension>,
    #[serde(flatten)]
    rest: Map<String, Json>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Post {
    id: Option<Id>,
    label: Option<SmolStr>,
    other_label: Option<Labels>,
    role: Option<SmolStr>,
    organization_id: Option<Id>,
    area_id: Option<Id>,
    memberships: Option<Vec<Membership>>,
    #[serde(flatten)]
    rest: Map<String, Json>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Membership {
    label: Option<SmolStr>,
    role: Option<SmolStr>,
    person_id: Option<Id>,
    organization_id: Option<Id>,
    post_id: Option<Id>,
    post: Option<Box<Post>>,
    area_id: Option<Id>,
    start_date: Option<SmolStr>,
    end_date: Option<SmolStr>,
    sources: Option<Vec<Link>>,
    hegao: Option<Extension>,
    #[serde(flatten)]
    rest: Map<String, Json>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Area {
    id: Option<Id>,
    identifier: Option<SmolStr>,
    name: Option<SmolStr>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct OtherName {
    name: Option<SmolStr>,
    #[serde(flatten)]
    rest: Map<String, Json>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Identifier {
    scheme: Option<SmolStr>,
    identifier: Option<SmolStr>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Link {
    url: Option<SmolStr>,
    note: Option<SmolStr>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Extension {
    complete: Option<bool>,
    note: Option<SmolStr>,
    reviewed: Option<SmolStr>,
    successor: Option<SmolStr>,
    sources: Option<Vec<SmolStr>>,
}

/// Ids are strings, and in some files numbers.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Id {
    Text(SmolStr),
    Number(i64),
}

/// One label, or as in the later schema several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Labels {
    One(SmolStr),
    Many(Vec<SmolStr>),
}

fn text_of(id: Option<&Id>) -> SmolStr {
    match id {
        Some(Id::Text(text)) => text.clone(),
        Some(Id::Number(number)) => number.to_string().into(),
        None => SmolStr::default(),
    }
}

/// Reads the people and organizations of a document.
pub(super) fn import(mut source: impl Read, options: &ImportOptions<'_>) -> Result<Imported, Fault> {
    let mut bytes = Vec::new();
    source.read_to_end(&mut bytes)?;
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut document: Document = serde_json::from_slice(text).map_err(|error| {
        let zh = format!("不是 Popolo JSON：{error}");
        (At::Line(error.line()), Message::new(zh, format!("not Popolo JSON: {error}")))
    })?;
    if document.persons.is_none() && document.organizations.is_none() {
        let zh = "没有 `persons` 或 `organizations`；应为 Popolo 文档 {\"persons\": […], …}";
        let en = "neither `persons` nor `organizations`; expected is a Popolo document {\"persons\": […], …}";
        return Err((At::Line(1), Message::new(zh, en)).into());
    }
    let mut import = Import::new(options);
    for key in document.rest.keys() {
        import.collector.leave_out(key);
    }
    import.flatten(&mut document);
    import.name(&document);
    import.push_all(document);
    std::mem::take(&mut import.titles).note(&mut import.collector);
    Ok(import.collector.finish())
}

struct Import<'a> {
    references: References<'a>,
    collector: Collector,
    posts: HashMap<SmolStr, Post>,
    areas: HashMap<SmolStr, Area>,
    /// The ids that entries got, by those of the document.
    ids: HashMap<(EntryKind, SmolStr), (SmolStr, Naming)>,
    held: HashMap<SmolStr, Vec<(usize, Membership)>>,
    /// The names of organizations, by the ids of the document.
    organization_names: HashMap<SmolStr, SmolStr>,
    titles: WrittenOut,
}

impl<'a> Import<'a> {
    fn new(options: &ImportOptions<'a>) -> Self {
        Self {
            references: References::new(options.lexicon),
            collector: Collector::default(),
            posts: HashMap::new(),
            areas: HashMap::new(),
            ids: HashMap::new(),
            held: HashMap::new(),
            organization_names: HashMap::new(),
            titles: WrittenOut::default(),
        }
    }

    /// Takes posts and memberships out of what they stand in, with the ids they have from there.
    fn flatten(&mut self, document: &mut Document) {
        let mut memberships = document.memberships.take().unwrap_or_default();
        for person in document.persons.iter_mut().flatten() {
            let own = person.memberships.take().into_iter().flatten();
            memberships.extend(own.map(|membership| Membership { person_id: person.id.clone(), ..membership }));
        }
        let mut posts = document.posts.take().unwrap_or_default();
        for organization in document.organizations.iter_mut().flatten() {
            let own = organization.memberships.take().into_iter().flatten();
            memberships
                .extend(own.map(|membership| Membership { organization_id: organization.id.clone(), ..membership }));
            let own = organization.posts.take().into_iter().flatten();
            posts.extend(own.map(|post| Post { organization_id: organization.id.clone(), ..post }));
        }
        for post in &mut posts {
            let own = post.memberships.take().into_iter().flatten();
            memberships.extend(own.map(|membership| Membership { post_id: post.id.clone(), ..membership }));
        }
        for post in &mut posts {
            let rest = std::mem::take(&mut post.rest);
            self.leave_out_rest(rest, "posts.");
        }
        self.posts = posts.into_iter().map(|post| (text_of(post.id.as_ref()), post)).collect();
        let areas = document.areas.take().unwrap_or_default();
        self.areas = areas.into_iter().map(|area| (text_of(area.id.as_ref()), area)).collect();
        for (position, membership) in memberships.into_iter().enumerate() {
            let holder = text_of(membership.person_id.as_ref());
            self.held.entry(holder).or_default().push((position, membership));
        }
    }

    /// Gives every person and organization its id: first those that keep their own.
    fn name(&mut self, document: &Document) {
        let people = document.persons.iter().flatten().map(|person| (EntryKind::Person, &person.id, &person.name));
        let organizations = document.organizations.iter().flatten();
        let organizations = organizations.map(|body| (EntryKind::Organization, &body.id, &body.name));
        for body in document.organizations.iter().flatten() {
            self.organization_names.insert(text_of(body.id.as_ref()), body.name.clone().unwrap_or_default());
        }
        let all: Vec<_> = people.chain(organizations).collect();
        for own in [true, false] {
            for (kind, id, name) in all.iter().filter(|(_, id, _)| is_id(&text_of(id.as_ref())) == own) {
                let own = text_of(id.as_ref());
                let given = self.collector.id(*kind, &own, name.as_deref().unwrap_or_default());
                self.ids.insert((*kind, own), given);
            }
        }
    }

    fn push_all(&mut self, document: Document) {
        for (position, person) in document.persons.into_iter().flatten().enumerate() {
            self.push_person(person, At::Record(format!("persons[{position}]")));
        }
        for (position, organization) in document.organizations.into_iter().flatten().enumerate() {
            self.push_organization(organization, At::Record(format!("organizations[{position}]")));
        }
        for (holder, memberships) in std::mem::take(&mut self.held) {
            for (position, _) in memberships {
                let zh = format!("`person_id` 为 `{holder}`，persons 里没有此人，未导入");
                let en = format!("`person_id` is `{holder}`, who is not among the persons; left out");
                self.collector.note(At::Record(format!("memberships[{position}]")), zh, en);
            }
        }
        self.collector.imported.notes.sort_by_key(|note| {
            if let At::Record(record) = &note.at { (record.len(), record.clone()) } else { (0, String::new()) }
        });
    }

    fn id(&self, kind: EntryKind, own: &str) -> (SmolStr, Naming) {
        self.ids.get(&(kind, own.into())).cloned().unwrap_or((SmolStr::default(), Naming::Made))
    }

    fn push_person(&mut self, person: Person, at: At) {
        let own = text_of(person.id.as_ref());
        let (id, naming) = self.id(EntryKind::Person, &own);
        let mut fields = Fields::default();
        fields.set_text("id", id);
        fields.set_text("name", person.name.unwrap_or_default());
        fields.set_list("other_names", &self.names(person.other_names));
        match person.gender.as_deref() {
            Some(gender @ ("male" | "female")) => fields.set_text("gender", gender),
            None | Some("") => {}
            Some(gender) => self.collector.leave_out(&format!("gender {gender}")),
        }
        let mut sources = self.sources(person.sources, person.hegao.as_ref());
        let items = person
            .identifiers
            .into_iter()
            .flatten()
            .filter(|identifier| identifier.scheme.as_deref() == Some("wikidata"));
        sources.extend(
            items
                .filter_map(|item| item.identifier)
                .map(|item| SmolStr::from(format!("https://www.wikidata.org/entity/{item}"))),
        );
        fields.set_list("sources", &sources);
        set_extension(&mut fields, person.hegao);
        let memberships = self.held.remove(&own).unwrap_or_default();
        let posts: Option<Vec<Option<Fields>>> =
            memberships.into_iter().map(|(position, membership)| self.post(position, membership).ok()).collect();
        self.leave_out_rest(person.rest, "");
        if let Some(posts) = posts {
            fields.set_tables("post", posts.into_iter().flatten().collect());
            self.collector.push(at, EntryKind::Person, &fields, naming);
        }
    }

    fn push_organization(&mut self, organization: Organization, at: At) {
        let own = text_of(organization.id.as_ref());
        let (id, naming) = self.id(EntryKind::Organization, &own);
        let mut fields = Fields::default();
        fields.set_text("id", id);
        fields.set_text("name", organization.name.unwrap_or_default());
        fields.set_list("short", &self.names(organization.other_names));
        let parent = self.organization(&text_of(organization.parent_id.as_ref()));
        fields.set_text("parent", parent);
        let place = self.area(&text_of(organization.area_id.as_ref()));
        fields.set_text("place", place);
        let sound = self.set_date(&mut fields, "start", organization.founding_date, &at)
            & self.set_date(&mut fields, "end", organization.dissolution_date, &at);
        let sources = self.sources(organization.sources, organization.hegao.as_ref());
        fields.set_list("sources", &sources);
        set_extension(&mut fields, organization.hegao);
        self.leave_out_rest(organization.rest, "");
        if sound {
            self.collector.push(at, EntryKind::Organization, &fields, naming);
        }
    }

    /// The post of a membership; `Ok(None)` if it has no title, `Err` if a date cannot be read.
    fn post(&mut self, position: usize, membership: Membership) -> Result<Option<Fields>, ()> {
        let at = At::Record(format!("memberships[{position}]"));
        let default = Post::default();
        let by_id = self.posts.get(&text_of(membership.post_id.as_ref()));
        let post = membership.post.as_deref().or(by_id).unwrap_or(&default);
        let organization = text_of(membership.organization_id.as_ref().or(post.organization_id.as_ref()));
        let first = |texts: [&Option<SmolStr>; 2]| texts.into_iter().flatten().find(|text| !text.is_empty()).cloned();
        let title = first([&post.label, &membership.label]).or_else(|| {
            let unit =
                self.organization_names.get(&organization).filter(|unit| is_chinese(unit)).map_or("", SmolStr::as_str);
            let role = first([&post.role, &membership.role])?;
            Some(SmolStr::from(self.titles.write_out(&role, unit)))
        });
        let short = match &post.other_label {
            Some(Labels::One(label)) => vec![label.clone()],
            Some(Labels::Many(labels)) => labels.clone(),
            None => Vec::new(),
        };
        let area = text_of(membership.area_id.as_ref().or(post.area_id.as_ref()));
        let Some(title) = title else {
            self.collector.leave_out("membership without label or role");
            return Ok(None);
        };
        let mut fields = Fields::default();
        fields.set_text("title", title);
        fields.set_list("short", &short);
        fields.set_text("organization", self.organization(&organization));
        let place = self.area(&area);
        fields.set_text("place", place);
        let sound = self.set_date(&mut fields, "start", membership.start_date, &at)
            & self.set_date(&mut fields, "end", membership.end_date, &at);
        let sources = self.sources(membership.sources, membership.hegao.as_ref());
        fields.set_list("sources", &sources);
        self.leave_out_rest(membership.rest, "memberships.");
        if sound { Ok(Some(fields)) } else { Err(()) }
    }

    /// The id of an organization of the document, or one of the lexicon's own.
    fn organization(&mut self, own: &str) -> SmolStr {
        match self.ids.get(&(EntryKind::Organization, own.into())) {
            Some((id, _)) => id.clone(),
            None if own.is_empty() || is_id(own) => own.into(),
            None => {
                self.collector.leave_out(&format!("organization {own}"));
                SmolStr::default()
            }
        }
    }

    /// The place that an area is: by its own id, its code or its name.
    fn area(&mut self, own: &str) -> SmolStr {
        if own.is_empty() || is_id(own) {
            return own.into();
        }
        let area = self.areas.get(own);
        let code = area.and_then(|area| area.identifier.clone()).filter(|code| is_code(code));
        let name = area.and_then(|area| area.name.clone()).unwrap_or_default();
        code.or_else(|| self.references.find_named_place(&name)).unwrap_or_else(|| {
            self.collector.leave_out(&format!("area {own}"));
            SmolStr::default()
        })
    }

    /// The addresses of sources, or in the lexicon's own files all sources in their order.
    fn sources(&mut self, links: Option<Vec<Link>>, extension: Option<&Extension>) -> Vec<SmolStr> {
        let mut addresses = Vec::new();
        for link in links.into_iter().flatten() {
            if link.url.is_some() && link.note.as_ref().is_some_and(|note| !note.is_empty()) {
                self.collector.leave_out("sources.note");
            }
            addresses.extend(link.url.or(link.note).filter(|source| !source.is_empty()));
        }
        extension.and_then(|extension| extension.sources.clone()).unwrap_or(addresses)
    }

    fn set_date(&mut self, fields: &mut Fields, key: &'static str, written: Option<SmolStr>, at: &At) -> bool {
        let Some(written) = written.filter(|written| !written.is_empty()) else { return true };
        match dates::read(&written) {
            Some(date) => fields.set_text(key, date),
            None => {
                let zh = format!("`{written}` 不是日期；应为 2022、2022-06 或 2022-06-24");
                self.collector.fault(
                    at.clone(),
                    zh,
                    format!("`{written}` is no date; expected is 2022, 2022-06 or 2022-06-24"),
                );
                return false;
            }
        }
        true
    }

    fn names(&mut self, names: Option<Vec<OtherName>>) -> Vec<SmolStr> {
        let mut texts = Vec::new();
        for name in names.into_iter().flatten() {
            texts.extend(name.name.filter(|name| !name.is_empty()));
            self.leave_out_rest(name.rest, "other_names.");
        }
        texts
    }

    fn leave_out_rest(&mut self, rest: Map<String, Json>, prefix: &str) {
        for (key, value) in rest {
            // The id of a membership names nothing in a lexicon.
            if !value.is_null() && value != Json::Array(Vec::new()) && key != "id" {
                self.collector.leave_out(&format!("{prefix}{key}"));
            }
        }
    }
}

fn set_extension(fields: &mut Fields, extension: Option<Extension>) {
    let Some(extension) = extension else { return };
    if let Some(true) = extension.complete {
        fields.set("complete", Value::Flag(true));
    }
    fields.set_text("note", extension.note.unwrap_or_default());
    fields.set_text("reviewed", extension.reviewed.unwrap_or_default());
    fields.set_text("successor", extension.successor.unwrap_or_default());
}
