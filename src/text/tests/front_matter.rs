use super::*;

fn read(yaml: &str) -> (String, Draft) {
    let source = format!("---\n{yaml}\n---\n正文。");
    let draft = Draft::parse(&*source, MD);
    assert_eq!(blocks(&draft), ["Paragraph 正文。"], "{yaml}");
    (source, draft)
}

/// The value of `date`, marked in the YAML.
fn check_date(yaml: &str, value: &str) {
    let (source, draft) = read(&yaml.replace(['⟦', '⟧'], ""));
    let date = draft.front_matter.date.expect("a date");
    assert_eq!(date.value, value, "{yaml}");
    assert_eq!(marked(&source, date.span), format!("---\n{yaml}\n---\n正文。"));
    assert_eq!(draft.front_matter.problems, [], "{yaml}");
}

#[test]
fn a_date_is_a_yaml_date_or_a_string() {
    check_date("date: ⟦2022-07-10⟧", "2022-07-10");
    check_date("date: ⟦2022-07-10⟧  # 注", "2022-07-10");
    check_date("date: \"⟦2022-07-10⟧\"", "2022-07-10");
    check_date("'date':   '⟦2022-07⟧'", "2022-07");
    check_date("date: ⟦2022⟧", "2022");
    check_date("date: ⟦2022-07-10 08:00:00 +0800⟧", "2022-07-10 08:00:00 +0800");
    check_date("{title: 题, date: ⟦2022⟧}", "2022");
    check_date("标题: 𠮷林\r\ndate: ⟦2022⟧\r\nx: y", "2022");
    check_date("date: |\n  ⟦2022⟧", "2022");
}

#[test]
fn hegaos_keys_are_read_and_other_tools_keys_are_passed_over() {
    let (_, draft) = read(
        "layout: post\ntags: [a, {b: c}]\nauthor:\n  date: 1999\ntitle: 省委 会议\nhome: 220000\nlexicons:\n  - lexicon\n  - \"a b.toml\"\nlang: zh-CN\n? [x]\n: y\n",
    );
    let found = draft.front_matter;
    let value = |field: Option<Field>| field.map(|field| field.value);
    assert_eq!(value(found.title).as_deref(), Some("省委 会议"));
    assert_eq!(value(found.home).as_deref(), Some("220000"));
    assert_eq!(value(found.lang).as_deref(), Some("zh-CN"));
    assert_eq!(value(found.date), None);
    let lexicons: Vec<&str> = found.lexicons.iter().map(|field| field.value.as_str()).collect();
    assert_eq!(lexicons, ["lexicon", "a b.toml"]);
    assert_eq!(found.problems, []);
}

#[test]
fn one_lexicon_needs_no_list() {
    let (source, draft) = read("lexicons: lexicon/a.toml");
    let spans: Vec<&str> = draft.front_matter.lexicons.iter().map(|field| field.span.slice(&source)).collect();
    assert_eq!(spans, ["lexicon/a.toml"]);
}

#[test]
fn empty_values_are_no_values() {
    for yaml in ["", "# 注", "date:", "date: ~\ntitle: null\nlexicons:\n", "lexicons: []", "lexicons: [null]"] {
        let (_, draft) = read(yaml);
        let span = draft.front_matter.span;
        assert_eq!(draft.front_matter, FrontMatter { span, ..FrontMatter::default() }, "{yaml}");
        assert!(span.is_some());
    }
}

/// The first problem, marked in the YAML.
fn check_problem(yaml: &str, expected: &str) -> FrontMatter {
    let (source, draft) = read(&yaml.replace(['⟦', '⟧'], ""));
    let problems = &draft.front_matter.problems;
    assert_eq!(problems.len(), 1, "{yaml}: {problems:?}");
    assert_eq!(marked(&source, problems[0].span), format!("---\n{yaml}\n---\n正文。"));
    assert!(problems[0].message().contains(expected), "{yaml}: {}", problems[0].message());
    assert!(!problems[0].message_zh().is_empty());
    draft.front_matter
}

