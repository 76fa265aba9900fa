//! Annotation ids.

use tower_lsp::ls_types::CompletionItem;

use super::{Offer, Request, kind};
use crate::{
    lexicon::{EntryIndex, SearchOptions},
    server::{card::Cards, printed_post},
    text::Span,
};

/// Ids for the annotated words: those of entries that the words are a form of, and those that begin
/// with what is typed.
pub(super) fn of_annotation(request: &Request<'_>, id: Span, words: Span) -> Vec<CompletionItem> {
    let lexicon = request.checked.loaded.project.lexicon();
    let typed = Span::new(id.start, request.at).slice(request.text());
    let mut entries: Vec<EntryIndex> =
        lexicon.forms().find(words.slice(request.text())).into_iter().map(|target| target.entry).collect();
    entries.sort_unstable();
    entries.dedup();
    entries.retain(|entry| lexicon.entry(*entry).id.starts_with(typed));
    let others = by_name_or_id(request, typed);
    entries.extend(others.into_iter().filter(|entry| !entries.contains(entry)).collect::<Vec<_>>());
    let offers = entries.into_iter().map(|entry| offer(request, entry, id, |id, _| id.to_owned()));
    request.items(offers.collect())
}

/// Whole annotations in place of an `@`.
pub(super) fn of_at(request: &Request<'_>, id: Span) -> Vec<CompletionItem> {
    let typed = Span::new(id.start, request.at).slice(request.text());
    let with_at = Span::new(id.start - 1, request.at);
    let whole = |id: &str, name: &str| format!("[{name}](@{id})");
    let entries = by_name_or_id(request, typed);
    request.items(entries.into_iter().map(|entry| offer(request, entry, with_at, whole)).collect())
}

/// Entries by the beginning of their id, or by name as it is read; without anything typed, those that
/// the draft mentions and then the project's own.
fn by_name_or_id(request: &Request<'_>, typed: &str) -> Vec<EntryIndex> {
    let loaded = &request.checked.loaded;
    let lexicon = loaded.project.lexicon();
    let mut entries: Vec<EntryIndex> = Vec::new();
    if typed.is_empty() {
        entries.extend(request.checked.draft.analysis.mentions.iter().flat_map(|mention| mention.candidates.clone()));
    }
    let own = lexicon.written_entries().filter(|(_, entry)| lexicon.file(entry.file).pack.is_none());
    entries.extend(own.filter(|(_, entry)| entry.id.starts_with(typed)).map(|(index, _)| index));
    let options = SearchOptions { kinds: &[], limit: super::LIMIT };
    entries.extend(loaded.search_index().search(typed, &options).into_iter().map(|hit| hit.entry));
    entries.extend(lexicon.find(typed));
    let mut seen = std::collections::HashSet::new();
    entries.retain(|entry| seen.insert(*entry));
    entries
}

fn offer(request: &Request<'_>, index: EntryIndex, replaces: Span, write: impl Fn(&str, &str) -> String) -> Offer {
    let checked = request.checked;
    let lexicon = checked.loaded.project.lexicon();
    let entry = lexicon.entry(index);
    let detail = match entry.kind() {
        crate::lexicon::EntryKind::Person => printed_post::on_that_day(checked, index),
        crate::lexicon::EntryKind::Place => {
            Cards { lexicon, as_of: checked.draft.as_of, lang: checked.lang }.hierarchy(index)
        }
        kind => kind.in_words(checked.lang).to_owned(),
    };
    Offer {
        label: format!("{} {}", entry.id, entry.name()),
        detail: Some(detail).filter(|detail| !detail.is_empty()),
        kind: kind(entry.kind()),
        replaces,
        text: write(&entry.id, entry.name()),
        entry: Some(index),
    }
}
