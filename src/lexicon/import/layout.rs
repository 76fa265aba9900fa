//! Which row of a table holds the headings, which column is which key, and what kind of entry it is about.

use std::collections::BTreeMap;

use super::{
    ImportOptions,
    cells::Cell,
    columns::{self, ColumnSource, ColumnUse},
    imported::At,
    sheet::{Sheet, SheetRow},
};
use crate::{
    lang::Message,
    lexicon::{entry::EntryKind, keys},
};

/// How far down the heading may stand: sheets often begin with a title.
const HEADING_ROWS: usize = 10;

/// Which column is which.
pub(super) struct Layout {
    /// The position of the row of headings.
    pub heading: usize,
    headings: Vec<String>,
    /// The kind of every row without a word of its own.
    pub kind: Option<EntryKind>,
    /// The column that tells the kind of each row.
    pub kind_column: Option<usize>,
    told: BTreeMap<usize, &'static str>,
}

impl Layout {
    /// Finds the headings of a table and what they stand for. `stem` is the name of its file, which may tell
    /// the kind.
    ///
    /// # Errors
    ///
    /// Why the table cannot be understood.
    pub fn find(sheet: &Sheet, stem: &str, options: &ImportOptions<'_>) -> Result<Self, (At, Message)> {
        let known = |row: &SheetRow| {
            let is_known = |cell: &&Cell| {
                let heading = cell.shown();
                options.columns.iter().any(|(column, _)| *column == heading)
                    || EntryKind::ALL.into_iter().any(|kind| columns::key_of(&heading, kind).is_some())
            };
            row.cells.iter().filter(is_known).count()
        };
        let first_rows = || sheet.rows.iter().take(HEADING_ROWS).enumerate();
        let heading = first_rows().find(|(_, row)| known(row) >= 2);
        let heading = heading.or_else(|| first_rows().find(|(_, row)| row.cells.iter().any(|cell| !cell.is_empty())));
        let Some((heading, row)) = heading else {
            return Err((At::File, Message::new("表里没有内容", "the table is empty")));
        };
        let headings: Vec<String> = row.cells.iter().map(Cell::shown).collect();
        let mut layout = Self { heading, headings, kind: options.kind, kind_column: None, told: BTreeMap::new() };
        layout.tell(&options.columns)?;
        layout.find_kind(stem, sheet.at()(row.number))?;
        Ok(layout)
    }

    /// Takes the mappings that were told: a heading, or the number of a column from 1.
    fn tell(&mut self, told: &[(String, String)]) -> Result<(), (At, Message)> {
        for (column, key) in told {
            let position = self.headings.iter().position(|heading| heading == column);
            let position = position.or_else(|| column.parse().ok().and_then(|number: usize| number.checked_sub(1)));
            let Some(position) = position.filter(|position| *position < self.headings.len()) else {
                let (zh, en) = (self.headings.join("、"), self.headings.join(", "));
                return Err((
                    At::File,
                    Message::new(
                        format!("--map：没有 `{column}` 这一列；有：{zh}"),
                        format!("--map: there is no column `{column}`; there are: {en}"),
                    ),
                ));
            };
            let Some(key) = columns::known_key(key) else {
                return Err((
                    At::File,
                    Message::new(
                        format!("--map：没有 `{key}` 这个键；不导入的列写 -"),
                        format!("--map: there is no key `{key}`; write - for a column that is to be left out"),
                    ),
                ));
            };
            self.told.insert(position, key);
        }
        Ok(())
    }

    fn find_kind(&mut self, stem: &str, at: At) -> Result<(), (At, Message)> {
        let of_heading = |heading: &String| columns::key_of(heading, EntryKind::Person).map(|(key, _)| key);
        let is_kind = |position: usize| match self.told.get(&position) {
            Some(key) => *key == "kind",
            None => of_heading(&self.headings[position]) == Some("kind"),
        };
        self.kind_column = (0..self.headings.len()).find(|position| is_kind(*position));
        let as_told = |(position, heading): (usize, &String)| {
            self.told.get(&position).map_or_else(|| heading.clone(), |key| (*key).to_owned())
        };
        let headings: Vec<String> = self.headings.iter().enumerate().map(as_told).collect();
        self.kind = self.kind.or_else(|| keys::kind_named(stem)).or_else(|| columns::kind_of(&headings));
        if self.kind.is_some() || self.kind_column.is_some() {
            return Ok(());
        }
        let (zh, en) = (self.headings.join("、"), self.headings.join(", "));
        Err((
            at,
            Message::new(
                format!("由表头（{zh}）看不出是哪类词条；请用 --kind 指定，或用 --map 列名=键 说明各列"),
                format!(
                    "the headings ({en}) do not tell the kind of entry; name it with --kind, or the columns with --map COLUMN=KEY"
                ),
            ),
        ))
    }

    /// The key of a column in a row of `kind`, and how it is known.
    pub fn key(&self, column: usize, kind: EntryKind) -> Option<(&'static str, ColumnSource)> {
        match self.told.get(&column) {
            Some(key) => Some((*key, ColumnSource::Told)),
            None => columns::key_of(self.headings.get(column)?, kind),
        }
    }

    /// Whether a column of people's rows stands for `key`.
    pub fn has(&self, key: &str) -> bool {
        (0..self.headings.len())
            .any(|column| self.key(column, EntryKind::Person).is_some_and(|(known, _)| known == key))
    }

    /// How each column with a heading was read; in a mixed table by any of the kinds.
    pub fn uses(&self) -> Vec<ColumnUse> {
        let kinds: Vec<EntryKind> = match (self.kind_column, self.kind) {
            (None, Some(kind)) => vec![kind],
            _ => EntryKind::ALL.to_vec(),
        };
        let of_column = |(column, heading): (usize, &String)| {
            let known: Vec<_> = kinds.iter().filter_map(|kind| self.key(column, *kind)).collect();
            let mut keys: Vec<&'static str> = known.iter().map(|(key, _)| *key).filter(|key| *key != "-").collect();
            keys.sort_unstable();
            keys.dedup();
            let source = known.first().map_or(ColumnSource::Unknown, |(_, source)| *source);
            ColumnUse { heading: heading.clone(), keys, source }
        };
        let with_heading = self.headings.iter().enumerate().filter(|(_, heading)| !heading.is_empty());
        with_heading.map(of_column).collect()
    }
}
