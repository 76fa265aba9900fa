//! From content to draft and back.

use super::*;

/// Finds `needle` in the content and marks where it stands in the draft.
fn check_source(source: &str, needle: &str, expected: &str) {
    let draft = Draft::parse(source, MD);
    let found = draft.blocks.iter().find_map(|block| {
        let start = block.content.text.find(needle)?;
        Some((block, Span::new(start, start + needle.len())))
    });
    let (block, span) = found.unwrap_or_else(|| panic!("no {needle:?} in {:?}", blocks(&draft)));
    let in_draft = block.source_span(span);
    assert_eq!(marked(source, in_draft), expected);
    assert_eq!(block.is_contiguous(span), in_draft.slice(source) == needle, "{expected}");
    assert_eq!(block.content_offset(in_draft.start), Some(span.start), "{expected}");
    assert_eq!(block.content_offset(in_draft.end), Some(span.end), "{expected}");
}

#[test]
fn a_match_is_found_again_in_the_draft() {
    check_source("书记刘伟。", "刘伟", "书记⟦刘伟⟧。");
    check_source("书记**刘**伟。", "刘伟", "书记**⟦刘**伟⟧。");
    check_source("书记**刘伟**。", "刘伟", "书记**⟦刘伟⟧**。");
    check_source("书记刘\n  伟。", "刘伟", "书记⟦刘\n  伟⟧。");
    check_source("> 书记刘\n> 伟。", "刘伟", "> 书记⟦刘\n> 伟⟧。");
    check_source("Li\r\nWei", "Li Wei", "⟦Li\r\nWei⟧");
    check_source("A&amp;B", "&", "A⟦&amp;⟧B");
    check_source("刘&#20255;出席", "刘伟", "⟦刘&#20255;⟧出席");
    check_source(r"书记刘\*伟", "*伟", r"书记刘\⟦*伟⟧");
    check_source("[刘](a.md)伟", "刘伟", "[⟦刘](a.md)伟⟧");
    check_source("[刘伟](@a)出席", "刘伟", "[⟦刘伟⟧](@a)出席");
    check_source("|甲|乙\\|丙|\n|-|-|", "乙|丙", "|甲|⟦乙\\|丙⟧|\n|-|-|");
    check_source("\u{FEFF}书记刘伟", "刘伟", "\u{FEFF}书记⟦刘伟⟧");
    check_source("---\ndate: 2022\n---\n书记刘伟", "刘伟", "---\ndate: 2022\n---\n书记⟦刘伟⟧");
    check_source("见`a`刘伟", "\u{FFFC}刘", "见⟦`a`刘⟧伟");
    check_source("见 https://a.cn/?b&amp;c 刘伟", "\u{FFFC} 刘", "见 ⟦https://a.cn/?b&amp;c 刘⟧伟");
    check_source("见 https://a.cn/ 与 www.b.cn/，刘伟", "刘伟", "见 https://a.cn/ 与 www.b.cn/，⟦刘伟⟧");
}

#[test]
fn an_empty_or_excessive_span_is_clamped() {
    let draft = Draft::parse("# **刘**伟\n\n乙", MD);
    let block = &draft.blocks[0];
    let cases = [
        (Span::empty(0), Span::empty(4)),
        (Span::empty(3), Span::empty(9)),
        (Span::empty(6), Span::empty(12)),
        (Span::empty(99), Span::empty(12)),
        (Span::new(0, 99), Span::new(4, 12)),
        // within 刘
        (Span::new(1, 2), Span::new(4, 7)),
        (Span { start: 5, end: 1 }, Span::empty(9)),
    ];
    for (content, expected) in cases {
        assert_eq!(block.source_span(content), expected, "{content:?}");
    }
}

#[test]
fn markup_has_no_place_in_the_content() {
    let source = "**刘**伟[甲](@a)";
    let draft = Draft::parse(source, MD);
    let offsets: Vec<Option<usize>> = (0..=source.len()).map(|byte| draft.blocks[0].content_offset(byte)).collect();
    let expected = [
        vec![None, None],
        vec![Some(0), Some(0), Some(0), Some(3), None],
        vec![Some(3), Some(3), Some(3), Some(6)],
        vec![Some(6), Some(6), Some(6), Some(9)],
        vec![None; 5],
    ];
    assert_eq!(offsets, expected.concat());
}

#[test]
fn the_place_of_a_block_holds_its_markup_and_not_its_break() {
    let cases = [
        ("甲**乙**\n\n丙", "⟦甲**乙**⟧\n\n丙"),
        ("# 甲 #\n丙", "⟦# 甲 #⟧\n丙"),
        ("甲\n==\n丙", "⟦甲\n==⟧\n丙"),
        ("- [ ] `甲`[乙](@x)\n", "- [ ] ⟦`甲`[乙](@x)⟧\n"),
        ("> 　甲\n> 乙\n", "> 　⟦甲\n> 乙⟧\n"),
        ("|  甲 |\n|--|\n", "|  ⟦甲⟧ |\n|--|\n"),
    ];
    for (source, expected) in cases {
        let draft = Draft::parse(source, MD);
        assert_eq!(marked(source, draft.blocks[0].span), expected);
    }
}

#[test]
fn content_is_the_same_wherever_the_block_stands() {
    let contents = |source: &str| -> Vec<BlockContent> {
        Draft::parse(source, MD).blocks.into_iter().map(|block| block.content).collect()
    };
    assert_eq!(contents("甲**乙**[丙](@c)"), contents("\n\n甲乙[丙](@c)  \n"));
    assert_ne!(contents("甲乙[丙](@c)"), contents("甲乙[丙](@d)"));
    assert_ne!(contents("甲"), contents("# 甲"));
}
