//! `textDocument/references` from a lexicon file: where else an entry is spoken of, in lexicon files and in
//! the workspace's drafts, open or not.

use smol_str::SmolStr;
use tower_lsp::ls_types::{Location, Position};

use super::{
    mentions::{Sought, in_lexicon, words_for},
    subject::Subject,
};
use crate::{
    lexicon::{EntryIndex, name_key},
    server::{
        answer::Stop,
        diagnostics::location,
        projects::Loaded,
        scan, to_proto,
        world::{Document, World},
    },
};

/// The places that speak of the entries at `position`, with those themselves if `with_declaration`.
pub(in crate::server) fn run(
    world: &World,
    document: &Document,
    position: Position,
    with_declaration: bool,
    stop: &Stop,
) -> Option<Vec<Location>> {
    let subject = Subject::at(world, document, position)?;
    let named = subject.named()?;
    let loaded = &subject.loaded;
    let mut locations = Vec::new();
    for index in &named.entries {
        let entry = loaded.project.lexicon().entry(*index);
        if with_declaration {
            locations.extend(location(world, loaded, *index, entry.field_span(name_key(entry.kind()))));
        }
        locations.extend(references(world, loaded, *index));
        for draft in scan::drafts(world, stop) {
            if draft.project.as_deref() == loaded.project.config_path() {
                let same = draft.places.iter().filter(|place| is_of(&place.entries, &entry.id));
                locations.extend(same.map(|place| Location { uri: draft.uri.clone(), range: place.range }));
            }
        }
    }
    Some(locations)
}

/// Where lexicon files refer to an entry.
pub(in crate::server) fn references(world: &World, loaded: &Loaded, entry: EntryIndex) -> Vec<Location> {
    let words = words_for(loaded.project.lexicon().entry(entry));
    let mut locations = Vec::new();
    for (path, file, spans) in in_lexicon(loaded, &Sought::References(&words)) {
        let (Some(uri), buffer) = (to_proto::uri(&path), loaded.lexicon_buffer(file)) else { continue };
        let range = |span| to_proto::range(&buffer, span, world.traits().encoding);
        locations.extend(spans.into_iter().map(|span| Location { uri: uri.clone(), range: range(span) }));
    }
    locations
}

/// Whether a mention is surely of this entry.
pub(super) fn is_of(entries: &[SmolStr], id: &SmolStr) -> bool {
    entries == std::slice::from_ref(id)
}
