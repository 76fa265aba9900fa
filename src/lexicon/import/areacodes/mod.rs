//! Imports the administrative divisions of China, province to county, from the files of
//! [yescallop/areacodes](https://github.com/yescallop/areacodes) (CC0-1.0) and writes them as
//! hegao's CSV lexicon of places.
//!
//! The source knows *records*: one code with one name under one parent, between two yearly tables.
//! The lexicon knows *places*, which live on through renames, new codes, new parents and
//! conversions from county to city to district. The way from one to the other:
//!
//! | step | module |
//! | --- | --- |
//! | read `result.csv` and `codes.json`, compare them, resolve successor links | `records` |
//! | add what happened after the last yearly table | `after` |
//! | read documents, their numbers and dates | `documents`, `edtf` |
//! | decide which record continues which | `identity` |
//! | date each change | `dating`, `stated` |
//! | put versions together into places with ids, parents and successors | `places` |
//! | derive short forms | `short` |
//! | write the lexicon | `written` |
//!
//! The import depends on nothing but its input: the same bytes give the same bytes.

mod after;
mod dating;
mod documents;
mod edtf;
mod identity;
mod places;
mod records;
mod short;
mod stated;
mod written;

#[cfg(test)]
mod pack_tests;
#[cfg(test)]
mod tests;

/// What an import gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The lexicon file: UTF-8 without byte order mark, LF, with the header
    /// `id,name,short,level,parent,code,start,end,document,end_document,successors`.
    pub csv: String,
    /// Everything that was judged, left out or corrected on the way, one sentence each, in a
    /// fixed order.
    pub notes: Vec<String>,
}

/// Why an import could not be done. Every message says which file, where in it, what was found
/// and what was expected.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file as a whole cannot be read.
    #[error("{file}: {fault}; expected {expected}")]
    File {
        /// Name of the file at the source, such as `codes.json`.
        file: &'static str,
        /// What is wrong with it.
        fault: String,
        /// What should have been there.
        expected: &'static str,
    },
    /// One place in a file cannot be used.
    #[error("{file}, {place}: {fault}; expected {expected}")]
    Entry {
        /// Name of the file at the source, such as `result.csv`.
        file: &'static str,
        /// Line, record or description within the file.
        place: String,
        /// What is wrong there.
        fault: String,
        /// What should have been there.
        expected: String,
    },
}

/// Turns the source's `result.csv` and `codes.json`, and optionally a table of later changes with
/// the columns `代码,名称,上级,级别,启用时间,弃用时间,新代码,文号,见报,依据`, into a lexicon of places.
///
/// # Errors
///
/// [`ImportError`] if a file is not readable, lacks a column, contradicts the other file, names a
/// successor that was not in force, or holds a date that cannot be read.
pub fn import(result_csv: &[u8], codes_json: &[u8], after_csv: Option<&[u8]>) -> Result<Imported, ImportError> {
    let mut notes = Vec::new();
    let mut table = records::read(result_csv, codes_json)?;
    let mut stated = stated::Stated::corrections(&table, &mut notes)?;
    if let Some(bytes) = after_csv {
        after::add(bytes, &mut table, &mut stated, &mut notes)?;
    }
    let lines = identity::Lines::trace(&table, &mut notes);
    let mut dating = dating::Dating::new(&table, &lines, &stated);
    let places = places::assemble(&table, &lines, &mut dating, &mut notes)?;
    notes.extend(dating.into_notes());
    notes.push(places::summary(&places));
    Ok(Imported { csv: written::csv(&places)?, notes })
}
