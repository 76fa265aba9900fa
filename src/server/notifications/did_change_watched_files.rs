//! `workspace/didChangeWatchedFiles`.

use std::path::PathBuf;

use tower_lsp::ls_types::DidChangeWatchedFilesParams;

use crate::server::{from_proto, publisher::Event, world::World};

/// Takes note of changed files.
pub(in crate::server) fn run(world: &World, params: DidChangeWatchedFilesParams) {
    let paths = params.changes.iter().filter_map(|change| from_proto::path(&change.uri));
    files_changed(world, paths.collect());
}

/// Takes note of changed files; those of no project are passed over.
pub(super) fn files_changed(world: &World, mut paths: Vec<PathBuf>) {
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml" || extension == "csv"));
    if !paths.is_empty() && world.projects.files_changed(&paths) {
        world.tell(Event::FilesChanged);
    }
}
