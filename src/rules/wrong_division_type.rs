//! L103: the last character of a place's name, 县, 市, 区 or 州, is wrong.

use super::{
    context::Context,
    finding::{Finding, Severity},
    place_behind::{UnknownPlace, is_tier, places_within, unknown_places},
    rule::{Example, Rule, Text},
};
use crate::{lang::Message, lexicon::EntryIndex};

pub(super) const RULE: Rule = Rule {
    code: "L103",
    name: "wrong-division-type",
    severity: Severity::Error,
    default_on: true,
    time_based: true,
    summary: Text {
        zh: "县、市、区、州等建制写错", en: "the kind of place, 县, 市, 区 or 州, is wrong"
    },
    why: Text {
        zh: "上级地名后紧接（或同级地名后用顿号连接）的才核对：这样的名称任何地方、任何时候都没有，而当日那里有一处只差末字的，才报。\
             旧有的建制由 L102 报告。",
        en: "Checked right behind the place above it, or behind 、 and a place beside it: reported if no place ever had \
             the name and one that lies there differs in the last character only. Former kinds are reported by L102.",
    },
    bad: &[
        Example {
            lexicon: "", text: "调研组来到通化市⟦梅河口县⟧。", fixed: Some("调研组来到通化市梅河口市。")
        },
        Example { lexicon: "", text: "吉林省⟦延边市⟧晴。", fixed: Some("吉林省延边州晴。") },
        Example {
            lexicon: "",
            text: "通化市柳河县、⟦辉南市⟧联合行动。",
            fixed: Some("通化市柳河县、辉南县联合行动。"),
        },
    ],
    good: &[
        Example {
            lexicon: "", text: "通化市梅河口市、吉林省延边州、通化市通化县。", fixed: None
        },
        Example { lexicon: "", text: "1962年的吉林省梅河口县。", fixed: None },
        Example {
            lexicon: "", text: "吉林省各县市区、长春市城区、通化市辖区、通化市梅河口镇。", fixed: None
        },
    ],
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for unknown in unknown_places(context) {
        // A township of the name is no news to a table of counties: 临沂市罗庄镇 beside 罗庄区.
        if unknown.written.ends_with(['镇', '乡']) {
            continue;
        }
        let stem = unknown.written.trim_end_matches(is_tier);
        let is_meant = |name: &str| name.chars().count() > 2 && name.trim_end_matches(is_tier) == stem;
        if let [(place, name)] = &places_within(context, unknown.outer, is_meant)[..] {
            findings.push(report(context, &unknown, *place, name));
        }
    }
}

fn report(context: &Context<'_>, unknown: &UnknownPlace<'_>, place: EntryIndex, name: &str) -> Finding {
    let message = Message::new(
        format!("没有“{}”，应为“{name}”", unknown.written),
        format!("there is no “{}”; it is “{name}”", unknown.written),
    );
    unknown.report(context, &RULE, message, (place, name), true)
}
