//! The surface-form index: every string that can stand for an entry, found in one pass.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use smallvec::SmallVec;
use smol_str::SmolStr;

use super::{
    entry::{Entry, EntryData, EntryIndex},
    pack_table::PackTable,
};
use crate::text::Span;

/// What a surface form is to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FormRole {
    /// The full name, the preferred form, the exact wording.
    Name,
    /// Another name, a short form, an accepted variant.
    Short,
    /// One of the parts of a slogan, by its position.
    Component(u16),
    /// A known wrong form of a slogan, by its position.
    Wrong(u16),
    /// A deprecated form of a term, by its position.
    Deprecated(u16),
}

/// An entry that a surface form can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FormTarget {
    /// The entry.
    pub entry: EntryIndex,
    /// What the form is to it.
    pub role: FormRole,
}

/// A place in a text where a surface form stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormMatch {
    /// Bytes in the text.
    pub span: Span,
    /// The entries the form can stand for, from whichever layer of the lexicon.
    pub targets: Targets,
}

/// The entries a form can stand for.
pub type Targets = SmallVec<[FormTarget; 2]>;

/// All surface forms of a lexicon: those of the pack tables, prepared at compile time, and those of all
/// other entries.
#[derive(Default)]
pub struct SurfaceForms {
    tables: Vec<TableForms>,
    /// Pack entries that a project entry overrides.
    overridden: HashSet<EntryIndex>,
    first_own: u32,
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    targets: Vec<Targets>,
}

struct TableForms {
    table: Arc<PackTable>,
    first_form: u32,
    first_entry: u32,
}

impl SurfaceForms {
    /// Every occurrence of every form in `text`, overlapping ones included, in order of place.
    pub fn matches(&self, text: &str) -> Vec<FormMatch> {
        let mut found: Vec<(Span, u32)> = self.raw_matches(text).collect();
        found.sort_unstable();
        let same_span = found.chunk_by(|a, b| a.0 == b.0);
        let merged = same_span.map(|same| FormMatch {
            span: same[0].0,
            targets: same.iter().flat_map(|(_, form)| self.targets(*form)).collect(),
        });
        merged.filter(|found| !found.targets.is_empty()).collect()
    }

    /// The entries for which `text` is a form, written exactly so.
    pub fn find(&self, text: &str) -> Targets {
        let whole = Span::new(0, text.len());
        self.raw_matches(text).filter(|(span, _)| *span == whole).flat_map(|(_, form)| self.targets(form)).collect()
    }

    /// Spans and numbers of forms, layer by layer.
    fn raw_matches<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Span, u32)> + 't {
        let own = self.automaton.iter().flat_map(move |automaton| {
            let matches = automaton.find_overlapping_iter(text);
            matches.map(|found| (Span::new(found.start(), found.end()), self.first_own + found.value()))
        });
        let tables = self.tables.iter().flat_map(move |forms| {
            let matches = forms.table.matches(text);
            matches.map(|(start, end, form)| (Span::new(start, end), forms.first_form + form as u32))
        });
        own.chain(tables)
    }

    /// The entries that a form, by its number, can stand for.
    fn targets(&self, form: u32) -> Targets {
        if let Some(own) = form.checked_sub(self.first_own) {
            return self.targets[own as usize].clone();
        }
        let at = self.tables.partition_point(|table| table.first_form <= form) - 1;
        let table = &self.tables[at];
        let targets = table.table.targets((form - table.first_form) as usize).map(|(entry, is_short)| FormTarget {
            entry: EntryIndex(table.first_entry + entry as u32),
            role: if is_short { FormRole::Short } else { FormRole::Name },
        });
        targets.filter(|target| !self.overridden.contains(&target.entry)).collect()
    }

    /// How many different forms there are.
    pub fn len(&self) -> usize {
        self.first_own as usize + self.targets.len()
    }

    /// Whether there is no form at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Builds the index over pack tables, whose entries come first, and the entries after them.
    pub(super) fn build(tables: &[Arc<PackTable>], overridden: HashSet<EntryIndex>, entries: &[Entry]) -> Self {
        let mut forms = Self { overridden, ..Self::default() };
        let mut first_entry = 0;
        for table in tables {
            forms.tables.push(TableForms { table: table.clone(), first_form: forms.first_own, first_entry });
            forms.first_own += table.form_count() as u32;
            first_entry += table.len() as u32;
        }
        let mut lookup = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let entry_index = EntryIndex(first_entry + index as u32);
            each_form(entry, &mut |text, role| {
                forms.insert(&mut lookup, text, FormTarget { entry: entry_index, role });
            });
        }
        let mut patterns: Vec<(SmolStr, u32)> = lookup.into_iter().collect();
        patterns.sort_unstable();
        // Building fails only for no pattern, for an empty one or for the same one twice; none can
        // occur here except the first.
        forms.automaton = CharwiseDoubleArrayAhoCorasickBuilder::new().build_with_values(patterns).ok();
        forms
    }

    fn insert(&mut self, lookup: &mut HashMap<SmolStr, u32>, text: &SmolStr, target: FormTarget) {
        if text.trim().is_empty() {
            return;
        }
        let next = self.targets.len() as u32;
        let form = *lookup.entry(text.clone()).or_insert(next);
        if form == next {
            self.targets.push(Targets::new());
        }
        let targets = &mut self.targets[form as usize];
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
}

