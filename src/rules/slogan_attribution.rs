//! S107: a formulation is credited to someone else.

use super::{
    context::Context,
    finding::{Finding, Severity},
    rule::{Example, Rule, Text},
};
use crate::{
    analysis::{Mention, clause::sentence_around},
    lang::Message,
    lexicon::{EntryIndex, EntryKind, FormRole},
    text::Span,
};

pub(super) const RULE: Rule = Rule {
    code: "S107",
    name: "slogan-attribution",
    severity: Severity::Hint,
    default_on: false,
    time_based: false,
    summary: Text { zh: "提法的出处与词库所注不同", en: "a formulation is credited to someone else" },
    why: Text {
        zh: "只看“某某提出的”“某某首次提出”后面紧接提法的；词库所注出处在同一句里出现过的，不提示。\
             强调、要求某个提法的，可以是任何人。转述往往省略出处，所以默认不查。",
        en: "Only somebody said to have coined (提出) the formulation that follows is compared, and not if the credited \
             one stands in the same sentence; anybody may stress it. Reports often leave the origin out, so the rule is \
             off by default.",
    },
    bad: &[Example {
        lexicon: LEXICON,
        text: "落实⟦吉林省政府⟧提出的“防汛要抓早、抗旱要抓实”要求。",
        fixed: Some("落实全省防汛会议提出的“防汛要抓早、抗旱要抓实”要求。"),
    }],
    good: &[
        Example {
            lexicon: LEXICON, text: "落实全省防汛会议提出的“防汛要抓早、抗旱要抓实”要求。", fixed: None
        },
        Example {
            lexicon: LEXICON, text: "吉林省政府强调“防汛要抓早、抗旱要抓实”。", fixed: None
        },
        Example {
            lexicon: LEXICON, text: "吉林省政府在全省防汛会议上首次提出“防汛要抓早、抗旱要抓实”。", fixed: None
        },
    ],
    check,
};

const LEXICON: &str = r#"
[[slogan]]
id = "flood-drought"
text = "防汛要抓早、抗旱要抓实"
attribution = ["全省防汛会议"]
[[organization]]
id = "jl-government"
name = "吉林省政府"
"#;

/// Words between who coined a formulation and the formulation.
const COINED: [&str; 8] =
    ["首次提出的", "首次提出了", "首次提出", "首先提出的", "首先提出", "提出的", "提出了", "提出"];

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (mention, entry) in context.resolved(EntryKind::Slogan) {
        let Some(slogan) = context.entry(entry).slogan() else { continue };
        let stands = matches!(mention.role, FormRole::Name | FormRole::Short) && !slogan.attribution.is_empty();
        if let Some(source) = coiner(context, mention).filter(|_| stands) {
            let text = context.draft.blocks[mention.block].content.text.as_str();
            let sentence = sentence_around(text, mention.content).slice(text);
            if !slogan.attribution.iter().any(|credited| sentence.contains(credited.as_str())) {
                findings.push(report(context, mention, entry, source));
            }
        }
    }
}

/// The person or body that is said to have coined the formulation right behind.
fn coiner(context: &Context<'_>, slogan: &Mention) -> Option<Span> {
    let text = context.draft.blocks[slogan.block].content.text.as_str();
    let head = text[..slogan.content.start].trim_end_matches(['“', '"', '「', '『', '‘', '：', ':']);
    let head = COINED.iter().find_map(|words| head.strip_suffix(words))?;
    let is_source = |mention: &&Mention| {
        mention.content.end == head.len() && matches!(mention.kind, EntryKind::Person | EntryKind::Organization)
    };
    context.analysis.mentions_in(slogan.block).iter().find(is_source).map(|mention| mention.content)
}

fn report(context: &Context<'_>, mention: &Mention, entry: EntryIndex, source: Span) -> Finding {
    let credited = context.entry(entry).slogan().map(|slogan| slogan.attribution.as_slice()).unwrap_or_default();
    let (name, first) = (context.entry(entry).name(), credited.first().map(|first| first.as_str()).unwrap_or_default());
    let message = Message::new(
        format!("词库所注“{name}”的出处是“{}”", credited.join("”“")),
        format!("“{name}” is credited to “{}”", credited.join("”, “")),
    );
    let title = Message::new(format!("改为“{first}”"), format!("replace with “{first}”"));
    let fix = context.replace(title, false, mention.block, source, first);
    let finding = context.finding(&RULE, mention.block, source, message);
    finding.with_evidence(context.slogan_evidence(entry)).with_fix(fix)
}
