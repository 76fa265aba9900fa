//! Markdown drafts, read with pulldown-cmark.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

use super::annotation::AnnotationSource;
use super::block::{BlockBuilder, BlockKind};
use super::draft::Body;
use super::{Span, directive};

/// Reads `text[within]`.
pub(super) fn read(text: &str, within: Span) -> Body {
    let mut reader = Reader {
        text,
        body: Body::default(),
        builder: BlockBuilder::default(),
        open: Vec::new(),
        links: Vec::new(),
        unchecked: 0,
        behind_comment: false,
    };
    reader.read(within);
    reader.body
}

/// The extensions that drafts use. Heading attributes, mathematics and definition lists would hide
/// text that merely looks like them (`{附表}`, `$`).
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

struct Reader<'t> {
    text: &'t str,
    body: Body,
    /// The block that is being read.
    builder: BlockBuilder,
    /// The elements that are open, innermost last.
    open: Vec<Open>,
    /// The annotations that are open, innermost last.
    links: Vec<OpenLink>,
    /// How many of the open elements are [`Open::Unchecked`].
    unchecked: usize,
    /// What is read is the rest of a line behind a comment.
    behind_comment: bool,
}

/// What an open element means for the text in it.
enum Open {
    /// A block or a container of blocks; with a kind, its text is of that kind.
    Block(Option<BlockKind>),
    /// Markup that goes while its text stays.
    Inline,
    /// An annotation; its particulars are the last of [`Reader::links`].
    Annotation,
    /// Two single tildes that a reader sees as two tildes.
    Tildes,
    /// What is in it is not checked.
    Unchecked,
}

/// A link that becomes an annotation when it ends.
struct OpenLink {
    span: Span,
    destination: String,
    /// The link's closing bracket does not stand before this byte.
    text_end: usize,
    /// An annotation stands in its text; as with links, only the inner one counts.
    is_outer: bool,
}

