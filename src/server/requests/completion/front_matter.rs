//! Keys and values of the front matter.

use jiff::Zoned;
use tower_lsp::ls_types::{CompletionItem, CompletionItemKind};

use super::{Offer, Request, kind};
use crate::{
    lang::Text,
    lexicon::{EntryIndex, EntryKind, SearchOptions, entry::Level},
    server::card::Cards,
    text::Span,
};

/// The keys that hegao reads.
const KEYS: [(&str, Text); 5] = [
    ("date", Text { zh: "按哪一天核对", en: "the day for which facts are checked" }),
    ("title", Text { zh: "标题", en: "the title" }),
    ("home", Text { zh: "本地：行政区划代码或词条 id", en: "home jurisdiction: a GB/T 2260 code or entry id" }),
    ("lexicons", Text { zh: "此稿另用的词库", en: "further lexicons for this draft" }),
    ("lang", Text { zh: "提示用的语言", en: "language of messages" }),
];

/// What can stand on a line of which `line` is written.
pub(super) fn items(request: &Request<'_>, line: Span) -> Vec<CompletionItem> {
    let written = line.slice(request.text());
    let offers = match written.split_once(':') {
        None => keys(request, line),
        Some((key, value)) => {
            let value_start = line.end - value.trim_start().len();
            values(request, key.trim(), Span::new(value_start, line.end), value.is_empty())
        }
    };
    request.items(offers)
}

fn keys(request: &Request<'_>, line: Span) -> Vec<Offer> {
    let front_matter = request.checked.draft.draft.front_matter.span.map_or("", |span| span.slice(request.text()));
    let typed = line.slice(request.text());
    let is_written = |key: &str| front_matter.lines().any(|line| line.starts_with(key) && line.contains(':'));
    let fitting = KEYS.iter().filter(|(key, _)| key.starts_with(typed.trim()) && !is_written(key));
    let offers = fitting.map(|(key, meaning)| Offer {
        label: (*key).to_owned(),
        detail: Some(meaning.get(request.checked.lang).to_owned()),
        kind: CompletionItemKind::PROPERTY,
        replaces: line,
        text: format!("{key}: "),
        entry: None,
    });
    offers.collect()
}

/// Values of a key; one space parts them from the colon.
fn values(request: &Request<'_>, key: &str, replaces: Span, needs_space: bool) -> Vec<Offer> {
    let space = if needs_space { " " } else { "" };
    let value = |label: String, text: &str, detail: Option<String>, entry: Option<EntryIndex>| Offer {
        label,
        detail,
        kind: if entry.is_some() { kind(EntryKind::Place) } else { CompletionItemKind::VALUE },
        replaces,
        text: format!("{space}{text}"),
        entry,
    };
    let typed = replaces.slice(request.text());
    match key {
        "date" => {
            let today = Zoned::now().date().to_string();
            vec![value(today.clone(), &today, None, None)]
        }
        "lang" => ["zh-CN", "en"].map(|lang| value(lang.to_owned(), lang, None, None)).into(),
        "home" => homes(request, typed)
            .into_iter()
            .filter_map(|place| {
                let checked = request.checked;
                let lexicon = checked.loaded.project.lexicon();
                let version = lexicon.version_on(place, checked.draft.as_of.date)?;
                let reference = version.code.as_ref().unwrap_or(&lexicon.entry(place).id);
                let cards = Cards { lexicon, as_of: checked.draft.as_of, lang: checked.lang };
                let label = format!("{reference} {}", version.name);
                Some(value(label, reference, Some(cards.hierarchy(place)), Some(place)))
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Places by name or code; without anything typed the provinces.
fn homes(request: &Request<'_>, typed: &str) -> Vec<EntryIndex> {
    let loaded = &request.checked.loaded;
    let lexicon = loaded.project.lexicon();
    if typed.is_empty() {
        let codes = (11..=65).map(|code| format!("{code}0000"));
        return codes.filter_map(|code| lexicon.place_with_code(&code)).collect();
    }
    let is_division =
        |entry: &EntryIndex| lexicon.entry(*entry).place().is_some_and(|place| place.level != Level::Township);
    if typed.bytes().all(|byte| byte.is_ascii_digit()) {
        let codes = [format!("{typed:0<6}"), format!("{typed:0<4}00")];
        let mut places: Vec<_> = codes.iter().flat_map(|code| lexicon.with_code(code)).filter(is_division).collect();
        places.dedup();
        return places;
    }
    let options = SearchOptions { kinds: &[EntryKind::Place], limit: super::LIMIT };
    loaded.search_index().search(typed, &options).into_iter().map(|hit| hit.entry).filter(is_division).collect()
}
