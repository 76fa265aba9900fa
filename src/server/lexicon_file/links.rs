//! `textDocument/documentLink` in lexicon files: the addresses among the sources, and the files with the
//! full texts of documents.

use tower_lsp::ls_types::{DocumentLink, Uri};

use crate::{
    lexicon::{EntryData, read_entries},
    server::{
        to_proto,
        world::{Document, World},
    },
    text::Span,
};

/// The links of a file, in order of place.
pub(in crate::server) fn run(world: &World, document: &Document) -> Option<Vec<DocumentLink>> {
    let path = document.path.as_deref().filter(|_| document.is_lexicon_file())?;
    let text = document.buffer.text();
    let link = |span: Span, target: Uri| DocumentLink {
        range: to_proto::range(&document.buffer, span, world.traits().encoding),
        target: Some(target),
        tooltip: None,
        data: None,
    };
    let addresses = addresses(&text).into_iter();
    let mut links: Vec<_> = addresses.filter_map(|span| Some(link(span, span.slice(&text).parse().ok()?))).collect();
    let entries = if super::subject::is_config(path) { Vec::new() } else { read_entries(path, &text) };
    for entry in entries {
        let EntryData::Document(content) = &entry.data else { continue };
        let Some(file) = &content.text else { continue };
        let span = entry.field_span("text");
        let at = span.start + span.slice(&text).find(file.as_str()).unwrap_or_default();
        let target = path.parent().map(|folder| folder.join(file.as_str())).filter(|target| target.is_file());
        if let Some(target) = target.and_then(|target| to_proto::uri(&target)) {
            links.push(link(Span::new(at, at + file.len()), target));
        }
    }
    links.sort_by_key(|link| link.range.start);
    Some(links)
}

/// The http and https addresses in a text. In the prose of a citation an address ends where no character
/// of an address (RFC 3986) stands any more, and not with a mark of the sentence around it.
fn addresses(text: &str) -> Vec<Span> {
    let is_address = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find("http").map(|at| from + at) {
        let rest = &text[at..];
        let is_one = rest.starts_with("http://") || rest.starts_with("https://");
        let length = rest.find(|c| !is_address(c)).unwrap_or(rest.len());
        let length = rest[..length].trim_end_matches(['.', ',', ';', '\'', ')', ']']).len();
        if is_one && length > "https://".len() {
            found.push(Span::new(at, at + length));
        }
        from = at + length.max("http".len());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_with_the_sentence_around_them() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = addresses(text).iter().map(|span| span.slice(text)).collect();
            assert_eq!(found, expected);
        };
        check("sources = [\"官网，https://example.org/a_(b)?c=1。\"]", &["https://example.org/a_(b)?c=1"]);
        check("'https://example.org/甲' http: https://", &["https://example.org/"]);
        check("见 http://a.example/b, https://c.example.", &["http://a.example/b", "https://c.example"]);
    }
}
