//! L101: the place lay elsewhere that day.

use super::{
    context::Context,
    finding::{Finding, Severity},
    history,
    place_behind::{is_tier as names_tier, places_within},
    rule::{Example, Rule, Text},
};
use jiff::civil::Date;
use smol_str::SmolStr;

use crate::{
    analysis::{Mention, Resolution, begins_institution},
    lang::Message,
    lexicon::{
        EntryIndex, EntryKind, FormRole, InForce,
        entry::{Level, Place, PlaceVersion},
    },
};

pub(super) const RULE: Rule = Rule {
    code: "L101",
    name: "wrong-parent",
    severity: Severity::Error,
    default_on: true,
    time_based: true,
    summary: Text { zh: "所写隶属关系与当日的区划不符", en: "the place lay elsewhere that day" },
    why: Text {
        zh: "上下级地名紧接而写时，下级须在当日属于上级。同名的地方只要有一处属于，就不报；批复后三个月内新旧皆可；\
             句中另有更早年份或“原”“时属”等字样的、后面接机构名称的，不报。",
        en: "When a place is printed right after another, it must lie in it that day. If any place of that name does, \
             nothing is reported; for three months after a change both are right; sentences with an earlier year of their \
             own are left alone.",
    },
    bad: &[
        Example {
            lexicon: "", text: "调研组来到⟦白山市⟧通化县。", fixed: Some("调研组来到通化市通化县。")
        },
        Example {
            lexicon: "",
            text: "---\ndate: 2021-03-01\n---\n\n项目落户⟦四平市⟧公主岭市。",
            fixed: Some("---\ndate: 2021-03-01\n---\n\n项目落户长春市公主岭市。"),
        },
        Example {
            lexicon: "", text: "调研组来到⟦四平市⟧梨树区。", fixed: Some("调研组来到四平市梨树县。")
        },
        Example {
            lexicon: "",
            text: "---\ndate: 2026-10-01\n---\n\n来到⟦梨树县⟧郭家店镇。",
            fixed: Some("---\ndate: 2026-10-01\n---\n\n来到铁西区郭家店镇。"),
        },
    ],
    good: &[
        Example { lexicon: "", text: "调研组来到通化市通化县、东昌区。", fixed: None },
        Example {
            lexicon: "", text: "---\ndate: 2019-03-01\n---\n\n项目落户四平市公主岭市。", fixed: None
        },
        Example {
            lexicon: "",
            text: "---\ndate: 2020-07-01\n---\n\n四平市公主岭市、长春市公主岭市都可以。",
            fixed: None,
        },
        Example { lexicon: "", text: "他1995年在四平市公主岭市参加工作。", fixed: None },
        Example { lexicon: "", text: "长春市朝阳区、北京市朝阳区。", fixed: None },
        Example { lexicon: "", text: "吉林省梅河口市、通化市梅河口市。", fixed: None },
        Example { lexicon: "", text: "---\ndate: 2015-07-10\n---\n\n来到梨树县郭家店镇。", fixed: None },
        Example { lexicon: "", text: "来到双辽市榆树台镇。", fixed: None },
        Example {
            lexicon: "", text: "四平市公主岭市改由长春市代管以后，方便多了。", fixed: None
        },
        Example { lexicon: "", text: "白山市通化县某某家用电器有限公司生产。", fixed: None },
        Example {
            lexicon: "", text: "长春市城区、通化市新城区、白山市市区、淮北矿区、山东解放区。", fixed: None
        },
        Example {
            lexicon: "",
            text: "---\ndate: 2026-10-01\n---\n\n来到四平市铁西区郭家店镇、莱州市郭家店镇。",
            fixed: None,
        },
    ],
    check,
};

/// From which year on the pack of current townships may contradict a draft.
const TOWNSHIPS_FROM: i16 = 2025;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let places: Vec<&Mention> =
        context.analysis.mentions.iter().filter(|mention| mention.kind == EntryKind::Place).collect();
    for pair in places.windows(2) {
        let (outer, inner) = (pair[0], pair[1]);
        let adjacent = outer.block == inner.block && outer.content.end == inner.content.start;
        if adjacent
            && inner.role == FormRole::Name
            && inner.resolution != Resolution::Other
            && contradicts(context, outer, inner)
            && !is_address(context, inner)
            && !tells_of_transfer(context, inner)
            && !history::is_told_of_the_past(context, inner)
        {
            findings.push(report(context, outer, inner));
        }
    }
}

