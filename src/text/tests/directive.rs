use super::*;
use DirectiveKind::*;

/// The marked comments are the directives of the draft, with these kinds and codes.
fn check(format: DraftFormat, source: &str, expected: &[(DirectiveKind, &[&str])]) {
    let text = source.replace(['⟦', '⟧'], "");
    let draft = Draft::parse(&*text, format);
    let kinds: Vec<_> = draft
        .directives
        .iter()
        .map(|d| (d.kind.clone(), d.codes.iter().map(|code| code.value.as_str()).collect::<Vec<_>>()))
        .collect();
    let expected: Vec<_> = expected.iter().map(|(kind, codes)| (kind.clone(), codes.to_vec())).collect();
    assert_eq!(kinds, expected, "in {source}");
    let mut shown = text.clone();
    for directive in draft.directives.iter().rev() {
        shown = marked(&shown, directive.span);
    }
    assert_eq!(shown, source);
    for code in draft.directives.iter().flat_map(|d| &d.codes) {
        assert_eq!(code.span.slice(&text), code.value);
    }
}

fn check_both(source: &str, expected: &[(DirectiveKind, &[&str])]) {
    check(MD, source, expected);
    check(TXT, source, expected);
}

#[test]
fn each_kind_is_read() {
    let cases: [(&str, DirectiveKind, &[&str]); 10] = [
        ("ignore", Ignore, &[]),
        ("ignore P201", Ignore, &["P201"]),
        ("ignore P201 L1 wrong-post", Ignore, &["P201", "L1", "wrong-post"]),
        ("ignore P201,L1, wrong-post", Ignore, &["P201", "L1", "wrong-post"]),
        ("ignore P201，L1、S", Ignore, &["P201", "L1", "S"]),
        ("ignore-next-line P201", IgnoreNextLine, &["P201"]),
        ("ignore-start P", IgnoreStart, &["P"]),
        ("ignore-end", IgnoreEnd, &[]),
        ("ignore-file L", IgnoreFile, &["L"]),
        ("ignroe P201", Unknown("ignroe".to_owned()), &["P201"]),
    ];
    for (body, kind, codes) in cases {
        check_both(&format!("⟦<!-- hegao: {body} -->⟧"), &[(kind.clone(), codes)]);
        check_both(&format!("甲⟦<!--hegao:{body}-->⟧乙"), &[(kind.clone(), codes)]);
        check_both(&format!("甲\n\n  ⟦<!--\n hegao：\n{body}\n-->⟧\n\n乙"), &[(kind, codes)]);
    }
    check_both("⟦<!-- hegao: -->⟧", &[(Unknown(String::new()), &[])]);
}

#[test]
fn other_comments_are_no_directives() {
    for source in [
        "<!-- 注 -->",
        "<!-- hegao -->",
        "<!-- hegaoignore: P -->",
        "<!-- 见 hegao: ignore -->",
        "hegao: ignore",
        "<!-- a <!-- hegao: ignore -->",
    ] {
        check_both(source, &[]);
    }
}

#[test]
fn a_draft_may_have_several() {
    check_both(
        "⟦<!-- hegao: ignore-file L -->⟧\n\n⟦<!-- hegao: ignore-start -->⟧\n\n甲⟦<!-- hegao: ignore P201 -->⟧乙⟦<!-- hegao: ignore -->⟧\n\n⟦<!-- hegao: ignore-end -->⟧\n",
        &[(IgnoreFile, &["L"]), (IgnoreStart, &[]), (Ignore, &["P201"]), (Ignore, &[]), (IgnoreEnd, &[])],
    );
}

#[test]
fn markdown_directives_stand_anywhere_but_in_code() {
    check(MD, "- 甲 ⟦<!-- hegao: ignore -->⟧\n\n> ⟦<!-- hegao: ignore -->⟧\n> 乙", &[(Ignore, &[]), (Ignore, &[])]);
    check(MD, "<div>\n⟦<!-- hegao: ignore -->⟧\n</div>", &[(Ignore, &[])]);
    check(MD, "⟦<!-- hegao: ignore -->⟧ 甲⟦<!-- hegao: ignore P -->⟧", &[(Ignore, &[]), (Ignore, &["P"])]);
    check(MD, "|⟦<!-- hegao: ignore -->⟧甲|\n|-|", &[(Ignore, &[])]);
    check(MD, "~~甲⟦<!-- hegao: ignore -->⟧~~", &[(Ignore, &[])]);
    check(MD, "`<!-- hegao: ignore -->`\n\n```\n<!-- hegao: ignore -->\n```\n\n    <!-- hegao: ignore -->", &[]);
}

#[test]
fn an_unclosed_directive_is_kept_as_one_nobody_knows() {
    let unknown = || Unknown("ignore P201".to_owned());
    check_both("甲。\n\n⟦<!-- hegao: ignore P201⟧\n乙。", &[(unknown(), &[])]);
    check_both("⟦<!-- hegao: ignore P201⟧\n乙。\n⟦<!-- hegao: ignore-end -->⟧", &[(unknown(), &[]), (IgnoreEnd, &[])]);
    check_blocks(TXT, "<!-- hegao: ignore P201\n乙。\n<!-- hegao: ignore-end -->", &["Paragraph 乙。"]);
}
