//! A file-system watcher of the server's own, for clients that watch no files.

use std::{
    collections::BTreeSet,
    path::{Component, Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use notify::{
    Event as FileEvent, EventKind, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode},
};
use tokio::{
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    task::spawn_blocking,
    time::{Instant, timeout_at},
};
use tower_lsp::ls_types::MessageType;

use super::{notifications::did_change_watched_files, publisher::Event, world::World};
use crate::lang::Message;

/// How long files must be at rest before their changes are taken over: most come in bursts.
const REST: Duration = Duration::from_millis(100);

/// Without any rest they are taken over after this time.
const LONGEST: Duration = Duration::from_secs(1);

/// Watches the workspace folders.
pub(super) struct FolderWatcher {
    world: Arc<World>,
    watcher: RecommendedWatcher,
    folders: Vec<PathBuf>,
    /// Whether something was not seen; then everything is left to who looks again and again.
    failed: Arc<AtomicBool>,
}

impl FolderWatcher {
    /// A watcher of no folder yet; `None` if the system offers none, which the log then tells.
    pub(super) fn start(world: &Arc<World>) -> Option<Self> {
        let (changes, changed) = unbounded_channel();
        let tell = move |event: notify::Result<FileEvent>| {
            if event.as_ref().map_or(true, is_change) {
                // Fails only when the session is over.
                let _ = changes.send(event);
            }
        };
        match notify::recommended_watcher(tell) {
            Ok(watcher) => {
                let failed = Arc::new(AtomicBool::new(false));
                tokio::spawn(take_over(world.clone(), changed, failed.clone()));
                Some(Self { world: world.clone(), watcher, folders: Vec::new(), failed })
            }
            Err(error) => {
                log_failure(world, &error);
                None
            }
        }
    }

    /// Watches these folders and no others. Walks them: not for the runtime.
    pub(super) fn follow(&mut self, roots: &[PathBuf]) {
        let wanted = if self.failed.load(Ordering::Relaxed) { &[] } else { roots };
        let Self { watcher, folders, .. } = self;
        folders.retain(|folder| {
            let stays = wanted.contains(folder);
            if !stays {
                // Fails only if the folder is gone.
                let _ = watcher.unwatch(folder);
            }
            stays
        });
        for root in wanted.iter().filter(|root| root.is_dir()) {
            if self.folders.contains(root) {
                continue;
            }
            match self.watcher.watch(root, RecursiveMode::Recursive) {
                Ok(()) => {
                    self.folders.push(root.clone());
                    let path = root.display();
                    let message =
                        Message::new(format!("监视 {path} 中文件的变动"), format!("watching the files in {path}"));
                    self.world.log(MessageType::LOG, &message);
                }
                Err(error) => {
                    self.failed.store(true, Ordering::Relaxed);
                    return log_failure(&self.world, &error);
                }
            }
        }
    }

    /// The folders that are watched.
    pub(super) fn folders(&self) -> &[PathBuf] {
        &self.folders
    }
}

fn log_failure(world: &World, error: &notify::Error) {
    let message = Message::new(
        format!("无法监视文件变动，改为每隔 2 秒查看：{error}"),
        format!("the files cannot be watched and are looked at every 2 seconds instead: {error}"),
    );
    world.log(MessageType::WARNING, &message);
}

/// Whether something has changed: looking at files, as the server does itself, changes nothing.
fn is_change(event: &FileEvent) -> bool {
    match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

/// Takes over changes in bursts until the watcher is gone.
async fn take_over(
    world: Arc<World>,
    mut changed: UnboundedReceiver<notify::Result<FileEvent>>,
    failed: Arc<AtomicBool>,
) {
    while let Some(first) = changed.recv().await {
        let mut burst = vec![first];
        let latest = Instant::now() + LONGEST;
        while let Ok(Some(event)) = timeout_at(latest.min(Instant::now() + REST), changed.recv()).await {
            burst.push(event);
        }
        let mut paths = BTreeSet::new();
        let mut is_complete = true;
        for event in burst {
            match event {
                Ok(event) => {
                    is_complete &= !event.need_rescan();
                    paths.extend(event.paths);
                }
                Err(error) => {
                    log_failure(&world, &error);
                    failed.store(true, Ordering::Relaxed);
                    is_complete = false;
                }
            }
        }
        let world = world.clone();
        // A panic is in the log, and the next burst is another one.
        let _ = spawn_blocking(move || tell(&world, paths, is_complete)).await;
    }
}

/// Tells of changed files; folders that have come, gone or moved are looked through.
fn tell(world: &World, paths: BTreeSet<PathBuf>, is_complete: bool) {
    let roots = world.state().roots.clone();
    let paths: Vec<PathBuf> = paths.into_iter().filter(|path| !is_hidden(path, &roots)).collect();
    let may_be_folder = |path: &PathBuf| path.extension().is_none() || path.is_dir();
    if !is_complete || paths.iter().any(may_be_folder) {
        if world.projects.poll(&[]) {
            world.tell(Event::FilesChanged);
        }
        world.tell(Event::DraftsChanged);
    }
    did_change_watched_files::files_changed(world, paths);
}

/// Whether a path is, or lies in, something hidden below its workspace folder: a repository's own files.
fn is_hidden(path: &Path, roots: &[PathBuf]) -> bool {
    let below = roots.iter().find_map(|root| path.strip_prefix(root).ok());
    below.unwrap_or(path).components().any(|part| match part {
        Component::Normal(name) => name.to_string_lossy().starts_with('.') && below.is_some(),
        _ => false,
    })
}
