//! Lexicon files and hegao.toml while they are edited: what is in force, and what is wrong.

use serde_json::{Value, json};

use crate::{
    client::Client,
    workspace::{LEXICON, Workspace, able, codes, covered, place_of},
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
    let mut client = workspace.client("lexicon_fix", able());
    let mut check = |name: &str, text: &str, code: &str, new: &str| {
        workspace.write(name, text);
        let uri = workspace.uri(name);
        client.open(&uri, "toml", 1, text);
        let problems = client.diagnostics(&uri, |params| params["diagnostics"] != json!([]));
        assert_eq!(codes(&problems)[0], code);
        let params =
            json!({"textDocument": {"uri": uri}, "range": problems[0]["range"], "context": {"diagnostics": problems}});
        let actions = client.request("textDocument/codeAction", params).unwrap();
        assert_eq!(actions[0]["isPreferred"], true);
        assert_eq!(actions[0]["edit"]["documentChanges"][0]["edits"][0]["newText"], new);
    };
    let person = "[[person]]\nid = \"li-wei\"\nname = \"李伟\"\ngendre = \"male\"\n";
    check("lexicon/a.toml", person, "X108", "gender");
    check("hegao.toml", "packs = []\nhom = \"220000\"\n", "X109", "home");
    assert_eq!(client.shut_down(), 0);
}

