//! The surface-form index: every string that can stand for an entry, found in one pass.

use std::{collections::HashSet, sync::Arc};

use rayon::prelude::*;
use smallvec::SmallVec;
use smol_str::SmolStr;

use super::{
    beginning_filter::BeginningFilter,
    entry::{Entry, EntryData, EntryIndex},
    form_table::FormTable,
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
pub struct SurfaceForms {
    packs: Vec<PackForms>,
    /// Pack entries that a project entry overrides.
    overridden: HashSet<EntryIndex>,
    own: FormTable,
    filter: BeginningFilter,
    /// For each own form the end of its targets.
    own_ends: Vec<u32>,
    own_targets: Vec<FormTarget>,
}

struct PackForms {
    table: Arc<PackTable>,
    first_entry: u32,
}

impl SurfaceForms {
    /// Every occurrence of every form in `text`, overlapping ones included, in order of place.
    pub fn matches(&self, text: &str) -> Vec<FormMatch> {
        let mut found = Vec::new();
        let behind = |count: usize| text.chars().chain(['\0'; 2]).skip(count);
        for (((start, first), second), third) in text.char_indices().zip(behind(1)).zip(behind(2)) {
            if self.filter.has_pair(first, second) && self.filter.has_head(first, second, third) {
                self.matches_at(text, start, &mut found);
            }
        }
        found
    }

    /// Appends to `found` the forms that stand at byte `start` of `text`, the shortest first.
    pub fn matches_at(&self, text: &str, start: usize, found: &mut Vec<FormMatch>) {
        let text = &text[start..];
        let mut here: SmallVec<[(usize, Layer<'_>, usize); 8]> = SmallVec::new();
        for layer in self.layers() {
            layer.forms().begin(text, |length, form| here.push((length, layer, form)));
        }
        here.sort_by_key(|(length, ..)| *length);
        for same in here.chunk_by(|a, b| a.0 == b.0) {
            let targets: Targets = same.iter().flat_map(|(_, layer, form)| layer.targets(*form)).collect();
            if !targets.is_empty() {
                found.push(FormMatch { span: Span::new(start, start + same[0].0), targets });
            }
        }
    }

    /// What tells at most places of a text that no form begins there.
    pub fn filter(&self) -> &BeginningFilter {
        &self.filter
    }

    /// The entries for which `text` is a form, written exactly so.
    pub fn find(&self, text: &str) -> Targets {
        let of_layer = |layer: Layer<'_>| -> Targets {
            layer.forms().find(text).into_iter().flat_map(|form| layer.targets(form)).collect()
        };
        self.layers().flat_map(of_layer).collect()
    }

    /// How many different forms there are, those of each pack table counted apart.
    pub fn len(&self) -> usize {
        self.layers().map(|layer| layer.forms().len()).sum()
    }

    /// Whether there is no form at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The pack tables, then all other entries.
    fn layers(&self) -> impl Iterator<Item = Layer<'_>> {
        self.packs.iter().map(|pack| Layer { all: self, pack: Some(pack) }).chain([Layer { all: self, pack: None }])
    }

    /// Builds the index over pack tables, whose entries come first, and the entries after them.
    pub(super) fn build(tables: &[Arc<PackTable>], overridden: HashSet<EntryIndex>, entries: &[Entry]) -> Self {
        let mut first_entry = 0;
        let mut packs = Vec::new();
        for table in tables {
            packs.push(PackForms { table: table.clone(), first_entry });
            first_entry += table.len() as u32;
        }
        let numbered: Vec<(&Entry, u32)> = entries.iter().zip(first_entry..).collect();
        let mut forms: Vec<OwnForm> =
            numbered.par_iter().flat_map_iter(|(entry, index)| own_forms(entry, *index)).collect();
        forms.par_sort_by(|a, b| (a.head, &a.text).cmp(&(b.head, &b.text)));
        let mut texts = Vec::with_capacity(forms.len());
        let (mut own_ends, mut own_targets) = (Vec::with_capacity(forms.len()), Vec::with_capacity(forms.len()));
        for same in forms.chunk_by(|a, b| a.head == b.head && a.text == b.text) {
            let first = own_targets.len();
            for OwnForm { target, .. } in same {
                if !own_targets[first..].contains(target) {
                    own_targets.push(*target);
                }
            }
            texts.push(same[0].text.as_str());
            own_ends.push(own_targets.len() as u32);
        }
        let own = FormTable::build(&texts);
        let tables = packs.iter().map(|pack| pack.table.forms()).chain([&own]);
        let filter = BeginningFilter::of(tables);
        Self { packs, overridden, own, filter, own_ends, own_targets }
    }
}

/// A form of an entry that is in no pack table.
struct OwnForm {
    /// The first bytes as one number in the order of the texts: most comparisons end here.
    head: u64,
    text: SmolStr,
    target: FormTarget,
}

fn own_forms(entry: &Entry, index: u32) -> SmallVec<[OwnForm; 2]> {
    let mut forms = SmallVec::new();
    each_form(entry, &mut |text, role| {
        if !text.trim().is_empty() {
            let mut head = [0; 8];
            head.iter_mut().zip(text.bytes()).for_each(|(head, byte)| *head = byte);
            let target = FormTarget { entry: EntryIndex(index), role };
            forms.push(OwnForm { head: u64::from_be_bytes(head), text: text.clone(), target });
        }
    });
    forms
}

/// The forms of one pack table, or those of all other entries.
#[derive(Clone, Copy)]
struct Layer<'f> {
    all: &'f SurfaceForms,
    pack: Option<&'f PackForms>,
}

impl<'f> Layer<'f> {
    fn forms(self) -> &'f FormTable {
        self.pack.map_or(&self.all.own, |pack| pack.table.forms())
    }

    /// The entries that a form, by its number, can stand for.
    fn targets(self, form: usize) -> Targets {
        let Some(pack) = self.pack else {
            let ends = &self.all.own_ends;
            let first = form.checked_sub(1).map_or(0, |previous| ends[previous]);
            return self.all.own_targets[first as usize..ends[form] as usize].into();
        };
        let targets = pack.table.targets(form).map(|(entry, is_short)| FormTarget {
            entry: EntryIndex(pack.first_entry + entry as u32),
            role: if is_short { FormRole::Short } else { FormRole::Name },
        });
        targets.filter(|target| !self.all.overridden.contains(&target.entry)).collect()
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
