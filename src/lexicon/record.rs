//! Reading one record field by field, whatever the file format: the schema of every table stands
//! here once, and the TOML and CSV readers only know how to look up a key.

use smol_str::SmolStr;

use super::{
    date::{EdtfDate, ValidTime},
    entry::*,
};

/// A record of key and value pairs that reports its own faults.
///
/// A key that is asked for becomes a known key. Faults are collected by the implementation, which
/// marks the record as broken; a broken record gives no entry, since half a fact can be a wrong one.
pub(super) trait Record {
    /// A string, if the key is present.
    fn text(&mut self, key: &'static str) -> Option<SmolStr>;
    /// A string that must be present and not empty.
    fn required(&mut self, key: &'static str) -> SmolStr;
    /// A list of strings; empty if absent.
    fn list(&mut self, key: &'static str) -> Vec<SmolStr>;
    /// `true` or `false`, if present.
    fn flag(&mut self, key: &'static str) -> Option<bool>;
    /// Calls `each` for every record of a nested table.
    fn nested(&mut self, key: &'static str, each: &mut dyn FnMut(&mut dyn Record));
    /// Reports that the value of `key` is not what was expected.
    fn refuse(&mut self, key: &'static str, expected: &str);
    /// Whether an absent key of a nested record means that nothing is known, and not that the value of
    /// the record above it holds.
    fn is_complete(&self) -> bool {
        false
    }
}

/// Reads the record of an entry of `kind`.
pub(super) fn read_entry(kind: EntryKind, record: &mut dyn Record) -> EntryData {
    match kind {
        EntryKind::Person => EntryData::Person(read_person(record)),
        EntryKind::Precedence => {
            EntryData::Precedence(Precedence { people: record.list("people"), time: read_time(record) })
        }
        EntryKind::Place => EntryData::Place(read_place(record)),
        EntryKind::Organization => EntryData::Organization(Box::new(read_organization(record))),
        EntryKind::Slogan => EntryData::Slogan(Box::new(read_slogan(record))),
        EntryKind::Term => EntryData::Term(Term {
            preferred: record.required("preferred"),
            deprecated: record.list("deprecated"),
            except: record.list("except"),
        }),
        EntryKind::Document => EntryData::Document(Box::new(read_document(record))),
    }
}

/// Reads the id, which every entry has.
pub(super) fn read_id(record: &mut dyn Record) -> SmolStr {
    let id = record.required("id");
    let mut bytes = id.bytes();
    let valid = bytes.next().is_some_and(|first| first.is_ascii_lowercase() || first.is_ascii_digit())
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !valid && !id.is_empty() {
        record.refuse(
            "id",
            "小写字母、数字和连字符，如 wu-haiying | lower-case letters, digits and hyphens, such as wu-haiying",
        );
    }
    id
}

/// Reads when someone last looked at the entry.
pub(super) fn read_reviewed(record: &mut dyn Record) -> Option<EdtfDate> {
    read_date(record, "reviewed")
}

fn read_person(record: &mut dyn Record) -> Person {
    // Most persons of a long table have one post.
    let mut posts = Vec::with_capacity(1);
    let person = Person {
        name: record.required("name"),
        other_names: record.list("other_names"),
        gender: record.text("gender").and_then(|gender| match gender.as_str() {
            "female" => Some(Gender::Female),
            "male" => Some(Gender::Male),
            _ => {
                record.refuse("gender", "female 或 male | female or male");
                None
            }
        }),
        complete: record.flag("complete").unwrap_or(false),
        posts: Vec::new(),
    };
    record.nested("post", &mut |post| posts.push(read_post(post)));
    Person { posts, ..person }
}

fn read_post(record: &mut dyn Record) -> HeldPost {
    HeldPost {
        title: record.required("title"),
        short: record.list("short"),
        organization: record.text("organization"),
        place: record.text("place"),
        time: read_time(record),
        sources: record.list("sources"),
    }
}

fn read_place(record: &mut dyn Record) -> Place {
    let level = read_level(record);
    let base = PlaceVersion {
        name: record.required("name"),
        short: record.list("short"),
        code: read_code(record),
        parent: record.text("parent"),
        time: read_time(record),
        document: record.text("document"),
    };
    let mut versions = Vec::new();
    record.nested("version", &mut |version| {
        let inherited = Some(&base).filter(|_| !version.is_complete());
        let short = version.list("short");
        versions.push(PlaceVersion {
            name: version.text("name").unwrap_or_else(|| base.name.clone()),
            short: inherited.filter(|_| short.is_empty()).map_or(short, |base| base.short.clone()),
            code: read_code(version).or_else(|| inherited?.code.clone()),
            parent: version.text("parent").or_else(|| inherited?.parent.clone()),
            time: read_time(version),
            document: version.text("document"),
        });
    });
    Place {
        level,
        versions: timeline(base, versions),
        successors: record.list("successors"),
        end_document: record.text("end_document"),
    }
}

/// The states of a place in order of time: the written versions, and the entry's own values for the
/// time before the first and after the last of them.
fn timeline(base: PlaceVersion, mut versions: Vec<PlaceVersion>) -> Vec<PlaceVersion> {
    versions.sort_by_key(|version| version.time.start.map(EdtfDate::earliest));
    let (Some(first), Some(last)) = (versions.first(), versions.last()) else { return vec![base] };
    let before = match (base.time.start, first.time.start) {
        (Some(start), Some(first)) if start.earliest() < first.earliest() => {
            Some(ValidTime { start: Some(start), end: Some(first) })
        }
        _ => None,
    };
    let after = match (last.time.end, base.time.end) {
        (Some(last), Some(end)) if end.latest() <= last.latest() => None,
        (Some(last), end) => Some(ValidTime { start: Some(last), end }),
        (None, _) => None,
    };
    if let Some(time) = before {
        versions.insert(0, PlaceVersion { time, ..base.clone() });
    }
    versions.extend(after.map(|time| PlaceVersion { time, ..base }));
    versions
}

fn read_level(record: &mut dyn Record) -> Level {
    let name = record.required("level");
    let level = Level::NAMES.iter().find(|(_, known)| *known == name).map(|(level, _)| *level);
    level.unwrap_or_else(|| {
        if !name.is_empty() {
            record.refuse("level", "province、prefecture、county、township、functional-zone 或 region | province, prefecture, county, township, functional-zone or region");
        }
        Level::Region
    })
}

fn read_code(record: &mut dyn Record) -> Option<SmolStr> {
    let code = record.text("code")?;
    let valid = matches!(code.len(), 6 | 9 | 12) && code.bytes().all(|byte| byte.is_ascii_digit());
    if !valid {
        record.refuse("code", "6 位行政区划代码，乡级 9 位 | a GB/T 2260 code of 6 digits, 9 for townships");
    }
    Some(code)
}

fn read_organization(record: &mut dyn Record) -> Organization {
    Organization {
        name: record.required("name"),
        short: record.list("short"),
        parent: record.text("parent"),
        place: record.text("place"),
        time: read_time(record),
        successor: record.text("successor"),
    }
}

fn read_slogan(record: &mut dyn Record) -> Slogan {
    let mut wrong = Vec::new();
    record.nested("wrong", &mut |form| {
        wrong.push(WrongForm { text: form.required("text"), note: form.text("note") });
    });
    Slogan {
        text: record.required("text"),
        variants: record.list("variants"),
        wrong,
        components: record.list("components"),
        ordered: record.flag("ordered").unwrap_or(true),
        expands: record.text("expands"),
        quoted: record.flag("quoted").unwrap_or(false),
        attribution: record.list("attribution"),
        time: read_time(record),
        superseded_by: record.text("superseded_by"),
    }
}

fn read_document(record: &mut dyn Record) -> Document {
    let date = read_date(record, "date");
    Document {
        title: record.required("title"),
        short: record.list("short"),
        issuer: record.text("issuer"),
        time: ValidTime { start: date, end: None },
        text: record.text("text"),
    }
}

fn read_time(record: &mut dyn Record) -> ValidTime {
    ValidTime { start: read_date(record, "start"), end: read_date(record, "end") }
}

fn read_date(record: &mut dyn Record, key: &'static str) -> Option<EdtfDate> {
    let text = record.text(key)?;
    match text.parse() {
        Ok(date) => Some(date),
        Err(_) => {
            record.refuse(key, "日期 2022、2022-06 或 2022-06-24 | a date: 2022, 2022-06 or 2022-06-24");
            None
        }
    }
}
