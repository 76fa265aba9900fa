//! Findings that someone lets stand: directives in the draft, waivers in hegao.toml.

use jiff::civil::Date;

use super::{
    context::Context,
    finding::{Finding, Severity},
    rule::Rule,
    unused_ignore,
};
use crate::{
    config::Waiver,
    text::{Directive, DirectiveKind, Draft, Span},
};

/// What silences findings beside the draft's own directives, and which rules were asked for.
pub struct Suppression<'a> {
    /// The waivers for the draft's path.
    pub waivers: &'a [&'a Waiver],
    /// The day of the check, by which waivers end.
    pub today: Date,
    /// Whether the front end asked for this rule. What a directive would have silenced is not known of a
    /// rule that did not run.
    pub is_selected: &'a dyn Fn(&Rule) -> bool,
    /// How grave findings of a rule count in the draft; `None` if it is off.
    pub level: &'a dyn Fn(&Rule) -> Option<Severity>,
}

/// Leaves out the findings that a directive or a waiver silences, and adds those of A103: directives that
/// silence nothing, waivers past their date.
pub fn suppress(context: &Context<'_>, mut findings: Vec<Finding>, suppression: &Suppression<'_>) -> Vec<Finding> {
    let draft = context.draft;
    let ranges: Vec<Option<Span>> = (0..draft.directives.len()).map(|index| reach(draft, index)).collect();
    let mut used = vec![false; ranges.len()];
    let mut expired: Vec<Finding> = Vec::new();
    findings.retain(|finding| {
        let mut is_silent = false;
        for (index, range) in ranges.iter().enumerate() {
            let covers = range.is_some_and(|range| range.contains(finding.span.start));
            if covers && names(&draft.directives[index], finding) {
                used[index] = true;
                is_silent = true;
            }
        }
        for waiver in suppression.waivers.iter().filter(|waiver| covers(waiver, draft, finding)) {
            if is_past(waiver, suppression.today) {
                expired.push(unused_ignore::past_waiver(finding, waiver));
            } else {
                is_silent = true;
            }
        }
        !is_silent
    });
    let Some(severity) = (suppression.level)(&unused_ignore::RULE) else { return findings };
    let unused = (0..used.len()).filter(|index| !used[*index] && ranges[*index].is_some());
    let mut reported: Vec<Finding> = unused_ignore::faulty_directives(draft);
    reported.extend(unused.filter_map(|index| unused_ignore::unused(context, index, suppression)));
    reported.extend(expired);
    reported.retain(|finding| {
        let directives = ranges.iter().zip(&draft.directives);
        !directives.into_iter().any(|(range, directive)| {
            let covers = range.is_some_and(|range| range.contains(finding.span.start));
            covers && directive.span != finding.span && !directive.codes.is_empty() && names(directive, finding)
        })
    });
    let rule_severity = unused_ignore::RULE.severity;
    for finding in &mut reported {
        finding.severity = if severity > rule_severity { severity } else { finding.severity.min(severity) };
    }
    findings.extend(reported);
    findings.sort_by(|a, b| (a.span, a.code).cmp(&(b.span, b.code)));
    findings.dedup();
    findings
}

/// Whether a directive of the draft silences the finding.
pub fn is_ignored(draft: &Draft, finding: &Finding) -> bool {
    let mut directives = draft.directives.iter().enumerate();
    directives.any(|(index, directive)| {
        reach(draft, index).is_some_and(|range| range.contains(finding.span.start)) && names(directive, finding)
    })
}

/// Whether the directive is meant for the finding's rule; one without codes is meant for all.
fn names(directive: &Directive, finding: &Finding) -> bool {
    let named = |code: &str| code == finding.rule || finding.code.starts_with(&code.to_ascii_uppercase());
    directive.codes.is_empty() || directive.codes.iter().any(|code| named(&code.value))
}

/// Whether the waiver is meant for this finding: its rule, and its words hold the reported ones.
fn covers(waiver: &Waiver, draft: &Draft, finding: &Finding) -> bool {
    let is_rule = waiver.rule == finding.rule || waiver.rule.eq_ignore_ascii_case(finding.code);
    let words = waiver.text.as_str();
    if !is_rule || words.is_empty() {
        return false;
    }
    let text = &*draft.text;
    let from = text.floor_char_boundary(finding.span.end.saturating_sub(words.len()));
    let to = text.ceil_char_boundary((finding.span.start + words.len()).min(text.len()));
    let around = text.get(from..to).unwrap_or_default();
    let place = |at: usize| Span::new(from + at, from + at + words.len());
    around.match_indices(words).any(|(at, _)| place(at).covers(finding.span))
}

fn is_past(waiver: &Waiver, today: Date) -> bool {
    waiver.until.is_some_and(|until| until.latest() < today)
}
/// The bytes of the draft that a directive covers.
fn reach(draft: &Draft, index: usize) -> Option<Span> {
    let directive = &draft.directives[index];
    let (start, end) = (directive.span.start, directive.span.end);
    let next_block_line = || {
        let block =
            draft.blocks.iter().find(|block| block.span.end > end && block.span.start >= line_end(draft, end))?;
        Some(line_end(draft, block.span.start))
    };
    match &directive.kind {
        DirectiveKind::Ignore => {
            Some(Span::new(line_start(draft, start), next_block_line().unwrap_or_else(|| line_end(draft, end))))
        }
        DirectiveKind::IgnoreNextLine => {
            let next = line_end(draft, end);
            Some(Span::new(next, next_block_line().unwrap_or(next)))
        }
        DirectiveKind::IgnoreStart => {
            let close = draft.directives[index + 1..].iter().find(|other| other.kind == DirectiveKind::IgnoreEnd);
            Some(Span::new(start, close.map_or(draft.text.len(), |close| close.span.end)))
        }
        DirectiveKind::IgnoreFile => Some(Span::new(0, draft.text.len() + 1)),
        DirectiveKind::IgnoreEnd | DirectiveKind::Unknown(_) => None,
    }
}

fn line_start(draft: &Draft, at: usize) -> usize {
    draft.text[..at].rfind(['\n', '\r']).map_or(0, |newline| newline + 1)
}

fn line_end(draft: &Draft, at: usize) -> usize {
    draft.text[at..].find(['\n', '\r']).map_or(draft.text.len(), |newline| at + newline)
}
