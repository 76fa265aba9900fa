//! Floor 1: the lexicon, that is all authority files in force together, built-in packs first, then
//! the project's own.
//!
//! [`Lexicon::load`] never fails as a whole: what is broken becomes a [`Problem`] with file, line and
//! what was expected, and everything sound stays in force.

pub mod audit;
mod beginning_filter;
mod csv_file;
mod csv_rows;
pub mod date;
pub mod entry;
pub mod export;
pub mod fields;
pub mod file;
pub(crate) mod form_table;
mod forms;
mod hash_filter;
pub mod import;
mod keys;
mod load;
mod pack_table;
pub mod packs;
mod problem;
mod record;
mod search;
pub(crate) mod sink;
mod skos_terms;
mod toml_file;
pub mod write;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use smol_str::SmolStr;

pub(crate) use beginning_filter::BeginningFilter;
pub use date::{EdtfDate, InForce, ValidTime};
pub use entry::{Entry, EntryData, EntryIndex, EntryKind};
pub use file::{FileIndex, LexiconFile};
pub(crate) use form_table::Pair;
pub use forms::{FormMatch, FormRole, FormTarget, SurfaceForms, Targets};
pub(crate) use hash_filter::HashFilter;
pub(crate) use keys::{kind_named, name_key};
pub use load::{LexiconSources, Texts};
pub(crate) use load::{read_entries, text_for};
pub use problem::{FileEdit, Problem, ProblemCode, Related, Severity};
pub use search::{SearchHit, SearchIndex, SearchOptions, SearchRank};

use entry::{Place, PlaceVersion};
use pack_table::PackTable;

/// Days after the approval of a change in which both the old and the new form of a place are right:
/// approval is made public and takes effect later (公主岭市: approved 2020-06-05, announced 06-19;
/// 襄阳市: approved 2010-11-26, in effect 12-09).
pub const SETTLING_DAYS: i32 = 92;

/// All authority files in force together.
///
/// Entries of pack tables come first and are read when they are asked for; all others follow.
pub struct Lexicon {
    tables: Vec<Arc<PackTable>>,
    first_own: usize,
    entries: Vec<Entry>,
    files: Vec<LexiconFile>,
    problems: Vec<Problem>,
    forms: SurfaceForms,
    by_id: HashMap<SmolStr, EntryIndex>,
    by_code: BTreeMap<SmolStr, Vec<EntryIndex>>,
}

impl Lexicon {
    /// Loads packs and files. Look at [`Lexicon::problems`] for what could not be read.
    pub fn load(sources: &LexiconSources) -> Self {
        Self::load_with(sources, &Texts::new())
    }

    /// As [`Lexicon::load`], with texts that count in place of what is on disk.
    pub fn load_with(sources: &LexiconSources, texts: &Texts) -> Self {
        load::load(sources, texts)
    }

    /// The entry at `index`.
    pub fn entry(&self, index: EntryIndex) -> &Entry {
        let index = index.0 as usize;
        if let Some(own) = index.checked_sub(self.first_own) {
            return &self.entries[own];
        }
        let mut position = index;
        for table in &self.tables {
            match position.checked_sub(table.len()) {
                Some(rest) => position = rest,
                None => return table.entry(position),
            }
        }
        unreachable!("an index belongs to the lexicon that gave it")
    }

    /// The kind of an entry; cheaper than reading the entry.
    pub fn kind(&self, index: EntryIndex) -> EntryKind {
        match (index.0 as usize).checked_sub(self.first_own) {
            Some(own) => self.entries[own].kind(),
            None => EntryKind::Place,
        }
    }

    /// The entry with this id.
    pub fn find(&self, id: &str) -> Option<EntryIndex> {
        if let Some(index) = self.by_id.get(id) {
            return Some(*index);
        }
        let mut first = 0;
        for table in &self.tables {
            if let Some(position) = table.find(id) {
                return Some(EntryIndex((first + position) as u32));
            }
            first += table.len();
        }
        None
    }

    /// Every entry with its index, those of the pack tables included; this reads them all.
    pub fn entries(&self) -> impl Iterator<Item = (EntryIndex, &Entry)> {
        let in_force = |index: &EntryIndex| self.find(&self.entry(*index).id) == Some(*index);
        let indexes = (0..self.first_own as u32).map(EntryIndex).filter(in_force);
        indexes.map(|index| (index, self.entry(index))).chain(self.written_entries())
    }

    /// Every entry that is not in a pack table: all persons, organizations, slogans, terms and documents.
    pub fn written_entries(&self) -> impl Iterator<Item = (EntryIndex, &Entry)> {
        let first = self.first_own;
        self.entries.iter().enumerate().map(move |(position, entry)| (EntryIndex((first + position) as u32), entry))
    }

