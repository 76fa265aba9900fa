//! Puts the records of each place together: versions, parents, ids, successors.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::ImportError;
use super::dating::Dating;
use super::edtf::Edtf;
use super::identity::Lines;
use super::records::{Record, Table, Tier};
use super::short::ShortForms;

/// 德惠地区 and 永吉地区 stood in the table of 1982 only, with the counties of 长春 and 吉林; who
/// looked after these in that year is not known.
const SHORT_LIVED: [u32; 2] = [222500, 222600];
/// Some eighty cities carried codes XX90XX in the tables of these years, although a prefecture looked after
/// them as before.
const NUMBERED_APART: std::ops::RangeInclusive<i16> = 1986..=1990;

/// A place through time.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) id: String,
    /// In order of time, never empty.
    pub(super) versions: Vec<Version>,
    /// Ids of the places its area went to when it ended.
    pub(super) successors: Vec<String>,
}

/// A place between two changes of name, code or parent.
#[derive(Debug)]
pub(super) struct Version {
    pub(super) name: String,
    pub(super) short: Vec<String>,
    pub(super) level: &'static str,
    /// Id of the place above; empty for provinces and where it is not known.
    pub(super) parent: String,
    pub(super) code: Option<u32>,
    pub(super) start: Option<Edtf>,
    pub(super) end: Option<Edtf>,
    /// 文号 of the document that began this version.
    pub(super) document: Option<String>,
    /// 文号 of the document that ended the place; only on its last version.
    pub(super) end_document: Option<String>,
}

impl Version {
    /// Nothing but the parent's name changed between the two.
    fn same_as(&self, next: &Version) -> bool {
        (&self.name, self.code, &self.parent) == (&next.name, next.code, &next.parent)
    }
}

/// Builds every place of the table, by province and then by id. What is decided about ids goes into
/// `notes`.
///
/// # Errors
///
/// [`ImportError`] if one of the module's own tables cannot be read.
pub(super) fn assemble(
    table: &Table,
    lines: &Lines,
    dating: &mut Dating<'_>,
    notes: &mut Vec<String>,
) -> Result<Vec<Place>, ImportError> {
    let ids = ids(table, lines, notes);
    let builder = Builder { table, lines, ids: &ids, short: ShortForms::read()? };
    let mut places: Vec<Place> = (0..table.records.len())
        .filter(|&record| lines.previous[record].is_none())
        .map(|origin| builder.place(origin, dating))
        .collect();
    add_zones(&mut places, notes)?;
    // An id begins with its code, and a code with its province.
    places.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(places)
}

/// How many places and changes there are, and how exactly these are dated.
pub(super) fn summary(places: &[Place]) -> String {
    let (mut versions, mut days, mut months, mut years) = (0, 0, 0, 0);
    for place in places {
        versions += place.versions.len();
        let ended = place.versions.last().and_then(|version| version.end);
        for change in place.versions.iter().filter_map(|version| version.start).chain(ended) {
            match change {
                Edtf::Day(_) => days += 1,
                Edtf::Month(..) => months += 1,
                Edtf::Year(_) => years += 1,
            }
        }
    }
    format!(
        "{} places in {versions} versions; of their changes {days} are dated to the day, {months} to the month, \
         {years} to the year",
        places.len()
    )
}

/// The id of the place each record belongs to: `cn-` and its latest code. Of several places with
/// one latest code, the latest keeps it; the others add the year they ended.
fn ids(table: &Table, lines: &Lines, notes: &mut Vec<String>) -> Vec<String> {
    let mut by_code: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for record in (0..table.records.len()).filter(|&record| lines.next[record].is_none()) {
        by_code.entry(table.records[record].code).or_default().push(record);
    }
    let mut id_of_origin: HashMap<usize, String> = HashMap::new();
    for (code, mut last_records) in by_code {
        last_records.sort_by_key(|&record| table.records[record].end.unwrap_or(i16::MAX));
        let latest = last_records.pop();
        for record in last_records {
            let end = table.records[record].end.unwrap_or_default();
            let id = format!("cn-{code:06}-{end}");
            notes.push(format!("{}: id {id}, code reused", table.records[record].label()));
            id_of_origin.insert(lines.origin(record), id);
        }
        if let Some(record) = latest {
            id_of_origin.insert(lines.origin(record), format!("cn-{code:06}"));
        }
    }
    (0..table.records.len())
        .map(|record| id_of_origin.get(&lines.origin(record)).cloned().unwrap_or_default())
        .collect()
}

