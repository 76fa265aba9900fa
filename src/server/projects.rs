//! The projects in use, loaded by whoever needs them first.

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

use jiff::Zoned;
use tokio::sync::mpsc::UnboundedSender;

use super::{publisher::Event, watch::Watched, world::lock};
use crate::{
    check::{Project, ProjectOptions},
    config::{Config, FILE_NAME},
    lexicon::{EdtfDate, FileIndex, Problem, SearchIndex, Texts, text_for},
    text::Buffer,
};

/// Every project in use, by its configuration file.
pub(super) struct Projects {
    slots: Mutex<HashMap<Option<PathBuf>, Arc<Slot>>>,
    by_folder: Mutex<HashMap<PathBuf, Option<PathBuf>>>,
    events: UnboundedSender<Event>,
}

/// The place of one project, loaded or not.
pub(super) struct Slot {
    /// hegao.toml, if there is one.
    pub config_path: Option<PathBuf>,
    /// Counts the changes of what the project is loaded from.
    changes: AtomicU64,
    current: Mutex<Option<Current>>,
    watched: Mutex<Option<Watched>>,
}

/// A loaded project and the count of changes it takes in.
struct Current {
    changes: u64,
    loaded: Arc<Loaded>,
}

/// A project, loaded.
#[derive(Clone)]
pub(super) struct Loaded {
    /// The project in force.
    pub project: Arc<Project>,
    /// What is wrong in hegao.toml and the lexicon files as they are now.
    pub problems: Vec<Problem>,
    /// Broken files as they are now, of which an earlier version is in force.
    pub superseded: Texts,
    /// The last version of each file that was not broken.
    sound: Texts,
    config: Buffer,
    search: Arc<OnceLock<SearchIndex>>,
    lexicon: Arc<Mutex<HashMap<FileIndex, Buffer>>>,
    audited: Arc<OnceLock<Vec<Problem>>>,
}

impl Projects {
    /// No project yet. `events` is told of each one that is loaded.
    pub(super) fn new(events: UnboundedSender<Event>) -> Self {
        Self { slots: Mutex::default(), by_folder: Mutex::default(), events }
    }

    /// The project in force for drafts in `folder`, with all changes so far and as of the day that the client
    /// wants, if it does. Reads files, but not for another day.
    pub(super) fn of_folder(
        &self,
        folder: Option<&Path>,
        as_of: Option<EdtfDate>,
        options: &dyn Fn() -> ProjectOptions,
    ) -> Arc<Loaded> {
        let config_path = folder.and_then(|folder| {
            let known = lock(&self.by_folder).get(folder).cloned();
            known.unwrap_or_else(|| {
                let found = Config::discover(folder);
                lock(&self.by_folder).insert(folder.to_owned(), found.clone());
                found
            })
        });
        let slot =
            lock(&self.slots).entry(config_path).or_insert_with_key(|path| Arc::new(Slot::new(path.clone()))).clone();
        slot.load(as_of, options, &self.events)
    }

    /// Brings the projects of `folders` up to date, and forgets the others. Reads files.
    pub(super) fn refresh(
        &self,
        folders: &[Option<PathBuf>],
        as_of: Option<EdtfDate>,
        options: &dyn Fn() -> ProjectOptions,
    ) {
        let config_path = |folder: &Option<PathBuf>| {
            let loaded = self.of_folder(folder.as_deref(), as_of, options);
            loaded.project.config_path().map(Path::to_owned)
        };
        let in_use: Vec<_> = folders.iter().map(config_path).collect();
        lock(&self.slots).retain(|path, _| in_use.contains(path));
        lock(&self.by_folder).retain(|folder, _| folders.iter().flatten().any(|used| used == folder));
    }

    /// Every project that is loaded.
    pub(super) fn loaded(&self) -> Vec<Arc<Loaded>> {
        let slots: Vec<_> = lock(&self.slots).values().cloned().collect();
        let mut loaded: Vec<_> = slots
            .iter()
            .filter_map(|slot| lock(&slot.current).as_ref().map(|current| current.loaded.clone()))
            .collect();
        loaded.sort_by(|a, b| a.project.config_path().cmp(&b.project.config_path()));
        loaded
    }

