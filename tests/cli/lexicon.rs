//! `hegao lexicon`.

use serde_json::json;

use crate::workspace::{NO_PACKS, Workspace};

const LEXICON: &str = r#"
[[person]]
id = "lin-yiming"
name = "林一鸣"
other_names = ["林鸣"]
gender = "female"
[[person.post]]
title = "吉林省委统战部部长"
start = "2022-05-10"
end = "2023-10"
sources = ["https://example.com"]

[[slogan]]
id = "three"
text = "甲要防住、乙要稳住、丙要安全"
variants = ["甲防住、乙稳住、丙安全"]
components = ["甲要防住", "乙要稳住", "丙要安全"]
start = "2022-04-29"
superseded_by = "four"
sources = ["通稿"]

[[place]]
id = "new-zone"
name = "新开发区"
level = "functional-zone"
parent = "220000"
[[place.version]]
name = "老开发区"
end = "2019-12-31"
[[place.version]]
name = "新开发区"
start = "2020-01-01"
"#;

fn workspace() -> Workspace {
    Workspace::new(&[("hegao.toml", "packs = [\"divisions\"]\nas_of = \"2022-07-10\"\n"), ("lexicon/a.toml", LEXICON)])
}

#[test]
fn a_person_is_shown_with_the_posts_held_that_day() {
    let held = |as_of: &str| {
        let shown = workspace()
            .run(&["lexicon", "show", "林一鸣", "--as-of", as_of, "--format", "json"])
            .exits(0)
            .says_nothing()
            .json();
        assert_eq!(shown["as_of"], as_of);
        shown["entries"][0]["posts"][0]["held"].clone()
    };
    assert_eq!(held("2022-07-10"), json!(true));
    assert_eq!(held("2022-05-09"), json!(false));
    assert_eq!(held("2023-10-08"), json!(null));
    let shown = workspace().run(&["lexicon", "show", "lin-yiming", "--format", "json"]).json();
    let entry = &shown["entries"][0];
    assert_eq!(
        (&entry["id"], &entry["kind"], &entry["name"], &entry["in_force"]),
        (&json!("lin-yiming"), &json!("person"), &json!("林一鸣"), &json!(true))
    );
    assert_eq!(entry["gender"], "female");
    let post = json!({ "title": "吉林省委统战部部长", "start": "2022-05-10", "end": "2023-10", "held": true, "sources": ["https://example.com"] });
    assert_eq!(entry["posts"], json!([post]));
}

#[test]
fn a_place_is_shown_as_of_a_day() {
    let show = |key: &str, as_of: &str| {
        let shown = workspace().run(&["lexicon", "show", key, "--as-of", as_of, "--format", "json"]).exits(0).json();
        shown["entries"][0].clone()
    };
    let before = show("公主岭市", "2019-01-01");
    assert_eq!(
        (&before["id"], &before["code"], &before["level"]),
        (&json!("cn-220184"), &json!("220381"), &json!("county"))
    );
    assert_eq!(before["hierarchy"], json!(["吉林省", "四平市", "公主岭市"]));
    let after = show("220184", "2022-07-10");
    assert_eq!((&after["code"], &after["hierarchy"]), (&json!("220184"), &json!(["吉林省", "长春市", "公主岭市"])));
    assert_eq!((&after["in_force"], &after["former_names"]), (&json!(true), &json!(["怀德县"])));
    let zone = show("老开发区", "2022-07-10");
    assert_eq!(
        (&zone["name"], &zone["former_names"], &zone["successors"]),
        (&json!("新开发区"), &json!(["老开发区"]), &json!([]))
    );
    assert_eq!(show("new-zone", "2019-06-01")["name"], "老开发区");
}

#[test]
fn a_slogan_is_shown_with_all_it_says() {
    let shown = workspace().run(&["lexicon", "show", "甲防住、乙稳住、丙安全", "--format", "json"]).exits(0).json();
    let entry = &shown["entries"][0];
    assert_eq!((&entry["kind"], &entry["text"]), (&json!("slogan"), &json!("甲要防住、乙要稳住、丙要安全")));
    assert_eq!(entry["components"].as_array().unwrap().len(), 3);
    assert_eq!(
        (&entry["start"], &entry["end"], &entry["superseded_by"]),
        (&json!("2022-04-29"), &json!(null), &json!("four"))
    );
    assert_eq!((&entry["in_force"], &entry["sources"]), (&json!(true), &json!(["通稿"])));
}

#[test]
fn text_is_for_people() {
    let workspace = workspace();
    workspace
        .run(&["lexicon", "show", "林鸣"])
        .exits(0)
        .prints("林一鸣  人物  lin-yiming  lexicon/a.toml:2")
        .prints("● 吉林省委统战部部长");
    workspace
        .run(&["lexicon", "show", "公主岭市", "--lang", "en"])
        .exits(0)
        .prints("place")
        .prints("Hierarchy: 吉林省 › 长春市 › 公主岭市");
}

#[test]
fn a_name_nobody_has_exits_1() {
    let run = workspace().run(&["lexicon", "show", "无名氏", "--format", "json"]);
    assert_eq!(run.exits(1).says("无名氏").json(), json!({ "as_of": "2022-07-10", "entries": [] }));
    workspace().run(&["lexicon", "show", "甲要防住"]).exits(1);
    workspace().run(&["lexicon", "show", "林一鸣", "--lexicon", "nowhere"]).exits(2).says("nowhere");
}

