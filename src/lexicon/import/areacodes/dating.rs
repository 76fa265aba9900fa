//! On which day, by which document, a change was approved.
//!
//! The yearly tables give the year. The descriptions linked to a change give documents; from
//! these are kept, in this order,
//!
//! - those that name the place, else those that name the prefecture it lies in (a renamed
//!   prefecture takes its counties along);
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

/// The table that first lists the districts of most cities. One that begins there and came from
/// nowhere is older.
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
    /// For each record, the links that lead to it, each with the record it comes from.
    incoming: Vec<Vec<(usize, &'a Link)>>,
    notes: Vec<String>,
}

impl<'a> Dating<'a> {
    pub(super) fn new(table: &'a Table, lines: &'a Lines, stated: &'a Stated) -> Dating<'a> {
        let mut incoming = vec![Vec::new(); table.records.len()];
        for (from, record) in table.records.iter().enumerate() {
            for link in &record.links {
                incoming[link.target].push((from, link));
            }
        }
        Dating { table, lines, stated, children: table.children(), incoming, notes: Vec::new() }
    }

    /// What was doubtful about the dates given so far.
    pub(super) fn into_notes(self) -> Vec<String> {
        self.notes
    }

    /// The change from a record to the one that continues it as the same place.
    pub(super) fn between(&mut self, old: usize, new: usize) -> Change {
        let stated = self.stated.get(old, Event::End).or(self.stated.get(new, Event::Start));
        if let Some(change) = stated {
            return change.clone();
        }
        let (from, to) = (&self.table.records[old], &self.table.records[new]);
        let mut links: Vec<&Link> = from.whole_links().filter(|link| link.target == new).collect();
        if links.is_empty() {
            links = self.links_of_counties(old);
        }
        let mut subjects = vec![vec![old], vec![new]];
        subjects.push([old, new].iter().filter_map(|&record| self.table.prefecture_of(record)).collect());
        let stays = match (from.above, to.above) {
            (Some(from), Some(to)) => self.lines.origin(from) == self.lines.origin(to),
            _ => false,
        };
        self.choose(&links, &subjects, to.start, stays.then_some((from, to)), to)
    }

    /// The beginning of a place; `None` if it stood before the tables know.
    pub(super) fn start(&mut self, first: usize) -> Option<Change> {
        if let Some(change) = self.stated.get(first, Event::Start) {
            return Some(change.clone());
        }
        let record = &self.table.records[first];
        let founding: Vec<(usize, &Link)> =
            self.incoming[first].iter().filter(|(_, link)| link.year == record.start).copied().collect();
        let artefact =
            record.start == DISTRICTS_APPEAR && record.tier == Tier::County && founding.is_empty();
        if record.start == FIRST_TABLE || artefact {
            return None;
        }
        let mut links: Vec<&Link> = founding.iter().map(|(_, link)| *link).collect();
        if links.is_empty() {
            links = self.links_into_counties(first);
        }
        let mut subjects = vec![vec![first]];
        subjects.push(founding.iter().filter(|(_, link)| link.whole).map(|(from, _)| *from).collect());
        subjects.push(self.table.prefecture_of(first).into_iter().collect());
        Some(self.choose(&links, &subjects, record.start, None, record))
    }

    /// The end of a place; `None` if it is in force.
    pub(super) fn end(&mut self, last: usize) -> Option<Change> {
        let record = &self.table.records[last];
        let year = record.end?;
        if let Some(change) = self.stated.get(last, Event::End) {
            return Some(change.clone());
        }
        let mut links: Vec<&Link> = record.whole_links().collect();
        if links.is_empty() {
            links = self.links_of_counties(last);
        }
        let above = self.table.prefecture_of(last).into_iter().collect();
        Some(self.choose(&links, &[vec![last], above], year, None, record))
    }

    /// A prefecture's end shows in the links of its counties.
    fn links_of_counties(&self, prefecture: usize) -> Vec<&'a Link> {
        let year = self.table.records[prefecture].end;
        self.children[prefecture]
            .iter()
            .map(|&child| &self.table.records[child])
            .filter(|child| child.end == year)
            .flat_map(Record::whole_links)
            .collect()
    }

