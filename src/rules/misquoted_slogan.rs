//! S101: wording one slip away from a formulation.

use super::{
    context::Context,
    finding::{Finding, Severity},
    rule::{Example, Rule, Text},
};
use crate::{
    analysis::is_quoted,
    lang::Message,
    lexicon::{EntryIndex, EntryKind, FormRole},
    text::Span,
};

pub(super) const RULE: Rule = Rule {
    code: "S101",
    name: "misquoted-slogan",
    severity: Severity::Warning,
    default_on: true,
    time_based: false,
    summary: Text { zh: "提法与规范表述差一处", en: "the wording is one slip away from a formulation" },
    why: Text {
        zh: "固定提法一字不能差。只报换了一个字或相邻两字颠倒的，以及词库列出的误写；六字以下只认列出的误写，且须在引号内。\
             多字少字、另有提法或变体与之相合的，不报。",
        en: "A formulation is quoted word for word. Reported are one substituted character, two adjacent ones swapped, and \
             the wrong forms listed in the lexicon. Fuller or shorter wordings are left alone.",
    },
    bad: &[
        Example {
            lexicon: LEXICON,
            text: "要落实“⟦防汛要抓早、抗旱要抓食、救灾要抓快⟧”的要求。",
            fixed: Some("要落实“防汛要抓早、抗旱要抓实、救灾要抓快”的要求。"),
        },
        Example {
            lexicon: LEXICON,
            text: "坚持⟦防汛要抓早,抗旱要实抓,救灾要抓快⟧。",
            fixed: Some("坚持防汛要抓早,抗旱要抓实,救灾要抓快。"),
        },
        Example {
            lexicon: LEXICON, text: "推进“⟦三篇文张⟧”建设。", fixed: Some("推进“三篇文章”建设。")
        },
    ],
    good: &[
        Example {
            lexicon: LEXICON, text: "要落实“防汛要抓早、抗旱要抓实、救灾要抓快”的要求。", fixed: None
        },
        Example {
            lexicon: LEXICON, text: "防汛要抓早，救灾要抓快。防汛一定要抓早、抗旱要抓实。", fixed: None
        },
        Example { lexicon: LEXICON, text: "这三篇文张贴在墙上。", fixed: None },
    ],
    check,
};

const LEXICON: &str = r#"
[[slogan]]
id = "flood-drought-relief"
text = "防汛要抓早、抗旱要抓实、救灾要抓快"
components = ["防汛要抓早", "抗旱要抓实", "救灾要抓快"]
[[slogan]]
id = "three-chapters"
text = "三篇文章"
wrong = [{ text = "三篇文张" }]
"#;

/// Listed wrong forms below this many characters count only inside quotation marks.
const SHORTEST_UNQUOTED: usize = 6;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (mention, entry) in context.resolved(EntryKind::Slogan) {
        if let FormRole::Wrong(position) = mention.role {
            let short = mention.text.chars().filter(|c| c.is_alphanumeric()).count() < SHORTEST_UNQUOTED;
            if !short || is_quoted(&context.draft.blocks[mention.block].content.text, mention.content) {
                findings.extend(listed(context, mention.block, mention.content, entry, position));
            }
        }
    }
    for (block, analysis) in context.analysis.blocks.iter().enumerate() {
        for near in &analysis.near_slogans {
            let wrong = context.words(block, near.wrong);
            let message = Message::new(
                format!("提法有误：“{wrong}”应为“{}”；规范表述是“{}”", near.right, context.entry(near.entry).name()),
                format!(
                    "misquoted: “{wrong}” should be “{}”; the wording is “{}”",
                    near.right,
                    context.entry(near.entry).name()
                ),
            );
            let title = Message::new(
                format!("“{wrong}”改为“{}”", near.right),
                format!("replace “{wrong}” with “{}”", near.right),
            );
            let fix = context.replace(title, true, block, near.wrong, near.right.as_str());
            let finding = context.finding(&RULE, block, near.span, message);
            findings.push(finding.with_evidence(context.slogan_evidence(near.entry)).with_fix(fix));
        }
    }
}

fn listed(context: &Context<'_>, block: usize, span: Span, entry: EntryIndex, position: u16) -> Option<Finding> {
    let slogan = context.entry(entry).slogan()?;
    let note = slogan.wrong.get(usize::from(position)).and_then(|wrong| wrong.note.as_deref());
    let note = note.map(|note| format!("（{note}）")).unwrap_or_default();
    let message = Message::new(
        format!("提法有误{note}；规范表述是“{}”", slogan.text),
        format!("misquoted{note}; the wording is “{}”", slogan.text),
    );
    let title = Message::new(format!("改为“{}”", slogan.text), format!("replace with “{}”", slogan.text));
    let right = in_style_of(&slogan.text, context.words(block, span));
    let fix = context.replace(title, true, block, span, right);
    Some(context.finding(&RULE, block, span, message).with_evidence(context.slogan_evidence(entry)).with_fix(fix))
}

/// The right wording with the separators and quotation marks of the printed one.
fn in_style_of(right: &str, printed: &str) -> String {
    let comma = printed.chars().find(|c| matches!(c, '、' | '，' | ',')).map(String::from);
    let right = match comma {
        Some(comma) if comma != "、" => right.replace(['、', '，'], &comma),
        _ => right.to_owned(),
    };
    if printed.contains('"') { right.replace(['“', '”'], "\"") } else { right }
}
