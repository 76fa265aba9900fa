//! X103: a period that ends before it starts.

use super::{
    context::Audit,
    rule::{AuditRule, example},
};
use crate::{
    lang::{Message, Text},
    lexicon::{Entry, EntryData, Problem, ProblemCode, ValidTime},
    text::Span,
};

pub(super) const RULE: AuditRule = AuditRule {
    code: ProblemCode::EndBeforeStart,
    name: "end-before-start",
    summary: Text { zh: "结束日期早于开始日期", en: "an end before its start" },
    why: Text {
        zh: "这样的期间没有一天成立，与之有关的核对都会失灵。年、月精度的日期按整段比较，能说得通就不报告。",
        en: "Such a period holds on no day, and every check that depends on it fails. Dates of a year or a month are compared as a whole period; what may be right is not reported.",
    },
    bad: &[example(
        "[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\nsources = [\"通稿\"]\n[[person.post]]\ntitle = \"吉林省副省长\"\nstart = \"2022-06-24\"\nend = ⟦\"2021-10\"⟧\n",
    )],
    good: &[example(
        "[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\nsources = [\"通稿\"]\n[[person.post]]\ntitle = \"吉林省副省长\"\nstart = \"2022-06-24\"\nend = \"2022\"\n",
    )],
    check: Some(check),
};

fn check(audit: &Audit<'_>, problems: &mut Vec<Problem>) {
    for (_, entry) in audit.own() {
        let mut report = |time: &ValidTime, span: Span| {
            let (Some(start), Some(end)) = (time.start, time.end) else { return };
            let message = Message::new(
                format!("结束于 {end}，早于开始的 {start}"),
                format!("ends {end}, before it starts on {start}"),
            );
            problems.push(audit.problem(ProblemCode::EndBeforeStart, entry, span, message));
        };
        let own_time = match &entry.data {
            EntryData::Person(person) => {
                for (position, post) in person.posts.iter().enumerate().filter(|(_, post)| post.time.is_reversed()) {
                    let keys = [format!("post.{position}.end"), format!("post.{position}")];
                    report(&post.time, audit.at(entry, &keys.each_ref().map(String::as_str)));
                }
                continue;
            }
            EntryData::Place(place) => {
                for version in place.versions.iter().filter(|version| version.time.is_reversed()) {
                    report(&version.time, version_end(audit, entry, &version.time));
                }
                continue;
            }
            EntryData::Organization(organization) => organization.time,
            EntryData::Slogan(slogan) => slogan.time,
            EntryData::Precedence(precedence) => precedence.time,
            EntryData::Term(_) | EntryData::Document(_) => continue,
        };
        if own_time.is_reversed() {
            report(&own_time, audit.at(entry, &["end"]));
        }
    }
}

/// Where the end of the version with this time is written. The states of a place are in order of
/// time, not of the file.
fn version_end(audit: &Audit<'_>, entry: &Entry, time: &ValidTime) -> Span {
    let Some(end) = time.end.map(|end| end.to_string()) else { return audit.at(entry, &["end"]) };
    let file = audit.lexicon.file(entry.file);
    let ends = entry.fields.iter().filter(|(name, _)| name == "end" || name.starts_with("version."));
    let mut stated = ends.filter(|(name, span)| {
        let is_row = !name.ends_with("end");
        let text = file.slice(*span);
        if is_row { text.contains(&end) && !name.contains(".start") } else { text.trim_matches(['"', '\'']) == end }
    });
    stated
        .find(|(name, _)| name.ends_with("end") || name.matches('.').count() == 1)
        .map_or_else(|| audit.at(entry, &["name"]), |(_, span)| *span)
}
