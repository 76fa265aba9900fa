//! X106: one written form of two entries.

use std::collections::HashSet;

use smol_str::SmolStr;

use super::{
    context::Audit,
    rule::{AuditRule, example},
};
use crate::{
    lang::{Message, Text},
    lexicon::{
        EdtfDate, Entry, EntryData, EntryIndex, EntryKind, FormRole, Problem, ProblemCode, ValidTime, forms::each_form,
    },
};

pub(super) const RULE: AuditRule = AuditRule {
    code: ProblemCode::SharedForm,
    name: "shared-form",
    summary: Text { zh: "两个词条有同一个写法", en: "one written form of two entries" },
    why: Text {
        zh: "稿件里的这个写法要靠职务、属地或标注才分得清；分不清时不作核对。有效期不相交的词条、有隶属关系的地名不报告；与内置词库只比不同种类的词条。每个写法只报告一次。",
        en: "In a draft only post, place or an annotation tell the two apart, and what cannot be told apart is not checked. Entries of different times and places of which one lies in the other are not reported; with the built-in packs only entries of another kind are compared. Each form is reported once.",
    },
    bad: &[example(
        "[[organization]]\nid = \"archives\"\nname = \"吉林省档案馆\"\nshort = [\"省档案馆\"]\nsources = [\"官网\"]\n\n[[organization]]\nid = \"film-archives\"\nname = \"吉林省电影档案馆\"\nshort = [⟦\"省档案馆\"⟧]\nsources = [\"官网\"]\n",
    )],
    good: &[example(
        "[[organization]]\nid = \"archives\"\nname = \"吉林省档案馆\"\nshort = [\"省档案馆\"]\nend = \"2018-10\"\nsources = [\"官网\"]\n\n[[organization]]\nid = \"archives-new\"\nname = \"吉林省档案馆（新）\"\nshort = [\"省档案馆\"]\nstart = \"2018-11\"\nsources = [\"官网\"]\n",
    )],
    check: Some(check),
};

/// Other entries that a message names.
const NAMED: usize = 3;

fn check(audit: &Audit<'_>, problems: &mut Vec<Problem>) {
    let mut reported: HashSet<SmolStr> = HashSet::new();
    for (index, entry) in audit.own() {
        each_form(entry, &mut |form, role| {
            if !matches!(role, FormRole::Name | FormRole::Short) || reported.contains(form) {
                return;
            }
            let others = others(audit, index, entry, form);
            // Reported at the later of two own entries, so that the first stays the one of reference.
            let is_later = others.iter().any(|other| *other < index || !audit.is_own(audit.lexicon.entry(*other)));
            if is_later {
                reported.insert(form.clone());
                problems.push(report(audit, entry, form, &others));
            }
        });
    }
}

/// The entries that share a form with `entry` and may be mixed up with it.
fn others(audit: &Audit<'_>, index: EntryIndex, entry: &Entry, form: &str) -> Vec<EntryIndex> {
    let targets = audit.lexicon.forms().find(form);
    let names = targets.iter().filter(|target| matches!(target.role, FormRole::Name | FormRole::Short));
    let mut others: Vec<EntryIndex> = names.map(|target| target.entry).filter(|other| *other != index).collect();
    others.sort_unstable();
    others.dedup();
    others.retain(|other| {
        let other_entry = audit.lexicon.entry(*other);
        let comparable = audit.is_own(other_entry) || other_entry.kind() != entry.kind();
        comparable && may_meet(entry, other_entry, form) && !is_known_pair(audit, index, *other)
    });
    others
}

/// Whether both entries may bear the form on one day.
fn may_meet(a: &Entry, b: &Entry, form: &str) -> bool {
    let (a, b) = (times(a, form), times(b, form));
    a.iter().any(|a| b.iter().any(|b| a.may_overlap(b)))
}

/// When an entry bears a form.
fn times(entry: &Entry, form: &str) -> Vec<ValidTime> {
    match &entry.data {
        EntryData::Place(place) => {
            let bears =
                place.versions.iter().filter(|version| version.name == form || version.short.iter().any(|s| s == form));
            bears.map(|version| version.time).collect()
        }
        EntryData::Organization(organization) => vec![organization.time],
        EntryData::Slogan(slogan) => vec![slogan.time],
        EntryData::Person(_) | EntryData::Precedence(_) | EntryData::Term(_) | EntryData::Document(_) => {
            vec![ValidTime::default()]
        }
    }
}

/// Whether the two are places of which one lies in the other: 吉林市 in 吉林省.
fn is_known_pair(audit: &Audit<'_>, a: EntryIndex, b: EntryIndex) -> bool {
    let lies_in = |inner: EntryIndex, outer: EntryIndex| {
        let versions = audit.lexicon.entry(inner).place().map(|place| place.versions.as_slice()).unwrap_or_default();
        let days = versions.iter().filter_map(|version| version.time.end.or(version.time.start));
        let today = EdtfDate::from_day(audit.options.today);
        days.chain([today]).any(|day| audit.lexicon.ancestors(inner, day).contains(&outer))
    };
    let both_places = [a, b].iter().all(|index| audit.lexicon.kind(*index) == EntryKind::Place);
    both_places && (lies_in(a, b) || lies_in(b, a))
}

fn report(audit: &Audit<'_>, entry: &Entry, form: &str, others: &[EntryIndex]) -> Problem {
    let named: Vec<Message> = others.iter().take(NAMED).map(|other| audit.named(audit.lexicon.entry(*other))).collect();
    let zh: Vec<&str> = named.iter().map(|name| name.zh.as_str()).collect();
    let en: Vec<&str> = named.iter().map(|name| name.en.as_str()).collect();
    let (mut zh, mut en) =
        (format!("“{form}”也是 {} 的写法", zh.join("、")), format!("“{form}” also stands for {}", en.join(", ")));
    if others.len() > NAMED {
        zh = format!("{zh}，共另有 {} 个词条", others.len());
        en = format!("{en} and {} more", others.len() - NAMED);
    }
    let mut problem = audit.problem(ProblemCode::SharedForm, entry, audit.form_span(entry, form), Message::new(zh, en));
    let others = others.iter().take(NAMED).map(|other| audit.lexicon.entry(*other));
    problem.related = others.filter_map(|other| audit.related(other)).collect();
    problem
}
