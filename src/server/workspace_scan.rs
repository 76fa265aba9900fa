//! Reading the drafts of the workspace that are not open, with progress shown.

use std::{path::PathBuf, sync::Arc};

use super::{
    progress::Progress,
    scan::{self, Scanned},
    world::World,
};
use crate::lang::Message;

/// How many drafts are read between two reports of progress.
const STEP: usize = 20;

/// Reads the drafts on disk; those that have not changed are known already. `None` after a fault, which
/// the log tells.
pub(super) async fn run(world: &Arc<World>) -> Option<Vec<Arc<Scanned>>> {
    let paths: Vec<PathBuf> = world.compute(|world, stop| scan::files(world, stop)).await.ok()?;
    let title = Message::new("核对工作区的稿件", "Checking the drafts of the workspace");
    let progress = Progress::of_server(world, "scan", &title).await;
    let mut drafts = Vec::with_capacity(paths.len());
    for (step, some) in paths.chunks(STEP).enumerate() {
        let some = some.to_vec();
        let read = world
            .compute(move |world, _| some.iter().filter_map(|path| scan::of_file(world, path)).collect::<Vec<_>>());
        let Ok(read) = read.await else {
            progress.end(world).await;
            return None;
        };
        drafts.extend(read);
        progress.report(world, (step * STEP + STEP).min(paths.len()), paths.len()).await;
    }
    progress.end(world).await;
    Some(drafts)
}
