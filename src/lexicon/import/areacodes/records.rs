//! The source's records with their successor links, read from its two files.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::ImportError;
use super::documents::Description;

/// The first yearly table. What stands in it began at an unknown time before.
pub(super) const FIRST_TABLE: i16 = 1981;
const RESULT: &str = "result.csv";
const CODES: &str = "codes.json";
/// 二级行政区 of a county-level place whose code has no prefecture in it.
const DIRECT: &str = "直辖";

/// One of the three tiers the source covers (级别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Tier {
    Province,
    Prefecture,
    County,
}

/// One code with one name under one parent, in force from the table of `start` to the table
/// before `end`.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) code: u32,
    pub(super) name: String,
    pub(super) tier: Tier,
    pub(super) start: i16,
    pub(super) end: Option<i16>,
    /// The record above by code: the prefecture, or the province if the code has no prefecture.
    pub(super) above: Option<usize>,
    pub(super) links: Vec<Link>,
}

/// All or part of a record's area went to another record.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) target: usize,
    /// The yearly table that shows it first.
    pub(super) year: i16,
    /// Index into [`Table::descriptions`]; `None` for what a description does not cover.
    pub(super) description: Option<usize>,
    /// The record ended by it; otherwise it went on without the part.
    pub(super) whole: bool,
}

/// All records, in the order of the source.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) records: Vec<Record>,
    pub(super) descriptions: Vec<Description>,
    /// The year of the newest table.
    pub(super) last_year: i16,
}

impl Record {
    pub(super) fn in_force(&self, year: i16) -> bool {
        self.start <= year && self.end.is_none_or(|end| year < end)
    }

    pub(super) fn whole_links(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(|link| link.whole)
    }

    /// How messages call it: `222121 怀德县 (1981–1983)`.
    pub(super) fn label(&self) -> String {
        let end = self.end.map(|end| end.to_string()).unwrap_or_default();
        format!("{:06} {} ({}–{end})", self.code, self.name, self.start)
    }
}

impl Table {
    /// The record that carries `code` in the table of `year`.
    pub(super) fn find(&self, code: u32, year: i16) -> Option<usize> {
        self.records.iter().position(|record| record.code == code && record.in_force(year))
    }

    /// The prefecture a county-level record lies in.
    pub(super) fn prefecture_of(&self, record: usize) -> Option<usize> {
        let above = self.records[record].above?;
        (self.records[above].tier == Tier::Prefecture).then_some(above)
    }

    /// For each record, the records directly under it.
    pub(super) fn children(&self) -> Vec<Vec<usize>> {
        let mut children = vec![Vec::new(); self.records.len()];
        for (index, record) in self.records.iter().enumerate() {
            if let Some(above) = record.above {
                children[above].push(index);
            }
        }
        children
    }
}

/// Reads both files. They hold the same records: `codes.json` has the links and descriptions,
/// `result.csv` the tiers.
///
/// # Errors
///
/// [`ImportError`] if one cannot be read, if they differ, or if a link leads nowhere.
pub(super) fn read(result_csv: &[u8], codes_json: &[u8]) -> Result<Table, ImportError> {
    let mut rows = read_rows(result_csv)?;
    let source: Source = serde_json::from_slice(codes_json).map_err(|error| ImportError::File {
        file: CODES,
        fault: error.to_string(),
        expected: "an object with `items` and `descriptions`",
    })?;

    let mut reader = Reader { rows: &mut rows, records: Vec::new(), unresolved: Vec::new() };
    for node in source.items {
        reader.add(node, None)?;
    }
    let Reader { mut records, unresolved, .. } = reader;
    if let Some(row) = rows.into_values().min_by_key(|row| row.line) {
        return Err(row.fault(format!("{} {}", row.code, row.name), "the same record in codes.json"));
    }

    let descriptions = Descriptions::read(source.descriptions)?;
    resolve(&mut records, unresolved, &descriptions)?;
    let last_year = records.iter().map(|record| record.end.unwrap_or(record.start)).max();
    Ok(Table { last_year: last_year.unwrap_or(FIRST_TABLE), records, descriptions: descriptions.all })
}

