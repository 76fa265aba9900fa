//! `textDocument/completion` in lexicon files and hegao.toml: tables, keys, values, ids and codes.

use tower_lsp::ls_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionTextEdit, Documentation, Position, TextEdit,
};

use super::{
    spot::{What, nested},
    subject::{Subject, is_config, label},
};
use crate::{
    config,
    lang::Lang,
    lexicon::{
        EntryIndex, EntryKind, SearchOptions,
        fields::{Field, Value, of_entry},
        packs,
    },
    rules::RULES,
    server::{
        to_proto,
        world::{Document, World},
    },
};

/// The most items of a list; it is asked for again with every letter typed.
const LIMIT: usize = 100;

/// What can be written at `position`.
pub(in crate::server) fn run(world: &World, document: &Document, position: Position) -> Option<CompletionList> {
    let subject = Subject::at(world, document, position)?;
    let lang = subject.loaded.project.lang(world.lang());
    let in_config = document.path.as_deref().is_some_and(is_config);
    let offers = match &subject.spot.what {
        What::Header => tables(in_config, lang),
        What::Key => keys(&subject, lang),
        What::Value { .. } if subject.spot.target().is_some() => references(&subject),
        What::Value { .. } => values(&subject, lang),
    };
    let range = to_proto::range(&document.buffer, subject.spot.span, world.traits().encoding);
    let typed = subject.words();
    let is_quoted = matches!(subject.spot.what, What::Value { quoted: true, .. });
    let items = offers.into_iter().enumerate().map(|(order, offer)| {
        let text = match &subject.spot.what {
            What::Value { .. } if !is_quoted && offer.is_string => format!("\"{}\"", offer.text),
            _ => offer.text.clone(),
        };
        CompletionItem {
            label: offer.text.clone(),
            kind: Some(offer.kind),
            detail: (!offer.detail.is_empty()).then_some(offer.detail),
            documentation: (!offer.doc.is_empty()).then_some(Documentation::String(offer.doc)),
            sort_text: Some(format!("{order:04}")),
            // What was found by name or pinyin must not be filtered away by what was typed.
            filter_text: Some(if offer.text.starts_with(typed) { offer.text } else { typed.to_owned() }),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: text })),
            ..CompletionItem::default()
        }
    });
    Some(CompletionList { is_incomplete: true, items: items.take(LIMIT).collect() })
}

struct Offer {
    text: String,
    detail: String,
    doc: String,
    kind: CompletionItemKind,
    is_string: bool,
}

impl Offer {
    fn new(text: &str, kind: CompletionItemKind) -> Self {
        Self { text: text.to_owned(), detail: String::new(), doc: String::new(), kind, is_string: true }
    }
}

/// The strings a key allows; `true` and `false` for a flag.
pub(super) fn allowed(field: &Field) -> Vec<&'static str> {
    match &field.value {
        Value::OneOf(names) => names.to_vec(),
        Value::Flag => vec!["true", "false"],
        Value::Map(Value::OneOf(names)) => names.to_vec(),
        _ => Vec::new(),
    }
}

/// The names of tables. The brackets stand there already, or come with the key.
fn tables(in_config: bool, lang: Lang) -> Vec<Offer> {
    let offer = |name: &str, doc: &str| Offer { doc: doc.to_owned(), ..Offer::new(name, CompletionItemKind::STRUCT) };
    if in_config {
        let tables = config::fields::FIELDS
            .iter()
            .filter(|field| matches!(field.value, Value::Map(_) | Value::Record(_) | Value::Records(_)));
        return tables.map(|field| offer(field.key, field.doc.get(lang))).collect();
    }
    let mut offers = Vec::new();
    for kind in EntryKind::ALL {
        offers.push(offer(kind.name(), kind.in_words(lang)));
        for field in of_entry(kind).iter().filter(|field| nested(kind, field.key).is_some()) {
            offers.push(offer(&format!("{}.{}", kind.name(), field.key), field.doc.get(lang)));
        }
    }
    offers
}

/// The keys of the table that are not written yet, those that must be first.
fn keys(subject: &Subject, lang: Lang) -> Vec<Offer> {
    let spot = &subject.spot;
    if spot.kind.is_none() && matches!(spot.table.as_deref(), Some("rules")) {
        let rules = RULES.iter().map(|rule| Offer {
            detail: rule.name.to_owned(),
            doc: rule.summary.get(lang).to_owned(),
            ..Offer::new(rule.code, CompletionItemKind::PROPERTY)
        });
        return rules.collect();
    }
    let own = subject.words();
    let is_written = |field: &Field| spot.table.is_none() && field.key != own && has_key(subject, field.key);
    let mut fields: Vec<&Field> = spot.fields.iter().filter(|field| !is_written(field)).collect();
    fields.sort_by_key(|field| !field.required);
    let keys = fields.into_iter().map(|field| Offer {
        detail: form(&field.value).to_owned(),
        doc: field.doc.get(lang).to_owned(),
        ..Offer::new(field.key, CompletionItemKind::PROPERTY)
    });
    keys.collect()
}

fn has_key(subject: &Subject, key: &str) -> bool {
    let lines = subject.spot.block.slice(&subject.text).lines();
    let own = lines.take_while(|line| super::spot::header(line).is_none_or(|name| !name.contains('.')));
    own.filter_map(|line| line.split_once('=')).any(|(name, _)| name.trim() == key)
}

