//! `textDocument/didSave`.

use tower_lsp::ls_types::DidSaveTextDocumentParams;

use super::did_change_watched_files;
use crate::server::{from_proto, world::World};

/// A saved lexicon or configuration file counts as changed at once, whether or not it is watched.
pub(in crate::server) fn run(world: &World, params: DidSaveTextDocumentParams) {
    let path = from_proto::path(&params.text_document.uri);
    if let Some(document) = world.state().documents.get_mut(&params.text_document.uri) {
        document.is_behind = false;
    }
    did_change_watched_files::files_changed(world, path.into_iter().collect());
}
