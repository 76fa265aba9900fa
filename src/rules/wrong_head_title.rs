//! L106: 市长 of a 自治州, 省长 of a 自治区.

use super::{
    context::Context,
    finding::{Finding, Severity},
    rule::{Example, Rule, Text},
};
use crate::{analysis::Mention, lang::Message, lexicon::EntryKind, text::Span};

pub(super) const RULE: Rule = Rule {
    code: "L106",
    name: "wrong-head-title",
    severity: Severity::Error,
    default_on: true,
    time_based: false,
    summary: Text {
        zh: "政府首长的称谓与地方的建制不符", en: "the head of this kind of place has another title"
    },
    why: Text {
        zh: "自治州的首长是州长，自治区的是主席，县的是县长。只核对地名后紧接称谓的；省、市后面的“市长”“县长”“区长”可能指下级，不报。",
        en: "An autonomous prefecture has a 州长, an autonomous region a 主席, a county a 县长. Only a title right behind the \
             place is checked; below a province or city it may be someone else's.",
    },
    bad: &[
        Example { lexicon: "", text: "延边州⟦市长⟧来访。", fixed: Some("延边州州长来访。") },
        Example {
            lexicon: "", text: "内蒙古自治区副⟦省长⟧出席。", fixed: Some("内蒙古自治区副主席出席。")
        },
        Example {
            lexicon: "", text: "通化县⟦市长⟧介绍了情况。", fixed: Some("通化县县长介绍了情况。")
        },
    ],
    good: &[
        Example {
            lexicon: "",
            text: "延边州州长、内蒙古自治区主席、通化县县长、长春市市长、吉林省省长。",
            fixed: None,
        },
        Example { lexicon: "", text: "长春市县长座谈会、吉林省市长会议。", fixed: None },
        Example { lexicon: "", text: "长春市南关区区长、延吉市市长。", fixed: None },
        Example { lexicon: "", text: "延边州县长座谈会。", fixed: None },
    ],
    check,
};

/// The last character of a place's name, the title of its head, and titles of heads it cannot have. Not
/// among these are the titles of heads of places below it.
const HEADS: [(&str, &str, &[&str]); 6] = [
    ("自治区", "主席", &["省长"]),
    ("州", "州长", &["省长", "市长"]),
    ("盟", "盟长", &["省长", "市长"]),
    ("县", "县长", &["省长", "市长", "州长", "区长"]),
    ("旗", "旗长", &["省长", "市长", "州长", "县长", "区长"]),
    ("区", "区长", &["省长", "市长", "州长", "县长"]),
];

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for mention in context.analysis.mentions.iter().filter(|mention| mention.kind == EntryKind::Place) {
        findings.extend(compare(context, mention));
    }
}

fn compare(context: &Context<'_>, mention: &Mention) -> Option<Finding> {
    let (_, right, wrong) = HEADS.iter().find(|(suffix, ..)| mention.text.ends_with(suffix))?;
    let text = context.draft.blocks[mention.block].content.text.as_str();
    let tail = &text[mention.content.end..];
    let rank = ["常务副", "副", "代"].iter().find(|rank| tail.starts_with(**rank)).map_or(0, |rank| rank.len());
    let title = wrong.iter().find(|title| tail[rank..].starts_with(**title))?;
    let start = mention.content.end + rank;
    let span = Span::new(start, start + title.len());
    let collective = ["会", "们", "座谈", "论坛", "培训", "班", "热线", "信箱", "质量奖"];
    if collective.iter().any(|word| text[span.end..].starts_with(word)) {
        return None;
    }
    let message = Message::new(
        format!("{}的政府首长是“{right}”，不是“{title}”", mention.text),
        format!("the head of {} is a {right}, not a {title}", mention.text),
    );
    let fix = context.replace(
        Message::new(format!("改为“{right}”"), format!("replace with “{right}”")),
        true,
        mention.block,
        span,
        *right,
    );
    let finding = context.finding(&RULE, mention.block, span, message).with_fix(fix);
    Some(mention.entry.into_iter().fold(finding, Finding::with_entry))
}
