use super::{Buffer, Encoding, Position, Span};
use Encoding::{Utf8, Utf16, Utf32};

fn at(line: u32, character: u32) -> Position {
    Position { line, character }
}

/// `|` marks a place in the text: its position in the three encodings, and back.
fn check_position(text: &str, utf8: Position, utf16: Position, utf32: Position) {
    let byte = text.find('|').expect("the case has a mark");
    let text = text.replacen('|', "", 1);
    let buffer = Buffer::new(&text);
    for (encoding, position) in [(Utf8, utf8), (Utf16, utf16), (Utf32, utf32)] {
        assert_eq!(buffer.position(byte, encoding), position, "{encoding:?} in {text:?}");
        assert_eq!(buffer.offset(position, encoding), byte, "{encoding:?} in {text:?}");
    }
}

#[test]
fn characters_are_counted_in_the_units_of_the_encoding() {
    check_position("|", at(0, 0), at(0, 0), at(0, 0));
    check_position("a刘|伟", at(0, 4), at(0, 2), at(0, 2));
    check_position("甲\n𠮷|伟", at(1, 4), at(1, 2), at(1, 1));
    check_position("e\u{301}|x", at(0, 3), at(0, 2), at(0, 2));
    check_position("👨\u{200D}👩|", at(0, 11), at(0, 5), at(0, 3));
}

#[test]
fn lines_end_at_lf_crlf_and_cr_only() {
    check_position("甲\n|乙", at(1, 0), at(1, 0), at(1, 0));
    check_position("甲\r\n|乙", at(1, 0), at(1, 0), at(1, 0));
    check_position("甲\r|乙", at(1, 0), at(1, 0), at(1, 0));
    check_position("甲\r\r\n\n|乙", at(3, 0), at(3, 0), at(3, 0));
    check_position("甲\u{2028}|乙", at(0, 6), at(0, 2), at(0, 2));
    check_position("甲\u{85}\u{B}\u{C}|", at(0, 7), at(0, 4), at(0, 4));
    check_position("甲\n|", at(1, 0), at(1, 0), at(1, 0));
}

#[test]
fn lines_are_counted_and_spanned_without_their_breaks() {
    let cases: [(&str, &[&str]); 6] = [
        ("", &[""]),
        ("甲", &["甲"]),
        ("甲\n", &["甲", ""]),
        ("\r\n\r\n", &["", "", ""]),
        ("甲\r\n乙\r丙\n\n丁", &["甲", "乙", "丙", "", "丁"]),
        ("甲\n\r乙", &["甲", "", "乙"]),
    ];
    for (text, lines) in cases {
        let buffer = Buffer::new(text);
        assert_eq!(buffer.line_count(), lines.len(), "{text:?}");
        let found: Vec<&str> = (0..lines.len()).map(|line| buffer.line_span(line).slice(text)).collect();
        assert_eq!(found, lines, "{text:?}");
        assert_eq!(buffer.line_span(lines.len()), Span::empty(text.len()));
        assert_eq!(buffer.line_span(usize::MAX), Span::empty(text.len()));
    }
}

#[test]
fn positions_out_of_range_are_clamped() {
    let buffer = Buffer::new("甲乙\r\n𠮷丙");
    let cases = [
        (Utf16, at(0, 3), 6),
        (Utf16, at(0, u32::MAX), 6),
        (Utf8, at(0, 7), 6),
        (Utf32, at(0, 9), 6),
        (Utf16, at(1, 99), 15),
        (Utf16, at(2, 0), 15),
        (Utf8, at(u32::MAX, u32::MAX), 15),
        // within a surrogate pair, and within a character
        (Utf16, at(1, 1), 8),
        (Utf8, at(1, 3), 8),
        (Utf8, at(0, 4), 3),
    ];
    for (encoding, position, byte) in cases {
        assert_eq!(buffer.offset(position, encoding), byte, "{encoding:?} {position:?}");
    }
}

#[test]
fn offsets_out_of_range_are_clamped() {
    let buffer = Buffer::new("甲\r\n𠮷");
    // between CR and LF; within 甲; within 𠮷; beyond the end
    for (byte, position) in [(4, at(0, 1)), (2, at(0, 0)), (7, at(1, 0)), (99, at(1, 2))] {
        assert_eq!(buffer.position(byte, Utf16), position, "{byte}");
    }
}

#[test]
fn an_edit_replaces_what_lies_between_two_positions() {
    // text, start, end, inserted, result, replaced
    let cases = [
        ("甲乙丙", at(0, 1), at(0, 2), "丁", "甲丁丙", Span::new(3, 6)),
        ("甲乙丙", at(0, 2), at(0, 1), "丁", "甲丁丙", Span::new(3, 6)),
        ("甲\r\n乙", at(0, 9), at(1, 0), "", "甲乙", Span::new(3, 5)),
        ("甲", at(5, 0), at(6, 7), "乙", "甲乙", Span::empty(3)),
        ("𠮷", at(0, 1), at(0, 1), "a", "a𠮷", Span::empty(0)),
        ("", at(0, 0), at(0, 0), "a\nb", "a\nb", Span::empty(0)),
    ];
    for (text, start, end, inserted, result, replaced) in cases {
        let mut buffer = Buffer::new(text);
        assert_eq!(buffer.edit(start, end, Utf16, inserted), replaced, "{text:?}");
        assert_eq!(buffer.text(), result, "{text:?}");
    }
}

#[test]
fn a_replaced_span_is_clamped_to_characters() {
    let mut buffer = Buffer::new("甲乙");
    assert_eq!(buffer.replace(Span { start: 99, end: 4 }, "丙"), Span::new(3, 6));
    assert_eq!(buffer.text(), "甲丙");
}

#[test]
fn a_clone_does_not_see_later_edits() {
    let mut buffer = Buffer::new("甲");
    let snapshot = buffer.clone();
    buffer.replace(Span::empty(0), "乙");
    assert_eq!((snapshot.text(), buffer.text()), ("甲".to_owned(), "乙甲".to_owned()));
}

#[test]
fn a_cr_and_an_lf_typed_after_it_are_one_break() {
    let mut buffer = Buffer::new("甲\r乙");
    buffer.replace(Span::empty(4), "\n");
    assert_eq!(buffer.line_count(), 2);
    assert_eq!(buffer.line_span(0), Span::new(0, 3));
    assert_eq!(buffer.line_span(1), Span::new(5, 8));
}
