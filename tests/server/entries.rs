//! `hegao/entries`.

use serde_json::{Value, json};

use crate::workspace::{Workspace, able};

const DRAFT: &str = "---
date: 2021-07-08
---
高远山到松花新区调研。
";

#[test]
fn own_entries_are_listed_for_the_day_of_the_draft() {
    let workspace = Workspace::new();
    let mut client = workspace.client("entries", able());
    let uri = workspace.uri("a.md");
    client.open(&uri, "markdown", 1, DRAFT);
    client.diagnostics_of(&uri, 1);
    let answer = client.request("hegao/entries", json!({"uri": uri})).unwrap();
    assert_eq!(answer["asOf"], "2021-07-08");
    let entry = |id: &str| -> &Value {
        let entries = answer["entries"].as_array().unwrap();
        entries.iter().find(|entry| entry["id"] == id).unwrap_or_else(|| panic!("no {id} in {answer}"))
    };
    let held = |id: &str| -> Vec<&str> {
        let posts = entry(id)["posts"].as_array().unwrap().iter();
        posts.filter(|post| post["held"] == true).map(|post| post["title"].as_str().unwrap()).collect()
    };
    assert_eq!(held("lin-yiming"), ["吉林省教育厅厅长"]);
    assert_eq!(held("gao-yuanshan"), ["吉林省委组织部部长"]);
    assert_eq!(entry("songhua-zone")["within"], json!(["吉林省"]));
    assert_eq!(entry("epidemic-economy-development")["kind"], "slogan");
    assert!(entry("lin-yiming")["uri"].as_str().unwrap().ends_with(".toml"));
    assert!(entry("lin-yiming")["range"]["start"]["line"].is_u64());
    let packs = answer["entries"].as_array().unwrap().iter().filter(|entry| entry["name"] == "吉林省");
    assert_eq!(packs.count(), 0, "entries of packs are left out");
}
