//! Drafts: front matter, blocks and directives of one text.

use std::path::Path;
use std::sync::Arc;

use super::annotation::{Annotation, AnnotationSource};
use super::{Block, Directive, FrontMatter, Span, front_matter, html, markdown, plain};

/// A draft, read.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The whole text; all spans are bytes of it.
    pub text: Arc<str>,
    /// How it was read.
    pub format: DraftFormat,
    /// The YAML header; empty when there is none.
    pub front_matter: FrontMatter,
    /// What is checked, in source order.
    pub blocks: Vec<Block>,
    /// The directives, in source order.
    pub directives: Vec<Directive>,
    /// Annotations in text that is not checked (struck out, or an image's description).
    pub(super) unchecked: Vec<AnnotationSource>,
}

/// How a draft is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DraftFormat {
    /// CommonMark with tables, footnotes, task lists and strikethrough.
    Markdown,
    /// One block per line; annotations and directives as in Markdown.
    Plain,
    /// HTML: the text that a reader of the page sees.
    Html,
}

/// What the reader of one format finds below the front matter.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub blocks: Vec<Block>,
    pub directives: Vec<Directive>,
    pub unchecked: Vec<AnnotationSource>,
}

impl DraftFormat {
    /// The format of a file by its extension, in either case: `.md` and `.markdown`, `.txt`,
    /// `.html` and `.htm`.
    pub fn from_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "txt" => Some(Self::Plain),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }

    /// Whether `[text](@id)` is an annotation in it; in HTML it would be text that is published.
    pub fn has_annotations(self) -> bool {
        self != Self::Html
    }
}

impl Draft {
    /// Reads a draft. Any text is a draft; faults of its front matter are in
    /// [`FrontMatter::problems`]. A byte order mark at the start is passed over.
    pub fn parse(text: impl Into<Arc<str>>, format: DraftFormat) -> Draft {
        let text = text.into();
        let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        let (front_matter, body_start) = front_matter::read(&text, start);
        let body_span = Span::new(body_start, text.len());
        let body = match format {
            DraftFormat::Markdown => markdown::read(&text, body_span),
            DraftFormat::Plain => plain::read(&text, body_span),
            DraftFormat::Html => html::read(&text, body_span),
        };
        Draft {
            text,
            format,
            front_matter,
            blocks: body.blocks,
            directives: body.directives,
            unchecked: body.unchecked,
        }
    }

    /// The annotations in checked text, in source order.
    pub fn annotations(&self) -> impl Iterator<Item = Annotation> {
        self.blocks.iter().enumerate().flat_map(|(index, block)| {
            let pairs = block.content.annotations.iter().zip(&block.annotations);
            pairs.map(move |(content, source)| Annotation {
                span: source.span,
                text: source.text,
                id_span: source.id,
                id: content.id.clone(),
                block: index,
                content: content.text,
            })
        })
    }
}
