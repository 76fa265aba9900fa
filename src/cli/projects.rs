//! The projects in force: the nearest hegao.toml upward from each draft, loaded once.

use std::{
    collections::HashMap,
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    args::{AsOfArgs, ProjectArgs},
    faults::Faults,
    locale::Language,
};
use crate::{
    check::{Project, ProjectOptions, RuleSelection},
    config::Config,
};

/// Loads projects, and says what is wrong with their configuration and lexicon.
pub(super) struct Projects {
    options: ProjectOptions,
    language: Language,
    by_folder: HashMap<PathBuf, Option<PathBuf>>,
    by_config: HashMap<Option<PathBuf>, LoadedProject>,
}

/// A project with what the search for drafts asks of it.
#[derive(Clone)]
pub(super) struct LoadedProject {
    pub project: Arc<Project>,
    /// Its lexicon folders without symbolic links; `.txt` and `.md` files there are no drafts.
    pub lexicon_folders: Arc<[PathBuf]>,
}

impl Projects {
    pub fn new(project: &ProjectArgs, as_of: &AsOfArgs, selection: RuleSelection, language: Language) -> Self {
        let options = ProjectOptions {
            config: project.config.as_deref().map(resolved),
            lexicons: project.lexicons.clone(),
            as_of: as_of.as_of,
            lang: language.option,
            selection,
            ..ProjectOptions::default()
        };
        Self { options, language, by_folder: HashMap::new(), by_config: HashMap::new() }
    }

    /// The project in force in `folder`, an absolute path without symbolic links.
    pub fn of_folder(&mut self, folder: &Path, faults: &mut Faults) -> LoadedProject {
        let loaded = self.load_for(folder);
        if self.by_config.len() == 1 {
            // The first project's configuration gives the language of the run.
            faults.speak(self.language.of(&loaded.project.project));
        }
        if loaded.is_new {
            faults.of_problems(loaded.project.project.problems());
        }
        loaded.project
    }

    /// The project in force in the current folder, with its problems still unsaid.
    pub fn of_current_folder(&mut self) -> LoadedProject {
        let folder = env::current_dir().and_then(|folder| folder.canonicalize()).unwrap_or_default();
        self.load_for(&folder).project
    }

    fn load_for(&mut self, folder: &Path) -> Loading {
        let config = match (&self.options.config, self.by_folder.get(folder)) {
            (Some(config), _) => Some(config.clone()),
            (None, Some(known)) => known.clone(),
            (None, None) => {
                let found = Config::discover(folder);
                self.by_folder.insert(folder.to_owned(), found.clone());
                found
            }
        };
        if let Some(known) = self.by_config.get(&config) {
            return Loading { project: known.clone(), is_new: false };
        }
        let project = Project::load(config.clone(), self.options.clone());
        let folders = project.config().lexicon.paths.iter().filter(|path| path.is_dir());
        let lexicon_folders = folders.filter_map(|folder| folder.canonicalize().ok()).collect();
        let loaded = LoadedProject { project: Arc::new(project), lexicon_folders };
        self.by_config.insert(config, loaded.clone());
        Loading { project: loaded, is_new: true }
    }
}

struct Loading {
    project: LoadedProject,
    is_new: bool,
}

/// An absolute path without symbolic links but for the last part, so that a linked file keeps its name
/// and its place in the workspace.
pub(super) fn resolved(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or(OsStr::new(""));
    folder
        .canonicalize()
        .map_or_else(|_| std::path::absolute(path).unwrap_or_else(|_| path.to_owned()), |folder| folder.join(name))
}
