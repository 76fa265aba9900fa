//! Findings in drafts that are not open.

use serde_json::{Value, json};

use crate::{
    client::Client,
    workspace::{Workspace, able, codes},
};

const SLIP: &str = "疫情要控住、经济要稳住、发展要安全。\n";

#[test]
fn unopened_drafts_are_checked_when_that_is_switched_on() {
    let workspace = Workspace::new();
    workspace.write("b.md", SLIP);
    workspace.write("c.md", "甲。\n");
    let mut client = Client::start("unopened");
    client.settings = json!({"workspaceDiagnostics": true});
    let mut capabilities = able();
    capabilities["window"] = json!({"workDoneProgress": true});
    client.initialize(Some(workspace.root()), capabilities);
    let (b, c) = (workspace.uri("b.md"), workspace.uri("c.md"));
    assert_eq!(codes(&client.diagnostics(&b, |_| true)), ["S101"]);
    client.notification("window/workDoneProgress/create", |_| true);
    client.notification("$/progress", |params| params["value"]["kind"] == "begin");
    client.notification("$/progress", |params| params["value"]["kind"] == "end");
    // An open draft is as the editor has it.
    client.open(&b, "markdown", 1, "乙。\n");
    assert_eq!(client.diagnostics_of(&b, 1), Vec::<Value>::new());
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": b}}));
    assert_eq!(codes(&client.diagnostics(&b, |params| params["diagnostics"] != json!([]))), ["S101"]);
    workspace.write("c.md", SLIP);
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": c, "type": 2}]}));
    assert_eq!(codes(&client.diagnostics(&c, |_| true)), ["S101"]);
    client.settings = json!({"workspaceDiagnostics": false});
    client.notify("workspace/didChangeConfiguration", json!({"settings": null}));
    for uri in [&b, &c] {
        assert_eq!(client.diagnostics(uri, |params| params["diagnostics"] == json!([])), Vec::<Value>::new());
    }
    assert_eq!(client.shut_down(), 0);
}
