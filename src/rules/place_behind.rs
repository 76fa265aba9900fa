//! Names of no place that stand right behind a place, where one that lies in it should stand.

use smol_str::SmolStr;

use super::{context::Context, finding::Finding, history, rule::Rule};
use crate::{
    analysis::Mention,
    lang::Message,
    lexicon::{EntryIndex, EntryKind, entry::Level},
    text::Span,
};

/// A word in the form of a place's name that is none.
pub(super) struct UnknownPlace<'a> {
    /// The block it stands in.
    pub block: usize,
    /// Bytes in the block's content.
    pub span: Span,
    /// As printed.
    pub written: &'a str,
    /// The place in which it should lie.
    pub outer: EntryIndex,
}

impl UnknownPlace<'_> {
    /// The finding that the place and name of `right` should stand here.
    pub fn report(
        &self,
        context: &Context<'_>,
        rule: &Rule,
        message: Message,
        right: (EntryIndex, &str),
        safe: bool,
    ) -> Finding {
        let (place, name) = right;
        let title = Message::new(format!("改为“{name}”"), format!("replace with “{name}”"));
        let finding = context.finding(rule, self.block, self.span, message);
        let fix = context.replace(title, safe, self.block, self.span, name);
        finding.with_evidence(context.place_evidence(place)).with_fix(fix)
    }
}

/// The longest name that is compared, in characters.
const LONGEST_NAME: usize = 9;

/// The unknown names right behind a place (通化市柳和县), or behind one of its children and 、.
pub(super) fn unknown_places<'a>(context: &Context<'a>) -> Vec<UnknownPlace<'a>> {
    let places = context.analysis.mentions.iter().filter(|mention| mention.kind == EntryKind::Place);
    let unknown = places.filter(|mention| !history::is_told_of_the_past(context, mention));
    unknown.filter_map(|mention| behind(context, mention)).collect()
}

fn behind<'a>(context: &Context<'a>, mention: &Mention) -> Option<UnknownPlace<'a>> {
    let text: &'a str = context.draft.blocks[mention.block].content.text.as_str();
    let tail = &text[mention.content.end..];
    let joint = ['、', '和'].into_iter().find(|joint| tail.starts_with(*joint));
    let level = context.place_level(mention);
    let beside = matches!(level, Some(Level::County | Level::Township));
    let (outer, start) = match joint {
        Some(joint) if beside => {
            (context.lexicon().parent_on(mention.entry?, context.as_of)?, mention.content.end + joint.len_utf8())
        }
        // 延边州和龙市: 和 begins the name.
        Some('和') | None => (mention.entry?, mention.content.end),
        Some(_) => return None,
    };
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let word = text[start..].char_indices().take(LONGEST_NAME).take_while(|(_, c)| is_han(*c));
    let mut ends = word.enumerate().filter(|(count, (_, c))| *count > 1 && is_tier(*c));
    let (_, (at, last)) = ends.next()?;
    let span = Span::new(start, start + at + last.len_utf8());
    // A name that lies inside is a part of the word: 和县 in 柳和县.
    let is_mention = |other: &Mention| {
        let is_inside = other.content.start > span.start && other.content.end <= span.end;
        other.content.intersects(span) && !is_inside
    };
    let is_known = context.analysis.mentions_in(mention.block).iter().any(is_mention)
        || !context.lexicon().forms().find(span.slice(text)).is_empty();
    (!is_known).then_some(UnknownPlace { block: mention.block, span, written: span.slice(text), outer })
}

/// Whether names of places end so.
pub(super) fn is_tier(c: char) -> bool {
    "县市区州盟旗镇乡".contains(c)
}

/// The places that lie in `outer` on the day, with those of their names, and of those short forms that name the
/// tier as well (延边州), that are wanted. Found by their codes, which begin with the code of the place they lie in.
pub(super) fn places_within(
    context: &Context<'_>,
    outer: EntryIndex,
    is_wanted: impl Fn(&str) -> bool,
) -> Vec<(EntryIndex, SmolStr)> {
    let lexicon = context.lexicon();
    let code = lexicon.version_on(outer, context.as_of).and_then(|version| version.code.clone()).unwrap_or_default();
    let Some(level) = context.entry(outer).place().map(|place| place.level) else { return Vec::new() };
    let (stem, digits) = match level {
        Level::Province => (2, 4),
        Level::Prefecture => (4, 2),
        Level::County => (6, 3),
        _ => return Vec::new(),
    };
    let Some(prefix) = code.get(..stem) else { return Vec::new() };
    let mut names: Vec<(EntryIndex, SmolStr)> = Vec::new();
    for place in lexicon.with_code_below(prefix, digits) {
        let Some(version) = lexicon.version_on(place, context.as_of) else { continue };
        let forms = std::iter::once(&version.name).chain(&version.short);
        let wanted: Vec<&SmolStr> = forms.filter(|form| form.ends_with(is_tier) && is_wanted(form)).collect();
        if !wanted.is_empty() && lexicon.ancestors(place, context.as_of).contains(&outer) {
            names.extend(wanted.into_iter().map(|form| (place, form.clone())));
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}
