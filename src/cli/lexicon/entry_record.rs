//! Entries as data: the shape of `hegao lexicon show --format json`.

use serde::Serialize;
use smol_str::SmolStr;

use crate::{
    cli::place::from_here,
    lexicon::{
        EdtfDate, Entry, EntryData, EntryIndex, EntryKind, InForce, Lexicon, ValidTime,
        entry::{
            Document, Gender, HeldPost, Organization, Person, Place, PlaceVersion, Precedence, Slogan, Term, WrongForm,
        },
    },
};

/// An entry as of a day.
#[derive(Serialize)]
pub(in crate::cli) struct EntryRecord<'a> {
    pub id: &'a str,
    #[serde(serialize_with = "kind_name")]
    pub kind: EntryKind,
    /// A place's name on the day, or its last one.
    pub name: &'a str,
    /// Whether the entry holds on the day; null if its dates are not precise enough to tell. What has
    /// no dates always holds.
    pub in_force: Option<bool>,
    #[serde(flatten)]
    pub details: Details<'a>,
    pub sources: &'a [SmolStr],
    pub note: Option<&'a str>,
    pub path: String,
    pub line: usize,
}

/// What entries of one kind say.
#[derive(Serialize)]
#[serde(untagged)]
pub(in crate::cli) enum Details<'a> {
    Person(PersonRecord<'a>),
    Precedence(PrecedenceRecord<'a>),
    Place(PlaceRecord<'a>),
    Organization(OrganizationRecord<'a>),
    Slogan(SloganRecord<'a>),
    Term(TermRecord<'a>),
    Document(DocumentRecord<'a>),
}

#[derive(Serialize)]
pub(in crate::cli) struct PersonRecord<'a> {
    pub other_names: &'a [SmolStr],
    pub gender: Option<&'static str>,
    pub complete: bool,
    pub posts: Vec<PostRecord<'a>>,
}

#[derive(Serialize)]
pub(in crate::cli) struct PostRecord<'a> {
    pub title: &'a str,
    pub start: Option<String>,
    pub end: Option<String>,
    /// Null if the dates are not precise enough to tell.
    pub held: Option<bool>,
    pub sources: &'a [SmolStr],
}

#[derive(Serialize)]
pub(in crate::cli) struct PrecedenceRecord<'a> {
    pub people: &'a [SmolStr],
    pub start: Option<String>,
    pub end: Option<String>,
}

#[derive(Serialize)]
pub(in crate::cli) struct PlaceRecord<'a> {
    /// The code on the day, or the last one.
    pub code: Option<&'a str>,
    pub level: &'static str,
    /// Names from the province down to the place on the day; empty if it did not exist then.
    pub hierarchy: Vec<&'a str>,
    /// Names the place had given up by the day.
    pub former_names: Vec<&'a str>,
    /// Ids of the places that took over when it ended.
    pub successors: &'a [SmolStr],
    pub start: Option<String>,
    pub end: Option<String>,
    /// Its states in time, oldest first.
    pub versions: Vec<VersionRecord<'a>>,
}

#[derive(Serialize)]
pub(in crate::cli) struct VersionRecord<'a> {
    pub name: &'a str,
    pub code: Option<&'a str>,
    /// Name of the place above it.
    pub parent: Option<&'a str>,
    pub start: Option<String>,
    pub end: Option<String>,
    /// Whether the state holds on the day; null if the dates are not precise enough to tell.
    pub in_force: Option<bool>,
    /// The number of the document that brought it about.
    pub document: Option<&'a str>,
}

#[derive(Serialize)]
pub(in crate::cli) struct OrganizationRecord<'a> {
    pub short: &'a [SmolStr],
    pub parent: Option<&'a str>,
    pub place: Option<&'a str>,
    pub start: Option<String>,
    pub end: Option<String>,
    pub successor: Option<&'a str>,
}

#[derive(Serialize)]
pub(in crate::cli) struct SloganRecord<'a> {
    pub text: &'a str,
    pub variants: &'a [SmolStr],
    pub wrong: Vec<WrongRecord<'a>>,
    pub components: &'a [SmolStr],
    pub ordered: bool,
    pub expands: Option<&'a str>,
    pub quoted: bool,
    pub attribution: &'a [SmolStr],
    pub start: Option<String>,
    pub end: Option<String>,
    pub superseded_by: Option<&'a str>,
}

