//! `hegao init`: a commented hegao.toml and a lexicon to start from.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{
    Outcome,
    args::InitArgs,
    faults::{Faults, io_message},
    locale::Language,
    output::{Content, Output},
    place::as_given,
};
use crate::{
    config::{Config, FILE_NAME},
    lang::{Lang, Message},
};

/// A file to be written, below the workspace.
type Template = (&'static str, &'static str);

macro_rules! templates {
    ($lang:literal) => {
        [
            (FILE_NAME, include_str!(concat!("init/", $lang, "/hegao.toml"))),
            ("lexicon/people.toml", include_str!(concat!("init/", $lang, "/people.toml"))),
            ("lexicon/organizations.toml", include_str!(concat!("init/", $lang, "/organizations.toml"))),
            ("lexicon/places.toml", include_str!(concat!("init/", $lang, "/places.toml"))),
            ("lexicon/slogans.toml", include_str!(concat!("init/", $lang, "/slogans.toml"))),
            ("lexicon/terms.toml", include_str!(concat!("init/", $lang, "/terms.toml"))),
        ]
    };
}

/// In every template, `#` before a space is a remark, and `#` before anything else an example to be
/// uncommented.
const ZH: [Template; 6] = templates!("zh");
const EN: [Template; 6] = templates!("en");

/// Writes the files and says which. A hegao.toml that is there is a fault; a lexicon file that is there
/// stays as it is.
pub(super) fn run(args: &InitArgs, language: Language) -> Outcome {
    let lang = language.general();
    let mut faults = Faults::new(lang);
    let folder = args.folder.as_deref().unwrap_or(Path::new("."));
    let above = workspace_above(folder);
    let templates = if lang == Lang::Zh { &ZH } else { &EN };
    let mut said = Vec::new();
    for (name, text) in templates {
        let path = folder.join(name);
        match write_new(&path, text) {
            Ok(()) => said.push(in_lang(lang, format!("已写入 {}", shown(&path)), format!("wrote {}", shown(&path)))),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && *name != FILE_NAME => said.push(in_lang(
                lang,
                format!("保留原有的 {}", shown(&path)),
                format!("kept {}, which was there", shown(&path)),
            )),
            Err(error) => {
                refuse(&path, &error, &mut faults);
                break;
            }
        }
    }
    if let Some(above) = above.filter(|_| faults.outcome() == Outcome::Clean) {
        let above = shown(&above);
        faults.note(&Message::new(
            format!("上级已有 {above}；此后这个文件夹下的稿件不再用它"),
            format!("there is {above} above; it no longer holds for the drafts in this folder"),
        ));
    }
    Output::stdout(Content::ForPeople)
        .write(&mut faults, |out| said.iter().try_for_each(|line| writeln!(out, "{line}")));
    faults.outcome()
}

/// The hegao.toml that was in force for the folder so far.
fn workspace_above(folder: &Path) -> Option<PathBuf> {
    let folder = std::path::absolute(folder).ok()?;
    Config::discover(folder.parent()?)
}

/// Writes a file that is not there yet, with its folder.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => io::ErrorKind::NotADirectory.into(),
            _ => error,
        })?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}

fn refuse(path: &Path, error: &io::Error, faults: &mut Faults) {
    let message = match error.kind() {
        io::ErrorKind::AlreadyExists => Message::new(
            "已有此文件，未作任何改动；如要重新开始，请先移走它",
            "is already there, and nothing was changed; move it away to start afresh",
        ),
        io::ErrorKind::NotADirectory => Message::new("上级不是文件夹", "what should hold it is no folder"),
        _ => io_message(path, error),
    };
    faults.of_file(&shown(path), None, &message);
}

/// A path as people write it: without `./`.
fn shown(path: &Path) -> String {
    as_given(path.strip_prefix(".").unwrap_or(path))
}

fn in_lang(lang: Lang, zh: String, en: String) -> String {
    if lang == Lang::Zh { zh } else { en }
}
