//! L102: a name or status no longer, or not yet, in force that day.

use super::{
    context::Context,
    finding::{Finding, Severity},
    history,
    rule::{Example, Rule, Text},
};
use crate::{
    analysis::{Mention, Resolution, begins_institution, clause::sentence_around},
    lang::Message,
    lexicon::{EntryIndex, EntryKind, FormRole, InForce, SETTLING_DAYS, entry::PlaceVersion},
};

pub(super) const RULE: Rule = Rule {
    code: "L102",
    name: "former-place",
    severity: Severity::Warning,
    default_on: true,
    time_based: true,
    summary: Text {
        zh: "所写地名当日已经改名撤并，或尚未设立",
        en: "a name or status no longer, or not yet, in force that day",
    },
    why: Text {
        zh: "撤县设市、改区、更名之后沿用旧名，或把新名写到以前。只核对全称；批复后三个月内新旧皆可；\
             有“原”“旧称”“时称”等字样的、句中另有更早年份的、同句写明现属何处的、\
             作机构名称一部分的，不报。",
        en: "Old names outlive a change. Only full names are checked; for three months after a change both are right; \
             names marked 原 or 旧称, sentences with an earlier year or with the present name, and names of \
             organizations are left alone.",
    },
    bad: &[
        Example { lexicon: "", text: "调研组来到⟦九台市⟧。", fixed: Some("调研组来到九台区。") },
        Example {
            lexicon: "", text: "调研组来到松原市⟦扶余县⟧。", fixed: Some("调研组来到松原市扶余市。")
        },
        Example {
            lexicon: "",
            text: "---\ndate: 2012-05-01\n---\n\n专题片介绍了⟦襄樊市⟧。",
            fixed: Some("---\ndate: 2012-05-01\n---\n\n专题片介绍了襄阳市。"),
        },
        Example {
            lexicon: "",
            text: "---\ndate: 1992-05-01\n---\n\n会议在⟦白山市⟧召开。",
            fixed: Some("---\ndate: 1992-05-01\n---\n\n会议在浑江市召开。"),
        },
    ],
    good: &[
        Example {
            lexicon: "", text: "原九台市的干部回忆说，1995年九台市的农业很出名。", fixed: None
        },
        Example { lexicon: "", text: "调研组来到九台区、襄阳市、白山市。", fixed: None },
        Example { lexicon: "", text: "九台市第一中学的校友返校。", fixed: None },
        Example { lexicon: "", text: "杭州下城区的老街坊，现在属于拱墅区。", fixed: None },
        Example { lexicon: "", text: "白城地区普降大雨，白沙县晴。", fixed: None },
        Example {
            lexicon: "", text: "他是九台市人。此后部队占领了九台市，这是1948年的事。", fixed: None
        },
        Example { lexicon: "", text: "---\ndate: 2010-12-15\n---\n\n襄樊市、襄阳市都可以。", fixed: None },
        Example { lexicon: "", text: "---\ndate: 1975-05-01\n---\n\n会议在白山市召开。", fixed: None },
    ],
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for mention in context.analysis.mentions.iter().filter(|mention| mention.kind == EntryKind::Place) {
        let Some(place) = place_meant(context, mention) else { continue };
        // 地区 is a common noun as well: 张家口地区 is also the area around the city.
        let is_area = mention.text.ends_with("地区");
        if is_area || mention.role != FormRole::Name || is_marked_former(context, mention) {
            continue;
        }
        if let Some(state) = out_of_force(context, place, mention)
            && !names_present_place(context, mention, place)
            && !history::paragraph_tells_of_the_past(context, mention)
        {
            findings.push(report(context, mention, place, state));
        }
    }
}

/// The only place the name can mean; of several that all have another name by now, the one that bore it
/// last (扶余县 was two counties, one after the other).
fn place_meant(context: &Context<'_>, mention: &Mention) -> Option<EntryIndex> {
    if let [place] = mention.candidates[..] {
        return mention.entry.and(Some(place));
    }
    let ended = |place: &EntryIndex| out_of_force(context, *place, mention) == Some(InForce::Ended);
    if mention.resolution == Resolution::Other || !mention.candidates.iter().all(ended) {
        return None;
    }
    let last_day = |place: &&EntryIndex| {
        let versions = context.entry(**place).place().map(|place| place.versions.as_slice()).unwrap_or_default();
        versions
            .iter()
            .filter(|version| version.name == mention.text)
            .filter_map(|version| Some(version.time.end?.latest()))
            .max()
    };
    mention.candidates.iter().max_by_key(last_day).copied()
}

