//! `textDocument/references` and `textDocument/documentHighlight`: where else the same entry is meant.

use smol_str::SmolStr;
use tower_lsp::ls_types::{DocumentHighlight, DocumentHighlightKind, Location, Position};

use crate::server::{
    answer::Stop,
    from_proto, lexicon_file, scan,
    subject::{Subject, subject_near},
    world::{Checked, Document, World},
};

/// Every mention of the entry at `position` in the lexicon files and drafts of its project, the entry itself first if
/// `with_declaration`. Where it is open which entry is meant, the mentions that leave it open too.
pub(in crate::server) fn run(
    world: &World,
    document: &Document,
    position: Position,
    with_declaration: bool,
    stop: &Stop,
) -> Option<Vec<Location>> {
    if document.is_lexicon_file() {
        return lexicon_file::references::run(world, document, position, with_declaration, stop);
    }
    let checked = world.checked(document)?;
    let subject = subject_near(&checked, from_proto::offset(&document.buffer, position, world.traits().encoding))?;
    let mut locations = Vec::new();
    if with_declaration {
        locations
            .extend(subject.entries.iter().filter_map(|entry| super::definition::name_of(world, &checked, *entry)));
    }
    if let [entry] = subject.entries[..] {
        locations.extend(lexicon_file::references::references(world, &checked.loaded, entry));
    }
    let entries = ids(&checked, &subject);
    for draft in scan::drafts(world, stop) {
        if draft.project.as_deref() == checked.loaded.project.config_path() {
            let same = draft.places.iter().filter(|place| place.entries == entries);
            locations.extend(same.map(|place| Location { uri: draft.uri.clone(), range: place.range }));
        }
    }
    Some(locations)
}

/// The mentions of the entry at `position` in this draft.
pub(in crate::server) fn highlight(
    world: &World,
    document: &Document,
    position: Position,
) -> Option<Vec<DocumentHighlight>> {
    let checked = world.checked(document)?;
    let subject = subject_near(&checked, from_proto::offset(&document.buffer, position, world.traits().encoding))?;
    let entries = ids(&checked, &subject);
    let places = scan::places(world, &checked).into_iter().filter(|place| place.entries == entries);
    Some(
        places.map(|place| DocumentHighlight { range: place.range, kind: Some(DocumentHighlightKind::TEXT) }).collect(),
    )
}

fn ids(checked: &Checked, subject: &Subject) -> Vec<SmolStr> {
    let lexicon = checked.loaded.project.lexicon();
    subject.entries.iter().map(|entry| lexicon.entry(*entry).id.clone()).collect()
}
