//! P501: an official title with a name the lexicon lacks.

use std::collections::HashSet;

use super::{
    context::Context,
    finding::{Addition, Finding, Severity},
    name_slip::name_slips,
    rule::{Example, Rule, Text},
    title::new_post,
};
use crate::{
    analysis::{Body, UnknownName},
    lang::Message,
    text::Span,
};

pub(super) const RULE: Rule = Rule {
    code: "P501",
    name: "unknown-official",
    severity: Severity::Hint,
    default_on: false,
    time_based: false,
    summary: Text { zh: "带职务的姓名词库中没有", en: "an official title with a name the lexicon lacks" },
    why: Text {
        zh: "给正在建词库的编辑部用：开启后逐一列出词库还没有的人，可在编辑器里直接加入。词库收得再全也收不完，所以默认关闭。",
        en: "For a desk that is building its lexicon: lists whom it lacks, to be added from the editor. No lexicon has \
             everybody, so the rule is off by default.",
    },
    bad: &[
        Example {
            lexicon: "", text: "长春市委书记⟦石长明⟧出席会议。石长明强调，要抓好落实。", fixed: None
        },
        Example { lexicon: "", text: "省委宣传部部长⟦林一鸣⟧来到白城市。", fixed: None },
    ],
    good: &[
        Example { lexicon: "", text: "村民石长明说，路修好了。", fixed: None },
        Example { lexicon: "", text: "长春市委书记办公会召开。", fixed: None },
        Example { lexicon: LEXICON, text: "长春市委书记石长明出席会议。", fixed: None },
    ],
    check,
};

const LEXICON: &str = r#"
[[person]]
id = "shi-changming"
name = "石长明"
"#;

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let misspelt: HashSet<(usize, Span)> = name_slips(context).iter().map(|slip| (slip.block, slip.span)).collect();
    let mut said: HashSet<&str> = HashSet::new();
    for (block, analysis) in context.analysis.blocks.iter().enumerate() {
        for unknown in &analysis.unknown_names {
            let Some(name) = unknown.name.filter(|name| !misspelt.contains(&(block, *name))) else { continue };
            if is_official(unknown) && said.insert(context.words(block, name)) {
                findings.push(report(context, block, name, unknown));
            }
        }
    }
}

/// Whether a post is printed whose body is known: a 主任 or a 经理 alone may be anything.
fn is_official(unknown: &UnknownName) -> bool {
    unknown.posts.iter().any(|post| post.clear && post.post.body != Body::Unsaid)
}

fn report(context: &Context<'_>, block: usize, name: Span, unknown: &UnknownName) -> Finding {
    let written = context.words(block, name);
    let title = context.words(block, unknown.introduction);
    let message =
        Message::new(format!("词库中没有{written}（{title}）"), format!("the lexicon has no {written} ({title})"));
    let posts = unknown.posts.iter().map(|post| new_post(context, block, post)).collect();
    let addition = Addition::Person { name: written.to_owned(), posts };
    context.finding(&RULE, block, name, message).with_addition(addition)
}