#[derive(Serialize)]
pub(in crate::cli) struct WrongRecord<'a> {
    pub text: &'a str,
    pub note: Option<&'a str>,
}

#[derive(Serialize)]
pub(in crate::cli) struct TermRecord<'a> {
    pub preferred: &'a str,
    pub deprecated: &'a [SmolStr],
    pub except: &'a [SmolStr],
}

#[derive(Serialize)]
pub(in crate::cli) struct DocumentRecord<'a> {
    pub title: &'a str,
    pub short: &'a [SmolStr],
    pub issuer: Option<&'a str>,
    pub date: Option<String>,
    pub text: Option<&'a str>,
}

impl<'a> EntryRecord<'a> {
    /// The entry at `index` as of a day.
    pub fn of(lexicon: &'a Lexicon, index: EntryIndex, as_of: EdtfDate) -> Self {
        let entry = lexicon.entry(index);
        let file = lexicon.file(entry.file);
        let on_the_day = lexicon.version_on(index, as_of);
        Self {
            id: &entry.id,
            kind: entry.kind(),
            name: on_the_day.map_or(entry.name(), |version| &version.name),
            in_force: in_force(entry, as_of),
            details: details(lexicon, index, as_of),
            sources: &entry.sources,
            note: entry.note.as_deref(),
            path: from_here(&file.path),
            line: file.line(entry.span.start),
        }
    }
}

/// Whether an entry holds on a day; `None` if its dates do not tell.
fn in_force(entry: &Entry, as_of: EdtfDate) -> Option<bool> {
    match &entry.data {
        EntryData::Place(place) => {
            let states: Vec<InForce> = place.versions.iter().map(|version| version.time.on(as_of)).collect();
            match () {
                () if states.contains(&InForce::Now) => Some(true),
                () if states.contains(&InForce::Uncertain) => None,
                () => Some(false),
            }
        }
        EntryData::Person(_) | EntryData::Term(_) => Some(true),
        EntryData::Precedence(precedence) => holds(precedence.time, as_of),
        EntryData::Organization(organization) => holds(organization.time, as_of),
        EntryData::Slogan(slogan) => holds(slogan.time, as_of),
        EntryData::Document(document) => holds(document.time, as_of),
    }
}

fn holds(time: ValidTime, as_of: EdtfDate) -> Option<bool> {
    match time.on(as_of) {
        InForce::Now => Some(true),
        InForce::NotYet | InForce::Ended => Some(false),
        InForce::Uncertain => None,
    }
}

fn details(lexicon: &Lexicon, index: EntryIndex, as_of: EdtfDate) -> Details<'_> {
    match &lexicon.entry(index).data {
        EntryData::Person(person) => Details::Person(PersonRecord::of(person, as_of)),
        EntryData::Precedence(precedence) => Details::Precedence(PrecedenceRecord::of(precedence)),
        EntryData::Place(place) => Details::Place(PlaceRecord::of(lexicon, index, place, as_of)),
        EntryData::Organization(organization) => Details::Organization(OrganizationRecord::of(organization)),
        EntryData::Slogan(slogan) => Details::Slogan(SloganRecord::of(slogan)),
        EntryData::Term(term) => Details::Term(TermRecord::of(term)),
        EntryData::Document(document) => Details::Document(DocumentRecord::of(document)),
    }
}

impl<'a> PersonRecord<'a> {
    fn of(person: &'a Person, as_of: EdtfDate) -> Self {
        let gender = |gender| match gender {
            Gender::Female => "female",
            Gender::Male => "male",
        };
        Self {
            other_names: &person.other_names,
            gender: person.gender.map(gender),
            complete: person.complete,
            posts: person.posts.iter().map(|post| PostRecord::of(post, as_of)).collect(),
        }
    }
}

impl<'a> PostRecord<'a> {
    fn of(post: &'a HeldPost, as_of: EdtfDate) -> Self {
        let (start, end) = ends(post.time);
        Self { title: &post.title, start, end, held: holds(post.time, as_of), sources: &post.sources }
    }
}

