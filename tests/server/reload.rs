//! Lexicon and configuration files that change while drafts are open.

use serde_json::{Value, json};

use crate::{
    client::Client,
    workspace::{LEXICON, Workspace, able, at, codes},
};

fn changed(client: &mut Client, uri: &str) {
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri, "type": 2}]}));
}

const DRAFT: &str = "[某人](@nobody)出席。\n";

#[test]
fn diagnostics_follow_an_edited_lexicon() {
    let workspace = Workspace::new();
    let mut client = workspace.client("lexicon_edited", able());
    let registration = client.notification("client/registerCapability", |params| {
        params["registrations"][0]["method"] == "workspace/didChangeWatchedFiles"
    });
    assert_eq!(registration["registrations"][0]["registerOptions"]["watchers"][0]["globPattern"], "**/*.toml");
    let (uri, lexicon) = (workspace.uri("a.md"), workspace.uri("lexicon/lexicon.toml"));
    client.open(&uri, "markdown", 1, DRAFT);
    assert_eq!(codes(&client.diagnostics_of(&uri, 1)), ["A101"]);
    let first = client.notification("hegao/status", |params| params["uri"] == uri);
    workspace.write("lexicon/lexicon.toml", &format!("{LEXICON}\n[[person]]\nid = \"nobody\"\nname = \"某人\"\n"));
    changed(&mut client, &lexicon);
    assert_eq!(client.diagnostics_of(&uri, 1), Vec::<Value>::new());
    let second = client.notification("hegao/status", |params| params["uri"] == uri);
    assert_ne!(first["revision"], second["revision"]);
    assert_eq!(first["counts"]["entries"].as_u64().unwrap() + 1, second["counts"]["entries"].as_u64().unwrap());
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn an_unchanged_list_is_not_sent_again_for_the_same_version() {
    let workspace = Workspace::new();
    let mut client = workspace.client("unchanged", able());
    let (uri, lexicon) = (workspace.uri("a.md"), workspace.uri("lexicon/lexicon.toml"));
    client.open(&uri, "markdown", 1, DRAFT);
    assert_eq!(codes(&client.diagnostics_of(&uri, 1)), ["A101"]);
    let first = client.notification("hegao/status", |params| params["uri"] == uri);
    workspace.write("lexicon/lexicon.toml", &format!("{LEXICON}\n[[person]]\nid = \"zhou\"\nname = \"周某\"\n"));
    changed(&mut client, &lexicon);
    // The status comes behind the list, if there is one.
    client.notification("hegao/status", |params| params["uri"] == uri && params["revision"] != first["revision"]);
    let sent_again = |message: &Value| message["method"] == "textDocument/publishDiagnostics";
    assert!(!client.unread().iter().any(sent_again), "{:?}", client.unread());
    assert_eq!(client.shut_down(), 0);
}

/// A client that can do little, and watches no files.
fn plain(test: &str, workspace: &Workspace) -> Client {
    workspace.client(test, json!({"general": {"positionEncodings": ["utf-8"]}}))
}

const NOBODY: &str = "[[person]]\nid = \"nobody\"\nname = \"某人\"\n";

#[test]
fn without_a_watching_client_the_server_watches_the_workspace() {
    let workspace = Workspace::new();
    let mut client = plain("lexicon_watched", &workspace);
    let uri = workspace.uri("a.md");
    client.open(&uri, "markdown", 1, DRAFT);
    assert_eq!(codes(&client.diagnostics_of(&uri, 1)), ["A101"]);
    let watches = |params: &Value| params["message"].as_str().unwrap().starts_with("监视 ");
    client.notification("window/logMessage", watches);
    workspace.write("lexicon/more.toml", NOBODY);
    assert_eq!(client.diagnostics_of(&uri, 1), Vec::<Value>::new(), "a file has come");
    std::fs::rename(workspace.path("lexicon/more.toml"), workspace.path("lexicon/more.txt")).unwrap();
    assert_eq!(codes(&client.diagnostics_of(&uri, 1)), ["A101"], "and gone");
    workspace.write("others/lexicon/more.toml", NOBODY);
    std::fs::rename(workspace.path("others/lexicon"), workspace.path("lexicon/inner")).unwrap();
    assert_eq!(client.diagnostics_of(&uri, 1), Vec::<Value>::new(), "a folder has come");
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_burst_of_changes_is_taken_over_at_once() {
    const CHANGES: usize = 50;
    let workspace = Workspace::with("packs = []\n", LEXICON);
    let mut client = plain("lexicon_burst", &workspace);
    let uri = workspace.uri("a.md");
    client.open(&uri, "markdown", 1, DRAFT);
    assert_eq!(codes(&client.diagnostics_of(&uri, 1)), ["A101"]);
    client.notification("window/logMessage", |params| params["message"].as_str().unwrap().starts_with("监视 "));
    for number in 0..CHANGES {
        workspace.write("lexicon/more.toml", &format!("[[person]]\nid = \"a-{number}\"\nname = \"甲某\"\n"));
    }
    workspace.write("lexicon/last.toml", NOBODY);
    assert_eq!(client.diagnostics_of(&uri, 1), Vec::<Value>::new());
    let statuses = client.unread().iter().filter(|message| message["method"] == "hegao/status");
    let mut revisions: Vec<u64> = statuses.filter_map(|message| message["params"]["revision"].as_u64()).collect();
    revisions.sort_unstable();
    revisions.dedup();
    assert!(revisions.len() < CHANGES / 2, "{revisions:?}");
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn what_nobody_watches_is_looked_at() {
    let (workspace, elsewhere) = (Workspace::new(), Workspace::new());
    let mut client = plain("lexicon_polled", &workspace);
    let uri = elsewhere.uri("a.md");
    client.open(&uri, "markdown", 1, DRAFT);
    assert_eq!(codes(&client.diagnostics_of(&uri, 1)), ["A101"]);
    elsewhere.write("lexicon/more.toml", NOBODY);
    assert_eq!(client.diagnostics_of(&uri, 1), Vec::<Value>::new());
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_broken_lexicon_is_reported_where_it_is_broken_and_the_rest_stays_in_force() {
    let workspace = Workspace::new();
    workspace.write("lexicon/more.toml", "[[person]]\nid = \"nobody\"\nname = \"某人\"\n");
    let mut client = workspace.client("lexicon_broken", able());
    let (uri, lexicon, more) =
        (workspace.uri("a.md"), workspace.uri("lexicon/lexicon.toml"), workspace.uri("lexicon/more.toml"));
    client.open(&uri, "markdown", 1, DRAFT);
    assert_eq!(client.diagnostics_of(&uri, 1), Vec::<Value>::new());
    workspace.write("lexicon/lexicon.toml", "# 注\n[[person]]\nid = \"b\"\nnom = \"乙\"\n");
    changed(&mut client, &lexicon);
    let problems = client.diagnostics(&lexicon, |_| true);
    assert!(codes(&problems).contains(&"X108"), "{problems:?}");
    assert_eq!(problems[0]["severity"], 1);
    assert!(problems.iter().any(|problem| problem["range"]["start"] == at(3, 0)), "{problems:?}");
    let shown = client.notification("window/showMessage", |_| true);
    assert!(shown["message"].as_str().unwrap().contains("lexicon.toml:"), "{shown}");
    workspace.write("lexicon/more.toml", "");
    changed(&mut client, &more);
    assert_eq!(codes(&client.diagnostics_of(&uri, 1)), ["A101"], "the sound files still count");
    workspace.write("lexicon/lexicon.toml", LEXICON);
    changed(&mut client, &lexicon);
    assert_eq!(client.diagnostics(&lexicon, |_| true), Vec::<Value>::new(), "cleared when mended");
    assert!(
        !client.unread().iter().any(|message| message["method"] == "window/showMessage"),
        "shown once: {:?}",
        client.unread()
    );
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn the_last_good_configuration_stays_in_force_while_the_file_is_broken() {
    let workspace = Workspace::with("packs = []\n[rules]\nA101 = \"hint\"\n", "");
    let mut client = workspace.client("config_broken", able());
    let (uri, config) = (workspace.uri("a.md"), workspace.uri("hegao.toml"));
    client.open(&uri, "markdown", 1, DRAFT);
    assert_eq!(client.diagnostics_of(&uri, 1)[0]["severity"], 4);
    workspace.write("hegao.toml", "packs = []\n[rules]\nA101 = \"hin");
    changed(&mut client, &config);
    let problems = client.diagnostics(&config, |_| true);
    assert_eq!(problems[0]["range"]["start"]["line"], 2);
    client.change(&uri, 2, json!([{"text": DRAFT}]));
    assert_eq!(client.diagnostics_of(&uri, 2)[0]["severity"], 4, "as before");
    workspace.write("hegao.toml", "packs = []\n[rules]\nA101 = \"warning\"\n");
    changed(&mut client, &config);
    assert_eq!(client.diagnostics(&config, |_| true), Vec::<Value>::new());
    assert_eq!(client.diagnostics_of(&uri, 2)[0]["severity"], 2);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn the_nearest_configuration_is_in_force() {
    let workspace = Workspace::with("packs = []\n[rules]\nA101 = \"hint\"\n", "");
    let mut client = workspace.client("config_nearest", able());
    let uri = workspace.uri("inner/deep/a.md");
    client.open(&uri, "markdown", 1, DRAFT);
    assert_eq!(client.diagnostics_of(&uri, 1)[0]["severity"], 4);
    workspace.write("inner/hegao.toml", "packs = []\n[rules]\nA101 = \"warning\"\n");
    changed(&mut client, &workspace.uri("inner/hegao.toml"));
    assert_eq!(client.diagnostics_of(&uri, 1)[0]["severity"], 2, "a nearer file has come");
    std::fs::remove_file(workspace.path("inner/hegao.toml")).unwrap();
    changed(&mut client, &workspace.uri("inner/hegao.toml"));
    assert_eq!(client.diagnostics_of(&uri, 1)[0]["severity"], 4, "and gone");
    assert_eq!(client.shut_down(), 0);
}