#[test]
fn check_prints_problems_with_file_and_line() {
    let check = |files: &[(&str, &str)], arguments: &[&str], code: i32, stdout: &str| {
        Workspace::new(files).run(&[&["lexicon", "check"], arguments].concat()).exits(code).prints(stdout);
    };
    let bad = "[[person]]\nid = \"a\"\nname = \"甲某\"\nnmae = \"乙\"\n";
    let sound = "[[person]]\nid = \"a\"\nname = \"甲某\"\n";
    let run = Workspace::new(&[("hegao.toml", NO_PACKS), ("lexicon/a.toml", sound)]).run(&["lexicon", "check"]);
    assert_eq!(run.exits(0).stdout, "");
    check(&[("hegao.toml", NO_PACKS), ("lexicon/a.toml", bad)], &[], 1, "lexicon/a.toml:4: X108 ");
    check(&[("hegao.toml", NO_PACKS), ("lexicon/a.toml", bad)], &["--lang", "en"], 1, "`nmae`");
    check(&[("other/b.toml", "[[person]\n")], &["--lexicon", "other"], 1, "other/b.toml:1: X110 ");
    check(&[], &["--lexicon", "nowhere"], 2, "");
    check(&[("hegao.toml", "as_of = 1\n")], &[], 2, "");
}

#[test]
fn check_audits_the_entries() {
    let files = [("hegao.toml", NO_PACKS), ("lexicon/a.toml", LEXICON)];
    let run = |arguments: &[&str]| Workspace::new(&files).run(&[&["lexicon", "check"], arguments].concat());
    run(&[]).exits(1).prints("lexicon/a.toml:19: X102 ").prints("错误 dangling-reference │ superseded_by = \"four\"");
    run(&["--format", "concise", "--lang", "en"]).exits(1).prints("X107 新开发区 names no source");
    run(&["--fail-on", "never"]).exits(0).prints("X102");
    let found = run(&["--format", "json"]).exits(1).json();
    let dangling = found.as_array().unwrap().iter().find(|problem| problem["code"] == "X102").unwrap();
    assert_eq!((&dangling["rule"], &dangling["severity"]), (&json!("dangling-reference"), &json!("error")));
    assert_eq!((&dangling["path"], &dangling["range"]["start"]["line"]), (&json!("lexicon/a.toml"), &json!(19)));
    let hints_only = LEXICON.replace("superseded_by = \"four\"\n", "");
    Workspace::new(&[("hegao.toml", NO_PACKS), ("lexicon/a.toml", &hints_only)])
        .run(&["lexicon", "check"])
        .exits(0)
        .prints("X107");
    // The audit is not for those who check drafts.
    Workspace::new(&[("hegao.toml", NO_PACKS), ("lexicon/a.toml", LEXICON), ("a.md", "没有问题。\n")])
        .run(&["check", "a.md", "--as-of", "2022-07-10"])
        .exits(0);
}

#[test]
fn entries_want_a_review_when_the_configuration_says_so() {
    let lexicon = "[[person]]\nid = \"a\"\nname = \"甲某\"\nreviewed = \"2019-01\"\n";
    let check = |config: &str, stdout: &str| {
        let files = [("hegao.toml", config), ("lexicon/a.toml", lexicon)];
        Workspace::new(&files).run(&["lexicon", "check"]).exits(0).prints(stdout);
    };
    check("packs = []\n[lexicon]\nreview_months = 12\n", "lexicon/a.toml:4: X113 ");
    check("packs = []\n", "");
}

#[test]
fn search_finds_by_characters_pinyin_and_initials() {
    let ids = |arguments: &[&str]| {
        let run = workspace().run(&[&["lexicon", "search", "--format", "json"], arguments].concat());
        let found = run.exits(0).json();
        found["entries"].as_array().unwrap().iter().map(|entry| entry["id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&["linyiming"]), [json!("lin-yiming")]);
    assert_eq!(ids(&["lym", "--kind", "person"]), [json!("lin-yiming")]);
    assert_eq!(ids(&["gongzhulingshi", "--limit", "1"]), [json!("cn-220184")]);
    workspace()
        .run(&["lexicon", "search", "林ym"])
        .exits(0)
        .prints("林一鸣  人物  lin-yiming  吉林省委统战部部长  lexicon/a.toml:2");
    workspace().run(&["lexicon", "search", "qqqq"]).exits(1).says("qqqq");
    workspace().run(&["lexicon", "search", "a", "--kind", "ghost"]).exits(2);
}

#[test]
fn stats_count_the_entries() {
    let stats = workspace().run(&["lexicon", "stats", "--format", "json"]).exits(0).json();
    assert_eq!((&stats["kinds"]["person"], &stats["kinds"]["slogan"]), (&json!(1), &json!(1)));
    let own = stats["files"].as_array().unwrap().iter().find(|file| file["path"] == "lexicon/a.toml").unwrap();
    assert_eq!((&own["entries"], &own["pack"]), (&json!(3), &json!(null)));
    workspace().run(&["lexicon", "stats"]).exits(0).prints("人物").prints("lexicon/a.toml");
}
