//! `textDocument/definition`: the lexicon entry of a mention or annotation.

use tower_lsp::ls_types::{GotoDefinitionResponse, Location, LocationLink, Position};

use crate::{
    lexicon::{EntryIndex, EntryKind},
    server::{
        diagnostics::location,
        from_proto, lexicon_file,
        subject::subject_near,
        to_proto,
        world::{Checked, Document, World},
    },
};

/// Where the entries of what stands at `position` are written; all candidates if it is open which
/// one is meant.
pub(in crate::server) fn run(world: &World, document: &Document, position: Position) -> Option<GotoDefinitionResponse> {
    if document.is_lexicon_file() {
        return lexicon_file::definition::run(world, document, position);
    }
    let traits = world.traits();
    let checked = world.checked(document)?;
    let subject = subject_near(&checked, from_proto::offset(&document.buffer, position, traits.encoding))?;
    let entries = subject.entries.iter();
    if !traits.definition_links {
        let locations: Vec<_> = entries.filter_map(|entry| name_of(world, &checked, *entry)).collect();
        return (!locations.is_empty()).then_some(GotoDefinitionResponse::Array(locations));
    }
    let origin = to_proto::range(&document.buffer, subject.span, traits.encoding);
    let links = entries.filter_map(|entry| {
        let name = name_of(world, &checked, *entry)?;
        let whole = location(world, &checked.loaded, *entry, checked.loaded.project.lexicon().entry(*entry).span)?;
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

/// Where an entry is named.
pub(in crate::server) fn name_of(world: &World, checked: &Checked, entry: EntryIndex) -> Option<Location> {
    location(world, &checked.loaded, entry, name_span(checked, entry))
}

/// The field that names the entry.
fn name_span(checked: &Checked, entry: EntryIndex) -> crate::text::Span {
    let entry = checked.loaded.project.lexicon().entry(entry);
    let key = match entry.kind() {
        EntryKind::Person | EntryKind::Place | EntryKind::Organization => "name",
        EntryKind::Slogan => "text",
        EntryKind::Term => "preferred",
        EntryKind::Document => "title",
        EntryKind::Precedence => "id",
    };
    entry.field_span(key)
}
