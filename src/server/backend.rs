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
        CodeAction, CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionItem, CompletionParams,
        CompletionResponse, DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
        DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
        DidSaveTextDocumentParams, DocumentDiagnosticParams, DocumentDiagnosticReportResult, DocumentFormattingParams,
        DocumentHighlight, DocumentHighlightParams, DocumentLink, DocumentLinkParams, DocumentSymbolParams,
        DocumentSymbolResponse, ExecuteCommandParams, FoldingRange, FoldingRangeParams, GotoDefinitionParams,
        GotoDefinitionResponse, Hover, HoverParams, InitializeParams, InitializeResult, InitializedParams, InlayHint,
        InlayHintParams, LSPAny, Location, MessageType, PrepareRenameResponse, ReferenceParams, RenameParams,
        SelectionRange, SelectionRangeParams, SemanticTokensDeltaParams, SemanticTokensFullDeltaResult,
        SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult, SemanticTokensResult,
        TextDocumentIdentifier, TextDocumentPositionParams, TextEdit, TypeHierarchyItem, TypeHierarchyPrepareParams,
        TypeHierarchySubtypesParams, TypeHierarchySupertypesParams, WorkspaceDiagnosticParams,
        WorkspaceDiagnosticReportResult, WorkspaceEdit, WorkspaceSymbolParams, WorkspaceSymbolResponse,
    },
};

use super::{
    lexicon_file,
    notifications::{
        did_change, did_change_configuration, did_change_watched_files, did_change_workspace_folders, did_close,
        did_open, did_save, initialized,
    },
    requests::{
        code_action, completion, definition, diagnostic, document_link, document_symbol,
        entries::{self, Entries, EntriesParams},
        execute_command, folding_range, hover, initialize, inlay_hint, references, rename, selection_range,
        semantic_tokens, symbol, type_hierarchy, workspace_report,
    },
    world::{Document, World},
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

    /// `hegao/text`: the text of an open document as the server has it, or null. For tests and for
    /// reports of faults.
    pub(super) async fn text(&self, params: TextDocumentIdentifier) -> Result<Option<String>> {
        Ok(self.0.document(&params.uri).map(|document| document.buffer.text()))
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
        if execute_command::takes_its_time(&params.command) {
            let world = self.0.clone();
            let work = tokio::task::spawn_blocking(move || execute_command::run(&world, &params));
            return work.await.map_err(|fault| internal(format!("hegao: internal error: {fault}")))?;
        }
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

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let (at, declaration) = (params.text_document_position, params.context.include_declaration);
        let Some(document) = self.0.document(&at.text_document.uri) else { return Ok(None) };
        self.0.compute(move |world, stop| references::run(world, &document, at.position, declaration, stop)).await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = params.text_document_position_params;
        self.0
            .answer(&at.text_document.uri, move |world, document| references::highlight(world, document, at.position))
            .await
    }

    async fn prepare_rename(&self, at: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        let Some(document) = self.0.document(&at.text_document.uri) else { return Ok(None) };
        self.0.compute(move |world, _| rename::prepare(world, &document, at.position)).await?
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let (at, new) = (params.text_document_position, params.new_name);
        let Some(document) = self.0.document(&at.text_document.uri) else { return Ok(None) };
        self.0.compute(move |world, stop| rename::run(world, &document, at.position, &new, stop)).await?
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = params.text_document_position;
        let list = self
            .0
            .answer(&at.text_document.uri, move |world, document| completion::run(world, document, at.position))
            .await?;
        Ok(list.map(CompletionResponse::List))
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        self.0.compute(move |world, _| completion::resolve(world, item)).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        self.0.answer(&uri, move |world, document| code_action::run(world, document, &params)).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        let document = code_action::document_of(&self.0, &action);
        self.0.compute(move |world, _| code_action::resolve(world, document.as_ref(), action)).await?
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let (uri, previous) = (params.text_document.uri, params.previous_result_id);
        self.0.compute(move |world, _| diagnostic::document(world, &uri, previous.as_deref())).await
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        workspace_report::run(&self.0, params).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.0.answer(&params.text_document.uri, document_symbol::run).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        self.0.compute(move |world, stop| Some(symbol::run(world, &params.query, stop))).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.0.answer(&params.text_document.uri, document_link::run).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let Some(document) = self.0.document(&params.text_document.uri) else { return Ok(None) };
        self.0.compute(move |world, stop| lexicon_file::code_lens::run(world, &document, stop)).await
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.0.answer(&params.text_document.uri, lexicon_file::formatting::run).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.0.answer(&params.text_document.uri, folding_range::run).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let positions = params.positions;
        let run = move |world: &World, document: &Document| selection_range::run(world, document, &positions);
        self.0.answer(&params.text_document.uri, run).await
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let tokens = self.0.answer(&params.text_document.uri, semantic_tokens::full).await?;
        Ok(tokens.map(SemanticTokensResult::Tokens))
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let previous = params.previous_result_id;
        let run = move |world: &World, document: &Document| semantic_tokens::delta(world, document, &previous);
        self.0.answer(&params.text_document.uri, run).await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let run = move |world: &World, document: &Document| semantic_tokens::range(world, document, params.range);
        let tokens = self.0.answer(&params.text_document.uri, run).await?;
        Ok(tokens.map(SemanticTokensRangeResult::Tokens))
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let run = move |world: &World, document: &Document| inlay_hint::run(world, document, params.range);
        self.0.answer(&params.text_document.uri, run).await
    }

    async fn prepare_type_hierarchy(
        &self,
        params: TypeHierarchyPrepareParams,
    ) -> Result<Option<Vec<TypeHierarchyItem>>> {
        let at = params.text_document_position_params;
        self.0
            .answer(&at.text_document.uri, move |world, document| type_hierarchy::prepare(world, document, at.position))
            .await
    }

    async fn supertypes(&self, params: TypeHierarchySupertypesParams) -> Result<Option<Vec<TypeHierarchyItem>>> {
        self.0.compute(move |world, _| type_hierarchy::supertypes(world, &params.item)).await
    }

    async fn subtypes(&self, params: TypeHierarchySubtypesParams) -> Result<Option<Vec<TypeHierarchyItem>>> {
        self.0.compute(move |world, stop| type_hierarchy::subtypes(world, &params.item, stop)).await
    }
}
