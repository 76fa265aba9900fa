//! X102: a reference to an entry that is not there.

use smol_str::SmolStr;

use super::{
    context::Audit,
    rule::{AuditExample, AuditRule, example},
};
use crate::{
    lang::{Lang, Message, Text},
    lexicon::{Entry, EntryData, EntryKind, Problem, ProblemCode, sink::distance},
};

pub(super) const RULE: AuditRule = AuditRule {
    code: ProblemCode::DanglingReference,
    name: "dangling-reference",
    summary: Text {
        zh: "引用的词条不存在，或种类不对",
        en: "a reference to an entry that is not there or is of another kind",
    },
    why: Text {
        zh: "organization、parent、place、successor、superseded_by 和排序名单要写词条的 id，地名也可写行政区划代码。对不上的引用不起作用。所需内置词库未启用时，代码无从核对，不报告；乡级代码历史不全，也不报告。",
        en: "organization, parent, place, successor, superseded_by and the people of a precedence list name the id of an entry, places also a GB/T 2260 code. A reference that leads nowhere has no effect. Codes are not reported while the pack they belong to is off, and township codes never, since their history is incomplete.",
    },
    bad: &[
        AuditExample {
            lexicon: "[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\n\n[[precedence]]\nid = \"order\"\npeople = [⟦\"lin-yimin\"⟧]\nsources = [\"通稿\"]\n",
            fixed: Some(
                "[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\n\n[[precedence]]\nid = \"order\"\npeople = [\"lin-yiming\"]\nsources = [\"通稿\"]\n",
            ),
        },
        AuditExample {
            lexicon: "[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\nsources = [\"通稿\"]\n[[person.post]]\ntitle = \"吉林省档案馆馆长\"\norganization = ⟦\"吉林省档案馆\"⟧\n\n[[organization]]\nid = \"jl-archives\"\nname = \"吉林省档案馆\"\nsources = [\"官网\"]\n",
            fixed: Some(
                "[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\nsources = [\"通稿\"]\n[[person.post]]\ntitle = \"吉林省档案馆馆长\"\norganization = \"jl-archives\"\n\n[[organization]]\nid = \"jl-archives\"\nname = \"吉林省档案馆\"\nsources = [\"官网\"]\n",
            ),
        },
        example(
            "[[place]]\nid = \"new-zone\"\nname = \"新开发区\"\nlevel = \"functional-zone\"\nparent = ⟦\"229900\"⟧\nsources = [\"公告\"]\n",
        ),
    ],
    good: &[example(
        "[[place]]\nid = \"new-zone\"\nname = \"新开发区\"\nlevel = \"functional-zone\"\nparent = \"220000\"\nsources = [\"公告\"]\n\n[[organization]]\nid = \"zone-office\"\nname = \"新开发区管委会\"\nplace = \"new-zone\"\nsources = [\"公告\"]\n",
    )],
    check: Some(check),
};

/// Dangling references for which the nearest id is looked for; beyond that a table is wrong as a whole.
const SUGGESTIONS: usize = 200;

fn check(audit: &Audit<'_>, problems: &mut Vec<Problem>) {
    let codes_known = !audit.lexicon.with_code("110000").is_empty();
    let first = problems.len();
    for (_, entry) in audit.own() {
        each_reference(entry, &mut |keys, reference, wanted| {
            if !is_sound(audit, reference, wanted, codes_known) {
                let suggest = problems.len() - first < SUGGESTIONS;
                problems.push(report(audit, entry, keys, reference, wanted, suggest));
            }
        });
    }
}

/// Calls `each` with every reference of an entry: where it may be written, and the kind of its target.
fn each_reference(entry: &Entry, each: &mut dyn FnMut(&[&str], &SmolStr, EntryKind)) {
    let mut one = |key: &str, reference: &Option<SmolStr>, wanted: EntryKind| {
        let row = key.rsplit_once('.').map_or(key, |(row, _)| row);
        reference.iter().for_each(|reference| each(&[key, row], reference, wanted));
    };
    match &entry.data {
        EntryData::Person(person) => {
            for (position, post) in person.posts.iter().enumerate() {
                one(&format!("post.{position}.organization"), &post.organization, EntryKind::Organization);
                one(&format!("post.{position}.place"), &post.place, EntryKind::Place);
            }
        }
        EntryData::Organization(organization) => {
            one("parent", &organization.parent, EntryKind::Organization);
            one("place", &organization.place, EntryKind::Place);
            one("successor", &organization.successor, EntryKind::Organization);
        }
        EntryData::Place(place) => {
            let mut seen: Vec<&SmolStr> = Vec::new();
            for parent in place.versions.iter().filter_map(|version| version.parent.as_ref()) {
                if !seen.contains(&parent) {
                    seen.push(parent);
                    one("parent", &Some(parent.clone()), EntryKind::Place);
                }
            }
            for (position, successor) in place.successors.iter().enumerate() {
                one(&format!("successors.{position}"), &Some(successor.clone()), EntryKind::Place);
            }
        }
        EntryData::Slogan(slogan) => one("superseded_by", &slogan.superseded_by, EntryKind::Slogan),
        EntryData::Precedence(precedence) => {
            for (position, person) in precedence.people.iter().enumerate() {
                one(&format!("people.{position}"), &Some(person.clone()), EntryKind::Person);
            }
        }
        EntryData::Term(_) | EntryData::Document(_) => {}
    }
}

