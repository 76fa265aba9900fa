//! `textDocument/documentLink`: from an annotation's id to the entry, from the front matter's
//! `lexicons` to the files.

use tower_lsp::ls_types::{DocumentLink, Uri};

use super::definition;
use crate::{
    server::{
        lexicon_file, to_proto,
        world::{Checked, Document, World},
    },
    text::Span,
};

/// The links of a draft, in order of place.
pub(in crate::server) fn run(world: &World, document: &Document) -> Option<Vec<DocumentLink>> {
    if document.is_lexicon_file() {
        return lexicon_file::links::run(world, document);
    }
    let checked = world.checked(document)?;
    let mut links = lexicons(world, &checked);
    links.extend(checked.draft.draft.annotations().filter_map(|annotation| {
        let lexicon = checked.loaded.project.lexicon();
        let entry = lexicon.find(&annotation.id)?;
        let place = definition::name_of(world, &checked, entry)?;
        // The fragment names the line, as editors understand it.
        let target: Uri = format!("{}#L{}", place.uri.as_str(), place.range.start.line + 1).parse().ok()?;
        Some(link(world, &checked, annotation.id_span, target, Some(lexicon.entry(entry).name().to_owned())))
    }));
    Some(links)
}

fn lexicons(world: &World, checked: &Checked) -> Vec<DocumentLink> {
    let Some(folder) = checked.document.path.as_deref().and_then(|path| path.parent()) else { return Vec::new() };
    let fields = checked.draft.draft.front_matter.lexicons.iter();
    let files = fields.filter_map(|field| {
        let path = folder.join(&field.value);
        let target = path.is_file().then(|| to_proto::uri(&path)).flatten()?;
        Some(link(world, checked, field.span, target, None))
    });
    files.collect()
}

fn link(world: &World, checked: &Checked, span: Span, target: Uri, tooltip: Option<String>) -> DocumentLink {
    let range = to_proto::range(&checked.document.buffer, span, world.traits().encoding);
    let tooltip = tooltip.filter(|_| world.traits().link_tooltips);
    DocumentLink { range, target: Some(target), tooltip, data: None }
}
