//! P303: 等N人, N位 disagrees with the list before it.

use super::{
    context::Context,
    example_lexicon::THREE_PERSONS,
    finding::{Finding, Severity},
    numeral::{in_chinese, number},
    rule::{Example, Rule, Text},
};
use crate::{analysis::RollCall, lang::Message, lexicon::EntryKind, text::Span};

pub(super) const RULE: Rule = Rule {
    code: "P303",
    name: "roll-call-count",
    severity: Severity::Warning,
    default_on: true,
    time_based: false,
    summary: Text { zh: "人数与所列名单不符", en: "the number of people disagrees with the list before it" },
    why: Text {
        zh: "名单后紧接人数的才核对；有“等”字时，只有列出的人比所说的人数还多才报。",
        en: "Only a number right behind the list is compared; after 等, only if more people are listed than counted.",
    },
    bad: &[
        Example {
            lexicon: THREE_PERSONS, text: "林一鸣、高远山、何文川等⟦2人⟧参加。", fixed: None
        },
        Example {
            lexicon: THREE_PERSONS,
            text: "林一鸣、高远山、何文川⟦四位⟧同志参加。",
            fixed: Some("林一鸣、高远山、何文川三位同志参加。"),
        },
    ],
    good: &[
        Example { lexicon: THREE_PERSONS, text: "林一鸣、高远山等10人参加。", fixed: None },
        Example {
            lexicon: THREE_PERSONS, text: "林一鸣、高远山、王某某、何文川四人参加。", fixed: None
        },
        Example { lexicon: THREE_PERSONS, text: "林一鸣、高远山、何文川3位同志参加。", fixed: None },
        Example { lexicon: THREE_PERSONS, text: "王某某、林一鸣、高远山三人参加。", fixed: None },
        Example { lexicon: THREE_PERSONS, text: "林一鸣、高远山两人一组。", fixed: None },
    ],
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for call in &context.analysis.roll_calls {
        findings.extend(compare(context, call));
    }
}

fn compare(context: &Context<'_>, call: &RollCall) -> Option<Finding> {
    let text = context.draft.blocks[call.block].content.text.as_str();
    let (first, last) = (call.members.first()?, call.members.last()?);
    // A name unknown to the lexicon may stand before the first one, or one whose 、 was lost.
    let follows_name = context.analysis.mentions.iter().any(|mention| {
        mention.kind == EntryKind::Person && mention.block == call.block && mention.content.end == first.item.start
    });
    if follows_name || text[..first.item.start].ends_with(['、', '和', '与']) {
        return None;
    }
    let listed = call.members.len() + unknown_names(text, call);
    let open = text[last.item.end..].starts_with('等');
    let at = last.item.end + if open { '等'.len_utf8() } else { 0 };
    let (digits, counted) = number(&text[at..])?;
    let unit = text[at + digits..].chars().next().filter(|unit| matches!(unit, '人' | '位' | '名'))?;
    if counted == listed || open && counted > listed {
        return None;
    }
    let span = Span::new(at, at + digits + unit.len_utf8());
    let message = Message::new(
        format!("前面列出 {listed} 人，这里说 {counted} 人"),
        format!("{listed} people are listed, and {counted} are counted here"),
    );
    let finding = context.finding(&RULE, call.block, span, message);
    if open {
        return Some(finding);
    }
    let right =
        if text[at..].starts_with(|c: char| c.is_ascii_digit()) { listed.to_string() } else { in_chinese(listed)? };
    let title = Message::new(format!("改为“{right}{unit}”"), format!("replace with “{right}{unit}”"));
    Some(finding.with_fix(context.replace(title, false, call.block, Span::new(at, at + digits), right)))
}

/// How many names of the list the lexicon does not know, from the separators between those it does.
fn unknown_names(text: &str, call: &RollCall) -> usize {
    let gaps = call.members.windows(2).map(|pair| &text[pair[0].item.end..pair[1].item.start]);
    gaps.map(|gap| gap.matches('、').count().saturating_sub(1)).sum()
}
