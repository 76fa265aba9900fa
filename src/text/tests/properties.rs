//! What holds for every text.

use proptest::prelude::*;

use super::*;
use Encoding::{Utf8, Utf16, Utf32};

/// Text with everything that positions are sensitive to.
fn lines() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "刘",
        "𠮷",
        "👨\u{200D}👩",
        "e\u{301}",
        "\n",
        "\r",
        "\r\n",
        "\u{2028}",
        "\u{85}",
        "\u{FEFF}",
        " ",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Text with everything that drafts are made of, well-formed and not.
fn drafts() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "刘",
        "伟",
        "出席，",
        "a",
        "1",
        " ",
        "    ",
        "　",
        "\n",
        "\n\n",
        "\r",
        "\r\n",
        "\t",
        "*",
        "**",
        "_",
        "~",
        "~~",
        "`",
        "```",
        "[",
        "]",
        "(",
        ")",
        "](@",
        "[刘伟](@x)",
        "[",
        "](@a)",
        "![",
        "<!--",
        "-->",
        "hegao:",
        "<!-- hegao: ignore P1 -->",
        "<b>",
        "<",
        "<div>",
        "&amp;",
        "&#20255;",
        "&",
        "\\",
        "|",
        "|-|-|\n",
        "---",
        "---\n",
        "date: ",
        "title: ",
        ": ",
        "===",
        "# ",
        "> ",
        "- ",
        "1. ",
        "[^1]",
        "[^1]: ",
        "[1]: /x",
        "\u{0}",
        "\u{FEFF}",
        "\u{2028}",
        "𠮷",
        "https://",
        "www.a.cn/",
        "- [ ] ",
        "（记者 ",
        "）",
    ]);
    let made = prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => made, 1 => any::<String>()]
}

fn boundaries(text: &str) -> impl Iterator<Item = usize> {
    (0..=text.len()).filter(|&byte| text.is_char_boundary(byte))
}

fn is_within_crlf(text: &str, byte: usize) -> bool {
    text[..byte].ends_with('\r') && text[byte..].starts_with('\n')
}

/// The position of a byte, counted naively.
fn counted(text: &str, byte: usize, encoding: Encoding) -> Position {
    let mut start = 0;
    let mut line = 0;
    while let Some(at) = text[start..byte].find(['\n', '\r']) {
        let crlf = text[start + at..].starts_with("\r\n");
        start += at + if crlf { 2 } else { 1 };
        line += 1;
    }
    let before = &text[start..byte];
    let character = match encoding {
        Utf8 => before.len(),
        Utf16 => before.encode_utf16().count(),
        Utf32 => before.chars().count(),
    };
    Position { line, character: character as u32 }
}

