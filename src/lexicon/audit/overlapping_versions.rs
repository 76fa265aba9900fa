//! X111: two states of a place at one time.

use super::{
    context::Audit,
    rule::{AuditRule, example},
};
use crate::{
    lang::{Message, Text},
    lexicon::{Entry, Problem, ProblemCode, entry::PlaceVersion},
    text::Span,
};

pub(super) const RULE: AuditRule = AuditRule {
    code: ProblemCode::OverlappingVersions,
    name: "overlapping-versions",
    summary: Text { zh: "同一地名的两个时期互相重叠", en: "two states of a place at one time" },
    why: Text {
        zh: "一个地方同一天只能有一个名称、一个代码、一个上级。前一时期的 end 与后一时期的 start 同一天不算重叠；年、月精度的日期按整段比较，能错开就不报告。",
        en: "On one day a place has one name, one code and one parent. An end and the next start on the same day do not overlap; dates of a year or month are compared as a whole period, and what may lie apart is not reported.",
    },
    bad: &[example(
        "[[place]]\nid = \"new-zone\"\nname = \"新开发区\"\nlevel = \"functional-zone\"\nparent = \"220000\"\nsources = [\"公告\"]\n[[place.version]]\nname = \"老开发区\"\nend = \"2020-12-31\"\n[[place.version]]\nname = \"新开发区\"\nstart = ⟦\"2020-01-01\"⟧\n",
    )],
    good: &[example(
        "[[place]]\nid = \"new-zone\"\nname = \"新开发区\"\nlevel = \"functional-zone\"\nparent = \"220000\"\nsources = [\"公告\"]\n[[place.version]]\nname = \"老开发区\"\nend = \"2020\"\n[[place.version]]\nname = \"新开发区\"\nstart = \"2020\"\n",
    )],
    check: Some(check),
};

fn check(audit: &Audit<'_>, problems: &mut Vec<Problem>) {
    for (_, entry) in audit.own() {
        let versions = entry.place().map(|place| place.versions.as_slice()).unwrap_or_default();
        for pair in versions.windows(2).filter(|pair| overlap(&pair[0], &pair[1])) {
            let words = |version: &PlaceVersion| format!("{} {}", version.name, version.time.display());
            let (a, b) = (words(&pair[0]), words(&pair[1]));
            let message = Message::new(
                format!("两个时期重叠：{a}；{b}。请核对起止日期"),
                format!("two states overlap: {a}; {b}; check the dates"),
            );
            let span = start_of(audit, entry, &pair[1]);
            problems.push(audit.problem(ProblemCode::OverlappingVersions, entry, span, message));
        }
    }
}

/// Whether two different states surely hold on more than one day. A state without any date says
/// nothing of its time.
fn overlap(a: &PlaceVersion, b: &PlaceVersion) -> bool {
    let dated = |version: &PlaceVersion| version.time.start.is_some() || version.time.end.is_some();
    let differ = a.name != b.name || a.code != b.code || a.parent != b.parent;
    let (a_days, b_days) = (a.time.certain_days(), b.time.certain_days());
    let (first, last) = (a_days.0.max(b_days.0), a_days.1.min(b_days.1));
    dated(a) && dated(b) && differ && first < last && a_days.0 <= a_days.1 && b_days.0 <= b_days.1
}

/// Where the start of a version is written, else its end or name.
fn start_of(audit: &Audit<'_>, entry: &Entry, version: &PlaceVersion) -> Span {
    let date = version.time.start.or(version.time.end).map(|date| date.to_string()).unwrap_or_default();
    let file = audit.lexicon.file(entry.file);
    let in_version = |name: &str, span: Span| {
        let text = file.slice(span);
        // In CSV a row holds the whole version.
        let is_row = name.matches('.').count() == 1;
        name.starts_with("version.") && (text.trim_matches(['"', '\'']) == date || is_row && text.contains(&date))
    };
    let found = entry.fields.iter().find(|(name, span)| in_version(name, *span)).map(|(_, span)| *span);
    found.unwrap_or_else(|| audit.at(entry, &["start", "name"]))
}
