//! P203: the post was not yet held on that day.

use super::{
    context::Context,
    dated_post::{OtherTime, posts_in_state},
    example_lexicon::CHANGED,
    finding::{Finding, Severity},
    rule::{Example, Rule, Text},
};
use crate::{lang::Message, lexicon::InForce};

pub(super) const RULE: Rule = Rule {
    code: "P203",
    name: "future-post",
    severity: Severity::Error,
    default_on: true,
    time_based: true,
    summary: Text { zh: "所写职务当日尚未担任", en: "the post was not yet held on that day" },
    why: Text {
        zh: "修改旧稿、写回顾时，容易把后来的职务写到当时。已注明“拟任”“候任”等字样的、上任日期不精确到当日的，不报。",
        en: "Later posts slip into earlier texts. Posts marked 拟任 or 候任, and days inside an uncertain period, are left \
             alone.",
    },
    bad: &[Example {
        lexicon: CHANGED,
        text: "---\ndate: 2021-06-01\n---\n\n⟦长春市委书记⟧林一鸣出席会议。",
        fixed: Some("---\ndate: 2021-06-01\n---\n\n省委宣传部部长林一鸣出席会议。"),
    }],
    good: &[
        Example { lexicon: CHANGED, text: "长春市委书记林一鸣出席会议。", fixed: None },
        Example {
            lexicon: CHANGED,
            text: "---\ndate: 2022-03-01\n---\n\n拟任长春市委书记林一鸣参加谈话。",
            fixed: None,
        },
    ],
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    findings.extend(posts_in_state(context, InForce::NotYet).iter().map(|early| report(context, early)));
}

fn report(context: &Context<'_>, early: &OtherTime<'_>) -> Finding {
    let (name, day) = (&early.mention.text, context.as_of);
    let words = context.words(early.mention.block, early.span());
    let since = early.posts.first().map(|(_, position)| context.since(early.person, *position)).unwrap_or_default();
    let message = Message::new(
        format!("{name}{}尚未任“{words}”{}", day.in_chinese(), since.zh),
        format!("on {day} {name} did not yet hold “{words}”{}", since.en),
    );
    early.report(context, &RULE, message, &Message::default())
}
