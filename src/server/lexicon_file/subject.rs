//! Which entries the words at a place of a lexicon file or hegao.toml stand for.

use std::{path::Path, sync::Arc};

use tower_lsp::ls_types::Position;

use super::spot::{Spot, What, csv_rows};
use crate::{
    config::FILE_NAME,
    lexicon::{EdtfDate, EntryIndex, EntryKind, Lexicon},
    server::{
        from_proto,
        projects::Loaded,
        world::{Document, World},
    },
    text::Span,
};

/// A place in an open file with the project it belongs to.
pub(super) struct Subject {
    /// The project in force.
    pub loaded: Arc<Loaded>,
    /// The text of the file.
    pub text: String,
    /// The place.
    pub spot: Spot,
}

/// What stands for entries.
pub(super) struct Named {
    /// The entries; several for a code that several places had.
    pub entries: Vec<EntryIndex>,
    /// Whether it is the id, here or where it is referred to; else a name.
    pub is_id: bool,
}

impl Subject {
    /// The place at `position`; `None` if it is in no file of this kind.
    pub(super) fn at(world: &World, document: &Document, position: Position) -> Option<Self> {
        let path = document.path.as_deref().filter(|_| document.is_lexicon_file())?;
        let text = document.buffer.text();
        let at = from_proto::offset(&document.buffer, position, world.traits().encoding);
        let spot = if is_csv(path) {
            Spot::in_csv(&text, at, &path.file_stem()?.to_string_lossy())?
        } else {
            Spot::in_toml(&text, at, is_config(path))?
        };
        Some(Self { loaded: world.project(document), text, spot })
    }

    /// The lexicon in force.
    pub(super) fn lexicon(&self) -> &Lexicon {
        self.loaded.project.lexicon()
    }

    /// The words at the place.
    pub(super) fn words(&self) -> &str {
        self.spot.span.slice(&self.text)
    }

    /// The entries that the words stand for: those they refer to, or the one whose id or name they are.
    pub(super) fn named(&self) -> Option<Named> {
        let (words, lexicon) = (self.words(), self.lexicon());
        if self.spot.target().is_some() {
            if let Some(entry) = lexicon.find(words) {
                return Some(Named { entries: vec![entry], is_id: true });
            }
            let places = lexicon.with_code(words);
            return (!places.is_empty()).then_some(Named { entries: places, is_id: false });
        }
        if self.spot.is_value_of("id") && self.spot.kind.is_some() {
            return lexicon.find(words).map(|entry| Named { entries: vec![entry], is_id: true });
        }
        let is_name = ["name", "text", "preferred", "title", "short", "other_names", "variants"];
        if self.spot.kind.is_some() && is_name.iter().any(|key| self.spot.is_value_of(key)) {
            let entry = self.id().and_then(|id| lexicon.find(id))?;
            return Some(Named { entries: vec![entry], is_id: false });
        }
        None
    }

    /// The id of the entry around the place.
    pub(super) fn id(&self) -> Option<&str> {
        let block = self.spot.block;
        if let Some(header) = csv_header(&self.text).filter(|header| header.contains(&"id"))
            && !self.text[block.start..].starts_with('[')
        {
            let column = header.iter().position(|name| *name == "id")?;
            let row = csv_rows(block.slice(&self.text)).into_iter().next()?;
            return Some(row.get(column)?.slice(block.slice(&self.text)).trim_matches(['"', ' ']));
        }
        let value = |line: &'_ str| -> Option<Span> {
            let rest = line.trim_start().strip_prefix("id")?.trim_start().strip_prefix('=')?.trim_start();
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let inner = &rest[1..];
            let start = line.len() - inner.len();
            Some(Span::new(start, start + inner.find(quote)?))
        };
        let mut at = block.start;
        for line in block.slice(&self.text).split_inclusive('\n') {
            if let Some(span) = value(line) {
                return Some(span.shift(at).slice(&self.text));
            }
            at += line.len();
        }
        None
    }

    /// The day for which facts are told here: the configured one, or today.
    pub(super) fn as_of(&self) -> crate::check::AsOf {
        let empty = crate::text::Draft::parse("", crate::text::DraftFormat::Plain);
        self.loaded.project.as_of(None, &empty).0
    }

    /// The field that a value here belongs to, its key for values of tables with free keys.
    pub(super) fn value_key(&self) -> Option<&str> {
        if let What::Value { key, .. } = &self.spot.what { Some(key) } else { None }
    }
}

fn csv_header(text: &str) -> Option<Vec<&str>> {
    let line = text.trim_start_matches('\u{feff}').lines().next()?;
    (!line.trim_start().starts_with(['[', '#']))
        .then(|| line.split(',').map(|name| name.trim_matches(['"', ' '])).collect())
}

/// Whether the file is a table.
pub(super) fn is_csv(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "csv")
}

/// Whether the file is a configuration.
pub(super) fn is_config(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == FILE_NAME)
}

/// The name of a place on a day with the places above it.
pub(super) fn hierarchy(lexicon: &Lexicon, place: EntryIndex, on: EdtfDate) -> String {
    let name = |place: EntryIndex| {
        lexicon.version_on(place, on).map_or_else(|| lexicon.entry(place).name(), |version| version.name.as_str())
    };
    let mut names: Vec<&str> = lexicon.ancestors(place, on).into_iter().map(name).collect();
    names.reverse();
    names.push(name(place));
    names.join(" › ")
}

/// What an entry is called where it is listed: a place with what it lies in.
pub(super) fn label(lexicon: &Lexicon, entry: EntryIndex, on: EdtfDate) -> String {
    match lexicon.kind(entry) {
        EntryKind::Place => hierarchy(lexicon, entry, on),
        _ => lexicon.entry(entry).name().to_owned(),
    }
}
