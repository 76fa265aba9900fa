//! From `tower_lsp`'s methods to the files under `notifications/` and `requests/`.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, atomic::Ordering},
};

use tokio::task::spawn_blocking;
use tower_lsp::{
    LanguageServer,
    jsonrpc::{Error, Result},
    ls_types::{
        CodeActionParams, CodeActionResponse, DidChangeConfigurationParams, DidChangeTextDocumentParams,
        DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
        DidOpenTextDocumentParams, DidSaveTextDocumentParams, ExecuteCommandParams, GotoDefinitionParams,
        GotoDefinitionResponse, Hover, HoverParams, InitializeParams, InitializeResult, InitializedParams, LSPAny,
        MessageType,
    },
};

use super::{
    notifications::{
        did_change, did_change_configuration, did_change_watched_files, did_change_workspace_folders, did_close,
        did_open, did_save, initialized,
    },
    requests::{
        code_action, definition,
        entries::{self, Entries, EntriesParams},
        execute_command, hover, initialize,
    },
    world::World,
};

/// The server as `tower_lsp` sees it.
pub(super) struct Backend(pub Arc<World>);

impl Backend {
    /// Runs what changes state. A panic is logged and ends nothing else.
    fn guard<T>(&self, run: impl FnOnce(&Arc<World>) -> T) -> std::result::Result<T, String> {
        catch_unwind(AssertUnwindSafe(|| run(&self.0))).map_err(|fault| {
            let message = format!("hegao: internal error: {}", reason(&*fault));
            self.0.outbox.log(MessageType::ERROR, message.clone());
            message
        })
    }

    /// `hegao/entries`.
    pub(super) async fn entries(&self, params: EntriesParams) -> Result<Entries> {
        let world = self.0.clone();
        spawn_blocking(move || entries::run(&world, &params)).await.map_err(|fault| internal(fault.to_string()))
    }

    fn notify(&self, run: impl FnOnce(&Arc<World>)) {
        // What went wrong has been logged; a notification has no answer.
        let _ = self.guard(run);
    }
}

fn reason(fault: &(dyn Any + Send)) -> &str {
    let text = fault.downcast_ref::<&str>().copied();
    text.or_else(|| fault.downcast_ref::<String>().map(String::as_str)).unwrap_or("panic")
}

fn internal(message: String) -> Error {
    Error { message: message.into(), ..Error::internal_error() }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        self.guard(|world| initialize::run(world, &params)).map_err(internal)
    }

    async fn initialized(&self, _: InitializedParams) {
        self.notify(initialized::run);
    }

    async fn shutdown(&self) -> Result<()> {
        self.0.shut_down.store(true, Ordering::SeqCst);
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.notify(|world| did_open::run(world, params));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.notify(|world| did_change::run(world, params));
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.notify(|world| did_save::run(world, params));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.notify(|world| did_close::run(world, params));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.notify(|world| did_change_configuration::run(world, &params));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.notify(|world| did_change_workspace_folders::run(world, &params));
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.notify(|world| did_change_watched_files::run(world, params));
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        self.guard(|world| execute_command::run(world, &params)).map_err(internal)?
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = params.text_document_position_params;
        self.0.answer(&at.text_document.uri, move |world, document| hover::run(world, document, at.position)).await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        self.0.answer(&at.text_document.uri, move |world, document| definition::run(world, document, at.position)).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        self.0.answer(&uri, move |world, document| code_action::run(world, document, &params)).await
    }
}
