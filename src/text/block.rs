//! Blocks: the units of analysis, and the way from their text back to the draft.

use smallvec::SmallVec;

use super::annotation::{AnnotationSource, BlockAnnotation};
use super::{Span, byline, url};

/// Stands in a block's text for what is not checked: code, an address, an HTML tag, an image, a
/// comment. Nothing matches across it.
pub const OBJECT: char = '\u{FFFC}';

/// One headline, paragraph, list item, table cell, quoted paragraph or byline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The kind, as in [`BlockContent::kind`].
    pub kind: BlockKind,
    /// Its place in the draft, in bytes, with its inline markup and without its line break.
    pub span: Span,
    /// What is analysed.
    pub content: BlockContent,
    /// Content to draft, in the order of both.
    map: Segments,
    /// The places of `content.annotations`, one for one.
    pub(super) annotations: Vec<AnnotationSource>,
}

/// What of a block its analysis depends on; holds no offset of the draft.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BlockContent {
    /// The kind of block.
    pub kind: BlockKind,
    /// The text without markup, trimmed. A line break in the source is nothing between two CJK
    /// characters and a space elsewhere; a break the writer forced is `\n`; what is not checked is
    /// one [`OBJECT`].
    pub text: String,
    /// The annotations in it, in order.
    pub annotations: Vec<BlockAnnotation>,
}

/// The kind of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A headline.
    Heading,
    /// A paragraph of running text.
    Paragraph,
    /// A paragraph of a list item.
    ListItem,
    /// A cell of a table.
    TableCell,
    /// A paragraph of a block quote.
    Quote,
    /// The names of reporters or editors.
    Byline,
}

/// The segments of a block; a line of plain text has one.
type Segments = SmallVec<[Segment; 1]>;

/// A stretch of content and the stretch of the draft it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Segment {
    content: Span,
    draft: Span,
    /// Both are the same characters; otherwise the one stands for the other as a whole.
    verbatim: bool,
}

impl Block {
    /// The smallest span of the draft that covers `in_content`, in bytes; markup inside it is
    /// covered too. A span beyond the content is clamped to it.
    pub fn source_span(&self, in_content: Span) -> Span {
        let text = &self.content.text;
        let start = char_start(text, in_content.start);
        let end = char_end(text, in_content.end).max(start);
        if start == end {
            return Span::empty(self.source_start(start));
        }
        Span::new(self.source_start(start), self.source_end(end))
    }

    /// The place in the content of a byte of the draft; none where only markup stands. The end of
    /// a stretch of text belongs to it, so that a caret behind a word finds the word.
    pub fn content_offset(&self, draft_byte: usize) -> Option<usize> {
        let after = self.map.partition_point(|s| s.draft.start <= draft_byte);
        let segment = self.map.get(after.checked_sub(1)?)?;
        if draft_byte >= segment.draft.end {
            return (draft_byte == segment.draft.end).then_some(segment.content.end);
        }
        if !segment.verbatim {
            return Some(segment.content.start);
        }
        let at = segment.content.start + (draft_byte - segment.draft.start);
        Some(char_start(&self.content.text, at))
    }

    /// Whether the draft has exactly these characters in one piece: no markup, line break or
    /// entity in between. An empty span is contiguous.
    pub fn is_contiguous(&self, in_content: Span) -> bool {
        in_content.is_empty()
            || self.segment_at(in_content.start).is_some_and(|s| s.verbatim && s.content.covers(in_content))
    }

    fn segment_at(&self, content_byte: usize) -> Option<&Segment> {
        let index = self.map.partition_point(|s| s.content.end <= content_byte);
        self.map.get(index)
    }

    fn source_start(&self, content_byte: usize) -> usize {
        match self.segment_at(content_byte) {
            Some(s) if s.verbatim => s.draft.start + content_byte.saturating_sub(s.content.start),
            Some(s) => s.draft.start,
            None => self.map.last().map_or(self.span.end, |s| s.draft.end),
        }
    }

    /// `content_byte` is the end of a span that is not empty.
    fn source_end(&self, content_byte: usize) -> usize {
        match self.segment_at(content_byte.saturating_sub(1)) {
            Some(s) if s.verbatim => s.draft.start + (content_byte - s.content.start),
            Some(s) => s.draft.end,
            None => self.map.last().map_or(self.span.end, |s| s.draft.end),
        }
    }
}

