//! FollowTheMoney entities, one JSON object a line, as OpenSanctions publishes them: Person, Position and
//! Occupancy (which person holds which position, and when). Positions and occupancies may also stand inside
//! the person, as in its nested files. The order of lines does not matter; only what the three kinds of
//! entity need is kept, so a file may be larger than memory.

use std::{
    collections::{BTreeMap, HashMap},
    io::BufRead,
};

use serde::Deserialize;
use smol_str::SmolStr;

use super::{
    Fault, ImportOptions, dates,
    han::{chinese_names, is_chinese},
    imported::{At, Collector, Imported},
    references::References,
};
use crate::lexicon::{
    entry::EntryKind,
    write::{Fields, Naming},
};

#[derive(Deserialize)]
struct Entity {
    #[serde(default)]
    id: SmolStr,
    #[serde(default)]
    schema: SmolStr,
    #[serde(default)]
    properties: BTreeMap<String, Vec<Value>>,
}

/// A property's value: a text, or an entity in full.
#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    Text(SmolStr),
    Entity(Box<Entity>),
    Other(serde::de::IgnoredAny),
}

impl Entity {
    fn texts(&self, property: &str) -> impl Iterator<Item = &SmolStr> {
        let values = self.properties.get(property).into_iter().flatten();
        values.filter_map(|value| if let Value::Text(text) = value { Some(text) } else { None })
    }

    /// The id of the entity that a property names or holds.
    fn reference(&self, property: &str) -> Option<SmolStr> {
        self.properties.get(property)?.iter().find_map(|value| match value {
            Value::Text(id) => Some(id.clone()),
            Value::Entity(entity) => Some(entity.id.clone()),
            Value::Other(_) => None,
        })
    }

    fn first(&self, property: &str) -> SmolStr {
        self.texts(property).next().cloned().unwrap_or_default()
    }
}

struct Person {
    line: usize,
    id: SmolStr,
    names: Vec<SmolStr>,
    gender: SmolStr,
    sources: Vec<SmolStr>,
}

struct Position {
    title: Option<SmolStr>,
    area: SmolStr,
}

struct Occupancy {
    line: usize,
    holder: SmolStr,
    post: SmolStr,
    start: SmolStr,
    end: SmolStr,
    sources: Vec<SmolStr>,
}

#[derive(Default)]
struct Dataset {
    people: Vec<Person>,
    positions: HashMap<SmolStr, Position>,
    occupancies: Vec<Occupancy>,
    collector: Collector,
}

/// Reads the people of a data set.
pub(super) fn import(mut source: impl BufRead, options: &ImportOptions<'_>) -> Result<Imported, Fault> {
    let mut dataset = Dataset::default();
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if source.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let text = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii();
        if text.is_empty() {
            continue;
        }
        match serde_json::from_slice::<Entity>(text) {
            Ok(entity) if entity.schema.is_empty() => {
                let zh = "缺少 `schema`；每行应为一个 FollowTheMoney 实体";
                dataset.collector.fault(
                    At::Line(number),
                    zh,
                    "`schema` is missing; each line must be a FollowTheMoney entity",
                );
            }
            Ok(entity) => dataset.add(entity, None, number),
            Err(error) => {
                let zh = format!("不是 FollowTheMoney 实体：{error}");
                dataset.collector.fault(At::Line(number), zh, format!("no FollowTheMoney entity: {error}"));
            }
        }
    }
    Ok(dataset.finish(&References::new(options.lexicon)))
}

impl Dataset {
    fn add(&mut self, entity: Entity, holder: Option<&SmolStr>, line: usize) {
        match entity.schema.as_str() {
            "Person" => self.add_person(&entity, line),
            "Position" => {
                let names: Vec<&SmolStr> = entity.texts("name").collect();
                let title =
                    chinese_names(names.iter().map(|name| name.as_str())).first().map(|title| SmolStr::from(*title));
                self.positions.insert(entity.id.clone(), Position { title, area: entity.first("subnationalArea") });
            }
            "Occupancy" => self.add_occupancy(&entity, holder, line),
            schema => self.collector.leave_out(schema),
        }
        let holder = (entity.schema == "Person").then_some(&entity.id);
        for value in entity.properties.into_values().flatten() {
            if let Value::Entity(inner) = value {
                self.add(*inner, holder, line);
            }
        }
    }