    /// The file at `index`.
    pub fn file(&self, index: FileIndex) -> &LexiconFile {
        &self.files[index.0 as usize]
    }

    /// Every file, packs first.
    pub fn files(&self) -> &[LexiconFile] {
        &self.files
    }

    /// What could not be read.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The surface forms of all entries.
    pub fn forms(&self) -> &SurfaceForms {
        &self.forms
    }

    /// The place that a reference, an id or a GB/T 2260 code, means. A code that several places had
    /// means the one that has it on `as_of`, else the one that had it last.
    pub fn place_ref(&self, reference: &str, as_of: EdtfDate) -> Option<EntryIndex> {
        if let Some(index) = self.find(reference) {
            return self.entry(index).place().map(|_| index);
        }
        let holders = self.with_code(reference);
        let holds = |index: &EntryIndex| {
            self.version_on(*index, as_of).is_some_and(|version| version.code.as_deref() == Some(reference))
        };
        holders.iter().copied().find(holds).or_else(|| self.latest_with_code(&holders, reference))
    }

    /// The place that had this code last.
    pub fn place_with_code(&self, code: &str) -> Option<EntryIndex> {
        self.latest_with_code(&self.with_code(code), code)
    }

    fn latest_with_code(&self, holders: &[EntryIndex], code: &str) -> Option<EntryIndex> {
        let ended = |index: &EntryIndex| {
            let versions = self.entry(*index).place().map(|place| place.versions.as_slice()).unwrap_or_default();
            let with_code = versions.iter().filter(|version| version.code.as_deref() == Some(code));
            with_code.map(|version| version.time.end.map_or(i16::MAX, |end| end.latest().year())).max()
        };
        holders.iter().copied().max_by_key(ended)
    }

    /// The places in force in this lexicon that had a code at any time.
    pub fn with_code(&self, code: &str) -> Vec<EntryIndex> {
        self.with_code_below(code, 0)
    }

    /// The places in force in this lexicon that had at any time a code of `stem` and so many more `digits`, in no
    /// order: a code begins with the code of the place it lies in.
    pub fn with_code_below(&self, stem: &str, digits: u32) -> Vec<EntryIndex> {
        let length = stem.len() + digits as usize;
        let own = self.by_code.range(SmolStr::from(stem)..).take_while(|(code, _)| code.starts_with(stem));
        let own = own.filter(|(code, _)| code.len() == length).flat_map(|(_, holders)| holders);
        let mut holders: Vec<EntryIndex> = own.copied().collect();
        let Ok(number) = stem.parse::<usize>() else { return holders };
        let Some(count) = 10_usize.checked_pow(digits) else { return holders };
        let Some(start) = number.checked_mul(count) else { return holders };
        let mut first = 0;
        for table in &self.tables {
            let positions = table.with_codes(start..start.saturating_add(count));
            let indexes = positions.map(|position| EntryIndex((first + position) as u32));
            holders.extend(indexes.filter(|index| !self.by_id.contains_key(&self.entry(*index).id)));
            first += table.len();
        }
        holders
    }

    /// The state of a place on a day, by the nominal dates. `None` before its first and after its last
    /// state.
    pub fn version_on(&self, place: EntryIndex, as_of: EdtfDate) -> Option<&PlaceVersion> {
        let versions = &self.entry(place).place()?.versions;
        let candidate = |state: InForce| versions.iter().rev().find(|version| version.time.on(as_of) == state);
        candidate(InForce::Now).or_else(|| candidate(InForce::Uncertain))
    }

    /// The states of a place that may hold on a day: more than one near a change, none before the
    /// first and after the last.
    pub fn possible_versions<'l>(
        &'l self,
        place: &'l Place,
        as_of: EdtfDate,
    ) -> impl Iterator<Item = &'l PlaceVersion> {
        let possible = move |version: &&PlaceVersion| {
            matches!(version.time.on_settled(as_of, SETTLING_DAYS), InForce::Now | InForce::Uncertain)
        };
        place.versions.iter().filter(possible)
    }

    /// The places above a place on a day, nearest first.
    pub fn ancestors(&self, place: EntryIndex, as_of: EdtfDate) -> Vec<EntryIndex> {
        let mut above = Vec::new();
        let mut current = place;
        // A cycle of parents is a fault of the files that `lexicon check` reports.
        while let Some(parent) =
            self.parent_on(current, as_of).filter(|parent| !above.contains(parent) && *parent != place)
        {
            above.push(parent);
            current = parent;
        }
        above
    }

    /// The place directly above a place on a day.
    pub fn parent_on(&self, place: EntryIndex, as_of: EdtfDate) -> Option<EntryIndex> {
        let parent = self.version_on(place, as_of)?.parent.as_ref()?;
        self.place_ref(parent, as_of)
    }
}
