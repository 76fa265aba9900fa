//! Lexicons for other programs.
//!
//! A format that can be imported is read back after it is written, and what the entries then lack is what
//! the format cannot carry: nothing is dropped without being said. Importing such an export and exporting it
//! anew gives the same bytes.

mod loss;
mod popolo;
mod prh;
mod skos;
mod tbx;

pub use loss::Loss;

use super::{
    Lexicon,
    import::{self, ImportFormat, ImportOptions},
    write::{CsvStyle, EntryFields, csv_text, toml_text},
};

/// The formats of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// hegao's own CSV, for spreadsheets: with a byte order mark, by which they know UTF-8.
    Csv,
    /// hegao's own TOML.
    Toml,
    /// Popolo JSON: people and organizations.
    Popolo,
    /// TBX-Basic (ISO 30042:2019): terms and slogans.
    Tbx,
    /// SKOS in Turtle: terms and slogans.
    Skos,
    /// Rules for prh, the proofreading helper of textlint: terms and wrong forms of slogans.
    Prh,
}

/// What an export gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The content of the file.
    pub text: String,
    /// How many entries are in it.
    pub entries: usize,
    /// What the format cannot carry.
    pub losses: Vec<Loss>,
}

/// The project's own entries; those of packs belong to hegao.
pub fn own_entries(lexicon: &Lexicon) -> Vec<EntryFields> {
    let own = lexicon.written_entries().filter(|(_, entry)| lexicon.file(entry.file).pack.is_none());
    own.map(|(_, entry)| EntryFields::of(entry)).collect()
}

/// Writes `entries` in a format; names of places that Popolo wants come from `lexicon`.
pub fn export(entries: &[EntryFields], format: ExportFormat, lexicon: Option<&Lexicon>) -> Exported {
    let (text, read_back) = match format {
        ExportFormat::Csv => (csv_text(entries, &CsvStyle { bom: true, columns: Vec::new() }), Some(ImportFormat::Csv)),
        ExportFormat::Toml => return Exported { text: toml_text(entries), entries: entries.len(), losses: Vec::new() },
        ExportFormat::Popolo => (popolo::write(entries, lexicon), Some(ImportFormat::Popolo)),
        ExportFormat::Tbx => (tbx::write(entries), Some(ImportFormat::Tbx)),
        ExportFormat::Skos => (skos::write(entries), Some(ImportFormat::Skos)),
        ExportFormat::Prh => {
            let (text, carried, losses) = prh::write(entries);
            return Exported { text, entries: carried, losses };
        }
    };
    let carried = read_back.map(|format| read(format, &text)).unwrap_or_default();
    let losses = loss::between(entries, &carried);
    Exported { text, entries: carried.len(), losses }
}

/// The entries of an export; what cannot be read back counts as lost.
fn read(format: ImportFormat, text: &str) -> Vec<EntryFields> {
    let imported = import::import_bytes(format, text.as_bytes(), &ImportOptions::default());
    imported.map(|imported| imported.entries.into_iter().map(|incoming| incoming.entry).collect()).unwrap_or_default()
}
