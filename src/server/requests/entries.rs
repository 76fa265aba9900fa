//! The request `hegao/entries`: the project's own entries, for a view of the lexicon.

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{Range, Uri};

use crate::{
    lexicon::{EdtfDate, Entry, EntryData, EntryIndex, InForce, Lexicon},
    server::{diagnostics::location, from_proto, projects::Loaded, world::World},
    text::{Draft, DraftFormat},
};

/// Whose entries are asked for.
#[derive(Debug, Default, Deserialize)]
pub(in crate::server) struct EntriesParams {
    /// A draft: the project in force for it is meant. Without one it is that of the first workspace
    /// folder.
    uri: Option<Uri>,
}

/// The answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::server) struct Entries {
    /// The day for which posts and places are told.
    as_of: String,
    /// Entries of the project's own files, in the order of the files; those of packs are left out.
    entries: Vec<Item>,
}

/// One entry.
#[derive(Debug, Serialize)]
struct Item {
    id: String,
    kind: &'static str,
    name: String,
    /// Where it is written.
    uri: Uri,
    range: Range,
    /// A person's posts, in file order.
    #[serde(skip_serializing_if = "Option::is_none")]
    posts: Option<Vec<Post>>,
    /// The names of what a place lies in on the day, from the province down.
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<Vec<String>>,
}

#[derive(Debug, Serialize)]
struct Post {
    title: String,
    /// From when to when.
    time: String,
    held: bool,
}

/// Lists the entries. Waits for files: not for the runtime.
pub(in crate::server) fn run(world: &World, params: &EntriesParams) -> Entries {
    let document = params.uri.as_ref().and_then(|uri| world.document(uri));
    let checked = document.as_ref().and_then(|document| world.checked(document));
    let (loaded, as_of) = match checked {
        Some(checked) => (checked.loaded.clone(), checked.draft.as_of),
        None => {
            let path = params.uri.as_ref().and_then(from_proto::path);
            let folder = path.and_then(|path| path.parent().map(ToOwned::to_owned));
            let folder = folder.or_else(|| world.state().roots.first().cloned());
            let loaded = world.project_in(folder.as_deref());
            let (as_of, _) = loaded.project.as_of(None, &Draft::parse("", DraftFormat::Plain));
            (loaded, as_of)
        }
    };
    let lexicon = loaded.project.lexicon();
    let own = lexicon.written_entries().filter(|(_, entry)| lexicon.file(entry.file).pack.is_none());
    let entries = own.filter_map(|(index, entry)| item(world, &loaded, index, entry, as_of.date)).collect();
    Entries { as_of: as_of.date.to_string(), entries }
}

fn item(world: &World, loaded: &Loaded, index: EntryIndex, entry: &Entry, as_of: EdtfDate) -> Option<Item> {
    let lexicon = loaded.project.lexicon();
    let place = location(world, loaded, index, entry.span)?;
    let (posts, within) = match &entry.data {
        EntryData::Person(person) => {
            let posts = person.posts.iter().map(|post| Post {
                title: post.title.to_string(),
                time: post.time.display(),
                held: post.time.on(as_of) == InForce::Now,
            });
            (Some(posts.collect()), None)
        }
        EntryData::Place(_) => (None, Some(within(lexicon, index, as_of))),
        _ => (None, None),
    };
    Some(Item {
        id: entry.id.to_string(),
        kind: entry.kind().name(),
        name: entry.name().to_owned(),
        uri: place.uri,
        range: place.range,
        posts,
        within,
    })
}

fn within(lexicon: &Lexicon, place: EntryIndex, as_of: EdtfDate) -> Vec<String> {
    let name = |ancestor: EntryIndex| {
        let version = lexicon.version_on(ancestor, as_of).map(|version| version.name.to_string());
        version.unwrap_or_else(|| lexicon.entry(ancestor).name().to_owned())
    };
    let mut names: Vec<_> = lexicon.ancestors(place, as_of).into_iter().map(name).collect();
    names.reverse();
    names
}
