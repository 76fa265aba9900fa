//! The entries of a lexicon: persons, precedence lists, places, organizations, slogans, terms and
//! documents.

use smol_str::SmolStr;

use super::{
    date::{EdtfDate, ValidTime},
    file::FileIndex,
};
use crate::{lang::Lang, text::Span};

/// Position of an entry in its [`Lexicon`](super::Lexicon).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryIndex(pub(crate) u32);

/// One authority record with the place where it is written.
#[derive(Clone, Debug)]
pub struct Entry {
    /// `[a-z0-9][a-z0-9-]*`, unique in the whole lexicon.
    pub id: SmolStr,
    /// What the entry says.
    pub data: EntryData,
    /// URLs or citations for the whole entry.
    pub sources: Vec<SmolStr>,
    /// A remark for editors.
    pub note: Option<SmolStr>,
    /// When someone last looked at the entry and found it right.
    pub reviewed: Option<EdtfDate>,
    /// The file that holds the entry.
    pub file: FileIndex,
    /// The entry's bytes in that file, from its table header or first row on.
    pub span: Span,
    /// Where each key stands: `name`, `post.0.title`, `version.1`; bytes in the file.
    pub fields: Vec<(SmolStr, Span)>,
}

impl Entry {
    /// The span of a key such as `name` or `post.0`; the entry's start if it is not written.
    pub fn field_span(&self, key: &str) -> Span {
        let found = self.fields.iter().find(|(name, _)| name == key);
        found.map_or(Span::new(self.span.start, self.span.start), |(_, span)| *span)
    }

    /// The kind of entry.
    pub fn kind(&self) -> EntryKind {
        match self.data {
            EntryData::Person(_) => EntryKind::Person,
            EntryData::Precedence(_) => EntryKind::Precedence,
            EntryData::Place(_) => EntryKind::Place,
            EntryData::Organization(_) => EntryKind::Organization,
            EntryData::Slogan(_) => EntryKind::Slogan,
            EntryData::Term(_) => EntryKind::Term,
            EntryData::Document(_) => EntryKind::Document,
        }
    }

    /// The name by which people know the entry: a place's latest name, a slogan's wording.
    pub fn name(&self) -> &str {
        match &self.data {
            EntryData::Person(person) => &person.name,
            EntryData::Precedence(_) => &self.id,
            EntryData::Place(place) => place.versions.last().map_or(&self.id, |version| &version.name),
            EntryData::Organization(organization) => &organization.name,
            EntryData::Slogan(slogan) => &slogan.text,
            EntryData::Term(term) => &term.preferred,
            EntryData::Document(document) => &document.title,
        }
    }

    /// The person, if the entry is one.
    pub fn person(&self) -> Option<&Person> {
        if let EntryData::Person(person) = &self.data { Some(person) } else { None }
    }

    /// The place, if the entry is one.
    pub fn place(&self) -> Option<&Place> {
        if let EntryData::Place(place) = &self.data { Some(place) } else { None }
    }

    /// The slogan, if the entry is one.
    pub fn slogan(&self) -> Option<&Slogan> {
        if let EntryData::Slogan(slogan) = &self.data { Some(slogan) } else { None }
    }

    /// The order of precedence, if the entry is one.
    pub fn precedence(&self) -> Option<&Precedence> {
        if let EntryData::Precedence(precedence) = &self.data { Some(precedence) } else { None }
    }
}

/// The table an entry stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntryKind {
    /// `[[person]]`
    Person,
    /// `[[precedence]]`
    Precedence,
    /// `[[place]]`
    Place,
    /// `[[organization]]`
    Organization,
    /// `[[slogan]]`
    Slogan,
    /// `[[term]]`
    Term,
    /// `[[document]]`
    Document,
}

impl EntryKind {
    /// Every kind, in the order of the design.
    pub const ALL: [Self; 7] =
        [Self::Person, Self::Precedence, Self::Place, Self::Organization, Self::Slogan, Self::Term, Self::Document];

    /// The kinds that drafts mention, the surest to tell first.
    pub const MENTIONED: [Self; 6] =
        [Self::Person, Self::Organization, Self::Place, Self::Slogan, Self::Document, Self::Term];

    /// The table's name, also the mention kind in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Precedence => "precedence",
            Self::Place => "place",
            Self::Organization => "organization",
            Self::Slogan => "slogan",
            Self::Term => "term",
            Self::Document => "document",
        }
    }

    /// The kind in words, for people.
    pub fn in_words(self, lang: Lang) -> &'static str {
        if lang == Lang::En {
            return self.name();
        }
        match self {
            Self::Person => "人物",
            Self::Precedence => "排序",
            Self::Place => "地名",
            Self::Organization => "机构",
            Self::Slogan => "提法",
            Self::Term => "用语",
            Self::Document => "文件",
        }
    }
}

/// What an entry says. A long lexicon is mostly persons; what takes more room than one stands apart.
#[derive(Clone, Debug)]
pub enum EntryData {
    /// A person and the posts held.
    Person(Person),
    /// An order of precedence for roll-calls.
    Precedence(Precedence),
    /// A place with its versions in time.
    Place(Place),
    /// An organization.
    Organization(Box<Organization>),
    /// A formulation.
    Slogan(Box<Slogan>),
    /// A term with deprecated forms.
    Term(Term),
    /// A law, plan or speech.
    Document(Box<Document>),
}

