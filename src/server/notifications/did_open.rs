//! `textDocument/didOpen`.

use tower_lsp::ls_types::DidOpenTextDocumentParams;

use crate::server::{publisher::Event, world::World};

/// Opens a document.
pub(in crate::server) fn run(world: &World, params: DidOpenTextDocumentParams) {
    let document = params.text_document;
    world.state().open(document.uri.clone(), &document.language_id, document.version, &document.text);
    world.tell(Event::Opened(document.uri));
}
