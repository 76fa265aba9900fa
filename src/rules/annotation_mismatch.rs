//! A102: the annotated text is no form of that entry.

use super::{
    context::Context,
    finding::{Edit, Finding, Fix, Severity},
    rule::{Example, Rule, Text},
};
use crate::{
    lang::Message,
    lexicon::EntryIndex,
    text::{Annotation, Span},
};

pub(super) const RULE: Rule = Rule {
    code: "A102",
    name: "annotation-mismatch",
    severity: Severity::Error,
    default_on: true,
    time_based: false,
    summary: Text { zh: "所标文字不是该词条的写法", en: "the annotated text is no form of that entry" },
    why: Text {
        zh: "标注把文字和词条连在一起；文字不是该词条的名称、别名或简称，就是文字或 id 有一处错了。",
        en: "An annotation ties words to an entry; if they are no name or short form of it, one of the two is wrong.",
    },
    bad: &[Example {
        lexicon: LEXICON,
        text: "[⟦高远山⟧](@lin-yiming)出席会议。",
        fixed: Some("[高远山](@gao-yuanshan)出席会议。"),
    }],
    good: &[
        Example {
            lexicon: LEXICON, text: "[林一鸣](@lin-yiming)、[**高远**山](@gao-yuanshan)出席会议。", fixed: None
        },
        Example { lexicon: LEXICON, text: "[林 一鸣](@lin-yiming)出席会议。", fixed: None },
    ],
    check,
};

const LEXICON: &str = r#"
[[person]]
id = "lin-yiming"
name = "林一鸣"
[[person]]
id = "gao-yuanshan"
name = "高远山"
"#;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for annotation in context.draft.annotations() {
        if let Some(entry) = context.lexicon().find(&annotation.id)
            && !is_form(context, entry, context.words(annotation.block, annotation.content))
        {
            findings.push(report(context, &annotation, entry));
        }
    }
}

fn is_form(context: &Context<'_>, entry: EntryIndex, text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let forms = context.lexicon().forms();
    let found = forms.find(&text).iter().any(|target| target.entry == entry);
    let surname_and_post = context.entry(entry).person().is_some_and(|person| is_address(&person.name, &text));
    found || surname_and_post
}

/// 张书记, 张志军同志: a surname or name with a form of address.
fn is_address(name: &str, text: &str) -> bool {
    let surname = name.char_indices().nth(1).map_or(name, |(at, _)| &name[..at]);
    let rest = text.strip_prefix(name).or_else(|| text.strip_prefix(surname)).unwrap_or_default();
    [
        "书记",
        "省长",
        "市长",
        "州长",
        "县长",
        "区长",
        "部长",
        "主任",
        "主席",
        "秘书长",
        "局长",
        "厅长",
        "同志",
        "先生",
        "女士",
        "总书记",
    ]
    .iter()
    .any(|word| rest.ends_with(word))
        || matches!(text, "他" | "她" | "该同志")
}

fn report(context: &Context<'_>, annotation: &Annotation, entry: EntryIndex) -> Finding {
    let (text, name) = (context.words(annotation.block, annotation.content), context.entry(entry).name());
    let message = Message::new(
        format!("“{text}”不是 @{}（{name}）的写法", annotation.id),
        format!("“{text}” is no form of @{} ({name})", annotation.id),
    );
    let evidence = context.evidence(entry, "name", name, Default::default(), &[]);
    let mut finding = context.finding(&RULE, annotation.block, annotation.content, message).with_evidence(evidence);
    let forms = context.lexicon().forms();
    let written = forms.find(text);
    for target in written {
        let id = &context.entry(target.entry).id;
        finding = finding.with_fix(edit(
            annotation.id_span,
            id.to_string(),
            format!("标注改为 @{id}"),
            format!("change the annotation to @{id}"),
        ));
    }
    finding.with_fix(edit(
        annotation.text,
        name.to_owned(),
        format!("文字改为“{name}”"),
        format!("change the text to “{name}”"),
    ))
}

fn edit(span: Span, text: String, zh: String, en: String) -> Fix {
    Fix { title: Message::new(zh, en), safe: false, edits: vec![Edit { span, text }] }
}
