//! `hegao annotate`.

use serde_json::{Value, json};

use crate::workspace::Workspace;

const LEXICON: &str = r#"
[[person]]
id = "lin-yiming"
name = "林一鸣"
[[person.post]]
title = "吉林省委统战部部长"
start = "2022-01-01"

[[person]]
id = "zhao-1"
name = "赵小禾"

[[person]]
id = "zhao-2"
name = "赵小禾"

[[person]]
id = "lin-1"
name = "林小禾"

[[person]]
id = "lin-2"
name = "林小禾"
"#;

fn workspace() -> Workspace {
    let text = "𠮷林省委统战部部长林一鸣、赵小禾到通化市调研，[林小禾](@lin-2)讲话。原省委统战部部长林一鸣出席。\n";
    Workspace::new(&[("hegao.toml", "home = \"220000\"\n"), ("lexicon/people.toml", LEXICON), ("2022-07-10.md", text)])
}

#[test]
fn mentions_are_printed_in_order_with_their_entries() {
    let lines = workspace().run(&["annotate", "2022-07-10.md"]).exits(0).says_nothing().json_lines();
    let of = |text: &str| -> Vec<&Value> { lines.iter().filter(|line| line["text"] == text).collect() };
    let lin = of("林一鸣");
    assert_eq!(
        (&lin[0]["kind"], &lin[0]["entry"], &lin[0]["candidates"]),
        (&json!("person"), &json!("lin-yiming"), &json!(["lin-yiming"]))
    );
    assert_eq!(lin[0]["path"], "2022-07-10.md");
    let zhao = of("赵小禾");
    assert_eq!((&zhao[0]["entry"], &zhao[0]["candidates"]), (&Value::Null, &json!(["zhao-1", "zhao-2"])));
    assert_eq!(of("林小禾")[0]["entry"], "lin-2");
    assert_eq!(of("通化市")[0]["kind"], "place");
    let starts: Vec<u64> = lines.iter().map(|line| line["range"]["start"]["offset"].as_u64().unwrap()).collect();
    assert!(starts.is_sorted(), "{starts:?}");
}

#[test]
fn posts_tell_whether_they_are_held() {
    let lines = workspace().run(&["annotate", "2022-07-10.md"]).json_lines();
    let last = lines.iter().rfind(|line| line["text"] == "林一鸣").unwrap();
    assert_eq!(last["post"], json!([{ "text": "省委统战部部长", "qualifier": "原", "held": true }]));
    let earlier = workspace().run(&["annotate", "--as-of", "2021-01-01", "2022-07-10.md"]).json_lines();
    let last = earlier.iter().rfind(|line| line["text"] == "林一鸣").unwrap();
    assert_eq!(last["post"][0]["held"], false);
}

#[test]
fn faults_and_files_are_as_in_check() {
    let workspace = workspace();
    let run = workspace.run(&["annotate", ".", "missing.md", "--output", "out.jsonl"]);
    assert_eq!(run.exits(2).says("missing.md").stdout, "");
    assert!(workspace.read("out.jsonl").contains("林一鸣"));
    workspace.run(&["annotate", "--lexicon", "nowhere", "."]).exits(2).says("nowhere").prints("通化市");
}
