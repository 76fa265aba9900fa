//! Cards: what the lexicon says of an entry on the as-of date.

mod person;
mod place;
mod slogan;

use smol_str::SmolStr;

use super::markup::{Line, Markup};
use crate::{
    check::AsOf,
    lang::Lang,
    lexicon::{
        EdtfDate, Entry, EntryData, EntryIndex, EntryKind, FormRole, Lexicon, ValidTime,
        entry::{Document, Organization, Precedence, Term},
    },
};

/// Writes cards for one draft.
pub(super) struct Cards<'a> {
    /// The lexicon in force.
    pub lexicon: &'a Lexicon,
    /// The day for which facts are told, and where it comes from.
    pub as_of: AsOf,
    /// The language of labels.
    pub lang: Lang,
}

/// A card being written, with the sources cited so far.
struct Card<'a> {
    markup: Markup,
    sources: Vec<&'a str>,
}

impl<'a> Cards<'a> {
    /// The card of an entry, for words that are `role` to it.
    pub(super) fn of_entry(&self, index: EntryIndex, role: Option<FormRole>) -> Markup {
        let entry = self.lexicon.entry(index);
        let mut card = Card { markup: Markup::default(), sources: Vec::new() };
        card.markup.line(self.title(entry));
        card.markup.line(self.day());
        match &entry.data {
            EntryData::Person(person) => self.person(person, entry, &mut card),
            EntryData::Place(place) => self.place(index, place, &mut card),
            EntryData::Slogan(slogan) => self.slogan(slogan, role, &mut card),
            EntryData::Organization(organization) => self.organization(organization, &mut card),
            EntryData::Term(term) => self.term(term, &mut card),
            EntryData::Document(document) => self.document(document, &mut card),
            EntryData::Precedence(precedence) => self.precedence(precedence, &mut card),
        }
        if let Some(note) = &entry.note {
            card.markup.line(self.labelled("备注", "Note", note));
        }
        card.cite(&entry.sources);
        self.sources(&mut card);
        card.markup
    }

    /// The card of words that can stand for several entries.
    pub(super) fn of_candidates(&self, text: &str, candidates: &[EntryIndex]) -> Markup {
        let mut markup = Markup::default();
        let count = candidates.len();
        let several = match self.lang {
            Lang::Zh => format!("可指 {count} 个词条"),
            Lang::En => format!("one of {count} entries"),
        };
        markup.line(Line::titled(text).text(several));
        markup.line(self.day());
        for candidate in candidates {
            let entry = self.lexicon.entry(*candidate);
            markup.item(self.title(entry).text(self.colon()).text(self.summary(*candidate)));
        }
        let example =
            format!("[{text}](@{})", candidates.first().map_or("", |first| self.lexicon.entry(*first).id.as_str()));
        markup.line(Line::new(self.say("标明所指：", "Say which one is meant: ")).code(example));
        markup
    }

    /// What tells an entry from others of its name, in a few words.
    fn summary(&self, index: EntryIndex) -> String {
        let entry = self.lexicon.entry(index);
        match &entry.data {
            EntryData::Person(person) => self.posts_in_short(person),
            EntryData::Place(place) => self.place_in_short(index, place),
            EntryData::Organization(organization) => {
                organization.name.to_string() + &self.bracketed(&organization.time.display())
            }
            EntryData::Document(document) => {
                document.issuer.iter().map(SmolStr::as_str).collect::<String>()
                    + &self.bracketed(&document.time.display())
            }
            EntryData::Slogan(_) | EntryData::Term(_) | EntryData::Precedence(_) => entry.name().to_owned(),
        }
    }

    fn title(&self, entry: &Entry) -> Line {
        let kind = match (self.lang, entry.kind()) {
            (Lang::Zh, EntryKind::Person) => "人物",
            (Lang::Zh, EntryKind::Precedence) => "位次",
            (Lang::Zh, EntryKind::Place) => "地名",
            (Lang::Zh, EntryKind::Organization) => "机构",
            (Lang::Zh, EntryKind::Slogan) => "提法",
            (Lang::Zh, EntryKind::Term) => "用语",
            (Lang::Zh, EntryKind::Document) => "文件",
            (Lang::En, kind) => kind.name(),
        };
        Line::titled(entry.name()).text(format!("{kind} ")).code(&entry.id)
    }

