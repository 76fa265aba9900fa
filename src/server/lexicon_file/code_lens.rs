//! `textDocument/codeLens` in lexicon files: how often the workspace's drafts mention an entry.

use std::collections::HashMap;

use smol_str::SmolStr;
use tower_lsp::ls_types::{CodeLens, Command};

use crate::{
    lang::Lang,
    lexicon::{EntryKind, read_entries},
    server::{
        answer::Stop,
        scan, to_proto,
        world::{Document, World},
    },
    text::Span,
};

/// One lens for each entry that drafts can mention, at its first line.
pub(in crate::server) fn run(world: &World, document: &Document, stop: &Stop) -> Option<Vec<CodeLens>> {
    let path = document.path.as_deref().filter(|_| document.is_lexicon_file())?;
    let loaded = world.project(document);
    loaded.file(path)?;
    let lang = loaded.project.lang(world.lang());
    let mut counts: HashMap<SmolStr, (usize, usize)> = HashMap::new();
    for draft in scan::drafts(world, stop) {
        if draft.project.as_deref() != loaded.project.config_path() {
            continue;
        }
        let mut here: HashMap<&SmolStr, usize> = HashMap::new();
        for place in &draft.places {
            if let [entry] = place.entries.as_slice() {
                *here.entry(entry).or_default() += 1;
            }
        }
        for (entry, count) in here {
            let (mentions, drafts) = counts.entry(entry.clone()).or_default();
            *mentions += count;
            *drafts += 1;
        }
    }
    let entries = read_entries(path, &document.buffer.text());
    let mentioned = entries.iter().filter(|entry| entry.kind() != EntryKind::Precedence);
    let lenses = mentioned.map(|entry| {
        let (mentions, drafts) = counts.get(&entry.id).copied().unwrap_or_default();
        let at = Span::new(entry.span.start, entry.span.start);
        CodeLens {
            range: to_proto::range(&document.buffer, at, world.traits().encoding),
            // There is nothing to carry out: finding the mentions is the editor's own command.
            command: Some(Command { title: title(mentions, drafts, lang), command: String::new(), arguments: None }),
            data: None,
        }
    });
    Some(lenses.collect())
}

fn title(mentions: usize, drafts: usize, lang: Lang) -> String {
    match (lang, mentions) {
        (Lang::Zh, 0) => "稿件中没有提到".to_owned(),
        (Lang::Zh, _) => format!("{drafts} 篇稿件提到 {mentions} 处"),
        (Lang::En, 0) => "not mentioned in any draft".to_owned(),
        (Lang::En, _) => format!("mentions: {mentions}, drafts: {drafts}"),
    }
}
