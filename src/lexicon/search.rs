//! Finding entries by characters, pinyin, pinyin initials or a mix of them: 胡家福 by `胡家`,
//! `hujiafu`, `hjf` or `胡jf`.
//!
//! Every name and short form becomes a row of *units*, a unit being a character with its readings. A
//! query is compared with each distinct unit once; matching a form is then a walk over its units with
//! sets of query positions as machine words.

mod query;
mod reading;

use std::collections::HashMap;

use super::{
    Lexicon,
    entry::{EntryIndex, EntryKind},
    forms::{FormRole, each_form},
};
use query::{Matcher, Query};
use reading::{Readings, Unit};

/// How well a form fits a query, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SearchRank {
    /// The query is the whole form.
    Exact,
    /// The form begins with the query.
    Prefix,
    /// Syllables from the first on, some of them by their initials.
    Initials,
    /// The query stands within the form.
    Substring,
}

impl SearchRank {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Prefix => "prefix",
            Self::Initials => "initials",
            Self::Substring => "substring",
        }
    }
}

/// What is looked for besides the query.
#[derive(Clone, Debug)]
pub struct SearchOptions<'o> {
    /// Only entries of these kinds; all if empty.
    pub kinds: &'o [EntryKind],
    /// At most so many entries.
    pub limit: usize,
}

/// An entry that fits a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchHit {
    /// The entry.
    pub entry: EntryIndex,
    /// How well its best form fits.
    pub rank: SearchRank,
    /// Which of its forms that is; [`SearchIndex::form`] gives the text.
    form: u32,
}

/// The names and short forms of a lexicon, made ready for searching.
pub struct SearchIndex {
    units: Vec<Unit>,
    /// The units of all forms, one form after the other.
    rows: Vec<u32>,
    forms: Vec<Form>,
}

struct Form {
    entry: EntryIndex,
    /// Where its row ends; it begins where the one before ends.
    end: u32,
    kind: EntryKind,
    /// Position among the entry's forms.
    nth: u16,
    is_name: bool,
    is_pack: bool,
}

impl SearchIndex {
    /// Reads all entries of the lexicon, pack tables included.
    pub fn build(lexicon: &Lexicon) -> Self {
        let mut index = Self { units: Vec::new(), rows: Vec::new(), forms: Vec::new() };
        let mut readings = Readings::default();
        for (entry_index, entry) in lexicon.entries() {
            let is_pack = lexicon.file(entry.file).pack.is_some();
            let (kind, first) = (entry.kind(), index.forms.len());
            let mut nth = 0;
            each_form(entry, &mut |text, role| {
                if matches!(role, FormRole::Name | FormRole::Short) {
                    let start = index.rows.len();
                    readings.append_units(text, kind, &mut index.rows);
                    let is_new = start < index.rows.len() && !index.has_row_since(first, start);
                    if is_new {
                        let (end, is_name) = (index.rows.len() as u32, role == FormRole::Name);
                        index.forms.push(Form { entry: entry_index, end, kind, nth, is_name, is_pack });
                    } else {
                        index.rows.truncate(start);
                    }
                }
                nth += 1;
            });
        }
        index.units = readings.into_units();
        index
    }

    /// The entries that fit `query`, the best first, each once. An empty query finds nothing.
    pub fn search(&self, query: &str, options: &SearchOptions<'_>) -> Vec<SearchHit> {
        let query = Query::parse(query);
        if query.is_empty() || options.limit == 0 {
            return Vec::new();
        }
        let matcher = Matcher::new(&query, &self.units);
        let mut found: HashMap<EntryIndex, (SortKey, SearchHit)> = HashMap::new();
        let mut start = 0;
        for (number, form) in self.forms.iter().enumerate() {
            let row = &self.rows[start..form.end as usize];
            start = form.end as usize;
            if !options.kinds.is_empty() && !options.kinds.contains(&form.kind) {
                continue;
            }
            let Some((rank, abbreviated)) = matcher.fit(row) else { continue };
            let key = (rank, abbreviated, !form.is_name, form.is_pack, row.len() as u32, form.entry);
            let hit = SearchHit { entry: form.entry, rank, form: number as u32 };
            let best = found.entry(form.entry).or_insert((key, hit));
            if key < best.0 {
                *best = (key, hit);
            }
        }
        let mut found: Vec<(SortKey, SearchHit)> = found.into_values().collect();
        if found.len() > options.limit {
            found.select_nth_unstable_by_key(options.limit, |(key, _)| *key);
            found.truncate(options.limit);
        }
        found.sort_unstable_by_key(|(key, _)| *key);
        found.into_iter().map(|(_, hit)| hit).collect()
    }

    /// The form by which an entry was found.
    pub fn form(&self, lexicon: &Lexicon, hit: &SearchHit) -> String {
        let form = &self.forms[hit.form as usize];
        let (mut nth, mut found) = (0, String::new());
        each_form(lexicon.entry(form.entry), &mut |text, _| {
            if nth == form.nth {
                found = text.to_string();
            }
            nth += 1;
        });
        found
    }

    /// How many forms can be found.
    pub fn len(&self) -> usize {
        self.forms.len()
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// Whether the row from `start` on is that of one of the forms from `first` on.
    fn has_row_since(&self, first: usize, start: usize) -> bool {
        let mut from = first.checked_sub(1).map_or(0, |previous| self.forms[previous].end as usize);
        self.forms[first..].iter().any(|form| {
            let row = &self.rows[from..form.end as usize];
            from = form.end as usize;
            row == &self.rows[start..]
        })
    }
}

/// Rank, abbreviated, not the name, of a pack, length, entry.
type SortKey = (SearchRank, bool, bool, bool, u32, EntryIndex);
