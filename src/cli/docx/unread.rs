//! What a document shows besides the text that is checked: Word takes no comments there, and the same words
//! come back on every page. It is said that this was not read.

use super::{add_text, package::Package};
use crate::lang::Message;

/// How the names of the parts of headers and footers begin.
const MARGINS: [&str; 2] = ["word/header", "word/footer"];
/// How the names of parts with words outside of any paragraph begin: charts, SmartArt, embedded files and
/// chunks in other formats.
const OBJECTS: [&str; 4] = ["word/charts/chart", "word/diagrams/data", "word/embeddings/", "word/afchunk"];
/// Words that only number the pages.
const PAGE_NUMBER: [char; 4] = ['第', '页', '頁', '共'];
/// Characters of a header or footer that are quoted.
const QUOTED: usize = 40;

/// Remarks on what was not read.
pub(super) fn notes(package: &mut Package<'_>) -> Result<Vec<Message>, Message> {
    let names = package.names();
    let begins = |name: &str, with: &[&str]| with.iter().any(|start| name.starts_with(start));
    let mut notes = Vec::new();
    let mut quoted: Vec<String> = Vec::new();
    for name in names.iter().filter(|name| begins(name, &MARGINS) && name.ends_with(".xml")) {
        let mut text = String::new();
        add_text(&package.required(name)?, &mut text)?;
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let says_something = words.chars().any(|c| c.is_alphabetic() && !PAGE_NUMBER.contains(&c));
        if says_something && !quoted.contains(&words) {
            quoted.push(words);
        }
    }
    if !quoted.is_empty() {
        let zh: String = quoted.iter().map(|words| format!("“{}”", shortened(words))).collect();
        let en: Vec<String> = quoted.iter().map(|words| format!("“{}”", shortened(words))).collect();
        notes.push(Message::new(
            format!("页眉、页脚未核对：{zh}"),
            format!("headers and footers were not checked: {}", en.join(", ")),
        ));
    }
    if names.iter().any(|name| begins(name, &OBJECTS)) {
        notes.push(Message::new(
            "图表、图示和嵌入对象中的文字未核对",
            "words in charts, diagrams and embedded objects were not checked",
        ));
    }
    Ok(notes)
}

fn shortened(words: &str) -> String {
    match words.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}
