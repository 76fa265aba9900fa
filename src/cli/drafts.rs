//! Which drafts a command reads, and reading them.

use std::{
    collections::HashSet,
    fs,
    io::{self, Read},
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    sync::Arc,
};

use ignore::{DirEntry, WalkBuilder};

use super::{
    args::DraftArgs,
    faults::{Faults, io_message},
    place::as_given,
    projects::{Projects, resolved},
};
use crate::{check::Project, lang::Message, text::DraftFormat};

/// A draft that is still to be read.
pub(super) struct DraftSource {
    /// Its path as printed.
    pub name: String,
    /// Its path without symbolic links, by which it gets its date and rule levels; a draft on standard
    /// input has one if it was given a name.
    pub path: Option<PathBuf>,
    /// Where its text is.
    pub input: Input,
    pub format: DraftFormat,
    /// The project in force for it.
    pub project: Arc<Project>,
}

/// Where a draft's text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Input {
    File(PathBuf),
    Stdin,
}

/// Drafts checked before their results are written: enough to keep all processors busy, few enough to
/// hold in memory.
pub(super) const BATCH: usize = 64;

/// Why a draft could not be read or checked.
pub(super) struct DraftFault {
    /// The line, from 1, if the fault has one.
    pub line: Option<usize>,
    pub message: Message,
}

/// Finds the drafts that the arguments name, each once, in the order of their paths. The file that the
/// results go to is none of them; `None` if it was named as one, which is said, so that no draft is
/// overwritten.
pub(super) fn find(
    args: &DraftArgs,
    output: Option<&Path>,
    projects: &mut Projects,
    faults: &mut Faults,
) -> Option<Vec<DraftSource>> {
    let output = output.and_then(|path| path.canonicalize().ok());
    if output.is_some() && args.paths.iter().any(|path| path.canonicalize().ok() == output) {
        faults.general(&Message::new(
            "--output 与稿件是同一个文件，会覆盖稿件",
            "--output is one of the drafts and would overwrite it",
        ));
        return None;
    }
    let mut search = Search { projects, faults, found: Vec::new(), seen: output.into_iter().collect() };
    let is_stdin = |path: &PathBuf| path.as_os_str() == "-";
    let default = if args.stdin_filename.is_some() { "-" } else { "." };
    let default = [PathBuf::from(default)];
    let paths = if args.paths.is_empty() { &default[..] } else { &args.paths };
    if args.stdin_filename.is_some() && !paths.iter().any(is_stdin) {
        search
            .faults
            .general(&Message::new("--stdin-filename 须与路径 - 同用", "--stdin-filename goes with the path -"));
    }
    for path in paths {
        match fs::metadata(path) {
            _ if is_stdin(path) => search.add_stdin(args.stdin_filename.as_deref()),
            Ok(metadata) if metadata.is_dir() => search.add_folder(path),
            Ok(_) => search.add_file(path),
            Err(error) => search.faults.of_file(&as_given(path), None, &io_message(path, &error)),
        }
    }
    let mut found = search.found;
    found.sort_by(|a, b| Path::new(&a.name).cmp(Path::new(&b.name)));
    Some(found)
}

struct Search<'a> {
    projects: &'a mut Projects,
    faults: &'a mut Faults,
    found: Vec<DraftSource>,
    /// Files that are not to be added (again), without symbolic links.
    seen: HashSet<PathBuf>,
}

