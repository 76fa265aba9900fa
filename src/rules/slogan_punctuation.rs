//! S104: separators or quotation marks differ from the formulation's.

use std::collections::HashSet;

use super::{
    context::Context,
    finding::{Finding, Fix, Severity},
    rule::{Example, Rule, Text},
    slogan_parts::bare,
};
use crate::{
    analysis::{Mention, quotation},
    lang::Message,
    lexicon::{EntryIndex, EntryKind, FormRole, entry::Slogan},
    text::BlockKind,
};

pub(super) const RULE: Rule = Rule {
    code: "S104",
    name: "slogan-punctuation",
    severity: Severity::Hint,
    default_on: false,
    time_based: false,
    summary: Text {
        zh: "提法的顿号、逗号或引号与通行写法不同",
        en: "separators or quotation marks differ from the formulation's",
    },
    why: Text {
        zh: "“、”与“，”换用、不加引号，多是各报习惯，所以默认不查。每条提法每稿只提示一次；标题、书名号和引文里的不提示。",
        en: "、 for ， and a missing pair of quotation marks are mostly a paper's habit, so the rule is off by default. Each \
             formulation is reported once in a draft; headlines, titles and quotations are left alone.",
    },
    bad: &[
        Example {
            lexicon: LEXICON,
            text: "要求⟦防汛要抓早，抗旱要抓实⟧，不得松懈。",
            fixed: Some("要求防汛要抓早、抗旱要抓实，不得松懈。"),
        },
        Example { lexicon: LEXICON, text: "做好⟦三篇文章⟧。", fixed: Some("做好“三篇文章”。") },
    ],
    good: &[
        Example {
            lexicon: LEXICON, text: "要求防汛要抓早、抗旱要抓实。做好\"三篇文章\"。", fixed: None
        },
        Example { lexicon: LEXICON, text: "# 做好三篇文章\n\n重读《再谈三篇文章》。", fixed: None },
    ],
    check,
};

const LEXICON: &str = r#"
[[slogan]]
id = "flood-drought"
text = "防汛要抓早、抗旱要抓实"
[[slogan]]
id = "three-chapters"
text = "三篇文章"
quoted = true
"#;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut reported: HashSet<EntryIndex> = HashSet::new();
    for (mention, entry) in context.resolved(EntryKind::Slogan) {
        let Some(slogan) = context.entry(entry).slogan() else { continue };
        let finding = separators(context, mention, slogan).or_else(|| marks(context, mention, slogan));
        if let Some(finding) = finding.filter(|_| reported.insert(entry)) {
            findings.push(finding.with_evidence(context.slogan_evidence(entry)));
        }
    }
}

fn separators(context: &Context<'_>, mention: &Mention, slogan: &Slogan) -> Option<Finding> {
    let printed = in_one_style(&mention.text);
    let accepted = std::iter::once(&slogan.text).chain(&slogan.variants);
    let mut alike = accepted.filter(|wording| bare(wording) == bare(&mention.text)).peekable();
    let right = alike.peek().copied()?.clone();
    if mention.role != FormRole::Short || alike.any(|wording| in_one_style(wording) == printed) {
        return None;
    }
    let message = Message::new(format!("通行的写法是“{right}”"), format!("usually printed “{right}”"));
    let title = Message::new(format!("改为“{right}”"), format!("replace with “{right}”"));
    Some(reported(context, mention, message, context.replace(title, true, mention.block, mention.content, right)))
}

/// Half-width commas and straight quotation marks are a draft's habit.
fn in_one_style(text: &str) -> String {
    text.replace(',', "，").replace(['"', '「', '」'], "").replace(['“', '”'], "")
}

fn marks(context: &Context<'_>, mention: &Mention, slogan: &Slogan) -> Option<Finding> {
    let block = &context.draft.blocks[mention.block].content;
    let is_inside = |spans: Vec<crate::text::Span>| spans.iter().any(|span| span.covers(mention.content));
    if !slogan.quoted
        || mention.role != FormRole::Name
        || block.kind == BlockKind::Heading
        || is_inside(quotation::quotations(context.marks(mention.block)))
        || is_inside(quotation::titles(context.marks(mention.block)))
    {
        return None;
    }
    let right = format!("“{}”", mention.text);
    let message = Message::new(format!("通常加引号：{right}"), format!("usually in quotation marks: {right}"));
    let title = Message::new(format!("改为{right}"), format!("replace with {right}"));
    Some(reported(context, mention, message, context.replace(title, true, mention.block, mention.content, right)))
}

fn reported(context: &Context<'_>, mention: &Mention, message: Message, fix: Fix) -> Finding {
    context.finding(&RULE, mention.block, mention.content, message).with_fix(fix)
}
