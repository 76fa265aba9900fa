//! From packs and files to a lexicon.

use std::{
    collections::{BTreeMap, HashMap, HashSet, hash_map},
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use smol_str::SmolStr;

use super::{
    Lexicon, csv_file,
    entry::{Entry, EntryIndex},
    file::{FileIndex, LexiconFile},
    forms::SurfaceForms,
    pack_table::PackTable,
    packs::{PACKS, Pack, PackFile},
    problem::{Problem, ProblemCode, Related},
    sink::Sink,
    toml_file,
};
use crate::{lang::Message, text::Span};

/// What a lexicon is made of.
#[derive(Clone, Debug, Default)]
pub struct LexiconSources {
    /// Packs, lowest first.
    pub packs: Vec<&'static Pack>,
    /// Files and folders; a folder gives every `*.toml` and `*.csv` below it, in the order of paths.
    pub paths: Vec<PathBuf>,
}

/// Texts that count in place of what is on disk, by path: files open in an editor, say.
pub type Texts = BTreeMap<PathBuf, Arc<str>>;

/// Loads a lexicon; what cannot be read becomes a problem of the result.
pub(super) fn load(sources: &LexiconSources, texts: &Texts) -> Lexicon {
    let mut builder = Builder::default();
    for pack in PACKS {
        let in_force = sources.packs.iter().any(|wanted| wanted.name == pack.name);
        for file in pack.files {
            builder.add_pack_file(pack, file, in_force);
        }
    }
    builder.packs_end = builder.entries.len();
    for path in &sources.paths {
        builder.add_path(path, texts);
    }
    builder.finish()
}

#[derive(Default)]
struct Builder {
    tables: Vec<Arc<PackTable>>,
    entries: Vec<Entry>,
    packs_end: usize,
    files: Vec<LexiconFile>,
    problems: Vec<Problem>,
}

impl Builder {
    /// Files of all packs are listed, in force or not, so that a file of a pack always has one index and
    /// its table can be shared.
    fn add_pack_file(&mut self, pack: &'static Pack, file: &'static PackFile, in_force: bool) {
        let index = FileIndex(self.files.len() as u32);
        let path = Path::new("packs").join(file.path);
        if in_force && file.table.is_some() {
            self.tables.extend(shared_table(file, index));
        } else if in_force {
            let sink = Sink::new(&path, file.text);
            self.entries.extend(toml_file::read(file.text, index, &sink));
            self.problems.extend(sink.into_problems());
        }
        self.files.push(LexiconFile { path, pack: Some(pack.name), text: file.text.into() });
    }

    fn add_path(&mut self, path: &Path, texts: &Texts) {
        if !path.is_dir() {
            return self.read_file(path, texts);
        }
        match lexicon_files(path) {
            Ok(files) => files.iter().for_each(|file| self.read_file(file, texts)),
            Err(error) => self.unreadable(path, &error.to_string()),
        }
    }

    fn read_file(&mut self, path: &Path, texts: &Texts) {
        if let Some(text) = text_for(path, texts) {
            return self.add_file(path.to_owned(), text.to_string());
        }
        match fs::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => self.add_file(path.to_owned(), text),
            Ok(Err(error)) => {
                let at = error.utf8_error().valid_up_to();
                let line = memchr::memchr_iter(b'\n', &error.as_bytes()[..at]).count() + 1;
                let message = Message::new("不是 UTF-8 文本，请另存为 UTF-8", "not UTF-8 text; save the file as UTF-8");
                self.problems.push(Problem::new(ProblemCode::Unreadable, path, Span::new(at, at), line, message));
            }
            Err(error) => self.unreadable(path, &error.to_string()),
        }
    }

    fn unreadable(&mut self, path: &Path, reason: &str) {
        let message = Message::new(format!("词库无法读取：{reason}"), format!("the lexicon cannot be read: {reason}"));
        self.problems.push(Problem::new(ProblemCode::Unreadable, path, Span::new(0, 0), 0, message));
    }

    fn add_file(&mut self, path: PathBuf, text: String) {
        let index = FileIndex(self.files.len() as u32);
        let sink = Sink::new(&path, &text);
        let entries = read_file(&path, &text, index, &sink);
        self.problems.extend(sink.into_problems());
        self.entries.extend(entries);
        self.files.push(LexiconFile { path, pack: None, text: text.into() });
    }

    fn finish(mut self) -> Lexicon {
        self.override_pack_entries();
        let first_own: usize = self.tables.iter().map(|table| table.len()).sum();
        let by_id = self.drop_duplicates(first_own);
        let build = || SurfaceForms::build(&self.tables, self.overridden_table_entries(), &self.entries);
        let (forms, by_code) = rayon::join(build, || self.codes(first_own));
        let Self { tables, entries, files, problems, .. } = self;
        Lexicon { tables, first_own, entries, files, problems, forms, by_id, by_code }
    }

    /// Which of the entries, whose first has the index `first_own`, had a code.
    fn codes(&self, first_own: usize) -> BTreeMap<SmolStr, Vec<EntryIndex>> {
        let mut by_code: BTreeMap<_, Vec<EntryIndex>> = BTreeMap::new();
        for (position, entry) in self.entries.iter().enumerate() {
            let index = EntryIndex((first_own + position) as u32);
            let versions = entry.place().map(|place| place.versions.as_slice()).unwrap_or_default();
            for code in versions.iter().filter_map(|version| version.code.clone()) {
                let holders = by_code.entry(code).or_default();
                if holders.last() != Some(&index) {
                    holders.push(index);
                }
            }
        }
        by_code
    }

    fn override_pack_entries(&mut self) {
        let (packs, own) = self.entries.split_at(self.packs_end);
        let pack_ids: HashSet<&SmolStr> = packs.iter().map(|entry| &entry.id).collect();
        let own = own.iter().filter(|entry| pack_ids.contains(&entry.id));
        let own: HashSet<SmolStr> = own.map(|entry| entry.id.clone()).collect();
        let mut position = 0;
        let packs_end = self.packs_end;
        self.entries.retain(|entry| {
            position += 1;
            position > packs_end || !own.contains(&entry.id)
        });
    }

    /// The entries of pack tables that have the id of another entry.
    fn overridden_table_entries(&self) -> HashSet<EntryIndex> {
        let mut overridden = HashSet::new();
        let mut first = 0;
        for table in &self.tables {
            let positions = self.entries.iter().filter_map(|entry| table.find(&entry.id));
            overridden.extend(positions.map(|position| EntryIndex((first + position) as u32)));
            first += table.len();
        }
        overridden
    }

    /// Of two entries with one id the first stays in force and the second is reported. Returns the ids
    /// with the entries, whose first has the index `first_own`.
    fn drop_duplicates(&mut self, first_own: usize) -> HashMap<SmolStr, EntryIndex> {
        let mut by_id = HashMap::with_capacity(self.entries.len());
        let mut doubled = Vec::new();
        for (position, entry) in self.entries.iter().enumerate() {
            let kept = first_own + by_id.len();
            match by_id.entry(entry.id.clone()) {
                hash_map::Entry::Vacant(slot) => {
                    slot.insert(EntryIndex(kept as u32));
                }
                hash_map::Entry::Occupied(_) => doubled.push(position),
            }
        }
        let mut position = 0;
        let mut next = doubled.iter().copied().peekable();
        let second = self.entries.extract_if(.., |_| {
            let is_second = next.next_if_eq(&position).is_some();
            position += 1;
            is_second
        });
        let second: Vec<Entry> = second.collect();
        for entry in &second {
            let first = &self.entries[by_id[&entry.id].0 as usize - first_own];
            let problem = self.duplicate(first, entry);
            self.problems.push(problem);
        }
        by_id
    }

    /// Says that the id of `second` is already that of `first`.
    fn duplicate(&self, first: &Entry, second: &Entry) -> Problem {
        let [first_file, file] = [first, second].map(|entry| &self.files[entry.file.0 as usize]);
        let at = format!("{}:{}", first_file.path.display(), first_file.line(first.span.start));
        let message = Message::new(
            format!("id `{}` 已用于 {at}；每个词条须有自己的 id", second.id),
            format!("the id `{}` is already used at {at}; each entry needs its own", second.id),
        );
        let span = second.field_span("id");
        let mut problem = Problem::new(ProblemCode::DuplicateId, &file.path, span, file.line(span.start), message);
        let text = second.id.to_string();
        problem.related.push(Related { path: first_file.path.clone(), at: first.span.start, text });
        problem
    }
}

