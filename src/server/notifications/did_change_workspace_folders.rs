//! `workspace/didChangeWorkspaceFolders`.

use tower_lsp::ls_types::{DidChangeWorkspaceFoldersParams, WorkspaceFolder};

use crate::server::{from_proto, publisher::Event, world::World};

/// Takes over the workspace folders.
pub(in crate::server) fn run(world: &World, params: &DidChangeWorkspaceFoldersParams) {
    let paths = |folders: &[WorkspaceFolder]| {
        folders.iter().filter_map(|folder| from_proto::path(&folder.uri)).collect::<Vec<_>>()
    };
    let (added, removed) = (paths(&params.event.added), paths(&params.event.removed));
    let mut state = world.state();
    state.roots.retain(|root| !removed.contains(root));
    for path in added {
        if !state.roots.contains(&path) {
            state.roots.push(path);
        }
    }
    drop(state);
    world.tell(Event::FilesChanged);
}
