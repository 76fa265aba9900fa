//! `textDocument/codeAction` in lexicon files: what mends a problem.

use tower_lsp::ls_types::{CodeAction, CodeActionKind, CodeActionParams};

use super::diagnostics::touching;
use crate::{
    lang::Message,
    rules::Edit,
    server::{
        from_proto, to_proto,
        world::{Document, World},
    },
};

/// The fixes of the problems that the range touches. They are those of the text as it was loaded: while
/// the file is being edited there are none.
pub(in crate::server) fn run(world: &World, document: &Document, params: &CodeActionParams) -> Option<Vec<CodeAction>> {
    let only = params.context.only.as_deref();
    let wanted = only.is_none_or(|only| only.iter().any(|kind| ["", "quickfix"].contains(&kind.as_str())));
    let (path, traits) = (document.path.as_deref()?, world.traits());
    let loaded = world.project(document);
    let path = loaded.file(path).map_or(path, |file| &loaded.project.lexicon().file(file).path);
    let text = document.buffer.text();
    if !wanted || loaded.problem_buffer(path).is_none_or(|buffer| buffer.text() != text) {
        return None;
    }
    let span = from_proto::span(&document.buffer, params.range, traits.encoding);
    let lang = loaded.project.lang(world.lang());
    let mut actions = Vec::new();
    for (problem, diagnostic) in touching(world, &loaded, path, span) {
        // A fix that reaches into another file is for the command line.
        if problem.fix.is_empty() || problem.fix.iter().any(|edit| edit.path != *path) {
            continue;
        }
        let edits: Vec<Edit> =
            problem.fix.iter().map(|edit| Edit { span: edit.span, text: edit.text.clone() }).collect();
        let text: Vec<&str> = edits.iter().map(|edit| edit.text.as_str()).collect();
        let text = text.join(" ");
        let title = Message::new(format!("改为 {text}"), format!("Change to {text}"));
        actions.push(CodeAction {
            title: title.get(lang).to_owned(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostic]),
            is_preferred: Some(true),
            edit: Some(to_proto::workspace_edit(document, &edits, traits.encoding, traits.versioned_edits)),
            ..CodeAction::default()
        });
    }
    Some(actions)
}