/// Opens a file with a fault and then mends it; the code, place and severity of what is shown meanwhile.
#[track_caller]
fn check_open(test: &str, name: &str, language: &str, text: &str, shown: &[(&str, &str)], mended: (&str, &str)) {
    let workspace = Workspace::with("packs = []\n", "");
    workspace.write(name, text);
    let mut client = workspace.client(test, able());
    let uri = workspace.uri(name);
    client.open(&uri, language, 1, text);
    let problems = client.diagnostics(&uri, |params| params["diagnostics"].as_array().unwrap().len() >= shown.len());
    let found: Vec<(&str, &str)> = problems
        .iter()
        .map(|problem| (problem["code"].as_str().unwrap(), covered(text, &problem["range"])))
        .filter(|(code, _)| *code != "X107")
        .collect();
    assert_eq!(found, shown, "{problems:#?}");
    replace(&mut client, &uri, 2, &text.replace(mended.0, mended.1));
    let errors = |params: &Value| params["diagnostics"].as_array().unwrap().iter().any(|d| d["severity"] == 1);
    client.diagnostics(&uri, |params| !errors(params));
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn an_open_table_shows_its_faults_row_by_row_as_it_is_edited() {
    check_open(
        "table_open",
        "lexicon/people.csv",
        "csv",
        "id,name,gender,sources\nli-wei,李伟,man,通稿\n\"lin-yiming\",\"林\n一鸣\",male,通稿\nLi Wei,李薇,female,通稿\n",
        &[("X109", "li-wei,李伟,man,通稿\n"), ("X109", "Li Wei,李薇,female,通稿\n")],
        ("man,通稿\n\"lin-yiming\",\"林\n一鸣\",male,通稿\nLi Wei", "male,通稿\nli-wei-2"),
    );
}

#[test]
fn an_open_hegao_toml_shows_its_faults_as_it_is_edited() {
    let sound = "packs = []\nhome = \"220000\"\n[rules]\nP501 = \"off\"\n";
    let check = |test: &str, right: &str, wrong: &str, code: &str| {
        check_open(test, "hegao.toml", "toml", &sound.replace(right, wrong), &[(code, wrong)], (wrong, right));
    };
    check("config_open_key", "home", "hom", "X109");
    check("config_open_rule", "P501", "P999", "X108");
    check("config_open_level", "\"off\"", "\"of\"", "X109");
}

/// A problem of this code in `lexicon/b.toml` or `lexicon/a.toml` leads to the entry in the other file.
#[track_caller]
fn check_related(test: &str, code: &str, [a, b]: [&str; 2], shown_in: &str, other: &str, line: usize) {
    let workspace = Workspace::with("packs = [\"divisions\"]\nhome = \"220000\"\n", "");
    workspace.write("lexicon/a.toml", a);
    workspace.write("lexicon/b.toml", b);
    let mut client = workspace.client(test, able());
    let uri = workspace.uri(shown_in);
    client.open(&uri, "toml", 1, if shown_in.ends_with("a.toml") { a } else { b });
    let problems = client.diagnostics(&uri, |params| codes(params["diagnostics"].as_array().unwrap()).contains(&code));
    let problem = problems.iter().find(|problem| problem["code"] == code).unwrap();
    let related = problem["relatedInformation"].as_array().unwrap();
    assert_eq!(related.len(), 1, "{problem:#?}");
    assert_eq!(related[0]["location"]["uri"], workspace.uri(other));
    assert_eq!(related[0]["location"]["range"]["start"]["line"], line);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn what_two_entries_have_in_common_leads_to_the_other_entry() {
    let person = |id: &str, name: &str, start: &str| {
        format!(
            "# 名单\n[[person]]\nid = \"{id}\"\nname = \"{name}\"\nsources = [\"通稿\"]\n[[person.post]]\ntitle = \"吉林省委统战部部长\"\nplace = \"220000\"\nstart = \"{start}\"\n"
        )
    };
    let (lin, gao) = (person("lin-yiming", "林一鸣", "2021-05-10"), person("gao-yuanshan", "高远山", "2022-06-24"));
    check_related("related_post", "X104", [&lin, &gao], "lexicon/a.toml", "lexicon/b.toml", 1);
    let archive = |id: &str, name: &str| {
        format!(
            "\n\n[[organization]]\nid = \"{id}\"\nname = \"{name}\"\nshort = [\"省示例馆\"]\nsources = [\"官网\"]\n"
        )
    };
    let (a, b) = (archive("archives", "吉林省示例档案馆"), archive("film", "吉林省示例电影馆"));
    check_related("related_form", "X106", [&a, &b], "lexicon/b.toml", "lexicon/a.toml", 2);
}

#[test]
fn a_table_that_breaks_on_disk_keeps_its_last_sound_version_and_the_other_files_are_read() {
    let workspace = Workspace::with("packs = []\n", "");
    let table = "id,name\nlin-yiming,林一鸣\n";
    workspace.write("lexicon/people.csv", table);
    workspace.write("lexicon/terms.csv", "id,preferred\nterm,农民工\n");
    let mut client = workspace.client("table_last_good", able());
    let (uri, people) = (workspace.uri("a.md"), workspace.uri("lexicon/people.csv"));
    client.open(&uri, "markdown", 1, "[林一鸣](@lin-yiming)、[某人](@nobody)、[农民工](@term)。\n");
    assert_eq!(codes(&client.diagnostics_of(&uri, 1)), ["A101"]);
    workspace.write("lexicon/people.csv", "id,name\nlin-yiming,\n");
    workspace.write("lexicon/more.toml", NOBODY);
    let change = |uri: &str| json!({"uri": uri, "type": 2});
    let changes = json!([change(&people), change(&workspace.uri("lexicon/more.toml"))]);
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": changes}));
    let problems = client.diagnostics(&people, |params| params["diagnostics"] != json!([]));
    assert_eq!(codes(&problems)[0], "X109", "{problems:#?}");
    let says = |problem: &Value| problem["message"].as_str().unwrap().contains("上一个无误的版本");
    assert!(problems.iter().any(says), "{problems:#?}");
    let shown = client.notification("window/showMessage", |_| true);
    assert!(shown["message"].as_str().unwrap().contains("people.csv"), "{shown}");
    assert_eq!(client.diagnostics_of(&uri, 1), Vec::<Value>::new(), "the new file is read, the old table in force");
    workspace.write("lexicon/people.csv", table);
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [change(&people)]}));
    assert_eq!(client.diagnostics(&people, |_| true), Vec::<Value>::new());
    assert_eq!(client.shut_down(), 0);
}
