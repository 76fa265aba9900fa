//! The card of a place: where it lay that day, and what it was called before.

use super::{Card, Cards};
use crate::{
    lang::Lang,
    lexicon::{
        EdtfDate, EntryIndex, InForce, ValidTime,
        entry::{Level, Place, PlaceVersion},
    },
    server::markup::Line,
};

impl<'a> Cards<'a> {
    pub(super) fn place(&self, index: EntryIndex, place: &'a Place, card: &mut Card<'a>) {
        card.markup.line(self.labelled("层级", "Level", self.level(place.level)));
        match self.lexicon.version_on(index, self.as_of.date) {
            Some(version) => {
                let code = version.code.as_ref().map(|code| self.bracketed(code)).unwrap_or_default();
                card.markup.line(self.labelled("当日", "That day", &(self.hierarchy(index) + &code)));
            }
            None => card.markup.line(self.labelled("当日", "That day", self.absence(place))),
        }
        let has_history =
            place.versions.len() > 1 || place.versions.iter().any(|version| version.time != Default::default());
        if has_history {
            card.markup.line(Line::new(self.say("沿革", "History")));
            for version in &place.versions {
                card.markup.item(Line::new(self.version(version)));
            }
        }
        self.ending(place, card);
    }

    /// Where a place lay on the day, from the province down.
    pub(in crate::server) fn hierarchy(&self, place: EntryIndex) -> String {
        let on = self.as_of.date;
        let mut names: Vec<&str> =
            self.lexicon.ancestors(place, on).into_iter().rev().map(|above| self.place_name(above, on)).collect();
        names.push(self.place_name(place, on));
        names.join(" › ")
    }

    pub(super) fn place_in_short(&self, index: EntryIndex, place: &'a Place) -> String {
        match self.lexicon.version_on(index, self.as_of.date) {
            Some(_) => self.hierarchy(index),
            None => self.absence(place).to_owned(),
        }
    }

    fn absence(&self, place: &Place) -> &'static str {
        let not_yet = place.versions.first().is_some_and(|version| version.time.on(self.as_of.date) == InForce::NotYet);
        if not_yet { self.say("尚未设立", "not yet founded") } else { self.say("已经撤销", "no longer there") }
    }

    /// One state: name, what it belonged to, code, time and document.
    fn version(&self, version: &PlaceVersion) -> String {
        let on = self.day_within(&version.time);
        let above = version.parent.as_ref().and_then(|parent| self.lexicon.place_ref(parent, on));
        let above = above.map(|above| match self.lang {
            Lang::Zh => format!("，属{}", self.place_name(above, on)),
            Lang::En => format!(", in {}", self.place_name(above, on)),
        });
        let details = [version.code.as_deref(), Some(version.time.display().as_str()), version.document.as_deref()]
            .into_iter()
            .flatten()
            .filter(|detail| !detail.is_empty())
            .collect::<Vec<_>>()
            .join(self.say("，", ", "));
        format!("{}{}{}", version.name, above.unwrap_or_default(), self.bracketed(&details))
    }

    /// A day on which a state surely held: on its last day the next one has begun as well.
    fn day_within(&self, time: &ValidTime) -> EdtfDate {
        let before_end = || Some(EdtfDate::from_day(time.end?.earliest().yesterday().ok()?));
        time.start.or_else(before_end).unwrap_or(self.as_of.date)
    }

    fn ending(&self, place: &'a Place, card: &mut Card<'a>) {
        let successors: Vec<&str> = place.successors.iter().map(|id| self.name_of(id)).collect();
        if !successors.is_empty() {
            card.markup.line(self.labelled("后继", "Succeeded by", &successors.join("、")));
        }
        if let Some(document) = &place.end_document {
            card.markup.line(self.labelled("撤销文件", "Ended by", document));
        }
    }

    fn level(&self, level: Level) -> &'static str {
        match level {
            Level::Province => self.say("省级", "province"),
            Level::Prefecture => self.say("地级", "prefecture"),
            Level::County => self.say("县级", "county"),
            Level::Township => self.say("乡级", "township"),
            Level::FunctionalZone => self.say("功能区", "functional zone"),
            Level::Region => self.say("地区", "region"),
        }
    }
}
