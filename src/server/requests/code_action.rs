//! `textDocument/codeAction`: fixes of findings, fixing all, ignoring a finding here, and other wordings.

mod annotate;
mod reword_post;
mod unresolved;
mod waive;

use tower_lsp::ls_types::{
    CodeAction, CodeActionDisabled, CodeActionKind, CodeActionOrCommand, CodeActionParams, Diagnostic,
};

use crate::{
    lang::{Lang, Message},
    rules::{ChosenEdits, Edit, Finding},
    server::{
        diagnostics, from_proto, lexicon_file, to_proto,
        world::{Checked, Document, World},
        writing,
    },
    text::{Block, BlockKind, Draft, Span},
};

pub(in crate::server) use unresolved::{document_of, resolve};

/// The actions for a range of a document, as the client takes them.
pub(in crate::server) fn run(
    world: &World,
    document: &Document,
    params: &CodeActionParams,
) -> Option<Vec<CodeActionOrCommand>> {
    let traits = world.traits();
    if !traits.code_action_literals {
        return None;
    }
    let mut actions = actions(world, document, params)?;
    if traits.resolves_edits {
        unresolved::leave_out_edits(&mut actions, document, params);
    }
    Some(actions.into_iter().map(CodeActionOrCommand::CodeAction).collect())
}

/// The actions for the findings that the range touches, and the one for the whole draft.
fn actions(world: &World, document: &Document, params: &CodeActionParams) -> Option<Vec<CodeAction>> {
    let traits = world.traits();
    if document.is_lexicon_file() {
        return lexicon_file::code_action::run(world, document, params);
    }
    let checked = world.checked(document)?;
    let only = params.context.only.as_deref();
    let mut actions = Vec::new();
    if wanted(only, &CodeActionKind::QUICKFIX) {
        let range = from_proto::span(&document.buffer, params.range, traits.encoding);
        let touched: Vec<_> = checked.draft.findings.iter().filter(|finding| finding.span.touches(range)).collect();
        for finding in &touched {
            actions.extend(fixes(world, &checked, finding));
        }
        for finding in &touched {
            actions.extend(fix_rule(world, &checked, finding));
        }
        for finding in &touched {
            actions.extend(writing::action(world, &checked, finding));
        }
        actions.extend(writing::quiet_actions(world, &checked, range));
        for finding in &touched {
            actions.extend(ignore(world, &checked, finding));
            actions.push(ignore_in_file(world, &checked, finding));
            actions.extend(waive::action(world, &checked, finding));
        }
        actions.dedup_by(|a, b| a.title == b.title && a.edit == b.edit);
    }
    if wanted(only, &CodeActionKind::REFACTOR_REWRITE) {
        let range = from_proto::span(&document.buffer, params.range, traits.encoding);
        actions.extend(annotate::actions(world, &checked, range));
        actions.extend(reword_post::actions(world, &checked, range));
    }
    if wanted(only, &to_proto::FIX_ALL) {
        actions.extend(fix_all(world, &checked));
    }
    Some(actions)
}

/// Shows an action that cannot be carried out, with the reason, to a client that takes such; to others it
/// is not offered.
pub(in crate::server) fn disabled(
    world: &World,
    lang: Lang,
    action: CodeAction,
    reason: &Message,
) -> Option<CodeAction> {
    let reason = reason.get(lang).to_owned();
    let without = CodeAction { edit: None, command: None, is_preferred: None, ..action };
    world.traits().disabled_actions.then_some(CodeAction { disabled: Some(CodeActionDisabled { reason }), ..without })
}

/// Whether actions of `kind` are asked for: a kind stands for all below it.
fn wanted(only: Option<&[CodeActionKind]>, kind: &CodeActionKind) -> bool {
    let covers = |asked: &CodeActionKind| {
        let rest = kind.as_str().strip_prefix(asked.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || asked.as_str().is_empty())
    };
    only.is_none_or(|only| only.iter().any(covers))
}

/// The fixes of a finding, one of them preferred: the first safe one, else the best.
fn fixes<'a>(world: &'a World, checked: &'a Checked, finding: &'a Finding) -> impl Iterator<Item = CodeAction> + 'a {
    let diagnostic = diagnostics::of_finding(world, checked, finding);
    let preferred = finding.fixes.iter().position(|fix| fix.safe).unwrap_or_default();
    finding.fixes.iter().enumerate().map(move |(index, fix)| CodeAction {
        is_preferred: (index == preferred).then_some(true),
        ..quick_fix(world, checked, fix.title.get(checked.lang), &diagnostic, &fix.edits)
    })
}

