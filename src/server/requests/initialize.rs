//! `initialize`: what client and server can do. Nothing is loaded here.

use std::{path::PathBuf, sync::Arc};

use tower_lsp::ls_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions, CompletionOptions,
    DiagnosticOptions, DiagnosticServerCapabilities, DocumentLinkOptions, ExecuteCommandOptions,
    FoldingRangeProviderCapability, HoverProviderCapability, InitializeParams, InitializeResult, MessageType, OneOf,
    RenameOptions, SaveOptions, SelectionRangeProviderCapability, SemanticTokensFullOptions, SemanticTokensOptions,
    SemanticTokensServerCapabilities, ServerCapabilities, ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions, WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};

use super::{execute_command::COMMANDS, semantic_tokens};
use crate::server::{client_traits::ClientTraits, from_proto, parent, settings::Settings, to_proto, world::World};

/// Remembers the client and answers what the server can do.
pub(in crate::server) fn run(world: &Arc<World>, params: &InitializeParams) -> InitializeResult {
    world.set_traits(ClientTraits::new(params));
    // The end of a connection is seen, and who connects may be on another machine.
    if let Some(client) = params.process_id
        && world.options.tcp.is_none()
    {
        parent::watch(world.clone(), client);
    }
    let pushed = params.initialization_options.as_ref().and_then(Settings::pushed);
    let mut state = world.state();
    state.roots = roots(params);
    if let Some((settings, fault)) = pushed {
        state.initial = settings;
        if let Some(fault) = fault {
            world.log(MessageType::WARNING, &fault);
        }
    }
    InitializeResult {
        capabilities: capabilities(world.traits()),
        server_info: Some(ServerInfo {
            name: to_proto::SOURCE.to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
        ..InitializeResult::default()
    }
}

fn capabilities(traits: &ClientTraits) -> ServerCapabilities {
    let code_actions = if traits.code_action_literals {
        CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![
                CodeActionKind::QUICKFIX,
                CodeActionKind::REFACTOR_REWRITE,
                to_proto::FIX_ALL,
            ]),
            resolve_provider: Some(traits.resolves_edits),
            ..CodeActionOptions::default()
        })
    } else {
        // All that hegao has are literals.
        CodeActionProviderCapability::Simple(false)
    };
    ServerCapabilities {
        position_encoding: Some(to_proto::encoding(traits.encoding)),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
            ..TextDocumentSyncOptions::default()
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        rename_provider: Some(rename(traits)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(["@", ":", " "].map(str::to_owned).into()),
            resolve_provider: Some(true),
            ..CompletionOptions::default()
        }),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(
            SemanticTokensOptions {
                legend: semantic_tokens::legend(),
                range: Some(true),
                full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
                ..SemanticTokensOptions::default()
            },
        )),
        inlay_hint_provider: Some(OneOf::Left(true)),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        code_action_provider: Some(code_actions),
        diagnostic_provider: traits.pulls_diagnostics.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some(to_proto::SOURCE.to_owned()),
                // A lexicon file changes what is found in drafts.
                inter_file_dependencies: true,
                workspace_diagnostics: true,
                work_done_progress_options: WorkDoneProgressOptions { work_done_progress: Some(true) },
            })
        }),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: COMMANDS.iter().map(|(name, _)| (*name).to_owned()).collect(),
            ..ExecuteCommandOptions::default()
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            ..WorkspaceServerCapabilities::default()
        }),
        ..ServerCapabilities::default()
    }
}

/// A client that does not know `prepareRename` takes no options.
fn rename(traits: &ClientTraits) -> OneOf<bool, RenameOptions> {
    if !traits.prepares_rename {
        return OneOf::Left(true);
    }
    OneOf::Right(RenameOptions {
        prepare_provider: Some(true),
        work_done_progress_options: WorkDoneProgressOptions::default(),
    })
}

/// The workspace folders; older clients have one root.
fn roots(params: &InitializeParams) -> Vec<PathBuf> {
    if let Some(folders) = params.workspace_folders.as_ref().filter(|folders| !folders.is_empty()) {
        return folders.iter().filter_map(|folder| from_proto::path(&folder.uri)).collect();
    }
    #[expect(deprecated, reason = "clients without workspace folders send nothing else")]
    let root =
        params.root_uri.as_ref().and_then(from_proto::path).or_else(|| params.root_path.as_ref().map(PathBuf::from));
    root.into_iter().collect()
}
