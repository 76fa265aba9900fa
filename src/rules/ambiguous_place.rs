//! L105: several places of that name fit.

use std::collections::HashSet;

use super::{
    context::Context,
    finding::{Edit, Finding, Fix, Severity},
    rule::{Example, Rule, Text},
};
use crate::{
    analysis::{Mention, Resolution},
    lang::Message,
    lexicon::{EntryIndex, EntryKind, FormRole},
};

pub(super) const RULE: Rule = Rule {
    code: "L105",
    name: "ambiguous-place",
    severity: Severity::Hint,
    default_on: false,
    time_based: true,
    summary: Text {
        zh: "同名的地方不止一处，稿中没有写明是哪一处", en: "several places of that name fit"
    },
    why: Text {
        zh: "前面写出上级地名，或加标注 [地名](@词条) 即可。只看县级以上的全称，一个地名一篇只提示一次；\
             本地稿件多不必写明，所以默认不查。",
        en: "Print the place above it, or annotate it as [name](@entry). Only full names from county level up, each once \
             in a draft; local drafts mostly need not say it, so the rule is off by default.",
    },
    bad: &[Example { lexicon: "", text: "调研组来到⟦鼓楼区⟧，走访鼓楼区企业。", fixed: None }],
    good: &[
        Example { lexicon: "", text: "南京市鼓楼区、[鼓楼区](@cn-320302)。", fixed: None },
        Example { lexicon: "", text: "调研组来到柳河县。", fixed: None },
    ],
    check,
};

/// With more candidates than this, no fixes are offered: a list nobody reads.
const MOST_FIXES: usize = 8;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut said: HashSet<&str> = HashSet::new();
    for mention in context.analysis.mentions.iter().filter(|mention| mention.kind == EntryKind::Place) {
        let open = mention.resolution == Resolution::Ambiguous && mention.role == FormRole::Name;
        let is_division =
            context.place_level(mention).is_some_and(|level| level <= crate::lexicon::entry::Level::County);
        let fitting: Vec<EntryIndex> =
            mention.candidates.iter().copied().filter(|place| exists(context, *place)).collect();
        if open && is_division && fitting.len() > 1 && said.insert(&mention.text) {
            findings.push(report(context, mention, &fitting));
        }
    }
}

fn exists(context: &Context<'_>, place: EntryIndex) -> bool {
    context.lexicon().version_on(place, context.as_of).is_some()
}

fn report(context: &Context<'_>, mention: &Mention, places: &[EntryIndex]) -> Finding {
    let parents: Vec<&str> = places.iter().filter_map(|place| parent(context, *place)).collect();
    let message = Message::new(
        format!("“{}”有 {} 处（{}），稿中没有写明是哪一处", mention.text, places.len(), parents.join("、")),
        format!("{} places are named {} ({})", places.len(), mention.text, parents.join(", ")),
    );
    let finding = context.finding(&RULE, mention.block, mention.content, message);
    let block = &context.draft.blocks[mention.block];
    let is_possible = context.draft.format.has_annotations() && block.is_contiguous(mention.content);
    let offered = if is_possible && places.len() <= MOST_FIXES { places } else { &[] };
    let finding = places.iter().fold(finding, |finding, place| finding.with_entry(*place));
    offered.iter().fold(finding, |finding, place| {
        let (id, above) = (&context.entry(*place).id, parent(context, *place).unwrap_or_default());
        let title = Message::new(format!("标注为 @{id}（{above}）"), format!("annotate as @{id} ({above})"));
        let edits = vec![Edit { span: mention.span, text: format!("[{}](@{id})", mention.text) }];
        finding.with_fix(Fix { title, safe: false, edits })
    })
}

fn parent<'c>(context: &Context<'c>, place: EntryIndex) -> Option<&'c str> {
    context.lexicon().parent_on(place, context.as_of).map(|parent| context.entry(parent).name())
}
