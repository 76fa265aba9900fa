//! P202: the post was held, but ended before that day.

use super::{
    context::Context,
    finding::{Finding, Severity},
    rule::{Example, Rule, Text},
    title::{right_title, standings},
};
use crate::{
    analysis::{Mention, PrintedPost, Standing},
    lang::Message,
    lexicon::{EntryIndex, EntryKind, InForce},
    text::Span,
};

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
            lexicon: LEXICON,
            text: "⟦省委宣传部部长⟧林一鸣出席会议。",
            fixed: Some("长春市委书记林一鸣出席会议。"),
        },
        Example {
            lexicon: LEXICON,
            text: "⟦省委统战部部长⟧何文川回忆说，当时条件很苦。",
            fixed: Some("时任省委统战部部长何文川回忆说，当时条件很苦。"),
        },
    ],
    good: &[
        Example { lexicon: LEXICON, text: "时任省委宣传部部长林一鸣出席会议。", fixed: None },
        Example {
            lexicon: LEXICON, text: "原省委统战部部长何文川回忆说，当时条件很苦。", fixed: None
        },
        Example { lexicon: LEXICON, text: "长春市委书记林一鸣出席会议。", fixed: None },
        Example {
            lexicon: LEXICON, text: "---\ndate: 2021-06-01\n---\n\n省委宣传部部长林一鸣出席会议。", fixed: None
        },
    ],
    check,
};

const LEXICON: &str = r#"
[[person]]
id = "lin-yiming"
name = "林一鸣"
[[person.post]]
title = "吉林省委宣传部部长"
place = "220000"
start = "2019-03-02"
end = "2022-03-31"
[[person.post]]
title = "长春市委书记"
place = "220100"
start = "2022-04-01"

[[person]]
id = "he-wenchuan"
name = "何文川"
[[person.post]]
title = "吉林省委统战部部长"
place = "220000"
end = "2020"
"#;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (mention, person) in context.resolved(EntryKind::Person) {
        let ended: Vec<(&PrintedPost, usize)> = standings(context, mention, person)
            .into_iter()
            .filter_map(|(post, standing)| ended(post, standing))
            .collect();
        if let (Some((first, _)), Some((last, _))) = (ended.first(), ended.last()) {
            let span = Span::new(first.content.start, last.content.end);
            findings.push(report(context, mention, person, span, &ended));
        }
    }
}

fn ended(post: &PrintedPost, standing: Standing) -> Option<(&PrintedPost, usize)> {
    let said = post.qualifier.is_some_and(|qualifier| qualifier.tense.is_not_now());
    match standing {
        Standing::Held(InForce::Ended, position) if !said && post.clear => Some((post, position)),
        _ => None,
    }
}

fn report(
    context: &Context<'_>,
    mention: &Mention,
    person: EntryIndex,
    span: Span,
    ended: &[(&PrintedPost, usize)],
) -> Finding {
    let name = &mention.text;
    let words = context.words(mention.block, span);
    let change = right_title(context, mention, person, &ended.iter().map(|(post, _)| *post).collect::<Vec<_>>());
    let until = ended.first().and_then(|(_, position)| context.entry(person).person()?.posts.get(*position)?.time.end);
    let (zh_until, en_until) =
        until.map_or_else(Default::default, |end| (format!("，任职到{}", end.in_chinese()), format!(", until {end}")));
    let (mut zh, mut en) = (
        format!("{name}{}已不任“{words}”{zh_until}", context.as_of.in_chinese()),
        format!("on {} {name} no longer held “{words}”{en_until}", context.as_of),
    );
    let then_fix = |finding: Finding| {
        let title = Message::new("前面加“时任”", "put 时任 before it");
        finding.with_fix(context.replace(title, false, mention.block, Span::new(span.start, span.start), "时任"))
    };
    let finding = |zh: String, en: String| {
        let finding = context.finding(&RULE, mention.block, span, Message::new(zh, en)).with_entry(person);
        ended
            .iter()
            .fold(finding, |finding, (_, position)| finding.with_evidence(context.post_evidence(person, *position)))
    };
    match change {
        Some(change) => {
            zh += &format!("；当日职务是“{}”", change.text);
            en += &format!("; the post that day was “{}”", change.text);
            let title = Message::new(format!("改为“{}”", change.text), format!("replace with “{}”", change.text));
            then_fix(finding(zh, en).with_fix(context.replace(title, false, mention.block, change.span, change.text)))
        }
        None => {
            zh += "；应写新职务，或加“时任”“原”";
            en += "; print the new post, or 时任/原 before this one";
            then_fix(finding(zh, en))
        }
    }
}