/// Whether the name of a firm or institution follows, whose address is loosely written.
fn is_address(context: &Context<'_>, inner: &Mention) -> bool {
    let text = context.draft.blocks[inner.block].content.text.as_str();
    begins_institution(text, inner.content.end, 16)
}

/// Whether the words behind say that the place goes to another one: 四平市公主岭市改由长春市代管.
fn tells_of_transfer(context: &Context<'_>, inner: &Mention) -> bool {
    let text = context.draft.blocks[inner.block].content.text.as_str();
    ["改由", "改属", "划归", "划入", "划给"].iter().any(|word| text[inner.content.end..].starts_with(word))
}

/// Whether no place of the inner name can have lain in any place of the outer name.
fn contradicts(context: &Context<'_>, outer: &Mention, inner: &Mention) -> bool {
    if context.place_level(inner) == Some(Level::Township) && !is_transferred_township(context, outer, inner) {
        return false;
    }
    let pairs = || outer.candidates.iter().flat_map(|outer| inner.candidates.iter().map(move |inner| (*outer, *inner)));
    !inner.candidates.is_empty()
        && !outer.candidates.is_empty()
        && pairs().all(|(outer, inner)| lies_elsewhere(context, outer, inner))
}

/// Whether the township surely is one that another county of the same prefecture has: names of townships
/// repeat all over the country, and their table has neither history nor every one that ever was.
fn is_transferred_township(context: &Context<'_>, outer: &Mention, inner: &Mention) -> bool {
    let since = Date::constant(TOWNSHIPS_FROM, 1, 1);
    let dated = |place: &EntryIndex| {
        context.lexicon().version_on(*place, context.as_of).is_some_and(|version| version.time.start.is_some())
    };
    let Some(county) =
        outer.entry.filter(|county| context.entry(*county).place().is_some_and(|place| place.level == Level::County))
    else {
        return false;
    };
    let Some(prefecture) = context.lexicon().parent_on(county, context.as_of) else { return false };
    let nearby = |place: &&EntryIndex| context.lexicon().ancestors(**place, context.as_of).contains(&prefecture);
    let mut nearby = inner.candidates.iter().filter(nearby);
    let only = nearby.next().filter(|_| nearby.next().is_none());
    only.is_some_and(|place| context.as_of.earliest() >= since || dated(place))
}

fn lies_elsewhere(context: &Context<'_>, outer: EntryIndex, inner: EntryIndex) -> bool {
    let (Some(outer_place), Some(inner_place)) = (context.entry(outer).place(), context.entry(inner).place()) else {
        return false;
    };
    is_tier(outer_place.level)
        && is_tier(inner_place.level)
        && outer_place.level < inner_place.level
        && context.lexicon().possible_versions(outer_place, context.as_of).next().is_some()
        && may_lie_in(context, inner_place, outer, 0) == Some(false)
}

fn is_tier(level: Level) -> bool {
    !matches!(level, Level::FunctionalZone | Level::Region)
}

/// Whether `place` may lie in `outer` on the day; `None` if its parents are not known all the way up.
fn may_lie_in(context: &Context<'_>, place: &Place, outer: EntryIndex, depth: usize) -> Option<bool> {
    let lexicon = context.lexicon();
    let mut versions = lexicon.possible_versions(place, context.as_of).peekable();
    versions.peek()?;
    if place.level == Level::Province || depth > 4 {
        return Some(false);
    }
    for version in versions {
        let parent = lexicon.place_ref(version.parent.as_deref()?, context.as_of)?;
        if parent == outer || may_lie_in(context, context.entry(parent).place()?, outer, depth + 1)? {
            return Some(true);
        }
    }
    Some(false)
}

