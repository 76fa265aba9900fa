//! `textDocument/didClose`.

use tower_lsp::ls_types::DidCloseTextDocumentParams;

use crate::server::{publisher::Event, world::World};

/// Closes a document; the findings of a draft go with it.
pub(in crate::server) fn run(world: &World, params: DidCloseTextDocumentParams) {
    let uri = params.text_document.uri;
    let closed = world.state().documents.remove(&uri);
    if closed.is_some_and(|document| document.format.is_some() || document.is_lexicon_file()) {
        world.tell(Event::Closed(uri));
    }
}
