//! Entries by characters, pinyin, initials or a mix of them.

use std::collections::HashMap;

use smol_str::SmolStr;
use tower_lsp::ls_types::CompletionItem;

use super::{Offer, Request, kind};
use crate::{
    lexicon::{Entry, EntryData, EntryIndex, EntryKind, InForce, SearchHit, SearchOptions, SearchRank, ValidTime},
    server::{card::Cards, printed_post},
    text::Span,
};

/// How many characters before the place are looked at: longer names are found by their beginning.
const REACH: usize = 12;

/// How many entries are looked at for one way of reading what was typed.
const SEARCHED: usize = 300;

/// An entry that fits what was typed.
struct Found {
    hit: SearchHit,
    typed: Span,
    form: String,
}

/// The entries that what was typed can become: the longest reading first, then how well they fit, then
/// what the draft and the workspace use most.
pub(super) fn items(request: &Request<'_>) -> Vec<CompletionItem> {
    let mut found: Vec<Found> = Vec::new();
    let usage = Usage::of(request);
    for typed in typed(request.text(), request.at) {
        let known: Vec<EntryIndex> = found.iter().map(|found| found.hit.entry).collect();
        let fitting = search(request, typed).into_iter().filter(|other| !known.contains(&other.hit.entry));
        let mut fitting: Vec<Found> = fitting.collect();
        // Stable: among equals the order of the search stays.
        let in_title = request.text()[..typed.start].ends_with('《');
        fitting.sort_by_key(|found| {
            let is_title =
                in_title && request.checked.loaded.project.lexicon().kind(found.hit.entry) == EntryKind::Document;
            (!is_title, rank(found.hit.rank), std::cmp::Reverse(usage.of_entry(request, found.hit.entry)))
        });
        found.extend(fitting);
        if found.len() >= super::LIMIT {
            break;
        }
    }
    let offers = found.iter().flat_map(|found| offers(request, found));
    request.items(offers.collect())
}

/// What may have been typed for a name: the letters before the place with ever fewer of the characters
/// before them, or these characters alone.
fn typed(text: &str, at: usize) -> Vec<Span> {
    let is_letter = |c: char| c.is_ascii_alphabetic() || c == '\'' || c == 'ü';
    let letters: usize = text[..at].chars().rev().take_while(|c| is_letter(*c)).map(char::len_utf8).sum();
    let before = &text[..at - letters];
    let mut starts = vec![at - letters];
    let characters = before.char_indices().rev().take_while(|(_, c)| is_of_name(*c)).take(REACH);
    starts.extend(characters.map(|(start, _)| start));
    if letters == 0 {
        starts.remove(0);
    }
    starts.into_iter().rev().map(|start| Span::new(start, at)).collect()
}

fn is_of_name(c: char) -> bool {
    c.is_alphabetic() && !c.is_ascii() || c == '·'
}

fn search(request: &Request<'_>, typed: Span) -> Vec<Found> {
    let loaded = &request.checked.loaded;
    let hits =
        loaded.search_index().search(typed.slice(request.text()), &SearchOptions { kinds: &[], limit: SEARCHED });
    let fits = |hit: &SearchHit| hit.rank != SearchRank::Substring && is_in_force(request, hit.entry);
    let found = hits.into_iter().filter(fits).map(|hit| Found {
        form: loaded.search_index().form(loaded.project.lexicon(), &hit),
        hit,
        typed,
    });
    // What stands there already need not be offered.
    found.filter(|found| found.form != typed.slice(request.text()) || found.hit.rank != SearchRank::Exact).collect()
}

/// A whole form and the beginning of one are equally likely meant; initials come after.
fn rank(rank: SearchRank) -> u8 {
    match rank {
        SearchRank::Exact | SearchRank::Prefix => 0,
        SearchRank::Initials => 1,
        SearchRank::Substring => 2,
    }
}

/// Whether an entry can be meant on the as-of date.
fn is_in_force(request: &Request<'_>, index: EntryIndex) -> bool {
    let lexicon = request.checked.loaded.project.lexicon();
    let as_of = request.checked.draft.as_of.date;
    let holds = |time: &ValidTime| matches!(time.on(as_of), InForce::Now | InForce::Uncertain);
    match &lexicon.entry(index).data {
        EntryData::Place(_) => lexicon.version_on(index, as_of).is_some(),
        EntryData::Organization(organization) => holds(&organization.time),
        EntryData::Slogan(slogan) => holds(&slogan.time),
        EntryData::Document(document) => document.time.start.is_none_or(|start| start.earliest() <= as_of.latest()),
        EntryData::Precedence(_) => false,
        EntryData::Person(_) | EntryData::Term(_) => true,
    }
}

