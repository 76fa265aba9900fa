//! P204: a joint post that is always printed together with another is missing.

use std::collections::HashSet;

use super::{
    context::Context,
    finding::{Finding, Severity},
    rule::{Example, Rule, Text},
    title::{local_title, standings},
};
use crate::{
    analysis::{Mention, PrintedPost, Standing},
    lang::Message,
    lexicon::{EntryIndex, EntryKind, InForce},
    text::{BlockKind, Span},
};

pub(super) const RULE: Rule = Rule {
    code: "P204",
    name: "incomplete-post",
    severity: Severity::Hint,
    default_on: true,
    time_based: true,
    summary: Text {
        zh: "一肩挑的两个职务只写了一个",
        en: "a joint post that is always printed together with another is missing",
    },
    why: Text {
        zh: "纪委书记兼任监委主任，时政报道首次提及一般两职并写。只看正文里第一次带职务的一处；标题、后文、称呼和稿中别处已写全的\
             不提示。",
        en: "A secretary of a commission for discipline inspection also heads the supervisory commission, and reports print \
             both at first mention. Only the first mention with a post in the running text is looked at; headlines and forms \
             of address are left alone.",
    },
    bad: &[Example {
        lexicon: LEXICON,
        text: "省委常委、⟦省纪委书记⟧林一鸣来到白城市。",
        fixed: Some("省委常委、省纪委书记、省监委主任林一鸣来到白城市。"),
    }],
    good: &[
        Example {
            lexicon: LEXICON, text: "省委常委、省纪委书记、省监委主任林一鸣来到白城市。", fixed: None
        },
        Example {
            lexicon: LEXICON,
            text: "省纪委书记、省监委主任林一鸣来到白城市。省纪委书记林一鸣强调，要抓好落实。",
            fixed: None,
        },
        Example {
            lexicon: LEXICON,
            text: "# 省纪委书记林一鸣到白城市调研\n\n省纪委书记、省监委主任林一鸣来到白城市。",
            fixed: None,
        },
        Example {
            lexicon: LEXICON, text: "林一鸣来到白城市。林一鸣书记强调，要抓好落实。", fixed: None
        },
        Example { lexicon: LEXICON, text: "时任省纪委书记林一鸣来到白城市。", fixed: None },
    ],
    check,
};

const LEXICON: &str = r#"
[[person]]
id = "lin-yiming"
name = "林一鸣"
[[person.post]]
title = "吉林省委常委"
place = "220000"
[[person.post]]
title = "吉林省纪委书记"
place = "220000"
[[person.post]]
title = "吉林省监委主任"
place = "220000"
"#;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut seen: HashSet<EntryIndex> = HashSet::new();
    for (mention, person) in context.resolved(EntryKind::Person) {
        let in_text = context.draft.blocks[mention.block].kind != BlockKind::Heading;
        let titled = mention.posts.iter().any(|post| !post.after_name);
        if in_text && titled && seen.insert(person) {
            findings.extend(missing(context, mention, person));
        }
    }
}

fn missing(context: &Context<'_>, mention: &Mention, person: EntryIndex) -> Option<Finding> {
    let standings = standings(context, mention, person);
    let printed: Vec<(&PrintedPost, usize)> = standings
        .iter()
        .filter_map(|(post, standing)| match standing {
            Standing::Held(InForce::Now, position) if post.tense.is_none() && post.clear => Some((*post, *position)),
            _ => None,
        })
        .collect();
    let posts = &context.entry(person).person()?.posts;
    let held = (0..posts.len()).filter(|position| posts[*position].time.on(context.as_of) == InForce::Now);
    let book = context.analyzer.posts();
    let (post, first, second) =
        held.filter(|second| printed.iter().all(|(_, position)| position != second)).find_map(|second| {
            let beside = printed.iter().find(|(_, first)| book.joint(person, *first, second))?;
            Some((beside.0, beside.1, second))
        })?;
    let words = local_title(context, mention, &posts[second]);
    let name = &mention.text;
    let message = Message::new(
        format!("{name}还任“{words}”，首次提及一般并写"),
        format!("{name} is also “{words}”, which is usually printed with it at first mention"),
    );
    let title = Message::new(format!("补“、{words}”"), format!("add “、{words}”"));
    let behind = Span::empty(post.content.end);
    Some(
        context
            .finding(&RULE, mention.block, post.content, message)
            .with_evidence(context.post_evidence(person, first))
            .with_evidence(context.post_evidence(person, second))
            .with_fix(context.replace(title, false, mention.block, behind, format!("、{words}"))),
    )
}
