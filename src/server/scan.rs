//! The drafts of the workspace, open or not: what they mention and what is found in them.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::SystemTime,
};

use ignore::WalkBuilder;
use smol_str::SmolStr;
use tower_lsp::ls_types::{Diagnostic, MessageType, Range, Uri};

use super::{
    answer::Stop,
    diagnostics,
    subject::entries,
    to_proto,
    world::{Checked, Document, World, lock},
};
use crate::{
    lang::Message,
    lexicon::EdtfDate,
    text::{DraftFormat, Span},
};

/// A draft of the workspace, read and checked.
pub(super) struct Scanned {
    /// Its name, as the client writes it.
    pub uri: Uri,
    /// The client's version, if it is open.
    pub version: Option<i32>,
    /// The hegao.toml in force for it, if there is one.
    pub project: Option<PathBuf>,
    /// What it mentions, in order of place.
    pub places: Vec<Place>,
    /// What is found in it; empty if it is open, since that is told elsewhere.
    pub diagnostics: Vec<Diagnostic>,
}

/// A mention of entries.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    /// The id of the entry; several if it is open which one is meant.
    pub entries: Vec<SmolStr>,
    /// Where the words stand.
    pub range: Range,
    /// The words, without markup.
    pub text: SmolStr,
    /// Whether they stand there without markup in between.
    pub is_plain: bool,
    /// Where the id of the annotation stands, if they are annotated.
    pub id_range: Option<Range>,
}

/// Remembers what drafts on disk say until they or their project change.
#[derive(Default)]
pub(super) struct Scans(Mutex<HashMap<PathBuf, (Stamp, Arc<Scanned>)>>);

/// What a scan depends on: the file's time and length, the lexicon revision, and the day if the client says it.
type Stamp = (Option<SystemTime>, u64, u64, Option<EdtfDate>);

impl Scans {
    /// The folders of the drafts that are remembered.
    pub(super) fn folders(&self) -> Vec<PathBuf> {
        let mut folders: Vec<_> = lock(&self.0).keys().filter_map(|path| path.parent().map(Path::to_owned)).collect();
        folders.sort();
        folders.dedup();
        folders
    }

    /// How often the drafts that are remembered mention each entry.
    pub(super) fn usage(&self) -> HashMap<SmolStr, usize> {
        let mut usage = HashMap::new();
        for (_, draft) in lock(&self.0).values() {
            for place in &draft.places {
                if let [entry] = place.entries.as_slice() {
                    *usage.entry(entry.clone()).or_default() += 1;
                }
            }
        }
        usage
    }
}

/// Every draft of the workspace, in order of path, the open ones as they are in the editor. What is
/// not read before `stop` is set is left out. Takes its time: not for the runtime.
pub(super) fn drafts(world: &World, stop: &Stop) -> Vec<Arc<Scanned>> {
    let open: Vec<Document> =
        world.state().documents.values().filter(|document| document.format.is_some()).cloned().collect();
    let mut found: Vec<Arc<Scanned>> = Vec::new();
    for document in &open {
        if stop.is_set() {
            return found;
        }
        found.extend(world.checked(document).map(|checked| Arc::new(of(world, &checked))));
    }
    let is_open = |path: &Path| open.iter().any(|document| document.path.as_deref() == Some(path));
    for path in files(world, stop).into_iter().filter(|path| !is_open(path)) {
        if stop.is_set() {
            break;
        }
        found.extend(of_file(world, &path));
    }
    found.sort_by(|a, b| a.uri.cmp(&b.uri));
    found.dedup_by(|a, b| a.uri == b.uri);
    found
}