/// Collects the pieces of one block in source order.
#[derive(Debug, Default)]
pub(super) struct BlockBuilder {
    text: String,
    map: Segments,
    annotations: Vec<(BlockAnnotation, AnnotationSource)>,
    span: Option<Span>,
    /// A soft line break whose meaning depends on the next character.
    soft_break: Option<Span>,
}

impl BlockBuilder {
    /// Characters that stand in the draft as they are, from byte `at`.
    pub fn verbatim(&mut self, piece: &str, at: usize) {
        let kept = if self.text.is_empty() { piece.trim_start() } else { piece };
        let at = at + (piece.len() - kept.len());
        let Some(first) = kept.chars().next() else {
            return;
        };
        self.resolve_soft_break(first);
        let content = Span::new(self.text.len(), self.text.len() + kept.len());
        let draft = Span::new(at, at + kept.len());
        self.text.push_str(kept);
        match self.map.last_mut() {
            Some(last) if last.verbatim && last.draft.end == draft.start => {
                last.content.end = content.end;
                last.draft.end = draft.end;
            }
            _ => self.map.push(Segment { content, draft, verbatim: true }),
        }
    }

    /// Characters that stand for other ones in the draft, such as an entity.
    pub fn replaced(&mut self, piece: &str, draft: Span) {
        let Some(first) = piece.chars().next() else {
            return;
        };
        if self.text.is_empty() && piece.trim().is_empty() {
            return;
        }
        self.resolve_soft_break(first);
        self.push_segment(piece, draft);
    }

    /// Something that is not checked.
    pub fn object(&mut self, draft: Span) {
        self.replaced(OBJECT.encode_utf8(&mut [0; 4]), draft);
    }

    /// A line break that only wraps the source.
    pub fn soft_break(&mut self, draft: Span) {
        self.soft_break = Some(draft);
    }

    /// A line break the writer forced.
    pub fn hard_break(&mut self, draft: Span) {
        self.replaced("\n", draft);
    }

    /// The annotation whose text was just collected; `id` as it stands in the draft.
    pub fn annotation(&mut self, source: AnnotationSource, id: &str) {
        let first = self.map.partition_point(|s| s.draft.start < source.text.start);
        let end = self.text.len();
        let start = self.map.get(first).map_or(end, |s| s.content.start);
        let text = Span::new(start, end);
        let id = id.to_owned();
        self.annotations.push((BlockAnnotation { text, id }, source));
    }

    /// Makes `draft` part of the block's place.
    pub fn cover(&mut self, draft: Span) {
        self.span = Some(self.span.map_or(draft, |span| span.join(draft)));
    }

    /// The block, unless there is nothing in it to check; the builder is empty again afterwards.
    /// `kind` is asked for the kind of a text; a paragraph that is a byline becomes one.
    pub fn finish(&mut self, kind: impl FnOnce(&str) -> BlockKind) -> Option<Block> {
        self.trim_end();
        self.replace_addresses();
        let block = if self.is_void() { None } else { Some(self.block(kind)) };
        self.text.clear();
        self.map.clear();
        self.annotations.clear();
        self.span = None;
        self.soft_break = None;
        block
    }

    fn is_void(&self) -> bool {
        self.annotations.is_empty() && self.text.chars().all(|c| c == OBJECT || c.is_whitespace())
    }

    fn block(&mut self, kind: impl FnOnce(&str) -> BlockKind) -> Block {
        let kind = match kind(&self.text) {
            BlockKind::Paragraph if byline::is_byline(&self.text) => BlockKind::Byline,
            other => other,
        };
        let (annotations, sources) = self.annotations.iter().cloned().unzip();
        Block {
            kind,
            span: self.whole_span(),
            content: BlockContent { kind, text: std::mem::take(&mut self.text), annotations },
            map: std::mem::take(&mut self.map),
            annotations: sources,
        }
    }

    /// The place of the text and of what was covered.
    fn whole_span(&self) -> Span {
        let text = match (self.map.first(), self.map.last()) {
            (Some(first), Some(last)) => Some(first.draft.join(last.draft)),
            _ => None,
        };
        match (text, self.span) {
            (Some(text), Some(covered)) => text.join(covered),
            (one, other) => one.or(other).unwrap_or_default(),
        }
    }

    fn push_segment(&mut self, piece: &str, draft: Span) {
        let content = Span::new(self.text.len(), self.text.len() + piece.len());
        self.text.push_str(piece);
        self.map.push(Segment { content, draft, verbatim: false });
    }

