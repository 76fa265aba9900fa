//! P202: the post was held, but ended before that day.

use super::{
    context::Context,
    dated_post::{OtherTime, posts_in_state},
    example_lexicon::CHANGED,
    finding::{Finding, Severity},
    rule::{Example, Rule, Text},
};
use crate::{lang::Message, lexicon::InForce, text::Span};

pub(super) const RULE: Rule = Rule {
    code: "P202",
    name: "former-post",
    severity: Severity::Error,
    default_on: true,
    time_based: true,
    summary: Text { zh: "所写职务当日已经卸任", en: "the printed post was held, but ended before that day" },
    why: Text {
        zh: "人事变动后沿用旧职务，是常见差错。应写新职务，或加“时任”“原”。已加这类字样的、卸任日期不精确到当日的，不报。",
        en: "Old titles outlive a change of post. Print the new post, or 时任/原 before the old one. Posts so marked, and \
             days inside an uncertain period, are left alone.",
    },
    bad: &[
        Example {
            lexicon: CHANGED,
            text: "⟦省委宣传部部长⟧林一鸣出席会议。",
            fixed: Some("长春市委书记林一鸣出席会议。"),
        },
        Example {
            lexicon: CHANGED,
            text: "⟦省委统战部部长⟧何文川回忆说，当时条件很苦。",
            fixed: Some("时任省委统战部部长何文川回忆说，当时条件很苦。"),
        },
    ],
    good: &[
        Example { lexicon: CHANGED, text: "时任省委宣传部部长林一鸣出席会议。", fixed: None },
        Example {
            lexicon: CHANGED, text: "省委统战部原部长何文川回忆说，当时条件很苦。", fixed: None
        },
        Example { lexicon: CHANGED, text: "长春市委书记林一鸣出席会议。", fixed: None },
        Example {
            lexicon: CHANGED, text: "---\ndate: 2021-06-01\n---\n\n省委宣传部部长林一鸣出席会议。", fixed: None
        },
    ],
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    findings.extend(posts_in_state(context, InForce::Ended).iter().map(|ended| report(context, ended)));
}

fn report(context: &Context<'_>, ended: &OtherTime<'_>) -> Finding {
    let (name, day, span) = (&ended.mention.text, context.as_of, ended.span());
    let words = context.words(ended.mention.block, span);
    let posts = context.entry(ended.person).person().map(|person| person.posts.as_slice()).unwrap_or_default();
    let until = ended.posts.first().and_then(|(_, position)| posts.get(*position)?.time.end);
    let (zh_until, en_until) =
        until.map_or_else(Default::default, |end| (format!("，任职到{}", end.in_chinese()), format!(", until {end}")));
    let message = Message::new(
        format!("{name}{}已不任“{words}”{zh_until}", day.in_chinese()),
        format!("on {day} {name} no longer held “{words}”{en_until}"),
    );
    let otherwise = Message::new("；应写新职务，或加“时任”“原”", "; print the new post, or 时任/原 before this one");
    let title = Message::new("前面加“时任”", "put 时任 before it");
    let then = context.replace(title, false, ended.mention.block, Span::empty(span.start), "时任");
    ended.report(context, &RULE, message, &otherwise).with_fix(then)
}
