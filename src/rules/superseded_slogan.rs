//! S105: the wording was replaced by a newer one by that day.

use super::{
    context::Context,
    example_lexicon::RENEWED,
    finding::{Finding, Severity},
    history,
    rule::{Example, Rule, Text},
};
use crate::{
    analysis::Mention,
    lang::Message,
    lexicon::{EntryIndex, EntryKind, FormRole, InForce, SETTLING_DAYS, ValidTime},
};

pub(super) const RULE: Rule = Rule {
    code: "S105",
    name: "superseded-slogan",
    severity: Severity::Warning,
    default_on: true,
    time_based: true,
    summary: Text {
        zh: "提法当日已由新表述取代", en: "the wording was replaced by a newer one by that day"
    },
    why: Text {
        zh: "提法会更新。词库注明停用日期和新表述的才报；新旧交替的三个月内两种写法皆可；句中另有更早年份或“当时”“那时”等字样的、\
             前面写明时任职务的，不报。",
        en: "Formulations are renewed. Reported only if the lexicon gives the end of the old wording and the new one. For \
             three months after a change both are right; sentences with an earlier year, 当时, 那时 or 时任 are left alone.",
    },
    bad: &[Example {
        lexicon: RENEWED, text: "坚持“⟦三步走防汛方针⟧”。", fixed: Some("坚持“四步走防汛战略”。")
    }],
    good: &[
        Example { lexicon: RENEWED, text: "坚持“四步走防汛战略”。", fixed: None },
        Example { lexicon: RENEWED, text: "2015年提出了“三步走防汛方针”。", fixed: None },
        Example { lexicon: RENEWED, text: "当时提出的“三步走防汛方针”管了几年用。", fixed: None },
        Example {
            lexicon: RENEWED, text: "时任县长的老张把“三步走防汛方针”刻在堤上。", fixed: None
        },
        Example {
            lexicon: RENEWED, text: "---\ndate: 2020-08-20\n---\n\n坚持“三步走防汛方针”。", fixed: None
        },
        Example {
            lexicon: RENEWED, text: "---\ndate: 2019-06-01\n---\n\n坚持“三步走防汛方针”。", fixed: None
        },
    ],
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (mention, entry) in context.resolved(EntryKind::Slogan) {
        let stands = matches!(mention.role, FormRole::Name | FormRole::Short);
        if let Some(newer) = newer_wording(context, entry).filter(|_| stands)
            && !history::is_told_of_the_past(context, mention)
        {
            findings.push(report(context, mention, entry, newer));
        }
    }
}

/// The wording in force that day, if the one printed surely is not.
fn newer_wording(context: &Context<'_>, entry: EntryIndex) -> Option<EntryIndex> {
    let slogan = context.entry(entry).slogan()?;
    let newer = context.lexicon().find(slogan.superseded_by.as_ref()?)?;
    let on_the_day = |time: &ValidTime| time.on_settled(context.as_of, SETTLING_DAYS);
    let ended = on_the_day(&slogan.time) == InForce::Ended;
    let begun = on_the_day(&context.entry(newer).slogan()?.time) == InForce::Now;
    (ended && begun).then_some(newer)
}

fn report(context: &Context<'_>, mention: &Mention, entry: EntryIndex, newer: EntryIndex) -> Finding {
    let (old, new) = (&mention.text, context.entry(newer).name());
    let message = Message::new(format!("“{old}”已由“{new}”取代"), format!("“{old}” has been replaced by “{new}”"));
    let title = Message::new(format!("改为“{new}”"), format!("replace with “{new}”"));
    let fix = context.replace(title, false, mention.block, mention.content, new);
    let finding = context.finding(&RULE, mention.block, mention.content, message);
    finding.with_evidence(context.slogan_evidence(entry)).with_evidence(context.slogan_evidence(newer)).with_fix(fix)
}
