//! Noticing that the files of a project have changed.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use tokio::{task::spawn_blocking, time::sleep};

use super::{folder_watcher::FolderWatcher, publisher::Event, world::World};

/// How often files are looked at that nobody watches.
const INTERVAL: Duration = Duration::from_secs(2);

/// The files a project was loaded from, as they were then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Watched {
    config: Option<PathBuf>,
    lexicons: Vec<PathBuf>,
    files: Vec<(PathBuf, Stamp)>,
}

/// What tells one state of a file from another; `None` if there is no such file.
type Stamp = Option<(SystemTime, u64)>;

impl Watched {
    /// Looks at a configuration file and at lexicon files and folders.
    pub(super) fn look(config: Option<&Path>, lexicons: &[PathBuf]) -> Self {
        let mut files: Vec<_> = config.iter().map(|path| (path.to_path_buf(), stamp(path))).collect();
        for path in lexicons {
            collect(path, &mut files);
        }
        files.sort();
        files.dedup();
        Self { config: config.map(Path::to_owned), lexicons: lexicons.to_vec(), files }
    }

    /// Whether the files are others than they were.
    pub(super) fn has_changed(&self) -> bool {
        Self::look(self.config.as_deref(), &self.lexicons) != *self
    }

    /// Whether a file at `path` is one of the lexicon's, however the path is written.
    pub(super) fn covers(&self, path: &Path) -> bool {
        let within = |path: &Path, folder: &Path| path.starts_with(folder);
        if self.lexicons.iter().any(|folder| within(path, folder)) {
            return true;
        }
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else { return false };
        let Ok(path) = parent.canonicalize().map(|parent| parent.join(name)) else { return false };
        self.lexicons.iter().filter_map(|folder| folder.canonicalize().ok()).any(|folder| within(&path, &folder))
    }
}

fn stamp(path: &Path) -> Stamp {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// The files a lexicon path stands for, as [`crate::lexicon::Lexicon::load`] finds them.
fn collect(path: &Path, files: &mut Vec<(PathBuf, Stamp)>) {
    if !path.is_dir() {
        return files.push((path.to_owned(), stamp(path)));
    }
    for item in fs::read_dir(path).into_iter().flatten().flatten() {
        let path = item.path();
        let hidden = item.file_name().to_string_lossy().starts_with('.');
        let is_lexicon = path.extension().is_some_and(|extension| extension == "toml" || extension == "csv");
        if !hidden && (is_lexicon || path.is_dir()) {
            collect(&path, files);
        }
    }
}

/// Looks after the files that the client does not watch: those below the workspace folders by a watcher, if
/// there can be one, and the others again and again.
pub(super) async fn look_after_files(world: Arc<World>, client_watches: bool) {
    let mut watcher = if client_watches { None } else { FolderWatcher::start(&world) };
    loop {
        let looking = world.clone();
        let looked = spawn_blocking(move || {
            let roots = looking.state().roots.clone();
            let watched = match &mut watcher {
                Some(watcher) => {
                    // What changed before it was watched is still looked at.
                    let before = watcher.folders().to_vec();
                    watcher.follow(&roots);
                    before.into_iter().filter(|folder| watcher.folders().contains(folder)).collect()
                }
                None if client_watches => roots,
                None => Vec::new(),
            };
            (looking.projects.poll(&watched), watcher)
        });
        // After a panic, which is in the log, files are only looked at.
        let (changed, still) = looked.await.unwrap_or_default();
        watcher = still;
        if changed {
            world.tell(Event::FilesChanged);
        }
        sleep(INTERVAL).await;
    }
}