/// Applies the safe fixes of all findings of a finding's rule, if there is more than one.
fn fix_rule(world: &World, checked: &Checked, finding: &Finding) -> Option<CodeAction> {
    let same = checked.draft.findings.iter().filter(|other| other.code == finding.code);
    let mut chosen = ChosenEdits::default();
    let count = same.filter_map(|other| other.fixes.iter().find(|fix| fix.safe)).filter(|fix| chosen.add(fix)).count();
    if count < 2 || !finding.fixes.iter().any(|fix| fix.safe) {
        return None;
    }
    let code = finding.code;
    let title = Message::new(format!("改正全部 {count} 处 {code}"), format!("Fix all {count} findings of {code}"));
    let edits: Vec<Edit> = chosen.edits().cloned().collect();
    let diagnostic = diagnostics::of_finding(world, checked, finding);
    Some(quick_fix(world, checked, title.get(checked.lang), &diagnostic, &edits))
}

/// Puts a directive at the head of the draft that silences a finding's rule in all of it.
fn ignore_in_file(world: &World, checked: &Checked, finding: &Finding) -> CodeAction {
    let draft = &checked.draft.draft;
    let code = finding.code;
    let directive = format!("<!-- hegao: ignore-file {code} -->");
    let newline = line_break(draft);
    let edit = match draft.front_matter.span {
        Some(span) => Edit { span: Span::empty(span.end), text: format!("{newline}{directive}") },
        None => {
            let start = if draft.text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
            Edit { span: Span::empty(start), text: format!("{directive}{newline}") }
        }
    };
    let title = Message::new(format!("在本稿中忽略 {code}"), format!("Ignore {code} in this draft"));
    let diagnostic = diagnostics::of_finding(world, checked, finding);
    quick_fix(world, checked, title.get(checked.lang), &diagnostic, &[edit])
}

/// Puts a directive into the draft that silences a finding's rule there.
fn ignore(world: &World, checked: &Checked, finding: &Finding) -> Option<CodeAction> {
    let edit = ignoring_edit(&checked.draft.draft, finding)?;
    let title = Message::new(format!("忽略此处（{}）", finding.code), format!("Ignore here ({})", finding.code));
    let diagnostic = diagnostics::of_finding(world, checked, finding);
    Some(quick_fix(world, checked, title.get(checked.lang), &diagnostic, &[edit]))
}

fn quick_fix(world: &World, checked: &Checked, title: &str, diagnostic: &Diagnostic, edits: &[Edit]) -> CodeAction {
    let traits = world.traits();
    CodeAction {
        title: title.to_owned(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic.clone()]),
        edit: Some(to_proto::workspace_edit(&checked.document, edits, traits.encoding, traits.versioned_edits)),
        ..CodeAction::default()
    }
}

/// Applies every safe fix.
fn fix_all(world: &World, checked: &Checked) -> Option<CodeAction> {
    let safe = checked.draft.findings.iter().filter_map(|finding| finding.fixes.iter().find(|fix| fix.safe));
    let mut chosen = ChosenEdits::default();
    for fix in safe {
        chosen.add(fix);
    }
    let edits: Vec<&Edit> = chosen.edits().collect();
    let title = Message::new("改正全部有把握的问题", "Fix everything that has a safe fix");
    let traits = world.traits();
    (!edits.is_empty()).then(|| CodeAction {
        title: title.get(checked.lang).to_owned(),
        kind: Some(to_proto::FIX_ALL),
        edit: Some(to_proto::workspace_edit(&checked.document, edits, traits.encoding, traits.versioned_edits)),
        ..CodeAction::default()
    })
}

/// The directive that silences `finding`: a line of its own above a paragraph or headline that
/// begins with the finding's line, since that reads best; elsewhere, where a line of its own would
/// break a list or table, a comment at the end of the line. `None` if neither has a place.
fn ignoring_edit(draft: &Draft, finding: &Finding) -> Option<Edit> {
    let block = draft.blocks.iter().find(|block| block.span.touches(finding.span) && !block.span.is_empty())?;
    let line = line_span(draft, finding.span.start);
    if stands_alone(draft, block) && line.contains(block.span.start) {
        let start = line_span(draft, block.span.start).start;
        let text = format!("<!-- hegao: ignore-next-line {} -->{}", finding.code, line_break(draft));
        return Some(Edit { span: Span::empty(start), text });
    }
    let end = if block.kind == BlockKind::TableCell { block.span.end } else { line.end };
    let text = format!(" <!-- hegao: ignore {} -->", finding.code);
    (finding.span.end <= end).then_some(Edit { span: Span::empty(end), text })
}

/// Whether a line of its own may stand above the block.
fn stands_alone(draft: &Draft, block: &Block) -> bool {
    let before = draft.text.get(line_span(draft, block.span.start).start..block.span.start).unwrap_or_default();
    let indented = before.chars().all(|c| c == ' ' || c == '#' || c == '\u{FEFF}')
        && before.chars().filter(|c| *c == ' ').count() < 4;
    indented && matches!(block.kind, BlockKind::Heading | BlockKind::Paragraph | BlockKind::Byline)
}

