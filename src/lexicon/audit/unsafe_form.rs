//! X112: a form that stands for too many other things.

use std::{collections::HashSet, sync::LazyLock};

use super::{
    context::Audit,
    rule::{AuditRule, example},
};
use crate::{
    lang::{Message, Text},
    lexicon::{FormRole, Problem, ProblemCode, forms::each_form},
};

pub(super) const RULE: AuditRule = AuditRule {
    code: ProblemCode::UnsafeForm,
    name: "unsafe-form",
    summary: Text { zh: "写法太短或太常见，容易误认", en: "a form too short or too common to be safe" },
    why: Text {
        zh: "单字和“的”“同志”“书记”“省委”一类的词，稿件里随处可见，作了简称或别名就会到处误认。职务和机关的通称不必写，核对时由属地推断。",
        en: "Single characters and words such as 的, 同志, 书记 or 省委 stand everywhere in drafts and would be mistaken for the entry. General names of posts and bodies need not be listed: they follow from the jurisdiction.",
    },
    bad: &[
        example(
            "[[organization]]\nid = \"jl-committee\"\nname = \"中国共产党吉林省委员会\"\nshort = [\"吉林省委\", ⟦\"省委\"⟧]\nsources = [\"官网\"]\n",
        ),
        example("[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\nother_names = [⟦\"林\"⟧]\n"),
    ],
    good: &[example(
        "[[organization]]\nid = \"jl-committee\"\nname = \"中国共产党吉林省委员会\"\nshort = [\"吉林省委\"]\nsources = [\"官网\"]\n",
    )],
    check: Some(check),
};

static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../data/common_words.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

fn check(audit: &Audit<'_>, problems: &mut Vec<Problem>) {
    for (_, entry) in audit.own() {
        each_form(entry, &mut |form, role| {
            let mut characters = form.chars();
            let single = characters.next().is_some() && characters.next().is_none();
            let common = COMMON.contains(form.as_str());
            // A deprecated form may well be a common word: that is what the term is about.
            let by_intention = !single && matches!(role, FormRole::Deprecated(_) | FormRole::Wrong(_));
            if by_intention || !single && !common {
                return;
            }
            let message = if single {
                Message::new(
                    format!("“{form}”只有一个字，会到处误认；请删去，或改用较长的写法"),
                    format!(
                        "“{form}” is a single character and would be found everywhere; drop it or use a longer form"
                    ),
                )
            } else {
                Message::new(
                    format!("“{form}”太常见，会到处误认；请删去，或改用较长的写法"),
                    format!("“{form}” is a common word and would be found everywhere; drop it or use a longer form"),
                )
            };
            problems.push(audit.problem(ProblemCode::UnsafeForm, entry, audit.form_span(entry, form), message));
        });
    }
}
