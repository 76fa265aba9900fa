//! How a draft is laid out for reading: headings, paragraphs, lists, tables, and what stands in them.

use crate::{
    analysis::Mention,
    check::CheckedDraft,
    cli::place::Lines,
    text::{Block, BlockKind, DraftFormat, OBJECT, Span},
};

use super::certain_mentions;

/// Blocks that belong together, by their positions in the draft.
pub(super) enum Part {
    /// A headline with its level, from 1.
    Heading(u8, usize),
    Paragraph(usize),
    Byline(usize),
    List(Vec<usize>),
    Quote(Vec<usize>),
    /// Rows of cells; an empty cell has no block.
    Table(Vec<Vec<Option<usize>>>),
}

/// What stands in a block, in order.
pub(super) enum Piece<'a> {
    Text(&'a str),
    Mention(&'a Mention),
    /// A line break that the writer forced.
    Break,
    Code(&'a str),
    /// Text that was struck out.
    Struck(&'a str),
    /// What an image shows, in words.
    Image(&'a str),
    /// An address, shown as it is.
    Address(&'a str),
}

/// The certain mentions of each block, in order; of two that overlap the one that begins first, and
/// of those the longest.
pub(super) fn outermost(checked: &CheckedDraft) -> Vec<Vec<&Mention>> {
    let mut blocks: Vec<Vec<&Mention>> = vec![Vec::new(); checked.draft.blocks.len()];
    for mention in certain_mentions(checked).filter(|mention| !mention.content.is_empty()) {
        blocks[mention.block].push(mention);
    }
    for mentions in &mut blocks {
        mentions.sort_by_key(|mention| (mention.content.start, std::cmp::Reverse(mention.content.end)));
        let mut end = 0;
        mentions.retain(|mention| {
            let is_outer = mention.content.start >= end;
            end = if is_outer { mention.content.end } else { end };
            is_outer
        });
    }
    blocks
}

/// The parts of a draft. What is not checked, such as blocks of code, is no part.
pub(super) fn parts(checked: &CheckedDraft) -> Vec<Part> {
    let draft = &checked.draft;
    let lines = Lines::new(&draft.text);
    let mut parts: Vec<Part> = Vec::new();
    let mut last_row = 0;
    for (index, block) in draft.blocks.iter().enumerate() {
        match (block.kind, parts.last_mut()) {
            (BlockKind::ListItem, Some(Part::List(items))) => items.push(index),
            (BlockKind::ListItem, _) => parts.push(Part::List(vec![index])),
            (BlockKind::Quote, Some(Part::Quote(paragraphs))) => paragraphs.push(index),
            (BlockKind::Quote, _) => parts.push(Part::Quote(vec![index])),
            (BlockKind::TableCell, part) => {
                let row = lines.point(block.span.start).line;
                let column = column(block, &draft.text);
                match part {
                    Some(Part::Table(rows)) if row == last_row => add_cell(rows, column, index),
                    // Between the head of a table and its first row stands one line.
                    Some(Part::Table(rows)) if row <= last_row + 2 => {
                        rows.push(Vec::new());
                        add_cell(rows, column, index);
                    }
                    _ => {
                        let mut rows = vec![Vec::new()];
                        add_cell(&mut rows, column, index);
                        parts.push(Part::Table(rows));
                    }
                }
                last_row = row;
            }
            (BlockKind::Heading, _) => parts.push(Part::Heading(level(block, checked), index)),
            (BlockKind::Byline, _) => parts.push(Part::Byline(index)),
            (BlockKind::Paragraph, _) => parts.push(Part::Paragraph(index)),
        }
    }
    parts
}

/// Adds a cell to the last row.
fn add_cell(rows: &mut [Vec<Option<usize>>], column: usize, block: usize) {
    if let Some(row) = rows.last_mut() {
        row.resize(row.len().max(column), None);
        row.push(Some(block));
    }
}

/// The column of a cell, from 0, by the bars before it.
fn column(block: &Block, text: &str) -> usize {
    let before = Span::new(0, block.span.start).slice(text);
    let line = before.rfind(['\n', '\r']).map_or(before, |at| &before[at + 1..]);
    let bars = line.replace("\\|", "").matches('|').count();
    let leads = line.trim_start_matches([' ', '\t', '>']).starts_with('|');
    bars - usize::from(leads)
}

/// The level of a headline, by its marks.
fn level(block: &Block, checked: &CheckedDraft) -> u8 {
    let source = block.span.slice(&checked.draft.text).trim();
    let marks = source.bytes().take_while(|byte| *byte == b'#').count();
    match (checked.draft.format, marks) {
        (DraftFormat::Plain, _) => 1,
        (_, 1..=6) => marks as u8,
        _ if source.ends_with('=') => 1,
        _ => 2,
    }
}

/// What stands in a block; `mentions` are those to be shown, in order.
pub(super) fn pieces<'a>(block: &'a Block, mentions: &[&'a Mention], source: &'a str) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for mention in mentions {
        add_text(&mut pieces, block, Span::new(from, mention.content.start), source);
        pieces.push(Piece::Mention(mention));
        from = mention.content.end;
    }
    add_text(&mut pieces, block, Span::new(from, block.content.text.len()), source);
    pieces
}

fn add_text<'a>(pieces: &mut Vec<Piece<'a>>, block: &'a Block, span: Span, source: &'a str) {
    let text = span.slice(&block.content.text);
    let mut from = 0;
    for (at, mark) in text.match_indices(['\n', OBJECT]) {
        if from < at {
            pieces.push(Piece::Text(&text[from..at]));
        }
        from = at + mark.len();
        if mark == "\n" {
            pieces.push(Piece::Break);
        } else {
            let object = block.source_span(Span::new(at, from).shift(span.start));
            pieces.extend(object_piece(object.slice(source)));
        }
    }
    if from < text.len() {
        pieces.push(Piece::Text(&text[from..]));
    }
}

/// What a reader sees of something that is not checked: nothing of comments and tags.
fn object_piece(source: &str) -> Option<Piece<'_>> {
    if source.starts_with('`') {
        return Some(Piece::Code(source.trim_matches('`').trim()));
    }
    if let Some(image) = source.strip_prefix("![") {
        return image.split(']').next().map(Piece::Image);
    }
    if source.starts_with("~~") {
        return Some(Piece::Struck(source.trim_matches('~')));
    }
    match source.strip_prefix('<') {
        Some(address) if address.contains([':', '@']) && !address.starts_with(['!', '/']) && !address.contains(' ') => {
            Some(Piece::Address(address.trim_end_matches('>')))
        }
        Some(_) => None,
        None => Some(Piece::Address(source)),
    }
}