/// The line around a byte, without its break.
fn line_span(draft: &Draft, at: usize) -> Span {
    let text = &draft.text;
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |newline| newline + 1);
    let end = text[at..].find(['\n', '\r']).map_or(text.len(), |newline| at + newline);
    Span::new(start, end)
}

/// The line break the draft uses.
fn line_break(draft: &Draft) -> &'static str {
    let first = draft.text.find(['\n', '\r']).map(|at| &draft.text[at..]);
    match first {
        Some(rest) if rest.starts_with("\r\n") => "\r\n",
        Some(rest) if rest.starts_with('\r') => "\r",
        _ => "\n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        rules::{Fix, Severity, is_ignored},
        text::DraftFormat,
    };

    fn finding(span: Span) -> Finding {
        Finding {
            code: "A101",
            rule: "unknown-annotation",
            severity: Severity::Error,
            message: Message::default(),
            span,
            entries: Vec::new(),
            evidence: Vec::new(),
            fixes: Vec::new(),
            addition: None,
        }
    }

    #[test]
    fn kinds_are_asked_for_by_their_stems() {
        let check = |only: Option<&[&'static str]>, quick: bool, all: bool| {
            let only: Option<Vec<_>> = only.map(|only| only.iter().map(|kind| CodeActionKind::new(kind)).collect());
            assert_eq!(wanted(only.as_deref(), &CodeActionKind::QUICKFIX), quick, "{only:?}");
            assert_eq!(wanted(only.as_deref(), &to_proto::FIX_ALL), all, "{only:?}");
        };
        check(None, true, true);
        check(Some(&[]), false, false);
        check(Some(&[""]), true, true);
        check(Some(&["quickfix"]), true, false);
        check(Some(&["quick"]), false, false);
        check(Some(&["source"]), false, true);
        check(Some(&["source.fixAll"]), false, true);
        check(Some(&["source.fixAll.hegao"]), false, true);
        check(Some(&["source.fixAll.other"]), false, false);
        check(Some(&["refactor", "source.fixAll"]), false, true);
    }

    /// After the edit, a finding at the same words is silenced, and one elsewhere is not.
    fn check_ignore(format: DraftFormat, text: &str, expected: &str) {
        let at = text.find('误').unwrap();
        let draft = Draft::parse(text, format);
        let edit = ignoring_edit(&draft, &finding(Span::new(at, at + "误".len()))).unwrap();
        let (edited, _) =
            crate::rules::apply(text, [&Fix { title: Message::default(), safe: true, edits: vec![edit] }]);
        assert_eq!(edited, expected);
        let at = edited.find('误').unwrap();
        let draft = Draft::parse(edited.as_str(), format);
        assert!(
            draft.blocks.iter().any(|block| block.content_offset(at).is_some()),
            "the words are still checked: {edited}"
        );
        assert!(is_ignored(&draft, &finding(Span::new(at, at + "误".len()))), "{edited}");
        assert_eq!(Draft::parse(text, format).blocks.len(), draft.blocks.len(), "the draft keeps its form: {edited}");
    }

    #[test]
    fn an_ignored_finding_is_silenced_and_the_draft_keeps_its_form() {
        use DraftFormat::{Html, Markdown, Plain};
        let next = "<!-- hegao: ignore-next-line A101 -->\n";
        let here = " <!-- hegao: ignore A101 -->";
        check_ignore(Markdown, "甲。\n\n有误。\n", &format!("甲。\n\n{next}有误。\n"));
        check_ignore(Markdown, "有误", &format!("{next}有误"));
        check_ignore(Markdown, "甲\r\n\r\n有误", "甲\r\n\r\n<!-- hegao: ignore-next-line A101 -->\r\n有误");
        check_ignore(Markdown, "# 有误\n\n甲", &format!("{next}# 有误\n\n甲"));
        check_ignore(Markdown, "甲\n有误\n乙", &format!("甲\n有误{here}\n乙"));
        check_ignore(Markdown, "- 甲\n- 有误\n- 乙", &format!("- 甲\n- 有误{here}\n- 乙"));
        check_ignore(Markdown, "> 有误\n", &format!("> 有误{here}\n"));
        check_ignore(
            Markdown,
            "| 甲 | 乙 |\n|---|---|\n| 有误 | 丙 |\n",
            &format!("| 甲 | 乙 |\n|---|---|\n| 有误{here} | 丙 |\n"),
        );
        check_ignore(Html, "<p>甲</p>\n<p>有误</p>\n", &format!("<p>甲</p>\n<p>有误</p>{here}\n"));
        check_ignore(Html, "<div>\n有误\n</div>", &format!("<div>\n{next}有误\n</div>"));
        check_ignore(Plain, "甲\n有误\n乙", &format!("甲\n{next}有误\n乙"));
        check_ignore(Markdown, "---\ndate: 2022-07-10\n---\n有误", &format!("---\ndate: 2022-07-10\n---\n{next}有误"));
    }
}