/// The draft files below the workspace folders that their configurations include, without those that
/// .gitignore names, hidden ones and the texts of a lexicon.
pub(super) fn files(world: &World, stop: &Stop) -> Vec<PathBuf> {
    let mut roots = world.state().roots.clone();
    roots.sort();
    let mut files = Vec::new();
    for root in &roots {
        // A workspace need not be a repository for its .gitignore to hold.
        let walk = WalkBuilder::new(root).require_git(false).sort_by_file_path(Path::cmp).build();
        for item in walk {
            if stop.is_set() {
                return files;
            }
            let Ok(item) = item else { continue };
            let is_draft = item.file_type().is_some_and(|kind| !kind.is_dir())
                && DraftFormat::from_path(item.path()).is_some()
                && is_included(world, item.path(), root);
            if is_draft {
                files.push(item.into_path());
            }
        }
    }
    files.sort();
    files.dedup();
    files
}

/// Whether the configuration in force takes the file for a draft.
fn is_included(world: &World, file: &Path, root: &Path) -> bool {
    let loaded = world.project_in(file.parent());
    let config = loaded.project.config();
    let base = config.root.as_deref().filter(|base| file.starts_with(base)).unwrap_or(root);
    let relative = file.strip_prefix(base).unwrap_or(file);
    let in_lexicon = config.lexicon.paths.iter().any(|lexicon| file.starts_with(lexicon));
    config.include.is_match(relative) && !config.exclude.is_match(relative) && !in_lexicon
}

/// A draft on disk; `None` if it cannot be read, which the client's log then says.
pub(super) fn of_file(world: &World, path: &Path) -> Option<Arc<Scanned>> {
    let format = DraftFormat::from_path(path)?;
    let loaded = world.project_in(path.parent());
    let metadata = fs::metadata(path).ok()?;
    let project = &loaded.project;
    let stamp = (metadata.modified().ok(), metadata.len(), project.revision(), project.as_of_option());
    if let Some((_, known)) = lock(&world.scans.0).get(path).filter(|(known, _)| *known == stamp) {
        return Some(known.clone());
    }
    let text = match read(path) {
        Ok(text) => text,
        Err(error) => {
            let path = path.display();
            let message =
                Message::new(format!("{path} 无法读取，未核对：{error}"), format!("{path} was not checked: {error}"));
            world.log(MessageType::WARNING, &message);
            return None;
        }
    };
    let document = Document::unopened(to_proto::uri(path)?, path, format, &text);
    let checked = world.checked(&document)?;
    let scanned = Scanned { version: None, diagnostics: diagnostics::of_draft(world, &checked), ..of(world, &checked) };
    let scanned = Arc::new(scanned);
    lock(&world.scans.0).insert(path.to_owned(), (stamp, scanned.clone()));
    Some(scanned)
}

fn read(path: &Path) -> io::Result<String> {
    String::from_utf8(fs::read(path)?).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.utf8_error()))
}

fn of(world: &World, checked: &Checked) -> Scanned {
    Scanned {
        uri: checked.document.uri.clone(),
        version: Some(checked.document.version),
        project: checked.loaded.project.config_path().map(Path::to_owned),
        places: places(world, checked),
        diagnostics: Vec::new(),
    }
}

/// What a draft mentions, in order of place.
pub(super) fn places(world: &World, checked: &Checked) -> Vec<Place> {
    let draft = &checked.draft.draft;
    let lexicon = checked.loaded.project.lexicon();
    let range = |span: Span| to_proto::range(&checked.document.buffer, span, world.traits().encoding);
    let annotated: HashMap<(usize, Span), Span> =
        draft.annotations().map(|annotation| ((annotation.block, annotation.content), annotation.id_span)).collect();
    let mentions = checked.draft.analysis.mentions.iter().filter_map(|mention| Some((mention, entries(mention)?)));
    mentions
        .map(|(mention, entries)| Place {
            entries: entries.into_iter().map(|entry| lexicon.entry(entry).id.clone()).collect(),
            range: range(mention.span),
            text: mention.text.clone(),
            is_plain: draft.blocks[mention.block].is_contiguous(mention.content),
            id_range: annotated.get(&(mention.block, mention.content)).map(|id| range(*id)),
        })
        .collect()
}
