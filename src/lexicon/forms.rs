//! The surface-form index: every string that can stand for an entry, found in one pass.

use std::collections::HashMap;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use smol_str::SmolStr;

use super::entry::{Entry, EntryData, EntryIndex};
use crate::text::Span;

/// Position of a surface form in its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FormIndex(u32);

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormMatch {
    /// Bytes in the text.
    pub span: Span,
    /// The form.
    pub form: FormIndex,
}

/// All surface forms of a lexicon.
#[derive(Default)]
pub struct SurfaceForms {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    targets: Vec<Vec<FormTarget>>,
    lookup: HashMap<SmolStr, FormIndex>,
}

impl SurfaceForms {
    /// Every occurrence of every form in `text`, overlapping ones included, ordered by end.
    pub fn matches<'t>(&'t self, text: &'t str) -> impl Iterator<Item = FormMatch> + 't {
        self.automaton.iter().flat_map(move |automaton| {
            automaton
                .find_overlapping_iter(text)
                .map(|found| FormMatch { span: Span::new(found.start(), found.end()), form: FormIndex(found.value()) })
        })
    }

    /// The entries a form can stand for.
    pub fn targets(&self, form: FormIndex) -> &[FormTarget] {
        &self.targets[form.0 as usize]
    }

    /// The form written exactly so.
    pub fn find(&self, text: &str) -> Option<FormIndex> {
        self.lookup.get(text).copied()
    }

    /// How many different forms there are.
    pub fn len(&self) -> usize {
        self.targets.len()
    }

    /// Whether there is no form at all.
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// Builds the index over `entries`.
    pub(super) fn build(entries: &[Entry]) -> Self {
        let mut forms = Self::default();
        for (index, entry) in entries.iter().enumerate() {
            let entry_index = EntryIndex(index as u32);
            each_form(entry, &mut |text, role| forms.insert(text, FormTarget { entry: entry_index, role }));
        }
        let mut patterns: Vec<(&str, u32)> = forms.lookup.iter().map(|(text, form)| (text.as_str(), form.0)).collect();
        patterns.sort_unstable();
        // Building fails only for no pattern, for an empty one or for the same one twice; none can
        // occur here except the first.
        forms.automaton = CharwiseDoubleArrayAhoCorasickBuilder::new().build_with_values(patterns).ok();
        forms
    }

    fn insert(&mut self, text: &SmolStr, target: FormTarget) {
        if text.trim().is_empty() {
            return;
        }
        let next = FormIndex(self.targets.len() as u32);
        let form = *self.lookup.entry(text.clone()).or_insert(next);
        if form == next {
            self.targets.push(Vec::with_capacity(1));
        }
        let targets = &mut self.targets[form.0 as usize];
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
