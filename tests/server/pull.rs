//! Diagnostics for a client that asks for them.

use serde_json::{Value, json};

use crate::workspace::{Workspace, codes, pulling};

const SLIP: &str = "疫情要控住、经济要稳住、发展要安全。\n";

#[test]
fn a_client_that_pulls_is_never_pushed_to() {
    let workspace = Workspace::new();
    workspace.write("lexicon/broken.toml", "[[person]]\nid = \"a\"\n");
    let mut client = workspace.client("pull", pulling());
    let uri = workspace.uri("a.md");
    client.open(&uri, "markdown", 1, SLIP);
    let pull = |client: &mut crate::client::Client, previous: &Value| {
        let mut params = json!({"textDocument": {"uri": uri}});
        if !previous.is_null() {
            params["previousResultId"] = previous.clone();
        }
        client.request("textDocument/diagnostic", params).unwrap()
    };
    let first = pull(&mut client, &Value::Null);
    assert_eq!(first["kind"], "full");
    assert_eq!(codes(first["items"].as_array().unwrap()), ["S101"]);
    let same = pull(&mut client, &first["resultId"]);
    assert_eq!(same, json!({"kind": "unchanged", "resultId": first["resultId"]}));
    client.change(&uri, 2, json!([{"text": "甲。\n"}]));
    let mended = pull(&mut client, &first["resultId"]);
    assert_eq!((&mended["kind"], &mended["items"]), (&json!("full"), &json!([])));
    let broken = json!({"textDocument": {"uri": workspace.uri("lexicon/broken.toml")}});
    let report = client.request("textDocument/diagnostic", broken).unwrap();
    assert_eq!(report["items"].as_array().unwrap().len(), 1, "{report}");
    client.notification("hegao/status", |params| params["uri"] == uri && params["version"] == 2);
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    assert_eq!(
        client.request(
            "textDocument/hover",
            json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}})
        ),
        Ok(Value::Null)
    );
    assert!(client.unread().iter().all(|message| message["method"] != "textDocument/publishDiagnostics"));
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn the_whole_workspace_is_reported_in_parts_if_asked_for() {
    let workspace = Workspace::new();
    for number in 0..45 {
        workspace.write(&format!("drafts/{number:02}.md"), SLIP);
    }
    workspace.write("drafts/.hidden.md", SLIP);
    workspace.write(".gitignore", "drafts/44.md\n");
    let mut client = workspace.client("pull_workspace", pulling());
    let open = workspace.uri("drafts/00.md");
    client.open(&open, "markdown", 7, "甲。\n");
    let whole = client.request("workspace/diagnostic", json!({"previousResultIds": []})).unwrap();
    let items = whole["items"].as_array().unwrap();
    assert_eq!(items.len(), 44);
    let of_open = items.iter().find(|item| item["uri"] == open).unwrap();
    assert_eq!((&of_open["version"], &of_open["items"]), (&json!(7), &json!([])));
    let slips = items.iter().filter(|item| item["items"].as_array().is_some_and(|items| codes(items) == ["S101"]));
    assert_eq!(slips.count(), 43);
    let previous: Vec<_> = items.iter().map(|item| json!({"uri": item["uri"], "value": item["resultId"]})).collect();
    workspace.write("drafts/01.md", "乙。\n");
    let params = json!({"previousResultIds": previous, "partialResultToken": "parts", "workDoneToken": "work"});
    let id = client.send_request("workspace/diagnostic", params);
    assert_eq!(client.response(id).unwrap(), json!({"items": []}), "all is in the parts");
    let progress: Vec<Value> = client
        .unread()
        .iter()
        .filter(|message| message["method"] == "$/progress")
        .map(|message| message["params"].clone())
        .collect();
    let parts: Vec<&Value> = progress
        .iter()
        .filter(|params| params["token"] == "parts")
        .flat_map(|params| params["value"]["items"].as_array().unwrap())
        .collect();
    assert_eq!(parts.len(), 44, "they have come before the answer");
    let full: Vec<_> = parts.iter().filter(|item| item["kind"] == "full").map(|item| &item["uri"]).collect();
    assert_eq!(full, [&json!(workspace.uri("drafts/01.md"))], "only what has changed is told in full");
    let work: Vec<_> =
        progress.iter().filter(|params| params["token"] == "work").map(|params| &params["value"]["kind"]).collect();
    assert_eq!((work.first(), work.last()), (Some(&&json!("begin")), Some(&&json!("end"))));
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_client_that_does_not_pull_is_offered_nothing_to_ask_for() {
    let check = |capabilities: Value, offered: bool| {
        let workspace = Workspace::new();
        let mut client = crate::client::Client::start("pull_offer");
        let result = client.initialize(Some(workspace.root()), capabilities);
        assert_eq!(result["capabilities"].get("diagnosticProvider").is_some(), offered);
        assert_eq!(client.shut_down(), 0);
    };
    check(crate::workspace::able(), false);
    check(pulling(), true);
    // What the protocol does not know says nothing.
    for wrong in [
        json!({"textDocument": {"publishDiagnostics": {"diagnostic": {}}}}),
        json!({"workspace": {"diagnostic": {"refreshSupport": true}}, "textDocument": {"diagnostic": {}}}),
        json!({"workspace": {"diagnostics": {"refreshSupport": true}}}),
    ] {
        check(wrong, false);
    }
    check(json!({"workspace": {"diagnostics": {"refreshSupport": true}}, "textDocument": {"diagnostic": {}}}), true);
    // Nor is one that could not be told when findings have changed.
    let mut without_refresh = pulling();
    without_refresh["workspace"]["diagnostics"] = json!({});
    check(without_refresh, false);
}
