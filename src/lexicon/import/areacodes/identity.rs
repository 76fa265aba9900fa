//! Which record continues which: the same place under a new name, code, parent or type.
//!
//! A record that ended has destinations: the records its whole area went to. One of them may be
//! the same place again, if it is of the same tier and began in the year the first one ended.
//! Claims are heard from the strongest to the weakest, and a place is given to a claim only if no
//! other record makes the same claim to it:
//!
//! 1. a document says 甲更名为乙: 庐山区 → 濂溪区, although 庐山市 was made in part from 庐山区;
//! 2. the same name: 怀德县 222121 → 220321;
//! 3. the same name but for its type: 九台市 → 九台区, 白城地区 → 白城市;
//! 4. the same code: 八道江区 → 浑江区;
//! 5. the only destination, to which nothing else came: 怀德县 → 公主岭市.
//!
//! So districts merged into a new one (塘沽区, 汉沽区 and 大港区 into 滨海新区) end, and so does a
//! county merged into a standing city.

use super::records::{Record, Table, Tier};
use super::short::stem;

/// The lines of identity through a table's records.
#[derive(Debug)]
pub(super) struct Lines {
    /// The record that continues this one as the same place.
    pub(super) next: Vec<Option<usize>>,
    pub(super) previous: Vec<Option<usize>>,
    /// Where the whole of an ended record went, in the order of the source.
    pub(super) destinations: Vec<Vec<usize>>,
    /// The prefecture that a county-level city of the same name was raised to when it ended.
    pub(super) raised_to: Vec<Option<usize>>,
}

#[derive(Debug, Clone, Copy)]
enum Claim {
    Renamed,
    SameName,
    SameStem,
    SameCode,
    OnlyDestination,
}

const CLAIMS: [Claim; 5] = [Claim::Renamed, Claim::SameName, Claim::SameStem, Claim::SameCode, Claim::OnlyDestination];

impl Lines {
    /// Traces every record; what stays undecided between equal claims goes into `notes` and is
    /// not continued.
    pub(super) fn trace(table: &Table, notes: &mut Vec<String>) -> Lines {
        let children = table.children();
        let destinations: Vec<Vec<usize>> =
            (0..table.records.len()).map(|record| destinations(table, &children, record)).collect();
        let raised_to =
            (0..table.records.len()).map(|record| raised_to(table, &destinations[record], record)).collect();
        let none = vec![None; table.records.len()];
        let mut lines = Lines { next: none.clone(), previous: none, destinations, raised_to };
        for claim in CLAIMS {
            lines.hear(claim, table, notes);
        }
        lines
    }

    /// The first record of the place this record belongs to: equal for records of one place.
    pub(super) fn origin(&self, mut record: usize) -> usize {
        while let Some(previous) = self.previous[record] {
            record = previous;
        }
        record
    }

    fn hear(&mut self, claim: Claim, table: &Table, notes: &mut Vec<String>) {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for (old, destinations) in self.destinations.iter().enumerate() {
            if self.next[old].is_some() {
                continue;
            }
            for &new in destinations {
                if self.previous[new].is_none()
                    && may_continue(&table.records[old], &table.records[new])
                    && self.holds(claim, table, old, new)
                {
                    pairs.push((old, new));
                }
            }
        }
        for &(old, new) in &pairs {
            let rivals = pairs.iter().filter(|pair| pair.0 == old || pair.1 == new).count();
            if rivals == 1 {
                self.next[old] = Some(new);
                self.previous[new] = Some(old);
            } else {
                let (old, new) = (table.records[old].label(), table.records[new].label());
                notes.push(format!("{old} → {new}: not joined, {rivals} equal claims ({claim:?})"));
            }
        }
    }

    fn holds(&self, claim: Claim, table: &Table, old: usize, new: usize) -> bool {
        let (from, to) = (&table.records[old], &table.records[new]);
        match claim {
            Claim::Renamed => says_renamed(table, from, new),
            Claim::SameName => from.name == to.name,
            Claim::SameStem => self.raised_to[old].is_none() && stem(&from.name) == stem(&to.name),
            Claim::SameCode => from.code == to.code,
            Claim::OnlyDestination => self.destinations[old] == [new] && self.comes_alone(table, old, new),
        }
    }

    /// No other record of the tier went into `new` without living on elsewhere.
    fn comes_alone(&self, table: &Table, old: usize, new: usize) -> bool {
        let (tier, year) = (table.records[new].tier, table.records[new].start);
        self.destinations.iter().enumerate().all(|(other, destinations)| {
            other == old
                || !destinations.contains(&new)
                || self.next[other].is_some()
                || table.records[other].tier != tier
                || table.records[other].end != Some(year)
        })
    }
}

fn may_continue(old: &Record, new: &Record) -> bool {
    old.tier == new.tier && old.end == Some(new.start)
}

/// The targets of a record's own links; for a prefecture without any, the record that took over
/// its code and those its counties went to.
fn destinations(table: &Table, children: &[Vec<usize>], record: usize) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut add = |target: usize| {
        if target != record && !found.contains(&target) {
            found.push(target);
        }
    };
    let ended = &table.records[record];
    let Some(year) = ended.end else { return found };
    let mut linked = false;
    for link in ended.whole_links() {
        add(link.target);
        linked = true;
    }
    if linked || ended.tier != Tier::Prefecture {
        return found;
    }
    if let Some(same_code) = table.find(ended.code, year) {
        add(same_code);
    }
    for &child in children[record].iter().filter(|&&child| table.records[child].end == Some(year)) {
        for link in table.records[child].whole_links() {
            let target = &table.records[link.target];
            let container = match target.tier {
                Tier::County => target.above,
                _ => Some(link.target),
            };
            container.filter(|_| container != ended.above).into_iter().for_each(&mut add);
        }
    }
    found
}

/// A county-level city often ended when a prefecture of its name was set up around it; its links
/// then lead to the districts cut out of it.
fn raised_to(table: &Table, destinations: &[usize], record: usize) -> Option<usize> {
    let city = &table.records[record];
    if city.tier != Tier::County {
        return None;
    }
    destinations
        .iter()
        .filter_map(|&target| match table.records[target].tier {
            Tier::Prefecture => Some(target),
            _ => table.prefecture_of(target),
        })
        .find(|&above| {
            let prefecture = &table.records[above];
            prefecture.name == city.name && Some(prefecture.start) == city.end
        })
}

fn says_renamed(table: &Table, old: &Record, new: usize) -> bool {
    let name = &table.records[new].name;
    let phrases = [format!("{}更名为{name}", old.name), format!("{}改名为{name}", old.name)];
    old.whole_links()
        .filter(|link| link.target == new)
        .filter_map(|link| link.description)
        .flat_map(|description| &table.descriptions[description].sections)
        .any(|section| phrases.iter().any(|phrase| section.text.contains(phrase.as_str())))
}
