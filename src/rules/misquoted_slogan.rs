//! S101: wording one slip away from a formulation.

use std::collections::HashMap;

use super::{
    context::Context,
    finding::{Finding, Severity},
    rule::{Example, Rule, Text},
};
use crate::{
    analysis::{Mention, is_quoted},
    lang::Message,
    lexicon::{
        EntryIndex, EntryKind, FormRole,
        entry::{Slogan, WrongForm},
    },
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
             数字提法所指的列举，只报换了同音字的。多字少字、另有提法或变体与之相合的，不报。",
        en: "A formulation is quoted word for word. Reported are one substituted character, two adjacent ones swapped, and \
             the wrong forms listed in the lexicon; in the list that a number phrase stands for, only a character that \
             sounds alike. Fuller or shorter wordings are left alone.",
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
        Example {
            lexicon: LEXICON,
            text: "做好“三篇文章”，即⟦山文章、林文章、水文章⟧。",
            fixed: Some("做好“三篇文章”，即山文章、水文章、林文章。"),
        },
        Example {
            lexicon: LEXICON,
            text: "做好“三篇文章”，即⟦山文章、水文章、临文章⟧。",
            fixed: Some("做好“三篇文章”，即山文章、水文章、林文章。"),
        },
        Example {
            lexicon: LEXICON,
            text: "全县⟦坚持把“三篇文章”做为头等大事⟧来抓。",
            fixed: Some("全县坚持把“三篇文章”作为头等大事来抓。"),
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
        Example { lexicon: LEXICON, text: "把这六个区别清楚再下结论。", fixed: None },
        Example { lexicon: LEXICON, text: "写好山文章、水文章、茶文章。", fixed: None },
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
wrong = [{ text = "三篇文张" }, { text = "山文章、林文章、水文章" }]
components = ["山文章", "水文章", "林文章"]
expands = "山文章、水文章、林文章"
quoted = true
[[slogan]]
id = "three-chapters-first"
text = "坚持把“三篇文章”作为头等大事"
[[slogan]]
id = "six-distinctions"
text = "六个区分清楚"
wrong = [{ text = "六个区别清楚" }]
quoted = true
"#;

/// Listed wrong forms below this many characters count only inside quotation marks.
const SHORTEST_UNQUOTED: usize = 6;
/// The same for formulations that are usually printed in quotation marks: without them, 三个区别开来 is plain
/// speech.
const SHORTEST_UNQUOTED_LABEL: usize = 8;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut rights: HashMap<(EntryIndex, u16), String> = HashMap::new();
    for (mention, entry) in context.resolved(EntryKind::Slogan) {
        let FormRole::Wrong(position) = mention.role else { continue };
        let Some(slogan) = context.entry(entry).slogan() else { continue };
        let Some(form) = slogan.wrong.get(usize::from(position)) else { continue };
        if is_slip(context, mention, slogan) {
            let right = rights.entry((entry, position)).or_insert_with(|| nearest_wording(slogan, &form.text));
            findings.push(listed(context, mention, entry, form, right));
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

/// Whether a wrong form is meant as the formulation, and no plain speech.
fn is_slip(context: &Context<'_>, mention: &Mention, slogan: &Slogan) -> bool {
    let shortest = if slogan.quoted { SHORTEST_UNQUOTED_LABEL } else { SHORTEST_UNQUOTED };
    mention.text.chars().filter(|c| c.is_alphanumeric()).count() >= shortest
        || is_quoted(&context.draft.blocks[mention.block].content.text, mention.content)
}

fn listed(context: &Context<'_>, mention: &Mention, entry: EntryIndex, form: &WrongForm, right: &str) -> Finding {
    let note = form.note.as_deref().map(|note| format!("（{note}）")).unwrap_or_default();
    let message = Message::new(
        format!("提法有误{note}；规范表述是“{right}”"),
        format!("misquoted{note}; the wording is “{right}”"),
    );
    let title = Message::new(format!("改为“{right}”"), format!("replace with “{right}”"));
    let (block, span) = (mention.block, mention.content);
    let fix = context.replace(title, true, block, span, in_style_of(right, context.words(block, span)));
    context.finding(&RULE, block, span, message).with_evidence(context.slogan_evidence(entry)).with_fix(fix)
}

/// What a wrong form should have been: of the formulation, its variants, the list it stands for, and its
/// parts alone or in a row, the one of the same characters in another order, else the nearest.
fn nearest_wording(slogan: &Slogan, wrong: &str) -> String {
    let parts = &slogan.components;
    let rows = (0..parts.len()).flat_map(|first| (first..parts.len()).map(move |last| parts[first..=last].join("、")));
    let wordings = std::iter::once(&slogan.text).chain(&slogan.variants).chain(&slogan.expands);
    let wordings = wordings.map(ToString::to_string).chain(rows);
    let given = in_any_order(wrong);
    wordings.min_by_key(|wording| (in_any_order(wording) != given, edit_distance(wording, wrong))).unwrap_or_default()
}

fn in_any_order(text: &str) -> Vec<char> {
    let mut characters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    characters.sort_unstable();
    characters
}

/// How many characters have to be put in, taken out or replaced to make one text of the other.
fn edit_distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, c) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, d) in b.chars().enumerate() {
            let replaced = diagonal + usize::from(c != d);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.chars().count()]
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
