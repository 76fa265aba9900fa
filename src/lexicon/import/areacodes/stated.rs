//! Changes whose day is stated outright, because it cannot be derived from the descriptions.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::ImportError;
use super::dating::Change;
use super::edtf::Edtf;
use super::records::Table;

/// Slips of the source and days that stand in its texts but not in a 日期 line. Each line names
/// its reason.
const CORRECTIONS: &str = include_str!("corrections.csv");

/// Which end of a record's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Event {
    Start,
    End,
}

/// Stated changes by record and event.
#[derive(Debug, Default)]
pub(super) struct Stated(HashMap<(usize, Event), Change>);

impl Stated {
    /// The corrections that fit the table. One whose record is not in the table, or ended or
    /// began in another year there, is left out with a note: the source has moved on.
    pub(super) fn corrections(table: &Table, notes: &mut Vec<String>) -> Result<Stated, ImportError> {
        let mut stated = Stated::default();
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(CORRECTIONS.as_bytes());
        for line in reader.deserialize() {
            let correction: Correction = line.map_err(|error| unreadable(error.to_string()))?;
            let date: Date =
                correction.date.parse().map_err(|error| unreadable(format!("{}: {error}", correction.date)))?;
            let record = table.records.iter().position(|record| {
                let year = match correction.event {
                    Event::Start => Some(record.start),
                    Event::End => record.end,
                };
                (record.code, &record.name, year) == (correction.code, &correction.name, Some(correction.table))
            });
            let Correction { code, name, reason, .. } = &correction;
            match record {
                Some(record) => {
                    notes.push(format!("{code} {name}: {date} taken from a correction: {reason}"));
                    let document = Some(correction.document).filter(|number| !number.is_empty());
                    stated.set(record, correction.event, Change { when: Edtf::Day(date), document });
                }
                None => {
                    notes.push(format!("{code} {name}: correction for {} not used, no such record", correction.table))
                }
            }
        }
        Ok(stated)
    }

    pub(super) fn set(&mut self, record: usize, event: Event, change: Change) {
        self.0.insert((record, event), change);
    }

    pub(super) fn get(&self, record: usize, event: Event) -> Option<&Change> {
        self.0.get(&(record, event))
    }
}

fn unreadable(fault: String) -> ImportError {
    ImportError::File { file: "corrections.csv", fault, expected: "code,name,event,table,date,document,reason" }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Correction {
    code: u32,
    name: String,
    event: Event,
    /// The yearly table that shows the change first.
    table: i16,
    date: String,
    document: String,
    reason: String,
}
