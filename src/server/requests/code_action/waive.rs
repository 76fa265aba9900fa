//! Letting a finding stand by a waiver in hegao.toml.

use std::collections::HashMap;

use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit,
    TextEdit, WorkspaceEdit,
};

use crate::{
    lang::Message,
    rules::Finding,
    server::{
        diagnostics,
        requests::code_action,
        to_proto,
        world::{Checked, World},
    },
    text::Span,
};

/// Adds a waiver for the words of a finding at the end of hegao.toml. `None` without such a file; disabled
/// while it is open with changes that are not saved.
pub(super) fn action(world: &World, checked: &Checked, finding: &Finding) -> Option<CodeAction> {
    let path = checked.loaded.project.config_path()?;
    let uri = to_proto::uri(path)?;
    let buffer = checked.loaded.problem_buffer(path)?;
    let title = Message::new("在 hegao.toml 中保留此处", "Let this stand in hegao.toml");
    let action = CodeAction {
        title: title.get(checked.lang).to_owned(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostics::of_finding(world, checked, finding)]),
        ..CodeAction::default()
    };
    let open = world.document(&uri);
    if open.as_ref().is_some_and(|open| open.buffer.text() != buffer.text()) {
        let reason =
            Message::new("hegao.toml 有未保存的改动，请先保存", "hegao.toml has unsaved changes; save it first");
        return code_action::disabled(world, checked.lang, action, &reason);
    }
    let words = toml::Value::from(finding.span.slice(&checked.draft.draft.text));
    let break_before = if buffer.is_empty() || buffer.text().ends_with('\n') { "" } else { "\n" };
    let new_text = format!("{break_before}\n[[waiver]]\nrule = \"{}\"\ntext = {words}\nreason = \"\"\n", finding.code);
    let range = to_proto::range(&buffer, Span::empty(buffer.len()), world.traits().encoding);
    let edit = TextEdit { range, new_text };
    let edit = if world.traits().versioned_edits {
        let text_document =
            OptionalVersionedTextDocumentIdentifier { uri, version: open.map(|document| document.version) };
        let edits = vec![OneOf::Left(edit)];
        let changes = DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]);
        WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
    } else {
        WorkspaceEdit { changes: Some(HashMap::from([(uri, vec![edit])])), ..WorkspaceEdit::default() }
    };
    Some(CodeAction { edit: Some(edit), ..action })
}