proptest! {
    #[test]
    fn positions_and_offsets_are_inverse(text in lines()) {
        let buffer = Buffer::new(&text);
        for byte in boundaries(&text).filter(|&byte| !is_within_crlf(&text, byte)) {
            for encoding in [Utf8, Utf16, Utf32] {
                let position = buffer.position(byte, encoding);
                prop_assert_eq!(position, counted(&text, byte, encoding));
                prop_assert_eq!(buffer.offset(position, encoding), byte);
            }
        }
    }

    #[test]
    fn any_position_is_a_place_in_its_line(text in lines(), line in 0..20u32, character in 0..50u32) {
        let buffer = Buffer::new(&text);
        for encoding in [Utf8, Utf16, Utf32] {
            let byte = buffer.offset(Position { line, character }, encoding);
            prop_assert!(text.is_char_boundary(byte));
            let span = buffer.line_span(line as usize);
            prop_assert!(span.covers(Span::empty(byte)));
            prop_assert!(!span.slice(&text).contains(['\n', '\r']));
        }
    }

    #[test]
    fn edits_equal_the_same_edits_of_a_string(
        text in lines(),
        edits in prop::collection::vec((0..8u32, 0..12u32, 0..8u32, 0..12u32, lines()), 1..8),
    ) {
        let mut buffer = Buffer::new(&text);
        let mut model = text;
        for (from_line, from, to_line, to, inserted) in edits {
            for encoding in [Utf8, Utf16, Utf32] {
                let start = Position { line: from_line, character: from };
                let end = Position { line: to_line, character: to };
                let (a, b) = (buffer.offset(start, encoding), buffer.offset(end, encoding));
                let replaced = buffer.edit(start, end, encoding, &inserted);
                prop_assert_eq!(replaced, Span::new(a.min(b), a.max(b)));
                model.replace_range(replaced.start..replaced.end, &inserted);
                prop_assert_eq!(buffer.text(), model.clone());
                prop_assert_eq!(buffer.len(), model.len());
                prop_assert_eq!(buffer.line_count(), Buffer::new(&model).line_count());
            }
        }
    }

    #[test]
    fn every_character_of_a_block_is_found_in_the_draft(source in drafts()) {
        for format in [MD, TXT] {
            let draft = Draft::parse(&*source, format);
            let mut last = 0;
            for block in &draft.blocks {
                prop_assert!(block.span.start >= last);
                last = block.span.start;
                check_block(&source, block)?;
            }
        }
    }

    #[test]
    fn annotations_and_directives_have_places(source in drafts()) {
        for format in [MD, TXT] {
            let draft = Draft::parse(&*source, format);
            for a in draft.annotations() {
                prop_assert!(a.span.covers(a.text) && a.span.covers(a.id_span));
                prop_assert_eq!(a.id_span.slice(&source), &a.id);
                prop_assert!(source[..a.text.start].ends_with('['));
                prop_assert!(source[a.text.end..].starts_with("]("));
                let block = &draft.blocks[a.block];
                prop_assert!(block.content.text.get(a.content.start..a.content.end).is_some());
                prop_assert!(a.content.is_empty() || a.text.covers(block.source_span(a.content)));
            }
            for d in &draft.directives {
                prop_assert!(d.span.slice(&source).starts_with("<!--"));
                prop_assert!(d.codes.iter().all(|code| code.span.slice(&source) == code.value));
            }
        }
    }

    #[test]
    fn front_matter_fields_and_problems_lie_in_it(source in drafts()) {
        let front = Draft::parse(format!("---\n{source}\n---\n"), MD).front_matter;
        let span = front.span.expect("front matter");
        let fields = front.date.iter().chain(&front.title).chain(&front.home).chain(&front.lang);
        prop_assert!(fields.chain(&front.lexicons).all(|field| span.covers(field.span)));
        prop_assert!(front.problems.iter().all(|problem| span.covers(problem.span)));
    }

    #[test]
    fn strip_leaves_a_draft_without_marks_as_it_is(source in drafts()) {
        let source = source.replace("](", "").replace("hegao", "");
        for format in [MD, TXT] {
            prop_assert_eq!(strip(&Draft::parse(&*source, format)), source.clone());
        }
    }
}

/// Every character of a block's content is its own in the draft, or stands for markup, an entity
/// or a line break there; and the way back leads to it.
fn check_block(source: &str, block: &Block) -> Result<(), TestCaseError> {
    let text = &block.content.text;
    let whole = block.source_span(Span::new(0, text.len()));
    prop_assert!(block.span.covers(whole));
    prop_assert!(source.get(block.span.start..block.span.end).is_some());
    for (at, c) in text.char_indices() {
        let span = Span::new(at, at + c.len_utf8());
        let in_draft = block.source_span(span);
        let written = source.get(in_draft.start..in_draft.end);
        prop_assert!(written.is_some_and(|written| !written.is_empty()));
        prop_assert_eq!(block.content_offset(in_draft.start), Some(at));
        if block.is_contiguous(span) {
            prop_assert_eq!(written, Some(span.slice(text)));
        } else {
            let stands_for_it = match c {
                OBJECT => true,
                ' ' | '\n' => in_draft.slice(source).contains(['\n', '\r']),
                _ => in_draft.slice(source).starts_with('&'),
            };
            prop_assert!(stands_for_it, "{:?} for {:?}", c, written);
        }
    }
    for byte in 0..=source.len() {
        let at = block.content_offset(byte);
        prop_assert!(at.is_none_or(|at| text.is_char_boundary(at)));
    }
    Ok(())
}