#[test]
fn faults_are_reported_in_their_place_and_the_rest_is_read() {
    let found = check_problem("date: ⟦[2022, {a: b}]⟧\ntitle: 题", "`date` must be a single value");
    assert_eq!(found.title.map(|field| field.value).as_deref(), Some("题"));
    let found = check_problem("title: 题\ndate: 2022\n⟦date⟧: 2023", "`date` is set twice");
    assert_eq!(found.date.map(|field| field.value).as_deref(), Some("2022"));
    let found = check_problem("title: 题\n⟦date: [x⟧", "cannot be read");
    assert_eq!(found.title.map(|field| field.value).as_deref(), Some("题"));
    check_problem("⟦title: a: b⟧\nhome: 220000", "cannot be read");
    check_problem("x: &d 2022\ndate: ⟦*d⟧", "`date` must be a single value");
    check_problem("lexicons: [a, ⟦{b: c}⟧]", "a path or a list of paths");
    check_problem("home:\n  ⟦- 220000\n  - 220100⟧\n\nx: y", "`home` must be a single value");
    check_problem("⟦date：2022-07-10⟧", "half-width colon");
    check_problem("⟦- a\n- b⟧", "key: value");
    check_problem("a: 1\n⟦b: c\u{0}⟧\ndate: 2022", "unprintable");
}

#[test]
fn front_matter_begins_on_the_very_first_line() {
    for (source, has) in [
        ("---\na: b\n---\n甲", true),
        ("\u{FEFF}---\na: b\n---\n甲", true),
        ("--- \r\na: b\r\n...\r\n甲", true),
        ("---\n---", true),
        ("---\ra: b\r---\r甲", true),
        ("\n---\na: b\n---\n甲", false),
        (" ---\na: b\n---\n甲", false),
        ("----\na: b\n----\n甲", false),
        ("---\na: b\n", false),
        ("---", false),
        ("", false),
    ] {
        for format in [MD, TXT] {
            let draft = Draft::parse(source, format);
            assert_eq!(draft.front_matter.span.is_some(), has, "{source:?}");
        }
    }
}

#[test]
fn the_span_runs_from_fence_to_fence() {
    let source = "\u{FEFF}---\na: b\n---  \n甲";
    let draft = Draft::parse(source, MD);
    let span = draft.front_matter.span.expect("front matter");
    assert_eq!(marked(source, span), "\u{FEFF}⟦---\na: b\n---  ⟧\n甲");
}

#[test]
fn unclosed_front_matter_is_text() {
    check_blocks(MD, "---\ndate: 2022\n\n甲", &["Paragraph date: 2022", "Paragraph 甲"]);
    check_blocks(TXT, "---\ndate: 2022\n", &["Heading ---", "Paragraph date: 2022"]);
}

#[test]
fn deep_nesting_and_many_aliases_are_harmless() {
    let deep = format!("x: {}", "[".repeat(100_000));
    let aliases = format!("a: &a [x]\nb: [{}]\ndate: 2022", "*a, ".repeat(10_000));
    let block = format!("x:\n{}", (0..300).map(|depth| format!("{}- \n", " ".repeat(depth))).collect::<String>());
    for yaml in [deep, aliases, block] {
        read(&yaml);
    }
}

#[test]
fn formats_go_by_extension() {
    for (path, expected) in [
        ("a.md", Some(MD)),
        ("a.MD", Some(MD)),
        ("稿/a.b.markdown", Some(MD)),
        ("a.txt", Some(TXT)),
        ("a.html", Some(DraftFormat::Html)),
        ("a.pdf", None),
        ("md", None),
        (".md", None),
        ("", None),
    ] {
        assert_eq!(DraftFormat::from_path(std::path::Path::new(path)), expected, "{path}");
    }
}