    /// A prefecture's beginning shows in the links into its counties.
    fn links_into_counties(&self, prefecture: usize) -> Vec<&'a Link> {
        let year = self.table.records[prefecture].start;
        self.children[prefecture]
            .iter()
            .filter(|&&child| self.table.records[child].start == year)
            .flat_map(|&child| &self.incoming[child])
            .map(|(_, link)| *link)
            .filter(|link| link.whole && link.year == year)
            .collect()
    }

    fn choose(
        &mut self,
        links: &[&Link],
        subjects: &[Vec<usize>],
        year: i16,
        rename: Option<(&Record, &Record)>,
        about: &Record,
    ) -> Change {
        let named = self.naming(&self.dated_sections(links), subjects);
        let mut kept: Vec<&Section> = named.clone();
        kept.retain(|section| section.date.is_some_and(|day| day.year() == year));
        if kept.is_empty() && let Some(section) = named.first() {
            let number = section.number.as_deref().unwrap_or("without number");
            self.notes.push(format!(
                "{}: the change in the table of {year} is left to the year, its document {number} is of {}",
                about.label(),
                section.date.map(|day| day.to_string()).unwrap_or_default(),
            ));
        }
        if days(&kept).len() > 1 && let Some((from, to)) = rename.filter(|(from, to)| from.name != to.name) {
            let both = |section: &&Section| {
                section.text.contains(&from.name) && section.text.contains(&to.name)
            };
            let printed: Vec<&Section> = kept.iter().copied().filter(both).collect();
            if !printed.is_empty() {
                kept = printed;
            }
        }
        let mut numbers: Vec<&String> =
            kept.iter().filter_map(|section| section.number.as_ref()).collect();
        numbers.dedup();
        Change {
            when: Edtf::covering(&days(&kept)).unwrap_or(Edtf::Year(year)),
            document: match numbers[..] {
                [only] => Some(only.clone()),
                _ => None,
            },
        }
    }

    fn dated_sections(&self, links: &[&Link]) -> Vec<&'a Section> {
        let mut descriptions: Vec<usize> =
            links.iter().filter_map(|link| link.description).collect();
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
        let in_full = |name: &str, text: &str| text.contains(name);
        let by_stem = |name: &str, text: &str| {
            text.contains(name) || (stem(name).chars().count() > 1 && text.contains(stem(name)))
        };
        for records in subjects {
            let names = |section: &&Section, says: &dyn Fn(&str, &str) -> bool| {
                records.iter().any(|&record| self.names(&section.text, record, says))
            };
            // 通化 alone may be 通化县, so a prefecture is looked for in full first.
            let tiers = records.iter().map(|&record| self.table.records[record].tier);
            let full_first = tiers.into_iter().any(|tier| tier == Tier::Prefecture);
            let exact: &dyn Fn(&str, &str) -> bool = if full_first { &in_full } else { &by_stem };
            for says in [exact, &by_stem as &dyn Fn(&str, &str) -> bool] {
                let found: Vec<&Section> =
                    sections.iter().copied().filter(|section| names(section, says)).collect();
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// A common name such as 郊区 counts only where its city is named too.
    fn names(&self, text: &str, record: usize, says: &dyn Fn(&str, &str) -> bool) -> bool {
        let name = &self.table.records[record].name;
        if !is_common(name) {
            return says(name, text);
        }
        let city = self.table.records[record].above.map(|above| stem(&self.table.records[above].name));
        text.contains(name) && city.is_some_and(|city| text.contains(city))
    }
}

fn days(sections: &[&Section]) -> Vec<Date> {
    let mut days: Vec<Date> = sections.iter().filter_map(|section| section.date).collect();
    days.sort_unstable();
    days.dedup();
    days
}
