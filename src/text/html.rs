//! HTML drafts: the text nodes of the body, a block for each block-level element.
//!
//! Spans are those of the source; a character reference stands for its character. What a reader does not
//! see as text (head, scripts, styles) and code are not checked.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::block::{BlockBuilder, BlockKind};
use super::draft::Body;
use super::{Block, Span, directive};

/// Elements that begin and end a block.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "option",
    "p",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements whose text is not checked.
const UNCHECKED: &[&str] = &[
    "code", "head", "kbd", "math", "noscript", "pre", "samp", "script", "style", "svg", "template", "textarea",
    "title", "var",
];

/// Reads `text[within]`.
pub(super) fn read(text: &str, within: Span) -> Body {
    let source = within.slice(text);
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut reader = Reader { text, ..Reader::default() };
    for token in Tokenizer::new_with_emitter(source, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let place = Span::new(tag.span.start, tag.span.end).shift(within.start);
                reader.open(&String::from_utf8_lossy(&tag.name), tag.self_closing, place);
            }
            Token::EndTag(tag) => reader.close(&String::from_utf8_lossy(&tag.name)),
            Token::String(string) => {
                reader.words(Span::new(string.span.start, string.span.end).shift(within.start));
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    reader.finish_block();
    Body { blocks: reader.blocks, directives: directive::scan(text, within), unchecked: Vec::new() }
}

#[derive(Default)]
struct Reader<'t> {
    text: &'t str,
    builder: BlockBuilder,
    blocks: Vec<Block>,
    /// Open block-level elements that give a block its kind.
    kinds: Vec<(String, BlockKind)>,
    /// The element whose text is not checked, and how often it is open.
    unchecked: Option<(String, usize)>,
}

impl Reader<'_> {
    fn open(&mut self, name: &str, is_void: bool, place: Span) {
        if let Some((outer, depth)) = &mut self.unchecked {
            *depth += usize::from(outer == name && !is_void);
            return;
        }
        match name {
            "br" => self.builder.hard_break(place),
            "img" | "input" | "video" | "audio" | "iframe" | "object" | "embed" => self.builder.object(place),
            _ if UNCHECKED.contains(&name) && !is_void => {
                self.builder.object(place);
                self.unchecked = Some((name.to_owned(), 1));
            }
            _ if BLOCKS.contains(&name) => {
                self.finish_block();
                if let Some(kind) = kind_of(name) {
                    self.kinds.push((name.to_owned(), kind));
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if let Some((outer, depth)) = &mut self.unchecked {
            if outer == name {
                *depth -= 1;
                if *depth == 0 {
                    self.unchecked = None;
                }
            }
            return;
        }
        if BLOCKS.contains(&name) {
            self.finish_block();
            if let Some(open) = self.kinds.iter().rposition(|(open, _)| open == name) {
                self.kinds.truncate(open);
            }
        }
    }

    /// Text between tags, with its character references.
    fn words(&mut self, place: Span) {
        if self.unchecked.is_some() {
            return;
        }
        let mut from = place.start;
        for (at, _) in place.slice(self.text).match_indices('&') {
            let at = place.start + at;
            if at < from {
                continue;
            }
            let reference = Span::new(at, at + reference_length(&self.text[at..place.end]));
            let written = reference.slice(self.text);
            if let Some(meant) = decoded(written).filter(|meant| meant != written) {
                self.verbatim(Span::new(from, at));
                self.builder.replaced(&meant, reference);
                from = reference.end;
            }
        }
        self.verbatim(Span::new(from, place.end));
    }

    /// Text as it stands; a run of white space with a line break in it only wraps the source.
    fn verbatim(&mut self, place: Span) {
        let mut rest = place;
        while !rest.is_empty() {
            let words = rest.slice(self.text);
            let Some(at) = words.find(['\n', '\r']) else {
                return self.builder.verbatim(words, rest.start);
            };
            let before = words[..at].trim_end_matches([' ', '\t']);
            let after = words[at..].trim_start_matches([' ', '\t', '\n', '\r']);
            if !before.is_empty() {
                self.builder.verbatim(before, rest.start);
            }
            let next = rest.end - after.len();
            self.builder.soft_break(Span::new(rest.start + before.len(), next));
            rest = Span::new(next, rest.end);
        }
    }

    fn finish_block(&mut self) {
        let kind = self.kinds.last().map_or(BlockKind::Paragraph, |(_, kind)| *kind);
        self.blocks.extend(self.builder.finish(|_| kind));
    }
}

fn kind_of(name: &str) -> Option<BlockKind> {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
        "li" | "dt" | "dd" | "option" => Some(BlockKind::ListItem),
        "td" | "th" => Some(BlockKind::TableCell),
        "blockquote" => Some(BlockKind::Quote),
        _ => None,
    }
}

/// The bytes of what may be a character reference at the start of `text`.
fn reference_length(text: &str) -> usize {
    let name = text[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(text.len() - 1);
    let end = 1 + name;
    end + usize::from(text[end..].starts_with(';'))
}

/// What a character reference means.
fn decoded(reference: &str) -> Option<String> {
    Tokenizer::new(reference).find_map(|token| match token {
        Ok(Token::String(string)) => Some(String::from_utf8_lossy(&string).into_owned()),
        _ => None,
    })
}