/// A person (Popolo: Person).
#[derive(Clone, Debug)]
pub struct Person {
    /// The name as printed.
    pub name: SmolStr,
    /// Other names.
    pub other_names: Vec<SmolStr>,
    /// The gender, if known.
    pub gender: Option<Gender>,
    /// Whether the posts are all this person held in their time.
    pub complete: bool,
    /// The posts, in file order.
    pub posts: Vec<HeldPost>,
}

/// A person's gender, for pronouns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// 她
    Female,
    /// 他
    Male,
}

/// A post held by a person for some time (Popolo: Membership).
#[derive(Clone, Debug)]
pub struct HeldPost {
    /// The title written out: 吉林省委统战部部长.
    pub title: SmolStr,
    /// Further accepted forms of the title.
    pub short: Vec<SmolStr>,
    /// The body, an organization's id.
    pub organization: Option<SmolStr>,
    /// The jurisdiction, a place's id or GB/T 2260 code.
    pub place: Option<SmolStr>,
    /// When it was held.
    pub time: ValidTime,
    /// URLs or citations.
    pub sources: Vec<SmolStr>,
}

/// An order of precedence in force for some time.
#[derive(Clone, Debug)]
pub struct Precedence {
    /// Person ids, highest first.
    pub people: Vec<SmolStr>,
    /// When it was in force.
    pub time: ValidTime,
}

/// A place through its changes of name, code and parent (Linked Places: versions with `when`).
#[derive(Clone, Debug)]
pub struct Place {
    /// The tier of the place.
    pub level: Level,
    /// The states of the place in time, oldest first; never empty.
    pub versions: Vec<PlaceVersion>,
    /// The places that took over its area when it ended: ids.
    pub successors: Vec<SmolStr>,
    /// The number of the document that ended it.
    pub end_document: Option<SmolStr>,
}

/// One state of a place.
#[derive(Clone, Debug)]
pub struct PlaceVersion {
    /// The full name.
    pub name: SmolStr,
    /// Short forms and aliases.
    pub short: Vec<SmolStr>,
    /// The GB/T 2260 code.
    pub code: Option<SmolStr>,
    /// The place it lies in: an id or code.
    pub parent: Option<SmolStr>,
    /// When this state held.
    pub time: ValidTime,
    /// The number of the document that brought it about.
    pub document: Option<SmolStr>,
}

/// The tier of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// 省、自治区、直辖市
    Province,
    /// 地级市、地区、自治州、盟
    Prefecture,
    /// 县、县级市、市辖区、旗
    County,
    /// 乡、镇、街道、苏木
    Township,
    /// A development zone or other area with an administration of its own.
    FunctionalZone,
    /// An area without administration.
    Region,
}

impl Level {
    /// Every level with its name in lexicon files.
    pub const NAMES: [(Self, &'static str); 6] = [
        (Self::Province, "province"),
        (Self::Prefecture, "prefecture"),
        (Self::County, "county"),
        (Self::Township, "township"),
        (Self::FunctionalZone, "functional-zone"),
        (Self::Region, "region"),
    ];

    /// The name in lexicon files.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(level, _)| *level == self).map_or("region", |(_, name)| name)
    }
}

/// An organization.
#[derive(Clone, Debug)]
pub struct Organization {
    /// The full name.
    pub name: SmolStr,
    /// Short forms.
    pub short: Vec<SmolStr>,
    /// The organization above it: an id.
    pub parent: Option<SmolStr>,
    /// Its jurisdiction or seat: an id or code.
    pub place: Option<SmolStr>,
    /// When it existed.
    pub time: ValidTime,
    /// The organization that took over: an id.
    pub successor: Option<SmolStr>,
}

/// A formulation with fixed wording.
#[derive(Clone, Debug)]
pub struct Slogan {
    /// The exact wording.
    pub text: SmolStr,
    /// Other accepted wordings, never reported.
    pub variants: Vec<SmolStr>,
    /// Known wrong forms.
    pub wrong: Vec<WrongForm>,
    /// The parts, in order if `ordered`.
    pub components: Vec<SmolStr>,
    /// Whether the parts have a fixed order.
    pub ordered: bool,
    /// For a number phrase, what it counts.
    pub expands: Option<SmolStr>,
    /// Whether it is usually printed in quotation marks.
    pub quoted: bool,
    /// Whom it is credited to.
    pub attribution: Vec<SmolStr>,
    /// When the wording is in use.
    pub time: ValidTime,
    /// The newer wording: an id.
    pub superseded_by: Option<SmolStr>,
}

/// A known wrong form of a slogan.
#[derive(Clone, Debug)]
pub struct WrongForm {
    /// The wrong wording.
    pub text: SmolStr,
    /// Why it is wrong.
    pub note: Option<SmolStr>,
}

/// A term with a preferred form (SKOS: prefLabel, TBX: preferredTerm).
#[derive(Clone, Debug)]
pub struct Term {
    /// The form to use.
    pub preferred: SmolStr,
    /// Forms not to use.
    pub deprecated: Vec<SmolStr>,
    /// Contexts in which a deprecated form is right.
    pub except: Vec<SmolStr>,
}

/// A law, plan or speech.
#[derive(Clone, Debug)]
pub struct Document {
    /// The title, without 《》.
    pub title: SmolStr,
    /// Short titles.
    pub short: Vec<SmolStr>,
    /// Who issued it.
    pub issuer: Option<SmolStr>,
    /// When.
    pub time: ValidTime,
    /// The full text's file, relative to the lexicon file.
    pub text: Option<SmolStr>,
}
