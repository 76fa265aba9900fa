//! What all handlers share: documents, settings, projects, and the ways to the client.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::mpsc::UnboundedSender;
use tower_lsp::{
    Client,
    ls_types::{MessageType, SemanticToken, Uri},
};

use super::{
    ServerOptions,
    answer::Turns,
    client_traits::ClientTraits,
    outbox::Outbox,
    pack_files::PackFiles,
    projects::{Loaded, Projects},
    publisher::Event,
    scan::Scans,
    settings::Settings,
    workbench::Workbench,
};
use crate::{
    check::{BlockCache, CheckedDraft, ProjectOptions},
    lang::{Lang, Message},
    lexicon::EdtfDate,
    text::{Buffer, DraftFormat},
};

/// The state of a session.
pub(super) struct World {
    /// What the command line decided.
    pub options: ServerOptions,
    /// The way to the client, for those who may wait for it.
    pub client: Client,
    /// The way to the client for everyone else.
    pub outbox: Outbox,
    /// The way to the publisher.
    pub events: UnboundedSender<Event>,
    /// The projects in use.
    pub projects: Projects,
    /// Where the built-in packs can be looked at.
    pub pack_files: PackFiles,
    /// Whether the client has asked to shut down.
    pub shut_down: AtomicBool,
    /// Who computes an answer now.
    pub turns: Turns,
    /// Where the publisher checks open drafts.
    pub workbench: Workbench,
    /// What is known of the drafts that are not open.
    pub scans: Scans,
    traits: OnceLock<ClientTraits>,
    state: Mutex<State>,
}

/// What notifications change.
#[derive(Default)]
pub(super) struct State {
    /// The open documents.
    pub documents: HashMap<Uri, Document>,
    /// The workspace folders, in the client's order.
    pub roots: Vec<PathBuf>,
    /// The settings that came with `initialize`.
    pub initial: Settings,
    /// The client's settings, once it has told them.
    pub settings: Option<Settings>,
    /// The as-of date set by the command `hegao.setAsOf`.
    pub commanded: Option<EdtfDate>,
    generations: u64,
}

/// An open document. A clone is a cheap snapshot that later edits do not change.
#[derive(Clone)]
pub(super) struct Document {
    /// Its name, as the client writes it.
    pub uri: Uri,
    /// Its file, if it has one.
    pub path: Option<PathBuf>,
    /// How it is written; `None` if it is no draft.
    pub format: Option<DraftFormat>,
    /// The client's version.
    pub version: i32,
    /// The text.
    pub buffer: Buffer,
    /// A number that no other version of any document has had.
    pub generation: u64,
    /// Whether the server has written the file since the client last said what is in it.
    pub is_behind: bool,
    /// What is known of its text.
    pub check: Arc<Mutex<Check>>,
    /// The semantic tokens the client has.
    pub tokens: Arc<Mutex<Option<SentTokens>>>,
}

/// Semantic tokens with the result id they were sent with.
pub(super) type SentTokens = (String, Vec<SemanticToken>);

/// What is known of a document's text.
#[derive(Default)]
pub(super) struct Check {
    cache: BlockCache,
    last: Option<Arc<Checked>>,
}

/// A version of a draft with everything known of it.
pub(super) struct Checked {
    /// The version.
    pub document: Document,
    /// The project in force.
    pub loaded: Arc<Loaded>,
    /// The draft with its mentions and findings.
    pub draft: CheckedDraft,
    /// The language of messages about it.
    pub lang: Lang,
}

impl Document {
    /// A draft that is on disk and not open in the editor.
    pub(super) fn unopened(uri: Uri, path: &Path, format: DraftFormat, text: &str) -> Self {
        Self {
            uri,
            path: Some(path.to_owned()),
            format: Some(format),
            version: 0,
            buffer: Buffer::new(text),
            generation: 0,
            is_behind: false,
            check: Arc::default(),
            tokens: Arc::default(),
        }
    }

    /// Whether it is a file of the kind that lexicons and configurations are written in.
    pub(super) fn is_lexicon_file(&self) -> bool {
        let extension = self.path.as_deref().and_then(Path::extension);
        self.format.is_none() && extension.is_some_and(|extension| extension == "toml" || extension == "csv")
    }
}

impl State {
    /// Opens a document.
    pub(super) fn open(&mut self, uri: Uri, language: &str, version: i32, text: &str) {
        let document = Document {
            path: super::from_proto::path(&uri),
            format: super::from_proto::format(&uri, language),
            version,
            buffer: Buffer::new(text),
            generation: self.next_generation(),
            is_behind: false,
            check: Arc::default(),
            tokens: Arc::default(),
            uri: uri.clone(),
        };
        self.documents.insert(uri, document);
    }

    /// The document to be changed, already counted as another version.
    pub(super) fn change(&mut self, uri: &Uri, version: i32) -> Option<&mut Document> {
        let generation = self.next_generation();
        let document = self.documents.get_mut(uri)?;
        document.version = version;
        document.generation = generation;
        document.is_behind = false;
        Some(document)
    }

    /// The settings in force: those that were asked for or pushed, else those of `initialize`.
    pub(super) fn settings(&self) -> Settings {
        self.settings.unwrap_or(self.initial)
    }

    /// The as-of date the client wants, whatever drafts and configurations say.
    pub(super) fn as_of(&self) -> Option<EdtfDate> {
        self.commanded.or(self.settings.and_then(|settings| settings.as_of)).or(self.initial.as_of)
    }

    fn next_generation(&mut self) -> u64 {
        self.generations += 1;
        self.generations
    }
}