/// What a key holds, as TOML writes it.
fn form(value: &Value) -> &'static str {
    match value {
        Value::String | Value::Pattern(_) | Value::OneOf(_) => "\"…\"",
        Value::Flag => "true | false",
        Value::Number => "1",
        Value::List(_) => "[\"…\"]",
        Value::Map(_) | Value::Record(_) => "{ … }",
        Value::Records(_) => "[[…]]",
    }
}

/// Ids of the kind that is wanted, and the codes of places, found by what was typed.
fn references(subject: &Subject) -> Vec<Offer> {
    let Some(kind) = subject.spot.target() else { return Vec::new() };
    let (lexicon, typed, on) = (subject.lexicon(), subject.words(), subject.as_of().date);
    let own = subject.id().unwrap_or_default();
    let mut entries: Vec<EntryIndex> = Vec::new();
    if typed.is_empty() {
        let written = lexicon.written_entries().filter(|(_, entry)| entry.kind() == kind);
        entries.extend(written.map(|(index, _)| index).take(LIMIT));
        if kind == EntryKind::Place {
            let provinces = (11..=82).map(|province| format!("{province}0000"));
            entries.extend(provinces.filter_map(|code| lexicon.place_with_code(&code)));
        }
    } else {
        let starts = |(index, entry): &(EntryIndex, &crate::lexicon::Entry)| {
            lexicon.kind(*index) == kind && entry.id.starts_with(typed)
        };
        entries.extend(lexicon.written_entries().filter(starts).map(|(index, _)| index).take(LIMIT));
        if kind == EntryKind::Place && typed.bytes().all(|byte| byte.is_ascii_digit()) {
            entries.extend(with_code(subject, typed));
        }
        let options = SearchOptions { kinds: &[kind], limit: LIMIT };
        entries.extend(subject.loaded.search_index().search(typed, &options).iter().map(|hit| hit.entry));
    }
    let mut seen = Vec::new();
    entries.retain(|entry| {
        !seen.contains(entry) && {
            seen.push(*entry);
            true
        }
    });
    let only_codes = subject.value_key() == Some("code");
    let offers = entries.into_iter().filter(|entry| lexicon.entry(*entry).id != own).filter_map(|entry| {
        let id = lexicon.entry(entry).id.as_str();
        let code = lexicon.version_on(entry, on).and_then(|version| version.code.as_deref());
        let code = code.filter(|_| only_codes || lexicon.file(lexicon.entry(entry).file).pack.is_some());
        if only_codes && code.is_none() {
            return None;
        }
        let detail = label(lexicon, entry, on);
        Some(Offer { detail, ..Offer::new(code.unwrap_or(id), CompletionItemKind::REFERENCE) })
    });
    offers.collect()
}

/// The places whose code begins so: the division with these digits and those directly below it.
fn with_code(subject: &Subject, typed: &str) -> Vec<EntryIndex> {
    let lexicon = subject.lexicon();
    let mut codes: Vec<String> = Vec::new();
    match typed.len() {
        1 => codes.extend((0..10).map(|digit| format!("{typed}{digit}0000"))),
        2 | 4 => codes.extend((0..100).map(|digits| format!("{typed}{digits:02}{}", "0".repeat(4 - typed.len())))),
        3 => codes.extend((0..10).map(|digit| format!("{typed}{digit}00"))),
        5 => codes.extend((0..10).map(|digit| format!("{typed}{digit}"))),
        _ => codes.push(typed.to_owned()),
    }
    codes.iter().filter_map(|code| lexicon.place_with_code(code)).collect()
}

fn values(subject: &Subject, lang: Lang) -> Vec<Offer> {
    let spot = &subject.spot;
    let value = |text: &str, is_string| Offer { is_string, ..Offer::new(text, CompletionItemKind::ENUM_MEMBER) };
    let key = subject.value_key().unwrap_or_default();
    if spot.kind.is_some() {
        let Some(field) = spot.field(&subject.text) else { return Vec::new() };
        let is_string = !matches!(field.value, Value::Flag);
        return allowed(field).into_iter().map(|text| value(text, is_string)).collect();
    }
    let levels = || allowed_levels().iter().map(|text| value(text, true)).collect();
    match (spot.table.as_deref(), key) {
        (Some("rules"), _) | (Some("override"), "rules") => levels(),
        (None, "packs") => {
            let packs = packs::PACKS.iter().map(|pack| {
                let title = pack.describe().map(|about| about.title.get(lang).to_owned()).unwrap_or_default();
                Offer { detail: title, ..value(pack.name, true) }
            });
            packs.collect()
        }
        (None, "as_of") => vec![value("today", true)],
        (Some("waiver"), "rule") => {
            let rules = RULES.iter().map(|rule| Offer {
                detail: rule.name.to_owned(),
                doc: rule.summary.get(lang).to_owned(),
                ..value(rule.code, true)
            });
            rules.collect()
        }
        _ => spot
            .field(&subject.text)
            .map(allowed)
            .unwrap_or_default()
            .into_iter()
            .map(|text| value(text, true))
            .collect(),
    }
}

fn allowed_levels() -> &'static [&'static str] {
    if let Value::OneOf(levels) = &config::fields::LEVELS { levels } else { &[] }
}
