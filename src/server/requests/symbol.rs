//! `workspace/symbol`: entries of the lexicons by characters, pinyin or initials.

use tower_lsp::ls_types::{Location, OneOf, SymbolInformation, WorkspaceSymbol, WorkspaceSymbolResponse};

use super::document_symbol;
use crate::{
    lexicon::{EntryIndex, SearchOptions},
    server::{answer::Stop, diagnostics::location, projects::Loaded, world::World},
};

/// The most symbols an answer has.
const LIMIT: usize = 200;

/// The entries that fit `query`, the best first; without a query the projects' own.
pub(in crate::server) fn run(world: &World, query: &str, stop: &Stop) -> WorkspaceSymbolResponse {
    let roots: Vec<_> = world.folders();
    let mut symbols: Vec<SymbolInformation> = Vec::new();
    let mut seen = Vec::new();
    for folder in roots {
        let loaded = world.project_in(folder.as_deref());
        if stop.is_set() || seen.contains(&loaded.project.revision()) {
            continue;
        }
        seen.push(loaded.project.revision());
        let entries = entries(&loaded, query, LIMIT - symbols.len().min(LIMIT));
        symbols.extend(entries.into_iter().filter_map(|entry| symbol(world, &loaded, entry)));
    }
    if world.traits().workspace_symbols {
        return WorkspaceSymbolResponse::Nested(symbols.into_iter().map(newer).collect());
    }
    WorkspaceSymbolResponse::Flat(symbols)
}

fn entries(loaded: &Loaded, query: &str, limit: usize) -> Vec<EntryIndex> {
    let lexicon = loaded.project.lexicon();
    if query.trim().is_empty() {
        let own = lexicon.written_entries().filter(|(_, entry)| lexicon.file(entry.file).pack.is_none());
        return own.map(|(index, _)| index).take(limit).collect();
    }
    if let Some(entry) = lexicon.find(query) {
        return vec![entry];
    }
    let hits = loaded.search_index().search(query, &SearchOptions { kinds: &[], limit });
    hits.iter().map(|hit| hit.entry).collect()
}

fn symbol(world: &World, loaded: &Loaded, index: EntryIndex) -> Option<SymbolInformation> {
    let entry = loaded.project.lexicon().entry(index);
    #[expect(deprecated, reason = "the field has no default")]
    Some(SymbolInformation {
        name: entry.name().to_owned(),
        kind: document_symbol::kind(entry.kind()),
        tags: None,
        deprecated: None,
        location: location(world, loaded, index, entry.span)?,
        container_name: Some(entry.id.to_string()),
    })
}

fn newer(symbol: SymbolInformation) -> WorkspaceSymbol {
    let SymbolInformation { name, kind, container_name, location, .. } = symbol;
    let location: OneOf<Location, _> = OneOf::Left(location);
    WorkspaceSymbol { name, kind, tags: None, container_name, location, data: None }
}
