//! On which day, by which document, a change was approved.
//!
//! The yearly tables give the year. The descriptions linked to a change give documents; from
//! these are kept, in this order,
//!
//! - those that name the place, else those that name the prefecture it lies in (a renamed
//!   prefecture takes its counties along); all of them if the place came under another province,
//!   as that was done in several steps that do not all name it (重庆 1997);
//! - those of the table's own year: older ones are quoted for context;
//! - if only name or code changed, those that print both names in full.
//!
//! One day left is the day of the change. Several give the narrowest period that holds them all,
//! none leaves the year. A document of another place is never cited.

use jiff::civil::Date;

use super::documents::Section;
use super::edtf::Edtf;
use super::identity::Lines;
use super::records::{FIRST_TABLE, Link, Record, Table, Tier};
use super::short::{is_common, stem};
use super::stated::{Event, Stated};

/// The table that first lists the districts of most cities. One that begins there and continues
/// nothing may be much older (山海关区, 宣化区), even if its city has a document of that year.
const DISTRICTS_APPEAR: i16 = 1983;

/// When a place changed, and the number (文号) of the document that changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) when: Edtf,
    pub(super) document: Option<String>,
}

/// Dates the changes of one table.
pub(super) struct Dating<'a> {
    table: &'a Table,
    lines: &'a Lines,
    stated: &'a Stated,
    children: Vec<Vec<usize>>,
    /// For each record, the transfers into it.
    incoming: Vec<Vec<Transfer<'a>>>,
    /// Districts whose start is left unknown because of [`DISTRICTS_APPEAR`].
    undated_districts: usize,
    notes: Vec<String>,
}

/// A link with the record it comes from.
#[derive(Clone, Copy)]
struct Transfer<'a> {
    from: usize,
    link: &'a Link,
}

/// What there is to date.
struct Occasion<'a> {
    /// The record that begins or ends.
    about: usize,
    /// The yearly table that shows it first.
    year: i16,
    transfers: Vec<Transfer<'a>>,
    /// Records to look for in the documents, the most telling first.
    subjects: Vec<Vec<usize>>,
    /// The old and the new record, if nothing but name and code changed.
    renamed: Option<(usize, usize)>,
}

impl<'a> Dating<'a> {
    pub(super) fn new(table: &'a Table, lines: &'a Lines, stated: &'a Stated) -> Dating<'a> {
        let mut incoming = vec![Vec::new(); table.records.len()];
        for (from, record) in table.records.iter().enumerate() {
            for link in &record.links {
                incoming[link.target].push(Transfer { from, link });
            }
        }
        Dating { table, lines, stated, children: table.children(), incoming, undated_districts: 0, notes: Vec::new() }
    }

    /// What was doubtful about the dates given so far.
    pub(super) fn into_notes(mut self) -> Vec<String> {
        self.notes.push(format!(
            "{} districts first listed in the table of {DISTRICTS_APPEAR}: start unknown",
            self.undated_districts
        ));
        self.notes
    }

    /// The change from a record to the one that continues it as the same place.
    pub(super) fn between(&mut self, old: usize, new: usize) -> Change {
        let stated = self.stated.get(old, Event::End).or(self.stated.get(new, Event::Start));
        if let Some(change) = stated {
            return change.clone();
        }
        let (from, to) = (&self.table.records[old], &self.table.records[new]);
        let mut transfers = self.transfers_of(old);
        transfers.retain(|transfer| transfer.link.target == new);
        if transfers.is_empty() {
            transfers = self.transfers_of_counties(old);
        }
        let prefectures = [old, new].into_iter().filter_map(|record| self.table.prefecture_of(record));
        let stays = match (from.above, to.above) {
            (Some(from), Some(to)) => self.lines.origin(from) == self.lines.origin(to),
            _ => false,
        };
        self.date(&Occasion {
            about: new,
            year: to.start,
            transfers,
            subjects: vec![vec![old], vec![new], prefectures.collect()],
            renamed: (stays && from.name != to.name).then_some((old, new)),
        })
    }

    /// The beginning of a place; `None` if it stood before the tables know.
    pub(super) fn start(&mut self, first: usize) -> Option<Change> {
        let record = &self.table.records[first];
        let mut transfers = self.incoming[first].clone();
        transfers.retain(|transfer| transfer.link.year == record.start);
        let founders: Vec<usize> =
            transfers.iter().filter(|transfer| transfer.link.whole).map(|transfer| transfer.from).collect();
        let founded = founders.iter().find_map(|&founder| self.stated.get(founder, Event::End));
        if let Some(change) = self.stated.get(first, Event::Start).or(founded) {
            return Some(change.clone());
        }
        let may_be_older = record.start == DISTRICTS_APPEAR && record.name.ends_with('区');
        if may_be_older {
            self.undated_districts += 1;
        }
        if record.start == FIRST_TABLE || may_be_older {
            return None;
        }
        if transfers.is_empty() {
            transfers = self.transfers_into_counties(first);
        }
        let prefecture = self.table.prefecture_of(first).into_iter().collect();
        Some(self.date(&Occasion {
            about: first,
            year: record.start,
            transfers,
            subjects: vec![vec![first], founders, prefecture],
            renamed: None,
        }))
    }

    /// The end of a place; `None` if it is in force.
    pub(super) fn end(&mut self, last: usize) -> Option<Change> {
        let year = self.table.records[last].end?;
        if let Some(change) = self.stated.get(last, Event::End) {
            return Some(change.clone());
        }
        let mut transfers = self.transfers_of(last);
        if transfers.is_empty() {
            transfers = self.transfers_of_counties(last);
        }
        let prefecture = self.table.prefecture_of(last).into_iter().collect();
        Some(self.date(&Occasion {
            about: last,
            year,
            transfers,
            subjects: vec![vec![last], prefecture],
            renamed: None,
        }))
    }

    /// The transfers a record ended by.
    fn transfers_of(&self, from: usize) -> Vec<Transfer<'a>> {
        let table = self.table;
        table.records[from].whole_links().map(|link| Transfer { from, link }).collect()
    }

