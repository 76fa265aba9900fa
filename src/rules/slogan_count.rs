//! S108: the number in a phrase disagrees with the items listed.

use super::{
    context::Context,
    finding::{Finding, Severity},
    numeral::{in_chinese, number},
    rule::{Example, Rule, Text},
    slogan_parts::is_whole,
};
use crate::{
    analysis::quotation::quotations,
    lang::Message,
    lexicon::{EntryIndex, EntryKind, FormRole, entry::Slogan},
    text::Span,
};

pub(super) const RULE: Rule = Rule {
    code: "S108",
    name: "slogan-count",
    severity: Severity::Warning,
    default_on: true,
    time_based: false,
    summary: Text {
        zh: "数字与所列各项的项数不符", en: "the number in the phrase disagrees with the items listed"
    },
    why: Text {
        zh: "一是“甲”“乙”“丙”三大这样引号紧接数字的；二是数字提法后用括号或“即”列出所指各项的。\
             有“等”字的、冒号后面的列举，不数。",
        en: "Counted are quotations right before a number (“甲”“乙”“丙”三大), and the items that follow a number phrase \
             in brackets or after 即. Open lists (等) and lists behind a colon are left alone.",
    },
    bad: &[
        Example {
            lexicon: "",
            text: "推进“强基”“聚才”“兴业”⟦四⟧大行动。",
            fixed: Some("推进“强基”“聚才”“兴业”三大行动。"),
        },
        Example {
            lexicon: LEXICON,
            text: "做好“三篇文章”（⟦山文章、水文章⟧）。",
            fixed: Some("做好“三篇文章”（山文章、水文章、林文章）。"),
        },
        Example {
            lexicon: LEXICON,
            text: "做好“⟦四⟧篇文章”，即山文章、水文章、林文章，成效明显。",
            fixed: Some("做好“三篇文章”，即山文章、水文章、林文章，成效明显。"),
        },
    ],
    good: &[
        Example {
            lexicon: "", text: "推进“强基”“聚才”“兴业”三大行动、“强基”等四大行动。", fixed: None
        },
        Example {
            lexicon: "", text: "“强基”“聚才”3个月见效，“强基”“聚才”三年行动。", fixed: None
        },
        Example {
            lexicon: "", text: "强基、“聚才”“兴业”三大行动。“放心”、“不会骗人”一类的话。", fixed: None
        },
        Example { lexicon: LEXICON, text: "做好“三篇文章”（山文章、水文章等）。", fixed: None },
        Example { lexicon: LEXICON, text: "做好“三篇文章”：山文章、水文章。", fixed: None },
        Example {
            lexicon: LEXICON, text: "做好“三篇文章”，即山文章、水文章和林文章。", fixed: None
        },
        Example {
            lexicon: LEXICON, text: "做好“四篇文章”，又提出山文章、水文章、林文章。", fixed: None
        },
    ],
    check,
};

const LEXICON: &str = r#"
[[slogan]]
id = "three-chapters"
text = "三篇文章"
components = ["山文章", "水文章", "林文章"]
expands = "山文章、水文章、林文章"
quoted = true
"#;

/// Measure words behind a number that counts the quotations before it.
const MEASURES: [&str; 7] = ["大", "个", "项", "种", "类", "条", "门课"];
/// Words with which 个 and 项 count something else.
const OTHER_UNITS: [&str; 4] = ["个月", "个小时", "个百分点", "个多"];

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (block, source) in context.draft.blocks.iter().enumerate() {
        let text = source.content.text.as_str();
        let quoted = outermost(quotations(context.marks(block)));
        let groups = quoted.chunk_by(|a, b| is_side_by_side(text, *a, *b));
        findings.extend(groups.filter_map(|group| compare_quotations(context, block, group)));
        findings.extend(quoted.iter().filter_map(|label| compare_number(context, block, *label)));
    }
    for (mention, entry) in context.resolved(EntryKind::Slogan) {
        if matches!(mention.role, FormRole::Name | FormRole::Short) {
            findings.extend(compare_list(context, mention.block, mention.content, entry));
        }
    }
}

fn outermost(mut spans: Vec<Span>) -> Vec<Span> {
    let mut end = 0;
    spans.retain(|span| {
        let is_outer = span.start >= end;
        end = end.max(span.end);
        is_outer
    });
    spans
}

fn is_side_by_side(text: &str, left: Span, right: Span) -> bool {
    let between = text[left.end..right.start].trim_matches(['“', '”', '"', '‘', '’', '「', '」', '『', '』']);
    matches!(between, "" | "、" | "和" | "与" | "及" | "以及")
}

