//! The result of a query to Wikidata, as the query service saves it in CSV: a row for each person, post and
//! reference.
//!
//! Columns are person, label, aliases, gender, position, start, end, jurisdiction and reference, with or
//! without `Label` at the end, in any order. `person` is the item, by which a person is known again when the
//! query is imported anew. The service prints a date that is known to the year or month only as the first day
//! of the period, so the first of January is read as the year and the first of a month as the month, unless
//! columns `startPrecision` and `endPrecision` (9 year, 10 month, 11 day) say more.

use std::{
    collections::{HashMap, HashSet},
    io::Read,
};

use smol_str::SmolStr;

use super::{
    Fault, ImportOptions, dates,
    han::{chinese_names, is_chinese},
    imported::{At, Collector, Imported},
    references::References,
};
use crate::{
    lang::Message,
    lexicon::{
        entry::EntryKind,
        write::{Fields, Naming},
    },
};

/// The items of the two genders that the lexicon knows.
const GENDERS: [(&str, &str); 8] = [
    ("Q6581097", "male"),
    ("Q6581072", "female"),
    ("男", "male"),
    ("男性", "male"),
    ("male", "male"),
    ("女", "female"),
    ("女性", "female"),
    ("female", "female"),
];

/// Reads the people of a query's result.
pub(super) fn import(source: impl Read, options: &ImportOptions<'_>) -> Result<Imported, Fault> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(source);
    let columns = Columns::of(reader.headers().map_err(malformed)?)?;
    let mut people =
        People { columns, list: Vec::new(), by_item: HashMap::new(), imprecise: 0, collector: Collector::default() };
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(malformed)? {
        let line = record.position().map_or(0, |position| position.line() as usize);
        people.add(&record, line);
    }
    Ok(people.finish(&References::new(options.lexicon)))
}

fn malformed(error: csv::Error) -> Fault {
    let line = error.position().map_or(1, |position| position.line() as usize);
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Fault::Unreadable(error),
        error => Fault::Malformed(
            At::Line(line),
            Message::new(format!("CSV 无法读取：{error:?}"), format!("not valid CSV: {error:?}")),
        ),
    }
}

/// Where the columns of the query stand.
struct Columns(HashMap<&'static str, usize>);

impl Columns {
    const NAMES: [&str; 11] = [
        "person",
        "label",
        "aliases",
        "gender",
        "position",
        "start",
        "end",
        "jurisdiction",
        "reference",
        "startprecision",
        "endprecision",
    ];

    fn of(header: &csv::StringRecord) -> Result<Self, Fault> {
        let mut columns = HashMap::new();
        for (column, heading) in header.iter().enumerate() {
            let heading = heading.trim().trim_start_matches('\u{feff}').trim_start_matches('?').to_lowercase();
            let is_label = heading.ends_with("label") && heading != "label";
            let name = match heading.as_str() {
                "personlabel" | "name" | "itemlabel" => "label",
                "item" => "person",
                "alias" | "altlabel" | "personaltlabel" => "aliases",
                heading => heading.trim_end_matches("label"),
            };
            let name = if name.is_empty() { "label" } else { name };
            if let Some(known) = Self::NAMES.into_iter().find(|known| *known == name) {
                // Of an item and its label the label says more.
                if is_label || !columns.contains_key(known) {
                    columns.insert(known, column);
                }
            }
        }
        let missing: Vec<&str> = ["person", "label"].into_iter().filter(|name| !columns.contains_key(name)).collect();
        if missing.is_empty() {
            return Ok(Self(columns));
        }
        let (zh, en) = (missing.join("、"), missing.join(", "));
        let expected = "person, label, aliases, gender, position, start, end, jurisdiction, reference";
        Err(Fault::Malformed(
            At::Line(1),
            Message::new(
                format!("缺少列 {zh}；应有 {expected}"),
                format!("there is no column {en}; expected are {expected}"),
            ),
        ))
    }

    fn cell<'r>(&self, row: &'r csv::StringRecord, name: &str) -> &'r str {
        self.0.get(name).and_then(|column| row.get(*column)).unwrap_or_default().trim()
    }
}

struct PersonRows {
    line: usize,
    item: SmolStr,
    label: SmolStr,
    aliases: Vec<SmolStr>,
    gender: &'static str,
    posts: Vec<Fields>,
    sound: bool,
}

struct People {
    columns: Columns,
    list: Vec<PersonRows>,
    by_item: HashMap<SmolStr, usize>,
    /// How many dates were read as a year or month.
    imprecise: usize,
    collector: Collector,
}

impl People {
    fn add(&mut self, row: &csv::StringRecord, line: usize) {
        let cell = |name: &str| self.columns.cell(row, name);
        let item = SmolStr::from(cell("person").rsplit('/').next().unwrap_or_default());
        if item.is_empty() {
            self.collector.fault(
                At::Line(line),
                "`person` 为空；应为 Wikidata 条目",
                "`person` is empty; a Wikidata item is expected",
            );
            return;
        }
        let (label, gender) = (SmolStr::from(cell("label")), cell("gender").rsplit('/').next().unwrap_or_default());
        let known_gender = GENDERS.iter().find(|(word, _)| *word == gender).map_or("", |(_, gender)| gender);
        let aliases: Vec<SmolStr> = cell("aliases")
            .split(['|', ';', '；', ',', '，', '、', '\n'])
            .map(|alias| SmolStr::from(alias.trim()))
            .collect();
        let post = self.post(row);
        if known_gender.is_empty() && !gender.is_empty() {
            self.collector.leave_out(&format!("gender {gender}"));
        }
        let position = *self.by_item.entry(item.clone()).or_insert_with(|| {
            self.list.push(PersonRows {
                line,
                item,
                label,
                aliases: Vec::new(),
                gender: "",
                posts: Vec::new(),
                sound: true,
            });
            self.list.len() - 1
        });
        let person = &mut self.list[position];
        person.aliases.extend(aliases);
        if person.gender.is_empty() {
            person.gender = known_gender;
        }
        match post {
            Ok(Some(post)) => add_post(&mut person.posts, post),
            Ok(None) => {}
            Err(message) => {
                person.sound = false;
                self.collector.fault(At::Line(line), message.zh, message.en);
            }
        }
    }