    /// Takes note that files have changed, been made or been removed; a hegao.toml concerns every
    /// project. Returns whether any is concerned.
    pub(super) fn files_changed(&self, paths: &[PathBuf]) -> bool {
        let configured = paths.iter().any(|path| path.file_name().is_some_and(|name| name == FILE_NAME));
        if configured {
            lock(&self.by_folder).clear();
        }
        let slots: Vec<_> = lock(&self.slots).values().cloned().collect();
        let concerned = slots.iter().filter(|slot| configured || paths.iter().any(|path| slot.depends_on(path)));
        concerned.inspect(|slot| slot.changed()).count() > 0 || configured
    }

    /// Looks for changes of files outside of `watched_by_client`. Returns whether there are any.
    pub(super) fn poll(&self, watched_by_client: &[PathBuf]) -> bool {
        let unwatched = |path: &Path| !watched_by_client.iter().any(|root| path.starts_with(root));
        let folders: Vec<_> =
            lock(&self.by_folder).iter().map(|(folder, found)| (folder.clone(), found.clone())).collect();
        let moved =
            |(folder, found): &(PathBuf, Option<PathBuf>)| unwatched(folder) && Config::discover(folder) != *found;
        let mut changed = folders.iter().any(moved);
        if changed {
            lock(&self.by_folder).clear();
        }
        let slots: Vec<_> = lock(&self.slots).values().cloned().collect();
        for slot in slots.iter().filter(|slot| slot.config_path.as_deref().is_some_and(unwatched)) {
            let watched = lock(&slot.watched).clone();
            if watched.is_some_and(|watched| watched.has_changed()) {
                slot.changed();
                changed = true;
            }
        }
        changed
    }
}

impl Slot {
    fn new(config_path: Option<PathBuf>) -> Self {
        Self { config_path, changes: AtomicU64::new(0), current: Mutex::default(), watched: Mutex::default() }
    }

    fn changed(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    /// Whether a file belongs to the lexicon. While the project is not loaded, any may.
    fn depends_on(&self, path: &Path) -> bool {
        lock(&self.watched).as_ref().is_none_or(|watched| watched.covers(path))
    }

    /// The project with all changes so far. Who comes while it is being loaded waits for it.
    fn load(
        &self,
        as_of: Option<EdtfDate>,
        options: &dyn Fn() -> ProjectOptions,
        events: &UnboundedSender<Event>,
    ) -> Arc<Loaded> {
        let mut current = lock(&self.current);
        // Counted before anything is read: what changes while reading counts as a later change.
        let changes = self.changes.load(Ordering::SeqCst);
        if let Some(known) = current.as_mut().filter(|known| known.changes == changes) {
            if known.loaded.project.as_of_option() != as_of {
                known.loaded = Arc::new(known.loaded.with_as_of(as_of));
                // Fails only when the session is over.
                let _ = events.send(Event::Loaded);
            }
            return known.loaded.clone();
        }
        let before = current.as_ref().map(|current| &*current.loaded);
        let (loaded, watched) = Loaded::load(self.config_path.clone(), options(), before);
        let loaded = Arc::new(loaded);
        *lock(&self.watched) = Some(watched);
        *current = Some(Current { changes, loaded: loaded.clone() });
        // Fails only when the session is over.
        let _ = events.send(Event::Loaded);
        loaded
    }
}

impl Loaded {
    /// Loads a project, and says which files it read. Of a file that is broken, the version that was
    /// sound `before` stays in force, with the problems of now.
    fn load(config_path: Option<PathBuf>, options: ProjectOptions, before: Option<&Self>) -> (Self, Watched) {
        let config_text = config_path.as_deref().and_then(|path| read(path, &options.texts)).unwrap_or_default();
        let mut lexicon_paths = match &config_path {
            Some(path) => Config::parse(path, &config_text).0.lexicon.paths,
            None => Vec::new(),
        };
        lexicon_paths.extend(before.iter().flat_map(|before| before.project.config().lexicon.paths.iter().cloned()));
        // Looked at before anything is read, so that a change while reading is seen later.
        let watched = Watched::look(config_path.as_deref(), &lexicon_paths);
        let now = options.texts.clone();
        let mut project = Arc::new(Project::load(config_path.clone(), options.clone()));
        let mut problems = project.problems().to_vec();
        let (mut kept, mut superseded) = (Texts::new(), Texts::new());
        // A configuration that was sound may bring in lexicon files that are broken.
        for _ in 0..2 {
            let broken = broken(&problems);
            let sound = before.into_iter().flat_map(|before| &before.sound);
            let newly: Vec<_> = sound.filter(|(path, _)| broken.contains(*path) && !kept.contains_key(*path)).collect();
            if newly.is_empty() {
                break;
            }
            for (path, text) in newly {
                superseded.insert(path.clone(), read(path, &now).unwrap_or_default().into());
                kept.insert(path.clone(), text.clone());
            }
            let mut texts = now.clone();
            texts.extend(kept.clone());
            project = Arc::new(Project::load(config_path.clone(), ProjectOptions { texts, ..options.clone() }));
            problems.retain(|problem| superseded.contains_key(&problem.path));
            let others = project.problems().iter().filter(|problem| !superseded.contains_key(&problem.path));
            problems.extend(others.cloned());
        }
        let broken = broken(&problems);
        let own = project.lexicon().files().iter().filter(|file| file.pack.is_none());
        let mut sound: Texts = own
            .filter(|file| !broken.contains(&file.path))
            .map(|file| (file.path.clone(), Arc::from(&*file.text)))
            .collect();
        sound.extend(config_path.filter(|path| !broken.contains(path)).map(|path| (path, config_text.as_str().into())));
        sound.extend(kept);
        let loaded = Self {
            project,
            problems,
            superseded,
            sound,
            config: Buffer::new(&config_text),
            search: Arc::default(),
            lexicon: Arc::default(),
            audited: Arc::default(),
        };
        (loaded, watched)
    }