/// Whether the name surely was not in force on the day, and on which side of its time the day lies.
fn out_of_force(context: &Context<'_>, place: EntryIndex, mention: &Mention) -> Option<InForce> {
    let versions = &context.entry(place).place()?.versions;
    let still_short = context
        .lexicon()
        .possible_versions(context.entry(place).place()?, context.as_of)
        .any(|version| version.short.contains(&mention.text));
    if still_short {
        return None;
    }
    // Before the first dated state nothing is known.
    let named = |version: &&PlaceVersion| version.name == mention.text;
    let mut states = versions.iter().filter(named).map(|version| version.time.on_settled(context.as_of, SETTLING_DAYS));
    let known = versions.iter().any(|version| version.time.on(context.as_of) == InForce::Now);
    let first = states.next()?;
    let same = states.all(|state| state == first);
    let ended = first == InForce::Ended && (known || versions.last()?.time.end.is_some());
    let early = first == InForce::NotYet && known;
    (same && (ended || early)).then_some(first)
}

/// Whether the sentence also names what took over: 下城区的老街坊，现在属于拱墅区.
fn names_present_place(context: &Context<'_>, mention: &Mention, place: EntryIndex) -> bool {
    let text = context.draft.blocks[mention.block].content.text.as_str();
    let sentence = sentence_around(text, mention.content).slice(text);
    let lexicon = context.lexicon();
    let successors = context.entry(place).place().map(|place| place.successors.as_slice()).unwrap_or_default();
    let places = std::iter::once(place).chain(successors.iter().filter_map(|successor| lexicon.find(successor)));
    let mut versions = places.filter_map(|place| lexicon.version_on(place, context.as_of));
    versions.any(|version| version.name != mention.text && sentence.contains(version.name.as_str()))
}

/// Whether the words around the name say that it is an old one, or part of another name.
fn is_marked_former(context: &Context<'_>, mention: &Mention) -> bool {
    let text = context.draft.blocks[mention.block].content.text.as_str();
    let (before, after) = (&text[..mention.content.start], &text[mention.content.end..]);
    let marks =
        ["原", "旧", "前", "时", "老", "称", "名", "叫", "是", "为", "从", "由", "撤销", "设立", "《", "“", "（", "("];
    marks.iter().any(|mark| before.ends_with(mark))
        || ["人", "志", "改", "撤", "更名"].iter().any(|word| after.starts_with(word))
        || begins_institution(text, mention.content.end, 12)
}

fn report(context: &Context<'_>, mention: &Mention, place: EntryIndex, state: InForce) -> Finding {
    let now = name_on_the_day(context, place);
    let day = context.as_of.in_chinese();
    let (mut zh, mut en) = match state {
        InForce::NotYet => (
            format!("{day}还没有“{}”这个名称", mention.text),
            format!("the name “{}” was not yet in force on {}", mention.text, context.as_of),
        ),
        _ => (
            format!("“{}”这个名称{day}已不使用", mention.text),
            format!("the name “{}” was no longer in force on {}", mention.text, context.as_of),
        ),
    };
    if let Some(now) = &now {
        zh += &format!("，当日是“{now}”");
        en += &format!(", it was “{now}”");
    }
    let mut finding = context.finding(&RULE, mention.block, mention.content, Message::new(zh, en)).with_entry(place);
    let versions = context.entry(place).place().map(|place| place.versions.as_slice()).unwrap_or_default();
    for (position, version) in versions
        .iter()
        .enumerate()
        .filter(|(_, version)| version.name == mention.text || Some(version.name.as_str()) == now.as_deref())
    {
        let document = version.document.as_ref().map(|document| format!("（{document}）")).unwrap_or_default();
        let text = format!("{}{document}", version.name);
        finding =
            finding.with_evidence(context.evidence(place, &format!("version.{position}"), text, version.time, &[]));
    }
    match now {
        Some(now) => {
            let title = Message::new(format!("改为“{now}”"), format!("replace with “{now}”"));
            finding.with_fix(context.replace(title, false, mention.block, mention.content, now))
        }
        None => finding,
    }
}

/// What the place, or the only one that took over its area, was called on the day.
fn name_on_the_day(context: &Context<'_>, place: EntryIndex) -> Option<String> {
    let lexicon = context.lexicon();
    if let Some(version) = lexicon.version_on(place, context.as_of) {
        return Some(version.name.to_string());
    }
    let [successor] = context.entry(place).place()?.successors.as_slice() else { return None };
    let successor = lexicon.find(successor)?;
    lexicon.version_on(successor, context.as_of).map(|version| version.name.to_string())
}