struct Builder<'a> {
    table: &'a Table,
    lines: &'a Lines,
    ids: &'a [String],
    short: ShortForms,
}

impl Builder<'_> {
    fn place(&self, origin: usize, dating: &mut Dating<'_>) -> Place {
        let mut versions = vec![self.version(origin)];
        if let Some(change) = dating.start(origin) {
            versions[0].start = Some(change.when);
            versions[0].document = change.document;
        }
        let mut last = origin;
        while let Some(next) = self.lines.next[last] {
            let mut version = self.version(next);
            if let Some(current) = versions.last_mut().filter(|current| !current.same_as(&version)) {
                let change = dating.between(last, next);
                current.end = Some(change.when);
                version.start = Some(change.when);
                version.document = change.document;
                versions.push(version);
            }
            last = next;
        }
        if let (Some(current), Some(change)) = (versions.last_mut(), dating.end(last)) {
            current.end = Some(change.when);
            current.end_document = change.document;
        }
        Place { id: self.ids[origin].clone(), versions, successors: self.successors(last) }
    }

    fn version(&self, record: usize) -> Version {
        let Record { name, tier, code, .. } = &self.table.records[record];
        Version {
            name: name.clone(),
            short: self.short.of(name, *tier),
            level: match tier {
                Tier::Province => "province",
                Tier::Prefecture => "prefecture",
                Tier::County => "county",
            },
            parent: self.parent(record),
            code: Some(*code),
            start: None,
            end: None,
            document: None,
            end_document: None,
        }
    }

    fn parent(&self, record: usize) -> String {
        let table = self.table;
        let Record { code, tier, start, end, above, .. } = &table.records[record];
        let Some(above) = *above else { return String::new() };
        let numbered_apart = *tier == Tier::County
            && table.records[above].tier == Tier::Province
            && code / 100 % 100 == 90
            && NUMBERED_APART.contains(start)
            && end.is_some_and(|end| NUMBERED_APART.contains(&end));
        if numbered_apart || SHORT_LIVED.contains(&table.records[above].code) {
            return String::new();
        }
        self.ids[above].clone()
    }

    /// Where the whole area of an ended place went, the prefecture it was raised to first.
    fn successors(&self, last: usize) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for &target in self.lines.raised_to[last].iter().chain(&self.lines.destinations[last]) {
            if !found.contains(&self.ids[target]) && self.ids[target] != self.ids[last] {
                found.push(self.ids[target].clone());
            }
        }
        found
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Zone {
    code: u32,
    name: String,
    source: String,
}

/// Gives the places named in `zones.csv` a first version as a functional zone.
fn add_zones(places: &mut [Place], notes: &mut Vec<String>) -> Result<(), ImportError> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(include_str!("zones.csv").as_bytes());
    for line in reader.deserialize() {
        let Zone { code, name, source } = line.map_err(|error| ImportError::File {
            file: "zones.csv",
            fault: error.to_string(),
            expected: "code,name,source",
        })?;
        let district = places
            .iter_mut()
            .find(|place| place.versions.first().is_some_and(|first| (first.code, &first.name) == (Some(code), &name)));
        let Some(district) = district else { continue };
        let first = &district.versions[0];
        let Some(start) = first.start else { continue };
        let zone = Version {
            name: first.name.clone(),
            short: first.short.clone(),
            level: "functional-zone",
            parent: first.parent.clone(),
            code: None,
            start: None,
            end: Some(start),
            document: None,
            end_document: None,
        };
        notes.push(format!("{code} {name}: a functional zone before {start}: {source}"));
        district.versions.insert(0, zone);
    }
    Ok(())
}
