//! Directives in the draft that silence findings.

use super::finding::Finding;
use crate::text::{Directive, DirectiveKind, Draft, Span};

/// Leaves out the findings that a directive of the draft silences.
pub fn suppress(draft: &Draft, mut findings: Vec<Finding>) -> Vec<Finding> {
    let ranges: Vec<(Span, &Directive)> = (0..draft.directives.len())
        .filter_map(|index| Some((reach(draft, index)?, &draft.directives[index])))
        .collect();
    findings.retain(|finding| {
        !ranges.iter().any(|(range, directive)| range.contains(finding.span.start) && names(directive, finding))
    });
    findings
}

/// Whether the directive is meant for the finding's rule; one without codes is meant for all.
fn names(directive: &Directive, finding: &Finding) -> bool {
    let named = |code: &str| code == finding.rule || finding.code.starts_with(&code.to_ascii_uppercase());
    directive.codes.is_empty() || directive.codes.iter().any(|code| named(&code.value))
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
