//! X113: an entry that nobody has looked at for long.

use jiff::{Span as TimeSpan, civil::Date};

use super::{
    context::Audit,
    rule::{AuditRule, example},
};
use crate::{
    lang::{Message, Text},
    lexicon::{Entry, Problem, ProblemCode},
};

pub(super) const RULE: AuditRule = AuditRule {
    code: ProblemCode::StaleEntry,
    name: "stale-entry",
    summary: Text { zh: "词条已久未复核", en: "an entry that nobody has looked at for long" },
    why: Text {
        zh: "hegao.toml 写有 [lexicon] review_months = N 时才查：复核日期 reviewed 距今超过 N 个月即报告；没有 reviewed 的词条，每个文件只报告一次。",
        en: "Only if hegao.toml has [lexicon] review_months = N: reported once the date under `reviewed` is more than N months ago; entries without `reviewed` are reported once a file.",
    },
    bad: &[example("[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\nreviewed = ⟦\"2019-01\"⟧\n")],
    good: &[example("[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\nreviewed = \"2026\"\n")],
    check: Some(check),
};

fn check(audit: &Audit<'_>, problems: &mut Vec<Problem>) {
    let Some(months) = audit.options.review_months else { return };
    let limit = audit.options.today.saturating_sub(TimeSpan::new().months(i32::from(months)));
    let own: Vec<&Entry> = audit.own().map(|(_, entry)| entry).collect();
    for file in own.chunk_by(|a, b| a.file == b.file) {
        problems.extend(file.iter().filter_map(|entry| stale(audit, entry, months, limit)));
        problems.extend(never_reviewed(audit, file));
    }
}

fn stale(audit: &Audit<'_>, entry: &Entry, months: u16, limit: Date) -> Option<Problem> {
    let reviewed = entry.reviewed.filter(|reviewed| reviewed.latest() < limit)?;
    let message = Message::new(
        format!("{} 上次复核是 {reviewed}，已超过 {months} 个月；复核后请改 reviewed", entry.name()),
        format!(
            "{} was last reviewed {reviewed}, more than {months} months ago; look at it and set `reviewed`",
            entry.name()
        ),
    );
    Some(audit.problem(ProblemCode::StaleEntry, entry, audit.at(entry, &["reviewed", "name", "id"]), message))
}

fn never_reviewed(audit: &Audit<'_>, file: &[&Entry]) -> Option<Problem> {
    let mut without = file.iter().filter(|entry| entry.reviewed.is_none());
    let first = without.next()?;
    let count = 1 + without.count();
    let message = Message::new(
        format!("此文件有 {count} 个词条没有复核日期（reviewed）"),
        format!("{count} {} of this file never reviewed (`reviewed`)", if count == 1 { "entry" } else { "entries" }),
    );
    Some(audit.problem(ProblemCode::StaleEntry, first, audit.at(first, &["id", "name"]), message))
}
