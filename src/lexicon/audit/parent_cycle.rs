//! X105: a place or organization above itself.

use std::collections::HashSet;

use super::{
    context::Audit,
    rule::{AuditRule, example},
};
use crate::{
    lang::{Message, Text},
    lexicon::{EdtfDate, EntryData, EntryIndex, Problem, ProblemCode},
};

pub(super) const RULE: AuditRule = AuditRule {
    code: ProblemCode::ParentCycle,
    name: "parent-cycle",
    summary: Text { zh: "上级绕了一圈又回到自己", en: "a place or organization above itself" },
    why: Text {
        zh: "从 parent 一级级往上，不应回到出发的词条。地名按每个时期各查一遍：先后互为上级不算。每一圈只报告一次。",
        en: "Going up from parent to parent never leads back. Places are followed in each of their times: two that were above each other at different times are no cycle. Each cycle is reported once.",
    },
    bad: &[example(
        "[[organization]]\nid = \"a\"\nname = \"甲单位\"\nparent = ⟦\"b\"⟧\nsources = [\"官网\"]\n\n[[organization]]\nid = \"b\"\nname = \"乙单位\"\nparent = \"a\"\nsources = [\"官网\"]\n",
    )],
    good: &[example(
        "[[organization]]\nid = \"a\"\nname = \"甲单位\"\nparent = \"b\"\nsources = [\"官网\"]\n\n[[organization]]\nid = \"b\"\nname = \"乙单位\"\nsources = [\"官网\"]\n",
    )],
    check: Some(check),
};

fn check(audit: &Audit<'_>, problems: &mut Vec<Problem>) {
    let mut reported: HashSet<EntryIndex> = HashSet::new();
    for (index, entry) in audit.own() {
        let cycle = match &entry.data {
            EntryData::Organization(_) => cycle(index, |at| parent_organization(audit, at)),
            EntryData::Place(place) => {
                let days = place.versions.iter().filter_map(|version| version.time.start.or(version.time.end));
                let mut days: Vec<EdtfDate> = days.chain([EdtfDate::from_day(audit.options.today)]).collect();
                days.dedup();
                days.into_iter().find_map(|day| cycle(index, |at| audit.lexicon.parent_on(at, day)))
            }
            _ => None,
        };
        let Some(cycle) = cycle.filter(|cycle| cycle.iter().all(|member| !reported.contains(member))) else { continue };
        let names: Vec<&str> = cycle.iter().chain([&index]).map(|member| audit.lexicon.entry(*member).name()).collect();
        let chain = names.join(" → ");
        let message = Message::new(format!("上级绕回自己：{chain}"), format!("the parents lead back: {chain}"));
        let in_version = entry.fields.iter().find(|(name, _)| name.ends_with(".parent")).map(|(name, _)| name.as_str());
        let span = audit.at(entry, &["parent", in_version.unwrap_or("parent"), "name"]);
        problems.push(audit.problem(ProblemCode::ParentCycle, entry, span, message));
        reported.extend(cycle);
    }
}

/// The entries from `start` up to `start` again, if going up leads there.
fn cycle(start: EntryIndex, above: impl Fn(EntryIndex) -> Option<EntryIndex>) -> Option<Vec<EntryIndex>> {
    let mut chain = vec![start];
    loop {
        let next = above(*chain.last()?)?;
        if next == start {
            return Some(chain);
        }
        if chain.contains(&next) {
            return None;
        }
        chain.push(next);
    }
}

fn parent_organization(audit: &Audit<'_>, index: EntryIndex) -> Option<EntryIndex> {
    let EntryData::Organization(organization) = &audit.lexicon.entry(index).data else { return None };
    audit.lexicon.find(organization.parent.as_deref()?)
}
