//! Building lexicon files from published sources and from other programs' files.
//!
//! Every format gives [`Imported`]: entries checked against the format of lexicon files, with what was
//! adjusted, left out or could not be read. They are merged into a file by
//! [`MergePlan`](super::write::MergePlan). The divisions of China have an importer of their own in
//! [`areacodes`], which writes a whole pack.

pub mod areacodes;
mod cells;
mod columns;
mod dates;
mod divisions;
mod ftm;
mod han;
mod ids;
mod imported;
mod layout;
mod popolo;
mod references;
mod sheet;
mod skos;
mod table;
mod tbx;
mod titles;
mod wikidata;
mod xlsx;

use std::{
    fs::File,
    io::{self, BufReader, Cursor, Read},
    path::{Path, PathBuf},
};

use smol_str::SmolStr;
use thiserror::Error;

pub use columns::{ColumnSource, ColumnUse};
pub use divisions::{DivisionFiles, divisions};
pub use imported::{At, Imported, Remark};

use super::{EntryKind, Lexicon};
use crate::lang::Message;

/// The formats that are imported into entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportFormat {
    /// A table as comma-separated values.
    Csv,
    /// A workbook.
    Xlsx,
    /// The result of a query to Wikidata, as CSV: person, label, aliases, gender, position, start, end,
    /// jurisdiction, reference.
    Wikidata,
    /// FollowTheMoney JSON lines, as OpenSanctions publishes them: Person, Position, Occupancy.
    Ftm,
    /// Popolo JSON: persons, organizations, posts, memberships.
    Popolo,
    /// TBX (ISO 30042), its versions of 2008 and 2019.
    Tbx,
    /// SKOS in Turtle.
    Skos,
}

/// What an import may be told.
#[derive(Clone, Default)]
pub struct ImportOptions<'a> {
    /// The kind of entries of a table or vocabulary.
    pub kind: Option<EntryKind>,
    /// Columns, by heading or number from 1, with the keys they stand for.
    pub columns: Vec<(String, String)>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The lexicon in force, in which places and other entries are found by name.
    pub lexicon: Option<&'a Lexicon>,
}

/// Why a source as a whole cannot be imported.
#[derive(Debug, Error)]
pub enum ImportError {
    /// It cannot be read.
    #[error("{path} cannot be read: {error}")]
    Unreadable {
        /// The source.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// It is not what it should be.
    #[error("{path}: {}", .message.en)]
    Malformed {
        /// The source.
        path: PathBuf,
        /// Where in it.
        at: At,
        /// What was found, and what was expected.
        message: Message,
    },
}

/// An id for a new entry of this name, made as those of imported entries are: the pinyin of the name,
/// with a number behind it until it is free.
pub fn id_for(kind: EntryKind, name: &str, is_free: impl Fn(&str) -> bool) -> SmolStr {
    let made = ids::IdMaker::default().make(kind, name, "");
    super::write::free(&made, is_free)
}

/// Reads the file at `path`.
///
/// # Errors
///
/// [`ImportError`] if nothing of it can be imported. Faults of single records are in the result.
pub fn import(format: ImportFormat, path: &Path, options: &ImportOptions<'_>) -> Result<Imported, ImportError> {
    let unreadable = |error| ImportError::Unreadable { path: path.to_owned(), error };
    let file = File::open(path).map_err(unreadable)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    import_from(format, file, &stem, options).map_err(|fault| match fault {
        Fault::Unreadable(error) => unreadable(error),
        Fault::Malformed(at, message) => ImportError::Malformed { path: path.to_owned(), at, message },
    })
}

/// Reads a source that is in memory, such as an export that is read back.
pub(super) fn import_bytes(
    format: ImportFormat,
    bytes: &[u8],
    options: &ImportOptions<'_>,
) -> Result<Imported, Message> {
    import_from(format, bytes, "", options).map_err(|fault| match fault {
        Fault::Unreadable(error) => Message::new(error.to_string(), error.to_string()),
        Fault::Malformed(_, message) => message,
    })
}

/// Why a source as a whole cannot be imported, before its name is known.
enum Fault {
    Unreadable(io::Error),
    Malformed(At, Message),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}

impl From<(At, Message)> for Fault {
    fn from((at, message): (At, Message)) -> Self {
        Self::Malformed(at, message)
    }
}

fn import_from(
    format: ImportFormat,
    source: impl Read,
    stem: &str,
    options: &ImportOptions<'_>,
) -> Result<Imported, Fault> {
    Ok(match format {
        ImportFormat::Csv => {
            let bytes = all_bytes(source)?;
            let sheet = sheet::read_csv(&bytes).map_err(|(line, message)| (At::Line(line), message))?;
            table::import(sheet, stem, options)?
        }
        ImportFormat::Xlsx => {
            let bytes = Cursor::new(all_bytes(source)?);
            let sheet = xlsx::read(bytes, options.sheet.as_deref()).map_err(|message| (At::File, message))?;
            table::import(sheet, stem, options)?
        }
        ImportFormat::Wikidata => wikidata::import(BufReader::new(source), options)?,
        ImportFormat::Ftm => ftm::import(BufReader::new(source), options)?,
        ImportFormat::Popolo => popolo::import(BufReader::new(source), options)?,
        ImportFormat::Tbx => tbx::import(BufReader::new(source), options)?,
        ImportFormat::Skos => skos::import(BufReader::new(source), options)?,
    })
}

fn all_bytes(mut source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.read_to_end(&mut bytes)?;
    Ok(bytes)
}
