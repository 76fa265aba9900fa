//! P302: the same person twice in one roll-call.

use super::{
    context::Context,
    example_lexicon::THREE_PERSONS,
    finding::{Finding, Severity},
    rule::{Example, Rule, Text},
};
use crate::{analysis::RollCall, lang::Message, text::Span};

pub(super) const RULE: Rule = Rule {
    code: "P302",
    name: "roll-call-duplicate",
    severity: Severity::Warning,
    default_on: true,
    time_based: false,
    summary: Text { zh: "同一名单里同一人出现两次", en: "the same person twice in one roll-call" },
    why: Text {
        zh: "合并、粘贴名单时容易重复。同名的两个人请各加标注。",
        en: "Merged lists repeat names. If two people of one name are meant, annotate both.",
    },
    bad: &[Example {
        lexicon: THREE_PERSONS,
        text: "省领导林一鸣、高远山、⟦林一鸣⟧、何文川出席会议。",
        fixed: Some("省领导林一鸣、高远山、何文川出席会议。"),
    }],
    good: &[
        Example {
            lexicon: THREE_PERSONS, text: "省领导林一鸣、高远山、何文川出席会议。", fixed: None
        },
        Example { lexicon: THREE_PERSONS, text: "林一鸣、高远山出席会议，林一鸣讲话。", fixed: None },
    ],
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for call in &context.analysis.roll_calls {
        let mut seen = std::collections::HashSet::new();
        for index in 0..call.members.len() {
            let entry = context.analysis.mentions[call.members[index].mention].entry;
            if let Some(entry) = entry.filter(|entry| !seen.insert(*entry)) {
                findings.push(report(context, call, index).with_entry(entry));
            }
        }
    }
}

fn report(context: &Context<'_>, call: &RollCall, index: usize) -> Finding {
    let (before, member) = (&call.members[index - 1], &call.members[index]);
    let name = &context.analysis.mentions[member.mention].text;
    let message =
        Message::new(format!("{name}在这份名单里已经出现过"), format!("{name} already stands in this roll-call"));
    let removed = Span::new(before.item.end, member.item.end);
    let fix = context.replace(Message::new("删去重复的一处", "remove the second one"), false, call.block, removed, "");
    context.finding(&RULE, call.block, member.item, message).with_fix(fix)
}