    /// The post of a row, still with the name of its jurisdiction. `None` if there is none with a Chinese title.
    fn post(&mut self, row: &csv::StringRecord) -> Result<Option<Fields>, Message> {
        let cell = |name: &str| self.columns.cell(row, name);
        let title = cell("position");
        if !is_chinese(title) {
            if !title.is_empty() {
                self.collector.leave_out("position without a Chinese label");
            }
            return Ok(None);
        }
        let mut post = Fields::default();
        post.set_text("title", title);
        post.set_text("place", cell("jurisdiction"));
        let start = date(cell("start"), cell("startprecision"), "start")?;
        let end = date(cell("end"), cell("endprecision"), "end")?;
        self.imprecise += [&start, &end].iter().filter(|date| date.1).count();
        post.set_text("start", start.0);
        post.set_text("end", end.0);
        post.set_list(
            "sources",
            &Some(SmolStr::from(cell("reference"))).filter(|source| !source.is_empty()).into_iter().collect::<Vec<_>>(),
        );
        Ok(Some(post))
    }

    fn finish(mut self, references: &References<'_>) -> Imported {
        for person in std::mem::take(&mut self.list) {
            if person.sound {
                self.push(person, references);
            }
        }
        if self.imprecise > 0 {
            let count = self.imprecise;
            let zh =
                format!("{count} 个日期是某年或某月的第一天，按年、月导入：查询结果不区分“2022年”和“2022年1月1日”");
            let en = format!(
                "{count} dates on the first day of a year or month were read as the year or month: the query service writes both alike"
            );
            self.collector.note(At::File, zh, en);
        }
        self.collector.finish()
    }

    fn push(&mut self, person: PersonRows, references: &References<'_>) {
        let names = chinese_names([person.label.as_str()].into_iter());
        let Some(name) = names.first() else {
            let (item, label) = (&person.item, &person.label);
            let zh = format!("{item}（{label}）没有中文名，未导入");
            self.collector.note(
                At::Line(person.line),
                zh,
                format!("{item} ({label}) has no Chinese label and was left out"),
            );
            return;
        };
        let mut fields = Fields::default();
        fields.set_text("id", self.collector.made_id(EntryKind::Person, name, ""));
        fields.set_text("name", *name);
        let aliases = chinese_names(person.aliases.iter().map(SmolStr::as_str));
        let foreign: HashSet<&SmolStr> =
            person.aliases.iter().filter(|alias| !alias.is_empty() && !is_chinese(alias)).collect();
        foreign.iter().for_each(|_| self.collector.leave_out("alias not in Chinese"));
        fields.extend_list("other_names", aliases.into_iter().filter(|alias| alias != name).map(SmolStr::from));
        fields.set_text("gender", person.gender);
        fields.set_list("sources", &[SmolStr::from(format!("https://www.wikidata.org/entity/{}", person.item))]);
        let posts = person.posts.into_iter().map(|mut post| {
            let jurisdiction = SmolStr::from(post.text("place"));
            post.remove("place");
            match references.find_named_place(jurisdiction.rsplit('/').next().unwrap_or_default()) {
                Some(place) => post.set_text("place", place),
                None if !jurisdiction.is_empty() => self.collector.leave_out(&format!("jurisdiction {jurisdiction}")),
                None => {}
            }
            post
        });
        let posts = posts.collect();
        fields.set_tables("post", posts);
        self.collector.push(At::Line(person.line), EntryKind::Person, &fields, Naming::Made);
    }
}

/// Rows that differ in the reference only are one post.
fn add_post(posts: &mut Vec<Fields>, post: Fields) {
    let same =
        |known: &&mut Fields| ["title", "start", "end", "place"].iter().all(|key| known.text(key) == post.text(key));
    match posts.iter_mut().find(same) {
        Some(known) => known.extend_list("sources", post.list("sources").iter().cloned()),
        None => posts.push(post),
    }
}

/// The date, and whether it lost a first day that says nothing.
fn date(written: &str, precision: &str, key: &str) -> Result<(String, bool), Message> {
    // The service writes "unknown value" as a blank node.
    if written.is_empty() || written.starts_with("t") || written.contains("/.well-known/genid/") {
        return Ok((String::new(), false));
    }
    let written = written.trim_start_matches('+');
    let date = dates::read(written).ok_or_else(|| {
        Message::new(
            format!("`{key}` 的 `{written}` 不是日期；应如 2022-06-24T00:00:00Z"),
            format!("`{key}`: `{written}` is no date; expected is one such as 2022-06-24T00:00:00Z"),
        )
    })?;
    let length = match precision {
        "11" => 10,
        "10" => 7,
        "9" => 4,
        _ => {
            let known = dates::without_false_precision(&date);
            return Ok((known.to_owned(), known.len() < date.len()));
        }
    };
    Ok((date.get(..length).unwrap_or(&date).to_owned(), false))
}
