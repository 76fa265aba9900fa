//! Code actions and commands.

use serde_json::{Value, json};

use crate::{
    client::Client,
    workspace::{Workspace, able, codes, range},
};

/// The actions at the place of a diagnostic.
fn actions(client: &mut Client, uri: &str, diagnostic: &Value, only: Value) -> Vec<Value> {
    let mut context = json!({"diagnostics": [diagnostic]});
    if !only.is_null() {
        context["only"] = only;
    }
    let params = json!({"textDocument": {"uri": uri}, "range": diagnostic["range"], "context": context});
    client.request("textDocument/codeAction", params).unwrap().as_array().unwrap().clone()
}

/// `text` after the edits of an action, which must be for this version.
fn apply(text: &str, action: &Value, uri: &str, version: i64) -> String {
    let change = &action["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": uri, "version": version}));
    let offset = |at: &Value| {
        let line = at["line"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        start + at["character"].as_u64().unwrap() as usize
    };
    let mut edits: Vec<_> = change["edits"].as_array().unwrap().iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(offset(&edit["range"]["start"])));
    let mut text = text.to_owned();
    for edit in edits {
        let (start, end) = (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]));
        text.replace_range(start..end, edit["newText"].as_str().unwrap());
    }
    text
}

#[test]
fn each_quick_fix_makes_the_draft_clean() {
    let workspace = Workspace::new();
    let mut client = workspace.client("fixes", able());
    let uri = workspace.uri("a.md");
    let text = "甲。\n\n[林一鸣](@lin-yimin)出席。\n";
    client.open(&uri, "markdown", 1, text);
    let diagnostics = client.diagnostics_of(&uri, 1);
    assert_eq!(codes(&diagnostics), ["A101"]);
    let actions = actions(&mut client, &uri, &diagnostics[0], json!(["quickfix"]));
    let titles: Vec<_> = actions.iter().map(|action| action["title"].as_str().unwrap()).collect();
    assert_eq!(
        titles,
        ["改为 @lin-yiming", "去掉标注", "忽略此处（A101）", "在本稿中忽略 A101", "在 hegao.toml 中保留此处"]
    );
    let preferred: Vec<_> = actions.iter().map(|action| action["isPreferred"] == true).collect();
    assert_eq!(preferred, [true, false, false, false, false], "one is preferred");
    let mut version = 1;
    // The last one is about hegao.toml.
    let waiver = &actions[4]["edit"]["documentChanges"][0];
    assert_eq!(waiver["textDocument"], json!({"uri": workspace.uri("hegao.toml"), "version": null}));
    assert!(waiver["edits"][0]["newText"].as_str().unwrap().contains("[[waiver]]\nrule = \"A101\"\ntext = "));
    for action in &actions[..4] {
        assert_eq!(action["kind"], "quickfix");
        assert_eq!(action["diagnostics"], json!([diagnostics[0]]));
        let fixed = apply(text, action, &uri, 1);
        assert_ne!(fixed, text);
        version += 1;
        client.change(&uri, version, json!([{"text": fixed}]));
        assert_eq!(client.diagnostics_of(&uri, version), Vec::<Value>::new(), "{fixed}");
    }
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn actions_are_those_of_the_text_as_it_is() {
    let workspace = Workspace::new();
    let mut client = workspace.client("fixes_at_once", able());
    let uri = workspace.uri("a.md");
    client.open(&uri, "markdown", 1, "[某人](@nobody)。\n");
    let diagnostics = client.diagnostics_of(&uri, 1);
    let everywhere = range(json!({"line": 0, "character": 0}), json!({"line": 9, "character": 0}));
    client.change(&uri, 2, json!([{"text": "乙。[某人](@nobody)。\n"}]));
    // Asked for before the new version was published.
    let context = json!({"diagnostics": diagnostics, "only": ["quickfix"]});
    let params = json!({"textDocument": {"uri": uri}, "range": everywhere, "context": context});
    let actions = client.request("textDocument/codeAction", params).unwrap();
    let removed = apply("乙。[某人](@nobody)。\n", &actions[0], &uri, 2);
    assert_eq!(removed, "乙。某人。\n");
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn only_what_is_asked_for_is_offered() {
    let workspace = Workspace::new();
    let mut client = workspace.client("only", able());
    let uri = workspace.uri("a.md");
    client.open(&uri, "markdown", 1, "[某人](@nobody)，疫情要控住、经济要稳住、发展要安全。\n");
    let diagnostics = client.diagnostics_of(&uri, 1);
    let mut kinds = |only: Value| {
        let actions = actions(&mut client, &uri, &diagnostics[0], only);
        let mut kinds: Vec<_> = actions.iter().map(|action| action["kind"].as_str().unwrap().to_owned()).collect();
        kinds.dedup();
        kinds
    };
    assert_eq!(kinds(json!(["refactor"])), Vec::<String>::new());
    assert_eq!(kinds(json!(["quickfix"])), ["quickfix"]);
    assert_eq!(kinds(json!(["source.fixAll"])), ["source.fixAll.hegao"]);
    assert_eq!(kinds(Value::Null), ["quickfix", "source.fixAll.hegao"]);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn fixing_all_applies_every_safe_fix() {
    let workspace = Workspace::new();
    let mut client = workspace.client("fix_all", able());
    let uri = workspace.uri("a.md");
    let text = "疫情要控住、经济要稳住、发展要安全。\n\n要做到疫情要控住、经济要稳住、发展要安全。\n";
    client.open(&uri, "markdown", 1, text);
    let diagnostics = client.diagnostics_of(&uri, 1);
    assert_eq!(codes(&diagnostics), ["S101", "S101"]);
    let actions = actions(&mut client, &uri, &diagnostics[0], json!(["source.fixAll.hegao"]));
    assert_eq!(actions.len(), 1);
    let fixed = apply(text, &actions[0], &uri, 1);
    assert_eq!(fixed, text.replace("控住", "防住"));
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_client_without_versioned_edits_gets_plain_changes() {
    let workspace = Workspace::new();
    let mut capabilities = able();
    capabilities["workspace"]["workspaceEdit"] = json!({});
    let mut client = workspace.client("fixes_plain", capabilities);
    let uri = workspace.uri("a.md");
    client.open(&uri, "markdown", 1, "[某人](@nobody)。\n");
    let diagnostics = client.diagnostics_of(&uri, 1);
    let actions = actions(&mut client, &uri, &diagnostics[0], Value::Null);
    assert_eq!(actions[0]["edit"]["changes"][&uri][0]["newText"], "某人");
    assert_eq!(actions[0]["edit"].get("documentChanges"), None);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn the_as_of_command_wins_over_settings_and_drafts() {
    let workspace = Workspace::new();
    let mut client = Client::start("as_of");
    client.settings = json!({"asOf": "2021-12-31"});
    client.initialize(Some(workspace.root()), able());
    let uri = workspace.uri("a.md");
    let mut revision = None;
    let mut status = |client: &mut Client, as_of: &str, origin: &str| {
        let status = client.notification("hegao/status", |params| {
            params["uri"] == uri && params["asOf"] == as_of && params["origin"] == origin
        });
        assert!(status["revision"].is_u64() && status["counts"]["error"].is_u64(), "{status}");
        assert_eq!(status["revision"], *revision.get_or_insert_with(|| status["revision"].clone()), "{status}");
        status["counts"]["error"].as_u64().unwrap()
    };
    client.open(&uri, "markdown", 1, "---\ndate: 2022-07-10\n---\n省教育厅厅长林一鸣出席会议。\n");
    assert_eq!(status(&mut client, "2021-12-31", "option"), 0, "the setting wins over the draft");
    let command = |client: &mut Client, argument: Value| {
        client.request("workspace/executeCommand", json!({"command": "hegao.setAsOf", "arguments": [argument]}))
    };
    client.forget_unread();
    // The lexicon is not looked at again for another day.
    std::fs::remove_file(workspace.path("lexicon/lexicon.toml")).unwrap();
    assert_eq!(command(&mut client, json!("2022-07-10")), Ok(Value::Null));
    assert_eq!(status(&mut client, "2022-07-10", "option"), 1, "the command wins over the setting");
    assert_eq!(codes(&client.diagnostics(&uri, |params| params["diagnostics"] != json!([]))), ["P202"]);
    assert_eq!(command(&mut client, json!("tomorrow")).unwrap_err()["code"], -32602);
    assert_eq!(command(&mut client, Value::Null), Ok(Value::Null));
    assert_eq!(status(&mut client, "2021-12-31", "option"), 0);
    client.forget_unread();
    client.settings = Value::Null;
    client.notify("workspace/didChangeConfiguration", json!({"settings": null}));
    assert_eq!(status(&mut client, "2022-07-10", "front-matter"), 1);
    let unknown = client.request("workspace/executeCommand", json!({"command": "hegao.unheardOf"}));
    assert_eq!(unknown.unwrap_err()["code"], -32602);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn all_findings_of_a_rule_are_fixed_at_once_and_an_ambiguous_name_is_annotated() {
    let workspace = Workspace::new();
    let mut client = workspace.client("fix_rule", able());
    let uri = workspace.uri("a.md");
    let text = "疫情要控住、经济要稳住、发展要安全。赵敏出席。\n\n要做到疫情要控住、经济要稳住、发展要安全。\n";
    client.open(&uri, "markdown", 1, text);
    let diagnostics = client.diagnostics_of(&uri, 1);
    let found = actions(&mut client, &uri, &diagnostics[0], json!(["quickfix"]));
    let all = found.iter().find(|action| action["title"] == "改正全部 2 处 S101").unwrap();
    assert_eq!(apply(text, all, &uri, 1), text.replace("控住", "防住"));
    let place = crate::workspace::place_of(text, "赵敏");
    let params = json!({
        "textDocument": {"uri": uri},
        "range": range(place.clone(), place),
        "context": {"diagnostics": [], "only": ["refactor"]},
    });
    let found = client.request("textDocument/codeAction", params).unwrap();
    let annotated: Vec<_> = found.as_array().unwrap().iter().map(|action| apply(text, action, &uri, 1)).collect();
    assert_eq!(annotated, ["[赵敏](@zhao-min-a)", "[赵敏](@zhao-min-b)"].map(|words| text.replacen("赵敏", words, 1)));
    assert_eq!(client.shut_down(), 0);
}

/// The titles of actions and whether they can be carried out.
fn titles(actions: &[Value]) -> Vec<(&str, bool)> {
    actions.iter().map(|action| (action["title"].as_str().unwrap(), action.get("disabled").is_none())).collect()
}

/// Asks for the actions of a kind at the first occurrence of `words`.
fn actions_at(client: &mut Client, uri: &str, text: &str, words: &str, kind: &str) -> Vec<Value> {
    let place = crate::workspace::place_of(text, words);
    let context = json!({"diagnostics": [], "only": [kind]});
    let params = json!({"textDocument": {"uri": uri}, "range": range(place.clone(), place), "context": context});
    client.request("textDocument/codeAction", params).unwrap().as_array().unwrap().clone()
}

#[test]
fn the_edit_comes_with_resolve_where_the_client_asks_for_it() {
    let workspace = Workspace::new();
    let mut capabilities = able();
    capabilities["textDocument"]["codeAction"]["resolveSupport"] = json!({"properties": ["edit"]});
    let mut client = Client::start("resolve");
    let initialized = client.initialize(Some(workspace.root()), capabilities);
    assert_eq!(initialized["capabilities"]["codeActionProvider"]["resolveProvider"], true);
    let uri = workspace.uri("a.md");
    let text = "疫情要控住、经济要稳住、发展要安全。\n";
    client.open(&uri, "markdown", 1, text);
    let diagnostics = client.diagnostics_of(&uri, 1);
    for only in [Value::Null, json!(["source.fixAll"])] {
        let found = actions(&mut client, &uri, &diagnostics[0], only);
        assert!(found.iter().all(|action| action.get("edit").is_none() && action["data"].is_object()), "{found:#?}");
        let chosen = if found.len() == 1 { &found[0] } else { &found[found.len() - 1] };
        assert_eq!(chosen["kind"], "source.fixAll.hegao");
        for action in [chosen, &found[0]] {
            let resolved = client.request("codeAction/resolve", action.clone()).unwrap();
            assert_eq!(resolved["title"], action["title"]);
            assert_eq!(apply(text, &resolved, &uri, 1), text.replace("控住", "防住"));
        }
    }
    let outdated = actions(&mut client, &uri, &diagnostics[0], json!(["quickfix"]));
    client.change(&uri, 2, json!([{"text": "甲。\n"}]));
    assert_eq!(client.request("codeAction/resolve", outdated[0].clone()).unwrap_err()["code"], -32801);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn the_edit_comes_at_once_unless_the_client_can_resolve_it() {
    let workspace = Workspace::new();
    let check = |test: &str, properties: Value, keeps_data: bool| {
        let mut capabilities = able();
        capabilities["textDocument"]["codeAction"]["resolveSupport"] = json!({"properties": properties});
        capabilities["textDocument"]["codeAction"]["dataSupport"] = json!(keeps_data);
        let mut client = Client::start(test);
        let initialized = client.initialize(Some(workspace.root()), capabilities);
        assert_eq!(initialized["capabilities"]["codeActionProvider"]["resolveProvider"], false);
        let uri = workspace.uri("a.md");
        client.open(&uri, "markdown", 1, "疫情要控住、经济要稳住、发展要安全。\n");
        let diagnostics = client.diagnostics_of(&uri, 1);
        let found = actions(&mut client, &uri, &diagnostics[0], json!(["source.fixAll"]));
        assert!(found[0]["edit"].is_object() && found[0].get("data").is_none(), "{found:#?}");
        assert_eq!(client.shut_down(), 0);
    };
    check("resolve_commands_only", json!(["command"]), true);
    check("resolve_without_data", json!(["edit"]), false);
}

#[test]
fn what_cannot_be_written_is_disabled_with_the_reason() {
    let check = |test: &str, takes_disabled: bool, prepare: &dyn Fn(&Workspace, &mut Client), reason: Option<&str>| {
        let workspace = Workspace::new();
        let mut capabilities = able();
        capabilities["textDocument"]["codeAction"]["disabledSupport"] = json!(takes_disabled);
        let mut client = workspace.client(test, capabilities);
        let uri = workspace.uri("a.md");
        client.open(&uri, "markdown", 1, "[老林](@lin-yiming)出席。\n");
        client.diagnostics_of(&uri, 1);
        prepare(&workspace, &mut client);
        client.change(&uri, 2, json!([{"text": "[老林](@lin-yiming)出席会议。\n"}]));
        let diagnostics = client.diagnostics_of(&uri, 2);
        assert_eq!(codes(&diagnostics), ["A102"]);
        let found = actions(&mut client, &uri, &diagnostics[0], json!(["quickfix"]));
        let adding = found.iter().find(|action| action["title"] == "把“老林”加为林一鸣的别名");
        match (reason, takes_disabled) {
            (None, _) => assert!(adding.unwrap()["command"].is_object(), "{found:#?}"),
            (Some(_), false) => assert_eq!(adding, None),
            (Some(reason), true) => {
                let adding = adding.unwrap_or_else(|| panic!("{:?}", titles(&found)));
                let told = adding["disabled"]["reason"].as_str().unwrap();
                assert!(told.contains(reason) && told.contains("lexicon.toml"), "{told}");
                assert!(adding.get("command").is_none() && adding.get("edit").is_none(), "{adding}");
            }
        }
        assert_eq!(client.shut_down(), 0);
    };
    let nothing: &dyn Fn(&Workspace, &mut Client) = &|_, _| {};
    let unsaved: &dyn Fn(&Workspace, &mut Client) = &|workspace, client| {
        let text = format!("{}# 注\n", crate::workspace::LEXICON);
        client.open(&workspace.uri("lexicon/lexicon.toml"), "toml", 1, &text);
    };
    let read_only: &dyn Fn(&Workspace, &mut Client) = &|workspace, _| {
        let path = workspace.path("lexicon/lexicon.toml");
        let mut permissions = std::fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&path, permissions).unwrap();
    };
    check("disabled_not", true, nothing, None);
    check("disabled_unsaved", true, unsaved, Some("未保存"));
    check("disabled_read_only", true, read_only, Some("只读"));
    check("disabled_unknown", false, unsaved, Some("未保存"));
}

#[test]
fn a_waiver_is_disabled_while_the_configuration_is_not_saved() {
    let workspace = Workspace::with("packs = []\n", "");
    let mut capabilities = able();
    capabilities["textDocument"]["codeAction"]["disabledSupport"] = json!(true);
    let mut client = workspace.client("disabled_waiver", capabilities);
    let uri = workspace.uri("a.md");
    client.open(&uri, "markdown", 1, "[某人](@nobody)出席。\n");
    let diagnostics = client.diagnostics_of(&uri, 1);
    client.open(&workspace.uri("hegao.toml"), "toml", 1, "packs = []\n");
    let waiver = |client: &mut Client| {
        let found = actions(client, &uri, &diagnostics[0], json!(["quickfix"]));
        found.iter().find(|action| action["title"] == "在 hegao.toml 中保留此处").unwrap().clone()
    };
    assert!(waiver(&mut client)["edit"].is_object());
    // A change that is not taken over yet: the edit would be for another text.
    client.change(&workspace.uri("hegao.toml"), 2, json!([{"text": "packs = []\n[rules"}]));
    assert!(waiver(&mut client)["disabled"]["reason"].as_str().unwrap().contains("未保存"));
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn the_post_of_a_known_person_is_written_out_or_shortened() {
    let workspace = Workspace::new();
    let mut client = workspace.client("reword_post", able());
    let uri = workspace.uri("a.md");
    let mut version = 0;
    let mut check = |text: &str, words: &str, expected: &[&str]| {
        version += 1;
        if version == 1 {
            client.open(&uri, "markdown", version, text);
        } else {
            client.change(&uri, version, json!([{"text": text}]));
        }
        let found = actions_at(&mut client, &uri, text, words, "refactor.rewrite");
        let reworded: Vec<_> = found.iter().map(|action| apply(text, action, &uri, version)).collect();
        assert_eq!(reworded, expected, "{:?}", titles(&found));
    };
    let (full, local, short) =
        ("吉林省委宣传部部长林一鸣出席。", "省委宣传部部长林一鸣出席。", "省委宣传部长林一鸣出席。");
    check(full, "宣传", &[short]);
    check(local, "宣传", &[full, short]);
    check(short, "宣传", &[full]);
    check("部长林一鸣出席。", "部长", &["吉林省委宣传部部长林一鸣出席。"]);
    // The place of an action is the post, not the name.
    check(local, "一鸣", &[]);
    // Not held that day, held by somebody else, said of another time, or of one that is not known for certain.
    check("省教育厅厅长林一鸣出席。", "教育", &[]);
    check("省委组织部部长林一鸣出席。", "组织", &[]);
    check("时任省委宣传部部长林一鸣出席。", "宣传", &[]);
    check("副市长赵敏出席。", "副市长", &[]);
    check("省委宣传部部长王某某出席。", "宣传", &[]);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_misplaced_former_is_put_right_and_a_missing_one_added() {
    let config = "as_of = \"2022-07-10\"\nhome = \"220000\"\npacks = [\"divisions\"]\n";
    let lexicon = "[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\n[[person.post]]\ntitle = \"吉林省委宣传部部长\"\n\
                   place = \"220000\"\nend = \"2020-03-02\"\n";
    let workspace = Workspace::with(config, lexicon);
    let mut client = workspace.client("former", able());
    let check = |client: &mut Client, name: &str, code: &str, text: &str, expected: &str| {
        let uri = workspace.uri(name);
        client.open(&uri, "markdown", 1, text);
        let diagnostics = client.diagnostics_of(&uri, 1);
        assert_eq!(codes(&diagnostics), [code]);
        let found = actions(client, &uri, &diagnostics[0], json!(["quickfix"]));
        assert_eq!(found[0]["isPreferred"], true);
        assert_eq!(apply(text, &found[0], &uri, 1), expected);
    };
    check(&mut client, "a.md", "P205", "原省委宣传部部长林一鸣回忆说。\n", "省委宣传部原部长林一鸣回忆说。\n");
    check(&mut client, "b.md", "P202", "省委宣传部部长林一鸣出席会议。\n", "时任省委宣传部部长林一鸣出席会议。\n");
    assert_eq!(client.shut_down(), 0);
}
