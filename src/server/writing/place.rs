//! Which file an addition goes to.

use std::{fs, path::PathBuf};

use crate::{
    lang::Message,
    lexicon::{Entry, EntryKind, LexiconFile, kind_named},
    server::projects::Loaded,
};

/// A lexicon file that is written to.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The file.
    pub path: PathBuf,
    /// Its text as the lexicon in force was read from it; `None` if there is no such file yet.
    pub text: Option<String>,
}

impl Place {
    /// The file in which an entry of the project stands.
    pub(super) fn of_entry(loaded: &Loaded, entry: &Entry) -> Result<Self, Message> {
        let file = loaded.project.lexicon().file(entry.file);
        if let Some(pack) = file.pack {
            return Err(Message::new(
                format!("`{}` 属内置词库 {pack}，不能改写", entry.id),
                format!("`{}` belongs to the built-in pack {pack} and cannot be written", entry.id),
            ));
        }
        Ok(Self::of_file(file))
    }

    /// The file for new entries of a kind: `write_to` of hegao.toml; else the one named after the kind, the
    /// one that has most such entries, the only one; else one that is named after the kind.
    pub(super) fn of_new(loaded: &Loaded, kind: EntryKind) -> Result<Self, Message> {
        let config = loaded.project.config();
        let lexicon = loaded.project.lexicon();
        if let Some(path) = &config.write_to {
            let known = loaded.file(path).map(|file| Self::of_file(lexicon.file(file)));
            return Ok(known.unwrap_or_else(|| Self { text: fs::read_to_string(path).ok(), path: path.clone() }));
        }
        let Some(root) = &config.root else {
            return Err(Message::new(
                "没有 hegao.toml，不知道词库在哪里；请先运行 hegao init",
                "there is no hegao.toml to say where the lexicon is; run hegao init first",
            ));
        };
        let own: Vec<&LexiconFile> = lexicon.files().iter().filter(|file| file.pack.is_none()).collect();
        let is_named = |file: &&&LexiconFile| {
            file.path.file_stem().is_some_and(|stem| kind_named(&stem.to_string_lossy()) == Some(kind))
        };
        let count = |file: &LexiconFile| {
            let entries = lexicon.written_entries().filter(|(_, entry)| entry.kind() == kind);
            entries.filter(|(_, entry)| lexicon.file(entry.file).path == file.path).count()
        };
        let fullest = || own.iter().map(|file| (count(file), *file)).filter(|(count, _)| *count > 0);
        let only = || own.first().copied().filter(|_| own.len() == 1);
        let found = own.iter().find(is_named).copied();
        let found = found.or_else(|| fullest().max_by_key(|(count, _)| *count).map(|(_, file)| file)).or_else(only);
        if let Some(file) = found {
            return Ok(Self::of_file(file));
        }
        let folder = config.lexicon.paths.iter().find(|path| path.is_dir()).cloned();
        let name = if kind == EntryKind::Person { "people.toml".to_owned() } else { format!("{}s.toml", kind.name()) };
        let path = folder.unwrap_or_else(|| root.join("lexicon")).join(name);
        Ok(Self { text: fs::read_to_string(&path).ok(), path })
    }

    fn of_file(file: &LexiconFile) -> Self {
        Self { path: file.path.clone(), text: Some(file.text.to_string()) }
    }
}
