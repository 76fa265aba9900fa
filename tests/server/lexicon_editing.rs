//! Lexicon files and hegao.toml while they are edited: what is in force, and what is wrong.

use serde_json::{Value, json};

use crate::{
    client::Client,
    workspace::{LEXICON, Workspace, able, codes, place_of},
};

const DRAFT: &str = "[某人](@nobody)出席。\n";
const NOBODY: &str = "\n[[person]]\nid = \"nobody\"\nname = \"某人\"\n";

fn replace(client: &mut Client, uri: &str, version: i64, text: &str) {
    client.change(uri, version, json!([{"text": text}]));
}

#[test]
fn the_text_in_the_editor_counts_and_the_disk_again_after_closing() {
    let workspace = Workspace::new();
    let mut client = workspace.client("lexicon_overlay", able());
    let (uri, lexicon) = (workspace.uri("a.md"), workspace.uri("lexicon/lexicon.toml"));
    client.open(&uri, "markdown", 1, DRAFT);
    assert_eq!(codes(&client.diagnostics_of(&uri, 1)), ["A101"]);
    client.open(&lexicon, "toml", 1, LEXICON);
    replace(&mut client, &lexicon, 2, &format!("{LEXICON}{NOBODY}"));
    assert_eq!(client.diagnostics_of(&uri, 1), Vec::<Value>::new());
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": lexicon}}));
    assert_eq!(codes(&client.diagnostics_of(&uri, 1)), ["A101"]);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_broken_file_keeps_its_last_sound_version_and_says_so() {
    let workspace = Workspace::with("packs = []\n", NOBODY);
    workspace.write("lexicon/more.csv", "kind,id,name\nperson,lin-yiming,林一鸣\n");
    let mut client = workspace.client("lexicon_last_good", able());
    let (uri, lexicon) = (workspace.uri("a.md"), workspace.uri("lexicon/lexicon.toml"));
    let text = "[某人](@nobody)、[林一鸣](@lin-yiming)出席。\n";
    client.open(&uri, "markdown", 1, text);
    assert_eq!(client.diagnostics_of(&uri, 1), Vec::<Value>::new());
    client.open(&lexicon, "toml", 1, NOBODY);
    replace(&mut client, &lexicon, 2, "\n[[person]]\nid = \"nobody\"\nname = \"某人\n");
    let problems =
        client.diagnostics(&lexicon, |params| codes(params["diagnostics"].as_array().unwrap()).contains(&"X110"));
    assert!(
        problems.iter().any(|problem| problem["message"].as_str().unwrap().contains("上一个无误的版本")),
        "{problems:#?}"
    );
    let logged = client
        .notification("window/logMessage", |params| params["message"].as_str().unwrap().contains("上一个无误的版本"));
    assert!(logged["message"].as_str().unwrap().contains("lexicon.toml"), "{logged}");
    replace(&mut client, &uri, 2, text);
    assert_eq!(client.diagnostics_of(&uri, 2), Vec::<Value>::new(), "both files are in force");
    replace(&mut client, &lexicon, 3, "");
    assert_eq!(client.diagnostics(&lexicon, |_| true), Vec::<Value>::new());
    assert_eq!(codes(&client.diagnostics_of(&uri, 2)), ["A101"], "an emptied file is sound");
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn an_open_hegao_toml_counts_and_keeps_its_last_sound_version() {
    let config = "packs = []\n[rules]\nA101 = \"hint\"\n";
    let workspace = Workspace::with(config, "");
    let mut client = workspace.client("config_overlay", able());
    let (uri, path) = (workspace.uri("a.md"), workspace.uri("hegao.toml"));
    client.open(&uri, "markdown", 1, DRAFT);
    assert_eq!(client.diagnostics_of(&uri, 1)[0]["severity"], 4);
    client.open(&path, "toml", 1, config);
    replace(&mut client, &path, 2, &config.replace("hint", "warning"));
    assert_eq!(client.diagnostics_of(&uri, 1)[0]["severity"], 2);
    replace(&mut client, &path, 3, &config.replace("hint", "warming"));
    let problems = client.diagnostics(&path, |params| params["diagnostics"] != json!([]));
    assert_eq!(problems[0]["code"], "X109");
    replace(&mut client, &uri, 2, DRAFT);
    assert_eq!(client.diagnostics_of(&uri, 2)[0]["severity"], 2, "as before");
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn an_open_file_shows_what_is_doubtful_with_the_other_place() {
    let workspace = Workspace::with("packs = []\n", "");
    workspace.write("lexicon/a.toml", "[[person]]\nid = \"li-wei\"\nname = \"李伟\"\nsources = [\"通稿\"]\n");
    let mut client = workspace.client("lexicon_audit", able());
    let uri = workspace.uri("lexicon/b.toml");
    let text = "[[person]]\nid = \"li-wei\"\nname = \"李薇\"\n\n[[precedence]]\nid = \"order\"\npeople = [\"li-we\"]\nsources = [\"通稿\"]\n";
    workspace.write("lexicon/b.toml", text);
    client.open(&uri, "toml", 1, text);
    let problems =
        client.diagnostics(&uri, |params| codes(params["diagnostics"].as_array().unwrap()).contains(&"X102"));
    assert_eq!(codes(&problems), ["X101", "X102"]);
    let related = &problems[0]["relatedInformation"][0]["location"];
    assert_eq!(related["uri"], workspace.uri("lexicon/a.toml"));
    assert_eq!(problems[1]["range"]["start"], place_of(text, "\"li-we\"]"));
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    let closed = client.diagnostics(&uri, |_| true);
    assert_eq!(codes(&closed), ["X101"], "what is doubtful is shown in open files");
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_misspelt_key_has_a_quick_fix() {
    let workspace = Workspace::with("packs = []\n", "");
    let text = "[[person]]\nid = \"li-wei\"\nname = \"李伟\"\ngendre = \"male\"\n";
    workspace.write("lexicon/a.toml", text);
    let mut client = workspace.client("lexicon_fix", able());
    let uri = workspace.uri("lexicon/a.toml");
    client.open(&uri, "toml", 1, text);
    let problems = client.diagnostics(&uri, |params| params["diagnostics"] != json!([]));
    assert_eq!(codes(&problems), ["X108"]);
    let params =
        json!({"textDocument": {"uri": uri}, "range": problems[0]["range"], "context": {"diagnostics": problems}});
    let actions = client.request("textDocument/codeAction", params).unwrap();
    assert_eq!(actions[0]["isPreferred"], true);
    assert_eq!(actions[0]["edit"]["documentChanges"][0]["edits"][0]["newText"], "gender");
    assert_eq!(client.shut_down(), 0);
}
