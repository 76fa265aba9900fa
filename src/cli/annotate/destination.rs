//! Where annotations go: one document for all drafts, or one for each.
//!
//! `jsonl` and `webanno` hold any number of drafts. The other formats hold one draft a document: a
//! single draft goes to standard output or a file, several go to a folder that keeps the drafts' names
//! and subfolders.

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
};

use super::{Annotated, brat};
use crate::{
    cli::{
        args::{AnnotateArgs, AnnotateFormat},
        drafts::DraftSource,
        faults::{Faults, io_message},
        output::{Content, Output},
        place::as_given,
        projects::resolved,
    },
    lang::Message,
};

/// Where the mentions of drafts are written.
pub(super) enum Destination<'a> {
    /// All in one document, standard output if there is no file.
    Joint { file: Option<&'a Path>, drafts: Vec<DraftSource> },
    /// One document for each draft.
    Apart { drafts: Vec<DraftSource>, targets: Vec<Target> },
}

/// Where one draft's document is written.
pub(super) enum Target {
    /// Standard output.
    Stdout,
    /// A file.
    File(PathBuf),
    /// A file in a folder of such files; `text` is where the draft's text goes for formats that need it
    /// beside them.
    InFolder { file: PathBuf, text: Option<PathBuf> },
}

/// Whether `--output` names a folder: there is such a folder, it is written with a slash at its end, or
/// the drafts may be several.
pub(super) fn is_folder(args: &AnnotateArgs) -> bool {
    let Some(output) = args.output.as_deref().filter(|_| !args.format.is_joint()) else { return false };
    let is_single = match &args.drafts.paths[..] {
        [] => args.drafts.stdin_filename.is_some(),
        [path] => !path.is_dir(),
        _ => false,
    };
    output.is_dir() || output.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]) || !is_single
}

/// Decides where the documents go. `None` if they cannot go there, which is said.
pub(super) fn choose<'a>(
    args: &'a AnnotateArgs,
    mut drafts: Vec<DraftSource>,
    faults: &mut Faults,
) -> Option<Destination<'a>> {
    let output = args.output.as_deref();
    if args.format.is_joint() {
        return Some(Destination::Joint { file: output, drafts });
    }
    if let Some(folder) = output.filter(|_| is_folder(args)) {
        leave_out_earlier_output(args, folder, &mut drafts);
        let targets = targets_in(folder, args.format, &drafts, faults)?;
        return Some(Destination::Apart { drafts, targets });
    }
    if drafts.len() > 1 {
        let count = drafts.len();
        faults.general(&Message::new(
            format!("此格式每篇稿件一个文件，这里有 {count} 篇；请用 --output 指定文件夹"),
            format!("this format takes one file a draft, and there are {count}; name a folder with --output"),
        ));
        return None;
    }
    let target = || output.map_or(Target::Stdout, |file| Target::File(file.to_owned()));
    let targets = drafts.iter().map(|_| target()).collect();
    Some(Destination::Apart { drafts, targets })
}

/// What an earlier run wrote below a folder of drafts is no draft itself.
fn leave_out_earlier_output(args: &AnnotateArgs, folder: &Path, drafts: &mut Vec<DraftSource>) {
    let Ok(folder) = folder.canonicalize() else { return };
    let asked_for = |path: &PathBuf| path.canonicalize().is_ok_and(|path| path.starts_with(&folder));
    let current = [PathBuf::from(".")];
    let paths = if args.drafts.paths.is_empty() { &current[..] } else { &args.drafts.paths };
    if !paths.iter().any(asked_for) {
        drafts.retain(|draft| !draft.path.as_ref().is_some_and(|path| path.starts_with(&folder)));
    }
}

/// The files in `folder`, one for each draft. No two drafts may meet in one, and none may be a draft.
fn targets_in(
    folder: &Path,
    format: AnnotateFormat,
    drafts: &[DraftSource],
    faults: &mut Faults,
) -> Option<Vec<Target>> {
    let base = common_folder(drafts);
    let paths: HashSet<&Path> = drafts.iter().filter_map(|draft| draft.path.as_deref()).collect();
    let mut taken: HashMap<PathBuf, &str> = HashMap::new();
    let mut targets = Vec::new();
    for draft in drafts {
        let path = draft.path.as_deref().unwrap_or(Path::new("stdin.md"));
        let below = path.strip_prefix(&base).unwrap_or(path);
        let file = match format {
            AnnotateFormat::Md => folder.join(below),
            _ => folder.join(below.with_extension(extension(format))),
        };
        let target = resolved(&file);
        if let Some(other) = taken.insert(target.clone(), &draft.name) {
            let (file, one) = (as_given(&file), &draft.name);
            faults.general(&Message::new(
                format!("{other} 与 {one} 会写入同一个文件 {file}；请分开处理"),
                format!("{other} and {one} would both be written to {file}; take them apart"),
            ));
            return None;
        }
        if paths.contains(target.as_path()) {
            faults.general(&Message::new(
                format!("会覆盖稿件 {}；请用 --output 指定别的文件夹", as_given(&file)),
                format!("this would overwrite the draft {}; name another folder with --output", as_given(&file)),
            ));
            return None;
        }
        // The text of a .txt draft that is annotated where it stands is already there.
        let text = Some(file.with_extension("txt"));
        let text = text.filter(|text| format == AnnotateFormat::Brat && !paths.contains(resolved(text).as_path()));
        targets.push(Target::InFolder { file, text });
    }
    Some(targets)
}

fn extension(format: AnnotateFormat) -> &'static str {
    match format {
        AnnotateFormat::Brat => "ann",
        AnnotateFormat::Tei => "xml",
        AnnotateFormat::Html => "html",
        AnnotateFormat::Md => "md",
        AnnotateFormat::Jsonl => "jsonl",
        AnnotateFormat::Webanno => "jsonld",
    }
}

/// The deepest folder that holds all drafts.
fn common_folder(drafts: &[DraftSource]) -> PathBuf {
    let mut folders = drafts.iter().filter_map(|draft| draft.path.as_deref()?.parent());
    let Some(first) = folders.next() else { return PathBuf::new() };
    folders.fold(first.to_owned(), |common, folder| {
        common.ancestors().find(|ancestor| folder.starts_with(ancestor)).map(Path::to_owned).unwrap_or_default()
    })
}

/// Writes the document of one draft.
pub(super) fn write_one(format: AnnotateFormat, draft: &Annotated<'_>, target: &Target, faults: &mut Faults) {
    let mut annotator = format.annotator();
    let mut write = |file: Option<&Path>, faults: &mut Faults| {
        if let Some(mut output) = Output::open(file, Content::ForPrograms, faults) {
            output.write(faults, |out| annotator.draft(draft, out));
        }
    };
    match target {
        Target::Stdout => write(None, faults),
        Target::File(file) => write(Some(file), faults),
        Target::InFolder { file, text } => {
            if make_folder(file, faults) {
                write(Some(file), faults);
                if let Some(text) = text {
                    brat::write_beside(draft, text, faults);
                }
            }
        }
    }
}

/// Makes the folder of a file; says so if that fails.
fn make_folder(file: &Path, faults: &mut Faults) -> bool {
    let folder = file.parent().unwrap_or(Path::new("."));
    let made = fs::create_dir_all(folder);
    if let Err(error) = &made {
        faults.of_file(&as_given(folder), None, &io_message(folder, error));
    }
    made.is_ok()
}