    fn day(&self) -> Line {
        let date = self.as_of.date.to_string();
        let origin = self.as_of.origin.in_words();
        self.labelled("核对日期", "As of", &(date + &self.bracketed(origin.get(self.lang))))
    }

    fn organization(&self, organization: &'a Organization, card: &mut Card<'a>) {
        self.other_names(&organization.short, card);
        self.period(&organization.time, card);
        if let Some(parent) = &organization.parent {
            card.markup.line(self.labelled("上级", "Part of", self.name_of(parent)));
        }
        if let Some(place) =
            organization.place.as_ref().and_then(|place| self.lexicon.place_ref(place, self.as_of.date))
        {
            card.markup.line(self.labelled("所在地", "Place", &self.hierarchy(place)));
        }
        if let Some(successor) = &organization.successor {
            card.markup.line(self.labelled("后继机构", "Succeeded by", self.name_of(successor)));
        }
    }

    fn term(&self, term: &'a Term, card: &mut Card<'a>) {
        card.markup.line(self.labelled("用", "Write", &term.preferred));
        if !term.deprecated.is_empty() {
            card.markup.line(self.labelled("不用", "Not", &self.listed(&term.deprecated)));
        }
        if !term.except.is_empty() {
            card.markup.line(self.labelled("例外", "Except in", &self.listed(&term.except)));
        }
    }

    fn document(&self, document: &'a Document, card: &mut Card<'a>) {
        self.other_names(&document.short, card);
        if let Some(issuer) = &document.issuer {
            card.markup.line(self.labelled("发布", "Issued by", issuer));
        }
        if let Some(date) = document.time.start {
            card.markup.line(self.labelled("日期", "Date", &date.to_string()));
        }
    }

    fn precedence(&self, precedence: &'a Precedence, card: &mut Card<'a>) {
        self.period(&precedence.time, card);
        let names: Vec<&str> = precedence.people.iter().map(|id| self.name_of(id)).collect();
        card.markup.line(self.labelled("次序", "Order", &names.join("、")));
    }

    fn other_names(&self, names: &[SmolStr], card: &mut Card<'a>) {
        if !names.is_empty() {
            card.markup.line(self.labelled("又作", "Also", &self.listed(names)));
        }
    }

    fn period(&self, time: &ValidTime, card: &mut Card<'a>) {
        let period = time.display();
        if !period.is_empty() {
            card.markup.line(self.labelled("时间", "Time", &period));
        }
    }

    fn sources(&self, card: &mut Card<'a>) {
        if card.sources.is_empty() {
            return;
        }
        card.markup.line(Line::new(self.say("来源", "Sources")));
        for (index, source) in card.sources.iter().enumerate() {
            card.markup.item(Line::new(format!("〔{}〕", index + 1)).source(source));
        }
    }

    /// The name of the entry with this id; the id itself if there is none.
    fn name_of<'s>(&'s self, id: &'s str) -> &'s str {
        self.lexicon.find(id).map_or(id, |index| self.lexicon.entry(index).name())
    }

    /// The name of a place on a day; its latest if it had none then.
    fn place_name(&self, place: EntryIndex, on: EdtfDate) -> &str {
        self.lexicon.version_on(place, on).map_or_else(|| self.lexicon.entry(place).name(), |version| &version.name)
    }

    fn listed(&self, texts: &[SmolStr]) -> String {
        texts.join(self.say("；", "; "))
    }

    fn labelled(&self, zh: &str, en: &str, text: &str) -> Line {
        Line::new(self.say(zh, en)).text(self.colon()).text(text)
    }

    fn bracketed(&self, text: &str) -> String {
        match (text.is_empty(), self.lang) {
            (true, _) => String::new(),
            (false, Lang::Zh) => format!("（{text}）"),
            (false, Lang::En) => format!(" ({text})"),
        }
    }

    fn colon(&self) -> &'static str {
        match self.lang {
            Lang::Zh => "：",
            Lang::En => ": ",
        }
    }

    fn say<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

impl<'a> Card<'a> {
    /// The marks of sources, which are listed at the end of the card.
    fn cite(&mut self, sources: &'a [SmolStr]) -> String {
        let mut marks = String::new();
        for source in sources {
            let known = self.sources.iter().position(|known| known == source);
            let index = known.unwrap_or_else(|| {
                self.sources.push(source);
                self.sources.len() - 1
            });
            marks.push_str(&format!("〔{}〕", index + 1));
        }
        marks
    }
}
