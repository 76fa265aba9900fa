//! S102: the parts of a formulation are transposed.

use super::{
    context::Context,
    example_lexicon::COMPONENTS,
    finding::{Edit, Finding, Fix, Severity},
    rule::{Example, Rule, Text},
    slogan_parts::{is_accepted, is_whole, run_span},
};
use crate::{
    analysis::ComponentRun,
    lang::Message,
    lexicon::{EntryKind, entry::Slogan},
    text::Span,
};

pub(super) const RULE: Rule = Rule {
    code: "S102",
    name: "slogan-order",
    severity: Severity::Warning,
    default_on: true,
    time_based: false,
    summary: Text { zh: "提法各部分次序颠倒", en: "the parts of a formulation are transposed" },
    why: Text {
        zh: "各部分齐全而次序不同才报；只写其中几项的、词库注明不讲次序的，不报。以数字概括的提法，各项须与提法写在同一段。",
        en: "Reported only when all parts stand side by side in another order; selections, and formulations without a fixed \
             order, are left alone. The items of a number phrase must stand in one paragraph with it.",
    },
    bad: &[
        Example {
            lexicon: COMPONENTS,
            text: "要落实“防汛要抓早、⟦救灾要抓快、抗旱要抓实⟧”的要求。",
            fixed: Some("要落实“防汛要抓早、抗旱要抓实、救灾要抓快”的要求。"),
        },
        Example {
            lexicon: COMPONENTS,
            text: "做好“三篇文章”：⟦水文章、山文章⟧、林文章。",
            fixed: Some("做好“三篇文章”：山文章、水文章、林文章。"),
        },
        Example {
            lexicon: COMPONENTS,
            text: "做好“三篇文章”：山文章、⟦林文章和水文章⟧。",
            fixed: Some("做好“三篇文章”：山文章、水文章和林文章。"),
        },
    ],
    good: &[
        Example { lexicon: COMPONENTS, text: "防汛要抓早，抗旱要抓实，救灾要抓快。", fixed: None },
        Example { lexicon: COMPONENTS, text: "救灾要抓快、抗旱要抓实。", fixed: None },
        Example { lexicon: COMPONENTS, text: "水文章、山文章、林文章都要做。", fixed: None },
    ],
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (block, analysis) in context.analysis.blocks.iter().enumerate() {
        for run in &analysis.component_runs {
            let Some(slogan) = context.entry(run.entry).slogan() else { continue };
            if is_transposed(run, slogan)
                && (is_whole(slogan) || is_named(context, block, run))
                && !is_accepted(context, block, run_span(run))
            {
                findings.extend(report(context, block, run, slogan));
            }
        }
    }
}

fn is_transposed(run: &ComponentRun, slogan: &Slogan) -> bool {
    let mut positions: Vec<u16> = run.parts.iter().map(|(position, _)| *position).collect();
    let in_order = positions.is_sorted();
    positions.sort_unstable();
    let complete = positions.iter().copied().eq(0..slogan.components.len() as u16);
    slogan.ordered && complete && !in_order
}

/// Whether the number phrase itself stands in the paragraph.
fn is_named(context: &Context<'_>, block: usize, run: &ComponentRun) -> bool {
    context.resolved_in(block, EntryKind::Slogan).any(|(_, entry)| entry == run.entry)
}

fn report(context: &Context<'_>, block: usize, run: &ComponentRun, slogan: &Slogan) -> Option<Finding> {
    let misplaced: Vec<(usize, Span)> = run
        .parts
        .iter()
        .enumerate()
        .filter(|(index, (position, _))| *index != usize::from(*position))
        .map(|(index, (_, span))| (index, *span))
        .collect();
    let span = Span::new(misplaced.first()?.1.start, misplaced.last()?.1.end);
    let right = slogan.components.join("、");
    let message = Message::new(
        format!("提法各部分次序有误，应为“{right}”"),
        format!("the parts are transposed; the wording is “{right}”"),
    );
    let edits = misplaced
        .iter()
        .map(|(index, span)| Edit { span: context.span(block, *span), text: slogan.components[*index].to_string() });
    let fix = Fix {
        title: Message::new(format!("按“{right}”的次序写"), format!("put in order: “{right}”")),
        safe: true,
        edits: edits.collect(),
    };
    Some(context.finding(&RULE, block, span, message).with_evidence(context.slogan_evidence(run.entry)).with_fix(fix))
}
