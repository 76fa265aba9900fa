//! P301: names out of the order of precedence in force that day.

use std::collections::HashMap;

use super::{
    context::Context,
    example_lexicon::RANKED,
    finding::{Edit, Finding, Fix, Severity},
    rule::{Example, Rule, Text},
};
use crate::{
    analysis::{RollCall, RollCallMember},
    lang::Message,
    lexicon::{EntryIndex, InForce, entry::Precedence},
    text::Span,
};

pub(super) const RULE: Rule = Rule {
    code: "P301",
    name: "roll-call-order",
    severity: Severity::Error,
    default_on: true,
    time_based: true,
    summary: Text {
        zh: "名单次序与当日的排名不符",
        en: "names stand out of the order of precedence in force that day",
    },
    why: Text {
        zh: "排名有先后。只核对当日生效的排名表里的人，名单中有三人以上在表内才核对；表外的人、起讫不明的日子，不报。",
        en: "Order of precedence matters. Only people in the order in force that day are compared, and only when three or \
             more of them stand in one roll-call.",
    },
    bad: &[
        Example {
            lexicon: RANKED,
            text: "省领导林一鸣、⟦何文川、高远山⟧、石长明出席会议。",
            fixed: Some("省领导林一鸣、高远山、何文川、石长明出席会议。"),
        },
        Example {
            lexicon: RANKED,
            text: "⟦石长明、林一鸣和高远山⟧参加调研。",
            fixed: Some("林一鸣、高远山和石长明参加调研。"),
        },
    ],
    good: &[
        Example { lexicon: RANKED, text: "省领导林一鸣、高远山、何文川出席会议。", fixed: None },
        Example { lexicon: RANKED, text: "省领导林一鸣、何文川、石长明等出席会议。", fixed: None },
        Example { lexicon: RANKED, text: "何文川、高远山出席会议。", fixed: None },
        Example {
            lexicon: RANKED,
            text: "---\ndate: 2023-06-01\n---\n\n石长明、何文川、林一鸣出席会议。",
            fixed: None,
        },
    ],
    check,
};

/// From how many ranked persons on a roll-call is compared.
const FEWEST: usize = 3;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let orders = orders_in_force(context);
    if orders.is_empty() {
        return;
    }
    for call in &context.analysis.roll_calls {
        let fitting = orders.iter().map(|(order, ranks)| (*order, ranked(context, call, ranks)));
        let best = fitting.max_by_key(|(_, members)| members.len());
        if let Some((order, members)) = best.filter(|(_, members)| members.len() >= FEWEST) {
            findings.extend(report(context, call, order, &members));
        }
    }
}

/// The rank of each person in an order of precedence.
pub(super) type Ranks = HashMap<EntryIndex, usize>;

/// The orders of precedence in force that day.
pub(super) fn orders_in_force(context: &Context<'_>) -> Vec<(EntryIndex, Ranks)> {
    let lexicon = context.lexicon();
    let ranks = |precedence: &Precedence| -> Ranks {
        let people = precedence.people.iter().enumerate();
        people.filter_map(|(rank, id)| Some((lexicon.find(id)?, rank))).collect()
    };
    let orders = lexicon.written_entries().filter_map(|(index, entry)| Some((index, entry.precedence()?)));
    orders
        .filter(|(_, order)| order.time.on(context.as_of) == InForce::Now)
        .map(|(index, order)| (index, ranks(order)))
        .collect()
}

/// The members of a roll-call that have a rank, each person once.
fn ranked<'c>(context: &Context<'_>, call: &'c RollCall, ranks: &Ranks) -> Vec<(&'c RollCallMember, usize)> {
    let mut members: Vec<(&RollCallMember, usize)> = Vec::new();
    for member in &call.members {
        let rank = context.analysis.mentions[member.mention].entry.and_then(|entry| ranks.get(&entry));
        if let Some(rank) = rank.filter(|rank| members.iter().all(|(_, other)| other != *rank)) {
            members.push((member, *rank));
        }
    }
    members
}

fn report(
    context: &Context<'_>,
    call: &RollCall,
    order: EntryIndex,
    members: &[(&RollCallMember, usize)],
) -> Option<Finding> {
    let mut sorted: Vec<&(&RollCallMember, usize)> = members.iter().collect();
    sorted.sort_by_key(|(_, rank)| *rank);
    let differs = |index: &usize| members[*index].1 != sorted[*index].1;
    let first = (0..members.len()).find(differs)?;
    let last = (0..members.len()).rfind(differs)?;
    let span = Span::new(members[first].0.item.start, members[last].0.item.end);
    let name = |member: &RollCallMember| context.analysis.mentions[member.mention].text.to_string();
    let right: Vec<String> = sorted[first..=last].iter().map(|(member, _)| name(member)).collect();
    let right = right.join("、");
    let message = Message::new(
        format!("名单次序与{}生效的排名不符，应为“{right}”", context.as_of.in_chinese()),
        format!("the names stand out of the order in force on {}; it is “{right}”", context.as_of),
    );
    let edits = (first..=last).filter(differs).map(|index| Edit {
        span: context.span(call.block, members[index].0.item),
        text: context.words(call.block, sorted[index].0.item).to_owned(),
    });
    let title = Message::new(format!("按排名写作“{right}”"), format!("put in order: “{right}”"));
    let fix = Fix { title, safe: true, edits: edits.collect() };
    let time = context.entry(order).precedence()?.time;
    let evidence = context.evidence(order, "people", format!("排名 {}", context.entry(order).id), time, &[]);
    let finding = context.finding(&RULE, call.block, span, message).with_evidence(evidence).with_fix(fix);
    let people = members[first..=last].iter().filter_map(|(member, _)| context.analysis.mentions[member.mention].entry);
    Some(people.fold(finding, Finding::with_entry))
}