fn is_sound(audit: &Audit<'_>, reference: &str, wanted: EntryKind, codes_known: bool) -> bool {
    if let Some(index) = audit.lexicon.find(reference) {
        return audit.lexicon.kind(index) == wanted;
    }
    let is_code = matches!(reference.len(), 6 | 9 | 12) && reference.bytes().all(|byte| byte.is_ascii_digit());
    let cannot_tell = is_code && (!codes_known || reference.len() > 6);
    wanted == EntryKind::Place && (cannot_tell || !audit.lexicon.with_code(reference).is_empty())
}

fn report(
    audit: &Audit<'_>,
    entry: &Entry,
    keys: &[&str],
    reference: &str,
    wanted: EntryKind,
    suggest: bool,
) -> Problem {
    // A place may state its parent in one of its versions.
    let in_version = entry.fields.iter().find(|(name, span)| {
        name.starts_with("version.") && name.ends_with(".parent") && written(audit, entry, *span) == reference
    });
    let stated = entry.fields.iter().find(|(name, _)| Some(&name.as_str()) == keys.first()).map(|(_, span)| *span);
    let stated = stated.filter(|span| written(audit, entry, *span) == reference);
    let span = stated.or(in_version.map(|(_, span)| *span)).unwrap_or_else(|| audit.at(entry, keys));
    let other = audit.lexicon.find(reference).map(|index| audit.lexicon.kind(index));
    let wanted_zh = wanted.in_words(Lang::Zh);
    let (mut zh, mut en) = match other {
        Some(other) => (
            format!("`{reference}` 是{}词条，此处应为{wanted_zh}词条", other.in_words(Lang::Zh)),
            format!("`{reference}` is of the kind {}, and {} is wanted here", other.name(), wanted.name()),
        ),
        None => (
            format!("词库中没有 `{reference}` 这个{wanted_zh}词条"),
            format!("there is no {} `{reference}` in the lexicon", wanted.name()),
        ),
    };
    let meant = if suggest { meant(audit, reference, wanted) } else { None };
    if let Some((id, _)) = &meant {
        zh += &format!("；是否指 `{id}`？");
        en += &format!("; is `{id}` meant?");
    }
    let mut problem = audit.problem(ProblemCode::DanglingReference, entry, span, Message::new(zh, en));
    problem.fix =
        meant.filter(|(_, certain)| *certain).and_then(|(id, _)| audit.requote(entry, span, &id)).into_iter().collect();
    problem
}

fn written<'a>(audit: &'a Audit<'_>, entry: &Entry, span: crate::text::Span) -> &'a str {
    audit.lexicon.file(entry.file).slice(span).trim_matches(['"', '\''])
}

/// The id that is meant by a reference that leads nowhere, and whether that is certain: the one entry
/// of that name, or the nearest id.
fn meant(audit: &Audit<'_>, reference: &str, wanted: EntryKind) -> Option<(SmolStr, bool)> {
    let of_name = audit.lexicon.forms().find(reference);
    let mut of_name = of_name.iter().map(|target| target.entry).filter(|entry| audit.lexicon.kind(*entry) == wanted);
    if let Some(index) = of_name.next() {
        let only = of_name.all(|other| other == index);
        return only.then(|| (audit.lexicon.entry(index).id.clone(), true));
    }
    let of_kind = audit.own().filter(|(_, entry)| entry.kind() == wanted).map(|(_, entry)| &entry.id);
    let near = of_kind.filter(|id| id.len().abs_diff(reference.len()) <= 3);
    let mut near: Vec<(usize, &SmolStr)> = near.map(|id| (distance(reference, id), id)).collect();
    near.sort();
    let (best, id) = *near.first()?;
    let only = near.get(1).is_none_or(|(second, _)| *second > best);
    (best <= 1 + reference.len() / 6 && only).then(|| (id.clone(), best == 1 && reference.len() >= 6))
}
