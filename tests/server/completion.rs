//! Completion.

use serde_json::{Value, json};

use crate::{
    client::Client,
    workspace::{Workspace, able, covered},
};

/// Opens a draft with `|` at the place, asks there, and returns the text and the items.
fn complete(client: &mut Client, uri: &str, marked: &str) -> (String, Vec<Value>) {
    let at = marked.find('|').unwrap();
    let text = marked.replacen('|', "", 1);
    let line = text[..at].matches('\n').count();
    let character = at - text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    client.open(uri, "markdown", 1, &text);
    let params = json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}});
    let list = client.request("textDocument/completion", params).unwrap();
    assert_eq!(list["isIncomplete"], true, "more letters ask again");
    let items = list["items"].as_array().unwrap().clone();
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    (text, items)
}

/// The drafts that the first items make of the marked one.
#[track_caller]
fn check(client: &mut Client, uri: &str, marked: &str, expected: &[&str]) {
    let (text, items) = complete(client, uri, marked);
    let written = items.iter().take(expected.len()).map(|item| {
        let edit = &item["textEdit"];
        let replaced = covered(&text, &edit["range"]);
        let filter = item["filterText"].as_str().unwrap();
        assert!(
            replaced.is_empty() || filter.starts_with(replaced),
            "{filter} does not match what was typed: {replaced}"
        );
        let start = replaced.as_ptr() as usize - text.as_ptr() as usize;
        let mut written = text.clone();
        written.replace_range(start..start + replaced.len(), edit["newText"].as_str().unwrap());
        written
    });
    assert_eq!(written.collect::<Vec<_>>(), expected, "{marked}: {items:#?}");
}

#[test]
fn names_come_with_the_post_of_the_day_by_characters_pinyin_initials_or_both() {
    let workspace = Workspace::new();
    let mut client = workspace.client("completion", able());
    let uri = workspace.uri("a.md");
    let mut check = |marked: &str, expected: &[&str]| check(&mut client, &uri, marked, expected);
    let dated = |text: &str| format!("---\ndate: 2022-07-08\n---\n{text}");
    check(&dated("lym|"), &[&dated("省委宣传部部长林一鸣"), &dated("林一鸣")]);
    check(&dated("会上，linyim|说"), &[&dated("会上，省委宣传部部长林一鸣说")]);
    check(&dated("林ym|"), &[&dated("省委宣传部部长林一鸣")]);
    check(&dated("林一|"), &[&dated("省委宣传部部长林一鸣")]);
    // Behind a post the name alone is what is wanted.
    check(&dated("省委宣传部部长lym|"), &[&dated("省委宣传部部长林一鸣")]);
    // On another day the post is another one.
    check("---\ndate: 2020-07-08\n---\nlym|", &["---\ndate: 2020-07-08\n---\n省教育厅厅长林一鸣"]);
    check(&dated("yqyfz|"), &[&dated("疫情要防住、经济要稳住、发展要安全")]);
    check(&dated("落实jlsslghgy|"), &[&dated("落实《吉林省示例规划纲要》")]);
    check(&dated("落实《吉林省示例|"), &[&dated("落实《吉林省示例规划纲要")]);
    check(&dated("松花|"), &[&dated("松花新区")]);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn what_the_draft_uses_comes_first() {
    let workspace = Workspace::with(
        "as_of = \"2022-07-10\"\npacks = []\n",
        r#"
            [[person]]
            id = "a"
            name = "高远山"
            [[person]]
            id = "b"
            name = "高原水"
        "#,
    );
    let mut client = workspace.client("completion_ranking", able());
    let uri = workspace.uri("a.md");
    check(&mut client, &uri, "gys|", &["高远山", "高原水"]);
    check(&mut client, &uri, "高原水出席。\n\ngys|", &["高原水出席。\n\n高原水", "高原水出席。\n\n高远山"]);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn ids_front_matter_and_directives_are_offered_where_they_belong() {
    let workspace = Workspace::new();
    let mut client = workspace.client("completion_words", able());
    let uri = workspace.uri("a.md");
    let mut check = |marked: &str, expected: &[&str]| check(&mut client, &uri, marked, expected);
    check("[赵敏](@|)", &["[赵敏](@zhao-min-a)", "[赵敏](@zhao-min-b)"]);
    check("[赵敏](@zhao-min-b|)", &["[赵敏](@zhao-min-b)"]);
    check("由@lym|出席", &["由[林一鸣](@lin-yiming)出席"]);
    check("---\nda|\n---\n", &["---\ndate: \n---\n"]);
    check("---\ndate: 2022-07-08\nho|\n---\n", &["---\ndate: 2022-07-08\nhome: \n---\n"]);
    check("---\nlang: |\n---\n", &["---\nlang: zh-CN\n---\n", "---\nlang: en\n---\n"]);
    check("---\nhome:jilins|\n---\n", &["---\nhome:220000\n---\n"]);
    check("<!-- hegao: ignore-n|", &["<!-- hegao: ignore-next-line"]);
    check("<!-- hegao: ignore P20|", &["<!-- hegao: ignore P201", "<!-- hegao: ignore P202"]);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn resolving_adds_the_card_and_keeps_the_rest() {
    let workspace = Workspace::new();
    let mut client = workspace.client("completion_resolve", able());
    let uri = workspace.uri("a.md");
    client.open(&uri, "markdown", 1, "lym");
    let params = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 3}});
    let list = client.request("textDocument/completion", params).unwrap();
    let item = list["items"][0].clone();
    assert_eq!(item.get("documentation"), None);
    let mut resolved = client.request("completionItem/resolve", item.clone()).unwrap();
    let card = resolved.as_object_mut().unwrap().remove("documentation").unwrap();
    assert_eq!(card["kind"], "markdown");
    assert!(card["value"].as_str().unwrap().contains("吉林省委宣传部部长"), "{card}");
    assert_eq!(resolved, item);
    assert_eq!(client.shut_down(), 0);
}