/// A line of `result.csv`.
struct Row {
    line: u64,
    code: u32,
    prefecture: String,
    name: String,
    tier: Tier,
    start: i16,
    end: Option<i16>,
}

impl Row {
    fn fault(&self, fault: String, expected: &str) -> ImportError {
        row_fault(self.line, fault, expected)
    }
}

fn row_fault(line: u64, fault: String, expected: &str) -> ImportError {
    ImportError::Entry { file: RESULT, place: format!("line {line}"), fault, expected: expected.to_owned() }
}

fn read_rows(bytes: &[u8]) -> Result<HashMap<(u32, i16), Row>, ImportError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader = csv::Reader::from_reader(bytes);
    let unreadable = |error: csv::Error| ImportError::File {
        file: RESULT,
        fault: error.to_string(),
        expected: "a table in UTF-8 with the same number of fields in every line",
    };
    let headers = reader.headers().map_err(unreadable)?.clone();
    let column = |name: &'static str| {
        headers.iter().position(|header| header == name).ok_or_else(|| ImportError::File {
            file: RESULT,
            fault: format!("no column {name}"),
            expected: "代码,一级行政区,二级行政区,名称,级别,状态,启用时间,变更/弃用时间,新代码",
        })
    };
    let (code, prefecture, name) = (column("代码")?, column("二级行政区")?, column("名称")?);
    let (tier, start, end) = (column("级别")?, column("启用时间")?, column("变更/弃用时间")?);

    let mut rows = HashMap::new();
    for line in reader.records() {
        let fields = line.map_err(unreadable)?;
        let line = fields.position().map_or(0, csv::Position::line);
        let year = |field: &str| {
            field
                .parse::<i16>()
                .ok()
                .filter(|year| (FIRST_TABLE..2200).contains(year))
                .ok_or_else(|| row_fault(line, format!("year `{field}`"), "a year since 1981"))
        };
        let row = Row {
            line,
            code: six_digits(&fields[code])
                .ok_or_else(|| row_fault(line, format!("code `{}`", &fields[code]), "six digits"))?,
            prefecture: fields[prefecture].to_owned(),
            name: fields[name].to_owned(),
            tier: tier_named(&fields[tier])
                .ok_or_else(|| row_fault(line, format!("级别 `{}`", &fields[tier]), "省级, 地级 or 县级"))?,
            start: year(&fields[start])?,
            end: match &fields[end] {
                "" => None,
                end => Some(year(end)?),
            },
        };
        if let Some(earlier) = rows.insert((row.code, row.start), row) {
            let code = earlier.code;
            return Err(row_fault(line, format!("{code} from {} again", earlier.start), "one line"));
        }
    }
    Ok(rows)
}

/// Reads a code of GB/T 2260.
pub(super) fn six_digits(written: &str) -> Option<u32> {
    (written.len() == 6 && written.bytes().all(|byte| byte.is_ascii_digit())).then(|| written.parse().ok())?
}

