//! P203: the post was not yet held on that day.

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
        lexicon: LEXICON,
        text: "---\ndate: 2021-06-01\n---\n\n⟦长春市委书记⟧林一鸣出席会议。",
        fixed: Some("---\ndate: 2021-06-01\n---\n\n省委宣传部长林一鸣出席会议。"),
    }],
    good: &[
        Example { lexicon: LEXICON, text: "长春市委书记林一鸣出席会议。", fixed: None },
        Example {
            lexicon: LEXICON,
            text: "---\ndate: 2022-03-01\n---\n\n拟任长春市委书记林一鸣参加谈话。",
            fixed: None,
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
"#;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (mention, person) in context.resolved(EntryKind::Person) {
        let early: Vec<(&PrintedPost, usize)> = standings(context, mention, person)
            .into_iter()
            .filter_map(|(post, standing)| early(post, standing))
            .collect();
        if let (Some((first, _)), Some((last, _))) = (early.first(), early.last()) {
            let span = Span::new(first.content.start, last.content.end);
            findings.push(report(context, mention, person, span, &early));
        }
    }
}

fn early(post: &PrintedPost, standing: Standing) -> Option<(&PrintedPost, usize)> {
    let said = post.qualifier.is_some_and(|qualifier| qualifier.tense.is_not_now());
    match standing {
        Standing::Held(InForce::NotYet, position) if !said && post.clear => Some((post, position)),
        _ => None,
    }
}

fn report(
    context: &Context<'_>,
    mention: &Mention,
    person: EntryIndex,
    span: Span,
    early: &[(&PrintedPost, usize)],
) -> Finding {
    let (name, words) = (&mention.text, context.words(mention.block, span));
    let change = right_title(context, mention, person, &early.iter().map(|(post, _)| *post).collect::<Vec<_>>());
    let since = early.first().map(|(_, position)| context.since(person, *position)).unwrap_or_default();
    let (mut zh, mut en) = (
        format!("{name}{}尚未任“{words}”{}", context.as_of.in_chinese(), since.zh),
        format!("on {} {name} did not yet hold “{words}”{}", context.as_of, since.en),
    );
    if let Some(change) = &change {
        zh += &format!("；当日职务是“{}”", change.text);
        en += &format!("; the post that day was “{}”", change.text);
    }
    let finding = context.finding(&RULE, mention.block, span, Message::new(zh, en)).with_entry(person);
    let finding = early
        .iter()
        .fold(finding, |finding, (_, position)| finding.with_evidence(context.post_evidence(person, *position)));
    match change {
        Some(change) => {
            let title = Message::new(format!("改为“{}”", change.text), format!("replace with “{}”", change.text));
            finding.with_fix(context.replace(title, false, mention.block, change.span, change.text))
        }
        None => finding,
    }
}
