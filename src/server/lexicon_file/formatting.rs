//! `textDocument/formatting` of lexicon files in TOML: posts and versions in order of time, each with its
//! comments; nothing else moves. Tables in CSV are left as they are.

use tower_lsp::ls_types::TextEdit;

use super::spot::header;
use crate::{
    lexicon::EdtfDate,
    server::{
        to_proto,
        world::{Document, World},
        writing::difference,
    },
    text::Span,
};

/// The one edit that formats the file; none if it is in order.
pub(in crate::server) fn run(world: &World, document: &Document) -> Option<Vec<TextEdit>> {
    let is_toml = document.path.as_deref()?.extension()? == "toml";
    let old = document.buffer.text();
    // What is broken may be anything.
    if !document.is_lexicon_file() || !is_toml || toml::from_str::<toml::Table>(&old).is_err() {
        return None;
    }
    let new = formatted(&old);
    if new == old {
        return Some(Vec::new());
    }
    let edit = difference(&old, &new);
    let range = to_proto::range(&document.buffer, edit.span, world.traits().encoding);
    Some(vec![TextEdit { range, new_text: edit.text }])
}

/// A stretch of text between two headers, comments right above a header going with it.
struct Piece<'t> {
    name: Option<&'t str>,
    text: &'t str,
    /// The line breaks behind it.
    rest: &'t str,
}

fn formatted(text: &str) -> String {
    let mut pieces = pieces(text);
    let mut at = 0;
    while at < pieces.len() {
        let name = pieces[at].name;
        let length = pieces[at..].iter().take_while(|piece| piece.name == name).count();
        if name.is_some_and(|name| name.ends_with(".post") || name.ends_with(".version")) {
            sort(&mut pieces[at..at + length]);
        }
        at += length;
    }
    let mut new: String = pieces.iter().flat_map(|piece| [piece.text, piece.rest]).collect();
    if !new.is_empty() && !new.ends_with('\n') {
        new.push('\n');
    }
    new
}

/// Brings the pieces that have a date in order; those without keep their places, and so do the empty lines
/// between them.
fn sort(pieces: &mut [Piece<'_>]) {
    let dated: Vec<(usize, EdtfDate)> =
        pieces.iter().enumerate().filter_map(|(at, piece)| Some((at, start(piece.text)?))).collect();
    let mut sorted = dated.clone();
    sorted.sort_by_key(|(_, date)| date.earliest());
    let texts: Vec<&str> = sorted.iter().map(|(at, _)| pieces[*at].text).collect();
    for ((at, _), text) in dated.iter().zip(texts) {
        pieces[*at].text = text;
    }
}

/// The date in `start = "…"`.
fn start(text: &str) -> Option<EdtfDate> {
    let value =
        text.lines().find_map(|line| line.trim_start().strip_prefix("start")?.trim_start().strip_prefix('='))?;
    let value = value.trim_start().trim_start_matches(['"', '\'']);
    value.split(['"', '\'', ' ', '#']).next()?.trim().parse().ok()
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut starts: Vec<(usize, Option<&str>)> = vec![(0, None)];
    let (mut at, mut comments, mut in_text) = (0, None, false);
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let quotes = line.matches("\"\"\"").count() + line.matches("'''").count();
        if let Some(name) = header(line).filter(|_| !in_text && line.starts_with('[')) {
            starts.push((comments.unwrap_or(at), Some(name)));
        }
        comments = if trimmed.starts_with('#') { comments.or(Some(at)) } else { None };
        in_text ^= quotes % 2 == 1;
        at += line.len();
    }
    let mut pieces = Vec::new();
    for (index, (start, name)) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(text.len(), |(next, _)| *next);
        let whole = Span::new(*start, end).slice(text);
        let body = whole.trim_end_matches(['\r', '\n', ' ', '\t']);
        if !whole.is_empty() {
            pieces.push(Piece { name: *name, text: body, rest: &whole[body.len()..] });
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_come_in_order_of_time_with_their_comments() {
        let check = |old: &str, expected: &str| {
            assert_eq!(formatted(old), expected);
            assert_eq!(formatted(expected), expected, "formatting again changes nothing");
        };
        check("", "");
        check("# 注", "# 注\n");
        let person = "# 名单\n[[person]]\nid = \"a\"\nname = \"甲\"\n\n";
        let (first, second) = (
            "# 早\n[[person.post]]\ntitle = \"一\" # 一\nstart = \"2020\"\n",
            "[[person.post]]\ntitle = \"二\"\nstart = \"2021-05\"\n",
        );
        let undated = "[[person.post]]\ntitle = \"三\"\n";
        let next = "\n[[person]]\nid = \"b\"\nname = \"乙\"\n";
        check(&format!("{person}{second}\n{first}{next}"), &format!("{person}{first}\n{second}{next}"));
        check(&format!("{person}{first}\n{second}{next}"), &format!("{person}{first}\n{second}{next}"));
        check(&format!("{person}{second}{undated}{first}"), &format!("{person}{first}{undated}{second}"));
    }
}
