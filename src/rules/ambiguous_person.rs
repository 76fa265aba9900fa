//! P502: more than one person of the lexicon has that name, and the draft does not say which is meant.

use std::collections::HashSet;

use super::{
    context::Context,
    finding::{Edit, Finding, Fix, Severity},
    rule::{Example, Rule, Text},
};
use crate::{
    analysis::{Mention, Resolution},
    lang::Message,
    lexicon::{EntryIndex, EntryKind, InForce},
};

pub(super) const RULE: Rule = Rule {
    code: "P502",
    name: "ambiguous-person",
    severity: Severity::Hint,
    default_on: true,
    time_based: true,
    summary: Text {
        zh: "词库中同名的不止一人，稿中没有写明是哪一位",
        en: "several persons of the lexicon have that name, and the draft does not say which is meant",
    },
    why: Text {
        zh: "不知道是谁，就没法核对职务。写上职务，或加标注 [姓名](@词条) 即可；标注只为核对，发稿时由 hegao strip 去掉。\
             同一姓名一篇只提示一次。",
        en: "Without knowing who is meant, nothing about the name can be verified. Print a post, or annotate the name as \
             [name](@entry); `hegao strip` takes annotations out again. Said once for each name of a draft.",
    },
    bad: &[Example {
        lexicon: LEXICON,
        text: "⟦高远山⟧来到企业，同职工座谈。高远山强调，要抓好落实。",
        fixed: Some("[高远山](@gao-yuanshan-1)来到企业，同职工座谈。高远山强调，要抓好落实。"),
    }],
    good: &[
        Example {
            lexicon: LEXICON, text: "四平市委书记高远山来到企业。高远山强调，要抓好落实。", fixed: None
        },
        Example {
            lexicon: LEXICON, text: "[高远山](@gao-yuanshan-2)来到企业。高远山强调，要抓好落实。", fixed: None
        },
        Example { lexicon: LEXICON, text: "村民高远山说，路修好了。", fixed: None },
    ],
    check,
};

const LEXICON: &str = r#"
[[person]]
id = "gao-yuanshan-1"
name = "高远山"
[[person.post]]
title = "四平市委书记"
place = "220300"
[[person]]
id = "gao-yuanshan-2"
name = "高远山"
[[person.post]]
title = "通化市委书记"
place = "220500"
"#;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let persons = context.analysis.mentions.iter().filter(|mention| mention.kind == EntryKind::Person);
    let mut said: HashSet<&str> = HashSet::new();
    for mention in persons.filter(|mention| mention.resolution == Resolution::Ambiguous) {
        if said.insert(&mention.text) {
            findings.push(report(context, mention));
        }
    }
}

fn report(context: &Context<'_>, mention: &Mention) -> Finding {
    let (name, number) = (&mention.text, mention.candidates.len());
    let message = Message::new(
        format!("词库中有 {number} 位{name}，稿中没有写明是哪一位"),
        format!("{number} persons of the lexicon are named {name}; the draft does not say which is meant"),
    );
    let finding = context.finding(&RULE, mention.block, mention.content, message);
    mention.candidates.iter().fold(finding, |finding, person| {
        let post = telling_post(context, *person);
        let finding = match post {
            Some(position) => finding.with_evidence(context.post_evidence(*person, position)),
            None => finding.with_evidence(context.evidence(*person, "name", name.as_str(), Default::default(), &[])),
        };
        match annotating(context, mention, *person, post) {
            Some(fix) => finding.with_fix(fix),
            None => finding,
        }
    })
}

/// The post by which the person is known that day: one held, else the last one listed.
fn telling_post(context: &Context<'_>, person: EntryIndex) -> Option<usize> {
    let posts = &context.entry(person).person()?.posts;
    let held = posts.iter().position(|post| post.time.on(context.as_of) == InForce::Now);
    held.or(posts.len().checked_sub(1))
}

/// Annotates the name; `None` where markup stands inside it or the draft has no annotations.
fn annotating(context: &Context<'_>, mention: &Mention, person: EntryIndex, post: Option<usize>) -> Option<Fix> {
    let entry = context.entry(person);
    let post = post.and_then(|position| Some(entry.person()?.posts.get(position)?.title.as_str())).unwrap_or_default();
    let (id, name) = (&entry.id, &mention.text);
    let title = Message::new(format!("标注为 @{id}（{post}）"), format!("annotate as @{id} ({post})"));
    let edits = vec![Edit { span: mention.span, text: format!("[{name}](@{id})") }];
    let block = &context.draft.blocks[mention.block];
    let is_possible = context.draft.format.has_annotations() && block.is_contiguous(mention.content);
    is_possible.then_some(Fix { title, safe: false, edits })
}
