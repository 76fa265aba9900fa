//! Popolo JSON: persons, organizations, posts and memberships.
//!
//! A post of the lexicon is a membership; its title and short forms make a post, which people who held the
//! same one share.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value as Json, json};

use crate::lexicon::{
    EntryKind, Lexicon,
    write::{EntryFields, Fields},
};

/// The document, indented.
pub(super) fn write(entries: &[EntryFields], lexicon: Option<&Lexicon>) -> String {
    let mut document = Document { lexicon, ..Document::default() };
    for entry in entries {
        match entry.kind {
            EntryKind::Person => document.person(&entry.fields),
            EntryKind::Organization => document.organization(&entry.fields),
            _ => {}
        }
    }
    document.finish()
}

#[derive(Default)]
struct Document<'a> {
    lexicon: Option<&'a Lexicon>,
    persons: Vec<Json>,
    organizations: Vec<Json>,
    memberships: Vec<Json>,
    posts: Vec<Json>,
    /// The number of each post, by what it says without its id.
    post_ids: BTreeMap<String, usize>,
    areas: Vec<Json>,
    known_areas: HashSet<String>,
}

impl Document<'_> {
    fn person(&mut self, person: &Fields) {
        let mut object = Map::new();
        set(&mut object, "id", person.text("id"));
        set(&mut object, "name", person.text("name"));
        set_names(&mut object, person.list("other_names"));
        set(&mut object, "gender", person.text("gender"));
        let mut extension = Map::new();
        if person.flag("complete") == Some(true) {
            extension.insert("complete".to_owned(), json!(true));
        }
        set(&mut extension, "reviewed", person.text("reviewed"));
        set(&mut extension, "note", person.text("note"));
        set_sources(&mut object, &mut extension, person);
        set_extension(&mut object, extension);
        self.persons.push(Json::Object(object));
        for post in person.tables("post") {
            self.membership(person.text("id"), post);
        }
    }

    fn membership(&mut self, person: &str, held: &Fields) {
        let mut object = Map::new();
        set(&mut object, "person_id", person);
        object.insert("post_id".to_owned(), Json::String(self.post(held)));
        set(&mut object, "organization_id", held.text("organization"));
        set(&mut object, "role", held.text("title"));
        set(&mut object, "area_id", held.text("place"));
        set(&mut object, "start_date", held.text("start"));
        set(&mut object, "end_date", held.text("end"));
        let mut extension = Map::new();
        set_sources(&mut object, &mut extension, held);
        set_extension(&mut object, extension);
        self.memberships.push(Json::Object(object));
    }

    /// The id of the post with this title, short forms, organization and area.
    fn post(&mut self, held: &Fields) -> String {
        let mut object = Map::new();
        set(&mut object, "label", held.text("title"));
        if !held.list("short").is_empty() {
            object.insert("other_label".to_owned(), json!(held.list("short")));
        }
        set(&mut object, "role", held.text("title"));
        set(&mut object, "organization_id", held.text("organization"));
        set(&mut object, "area_id", held.text("place"));
        self.area(held.text("place"));
        let key = Json::Object(object.clone()).to_string();
        let number = self.post_ids.len() + 1;
        let known = *self.post_ids.entry(key).or_insert(number);
        let id = format!("post-{known}");
        if known == number {
            let mut post = Map::new();
            set(&mut post, "id", &id);
            post.append(&mut object);
            self.posts.push(Json::Object(post));
        }
        id
    }

    fn organization(&mut self, organization: &Fields) {
        let mut object = Map::new();
        set(&mut object, "id", organization.text("id"));
        set(&mut object, "name", organization.text("name"));
        set_names(&mut object, organization.list("short"));
        set(&mut object, "parent_id", organization.text("parent"));
        set(&mut object, "area_id", organization.text("place"));
        self.area(organization.text("place"));
        set(&mut object, "founding_date", organization.text("start"));
        set(&mut object, "dissolution_date", organization.text("end"));
        let mut extension = Map::new();
        set(&mut extension, "successor", organization.text("successor"));
        set(&mut extension, "reviewed", organization.text("reviewed"));
        set(&mut extension, "note", organization.text("note"));
        set_sources(&mut object, &mut extension, organization);
        set_extension(&mut object, extension);
        self.organizations.push(Json::Object(object));
    }

    /// Lists an area that is referred to, if the lexicon knows it.
    fn area(&mut self, reference: &str) {
        if reference.is_empty() || !self.known_areas.insert(reference.to_owned()) {
            return;
        }
        let Some(lexicon) = self.lexicon else { return };
        let found = lexicon.find(reference).or_else(|| lexicon.place_with_code(reference));
        let Some(place) = found.and_then(|index| lexicon.entry(index).place()) else { return };
        let Some(version) = place.versions.last() else { return };
        let mut object = Map::new();
        set(&mut object, "id", reference);
        set(&mut object, "identifier", version.code.as_deref().unwrap_or_default());
        set(&mut object, "name", &version.name);
        set(&mut object, "classification", place.level.name());
        self.areas.push(Json::Object(object));
    }

    fn finish(self) -> String {
        let mut document = Map::new();
        document.insert("persons".to_owned(), Json::Array(self.persons));
        document.insert("organizations".to_owned(), Json::Array(self.organizations));
        document.insert("posts".to_owned(), Json::Array(self.posts));
        document.insert("memberships".to_owned(), Json::Array(self.memberships));
        if !self.areas.is_empty() {
            document.insert("areas".to_owned(), Json::Array(self.areas));
        }
        format!("{:#}\n", Json::Object(document))
    }
}

fn set(object: &mut Map<String, Json>, key: &str, text: &str) {
    if !text.is_empty() {
        object.insert(key.to_owned(), json!(text));
    }
}

fn set_names(object: &mut Map<String, Json>, names: &[smol_str::SmolStr]) {
    if !names.is_empty() {
        let names: Vec<Json> = names.iter().map(|name| json!({ "name": name })).collect();
        object.insert("other_names".to_owned(), Json::Array(names));
    }
}

/// Sources are links, which need an address. Where some are citations, all stand in the extension too, in
/// their order.
fn set_sources(object: &mut Map<String, Json>, extension: &mut Map<String, Json>, fields: &Fields) {
    let sources = fields.list("sources");
    let addresses: Vec<&str> =
        sources.iter().map(|source| source.as_str()).filter(|source| is_address(source)).collect();
    if !addresses.is_empty() {
        let links: Vec<Json> = addresses.iter().map(|address| json!({ "url": address })).collect();
        object.insert("sources".to_owned(), Json::Array(links));
    }
    if addresses.len() < sources.len() {
        extension.insert("sources".to_owned(), json!(sources));
    }
}

fn set_extension(object: &mut Map<String, Json>, extension: Map<String, Json>) {
    if !extension.is_empty() {
        object.insert("hegao".to_owned(), Json::Object(extension));
    }
}

fn is_address(source: &str) -> bool {
    let rest = source.strip_prefix("https://").or_else(|| source.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && !rest.contains(|character: char| character.is_whitespace() || "<>\"{}|\\^`".contains(character))
    })
}
