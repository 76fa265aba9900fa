//! Text for people, written as Markdown or as plain text.

use std::fmt::Write;

use crate::text::Span;

/// A text of few kinds of blocks, all that a hover needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Markup {
    blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Block {
    Line(Line),
    Item(Line),
}

/// A line of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Strong(String),
    Code(String),
    Link { label: String, address: String },
}

impl Markup {
    /// Adds a paragraph.
    pub(super) fn line(&mut self, line: Line) {
        self.blocks.push(Block::Line(line));
    }

    /// Adds an item of a list.
    pub(super) fn item(&mut self, line: Line) {
        self.blocks.push(Block::Item(line));
    }

    /// The text as CommonMark.
    pub(super) fn markdown(&self) -> String {
        let mut out = String::new();
        let mut after_item = false;
        for block in &self.blocks {
            let is_item = matches!(block, Block::Item(_));
            let in_list = is_item && after_item;
            if !out.is_empty() && !in_list {
                out.push('\n');
            }
            match block {
                Block::Line(line) => line.markdown(&mut out),
                Block::Item(line) => {
                    out.push_str("- ");
                    line.markdown(&mut out);
                }
            }
            out.push('\n');
            after_item = is_item;
        }
        out
    }

    /// The text without any markup.
    pub(super) fn plain(&self) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            match block {
                Block::Line(line) => line.plain(&mut out),
                Block::Item(line) => {
                    out.push_str("· ");
                    line.plain(&mut out);
                }
            }
            out.push('\n');
        }
        out
    }
}

impl Line {
    /// A line that begins with text.
    pub(super) fn new(text: impl AsRef<str>) -> Self {
        Self::default().text(text)
    }

    /// A line that begins with emphasized text. In the middle of Chinese text, with no spaces around
    /// it, CommonMark would not always see the emphasis.
    pub(super) fn titled(title: impl AsRef<str>) -> Self {
        Self { pieces: vec![Piece::Strong(one_line(title.as_ref())), Piece::Text("　".to_owned())] }
    }

    /// Adds text.
    pub(super) fn text(mut self, text: impl AsRef<str>) -> Self {
        self.pieces.push(Piece::Text(one_line(text.as_ref())));
        self
    }

    /// Adds something that is typed as it is.
    pub(super) fn code(mut self, text: impl AsRef<str>) -> Self {
        self.pieces.push(Piece::Code(one_line(text.as_ref())));
        self
    }

    /// Adds a citation; the web addresses in it become links named by their hosts.
    pub(super) fn source(mut self, mut source: &str) -> Self {
        while let Some(address) = web_address(source) {
            let (before, rest) = source.split_at(address.start);
            let address = &rest[..address.len()];
            self = self.text(before);
            self.pieces.push(Piece::Link { label: host(address).to_owned(), address: address.to_owned() });
            source = &rest[address.len()..];
        }
        self.text(source)
    }

    fn markdown(&self, out: &mut String) {
        for (index, piece) in self.pieces.iter().enumerate() {
            match piece {
                Piece::Text(text) => escape(text, index == 0, out),
                Piece::Strong(text) if text.trim().is_empty() => {}
                Piece::Strong(text) => {
                    out.push_str("**");
                    escape(text.trim(), false, out);
                    out.push_str("**");
                }
                Piece::Code(text) => code(text, out),
                Piece::Link { label, address } => {
                    out.push('[');
                    escape(label, false, out);
                    // The writer of a string never fails.
                    let _ = write!(out, "](<{address}>)");
                }
            }
        }
    }

    fn plain(&self, out: &mut String) {
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) | Piece::Strong(text) | Piece::Code(text) => out.push_str(text),
                Piece::Link { address, .. } => out.push_str(address),
            }
        }
    }
}

/// The first web address in a citation: printable ASCII that can stand in `<…>`.
fn web_address(text: &str) -> Option<Span> {
    let start = ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min()?;
    let sound = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '\\' | '"' | '`');
    let length = text[start..].find(|c| !sound(c)).unwrap_or(text.len() - start);
    let address = Span::new(start, start + length);
    (!host(address.slice(text)).is_empty()).then_some(address)
}

fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Writes text so that no character of it is markup (CommonMark 0.31, 2.4 and the block starts of 4
/// and 5; GFM's `~` and `|`).
fn escape(text: &str, at_start: bool, out: &mut String) {
    let text = if at_start { text.trim_start() } else { text };
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    for (index, c) in text.char_indices() {
        let inline = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '#' | '$');
        let starts_block = at_start
            && (index == 0 && matches!(c, '-' | '+' | '=') || index == digits && digits > 0 && matches!(c, '.' | ')'));
        if inline || starts_block {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Writes a code span whose fence is longer than any run of backticks in it.
fn code(text: &str, out: &mut String) {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    // The writer of a string never fails.
    let _ = write!(out, "{fence}{pad}{text}{pad}{fence}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Parser, Tag};

    /// What a reader of the Markdown sees is what was put in: no piece of content becomes markup.
    #[test]
    fn content_never_becomes_markup() {
        let hostile = [
            "*a* _b_ **c** `d` ~e~ # f",
            "[x](y) ![i](j) <b>t</b> <https://a.cn> &amp; &lt;",
            "1. item",
            "12) item",
            "- item",
            "+ item",
            "# heading",
            "> quote",
            "===",
            "--- ",
            "a | b",
            "\\*",
            "line\n\nbreak\r\n- x",
            "```\ncode",
            "a\\",
            "[ref]: x",
            "    code",
            "$x$",
            "第1条．甲*乙*",
        ];
        for text in hostile {
            let mut markup = Markup::default();
            markup.line(Line::new(text));
            markup.item(Line::titled(text).text(text).code(text));
            let markdown = markup.markdown();
            let mut seen = String::new();
            for event in Parser::new(&markdown) {
                match event {
                    Event::Text(text) | Event::Code(text) => seen.push_str(&text),
                    Event::Start(Tag::Paragraph | Tag::List(None) | Tag::Item | Tag::Strong) | Event::End(_) => {}
                    other => panic!("{other:?} in {markdown:?}"),
                }
            }
            let squeeze = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(squeeze(&seen), squeeze(text).repeat(4), "{markdown:?}");
        }
    }

    #[test]
    fn only_web_addresses_become_links() {
        let check = |source: &str, expected: &str| {
            let mut markup = Markup::default();
            markup.line(Line::default().source(source));
            assert_eq!(markup.markdown().trim_end(), expected);
        };
        check("https://www.gov.cn/a(b)_c?x=1", "[www.gov.cn](<https://www.gov.cn/a(b)_c?x=1>)");
        check("http://a.cn", "[a.cn](<http://a.cn>)");
        check("javascript:alert(1)", "javascript:alert(1)");
        check("https://a.cn/<b>", "[a.cn](<https://a.cn/>)\\<b\\>");
        check("人民网，2022年7月，http://a.cn/1，第2版", "人民网，2022年7月，[a.cn](<http://a.cn/1>)，第2版");
        check("http://", "http://");
        check("国函〔2020〕84号", "国函〔2020〕84号");
    }
}
