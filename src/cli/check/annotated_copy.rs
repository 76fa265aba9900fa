//! `--annotate-docx`: the findings as comments in a copy of a document.

use std::{fs, path::Path};

use crate::{
    check::CheckedDraft,
    cli::{
        docx::{self, Comment},
        drafts::DraftSource,
        faults::{Faults, io_message},
        place::as_given,
        report::severity_word,
    },
    lang::{Lang, Message},
    rules::Finding,
};

/// Writes the copy; a fault is said.
pub(super) fn write(draft: &DraftSource, result: &CheckedDraft, copy: &Path, lang: Lang, faults: &mut Faults) {
    if draft
        .path
        .as_deref()
        .and_then(|path| path.canonicalize().ok())
        .is_some_and(|path| Some(path) == copy.canonicalize().ok())
    {
        return faults.general(&Message::new(
            "--annotate-docx 与稿件是同一个文件，会覆盖稿件",
            "--annotate-docx is the draft itself and would overwrite it",
        ));
    }
    let bytes = match draft.read_bytes() {
        Ok(bytes) => bytes,
        Err(fault) => return faults.of_file(&draft.name, fault.line, &fault.message),
    };
    let comments: Vec<Comment> = result.findings.iter().map(|finding| comment(finding, lang)).collect();
    match docx::annotate(&bytes, &comments) {
        Err(message) => faults.of_file(&draft.name, None, &message),
        Ok(annotated) => {
            if let Err(error) = fs::write(copy, annotated) {
                faults.of_file(&as_given(copy), None, &io_message(copy, &error));
            }
        }
    }
}

/// What the margin says: the rule, the message, the evidence and the fix.
fn comment(finding: &Finding, lang: Lang) -> Comment {
    let head = format!("{} {} {}", severity_word(finding.severity, lang), finding.code, finding.message.get(lang));
    let evidence = finding.evidence.iter().map(|evidence| {
        let source = evidence.source.iter().map(|source| format!("（{source}）")).collect::<String>();
        let label = if lang == Lang::Zh { "依据：" } else { "Evidence: " };
        format!("{label}{}{source}", evidence.text)
    });
    let label = if lang == Lang::Zh { "修正：" } else { "Fix: " };
    let fix = finding.fixes.first().map(|fix| format!("{label}{}", fix.title.get(lang)));
    let lines: Vec<String> = [head].into_iter().chain(evidence).chain(fix).collect();
    Comment { span: finding.span, text: lines.join("\n") }
}
