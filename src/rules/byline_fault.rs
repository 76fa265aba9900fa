//! F105: the same reporter twice, or nobody behind 责任编辑.

use super::{
    context::Context,
    finding::{Finding, Severity},
    rule::{Example, Rule, Text},
};
use crate::{
    lang::Message,
    text::{BlockKind, Span},
};

pub(super) const RULE: Rule = Rule {
    code: "F105",
    name: "byline-fault",
    severity: Severity::Warning,
    default_on: true,
    time_based: false,
    summary: Text {
        zh: "署名中同一记者出现两次，或责任编辑空缺",
        en: "the same reporter stands in a byline twice, or 责任编辑 names nobody",
    },
    why: Text {
        zh: "多人署名时容易重名；责任编辑空着多半是排版时漏填，只作提示。\
             同一人分别作文字、摄影、编辑等不同分工的，单字（王　伟一类加空的姓名），不报。",
        en: "Long bylines collect doubles; an empty 责任编辑 is mostly an oversight of the layout and only a remark. \
             One person in several tasks (text, photographs, editing) and single characters are left alone.",
    },
    bad: &[
        Example {
            lexicon: "", text: "（记者 周子墨 林远航 ⟦周子墨⟧）", fixed: Some("（记者 周子墨 林远航）")
        },
        Example {
            lexicon: "",
            text: "本报7月10日讯（记者 周子墨、林远航、⟦周子墨⟧）项目建设正酣。",
            fixed: Some("本报7月10日讯（记者 周子墨、林远航）项目建设正酣。"),
        },
        Example { lexicon: "", text: "( ⟦责任编辑:⟧ )", fixed: None },
    ],
    good: &[
        Example { lexicon: "", text: "（记者 周子墨 林远航）\n\n责任编辑：周子墨", fixed: None },
        Example { lexicon: "", text: "（撰文 周子墨 摄影 周子墨 责编 林远航）", fixed: None },
        Example { lexicon: "", text: "（记者 王　伟　王　芳）", fixed: None },
        Example { lexicon: "", text: "责任编辑：\n\n林远航", fixed: None },
        Example { lexicon: "", text: "会上（记者会之前、记者会之前）大家都在等。", fixed: None },
    ],
    check,
};

/// What people are called in a byline, alone or right before a name; each begins a list of its own.
const LABELS: [&str; 13] =
    ["记者", "通讯员", "实习生", "撰稿人", "撰文", "编辑", "责编", "摄影", "摄像", "制图", "审核", "校对", "监制"];
/// The same, only alone: they may be part of a name.
const SHORT_LABELS: [&str; 4] = ["图", "文", "摄", "视频"];
/// The longest byline within a paragraph, in characters.
const LONGEST_BYLINE: usize = 60;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (block, source) in context.draft.blocks.iter().enumerate() {
        let text = source.content.text.as_str();
        match source.kind {
            BlockKind::Byline => {
                doubles(context, block, Span::new(0, text.len()), findings);
                findings.extend(empty_editor(context, block));
            }
            BlockKind::Paragraph => bylines_within(text).for_each(|span| doubles(context, block, span, findings)),
            _ => {}
        }
    }
}

/// The insides of parentheses that begin with 记者 and hold names.
fn bylines_within(text: &str) -> impl Iterator<Item = Span> {
    text.char_indices().filter(|(_, c)| matches!(c, '（' | '(')).filter_map(|(at, open)| {
        let start = at + open.len_utf8();
        let mut window = text[start..].char_indices().take(LONGEST_BYLINE + 1);
        let (length, _) = window.find(|(_, c)| matches!(c, '）' | ')'))?;
        let inside = &text[start..start + length];
        let is_byline = ["记者", "本报记者", "通讯员", "全媒体记者"]
            .iter()
            .any(|label| inside.strip_prefix(label).is_some_and(|rest| rest.starts_with([' ', '\u{3000}', '：', ':'])));
        let is_sentence = inside.contains(['，', '。', '；']);
        (is_byline && !is_sentence).then(|| Span::new(start, start + inside.len()))
    })
}

/// The names of a byline in lists of one label each.
fn lists(text: &str, byline: Span) -> Vec<Vec<Span>> {
    let mut lists = vec![Vec::new()];
    let separates = |c: char| c.is_whitespace() || "、，,：:/／（）()".contains(c);
    for word in byline.slice(text).split(separates).filter(|word| !word.is_empty()) {
        let end = word.as_ptr() as usize - text.as_ptr() as usize + word.len();
        let label = LABELS.iter().filter_map(|label| word.rfind(label).map(|at| at + label.len())).max();
        let name = if SHORT_LABELS.contains(&word) { "" } else { &word[label.unwrap_or(0)..] };
        if name.len() < word.len() {
            lists.push(Vec::new());
        }
        if let Some(list) = lists.last_mut()
            && !name.is_empty()
        {
            list.push(Span::new(end - name.len(), end));
        }
    }
    lists
}

fn doubles(context: &Context<'_>, block: usize, byline: Span, findings: &mut Vec<Finding>) {
    let text = context.draft.blocks[block].content.text.as_str();
    let is_name = |name: &str| {
        (2..=4).contains(&name.chars().count()) && name.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
    };
    for list in lists(text, byline) {
        for (position, name) in list.iter().enumerate() {
            let earlier = &list[..position];
            let words = name.slice(text);
            if is_name(words) && earlier.iter().any(|other| other.slice(text) == words) {
                let message =
                    Message::new(format!("{words}在署名中重复"), format!("{words} stands in the byline twice"));
                let title = Message::new("删去重复的姓名", "delete the second name");
                let before = earlier.last().map_or(name.start, |last| last.end);
                let fix = context.replace(title, true, block, Span::new(before, name.end), "");
                findings.push(context.finding(&RULE, block, *name, message).with_fix(fix));
            }
        }
    }
}

/// 责任编辑 with nobody behind it in this block or the next.
fn empty_editor(context: &Context<'_>, block: usize) -> Option<Finding> {
    let text = context.draft.blocks[block].content.text.as_str();
    let label = text.trim_matches(|c: char| c.is_whitespace() || "（）()".contains(c));
    let name = label.strip_prefix("责任编辑").or_else(|| label.strip_prefix("责编"))?;
    let is_empty = name.chars().all(|c| c.is_whitespace() || "：:".contains(c)) && name.contains(['：', ':']);
    let next = context.draft.blocks.get(block + 1).map(|next| next.content.text.as_str());
    let named_below = next.is_some_and(|next| next.chars().count() <= LONGEST_NAME);
    if !is_empty || named_below {
        return None;
    }
    let start = label.as_ptr() as usize - text.as_ptr() as usize;
    let message = Message::new("责任编辑空缺", "责任编辑 (the editor in charge) names nobody");
    let span = Span::new(start, start + label.len());
    Some(context.finding(&RULE, block, span, message).with_severity(Severity::Info))
}

/// The most characters of a line that holds the editor's name alone.
const LONGEST_NAME: usize = 10;
