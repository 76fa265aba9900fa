//! A long pack table prepared at compile time: surface forms can be searched and entries found without
//! reading the table; an entry is read from its rows when it is first asked for.

use std::{borrow::Cow, cmp::Ordering, ops::Range, sync::OnceLock};

use super::{csv_file, entry::Entry, file::FileIndex, form_table::FormTable};

/// A pack's table of places.
pub struct PackTable {
    csv: &'static str,
    rows: Numbers,
    by_id: Numbers,
    codes: Numbers,
    target_ends: Numbers,
    targets: Numbers,
    forms: FormTable,
    entries: Vec<OnceLock<Entry>>,
    file: FileIndex,
    /// The first and the last id: most ids that are asked for belong to no table, and lie outside its range.
    ids: (&'static str, &'static str),
}

impl PackTable {
    /// Opens the table that the build script wrote for `csv`, as the file `file` of a lexicon.
    pub(super) fn open(csv: &'static str, table: &'static [u8], file: FileIndex) -> Self {
        let mut rest = table;
        let count = take_number(&mut rest);
        let (rows, by_id) = (take(&mut rest, 2 * count), take(&mut rest, count));
        let code_count = take_number(&mut rest);
        let codes = take(&mut rest, 2 * code_count);
        let form_count = take_number(&mut rest);
        let target_ends = take(&mut rest, form_count);
        let targets = take(&mut rest, form_count.checked_sub(1).map_or(0, |last| target_ends.get(last)));
        let forms = FormTable::open(Cow::Borrowed(rest));
        let entries = (0..count).map(|_| OnceLock::new()).collect();
        let mut table = Self { csv, rows, by_id, codes, target_ends, targets, forms, entries, file, ids: ("", "") };
        if let Some(last) = count.checked_sub(1) {
            table.ids = (table.id(table.by_id.get(0)), table.id(table.by_id.get(last)));
        }
        table
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The surface forms.
    pub fn forms(&self) -> &FormTable {
        &self.forms
    }

    /// The entry at a position.
    pub fn entry(&self, position: usize) -> &Entry {
        self.entries[position].get_or_init(|| {
            let (start, end) = (self.rows.get(2 * position), self.rows.get(2 * position + 1));
            csv_file::read_place(self.csv, start, end, self.file)
        })
    }

    /// The position of the entry with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        if id < self.ids.0 || id > self.ids.1 {
            return None;
        }
        let at = partition(self.by_id.len(), |index| self.compare_id(self.by_id.get(index), id).is_lt());
        let position = (at < self.by_id.len()).then(|| self.by_id.get(at))?;
        self.compare_id(position, id).is_eq().then_some(position)
    }

    /// How the id of an entry sorts to another. The comma behind it sorts before every character of an id.
    fn compare_id(&self, position: usize, id: &str) -> Ordering {
        let row = &self.csv.as_bytes()[self.rows.get(2 * position)..];
        let (head, behind) = row.split_at(id.len().min(row.len()));
        head.cmp(id.as_bytes()).then_with(|| if behind.starts_with(b",") { Ordering::Equal } else { Ordering::Greater })
    }

    /// The positions of the entries that had one of these codes.
    pub fn with_codes(&self, codes: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        let count = self.codes.len() / 2;
        let first = partition(count, |index| self.codes.get(2 * index) < codes.start);
        let within = (first..count).take_while(move |index| self.codes.get(2 * index) < codes.end);
        within.map(|index| self.codes.get(2 * index + 1))
    }

    /// What a form can stand for: positions of entries, and whether it is a short form of them.
    pub fn targets(&self, form: usize) -> impl Iterator<Item = (usize, bool)> + '_ {
        let first = form.checked_sub(1).map_or(0, |previous| self.target_ends.get(previous));
        (first..self.target_ends.get(form))
            .map(|index| self.targets.get(index))
            .map(|target| (target >> 1, target & 1 == 1))
    }

    /// The id of an entry, from its first row.
    fn id(&self, position: usize) -> &'static str {
        let row = &self.csv[self.rows.get(2 * position)..];
        row.split(',').next().unwrap_or_default()
    }
}

/// Little-endian numbers in the binary.
struct Numbers(&'static [u8]);

impl Numbers {
    fn len(&self) -> usize {
        self.0.len() / 4
    }

    fn get(&self, index: usize) -> usize {
        let bytes = &self.0[4 * index..4 * index + 4];
        bytes.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte))
    }
}

fn take(rest: &mut &'static [u8], count: usize) -> Numbers {
    let (numbers, after) = rest.split_at(4 * count);
    *rest = after;
    Numbers(numbers)
}

fn take_number(rest: &mut &'static [u8]) -> usize {
    take(rest, 1).get(0)
}

/// The first of `count` indexes for which `before` does not hold.
fn partition(count: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