fn report(context: &Context<'_>, outer: &Mention, inner: &Mention) -> Finding {
    let right = right_parent(context, outer, inner);
    let (mut zh, mut en) = (
        format!("{}{}不属于{}", context.as_of.in_chinese(), inner.text, outer.text),
        format!("on {} {} did not lie in {}", context.as_of, inner.text, outer.text),
    );
    if let Some((_, name, since)) = &right {
        zh += &format!("，属于{name}{}", since.zh);
        en += &format!(", but in {name}{}", since.en);
    }
    let mut finding = context.finding(&RULE, outer.block, outer.content, Message::new(zh, en));
    for place in &inner.candidates {
        if let Some((position, version)) = version_on_day(context, *place) {
            let parent =
                context.lexicon().parent_on(*place, context.as_of).map_or("", |parent| context.entry(parent).name());
            let document = version.document.as_ref().map(|document| format!("，{document}")).unwrap_or_default();
            let text = format!("{}：属{parent}{document}", version.name);
            finding = finding.with_evidence(context.evidence(
                *place,
                &format!("version.{position}"),
                text,
                version.time,
                &[],
            ));
        }
    }
    let namesake = namesake_within(context, outer, inner);
    let is_only_fix = namesake.is_none();
    if let Some(name) = namesake {
        let title = Message::new(format!("改为“{name}”"), format!("replace with “{name}”"));
        finding = finding.with_fix(context.replace(title, false, inner.block, inner.content, name));
    }
    if let Some((parent, name, _)) = right {
        let title = Message::new(format!("改为“{name}”"), format!("replace with “{name}”"));
        let fix = context.replace(title, is_only_fix, outer.block, outer.content, name);
        finding = finding.with_entry(parent).with_fix(fix);
    }
    finding
}

/// What lies in the outer place and differs in its kind only: 四平市梨树区 is sooner 梨树县 than a district of
/// a city far away.
fn namesake_within(context: &Context<'_>, outer: &Mention, inner: &Mention) -> Option<SmolStr> {
    let stem = |name: &str| name.trim_end_matches(names_tier).to_owned();
    let is_namesake = |name: &str| name.chars().count() > 2 && stem(name) == stem(&inner.text) && *name != inner.text;
    let within = places_within(context, outer.entry?, is_namesake);
    if let [(_, name)] = &within[..] { Some(name.clone()) } else { None }
}

/// The place of the outer one's level in which the inner one lies, if only one can be meant, with its
/// name in the style of the draft and since when.
fn right_parent(context: &Context<'_>, outer: &Mention, inner: &Mention) -> Option<(EntryIndex, String, Message)> {
    let level = context.entry(outer.candidates.first().copied()?).place()?.level;
    let place = right_place(context, outer, inner)?;
    let chain = context.lexicon().ancestors(place, context.as_of);
    let parent =
        chain.into_iter().find(|above| context.entry(*above).place().is_some_and(|above| above.level == level))?;
    let version = context.lexicon().version_on(parent, context.as_of)?;
    let name = in_style_of(context, outer, version);
    let since = version_on_day(context, place).and_then(|(_, version)| version.time.start);
    let since = since.map_or_else(Message::default, |start| {
        Message::new(format!("（{}起）", start.in_chinese()), format!(" (since {start})"))
    });
    Some((parent, name, since))
}

/// The name of the parent as the draft would print it: with its tier where the printed one has it, in short
/// (延边州) unless the draft has the full name of five characters or more elsewhere.
fn in_style_of(context: &Context<'_>, outer: &Mention, parent: &PlaceVersion) -> String {
    let with_tier = parent.short.iter().find(|short| short.ends_with(names_tier) && short.chars().count() > 2);
    let is_long = parent.name.chars().count() > 4;
    let in_full = context.draft.blocks.iter().any(|block| block.content.text.contains(parent.name.as_str()));
    match (outer.text.ends_with(names_tier), with_tier) {
        (true, Some(short)) if is_long && !in_full => short.to_string(),
        (true, _) => parent.name.to_string(),
        (false, _) if outer.role == FormRole::Name => parent.name.to_string(),
        (false, _) => parent.short.first().unwrap_or(&parent.name).to_string(),
    }
}

/// The only place the inner name can mean, or for a township the only one in the prefecture of the county
/// printed.
fn right_place(context: &Context<'_>, outer: &Mention, inner: &Mention) -> Option<EntryIndex> {
    if let [only] = inner.candidates[..] {
        return Some(only);
    }
    let prefecture = context.lexicon().parent_on(outer.entry?, context.as_of)?;
    let within = |place: &&EntryIndex| context.lexicon().ancestors(**place, context.as_of).contains(&prefecture);
    let mut within = inner.candidates.iter().filter(within);
    within.next().filter(|_| within.next().is_none()).copied()
}

fn version_on_day<'c>(context: &Context<'c>, place: EntryIndex) -> Option<(usize, &'c PlaceVersion)> {
    let mut versions = context.entry(place).place()?.versions.iter().enumerate();
    versions.rfind(|(_, version)| matches!(version.time.on(context.as_of), InForce::Now | InForce::Uncertain))
}
