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
    decode::{Decoded, decode, decode_docx},
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
    /// Whether it is a document of Word.
    pub is_docx: bool,
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
        let Some((format, is_docx)) = name.map_or(Some((DraftFormat::Markdown, false)), format_of) else {
            return self.refuse_format(&as_given(name.unwrap_or(Path::new("-"))));
        };
        let path = name.map(resolved);
        let folder = path.clone().unwrap_or_else(|| resolved(Path::new("-")));
        let project = self.projects.of_folder(folder.parent().unwrap_or(&folder), self.faults).project;
        let name = as_given(name.unwrap_or(Path::new("-")));
        self.found.push(DraftSource { name, path, input: Input::Stdin, format, is_docx, project });
    }

    /// A file that is named is always a draft.
    fn add_file(&mut self, path: &Path) {
        match format_of(path) {
            Some(format) => self.add(path, resolved(path), format),
            None => self.refuse_format(&as_given(path)),
        }
    }

    fn add(&mut self, path: &Path, resolved: PathBuf, (format, is_docx): (DraftFormat, bool)) {
        if !self.seen.insert(path.canonicalize().unwrap_or_else(|_| resolved.clone())) {
            return;
        }
        let project = self.projects.of_folder(resolved.parent().unwrap_or(&resolved), self.faults).project;
        let input = Input::File(path.to_owned());
        self.found.push(DraftSource { name: as_given(path), path: Some(resolved), input, format, is_docx, project });
    }

    fn refuse_format(&mut self, name: &str) {
        let message = Message::new(
            "不是可核对的格式；稿件应为 .md、.markdown、.txt、.html 或 .docx",
            "is in no format that can be checked; a draft is a .md, .markdown, .txt, .html or .docx file",
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
        match format_of(path) {
            Some(format) => self.add(path, resolved, format),
            None => {
                let message = Message::new(
                    "已略过：只核对 .md、.markdown、.txt、.html 和 .docx",
                    "skipped: only .md, .markdown, .txt, .html and .docx are checked",
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
    pub fn read(&self) -> Result<Decoded, DraftFault> {
        let bytes = self.read_bytes()?;
        if self.is_docx { decode_docx(&bytes) } else { decode(bytes) }
    }

    /// Reads the draft's file.
    pub fn read_bytes(&self) -> Result<Vec<u8>, DraftFault> {
        let (path, bytes) = match &self.input {
            Input::File(path) => (path.as_path(), fs::read(path)),
            Input::Stdin => {
                let mut bytes = Vec::new();
                (Path::new("-"), io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes))
            }
        };
        bytes.map_err(|error| DraftFault { line: None, message: io_message(path, &error) })
    }
}

/// How a file is read, by its extension, and whether it is a document of Word: that is read as plain
/// text, a paragraph a line.
pub(super) fn format_of(path: &Path) -> Option<(DraftFormat, bool)> {
    let is_docx = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("docx"));
    if is_docx { Some((DraftFormat::Plain, true)) } else { Some((DraftFormat::from_path(path)?, false)) }
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
