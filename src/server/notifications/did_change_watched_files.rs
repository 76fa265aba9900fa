//! `workspace/didChangeWatchedFiles`.

use std::path::PathBuf;

use tower_lsp::ls_types::DidChangeWatchedFilesParams;

use crate::{
    server::{from_proto, publisher::Event, world::World},
    text::DraftFormat,
};

/// Takes note of changed files.
pub(in crate::server) fn run(world: &World, params: DidChangeWatchedFilesParams) {
    let paths = params.changes.iter().filter_map(|change| from_proto::path(&change.uri));
    files_changed(world, paths.collect());
}

/// Takes note of changed files; what is neither a draft nor of a project is passed over.
pub(in crate::server) fn files_changed(world: &World, mut paths: Vec<PathBuf>) {
    let is_open =
        |path: &PathBuf| world.state().documents.values().any(|document| document.path.as_ref() == Some(path));
    if paths.iter().any(|path| DraftFormat::from_path(path).is_some() && !is_open(path)) {
        world.tell(Event::DraftsChanged);
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml" || extension == "csv"));
    if !paths.is_empty() && world.projects.files_changed(&paths) {
        world.tell(Event::FilesChanged);
    }
}
