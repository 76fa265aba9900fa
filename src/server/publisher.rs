//! The one task that publishes diagnostics: it debounces, checks, and publishes with the version.

use std::{
    collections::{BTreeSet, HashMap},
    fs,
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use tokio::{
    select,
    sync::mpsc::UnboundedReceiver,
    task::spawn_blocking,
    time::{Instant, sleep_until},
};
use tower_lsp::ls_types::{Diagnostic, MessageType, Uri};

use super::{
    diagnostics, from_proto, lexicon_file, projects::Loaded, scan::Scanned, status::Status, workspace_scan,
    world::World,
};
use crate::lang::Message;

/// How long a draft must be left alone before it is checked again.
const DEBOUNCE: Duration = Duration::from_millis(60);

/// How long a lexicon file must be left alone before the lexicon is loaded again: every open draft
/// is checked again then.
const RELOAD_DEBOUNCE: Duration = Duration::from_millis(250);

/// What the publisher is told.
pub(super) enum Event {
    /// A document was opened.
    Opened(Uri),
    /// A document was changed.
    Changed(Uri),
    /// A draft was closed.
    Closed(Uri),
    /// Files or settings have changed that projects are made of.
    FilesChanged,
    /// Drafts on disk or the wish to see their findings have changed.
    DraftsChanged,
    /// The drafts of the workspace were read; `None` if that could not be done.
    Scanned(Option<Vec<Arc<Scanned>>>),
    /// A project was loaded.
    Loaded,
}

/// The publisher's own state.
pub(super) struct Publisher {
    world: Arc<World>,
    events: UnboundedReceiver<Event>,
    /// When each document is to be checked.
    due: HashMap<Uri, Instant>,
    /// What the client has of each open draft.
    drafts: HashMap<Uri, Published>,
    /// What the client has of hegao.toml and lexicon files.
    problems: HashMap<Uri, Vec<Diagnostic>>,
    /// The last status of each project.
    statuses: HashMap<Option<PathBuf>, Status>,
    /// What the client has of drafts that are not open.
    unopened: HashMap<Uri, Vec<Diagnostic>>,
    /// Whether the drafts of the workspace are being read, and whether they must be once more.
    scanning: bool,
    scan_again: bool,
    /// The broken files of which an earlier version is in force.
    superseded: BTreeSet<PathBuf>,
    /// Whether any project had problems.
    was_faulty: bool,
}

struct Published {
    version: i32,
    diagnostics: Vec<Diagnostic>,
    status: Option<Status>,
}

impl Publisher {
    /// A publisher that is told `events`.
    pub(super) fn new(world: Arc<World>, events: UnboundedReceiver<Event>) -> Self {
        Self {
            world,
            events,
            due: HashMap::new(),
            drafts: HashMap::new(),
            problems: HashMap::new(),
            statuses: HashMap::new(),
            unopened: HashMap::new(),
            scanning: false,
            scan_again: false,
            superseded: BTreeSet::new(),
            was_faulty: false,
        }
    }

    /// Publishes until the session is over.
    pub(super) async fn run(mut self) {
        loop {
            let next = self.due.iter().min_by_key(|(_, due)| **due).map(|(uri, due)| (uri.clone(), *due));
            let wait = next.as_ref().map_or_else(Instant::now, |(_, due)| *due);
            select! {
                biased;
                event = self.events.recv() => match event {
                    Some(event) => self.take(event).await,
                    None => return,
                },
                () = sleep_until(wait), if next.is_some() => {
                    if let Some((uri, _)) = next {
                        self.due.remove(&uri);
                        self.check(uri).await;
                    }
                }
            }
        }
    }

    async fn take(&mut self, event: Event) {
        match event {
            Event::Opened(uri) => {
                // From now on the list is that of the open draft.
                self.unopened.remove(&uri);
                self.due.insert(uri, Instant::now());
            }
            Event::Changed(uri) => {
                let document = self.world.document(&uri);
                let is_lexicon_file = document.is_some_and(|document| document.is_lexicon_file());
                let debounce = if is_lexicon_file { RELOAD_DEBOUNCE } else { DEBOUNCE };
                self.due.insert(uri, Instant::now() + debounce);
            }
            Event::Closed(uri) if from_proto::format(&uri, "").is_none() && !self.drafts.contains_key(&uri) => {
                self.due.remove(&uri);
                // From now on its text on disk counts.
                self.reload(&uri).await;
                self.announce().await;
            }
            Event::Closed(uri) => {
                self.due.remove(&uri);
                self.drafts.remove(&uri);
                self.publish(uri, Vec::new(), None).await;
                self.scan().await;
            }
            Event::FilesChanged => {
                self.refresh().await;
                self.check_all();
                self.ask_again();
                self.scan().await;
            }
            Event::DraftsChanged => {
                self.ask_again();
                self.scan().await;
            }
            Event::Scanned(drafts) => self.show_unopened(drafts.unwrap_or_default()).await,
            Event::Loaded => self.announce().await,
        }
    }

    /// Sends diagnostics, unless the client asks for them itself.
    async fn publish(&self, uri: Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
        if !self.world.traits().pulls_diagnostics {
            self.world.client.publish_diagnostics(uri, diagnostics, version).await;
        }
    }

    /// Reads the drafts that are not open, if the client wants their findings; who does it tells when it
    /// is done.
    async fn scan(&mut self) {
        if self.world.traits().pulls_diagnostics {
            return;
        }
        if !self.world.settings().workspace_diagnostics {
            return self.show_unopened(Vec::new()).await;
        }
        if self.scanning {
            self.scan_again = true;
            return;
        }
        self.scanning = true;
        let world = self.world.clone();
        tokio::spawn(async move {
            let drafts = workspace_scan::run(&world).await;
            world.tell(Event::Scanned(drafts));
        });
    }

    /// Sends what is found in drafts that are not open, as far as the client does not have it.
    async fn show_unopened(&mut self, drafts: Vec<Arc<Scanned>>) {
        self.scanning = false;
        let wanted = self.world.settings().workspace_diagnostics;
        let is_open = |uri: &Uri| self.world.document(uri).is_some();
        let shown = drafts.iter().filter(|draft| wanted && !is_open(&draft.uri));
        let shown: HashMap<Uri, Vec<Diagnostic>> =
            shown.map(|draft| (draft.uri.clone(), draft.diagnostics.clone())).collect();
        let mut gone: Vec<Uri> =
            self.unopened.keys().filter(|uri| !shown.contains_key(*uri) && !is_open(uri)).cloned().collect();
        gone.sort();
        for uri in gone {
            self.publish(uri, Vec::new(), None).await;
        }
        for draft in drafts.iter().filter(|draft| shown.contains_key(&draft.uri)) {
            if self.unopened.get(&draft.uri).map_or(&[][..], Vec::as_slice) != draft.diagnostics {
                self.publish(draft.uri.clone(), draft.diagnostics.clone(), None).await;
            }
        }
        self.unopened = shown;
        if std::mem::take(&mut self.scan_again) {
            Box::pin(self.scan()).await;
        }
    }

    /// Has the client ask again for what it asked for before; nobody waits for its answer.
    fn ask_again(&self) {
        let world = self.world.clone();
        tokio::spawn(async move {
            let (traits, client) = (world.traits(), &world.client);
            // A client that refuses keeps what it has.
            if traits.pulls_diagnostics {
                let _ = client.workspace_diagnostic_refresh().await;
            }
            if traits.refreshes_tokens {
                let _ = client.semantic_tokens_refresh().await;
            }
            if traits.refreshes_hints {
                let _ = client.inlay_hint_refresh().await;
            }
        });
    }

    /// Has every open document checked again.
    fn check_all(&mut self) {
        let state = self.world.state();
        let drafts = state.documents.values().filter(|document| document.format.is_some());
        let open: Vec<Uri> = drafts.map(|document| document.uri.clone()).collect();
        drop(state);
        self.due.extend(open.into_iter().map(|uri| (uri, Instant::now())));
    }

    /// Checks a draft and publishes its findings, unless it has changed in the meantime.
    async fn check(&mut self, uri: Uri) {
        let Some(document) = self.world.document(&uri) else { return };
        if document.is_lexicon_file() {
            self.reload(&uri).await;
            return self.announce().await;
        }
        if document.format.is_none() {
            return;
        }
        let (generation, version) = (document.generation, document.version);
        let world = self.world.clone();
        let result = self.world.workbench.run(move || {
            let checked = world.checked(&document)?;
            let diagnostics = diagnostics::of_draft(&world, &checked);
            let status = Status::of_draft(&checked, checked.lang);
            Some((diagnostics, status))
        });
        let (diagnostics, status) = match result.await {
            Ok(Some(result)) => result,
            Ok(None) => return,
            Err(fault) => {
                return self.world.outbox.log(MessageType::ERROR, format!("hegao: {}: {fault}", uri.as_str()));
            }
        };
        if self.world.document(&uri).is_none_or(|current| current.generation != generation) {
            return;
        }
        let before = self.drafts.get(&uri);
        // A client that has moved on drops a list for an older version, so a list counts as sent
        // only for the version it was sent with.
        if before.is_none_or(|before| before.version != version || before.diagnostics != diagnostics) {
            self.publish(uri.clone(), diagnostics.clone(), Some(version)).await;
        }
        let told = before.and_then(|before| before.status.as_ref());
        if told.is_none_or(|told| Status { version: told.version, ..status.clone() } != *told) {
            self.world.outbox.status(status.clone());
        }
        self.drafts.insert(uri, Published { version, diagnostics, status: Some(status) });
    }

    /// Loads the projects again that a lexicon or configuration file belongs to, if it differs from
    /// what they were loaded from.
    async fn reload(&mut self, uri: &Uri) {
        let (Some(path), world) = (from_proto::path(uri), self.world.clone()) else { return };
        let text = world.document(uri).filter(|document| !document.is_behind).map(|document| document.buffer);
        let differs = move || {
            let text = text.map(|buffer| buffer.text()).or_else(|| fs::read_to_string(&path).ok());
            let loaded = world.projects.loaded();
            let known = |loaded: &Arc<Loaded>| {
                // What a project has not read yet may be new to it.
                loaded.problem_buffer(&path).map(|buffer| buffer.text()) != text
            };
            loaded.iter().any(known) && world.projects.files_changed(std::slice::from_ref(&path))
        };
        if spawn_blocking(differs).await.unwrap_or(false) {
            self.refresh().await;
            self.check_all();
        }
    }

    /// Loads what has changed.
    async fn refresh(&self) {
        let world = self.world.clone();
        let refreshed = self.world.workbench.run(move || world.refresh_projects());
        if let Err(fault) = refreshed.await {
            self.world.outbox.log(MessageType::ERROR, format!("hegao: {fault}"));
        }
    }

    /// Tells the client about the projects as they are loaded now.
    async fn announce(&mut self) {
        let world = self.world.clone();
        let result = spawn_blocking(move || {
            let loaded = world.projects.loaded();
            let problems = lexicon_file::diagnostics::of_projects(&world, &loaded);
            let statuses = loaded.iter().map(|loaded| {
                let path = loaded.project.config_path().map(PathBuf::from);
                (path, Status::of_project(loaded, loaded.project.lang(world.lang())))
            });
            let statuses: HashMap<_, _> = statuses.collect();
            let first = loaded.iter().flat_map(|loaded| &loaded.problems).next().cloned();
            let superseded = loaded.iter().flat_map(|loaded| loaded.superseded.keys().cloned()).collect();
            (problems, statuses, superseded, first)
        });
        let Ok((problems, statuses, superseded, first)) = result.await else { return };
        self.tell_superseded(superseded);
        for (path, status) in &statuses {
            if self.statuses.get(path) != Some(status) {
                self.world.outbox.status(status.clone());
            }
        }
        self.statuses = statuses;
        self.publish_problems(problems).await;
        match first {
            Some(problem) if !self.was_faulty => {
                let at = format!("{}:{}: {}", problem.path.display(), problem.line, problem.code);
                let message = Message::new(
                    format!("词库或配置有误，其余部分照常使用：{at} {}", problem.message.zh),
                    format!(
                        "A lexicon or configuration file is faulty; the rest stays in force: {at} {}",
                        problem.message.en
                    ),
                );
                // Whoever is at work on the file sees the fault in it.
                let is_open =
                    self.world.state().documents.values().any(|open| open.path.as_ref() == Some(&problem.path));
                if is_open {
                    self.world.log(MessageType::WARNING, &message);
                } else {
                    self.world.outbox.show(MessageType::WARNING, message.get(self.world.lang()));
                }
                self.was_faulty = true;
            }
            None if self.was_faulty => {
                let message =
                    Message::new("词库和配置已无错误。", "The lexicon and the configuration are sound again.");
                self.world.log(MessageType::INFO, &message);
                self.was_faulty = false;
            }
            _ => {}
        }
    }

    /// Says once of each broken file that its last sound version stays in force.
    fn tell_superseded(&mut self, superseded: BTreeSet<PathBuf>) {
        for path in superseded.difference(&self.superseded) {
            let (path, what) = (path.display(), lexicon_file::diagnostics::superseded());
            let message = Message::new(format!("{path}：{}", what.zh), format!("{path}: {}", what.en));
            self.world.log(MessageType::WARNING, &message);
        }
        self.superseded = superseded;
    }

    async fn publish_problems(&mut self, problems: HashMap<Uri, Vec<Diagnostic>>) {
        let mut gone: Vec<Uri> = self.problems.keys().filter(|uri| !problems.contains_key(*uri)).cloned().collect();
        gone.sort();
        for uri in gone {
            self.publish(uri, Vec::new(), None).await;
        }
        for (uri, diagnostics) in &problems {
            if self.problems.get(uri) != Some(diagnostics) {
                self.publish(uri.clone(), diagnostics.clone(), None).await;
            }
        }
        self.problems = problems;
    }
}