    fn add_person(&mut self, entity: &Entity, line: usize) {
        const KNOWN: [&str; 6] = ["name", "alias", "gender", "sourceUrl", "wikidataId", "positionOccupancies"];
        for property in entity.properties.keys().filter(|property| !KNOWN.contains(&property.as_str())) {
            self.collector.leave_out(property);
        }
        let mut sources: Vec<SmolStr> = entity.texts("sourceUrl").cloned().collect();
        let item = entity.texts("wikidataId").chain([&entity.id]).find(|id| is_wikidata_item(id));
        sources.extend(item.map(|item| SmolStr::from(format!("https://www.wikidata.org/entity/{item}"))));
        sources.dedup();
        self.people.push(Person {
            line,
            id: entity.id.clone(),
            names: entity.texts("name").chain(entity.texts("alias")).cloned().collect(),
            gender: entity.first("gender"),
            sources,
        });
    }

    fn add_occupancy(&mut self, entity: &Entity, holder: Option<&SmolStr>, line: usize) {
        let named = (entity.reference("holder").or_else(|| holder.cloned()), entity.reference("post"));
        let (Some(holder), Some(post)) = named else {
            let zh = "Occupancy 缺少 `holder` 或 `post`";
            return self.collector.fault(At::Line(line), zh, "an Occupancy needs `holder` and `post`");
        };
        let (start, end) = (entity.first("startDate"), entity.first("endDate"));
        let sources = entity.texts("sourceUrl").cloned().collect();
        self.occupancies.push(Occupancy { line, holder, post, start, end, sources });
    }

    fn finish(mut self, references: &References<'_>) -> Imported {
        let mut posts = self.posts(references);
        let mut nameless = 0;
        for person in &self.people {
            let names = chinese_names(person.names.iter().map(SmolStr::as_str));
            let posts = posts.remove(&person.id);
            let foreign = person.names.iter().filter(|name| !is_chinese(name)).count();
            (0..foreign).for_each(|_| self.collector.leave_out("name not in Chinese"));
            let (Some(name), Some(posts)) = (names.first(), posts.unwrap_or(Some(Vec::new()))) else {
                nameless += usize::from(names.is_empty());
                continue;
            };
            let mut fields = Fields::default();
            fields.set_text("id", self.collector.made_id(EntryKind::Person, name, ""));
            fields.set_text("name", *name);
            fields.extend_list("other_names", names[1..].iter().map(|name| SmolStr::from(*name)));
            match person.gender.as_str() {
                gender @ ("male" | "female") => fields.set_text("gender", gender),
                "" => {}
                gender => self.collector.leave_out(&format!("gender {gender}")),
            }
            fields.set_list("sources", &person.sources);
            fields.set_tables("post", posts);
            self.collector.push(At::Line(person.line), EntryKind::Person, &fields, Naming::Made);
        }
        if nameless > 0 {
            let zh = format!("{nameless} 人没有中文名，未导入");
            self.collector.note(At::File, zh, format!("people without a Chinese name were left out: {nameless}"));
        }
        self.collector.finish()
    }

    /// The posts of each person; `None` for one of whose posts a date cannot be read.
    fn posts(&mut self, references: &References<'_>) -> HashMap<SmolStr, Option<Vec<Fields>>> {
        let mut posts: HashMap<SmolStr, Option<Vec<Fields>>> = HashMap::new();
        for occupancy in std::mem::take(&mut self.occupancies) {
            let Some(position) = self.positions.get(&occupancy.post) else {
                self.collector.leave_out("Occupancy of a Position that is not in the file");
                continue;
            };
            let Some(title) = position.title.clone() else {
                self.collector.leave_out("Position without a Chinese name");
                continue;
            };
            let mut post = Fields::default();
            post.set_text("title", title);
            match references.find_named_place(&position.area) {
                Some(place) => post.set_text("place", place),
                None if !position.area.is_empty() => {
                    self.collector.leave_out(&format!("subnationalArea {}", position.area))
                }
                None => {}
            }
            let sound = self.set_date(&mut post, "start", &occupancy.start, occupancy.line)
                & self.set_date(&mut post, "end", &occupancy.end, occupancy.line);
            post.set_list("sources", &occupancy.sources);
            let held = posts.entry(occupancy.holder).or_insert_with(|| Some(Vec::new()));
            match (held.as_mut(), sound) {
                (Some(held), true) => held.push(post),
                _ => *held = None,
            }
        }
        posts
    }

    fn set_date(&mut self, post: &mut Fields, key: &'static str, written: &str, line: usize) -> bool {
        if written.is_empty() {
            return true;
        }
        match dates::read(written) {
            Some(date) => post.set_text(key, date),
            None => {
                let zh = format!("`{written}` 不是日期；应为 2022、2022-06 或 2022-06-24");
                self.collector.fault(
                    At::Line(line),
                    zh,
                    format!("`{written}` is no date; expected is 2022, 2022-06 or 2022-06-24"),
                );
                return false;
            }
        }
        true
    }
}

fn is_wikidata_item(id: &str) -> bool {
    id.strip_prefix('Q').is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}
