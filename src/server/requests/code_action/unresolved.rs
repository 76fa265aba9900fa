//! `codeAction/resolve`: the edit of an action, once it is chosen.

use serde::{Deserialize, Serialize};
use tower_lsp::{
    jsonrpc::{Error, ErrorCode, Result},
    ls_types::{
        CodeAction, CodeActionContext, CodeActionKind, CodeActionParams, PartialResultParams, Range,
        TextDocumentIdentifier, Uri, WorkDoneProgressParams,
    },
};

use crate::{
    lang::Message,
    server::world::{Document, World},
};

/// What an action carries until it is resolved: the request it answers, and its place in the answer.
#[derive(Debug, Serialize, Deserialize)]
struct Data {
    uri: Uri,
    version: i32,
    range: Range,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    only: Option<Vec<CodeActionKind>>,
    index: usize,
}

/// Leaves the edits to [`resolve`].
pub(super) fn leave_out_edits(actions: &mut [CodeAction], document: &Document, params: &CodeActionParams) {
    for (index, action) in actions.iter_mut().enumerate().filter(|(_, action)| action.edit.is_some()) {
        let data = Data {
            uri: document.uri.clone(),
            version: document.version,
            range: params.range,
            only: params.context.only.clone(),
            index,
        };
        action.data = serde_json::to_value(data).ok();
        if action.data.is_some() {
            action.edit = None;
        }
    }
}

/// The document that an action without its edit is for.
pub(in crate::server) fn document_of(world: &World, action: &CodeAction) -> Option<Document> {
    world.document(&data_of(action)?.uri)
}

/// Adds the edit to an action. One for a text that has changed since is refused.
pub(in crate::server) fn resolve(world: &World, document: Option<&Document>, action: CodeAction) -> Result<CodeAction> {
    let Some(data) = data_of(&action).filter(|_| action.edit.is_none()) else { return Ok(action) };
    let outdated = || {
        let message = Message::new("文稿已改动，请重新选择", "the draft has changed since; choose again");
        Error { code: ErrorCode::ContentModified, message: message.get(world.lang()).to_owned().into(), data: None }
    };
    let document = document.filter(|document| document.version == data.version).ok_or_else(outdated)?;
    let params = CodeActionParams {
        text_document: TextDocumentIdentifier { uri: data.uri },
        range: data.range,
        context: CodeActionContext { only: data.only, ..CodeActionContext::default() },
        work_done_progress_params: WorkDoneProgressParams::default(),
        partial_result_params: PartialResultParams::default(),
    };
    let found = super::actions(world, document, &params).and_then(|actions| actions.into_iter().nth(data.index));
    let found = found.filter(|found| found.title == action.title).ok_or_else(outdated)?;
    Ok(CodeAction { edit: found.edit, ..action })
}

fn data_of(action: &CodeAction) -> Option<Data> {
    action.data.clone().and_then(|data| serde_json::from_value(data).ok())
}
