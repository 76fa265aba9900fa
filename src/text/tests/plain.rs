use super::*;

fn check(source: &str, expected: &[&str]) {
    check_blocks(TXT, source, expected);
}

#[test]
fn every_line_with_text_is_a_block() {
    check(
        "题\n甲。\r\n\r\n　　乙。　\r丙。\n \n",
        &["Heading 题", "Paragraph 甲。", "Paragraph 乙。", "Paragraph 丙。"],
    );
    check("甲。\u{2028}乙。", &["Paragraph 甲。\u{2028}乙。"]);
    check("", &[]);
    check("\u{FEFF}\n", &[]);
}

#[test]
fn a_short_first_line_without_closing_punctuation_is_the_headline() {
    check("\n\n省委召开会议\n省委召开会议", &["Heading 省委召开会议", "Paragraph 省委召开会议"]);
    check("\u{FEFF}题", &["Heading 题"]);
    check("---\ndate: 2022\n---\n题\n", &["Heading 题"]);
    check("省委召开会议。", &["Paragraph 省委召开会议。"]);
    check("会议强调：\n甲", &["Paragraph 会议强调：", "Paragraph 甲"]);
    check("<!-- hegao: ignore-file -->\n题", &["Heading 题"]);
    let long = "长".repeat(41);
    check(&long, &[&format!("Paragraph {long}")]);
}

#[test]
fn markdown_is_not_read() {
    check("题\n**刘**伟 `a` # <b> &amp; \\[", &["Heading 题", "Paragraph **刘**伟 `a` # <b> &amp; \\["]);
    check(
        "题\n    缩进\n- 项\n<!-- 注 -->",
        &["Heading 题", "Paragraph 缩进", "Paragraph - 项", "Paragraph <!-- 注 -->"],
    );
}

#[test]
fn bylines_are_known() {
    check("题\n（记者 甲 乙）\n责任编辑：丙", &["Heading 题", "Byline （记者 甲 乙）", "Byline 责任编辑：丙"]);
    check("本报记者 张三", &["Byline 本报记者 张三"]);
}

#[test]
fn addresses_and_directives_are_objects() {
    check("题\n见https://a.cn/b。", &["Heading 题", "Paragraph 见□。"]);
    check("题\n甲<!-- hegao: ignore -->乙", &["Heading 题", "Paragraph 甲□乙"]);
    check("题\n甲<!-- hegao: ignore\nP201\n-->乙", &["Heading 题", "Paragraph 甲□", "Paragraph □乙"]);
}

fn check_annotations(line: &str, content: &str, expected: &[&str]) {
    let source = format!("题\n{line}\n");
    check(&source, &["Heading 题", &format!("Paragraph {content}")]);
    let draft = Draft::parse(&*source, TXT);
    let found: Vec<String> = draft
        .annotations()
        .map(|a| {
            assert_eq!(a.content.slice(&draft.blocks[a.block].content.text), a.text.slice(&source));
            format!("{} {} {}", a.span.slice(&source), a.text.slice(&source), a.id_span.slice(&source))
        })
        .collect();
    assert_eq!(found, expected, "{line}");
}

#[test]
fn annotations_are_read() {
    check_annotations("书记[刘伟](@liu-wei)。", "书记刘伟。", &["[刘伟](@liu-wei) 刘伟 liu-wei"]);
    check_annotations("[刘](@a)[伟](@b)", "刘伟", &["[刘](@a) 刘 a", "[伟](@b) 伟 b"]);
    check_annotations("[[刘伟](@)]", "[刘伟]", &["[刘伟](@) 刘伟 "]);
    check_annotations("[1] [刘伟](@a)", "[1] 刘伟", &["[刘伟](@a) 刘伟 a"]);
}

#[test]
fn what_only_looks_like_an_annotation_is_none() {
    for line in ["刘伟](@a)", "[刘伟](@a", "[刘伟](@a b)", "[刘伟](a)", "[a] 刘伟](@a)", "[刘伟] (@a)"] {
        check_annotations(line, line, &[]);
    }
}
