//! P305: a missing or doubled 、 between names.

use super::{
    context::Context,
    example_lexicon::THREE_PERSONS,
    finding::{Finding, Severity},
    rule::{Example, Rule, Text},
};
use crate::{analysis::Mention, lang::Message, lexicon::EntryKind, text::Span};

pub(super) const RULE: Rule = Rule {
    code: "P305",
    name: "roll-call-separator",
    severity: Severity::Warning,
    default_on: true,
    time_based: false,
    summary: Text { zh: "名单里缺一个或多一个顿号", en: "a missing or doubled 、 between names" },
    why: Text {
        zh: "名单的其他人之间都有顿号，只有一处没有，或一处有两个，才报。整份名单不用顿号（如标题、签名）的不报。",
        en: "Reported where the rest of the list has its separators; lists without any, as in headlines, are left alone.",
    },
    bad: &[
        Example {
            lexicon: THREE_PERSONS,
            text: "省领导林一鸣、⟦高远山何文川⟧出席会议。",
            fixed: Some("省领导林一鸣、高远山、何文川出席会议。"),
        },
        Example {
            lexicon: THREE_PERSONS,
            text: "省领导林一鸣⟦、、⟧高远山、何文川出席会议。",
            fixed: Some("省领导林一鸣、高远山、何文川出席会议。"),
        },
    ],
    good: &[
        Example {
            lexicon: THREE_PERSONS, text: "省领导林一鸣、高远山和何文川出席会议。", fixed: None
        },
        Example { lexicon: THREE_PERSONS, text: "林一鸣高远山何文川出席会议", fixed: None },
        Example { lexicon: THREE_PERSONS, text: "林一鸣 高远山 何文川", fixed: None },
    ],
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let persons: Vec<&Mention> =
        context.analysis.mentions.iter().filter(|mention| mention.kind == EntryKind::Person).collect();
    for pair in persons.windows(2).filter(|pair| pair[0].block == pair[1].block) {
        let text = context.draft.blocks[pair[0].block].content.text.as_str();
        let gap = Span::new(pair[0].content.end, pair[1].content.start);
        match gap.slice(text) {
            "、、" => findings.push(doubled(context, pair[0].block, gap)),
            "" if is_list(text, pair[0].content, pair[1].content) => findings.push(missing(context, pair[0], pair[1])),
            _ => {}
        }
    }
}

/// Whether a separator stands before the first or behind the second of two names side by side.
fn is_list(text: &str, first: Span, second: Span) -> bool {
    first.end == second.start && (text[..first.start].ends_with('、') || text[second.end..].starts_with('、'))
}

fn doubled(context: &Context<'_>, block: usize, gap: Span) -> Finding {
    let message = Message::new("顿号重复", "the separator is doubled");
    let fix = context.replace(Message::new("留一个顿号", "keep one 、"), true, block, gap, "、");
    context.finding(&RULE, block, gap, message).with_fix(fix)
}

fn missing(context: &Context<'_>, first: &Mention, second: &Mention) -> Finding {
    let message = Message::new(
        format!("“{}”与“{}”之间缺顿号", first.text, second.text),
        format!("a 、 is missing between “{}” and “{}”", first.text, second.text),
    );
    let between = Span::new(first.content.end, first.content.end);
    let fix = context.replace(Message::new("加顿号", "insert 、"), false, first.block, between, "、");
    let span = Span::new(first.content.start, second.content.end);
    context.finding(&RULE, first.block, span, message).with_fix(fix)
}