/// Calls `each` with every surface form of `entry`.
pub(super) fn each_form(entry: &Entry, each: &mut dyn FnMut(&SmolStr, FormRole)) {
    let mut all = |texts: &[SmolStr], role: FormRole| texts.iter().for_each(|text| each(text, role));
    match &entry.data {
        EntryData::Person(person) => {
            all(std::slice::from_ref(&person.name), FormRole::Name);
            all(&person.other_names, FormRole::Short);
        }
        EntryData::Precedence(_) => {}
        EntryData::Place(place) => {
            for version in &place.versions {
                all(std::slice::from_ref(&version.name), FormRole::Name);
                all(&version.short, FormRole::Short);
            }
        }
        EntryData::Organization(organization) => {
            all(std::slice::from_ref(&organization.name), FormRole::Name);
            all(&organization.short, FormRole::Short);
        }
        EntryData::Slogan(slogan) => {
            all(std::slice::from_ref(&slogan.text), FormRole::Name);
            all(&slogan.variants, FormRole::Short);
            for wording in std::iter::once(&slogan.text).chain(&slogan.variants) {
                all(&restyled(wording), FormRole::Short);
            }
            for (index, form) in slogan.wrong.iter().enumerate() {
                all(std::slice::from_ref(&form.text), FormRole::Wrong(index as u16));
                all(&restyled(&form.text), FormRole::Wrong(index as u16));
            }
            for (index, component) in slogan.components.iter().enumerate() {
                all(std::slice::from_ref(component), FormRole::Component(index as u16));
            }
        }
        EntryData::Term(term) => {
            all(std::slice::from_ref(&term.preferred), FormRole::Name);
            for (index, form) in term.deprecated.iter().enumerate() {
                all(std::slice::from_ref(form), FormRole::Deprecated(index as u16));
            }
        }
        EntryData::Document(document) => {
            all(std::slice::from_ref(&document.title), FormRole::Name);
            all(&document.short, FormRole::Short);
        }
    }
}

/// The wording with the separators and quotation marks that drafts put in place of its own: 、 as ， or a
/// half-width comma, “” as "" or 「」.
fn restyled(wording: &str) -> Vec<SmolStr> {
    const SEPARATORS: [(&[char], &str); 3] = [(&['、'], "，"), (&['、', '，'], ","), (&['，'], "、")];
    let quoted = [[('“', "“"), ('”', "”")], [('“', "\""), ('”', "\"")], [('“', "「"), ('”', "」")]];
    let mut styles = Vec::new();
    for marks in quoted {
        let marked = marks.iter().fold(wording.to_owned(), |text, (mark, other)| text.replace(*mark, other));
        let separated = SEPARATORS.iter().map(|(from, to)| marked.replace(*from, to));
        for style in std::iter::once(marked.clone()).chain(separated) {
            if style != wording && !styles.contains(&SmolStr::from(style.as_str())) {
                styles.push(SmolStr::from(style));
            }
        }
    }
    styles
}