    /// A prefecture's end shows in the transfers of its counties.
    fn transfers_of_counties(&self, prefecture: usize) -> Vec<Transfer<'a>> {
        let year = self.table.records[prefecture].end;
        self.children[prefecture]
            .iter()
            .filter(|&&county| self.table.records[county].end == year)
            .flat_map(|&county| self.transfers_of(county))
            .collect()
    }

    /// A prefecture's beginning shows in the transfers into its counties.
    fn transfers_into_counties(&self, prefecture: usize) -> Vec<Transfer<'a>> {
        let year = self.table.records[prefecture].start;
        self.children[prefecture]
            .iter()
            .filter(|&&county| self.table.records[county].start == year)
            .flat_map(|&county| self.incoming[county].iter().copied())
            .filter(|transfer| transfer.link.whole && transfer.link.year == year)
            .collect()
    }

    fn date(&mut self, occasion: &Occasion<'_>) -> Change {
        let year = occasion.year;
        let mut kept = self.dated_sections(&occasion.transfers);
        if !self.crosses_provinces(&occasion.transfers) {
            kept = self.naming(&kept, &occasion.subjects);
        }
        let outside = kept.first().copied();
        kept.retain(|section| section.date.is_some_and(|day| day.year() == year));
        if kept.is_empty()
            && let Some(section) = outside
        {
            let about = self.table.records[occasion.about].label();
            let number = section.number.as_deref().unwrap_or("without number");
            let day = section.date.map(|day| day.to_string()).unwrap_or_default();
            self.notes.push(format!(
                "{about}: its change in the table of {year} is dated to the year only, as the document \
                 {number} is of {day}"
            ));
        }
        if let Some((old, new)) = occasion.renamed
            && days(&kept).len() > 1
        {
            let names = [old, new].map(|record| &self.table.records[record].name);
            let prints_both = |section: &&Section| names.iter().all(|name| section.text.contains(*name));
            if kept.iter().any(prints_both) {
                kept.retain(prints_both);
            }
        }
        let when = Edtf::covering(&days(&kept)).unwrap_or(Edtf::Year(year));
        let document = match when {
            Edtf::Day(_) => only_number(&kept),
            _ => None,
        };
        Change { when, document }
    }

    fn crosses_provinces(&self, transfers: &[Transfer<'_>]) -> bool {
        let province = |record: usize| self.table.records[record].code / 10_000;
        transfers.iter().any(|transfer| province(transfer.from) != province(transfer.link.target))
    }

    fn dated_sections(&self, transfers: &[Transfer<'_>]) -> Vec<&'a Section> {
        let mut descriptions: Vec<usize> = transfers.iter().filter_map(|transfer| transfer.link.description).collect();
        descriptions.sort_unstable();
        descriptions.dedup();
        let table = self.table;
        descriptions
            .into_iter()
            .flat_map(|description| &table.descriptions[description].sections)
            .filter(|section| section.date.is_some())
            .collect()
    }

    /// The sections that name the first of the subjects that any section names.
    fn naming(&self, sections: &[&'a Section], subjects: &[Vec<usize>]) -> Vec<&'a Section> {
        for records in subjects {
            // 通化 alone may be 通化县, so a prefecture is first looked for in full.
            for strictly in [true, false] {
                let mut named = sections.to_vec();
                named.retain(|section| records.iter().any(|&record| self.names(&section.text, record, strictly)));
                if !named.is_empty() {
                    return named;
                }
            }
        }
        Vec::new()
    }

    /// Whether a text names a place: in full or, as in lists (农安、德惠、榆树三县), by its stem. A common
    /// name such as 郊区 counts only where its city is named too.
    fn names(&self, text: &str, record: usize, strictly: bool) -> bool {
        let Record { name, tier, above, .. } = &self.table.records[record];
        if is_common(name) {
            let city = above.map(|above| stem(&self.table.records[above].name));
            return text.contains(name) && city.is_some_and(|city| text.contains(city));
        }
        let in_full_only = strictly && *tier == Tier::Prefecture;
        text.contains(name) || (!in_full_only && stem(name).chars().count() > 1 && text.contains(stem(name)))
    }
}

fn days(sections: &[&Section]) -> Vec<Date> {
    let mut days: Vec<Date> = sections.iter().filter_map(|section| section.date).collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn only_number(sections: &[&Section]) -> Option<String> {
    let mut numbers: Vec<&String> = sections.iter().filter_map(|section| section.number.as_ref()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    match numbers[..] {
        [number] => Some(number.clone()),
        _ => None,
    }
}