/// The opened table of a pack file; opened once in the life of the program.
fn shared_table(file: &'static PackFile, index: FileIndex) -> Option<Arc<PackTable>> {
    static OPENED: Mutex<Vec<(&str, Arc<PackTable>)>> = Mutex::new(Vec::new());
    let mut opened = OPENED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, table)) = opened.iter().find(|(path, _)| *path == file.path) {
        return Some(table.clone());
    }
    let table = Arc::new(PackTable::open(file.text, file.table?, index));
    opened.push((file.path, table.clone()));
    Some(table)
}

/// The entries of one file as they stand in `text`; what is broken is left out.
pub(crate) fn read_entries(path: &Path, text: &str) -> Vec<Entry> {
    read_file(path, text, FileIndex(0), &Sink::new(path, text))
}

fn read_file(path: &Path, text: &str, file: FileIndex, sink: &Sink<'_>) -> Vec<Entry> {
    let is_csv = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    if is_csv { csv_file::read(&stem, text, file, sink) } else { toml_file::read(text, file, sink) }
}

/// The text that counts in place of the file at `path`, however the path is written.
pub(crate) fn text_for<'t>(path: &Path, texts: &'t Texts) -> Option<&'t Arc<str>> {
    if texts.is_empty() {
        return None;
    }
    texts.get(path).or_else(|| texts.get(&path.canonicalize().ok()?))
}

/// Every `*.toml` and `*.csv` below `folder`, in the order of paths; `hegao.toml` is configuration.
fn lexicon_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(&folder)? {
            let path = item?.path();
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            let is_lexicon = path.extension().is_some_and(|extension| extension == "toml" || extension == "csv");
            if path.is_dir() && !hidden {
                folders.push(path);
            } else if is_lexicon && !hidden && path.file_name().is_some_and(|name| name != "hegao.toml") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