impl Reader<'_> {
    fn read(&mut self, within: Span) {
        let source = within.slice(self.text);
        for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
            let span = Span::from(range).shift(within.start);
            match event {
                Event::Start(tag) => {
                    let open = self.start(tag, span);
                    self.open.push(open);
                }
                Event::End(_) => self.end(span),
                leaf => self.leaf(leaf, span),
            }
        }
        self.finish_block();
    }

    /// Enters an element and says what it means for its text.
    fn start(&mut self, tag: Tag<'_>, span: Span) -> Open {
        let kind = match tag {
            Tag::Heading { .. } => Some(BlockKind::Heading),
            Tag::Item => Some(BlockKind::ListItem),
            Tag::BlockQuote(_) => Some(BlockKind::Quote),
            Tag::TableCell => Some(BlockKind::TableCell),
            Tag::FootnoteDefinition(_) => Some(BlockKind::Paragraph),
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => {
                self.finish_block();
                return self.start_unchecked();
            }
            Tag::HtmlBlock => {
                self.finish_block();
                self.html_block(span);
                return self.start_unchecked();
            }
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. } => return self.start_inline(tag, span),
            _ => None,
        };
        self.finish_block();
        Open::Block(kind)
    }

    fn start_inline(&mut self, tag: Tag<'_>, span: Span) -> Open {
        self.note_text_end(span);
        if self.unchecked == 0 {
            self.builder.cover(span);
        }
        match tag {
            Tag::Link { link_type: LinkType::Inline, dest_url, .. } if dest_url.starts_with('@') => {
                self.start_annotation(span, dest_url.into_string())
            }
            // A half-width exclamation mark before an annotation makes it look like an image.
            Tag::Image { link_type: LinkType::Inline, dest_url, .. } if dest_url.starts_with('@') => {
                self.literal(Span::new(span.start, span.start + 1));
                self.start_annotation(Span::new(span.start + 1, span.end), dest_url.into_string())
            }
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } | Tag::Image { .. } => {
                self.object(span);
                self.start_unchecked()
            }
            // What is struck out is not part of the draft; one tilde is a range (3~5天).
            Tag::Strikethrough if span.slice(self.text).starts_with("~~") => {
                self.object(span);
                self.start_unchecked()
            }
            Tag::Strikethrough => {
                self.literal(Span::new(span.start, span.start + 1));
                Open::Tildes
            }
            _ => Open::Inline,
        }
    }

    fn start_annotation(&mut self, span: Span, destination: String) -> Open {
        let text_end = span.start + 1;
        if let Some(outer) = self.links.last_mut() {
            outer.is_outer = true;
        }
        self.links.push(OpenLink { span, destination, text_end, is_outer: false });
        Open::Annotation
    }

    fn start_unchecked(&mut self) -> Open {
        self.unchecked += 1;
        Open::Unchecked
    }

    fn end(&mut self, span: Span) {
        match self.open.last() {
            Some(Open::Block(kind)) => {
                if *kind == Some(BlockKind::Heading) {
                    let length = span.slice(self.text).trim_end().len();
                    self.builder.cover(Span::new(span.start, span.start + length));
                }
                self.finish_block();
            }
            Some(Open::Annotation) => self.end_annotation(),
            Some(Open::Tildes) => self.literal(Span::new(span.end.saturating_sub(1), span.end)),
            Some(Open::Unchecked) => self.unchecked = self.unchecked.saturating_sub(1),
            Some(Open::Inline) | None => {}
        }
        self.open.pop();
    }

    fn end_annotation(&mut self) {
        let Some(link) = self.links.pop().filter(|link| !link.is_outer) else {
            return;
        };
        let Some(source) = AnnotationSource::of_link(self.text, link.span, link.text_end, &link.destination) else {
            return;
        };
        if self.unchecked > 0 {
            self.body.unchecked.push(source);
        } else {
            self.builder.annotation(source, source.id.slice(self.text));
        }
    }

    fn leaf(&mut self, event: Event<'_>, span: Span) {
        if let Event::InlineHtml(_) = event {
            self.body.directives.extend(directive::scan(self.text, span));
        }
        self.note_text_end(span);
        if self.unchecked > 0 {
            return;
        }
        match event {
            Event::Text(text) => self.text(&text, span),
            Event::Code(_) | Event::InlineHtml(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.builder.object(span);
            }
            Event::SoftBreak => self.builder.soft_break(span),
            Event::HardBreak => self.builder.hard_break(span),
            // A mark that is not read as part of the sentence.
            Event::FootnoteReference(_) => self.builder.cover(span),
            Event::TaskListMarker(_) | Event::Rule => {}
            // HTML blocks are unchecked; starts and ends are no leaves.
            Event::Html(_) | Event::Start(_) | Event::End(_) => {}
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        if span.slice(self.text) != text {
            self.builder.replaced(text, span);
        } else if !self.is_stray_emphasis(text, span) {
            self.builder.verbatim(text, span.start);
        }
    }

    /// Whether `text` belongs to a run of two or three asterisks that CommonMark does not take for
    /// emphasis only because CJK punctuation stands next to it (**“三个务必”**的).
    fn is_stray_emphasis(&self, text: &str, span: Span) -> bool {
        if !text.bytes().all(|byte| byte == b'*') {
            return false;
        }
        let bytes = self.text.as_bytes();
        let stars = |byte: &&u8| **byte == b'*';
        let before = bytes[..span.start].iter().rev().take(4).take_while(stars).count();
        let after = bytes[span.end..].iter().take(4).take_while(stars).count();
        let escaped = bytes[..span.start - before].ends_with(b"\\");
        (2..=3).contains(&(before + text.len() + after)) && !escaped
    }

    /// Characters of the draft that are text although the parser took them for markup.
    fn literal(&mut self, span: Span) {
        if self.unchecked == 0 {
            self.builder.verbatim(span.slice(self.text), span.start);
        }
    }

    fn object(&mut self, span: Span) {
        if self.unchecked == 0 {
            self.builder.object(span);
        }
    }

    /// The closing bracket of the annotation that is open stands behind `inner`.
    fn note_text_end(&mut self, inner: Span) {
        if let Some(link) = self.links.last_mut() {
            link.text_end = link.text_end.max(inner.end);
        }
    }

    /// Reads the directives of an HTML block. When it is a comment with text behind it on the same
    /// line, which a reader of the published page sees, that text is read as Markdown.
    fn html_block(&mut self, span: Span) {
        if self.behind_comment {
            self.body.directives.extend(directive::scan(self.text, span));
            return;
        }
        let rest = behind_comments(self.text, span);
        let comments = Span::new(span.start, rest.start);
        self.body.directives.extend(directive::scan(self.text, comments));
        if comments.is_empty() {
            self.body.directives.extend(directive::scan(self.text, rest));
        } else if !rest.slice(self.text).trim().is_empty() {
            self.behind_comment = true;
            self.read(rest);
            self.behind_comment = false;
        }
    }

    fn finish_block(&mut self) {
        let kind = self.open.iter().rev().find_map(|open| match open {
            Open::Block(kind) => *kind,
            _ => None,
        });
        let kind = kind.unwrap_or(BlockKind::Paragraph);
        self.body.blocks.extend(self.builder.finish(|_| kind));
    }
}

/// What is left of `text[block]` behind the comments it begins with.
fn behind_comments(text: &str, block: Span) -> Span {
    let mut rest = block.slice(text);
    while let Some(comment) = rest.trim_start().strip_prefix("<!--") {
        let Some(end) = memchr::memmem::find(comment.as_bytes(), b"-->") else {
            break;
        };
        rest = &comment[end + "-->".len()..];
    }
    Span::new(block.end - rest.len(), block.end)
}
