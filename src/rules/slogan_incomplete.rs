//! S103: a part of a formulation is dropped inside quotation marks.

use super::{
    context::Context,
    example_lexicon::COMPONENTS,
    finding::{Finding, Severity},
    rule::{Example, Rule, Text},
    slogan_parts::{is_accepted, is_whole, run_span},
};
use crate::{
    analysis::{ComponentRun, is_quoted},
    lang::Message,
    lexicon::entry::Slogan,
};

pub(super) const RULE: Rule = Rule {
    code: "S103",
    name: "slogan-incomplete",
    severity: Severity::Warning,
    default_on: true,
    time_based: false,
    summary: Text {
        zh: "引号内的提法漏了一项", en: "a part of a formulation is dropped inside quotation marks"
    },
    why: Text {
        zh: "整条加引号就是引原话，各项应当写全。只报次序不变、恰好漏一项、其余逐项紧接的；不加引号的节略说法、\
             另有提法与之相合的、词库注明不讲次序的，不报。",
        en: "What stands in quotation marks as a whole is quoted, with all its parts. Reported only if exactly one is \
             missing and the others stand side by side in their order; shortened forms without quotation marks, and \
             formulations without a fixed order, are left alone.",
    },
    bad: &[
        Example {
            lexicon: COMPONENTS,
            text: "要落实“⟦防汛要抓早、救灾要抓快⟧”的要求。",
            fixed: Some("要落实“防汛要抓早、抗旱要抓实、救灾要抓快”的要求。"),
        },
        Example {
            lexicon: COMPONENTS,
            text: "要落实“⟦防汛要抓早，抗旱要抓实⟧”的要求。",
            fixed: Some("要落实“防汛要抓早，抗旱要抓实，救灾要抓快”的要求。"),
        },
    ],
    good: &[
        Example { lexicon: COMPONENTS, text: "防汛要抓早、救灾要抓快，一刻不能放松。", fixed: None },
        Example {
            lexicon: COMPONENTS, text: "“防汛要抓早”是第一位的。“救灾要抓快、防汛要抓早”。", fixed: None
        },
        Example {
            lexicon: COMPONENTS, text: "他说：“防汛要抓早、救灾要抓快是老经验。”", fixed: None
        },
        Example { lexicon: COMPONENTS, text: "写好“山文章、水文章”。", fixed: None },
    ],
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (block, analysis) in context.analysis.blocks.iter().enumerate() {
        for run in &analysis.component_runs {
            let Some(slogan) = context.entry(run.entry).slogan() else { continue };
            let span = run_span(run);
            if let Some(missing) = missing_part(run, slogan)
                && is_whole(slogan)
                && is_quoted(&context.draft.blocks[block].content.text, span)
                && !is_accepted(context, block, span)
            {
                findings.push(report(context, block, run, slogan, missing));
            }
        }
    }
}

/// The only part that is missing from a run in the right order.
fn missing_part(run: &ComponentRun, slogan: &Slogan) -> Option<usize> {
    let positions: Vec<usize> = run.parts.iter().map(|(position, _)| usize::from(*position)).collect();
    let in_order = positions.windows(2).all(|pair| pair[0] < pair[1]);
    let all_but_one = positions.len() + 1 == slogan.components.len();
    let missing = (0..slogan.components.len()).find(|position| !positions.contains(position))?;
    (slogan.ordered && in_order && all_but_one).then_some(missing)
}

fn report(context: &Context<'_>, block: usize, run: &ComponentRun, slogan: &Slogan, missing: usize) -> Finding {
    let (part, span) = (&slogan.components[missing], run_span(run));
    let message = Message::new(
        format!("引号内的提法漏了“{part}”；规范表述是“{}”", slogan.text),
        format!("“{part}” is missing; the wording is “{}”", slogan.text),
    );
    let text = context.draft.blocks[block].content.text.as_str();
    let separator = run.parts.first().zip(run.parts.get(1)).map_or("、", |((_, a), (_, b))| &text[a.end..b.start]);
    let right = slogan.components.join(separator);
    let title = Message::new(format!("补上“{part}”"), format!("put in “{part}”"));
    let fix = context.replace(title, true, block, span, right);
    context.finding(&RULE, block, span, message).with_evidence(context.slogan_evidence(run.entry)).with_fix(fix)
}