impl<'a> PrecedenceRecord<'a> {
    fn of(precedence: &'a Precedence) -> Self {
        let (start, end) = ends(precedence.time);
        Self { people: &precedence.people, start, end }
    }
}

impl<'a> PlaceRecord<'a> {
    fn of(lexicon: &'a Lexicon, index: EntryIndex, place: &'a Place, as_of: EdtfDate) -> Self {
        let on_the_day = lexicon.version_on(index, as_of);
        let shown = on_the_day.or(place.versions.last());
        let name = |index| lexicon.version_on(index, as_of).map(|version| version.name.as_str());
        let above = lexicon.ancestors(index, as_of).into_iter().rev().filter_map(name);
        let hierarchy = on_the_day.map_or_else(Vec::new, |own| above.chain([own.name.as_str()]).collect());
        let mut former_names: Vec<&str> = Vec::new();
        for version in place.versions.iter().filter(|version| version.time.on(as_of) == InForce::Ended) {
            let is_shown = shown.is_some_and(|shown| shown.name == version.name);
            if !is_shown && !former_names.contains(&version.name.as_str()) {
                former_names.push(&version.name);
            }
        }
        Self {
            code: shown.and_then(|version| version.code.as_deref()),
            level: place.level.name(),
            hierarchy,
            former_names,
            successors: &place.successors,
            start: place.versions.first().and_then(|version| ends(version.time).0),
            end: place.versions.last().and_then(|version| ends(version.time).1),
            versions: place.versions.iter().map(|version| VersionRecord::of(lexicon, version, as_of)).collect(),
        }
    }
}

impl<'a> VersionRecord<'a> {
    fn of(lexicon: &'a Lexicon, version: &'a PlaceVersion, as_of: EdtfDate) -> Self {
        let (start, end) = ends(version.time);
        // A day on which the state held, so that the place above goes by its name of then.
        let then = version.time.start.or(version.time.end).unwrap_or(as_of);
        let parent = version.parent.as_deref().and_then(|parent| lexicon.place_ref(parent, then));
        let parent_name =
            |index| lexicon.version_on(index, then).map_or(lexicon.entry(index).name(), |version| &version.name);
        Self {
            name: &version.name,
            code: version.code.as_deref(),
            parent: parent.map(parent_name),
            start,
            end,
            in_force: holds(version.time, as_of),
            document: version.document.as_deref(),
        }
    }
}

impl<'a> OrganizationRecord<'a> {
    fn of(organization: &'a Organization) -> Self {
        let (start, end) = ends(organization.time);
        Self {
            short: &organization.short,
            parent: organization.parent.as_deref(),
            place: organization.place.as_deref(),
            start,
            end,
            successor: organization.successor.as_deref(),
        }
    }
}

impl<'a> SloganRecord<'a> {
    fn of(slogan: &'a Slogan) -> Self {
        let (start, end) = ends(slogan.time);
        let wrong = |form: &'a WrongForm| WrongRecord { text: &form.text, note: form.note.as_deref() };
        Self {
            text: &slogan.text,
            variants: &slogan.variants,
            wrong: slogan.wrong.iter().map(wrong).collect(),
            components: &slogan.components,
            ordered: slogan.ordered,
            expands: slogan.expands.as_deref(),
            quoted: slogan.quoted,
            attribution: &slogan.attribution,
            start,
            end,
            superseded_by: slogan.superseded_by.as_deref(),
        }
    }
}

impl<'a> TermRecord<'a> {
    fn of(term: &'a Term) -> Self {
        Self { preferred: &term.preferred, deprecated: &term.deprecated, except: &term.except }
    }
}

impl<'a> DocumentRecord<'a> {
    fn of(document: &'a Document) -> Self {
        Self {
            title: &document.title,
            short: &document.short,
            issuer: document.issuer.as_deref(),
            date: ends(document.time).0,
            text: document.text.as_deref(),
        }
    }
}

/// Start and end as EDTF strings.
fn ends(time: ValidTime) -> (Option<String>, Option<String>) {
    (time.start.map(|date| date.to_string()), time.end.map(|date| date.to_string()))
}

fn kind_name<S: serde::Serializer>(kind: &EntryKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.name())
}