    /// The same for another day: the lexicon does not depend on it.
    fn with_as_of(&self, as_of: Option<EdtfDate>) -> Self {
        Self { project: Arc::new(self.project.with_as_of(as_of)), ..self.clone() }
    }

    /// The names of the lexicon, made ready for searching when they are first asked for.
    pub(super) fn search_index(&self) -> &SearchIndex {
        self.search.get_or_init(|| SearchIndex::build(self.project.lexicon()))
    }

    /// The text of a lexicon file, for positions in it.
    pub(super) fn lexicon_buffer(&self, file: FileIndex) -> Buffer {
        let read = || Buffer::new(&self.project.lexicon().file(file).text);
        lock(&self.lexicon).entry(file).or_insert_with(read).clone()
    }

    /// The text of a file that a problem is in, if it could be read.
    pub(super) fn problem_buffer(&self, path: &Path) -> Option<Buffer> {
        if let Some(text) = self.superseded.get(path) {
            return Some(Buffer::new(text));
        }
        if self.project.config_path() == Some(path) {
            return Some(self.config.clone());
        }
        self.file(path).map(|file| self.lexicon_buffer(file))
    }

    /// The lexicon file at `path`, however the path is written.
    pub(super) fn file(&self, path: &Path) -> Option<FileIndex> {
        let files = self.project.lexicon().files();
        let own = || files.iter().enumerate().filter(|(_, file)| file.pack.is_none());
        let position = own().find(|(_, file)| file.path == path).map(|(position, _)| position).or_else(|| {
            let path = path.canonicalize().ok()?;
            own().find(|(_, file)| file.path.canonicalize().is_ok_and(|known| known == path)).map(|found| found.0)
        });
        position.and_then(|position| u32::try_from(position).ok()).map(FileIndex)
    }

    /// What is wrong, doubtful or missing in the lexicon files beyond [`Loaded::problems`]; looked for
    /// once. Takes its time with a large lexicon.
    pub(super) fn audited(&self) -> &[Problem] {
        self.audited.get_or_init(|| self.project.audit(Zoned::now().date()))
    }
}

/// The text of a file, as it stands in the editor or else on disk.
fn read(path: &Path, texts: &Texts) -> Option<String> {
    text_for(path, texts).map(|text| text.to_string()).or_else(|| fs::read_to_string(path).ok())
}

/// The files of which something had to be left out.
fn broken(problems: &[Problem]) -> HashSet<PathBuf> {
    // A file that is gone is not broken.
    let leaves_out = |problem: &&Problem| problem.code.leaves_out() && problem.line > 0;
    problems.iter().filter(leaves_out).map(|problem| problem.path.clone()).collect()
}