impl Search<'_> {
    fn add_stdin(&mut self, name: Option<&Path>) {
        if self.found.iter().any(|draft| draft.input == Input::Stdin) {
            return;
        }
        let Some(format) = name.map_or(Some(DraftFormat::Markdown), DraftFormat::from_path) else {
            return self.refuse_format(&as_given(name.unwrap_or(Path::new("-"))));
        };
        let path = name.map(resolved);
        let folder = path.clone().unwrap_or_else(|| resolved(Path::new("-")));
        let project = self.projects.of_folder(folder.parent().unwrap_or(&folder), self.faults).project;
        let name = as_given(name.unwrap_or(Path::new("-")));
        self.found.push(DraftSource { name, path, input: Input::Stdin, format, project });
    }

    /// A file that is named is always a draft.
    fn add_file(&mut self, path: &Path) {
        match DraftFormat::from_path(path) {
            Some(format) => self.add(path, resolved(path), format),
            None => self.refuse_format(&as_given(path)),
        }
    }

    fn add(&mut self, path: &Path, resolved: PathBuf, format: DraftFormat) {
        if !self.seen.insert(path.canonicalize().unwrap_or_else(|_| resolved.clone())) {
            return;
        }
        let project = self.projects.of_folder(resolved.parent().unwrap_or(&resolved), self.faults).project;
        let input = Input::File(path.to_owned());
        self.found.push(DraftSource { name: as_given(path), path: Some(resolved), input, format, project });
    }

    fn refuse_format(&mut self, name: &str) {
        let message = Message::new(
            "不是可核对的格式；稿件应为 .md、.markdown 或 .txt",
            "is in no format that can be checked; a draft is a .md, .markdown or .txt file",
        );
        self.faults.of_file(name, None, &message);
    }

    /// The drafts in a folder: those that the configuration includes, without those that .gitignore
    /// names, hidden ones and the texts of a lexicon.
    fn add_folder(&mut self, folder: &Path) {
        let Ok(root) = folder.canonicalize() else { return };
        let before = self.found.len();
        // A workspace need not be a repository for its .gitignore to hold.
        let walk = WalkBuilder::new(folder).require_git(false).sort_by_file_path(Path::cmp).build();
        for item in walk {
            match item {
                Ok(entry) if entry.depth() > 0 => self.add_entry(&entry, folder, &root),
                Ok(_) => {}
                Err(error) => self.refuse_entry(&error),
            }
        }
        if self.found.len() == before {
            let message = Message::new("其中没有稿件（.md、.txt）", "holds no draft (.md, .txt)");
            self.faults.note_on(&as_given(folder), None, &message);
        }
    }

    fn add_entry(&mut self, entry: &DirEntry, folder: &Path, root: &Path) {
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        // `.` itself is no part of a path that anybody would write.
        let path = if folder == Path::new(".") { below } else { entry.path() };
        let Some(kind) = entry.file_type().filter(|kind| !kind.is_dir()) else { return };
        if kind.is_symlink() && path.is_dir() {
            let message = Message::new(
                "是指向文件夹的链接，未进入；需要时请直接写出",
                "is a link to a folder and was not entered; name it to check it",
            );
            return self.faults.note_on(&as_given(path), None, &message);
        }
        let resolved = root.join(below);
        let folder = resolved.parent().unwrap_or(root);
        if !self.is_included(&resolved, folder, root) {
            return;
        }
        match DraftFormat::from_path(path) {
            Some(format) => self.add(path, resolved, format),
            None => {
                let message = Message::new(
                    "已略过：只核对 .md、.markdown 和 .txt",
                    "skipped: only .md, .markdown and .txt are checked",
                );
                self.faults.note_on(&as_given(path), None, &message);
            }
        }
    }

    /// Whether the configuration in force in `folder` takes the file for a draft.
    fn is_included(&mut self, file: &Path, folder: &Path, root: &Path) -> bool {
        let loaded = self.projects.of_folder(folder, self.faults);
        let config = loaded.project.config();
        let base = config.root.as_deref().filter(|base| file.starts_with(base)).unwrap_or(root);
        let relative = file.strip_prefix(base).unwrap_or(file);
        // A lexicon folder that holds all that was asked for does not make its drafts lexicon texts.
        let in_lexicon =
            loaded.lexicon_folders.iter().any(|lexicon| file.starts_with(lexicon) && !root.starts_with(lexicon));
        config.include.is_match(relative) && !config.exclude.is_match(relative) && !in_lexicon
    }

    fn refuse_entry(&mut self, error: &ignore::Error) {
        self.faults
            .general(&Message::new(format!("文件夹无法读取：{error}"), format!("a folder cannot be read: {error}")));
    }
}

impl DraftSource {
    /// Reads the draft's text.
    pub fn read(&self) -> Result<String, DraftFault> {
        let (path, bytes) = match &self.input {
            Input::File(path) => (path.as_path(), fs::read(path)),
            Input::Stdin => {
                let mut bytes = Vec::new();
                (Path::new("-"), io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes))
            }
        };
        let bytes = bytes.map_err(|error| DraftFault { line: None, message: io_message(path, &error) })?;
        decode(bytes)
    }
}

/// Runs the check of one draft. A fault of hegao's own in it must not take the findings of the others
/// with it.
pub(super) fn guarded<T>(check: impl FnOnce() -> T) -> Result<T, DraftFault> {
    let message = || {
        Message::new(
            "核对时程序出错，此稿未核对完；请报告此问题",
            "an error in hegao itself; this draft was not checked. Please report it",
        )
    };
    panic::catch_unwind(AssertUnwindSafe(check)).map_err(|_| DraftFault { line: None, message: message() })
}

/// The text of UTF-8 bytes, a byte order mark included.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, DraftFault> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = memchr::memchr_iter(b'\n', &error.as_bytes()[..at]).count() + 1;
        let message = Message::new(
            format!("第 {line} 行（第 {at} 字节）不是 UTF-8 文本，请另存为 UTF-8"),
            format!("not UTF-8 text in line {line} (byte {at}); save the file as UTF-8"),
        );
        DraftFault { line: Some(line), message }
    })
}
