//! Beginning and end of sessions.

use serde_json::{Value, json};

use crate::{
    client::Client,
    workspace::{Workspace, able},
};

#[test]
fn the_encoding_is_negotiated() {
    let check = |name: &str, offered: Value, expected: &str| {
        let mut client = Client::start(&format!("encoding_{name}"));
        let result = client.initialize(None, json!({"general": {"positionEncodings": offered}}));
        assert_eq!(result["capabilities"]["positionEncoding"], expected);
        assert_eq!(client.shut_down(), 0);
    };
    check("utf8", json!(["utf-16", "utf-8"]), "utf-8");
    check("utf16", json!(["utf-32", "utf-16"]), "utf-16");
    check("utf32", json!(["utf-32"]), "utf-32");
}

#[test]
fn the_server_says_who_it_is_and_what_it_can_do() {
    let mut client = Client::start("who");
    let result = client.initialize(None, json!({}));
    assert_eq!(result["serverInfo"], json!({"name": "hegao", "version": env!("CARGO_PKG_VERSION")}));
    let capabilities = &result["capabilities"];
    assert_eq!(capabilities["positionEncoding"], "utf-16");
    assert_eq!(capabilities["textDocumentSync"]["change"], 2);
    assert_eq!(capabilities["hoverProvider"], true);
    assert_eq!(capabilities["definitionProvider"], true);
    assert_eq!(capabilities.get("diagnosticProvider"), None, "diagnostics are pushed");
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn exit_without_shutdown_is_a_failure() {
    let workspace = Workspace::new();
    let mut client = workspace.client("exit_without_shutdown", able());
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(client.exit_code(), 1);
    let mut client = Client::start("exit_before_initialize");
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(client.exit_code(), 1);
}

#[test]
fn a_client_that_vanishes_ends_the_process() {
    let workspace = Workspace::new();
    assert_eq!(workspace.client("vanished", able()).vanish(), 1);
    assert_eq!(Client::start("vanished_before_initialize").vanish(), 1);
    let mut client = workspace.client("vanished_after_shutdown", able());
    assert_eq!(client.request("shutdown", Value::Null), Ok(Value::Null));
    assert_eq!(client.vanish(), 0);
}

#[test]
fn requests_before_initialize_and_after_shutdown_are_refused() {
    let mut client = Client::start("out_of_turn");
    let position = json!({"textDocument": {"uri": "file:///a.md"}, "position": {"line": 0, "character": 0}});
    assert_eq!(client.request("textDocument/hover", position.clone()).unwrap_err()["code"], -32002);
    client.initialize(None, json!({}));
    assert_eq!(client.request("textDocument/hover", position.clone()), Ok(Value::Null), "the document is not open");
    assert_eq!(client.request("textDocument/unheardOf", json!({})).unwrap_err()["code"], -32601);
    assert_eq!(client.request("shutdown", Value::Null), Ok(Value::Null));
    assert_eq!(client.request("textDocument/hover", position).unwrap_err()["code"], -32600);
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(client.exit_code(), 0);
}

#[test]
fn messages_follow_the_locale_unless_told_otherwise() {
    let workspace = Workspace::with("packs = []\n", "");
    let uri = workspace.uri("a.md");
    let check = |name: &str, arguments: &[&str], locale: Value, expected: &str| {
        let mut client = Client::start_with(&format!("locale_{name}"), arguments);
        client.initialize_with(Some(workspace.root()), able(), json!({"locale": locale}));
        client.open(&uri, "markdown", 1, "[某人](@nobody)出席。");
        let diagnostics = client.diagnostics_of(&uri, 1);
        assert_eq!(diagnostics[0]["message"], expected, "{name}");
        assert_eq!(client.shut_down(), 0);
    };
    check("zh", &[], json!("zh-cn"), "标注 @nobody 不在词库中");
    check("en", &[], json!("en-GB"), "the annotation @nobody is in no lexicon");
    check("other", &[], json!("fr"), "标注 @nobody 不在词库中");
    check("option", &["--lang", "en"], json!("zh-cn"), "the annotation @nobody is in no lexicon");
    workspace.write("hegao.toml", "packs = []\nlang = \"en\"\n");
    check("config", &[], json!("zh-cn"), "the annotation @nobody is in no lexicon");
}

#[test]
fn a_cancelled_request_is_answered_once() {
    let workspace = Workspace::new();
    let mut client = workspace.client("cancelled", able());
    let uri = workspace.uri("a.md");
    client.open(&uri, "markdown", 1, "甲。");
    let params = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}});
    let ids: Vec<_> = (0..20).map(|_| client.send_request("textDocument/hover", params.clone())).collect();
    for id in &ids {
        client.notify("$/cancelRequest", json!({"id": id}));
    }
    for id in ids {
        match client.response(id) {
            Ok(result) => assert_eq!(result, Value::Null),
            Err(error) => assert_eq!(error["code"], -32800),
        }
    }
    assert_eq!(client.request("textDocument/hover", params), Ok(Value::Null), "the session goes on");
    assert!(!client.unread().iter().any(|message| message.get("method").is_none()), "{:?}", client.unread());
    assert_eq!(client.shut_down(), 0);
}

/// Its pipes may be held open by others after a client has died.
#[cfg(unix)]
#[test]
fn the_death_of_the_process_that_started_the_session_ends_it() {
    let workspace = Workspace::new();
    let mut client = Client::start("parent");
    let mut parent = std::process::Command::new("sleep").arg("600").spawn().unwrap();
    client.initialize_with(Some(workspace.root()), able(), json!({"processId": parent.id()}));
    parent.kill().unwrap();
    parent.wait().unwrap();
    assert_eq!(client.exit_code(), 1);
}
