//! The importer of divisions, from files on disk to entries.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    At, ImportError, Imported, Remark,
    areacodes::{self, ImportError as AreacodesError},
};
use crate::{
    lang::Message,
    lexicon::{
        FileIndex, csv_file,
        sink::Sink,
        write::{EntryFields, Incoming, Naming},
    },
};

/// The files that the importer of divisions reads.
#[derive(Clone, Debug)]
pub struct DivisionFiles {
    /// `result.csv`.
    pub result: PathBuf,
    /// `codes.json`.
    pub codes: PathBuf,
    /// Changes after the last yearly table.
    pub after: Option<PathBuf>,
}

/// Imports the administrative divisions: as entries, and as the CSV file that is the pack.
///
/// # Errors
///
/// [`ImportError`] if a file cannot be read or is not what it should be.
pub fn divisions(files: &DivisionFiles) -> Result<(Imported, String), ImportError> {
    let read = |path: &Path| fs::read(path).map_err(|error| ImportError::Unreadable { path: path.to_owned(), error });
    let (result, codes) = (read(&files.result)?, read(&files.codes)?);
    let after = files.after.as_deref().map(read).transpose()?;
    let made = areacodes::import(&result, &codes, after.as_deref()).map_err(|error| {
        let file = match &error {
            AreacodesError::File { file, .. } | AreacodesError::Entry { file, .. } => *file,
        };
        let path = [Some(&files.result), Some(&files.codes), files.after.as_ref()].into_iter().flatten();
        let path =
            path.into_iter().find(|path| path.file_name().is_some_and(|name| name == file)).unwrap_or(&files.result);
        let text = error.to_string();
        ImportError::Malformed { path: path.clone(), at: At::File, message: Message::new(text.clone(), text) }
    })?;
    let sink = Sink::new(&files.result, &made.csv);
    let entries = csv_file::read("places", &made.csv, FileIndex(0), &sink);
    let mut imported = Imported::default();
    let incoming = |entry: &_| Incoming { entry: EntryFields::of(entry), naming: Naming::Given };
    imported.entries = entries.iter().map(incoming).collect();
    let remark = |message: Message| Remark { at: At::File, message };
    imported.notes = made.notes.into_iter().map(|note| remark(Message::new(note.clone(), note))).collect();
    imported.faults = sink.into_problems().into_iter().map(|problem| remark(problem.message)).collect();
    Ok((imported, made.csv))
}