/// What can be written for an entry.
fn offers(request: &Request<'_>, found: &Found) -> Vec<Offer> {
    let (checked, index) = (request.checked, found.hit.entry);
    let lexicon = checked.loaded.project.lexicon();
    let entry = lexicon.entry(index);
    let cards = Cards { lexicon, as_of: checked.draft.as_of, lang: checked.lang };
    let offer = |label: String, text: String, detail: Option<String>| Offer {
        label,
        detail,
        kind: kind(entry.kind()),
        replaces: found.typed,
        text,
        entry: Some(index),
    };
    match &entry.data {
        EntryData::Person(person) => {
            let posts = printed_post::on_that_day(checked, index);
            let detail = Some(posts.clone()).filter(|posts| !posts.is_empty());
            let bare = offer(person.name.to_string(), person.name.to_string(), detail);
            if posts.is_empty() {
                return vec![bare];
            }
            let full = format!("{posts}{}", person.name);
            let full = offer(full.clone(), full, None);
            // Behind words a post may stand already; at the start of a clause it is still to come.
            if follows_words(request.text(), found.typed.start) { vec![bare, full] } else { vec![full, bare] }
        }
        EntryData::Place(_) => {
            let name = lexicon.version_on(index, checked.draft.as_of.date).map(|version| {
                if version.short.iter().any(|short| *short == found.form) { found.form.as_str() } else { &version.name }
            });
            let name = name.unwrap_or(entry.name()).to_owned();
            vec![offer(name.clone(), name, Some(cards.hierarchy(index)))]
        }
        EntryData::Slogan(slogan) => {
            let text = marked(request.text(), found.typed.start, &slogan.text, slogan.quoted.then_some(('“', '”')));
            vec![offer(slogan.text.to_string(), text, kind_in_words(request, entry))]
        }
        EntryData::Document(document) => {
            let text = marked(request.text(), found.typed.start, &document.title, Some(('《', '》')));
            vec![offer(document.title.to_string(), text, document.issuer.as_ref().map(SmolStr::to_string))]
        }
        EntryData::Term(_) => {
            vec![offer(entry.name().to_owned(), entry.name().to_owned(), kind_in_words(request, entry))]
        }
        EntryData::Organization(organization) => {
            let detail = (found.form != organization.name.as_str()).then(|| organization.name.to_string());
            let text = found.form.clone();
            vec![offer(text.clone(), text, detail.or_else(|| kind_in_words(request, entry)))]
        }
        EntryData::Precedence(_) => Vec::new(),
    }
}

fn kind_in_words(request: &Request<'_>, entry: &Entry) -> Option<String> {
    Some(entry.kind().in_words(request.checked.lang).to_owned())
}

fn follows_words(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
}

/// `wording` between `marks`, unless the opening one stands there already.
fn marked(text: &str, at: usize, wording: &str, marks: Option<(char, char)>) -> String {
    match marks {
        Some((open, close)) if !text[..at].ends_with(open) => format!("{open}{wording}{close}"),
        _ => wording.to_owned(),
    }
}

/// How often the draft and the rest of the workspace mention each entry.
struct Usage {
    draft: HashMap<EntryIndex, usize>,
    workspace: HashMap<SmolStr, usize>,
}

impl Usage {
    fn of(request: &Request<'_>) -> Self {
        let mut draft = HashMap::new();
        for mention in &request.checked.draft.analysis.mentions {
            if let Some(entry) = mention.entry {
                *draft.entry(entry).or_default() += 1;
            }
        }
        Self { draft, workspace: request.world.scans.usage() }
    }

    fn of_entry(&self, request: &Request<'_>, entry: EntryIndex) -> (usize, usize) {
        let id = &request.checked.loaded.project.lexicon().entry(entry).id;
        let count = |counted: Option<&usize>| counted.copied().unwrap_or_default();
        (count(self.draft.get(&entry)), count(self.workspace.get(id)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_read_from_the_longest_on() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = typed(text, text.len()).into_iter().map(|span| span.slice(text)).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("", &[]);
        check("hjf", &["hjf"]);
        check("出席。hjf", &["hjf"]);
        check("胡jf", &["胡jf", "jf"]);
        check("由胡家", &["由胡家", "胡家", "家"]);
        check("，", &[]);
        check("xi'an", &["xi'an"]);
    }
}
