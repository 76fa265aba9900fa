use super::*;

fn check(format: DraftFormat, source: &str, expected: &str) {
    assert_eq!(strip(&Draft::parse(source, format)), expected, "{format:?} {source:?}");
}

fn check_both(source: &str, expected: &str) {
    check(MD, source, expected);
    check(TXT, source, expected);
}

#[test]
fn annotations_become_their_text() {
    check_both("书记[刘伟](@liu-wei)、[胡](@h)", "书记刘伟、胡");
    check_both("[](@a)[甲](@)", "甲");
    check(MD, "[**刘**\n伟](<@a> \"题\")", "**刘**\n伟");
    check(MD, "# [甲](@a)\n- [乙](@b)\n\n|[丙](@c)|\n|-|", "# 甲\n- 乙\n\n|丙|\n|-|");
    check(MD, "~~[甲](@a)~~ ![图：[乙](@b)](c.png) 好![丙](@d)", "~~甲~~ ![图：乙](c.png) 好!丙");
}

#[test]
fn a_line_of_directives_goes_with_its_break() {
    let directive = "<!-- hegao: ignore P201 -->";
    for line_break in ["\n", "\r\n", "\r"] {
        let with = |line: &str| ["甲", line, "乙"].join(line_break);
        let without = ["甲", "乙"].join(line_break);
        check_both(&with(directive), &without);
        check_both(&with(&format!("  {directive} \t")), &without);
        check_both(&with(&format!("{directive} {directive}")), &without);
    }
    check_both("<!-- hegao: ignore-file -->\n甲\n", "甲\n");
    check_both("甲\n<!-- hegao: ignore-end -->", "甲\n");
    check_both("甲\n\n<!--\nhegao: ignore\n-->\n\n乙", "甲\n\n\n乙");
    check_both("<!-- hegao: ignore -->", "");
}

#[test]
fn a_directive_among_text_goes_alone() {
    check_both("甲<!-- hegao: ignore -->乙\n", "甲乙\n");
    check_both("甲 <!-- hegao: ignore -->\n乙", "甲 \n乙");
    check_both("<!-- hegao: ignore --> 甲\n乙", " 甲\n乙");
    check(MD, "> <!-- hegao: ignore -->\n> 甲", "> \n> 甲");
    check(MD, "[甲<!-- hegao: ignore -->乙](@a)", "甲乙");
}

#[test]
fn everything_else_stays() {
    let front = "\u{FEFF}---\ndate: 2022-07-10\nx: [a](@b)\n---\n";
    check_both(&format!("{front}# 甲 \r\n\r\n[乙](@b)  \n"), &format!("{front}# 甲 \r\n\r\n乙  \n"));
    for source in ["甲 <!-- 注 -->", "甲\n\n<!-- hegao: ignore\n乙", "[甲](a) [乙] (@b)", "\n\n"] {
        check_both(source, source);
    }
    check(MD, "`[甲](@a)` `<!-- hegao: ignore -->`", "`[甲](@a)` `<!-- hegao: ignore -->`");
}
