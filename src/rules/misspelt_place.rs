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
        // 梅河县 is sooner 梅河口市 than 柳河县.
        let stem = unknown.written.trim_end_matches(is_tier);
        let is_like = |name: &str| name.starts_with(stem) || slip(unknown.written, name).is_some();
        let within = places_within(context, unknown.outer, is_like);
        let is_begun = within.iter().any(|(_, name)| name.starts_with(stem));
        let slips = within.into_iter().filter_map(|(place, name)| {
            let slip = slip(unknown.written, &name).filter(|slip| *slip == Slip::OfThePen || !is_begun)?;
            Some((place, name, slip))
        });
        if let [(place, name, slip)] = &slips.collect::<Vec<_>>()[..] {
            findings.push(report(context, &unknown, *place, name, *slip));
        }
    }
}

/// How a name differs from the one it should be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slip {
    /// By a character that sounds or looks alike, a missing one, or two swapped ones.
    OfThePen,
    /// By some other character, and what stands there is no word.
    OfAnyKind,
}

fn slip(written: &str, name: &str) -> Option<Slip> {
    let (written, name): (Vec<char>, Vec<char>) = (written.chars().collect(), name.chars().collect());
    let same_kind = written.last() == name.last() && name.last().is_some_and(|last| is_tier(*last));
    let likeness = likeness(&written, &name).filter(|_| same_kind && name.len() > 2)?;
    let enough = if name.len() < LONG_NAME { Likeness::Alike } else { Likeness::Near };
    // 农业县 and 新城区 are no slips of 农安县 and 绿园区, 铆河县 is one of 柳河县.
    let replaced = written.len() == name.len() && matches!(name.last(), Some('县' | '市'));
    match likeness >= enough {
        true => Some(Slip::OfThePen),
        false => (replaced && !is_word(&written[..written.len() - 1])).then_some(Slip::OfAnyKind),
    }
}

/// Whether the dictionary has a word that these characters are, or begin or end with.
fn is_word(characters: &[char]) -> bool {
    let text: String = characters.iter().collect();
    words(&text).into_iter().any(|word| word.slice(&text).chars().count() > 1)
}

fn report(context: &Context<'_>, unknown: &UnknownPlace<'_>, place: EntryIndex, name: &str, slip: Slip) -> Finding {
    let (outer, written) = (context.entry(unknown.outer).name(), unknown.written);
    let message = match slip {
        Slip::OfThePen => Message::new(
            format!("{outer}没有“{written}”，应为“{name}”"),
            format!("there is no “{written}” in {outer}; it is “{name}”"),
        ),
        Slip::OfAnyKind => Message::new(
            format!("{outer}没有“{written}”，疑为“{name}”之误"),
            format!("there is no “{written}” in {outer}; it is probably “{name}”"),
        ),
    };
    unknown.report(context, &RULE, message, (place, name), slip == Slip::OfThePen)
}