    fn resolve_soft_break(&mut self, next: char) {
        let Some(draft) = self.soft_break.take() else {
            return;
        };
        let Some(last) = self.text.chars().next_back() else {
            return;
        };
        let is_wrapped_cjk = is_cjk(last) && is_cjk(next);
        if !is_wrapped_cjk && !last.is_whitespace() {
            self.push_segment(" ", draft);
        }
    }

    fn trim_end(&mut self) {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        while self.map.last().is_some_and(|s| s.content.start >= end) {
            self.map.pop();
        }
        if let Some(last) = self.map.last_mut()
            && last.verbatim
            && last.content.end > end
        {
            last.draft.end -= last.content.end - end;
            last.content.end = end;
        }
        for (annotation, _) in &mut self.annotations {
            annotation.text = Span::new(annotation.text.start.min(end), annotation.text.end.min(end));
        }
    }

    /// Puts one [`OBJECT`] in place of every bare address.
    fn replace_addresses(&mut self) {
        let addresses = self.addresses();
        if addresses.is_empty() {
            return;
        }
        let whole = std::mem::take(self);
        let mut rest = whole.map.as_slice();
        let mut from = 0;
        for &address in &addresses {
            rest = self.copy(&whole.text, rest, Span::new(from, address.start));
            let mut draft: Option<Span> = None;
            while let Some((first, later)) = rest.split_first()
                && first.content.start < address.end
            {
                let part = first.draft_of(address);
                draft = Some(draft.map_or(part, |all| all.join(part)));
                if first.content.end > address.end {
                    break;
                }
                rest = later;
            }
            self.push_segment(OBJECT.encode_utf8(&mut [0; 4]), draft.unwrap_or_default());
            from = address.end;
        }
        self.copy(&whole.text, rest, Span::new(from, whole.text.len()));
        self.span = whole.span;
        self.annotations = whole.annotations;
        let (mut passed, mut gone) = (0, 0);
        let mut moved = |at: usize| {
            while let Some(address) = addresses.get(passed).filter(|address| address.end <= at) {
                passed += 1;
                gone += address.len();
            }
            at - gone + passed * OBJECT.len_utf8()
        };
        for (annotation, _) in &mut self.annotations {
            annotation.text = Span::new(moved(annotation.text.start), moved(annotation.text.end));
        }
    }

    /// The bare addresses; none crosses the edge of an annotated text.
    fn addresses(&self) -> Vec<Span> {
        let mut found = Vec::new();
        let mut from = 0;
        let edges = self.annotations.iter().flat_map(|(a, _)| [a.text.start, a.text.end]);
        for edge in edges.chain([self.text.len()]) {
            let piece = Span::new(from, edge).slice(&self.text);
            found.extend(url::scan(piece).into_iter().map(|address| address.shift(from)));
            from = edge;
        }
        found
    }

    /// Appends `text[part]` with its segments, the first of `map`, and returns those left over.
    fn copy<'m>(&mut self, text: &str, mut map: &'m [Segment], part: Span) -> &'m [Segment] {
        while let Some((first, later)) = map.split_first()
            && first.content.start < part.end
        {
            let content = Span::new(first.content.start.max(part.start), first.content.end.min(part.end));
            let at = self.text.len();
            if !content.is_empty() {
                self.text.push_str(content.slice(text));
                self.map.push(Segment {
                    content: Span::new(at, self.text.len()),
                    draft: first.draft_of(content),
                    verbatim: first.verbatim,
                });
            }
            if first.content.end > part.end {
                break;
            }
            map = later;
        }
        map
    }
}

impl Segment {
    /// The part of the draft that `content`, clamped to this segment, comes from.
    fn draft_of(&self, content: Span) -> Span {
        if !self.verbatim {
            return self.draft;
        }
        let start = content.start.max(self.content.start) - self.content.start;
        let end = content.end.min(self.content.end) - self.content.start;
        Span::new(self.draft.start + start, self.draft.start + end)
    }
}

/// The start of the character that holds `byte`, or the end of the text.
fn char_start(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    (0..=byte).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The end of the character that holds the byte before `byte`.
fn char_end(text: &str, byte: usize) -> usize {
    (byte..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

/// Han characters, the unified ideographs with their extensions and compatibility forms.
pub(super) fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}'
        | '〇' | '々')
}

/// Characters written without spaces between them: Han, kana, and the punctuation of Chinese.
fn is_cjk(c: char) -> bool {
    is_han(c)
        || matches!(c,
            '\u{3000}'..='\u{30FF}'
            | '\u{FE30}'..='\u{FE4F}'
            | '\u{FF00}'..='\u{FFEF}'
            | '—' | '…' | '·' | '‘' | '’' | '“' | '”')
}
