//! S106: the wording was not yet coined on that day.

use jiff::ToSpan;

use super::{
    context::Context,
    example_lexicon::RENEWED,
    finding::{Finding, Severity},
    history::is_told_in_its_time,
    rule::{Example, Rule, Text},
};
use crate::{
    lang::Message,
    lexicon::{Entry, EntryIndex, EntryKind, FormRole, InForce, SETTLING_DAYS, entry::Slogan},
};

pub(super) const RULE: Rule = Rule {
    code: "S106",
    name: "premature-slogan",
    severity: Severity::Warning,
    default_on: true,
    time_based: true,
    summary: Text { zh: "提法当日尚未提出", en: "the wording was not yet coined on that day" },
    why: Text {
        zh: "修改旧稿、写回顾时，容易把后来的提法写到以前。词库注明首次提出日期的才报；日期不确定的期间、取代旧表述之前的三个月、句中另有更晚年份的（展望与后记），不报。",
        en: "Later formulations slip into earlier texts. Reported only if the lexicon has the first day of use; not inside \
             an uncertain period, in the three months before it replaced an older wording, or in sentences that name a \
             later year.",
    },
    bad: &[Example {
        lexicon: RENEWED, text: "---\ndate: 2019-06-01\n---\n\n坚持“⟦四步走防汛战略⟧”。", fixed: None
    }],
    good: &[
        Example { lexicon: RENEWED, text: "坚持“四步走防汛战略”。", fixed: None },
        Example {
            lexicon: RENEWED, text: "---\ndate: 2020-06-15\n---\n\n坚持“四步走防汛战略”。", fixed: None
        },
        Example {
            lexicon: RENEWED, text: "---\ndate: 2020-04-15\n---\n\n坚持“四步走防汛战略”。", fixed: None
        },
        Example {
            lexicon: RENEWED,
            text: "---\ndate: 2019-06-01\n---\n\n编者注：2020年起，这一做法称为“四步走防汛战略”。",
            fixed: None,
        },
    ],
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (mention, entry) in context.resolved(EntryKind::Slogan) {
        let Some(slogan) = context.entry(entry).slogan() else { continue };
        // A short variant may be an older expression.
        let early = slogan.time.on(context.as_of) == InForce::NotYet && !is_about_to_replace(context, entry, slogan);
        if mention.role != FormRole::Name || !early || is_told_in_its_time(context, mention, &slogan.time) {
            continue;
        }
        let start = slogan.time.start.map(|start| start.in_chinese()).unwrap_or_default();
        let message = Message::new(
            format!("“{}”{start}才提出，晚于稿件日期 {}", mention.text, context.as_of),
            format!("“{}” was coined later than the draft's date {}", mention.text, context.as_of),
        );
        let finding = context.finding(&RULE, mention.block, mention.content, message);
        findings.push(finding.with_evidence(context.slogan_evidence(entry)));
    }
}

/// Whether the wording takes the place of an older one soon after the day: near a change both are in use.
fn is_about_to_replace(context: &Context<'_>, entry: EntryIndex, slogan: &Slogan) -> bool {
    let id = &context.entry(entry).id;
    let replaces = |(_, older): (EntryIndex, &Entry)| {
        older.slogan().is_some_and(|older| older.superseded_by.as_ref().is_some_and(|newer| newer == id))
    };
    let soon = context.as_of.latest().saturating_add(SETTLING_DAYS.days());
    slogan.time.start.is_some_and(|start| start.earliest() <= soon) && context.lexicon().written_entries().any(replaces)
}
