//! Changes after the source's last yearly table.

use jiff::civil::Date;

use super::ImportError;
use super::dating::Change;
use super::edtf::Edtf;
use super::records::{Link, Record, Table, Tier, six_digits, tier_named};
use super::stated::{Event, Stated};

const FILE: &str = "after-2024.csv";
const COLUMNS: [&str; 10] = ["代码", "名称", "上级", "级别", "启用时间", "弃用时间", "新代码", "文号", "见报", "依据"];

/// Adds later changes to the table. A row with 弃用时间 ends a record in force, any other row begins
/// one.
///
/// A change counts to the day it was announced (见报) only if a document is cited (文号); otherwise
/// only its year is taken, and if that is unknown too, the year after the last table, from which
/// on the new place can no longer be called unknown.
///
/// # Errors
///
/// [`ImportError`] if a row cannot be read or does not fit the table.
pub(super) fn add(
    bytes: &[u8],
    table: &mut Table,
    stated: &mut Stated,
    notes: &mut Vec<String>,
) -> Result<(), ImportError> {
    let rows = read(bytes)?;
    let last_year = table.last_year;
    for row in rows.iter().filter(|row| row.ends.is_none()) {
        begin(row, last_year, table, stated, notes)?;
    }
    for row in &rows {
        if let Some(year) = row.ends {
            end(row, year, table, stated)?;
        }
    }
    Ok(())
}

struct Row {
    line: u64,
    code: u32,
    name: String,
    above: String,
    tier: Tier,
    starts: Option<i16>,
    ends: Option<i16>,
    successors: Vec<u32>,
    document: Option<String>,
    announced: Option<Date>,
}

impl Row {
    fn fault(&self, fault: impl Into<String>, expected: &str) -> ImportError {
        fault_in(self.line, fault, expected)
    }

    fn change(&self, year: i16) -> Change {
        let announced = self.announced.filter(|day| self.document.is_some() && day.year() == year);
        Change { when: announced.map_or(Edtf::Year(year), Edtf::Day), document: self.document.clone() }
    }
}

fn begin(
    row: &Row,
    last_year: i16,
    table: &mut Table,
    stated: &mut Stated,
    notes: &mut Vec<String>,
) -> Result<(), ImportError> {
    let year = row.starts.unwrap_or(last_year + 1);
    if table.find(row.code, year).is_some() {
        return Err(row.fault(format!("{} begins again", row.code), "a code that is not in force"));
    }
    let above = table
        .records
        .iter()
        .position(|record| record.name == row.above && record.in_force(year) && record.tier < row.tier)
        .ok_or_else(|| row.fault(format!("上级 {}", row.above), "the name of a place in force"))?;
    if row.starts.is_none() {
        notes.push(format!(
            "{} {}: day and year of its beginning unknown; {year}, the year after the last table, \
             stands for it",
            row.code, row.name
        ));
    }
    stated.set(table.records.len(), Event::Start, row.change(year));
    table.records.push(Record {
        code: row.code,
        name: row.name.clone(),
        tier: row.tier,
        start: year,
        end: None,
        above: Some(above),
        links: Vec::new(),
    });
    table.last_year = table.last_year.max(year);
    Ok(())
}

fn end(row: &Row, year: i16, table: &mut Table, stated: &mut Stated) -> Result<(), ImportError> {
    let record = table
        .find(row.code, year)
        .filter(|&record| table.records[record].end.is_none() && table.records[record].name == row.name)
        .ok_or_else(|| row.fault(format!("{} {}", row.code, row.name), "a place in force until then"))?;
    for &code in &row.successors {
        let target = table
            .find(code, year)
            .ok_or_else(|| row.fault(format!("新代码 {code}"), "the code of a place in force in that year"))?;
        table.records[record].links.push(Link { target, year, description: None, whole: true });
    }
    table.records[record].end = Some(year);
    stated.set(record, Event::End, row.change(year));
    Ok(())
}

fn read(bytes: &[u8]) -> Result<Vec<Row>, ImportError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let unreadable = |fault: String| ImportError::File {
        file: FILE,
        fault,
        expected: "代码,名称,上级,级别,启用时间,弃用时间,新代码,文号,见报,依据",
    };
    let mut reader = csv::Reader::from_reader(bytes);
    let headers = reader.headers().map_err(|error| unreadable(error.to_string()))?;
    if headers.iter().ne(COLUMNS) {
        return Err(unreadable(format!("header {}", headers.iter().collect::<Vec<_>>().join(","))));
    }
    reader.records().map(|line| row(&line.map_err(|error| unreadable(error.to_string()))?)).collect()
}

fn row(fields: &csv::StringRecord) -> Result<Row, ImportError> {
    let line = fields.position().map_or(0, csv::Position::line);
    let code =
        |written: &str| six_digits(written).ok_or_else(|| fault_in(line, format!("code `{written}`"), "six digits"));
    let year = |written: &str| match written {
        "" => Ok(None),
        _ => written
            .parse::<i16>()
            .map(Some)
            .map_err(|_| fault_in(line, format!("year `{written}`"), "a year or nothing")),
    };
    let announced = match &fields[8] {
        "" => None,
        written => Some(
            written
                .parse()
                .map_err(|_| fault_in(line, format!("见报 `{written}`"), "a day such as 2025-11-06, or nothing"))?,
        ),
    };
    Ok(Row {
        line,
        code: code(&fields[0])?,
        name: fields[1].to_owned(),
        above: fields[2].to_owned(),
        tier: tier_named(&fields[3])
            .ok_or_else(|| fault_in(line, format!("级别 `{}`", &fields[3]), "省级, 地级 or 县级"))?,
        starts: year(&fields[4])?,
        ends: year(&fields[5])?,
        successors: fields[6].split(';').filter(|written| !written.is_empty()).map(code).collect::<Result<_, _>>()?,
        document: Some(fields[7].to_owned()).filter(|number| !number.is_empty()),
        announced,
    })
}

fn fault_in(line: u64, fault: impl Into<String>, expected: &str) -> ImportError {
    ImportError::Entry { file: FILE, place: format!("line {line}"), fault: fault.into(), expected: expected.to_owned() }
}