impl World {
    /// The world before `initialize`.
    pub(super) fn new(options: ServerOptions, client: Client, outbox: Outbox, events: UnboundedSender<Event>) -> Self {
        Self {
            options,
            client,
            outbox,
            projects: Projects::new(events.clone()),
            events,
            pack_files: PackFiles::default(),
            shut_down: AtomicBool::new(false),
            turns: Turns::default(),
            workbench: Workbench::default(),
            scans: Scans::default(),
            traits: OnceLock::new(),
            state: Mutex::default(),
        }
    }

    /// The state, to be looked at or changed quickly: never across an await, never during a check.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Remembers what the client can do.
    pub(super) fn set_traits(&self, traits: ClientTraits) {
        // `initialize` comes once; tower_lsp refuses a second one.
        let _ = self.traits.set(traits);
    }

    /// What the client can do.
    pub(super) fn traits(&self) -> &ClientTraits {
        self.traits.get_or_init(ClientTraits::default)
    }

    /// The language of messages where no configuration says otherwise.
    pub(super) fn lang(&self) -> Lang {
        self.options.lang.or(self.traits().lang).unwrap_or_default()
    }

    /// The client's settings.
    pub(super) fn settings(&self) -> Settings {
        self.state().settings()
    }

    /// A message of the server itself, in its language.
    pub(super) fn log(&self, kind: MessageType, message: &Message) {
        self.outbox.log(kind, message.get(self.lang()));
    }

    /// Tells the publisher.
    pub(super) fn tell(&self, event: Event) {
        // Fails only when the session is over.
        let _ = self.events.send(event);
    }

    /// A snapshot of an open document.
    pub(super) fn document(&self, uri: &Uri) -> Option<Document> {
        self.state().documents.get(uri).cloned()
    }

    /// The folders whose projects are in use: those of open drafts, and the workspace's.
    pub(super) fn folders(&self) -> Vec<Option<PathBuf>> {
        let state = self.state();
        let drafts = state.documents.values().filter(|document| document.format.is_some());
        let mut folders: Vec<_> = drafts.map(|document| folder(document.path.as_deref(), &state.roots)).collect();
        folders.extend(state.roots.iter().cloned().map(Some));
        folders.extend(self.scans.folders().into_iter().map(Some));
        folders.sort();
        folders.dedup();
        folders
    }

    /// The project in force for a document, loaded if need be. Waits for files: not for the runtime.
    pub(super) fn project(&self, document: &Document) -> Arc<Loaded> {
        let folder = folder(document.path.as_deref(), &self.state().roots);
        self.project_in(folder.as_deref())
    }

    /// The project in force for a document that may be open or not.
    pub(super) fn project_of(&self, uri: &Uri) -> Arc<Loaded> {
        let path = super::from_proto::path(uri);
        let folder = folder(path.as_deref(), &self.state().roots);
        self.project_in(folder.as_deref())
    }

    /// The project in force in a folder, loaded if need be.
    pub(super) fn project_in(&self, folder: Option<&Path>) -> Arc<Loaded> {
        let as_of = self.state().as_of();
        self.projects.of_folder(folder, as_of, &|| self.project_options())
    }

    /// Brings the projects in use up to date.
    pub(super) fn refresh_projects(&self) {
        let as_of = self.state().as_of();
        self.projects.refresh(&self.folders(), as_of, &|| self.project_options());
    }

    /// What the client's settings put above hegao.toml.
    fn project_options(&self) -> ProjectOptions {
        let (as_of, open) = {
            let state = self.state();
            let open = state.documents.values().filter(|document| document.is_lexicon_file() && !document.is_behind);
            let open: Vec<Document> = open.cloned().collect();
            (state.as_of(), open)
        };
        let texts = open.into_iter().filter_map(|document| Some((document.path?, document.buffer.text().into())));
        ProjectOptions { as_of, lang: self.options.lang, texts: texts.collect(), ..ProjectOptions::default() }
    }

    /// Checks a version of a draft, unless that was done before; `None` for what is no draft. Takes
    /// its time: not for the runtime.
    pub(super) fn checked(&self, document: &Document) -> Option<Arc<Checked>> {
        let format = document.format?;
        let loaded = self.project(document);
        let mut check = lock(&document.check);
        let known = check.last.as_ref().filter(|last| {
            last.document.generation == document.generation
                && last.loaded.project.revision() == loaded.project.revision()
                && last.loaded.project.as_of_option() == loaded.project.as_of_option()
        });
        if let Some(known) = known {
            return Some(known.clone());
        }
        let text = document.buffer.text();
        let draft = loaded.project.check(document.path.as_deref(), text, format, &mut check.cache);
        let lang = loaded.project.lang(self.lang());
        let checked = Arc::new(Checked { document: document.clone(), loaded, draft, lang });
        if check.last.as_ref().is_none_or(|last| last.document.generation <= document.generation) {
            check.last = Some(checked.clone());
        }
        Some(checked)
    }

    /// Whether the client asked to shut down.
    pub(super) fn is_shut_down(&self) -> bool {
        self.shut_down.load(Ordering::SeqCst)
    }
}

/// The folder from which the configuration is looked for; a draft without a file belongs to the
/// first workspace folder.
fn folder(path: Option<&Path>, roots: &[PathBuf]) -> Option<PathBuf> {
    match path {
        Some(path) => path.parent().map(Path::to_owned),
        None => roots.first().cloned(),
    }
}

/// Locks a mutex; a panic of another holder does not spread, since what it guards is replaced as a
/// whole.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