/// “甲”“乙”“丙”四大: the number right behind the last quotation against how many there are.
fn compare_quotations(context: &Context<'_>, block: usize, group: &[Span]) -> Option<Finding> {
    let (first, last) = (group.first()?, group.last().filter(|_| group.len() > 1)?);
    let text = context.draft.blocks[block].content.text.as_str();
    let open = text[..first.start].char_indices().next_back()?.0;
    if text[..open].ends_with(['、', '和', '与', '及']) {
        return None;
    }
    let at = last.end + text[last.end..].chars().next()?.len_utf8();
    let (length, counted) = number(&text[at..])?;
    let unit = &text[at + length..];
    let counts = MEASURES.iter().any(|measure| unit.starts_with(measure))
        && !OTHER_UNITS.iter().any(|other| unit.starts_with(other));
    // 一个, 一类 sum up, and count nothing.
    if !counts || counted < 2 || counted == group.len() {
        return None;
    }
    let span = Span::new(at, at + length);
    let listed = group.len();
    let message = Message::new(
        format!("前面列出 {listed} 项，这里说“{}”", span.slice(text)),
        format!("{listed} items are listed, and “{}” are counted here", span.slice(text)),
    );
    let right =
        if text[at..].starts_with(|c: char| c.is_ascii_digit()) { listed.to_string() } else { in_chinese(listed)? };
    let title = Message::new(format!("改为“{right}”"), format!("replace with “{right}”"));
    Some(context.finding(&RULE, block, span, message).with_fix(context.replace(title, false, block, span, right)))
}

/// “四个意识”（甲、乙、丙）: the items behind a number phrase against its parts.
fn compare_list(context: &Context<'_>, block: usize, label: Span, entry: EntryIndex) -> Option<Finding> {
    let slogan = context.entry(entry).slogan().filter(|slogan| !slogan.components.is_empty() && !is_whole(slogan))?;
    let text = context.draft.blocks[block].content.text.as_str();
    let list = list_behind(text, label.end)?;
    let items = items(list.slice(text));
    let known = items.iter().filter(|item| slogan.components.iter().any(|part| part == *item)).count();
    let is_its_list = known > 1 && 2 * known >= slogan.components.len();
    if !is_its_list || items.len() == slogan.components.len() {
        return None;
    }
    let right = slogan.expands.as_ref().map_or_else(|| slogan.components.join("、"), ToString::to_string);
    let message = Message::new(
        format!("“{}”是 {} 项，这里列出 {} 项", slogan.text, slogan.components.len(), items.len()),
        format!("“{}” stands for {} items, and {} are listed", slogan.text, slogan.components.len(), items.len()),
    );
    let title = Message::new(format!("改为“{right}”"), format!("replace with “{right}”"));
    let fix = context.replace(title, false, block, list, right);
    Some(context.finding(&RULE, block, list, message).with_evidence(context.slogan_evidence(entry)).with_fix(fix))
}

/// “五个意识”（the four of “四个意识”）: a number phrase of another number before all parts of a known one.
fn compare_number(context: &Context<'_>, block: usize, label: Span) -> Option<Finding> {
    const LONGEST_LABEL: usize = 24;
    let text = context.draft.blocks[block].content.text.as_str();
    let (words, list) = (label.slice(text), list_behind(text, label.end)?);
    let forms = context.lexicon().forms();
    if words.len() > LONGEST_LABEL || !forms.find(words).is_empty() {
        return None;
    }
    let (length, _) = number(words)?;
    let items = items(list.slice(text));
    let numerals = ["二".to_owned()].into_iter().chain((2..=10).filter_map(in_chinese));
    let meant = numerals.map(|numeral| (forms.find(&format!("{numeral}{}", &words[length..])), numeral));
    let (entry, numeral) = meant.into_iter().find_map(|(targets, numeral)| {
        let is_meant = |entry: &EntryIndex| {
            let slogan = context.entry(*entry).slogan();
            slogan.is_some_and(|slogan| has_items(slogan, &items))
        };
        Some((targets.iter().map(|target| target.entry).find(is_meant)?, numeral))
    })?;
    let span = Span::new(label.start, label.start + length);
    let name = context.entry(entry).name();
    let message = Message::new(
        format!("列出的是“{name}”的 {} 项，这里说“{words}”", items.len()),
        format!("the {} items of “{name}” are listed, and the phrase says “{words}”", items.len()),
    );
    let title = Message::new(format!("改为“{name}”"), format!("replace with “{name}”"));
    let fix = context.replace(title, false, block, span, numeral);
    Some(context.finding(&RULE, block, span, message).with_evidence(context.slogan_evidence(entry)).with_fix(fix))
}

fn has_items(slogan: &Slogan, items: &[&str]) -> bool {
    items.len() > 1
        && items.len() == slogan.components.len()
        && slogan.components.iter().all(|part| items.contains(&part.as_str()))
}

/// The list behind a phrase that ends at `end`, in brackets or after 即; bytes. `None` for an open one.
fn list_behind(text: &str, end: usize) -> Option<Span> {
    let tail = text[end..].trim_start_matches(['”', '"', '』', '」', '’']);
    let start = text.len() - tail.len();
    let openers: [(&[&str], &[char]); 2] =
        [(&["（", "("], &['）', ')']), (&["，即", ",即", "即", "——"], &['，', ',', '。', '；', ';', '—'])];
    let (length, closers) = openers
        .iter()
        .find_map(|(words, closers)| Some((words.iter().find(|word| tail.starts_with(**word))?.len(), closers)))?;
    let at = start + length;
    let list = Span::new(at, at + text[at..].find(*closers).unwrap_or(text.len() - at));
    (!list.slice(text).contains(['等', '…', '：', '“'])).then_some(list)
}

fn items(list: &str) -> Vec<&str> {
    let split =
        list.split(['、', '，', ',', '；']).flat_map(|item| item.split_once('和').map_or([item, ""], |(a, b)| [a, b]));
    split.map(str::trim).filter(|item| !item.is_empty()).collect()
}
