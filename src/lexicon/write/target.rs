//! A lexicon file to be written: what it holds now, and its text after a merge.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use thiserror::Error;

use super::{
    apply,
    csv::{CsvStyle, csv_text},
    fields::EntryFields,
    merge::MergePlan,
    toml::toml_text,
};
use crate::{
    lang::Message,
    lexicon::{FileIndex, Problem, ProblemCode, csv_file, entry::Entry, keys, sink::Sink, toml_file},
};

/// A lexicon file, `.csv` or else TOML, that may not be there yet.
#[derive(Debug)]
pub struct Target {
    path: PathBuf,
    text: Option<String>,
    entries: Vec<EntryFields>,
}

/// The text of a file after a merge, and what it replaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The text that was read; `None` if there was no file.
    pub old: Option<String>,
    /// The text to write.
    pub new: String,
}

/// Why a file cannot be merged into. Nothing has been written then.
#[derive(Debug, Error)]
pub enum TargetError {
    /// It cannot be read.
    #[error("{path} cannot be read: {error}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// It has faults, so that what it says is not fully known.
    #[error("{} has faults; mend them first", .0.first().map_or("the file".into(), |problem| problem.path.display().to_string()))]
    Faulty(Vec<Problem>),
    /// The merged text would not say what was planned: the file is laid out in a way that cannot be edited.
    #[error("{path}: entry `{entry}` is written in a way that cannot be merged into")]
    NotMergeable {
        /// The file.
        path: PathBuf,
        /// The id of the first entry that would be wrong.
        entry: String,
    },
}

impl TargetError {
    /// The error for people; for a faulty file the problems themselves say more.
    pub fn message(&self) -> Message {
        match self {
            Self::Unreadable { path, error } => Message::new(
                format!("{} 无法读取：{error}", path.display()),
                format!("{} cannot be read: {error}", path.display()),
            ),
            Self::Faulty(_) => Message::new(
                "输出文件本身有误，请先改正，未写入任何内容",
                "the output file itself has faults; mend them first. Nothing was written",
            ),
            Self::NotMergeable { path, entry } => Message::new(
                format!(
                    "{}：词条 `{entry}` 的写法无法并入，未写入任何内容；请改用 [[表]] 写法，或导入到另一文件",
                    path.display()
                ),
                format!(
                    "{}: entry `{entry}` is laid out in a way that cannot be merged into, and nothing was written; write it as [[tables]], or import into another file",
                    path.display()
                ),
            ),
        }
    }
}

