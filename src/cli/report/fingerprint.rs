//! Fingerprints: what makes a finding the same finding after edits elsewhere in the draft.

use std::collections::HashMap;

use crate::{rules::Finding, text::Span};

/// Characters on either side of the reported words that belong to a fingerprint.
const CONTEXT: usize = 12;

/// The fingerprints of a draft's findings, one for one: 16 hexadecimal digits each, different within the
/// draft. They depend on the rule, the reported words, what stands next to them in their line, and, for
/// findings alike in all that, on their order; not on lines or offsets.
pub(in crate::cli) fn of_all(findings: &[Finding], text: &str) -> Vec<String> {
    let mut seen: HashMap<u64, u64> = HashMap::new();
    let of = |finding: &Finding| {
        let print = of_words(finding.code, finding.span, text);
        let before = seen.entry(print).or_default();
        *before += 1;
        let print = if *before == 1 { print } else { fnv(fnv(OFFSET, &print.to_le_bytes()), &before.to_le_bytes()) };
        format!("{print:016x}")
    };
    findings.iter().map(of).collect()
}

/// The fingerprint of a finding within all drafts.
pub(super) fn with_path(path: &str, print: &str) -> String {
    format!("{:016x}", fnv(fnv(OFFSET, path.as_bytes()), print.as_bytes()))
}

fn of_words(code: &str, span: Span, text: &str) -> u64 {
    let start = text.floor_char_boundary(span.start);
    let end = text.ceil_char_boundary(span.end.max(start));
    let is_in_line = |c: &char| !matches!(c, '\n' | '\r');
    let before: String = text[..start].chars().rev().take(CONTEXT).take_while(is_in_line).collect();
    let after: String = text[end..].chars().take(CONTEXT).take_while(is_in_line).collect();
    let parts = [code, &before, &text[start..end], &after];
    parts.iter().fold(OFFSET, |print, part| fnv(fnv(print, part.as_bytes()), &[0]))
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, 64 bits: the same on every machine and in every version.
fn fnv(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |print, byte| (print ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{lang::Message, rules::Severity};

    fn prints(text: &str, words: &str) -> Vec<String> {
        let finding = |(start, found): (usize, &str)| Finding {
            code: "P201",
            rule: "wrong-post",
            severity: Severity::Error,
            message: Message::default(),
            span: Span::new(start, start + found.len()),
            entries: Vec::new(),
            evidence: Vec::new(),
            fixes: Vec::new(),
            addition: None,
        };
        let findings: Vec<Finding> = text.match_indices(words).map(finding).collect();
        of_all(&findings, text)
    }

    #[test]
    fn edits_elsewhere_change_no_fingerprint() {
        let before = prints("甲。\n省委书记丙在会上讲话。\n", "丙");
        assert_eq!(before, prints("新的一段。\n\n甲乙。\n省委书记丙在会上讲话。\n", "丙"));
        assert_ne!(before, prints("甲。\n省委书记丙在会上没有讲话。\n", "丙"));
        assert_ne!(before, prints("甲。\n省委书记丁在会上讲话。\n", "丁"));
    }

    #[test]
    fn findings_alike_are_told_apart() {
        let two = prints("丙来了。\n丙来了。\n", "丙");
        assert_ne!(two[0], two[1]);
        assert_eq!(two[0], prints("丙来了。\n", "丙")[0]);
    }
}
