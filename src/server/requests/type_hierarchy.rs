//! Type hierarchy over administrative divisions: what a place belongs to, and what belongs to it, on
//! the as-of date.

use std::{path::PathBuf, sync::Arc};

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{Position, SymbolKind, TypeHierarchyItem};

use crate::{
    lexicon::{EdtfDate, EntryIndex, EntryKind},
    server::{
        answer::Stop,
        diagnostics::location,
        from_proto,
        projects::Loaded,
        subject::subject_near,
        world::{Document, World},
    },
};

/// What an item carries from one request to the next.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    entry: String,
    as_of: String,
    config: Option<PathBuf>,
}

/// The places that the words at `position` can mean.
pub(in crate::server) fn prepare(
    world: &World,
    document: &Document,
    position: Position,
) -> Option<Vec<TypeHierarchyItem>> {
    let checked = world.checked(document)?;
    let subject = subject_near(&checked, from_proto::offset(&document.buffer, position, world.traits().encoding))?;
    let lexicon = checked.loaded.project.lexicon();
    let places = subject.entries.into_iter().filter(|entry| lexicon.kind(*entry) == EntryKind::Place);
    let items: Vec<_> =
        places.filter_map(|place| item(world, &checked.loaded, place, checked.draft.as_of.date)).collect();
    (!items.is_empty()).then_some(items)
}

/// The place directly above.
pub(in crate::server) fn supertypes(world: &World, of: &TypeHierarchyItem) -> Option<Vec<TypeHierarchyItem>> {
    let (loaded, place, as_of) = resolve(world, of)?;
    let above = loaded.project.lexicon().parent_on(place, as_of);
    Some(above.and_then(|above| item(world, &loaded, above, as_of)).into_iter().collect())
}

/// The places directly below, in lexicon order.
pub(in crate::server) fn subtypes(
    world: &World,
    of: &TypeHierarchyItem,
    stop: &Stop,
) -> Option<Vec<TypeHierarchyItem>> {
    let (loaded, place, as_of) = resolve(world, of)?;
    let lexicon = loaded.project.lexicon();
    let entries = lexicon.entries().take_while(|_| !stop.is_set());
    let below =
        entries.filter(|(index, entry)| entry.place().is_some() && lexicon.parent_on(*index, as_of) == Some(place));
    Some(below.filter_map(|(index, _)| item(world, &loaded, index, as_of)).collect())
}

fn resolve(world: &World, item: &TypeHierarchyItem) -> Option<(Arc<Loaded>, EntryIndex, EdtfDate)> {
    let data: Data = serde_json::from_value(item.data.clone()?).ok()?;
    let loaded = world.projects.loaded().into_iter();
    let loaded = loaded.into_iter().find(|loaded| loaded.project.config_path() == data.config.as_deref())?;
    let place = loaded.project.lexicon().find(&data.entry)?;
    Some((loaded, place, data.as_of.parse().ok()?))
}

fn item(world: &World, loaded: &Loaded, place: EntryIndex, as_of: EdtfDate) -> Option<TypeHierarchyItem> {
    let lexicon = loaded.project.lexicon();
    let entry = lexicon.entry(place);
    let version = lexicon.version_on(place, as_of);
    let whole = location(world, loaded, place, entry.span)?;
    let data = Data {
        entry: entry.id.to_string(),
        as_of: as_of.to_string(),
        config: loaded.project.config_path().map(PathBuf::from),
    };
    Some(TypeHierarchyItem {
        name: version.map_or_else(|| entry.name(), |version| &version.name).to_owned(),
        kind: SymbolKind::NAMESPACE,
        tags: None,
        detail: version.and_then(|version| version.code.as_ref()).map(ToString::to_string),
        uri: whole.uri,
        range: whole.range,
        selection_range: whole.range,
        data: serde_json::to_value(data).ok(),
    })
}
