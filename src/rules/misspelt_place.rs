//! L104: one slip away from a place that lies in the one just named.

use super::{
    context::Context,
    finding::{Finding, Severity},
    place_behind::{UnknownPlace, is_tier, places_within, unknown_places},
    rule::{Example, Rule, Text},
};
use crate::{
    analysis::{Likeness, likeness, words},
    lang::Message,
    lexicon::EntryIndex,
};

pub(super) const RULE: Rule = Rule {
    code: "L104",
    name: "misspelt-place",
    severity: Severity::Warning,
    default_on: true,
    time_based: true,
    summary: Text {
        zh: "地名与前面所写地方的下级地名差一字",
        en: "one slip away from a place that lies in the one just named",
    },
    why: Text {
        zh: "上级地名后紧接（或同级地名后用顿号连接）的名称，哪里都没有这个地名，而那里恰有一处与它只差一个同音、形近的字，\
             或者相邻两字颠倒；专名三字以上的，漏一字也报；县名、市名换了一字，前面又不成词的，也报。",
        en: "A name right behind the place above it, or behind 、 and a place beside it, that no place has, while exactly \
             one place there differs by a character that sounds or looks alike or by two swapped ones; from four \
             characters on, also by a missing one; 县 and 市 also by any other character that leaves no word.",
    },
    bad: &[
        Example {
            lexicon: "", text: "调研组来到通化市⟦柳和县⟧。", fixed: Some("调研组来到通化市柳河县。")
        },
        Example { lexicon: "", text: "通化市⟦铆河县⟧丰收。", fixed: Some("通化市柳河县丰收。") },
        Example {
            lexicon: "", text: "吉林省延边州⟦和隆市⟧丰收。", fixed: Some("吉林省延边州和龙市丰收。")
        },
        Example { lexicon: "", text: "长春市⟦安农县⟧丰收。", fixed: Some("长春市农安县丰收。") },
        Example {
            lexicon: "",
            text: "通化市柳河县、⟦灰南县⟧联合行动。",
            fixed: Some("通化市柳河县、辉南县联合行动。"),
        },
        Example {
            lexicon: "", text: "通化市⟦梅口市⟧开工。", fixed: Some("通化市梅河口市开工。")
        },
    ],
    good: &[
        Example { lexicon: "", text: "通化市柳河县、辉南县，长春市农安县。", fixed: None },
        Example {
            lexicon: "",
            text: "长春市老城区、吉林省各县市区、长春市场区域、长春市农业县、贫困县。",
            fixed: None,
        },
        Example { lexicon: "", text: "1935年，通化市柳和县还没有这个名称。", fixed: None },
    ],
    check,
};

/// From this many characters on, a missing one is a slip and no other name.
const LONG_NAME: usize = 4;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for unknown in unknown_places(context) {
        let mut meant = places_within(context, unknown.outer);
        // 梅河县 is sooner 梅河口市 than 柳河县.
        let stem = unknown.written.trim_end_matches(is_tier);
        let is_begun = meant.iter().any(|(_, name)| name.starts_with(stem));
        meant.retain(|(_, name)| is_slip(unknown.written, name, is_begun));
        if let [(place, name)] = &meant[..] {
            findings.push(report(context, &unknown, *place, name));
        }
    }
}

fn is_slip(written: &str, name: &str, is_begun: bool) -> bool {
    let (written, name): (Vec<char>, Vec<char>) = (written.chars().collect(), name.chars().collect());
    let same_kind = written.last() == name.last() && name.last().is_some_and(|last| is_tier(*last));
    let Some(likeness) = likeness(&written, &name).filter(|_| same_kind && name.len() > 2) else { return false };
    let enough = if name.len() < LONG_NAME { Likeness::Alike } else { Likeness::Near };
    // 农业县 and 新城区 are no slips of 农安县 and 绿园区, 铆河县 is one of 柳河县.
    let replaced = written.len() == name.len() && matches!(name.last(), Some('县' | '市'));
    likeness >= enough || replaced && !is_begun && !is_word(&written[..written.len() - 1])
}

/// Whether the dictionary has a word that these characters are, or begin or end with.
fn is_word(characters: &[char]) -> bool {
    let text: String = characters.iter().collect();
    words(&text).into_iter().any(|word| word.slice(&text).chars().count() > 1)
}

fn report(context: &Context<'_>, unknown: &UnknownPlace<'_>, place: EntryIndex, name: &str) -> Finding {
    let outer = context.entry(unknown.outer).name();
    let message = Message::new(
        format!("{outer}没有“{}”，应为“{name}”", unknown.written),
        format!("there is no “{}” in {outer}; it is “{name}”", unknown.written),
    );
    let title = Message::new(format!("改为“{name}”"), format!("replace with “{name}”"));
    let finding = context.finding(&RULE, unknown.block, unknown.span, message);
    finding.with_evidence(context.place_evidence(place)).with_fix(context.replace(
        title,
        true,
        unknown.block,
        unknown.span,
        name,
    ))
}
