//! The card of a formulation: its exact wording.

use super::{Card, Cards};
use crate::{
    lexicon::{FormRole, entry::Slogan},
    server::markup::Line,
};

impl<'a> Cards<'a> {
    pub(super) fn slogan(&self, slogan: &'a Slogan, role: Option<FormRole>, card: &mut Card<'a>) {
        if let Some(FormRole::Wrong(position)) = role {
            let note = slogan.wrong.get(usize::from(position)).and_then(|form| form.note.as_deref());
            card.markup.line(self.labelled("此处写法有误", "This wording is wrong", note.unwrap_or(&slogan.text)));
        }
        card.markup.line(self.labelled("准确表述", "Exact wording", &slogan.text));
        if !slogan.variants.is_empty() {
            card.markup.line(self.labelled("又作", "Also", &self.listed(&slogan.variants)));
        }
        if let Some(expands) = &slogan.expands {
            card.markup.line(self.labelled("指", "Stands for", expands));
        }
        if !slogan.components.is_empty() {
            let order = if slogan.ordered { self.say("，次序固定", ", in this order") } else { "" };
            card.markup.line(Line::new(self.say("组成", "Parts")).text(order));
            for component in &slogan.components {
                card.markup.item(Line::new(component));
            }
        }
        if !slogan.attribution.is_empty() {
            card.markup.line(self.labelled("出自", "Credited to", &self.listed(&slogan.attribution)));
        }
        if let Some(start) = slogan.time.start {
            card.markup.line(self.labelled("首次使用", "First used", &start.to_string()));
        }
        if let Some(end) = slogan.time.end {
            card.markup.line(self.labelled("沿用至", "Used until", &end.to_string()));
        }
        if let Some(newer) = &slogan.superseded_by {
            card.markup.line(self.labelled("新提法", "Replaced by", self.name_of(newer)));
        }
    }
}
