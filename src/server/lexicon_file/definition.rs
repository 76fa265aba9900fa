//! `textDocument/definition`: from a reference to the entry.

use tower_lsp::ls_types::{GotoDefinitionResponse, LocationLink, Position};

use super::subject::Subject;
use crate::{
    lexicon::{EntryIndex, name_key},
    server::{
        diagnostics::location,
        to_proto,
        world::{Document, World},
    },
};

/// Where the entries are written that the words at `position` stand for.
pub(in crate::server) fn run(world: &World, document: &Document, position: Position) -> Option<GotoDefinitionResponse> {
    let subject = Subject::at(world, document, position)?;
    let named = subject.named()?;
    let (loaded, traits) = (&subject.loaded, world.traits());
    let entry = |index: EntryIndex| loaded.project.lexicon().entry(index);
    let name =
        |index: EntryIndex| location(world, loaded, index, entry(index).field_span(name_key(entry(index).kind())));
    if !traits.definition_links {
        let locations: Vec<_> = named.entries.iter().filter_map(|index| name(*index)).collect();
        return (!locations.is_empty()).then_some(GotoDefinitionResponse::Array(locations));
    }
    let origin = to_proto::range(&document.buffer, subject.spot.span, traits.encoding);
    let links = named.entries.iter().filter_map(|index| {
        let (whole, name) = (location(world, loaded, *index, entry(*index).span)?, name(*index)?);
        Some(LocationLink {
            origin_selection_range: Some(origin),
            target_uri: whole.uri,
            target_range: whole.range,
            target_selection_range: name.range,
        })
    });
    let links: Vec<_> = links.collect();
    (!links.is_empty()).then_some(GotoDefinitionResponse::Link(links))
}