pub(super) fn tier_named(written: &str) -> Option<Tier> {
    match written {
        "省级" => Some(Tier::Province),
        "地级" => Some(Tier::Prefecture),
        "县级" => Some(Tier::County),
        _ => None,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    items: Vec<Node>,
    descriptions: BTreeMap<i16, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Node {
    code: u32,
    name: String,
    start: i16,
    end: Option<i16>,
    #[serde(default)]
    succ: Vec<Succ>,
    #[serde(default)]
    children: Vec<Node>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Succ {
    code: u32,
    desc: usize,
    time: Option<i16>,
}

/// Flattens the tree of `codes.json`, taking the row of each record out of `rows`.
struct Reader<'a> {
    rows: &'a mut HashMap<(u32, i16), Row>,
    records: Vec<Record>,
    unresolved: Vec<(usize, Succ)>,
}

impl Reader<'_> {
    fn add(&mut self, node: Node, above: Option<usize>) -> Result<(), ImportError> {
        let label = format!("record {:06} {} from {}", node.code, node.name, node.start);
        let differs =
            |fault: String, expected: String| ImportError::Entry { file: CODES, place: label.clone(), fault, expected };
        let Some(row) = self.rows.remove(&(node.code, node.start)) else {
            return Err(differs("not in result.csv".into(), "the same records in both files".into()));
        };
        if (&node.name, node.end) != (&row.name, row.end) {
            return Err(differs(
                format!("{} until {:?}", node.name, node.end),
                format!("{} until {:?}, as in result.csv line {}", row.name, row.end, row.line),
            ));
        }
        let prefecture = match (row.tier, above.map(|above| &self.records[above])) {
            (Tier::Province, None) => "",
            (Tier::Prefecture, Some(above)) if above.tier == Tier::Province => &node.name,
            (Tier::County, Some(above)) if above.tier == Tier::Province => DIRECT,
            (Tier::County, Some(above)) if above.tier == Tier::Prefecture => &above.name,
            _ => return Err(differs(format!("{:?}", row.tier), "the tier below its parent".into())),
        };
        if row.prefecture != prefecture {
            return Err(row.fault(format!("二级行政区 `{}`", row.prefecture), &format!("`{prefecture}`")));
        }

        let index = self.records.len();
        self.records.push(Record {
            code: node.code,
            name: node.name,
            tier: row.tier,
            start: node.start,
            end: node.end,
            above,
            links: Vec::new(),
        });
        self.unresolved.extend(node.succ.into_iter().map(|succ| (index, succ)));
        node.children.into_iter().try_for_each(|child| self.add(child, Some(index)))
    }
}

/// The descriptions of all years in one list.
struct Descriptions {
    all: Vec<Description>,
    first_of_year: BTreeMap<i16, (usize, usize)>,
}

impl Descriptions {
    fn read(source: BTreeMap<i16, Vec<String>>) -> Result<Descriptions, ImportError> {
        let mut descriptions = Descriptions { all: Vec::new(), first_of_year: BTreeMap::new() };
        for (year, texts) in source {
            descriptions.first_of_year.insert(year, (descriptions.all.len(), texts.len()));
            for (number, text) in texts.iter().enumerate() {
                let description = Description::parse(text).map_err(|day| ImportError::Entry {
                    file: CODES,
                    place: format!("descriptions[\"{year}\"][{number}]"),
                    fault: format!("日期 `{day}`"),
                    expected: "a day such as 2020年6月5日 or 二〇一〇年六月二十八日".into(),
                })?;
                descriptions.all.push(description);
            }
        }
        Ok(descriptions)
    }

    fn index(&self, year: i16, number: usize) -> Option<usize> {
        let &(first, count) = self.first_of_year.get(&year)?;
        (number < count).then_some(first + number)
    }
}

fn resolve(
    records: &mut [Record],
    unresolved: Vec<(usize, Succ)>,
    descriptions: &Descriptions,
) -> Result<(), ImportError> {
    let mut by_code: HashMap<u32, Vec<usize>> = HashMap::new();
    for (index, record) in records.iter().enumerate() {
        by_code.entry(record.code).or_default().push(index);
    }
    for (from, succ) in unresolved {
        let label = records[from].label();
        let fault = |fault: String, expected: &str| ImportError::Entry {
            file: CODES,
            place: format!("succ of record {label}"),
            fault,
            expected: expected.to_owned(),
        };
        let year = succ
            .time
            .or(records[from].end)
            .ok_or_else(|| fault(format!("{:06} without `time`", succ.code), "`time`, as the record has not ended"))?;
        let candidates = by_code.get(&succ.code).map_or(&[][..], Vec::as_slice);
        let mut targets = candidates.iter().filter(|&&target| records[target].in_force(year));
        let (Some(&target), None) = (targets.next(), targets.next()) else {
            let found = format!("{:06} in {year}", succ.code);
            return Err(fault(found, "a code that exactly one record carries in that year"));
        };
        let description = descriptions.index(year, succ.desc).ok_or_else(|| {
            fault(format!("desc {} of {year}", succ.desc), "the number of a description of that year")
        })?;
        records[from].links.push(Link { target, year, description: Some(description), whole: succ.time.is_none() });
    }
    Ok(())
}
