//! A101: `@id` is in no lexicon.

use super::{
    context::Context,
    finding::{Edit, Finding, Fix, Severity},
    rule::{Example, Rule, Text},
};
use crate::{lang::Message, lexicon::EntryIndex, text::Annotation};

pub(super) const RULE: Rule = Rule {
    code: "A101",
    name: "unknown-annotation",
    severity: Severity::Error,
    default_on: true,
    time_based: false,
    summary: Text { zh: "标注的 id 不在词库中", en: "the annotation's id is in no lexicon" },
    why: Text {
        zh: "标注用来确定所指；id 写错，标注就不起作用。",
        en: "An annotation pins an identity; with an unknown id it does nothing.",
    },
    bad: &[
        Example {
            lexicon: LEXICON,
            text: "[林一鸣](@⟦lin-yimin⟧)出席会议。",
            fixed: Some("[林一鸣](@lin-yiming)出席会议。"),
        },
        Example {
            lexicon: LEXICON, text: "[赵某](@⟦zhao-mou⟧)出席会议。", fixed: Some("赵某出席会议。")
        },
    ],
    good: &[Example { lexicon: LEXICON, text: "[林一鸣](@lin-yiming)出席会议。", fixed: None }],
    check,
};

const LEXICON: &str = r#"
[[person]]
id = "lin-yiming"
name = "林一鸣"
"#;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for annotation in context.draft.annotations() {
        if context.lexicon().find(&annotation.id).is_none() {
            findings.push(report(context, &annotation));
        }
    }
}

fn report(context: &Context<'_>, annotation: &Annotation) -> Finding {
    let meant = entries_written(context, annotation);
    let message = Message::new(
        format!("标注 @{} 不在词库中", annotation.id),
        format!("the annotation @{} is in no lexicon", annotation.id),
    );
    let mut finding = Finding {
        code: RULE.code,
        rule: RULE.name,
        severity: RULE.severity,
        message,
        span: annotation.id_span,
        entries: meant.clone(),
        evidence: Vec::new(),
        fixes: Vec::new(),
        addition: None,
    };
    for entry in meant {
        let id = &context.entry(entry).id;
        let title = Message::new(format!("改为 @{id}"), format!("change to @{id}"));
        let edits = vec![Edit { span: annotation.id_span, text: id.to_string() }];
        finding = finding.with_evidence(context.evidence(
            entry,
            "name",
            context.entry(entry).name(),
            Default::default(),
            &[],
        ));
        finding = finding.with_fix(Fix { title, safe: false, edits });
    }
    let text = annotation.text.slice(&context.draft.text).to_owned();
    let title = Message::new("去掉标注", "remove the annotation");
    finding.with_fix(Fix { title, safe: false, edits: vec![Edit { span: annotation.span, text }] })
}

/// The entries that the annotated text is a form of.
fn entries_written(context: &Context<'_>, annotation: &Annotation) -> Vec<EntryIndex> {
    let text = context.words(annotation.block, annotation.content);
    let targets = context.lexicon().forms().find(text);
    let mut entries: Vec<EntryIndex> = targets.iter().map(|target| target.entry).collect();
    entries.dedup();
    entries
}