impl Target {
    /// Reads the file at `path`, if there is one.
    ///
    /// # Errors
    ///
    /// [`TargetError`] if it cannot be read or has faults other than unknown keys, which stay as they are.
    pub fn open(path: &Path) -> Result<Self, TargetError> {
        let text = match fs::read(path) {
            Ok(bytes) => Some(String::from_utf8(bytes).map_err(|error| {
                let error = io::Error::new(io::ErrorKind::InvalidData, error.utf8_error());
                TargetError::Unreadable { path: path.to_owned(), error }
            })?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(TargetError::Unreadable { path: path.to_owned(), error }),
        };
        Self::with_text(path, text)
    }

    /// The file at `path` with this text; `None` if there is no such file yet.
    ///
    /// # Errors
    ///
    /// As [`Target::open`].
    pub fn with_text(path: &Path, text: Option<String>) -> Result<Self, TargetError> {
        let entries = text.as_deref().map_or(Ok(Vec::new()), |text| read(path, text))?;
        Ok(Self { path: path.to_owned(), text, entries })
    }

    /// The entries of the file.
    pub fn entries(&self) -> &[EntryFields] {
        &self.entries
    }

    /// Whether there is no such file yet.
    pub fn is_new(&self) -> bool {
        self.text.is_none()
    }

    /// Whether the file is a table.
    pub fn is_csv(&self) -> bool {
        is_csv(&self.path)
    }

    /// The text of the file after `plan`. It is read back, and says exactly what was planned.
    ///
    /// # Errors
    ///
    /// [`TargetError::NotMergeable`] if that cannot be had.
    pub fn merged(&self, plan: &MergePlan) -> Result<Written, TargetError> {
        let expected = plan.merged(&self.entries);
        let new = match &self.text {
            Some(text) if plan.is_empty() => Some(text.clone()),
            None if self.is_csv() => Some(csv_text(&expected, &CsvStyle::default())),
            Some(text) if self.is_csv() => Some(csv_text(&expected, &self.style_of(text, &expected))),
            Some(text) if !text.trim().is_empty() => apply::merged_text(text, plan),
            _ => Some(toml_text(&expected)),
        };
        let new = new.ok_or_else(|| self.not_mergeable(plan.changed.first().map_or("", |change| &change.id)))?;
        self.read_back(new, expected)
    }

    /// The new text, which must say what is expected.
    pub(super) fn read_back(&self, new: String, expected: Vec<EntryFields>) -> Result<Written, TargetError> {
        match self.first_difference(&new, expected) {
            None => Ok(Written { old: self.text.clone(), new }),
            Some(id) => Err(self.not_mergeable(&id)),
        }
    }

    pub(super) fn not_mergeable(&self, entry: &str) -> TargetError {
        TargetError::NotMergeable { path: self.path.clone(), entry: entry.to_owned() }
    }

    /// The text that was read.
    pub(super) fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// The first entry, by id, that the text does not say as expected.
    fn first_difference(&self, text: &str, mut expected: Vec<EntryFields>) -> Option<String> {
        let mut written = match read(&self.path, text) {
            Ok(written) => written,
            Err(_) => return expected.first().map(|entry| entry.id().to_owned()),
        };
        expected.sort_by(|a, b| a.id().cmp(b.id()));
        written.sort_by(|a, b| a.id().cmp(b.id()));
        if expected.len() != written.len() {
            return expected.last().map(|entry| entry.id().to_owned());
        }
        let different = expected.iter().zip(&written).find(|(expected, written)| expected != written);
        different.map(|(expected, _)| expected.id().to_owned())
    }

    /// The columns and byte order mark of a CSV file as it stands.
    pub(super) fn style_of(&self, text: &str, entries: &[EntryFields]) -> CsvStyle {
        let header = text.trim_start_matches('\u{feff}');
        let mut reader = csv::Reader::from_reader(header.as_bytes());
        let mut columns: Vec<String> = reader
            .headers()
            .map(|header| header.iter().map(|name| name.trim().to_owned()).collect())
            .unwrap_or_default();
        let of_stem = keys::kind_named(&stem(&self.path));
        let needs_kind = entries.iter().any(|entry| Some(entry.kind) != of_stem);
        if needs_kind && !columns.iter().any(|column| column == "kind") {
            columns.push("kind".to_owned());
        }
        CsvStyle { bom: header.len() < text.len(), columns }
    }
}

fn read(path: &Path, text: &str) -> Result<Vec<EntryFields>, TargetError> {
    let sink = Sink::new(path, text);
    let entries = if is_csv(path) {
        csv_file::read(&stem(path), text, FileIndex(0), &sink)
    } else {
        toml_file::read(text, FileIndex(0), &sink)
    };
    let mut problems = sink.into_problems();
    // A key of other people's making stays in a TOML file, but a table would lose the column.
    problems.retain(|problem| is_csv(path) || problem.code != ProblemCode::UnknownKey);
    if problems.is_empty() { Ok(entries.iter().map(as_written).collect()) } else { Err(TargetError::Faulty(problems)) }
}

/// What an entry says, with the flags that are written although they say what holds anyway.
fn as_written(entry: &Entry) -> EntryFields {
    let mut fields = EntryFields::of(entry);
    for (key, default) in [("complete", false), ("ordered", true), ("quoted", false)] {
        let is_written = entry.fields.iter().any(|(name, _)| name == key);
        if is_written && fields.fields.get(key).is_none() {
            fields.fields.set(key, super::Value::Flag(default));
        }
    }
    fields.fields.sort(keys::keys(fields.kind));
    fields
}

fn is_csv(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"))
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
