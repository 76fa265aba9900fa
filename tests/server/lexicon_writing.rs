//! "Add to lexicon", "add post", "add alias": offered in a draft, carried out by the server.

use std::fs;

use serde_json::{Value, json};

use crate::{
    client::Client,
    workspace::{LEXICON, Workspace, able, codes, place_of, range},
};

const CONFIG: &str = "as_of = \"2022-07-10\"\nhome = \"220000\"\npacks = [\"divisions\"]\n[rules]\nP501 = \"info\"\n";

const PEOPLE: &str = "# 名单
[[person]]
id = \"gao-yuanshan\"
name = \"高远山\" # 已核
[[person.post]]
title = \"吉林省委组织部部长\"
place = \"220000\"
start = \"2021-05-06\"

# 林
[[person]]
id = \"lin-yiming\"
name = \"林一鸣\"
";

fn workspace() -> Workspace {
    let workspace = Workspace::with(CONFIG, "");
    workspace.write("lexicon/people.toml", PEOPLE);
    workspace
}

/// The command of the one action that has one, for the first finding of this code.
fn offered(client: &mut Client, uri: &str, diagnostics: &[Value], code: &str) -> Value {
    let diagnostic = diagnostics.iter().find(|diagnostic| diagnostic["code"] == code);
    let diagnostic = diagnostic.unwrap_or_else(|| panic!("no {code} in {diagnostics:#?}"));
    let context = json!({"diagnostics": [diagnostic], "only": ["quickfix"]});
    let params = json!({"textDocument": {"uri": uri}, "range": diagnostic["range"], "context": context});
    let actions = client.request("textDocument/codeAction", params).unwrap();
    let with_command = |action: &&Value| action["command"].is_object() && action["diagnostics"][0]["code"] == code;
    let action = actions.as_array().unwrap().iter().find(with_command).unwrap_or_else(|| panic!("{actions:#?}"));
    action["command"].clone()
}

fn carry_out(client: &mut Client, command: &Value) -> Value {
    let params = json!({"command": command["command"], "arguments": command["arguments"]});
    client.request("workspace/executeCommand", params).unwrap()
}

/// The draft has a finding of this code; after its command the file reads as expected, and the finding
/// is gone.
#[track_caller]
fn check(test: &str, draft: &str, code: &str, command: &str, expected: &str) {
    let workspace = workspace();
    let mut client = workspace.client(test, able());
    let uri = workspace.uri("a.md");
    client.open(&uri, "markdown", 1, draft);
    let diagnostics = client.diagnostics(&uri, |params| params["diagnostics"] != json!([]));
    let offered = offered(&mut client, &uri, &diagnostics, code);
    assert_eq!(offered["command"], command);
    let answer = carry_out(&mut client, &offered);
    assert_eq!(answer["uri"], workspace.uri("lexicon/people.toml"));
    assert_eq!(fs::read_to_string(workspace.path("lexicon/people.toml")).unwrap(), expected);
    let has_code = |params: &Value| codes(params["diagnostics"].as_array().unwrap()).contains(&code);
    client.diagnostics(&uri, |params| !has_code(params));
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn an_unknown_official_is_added_in_order_with_the_printed_post() {
    check(
        "add_person",
        "省委宣传部部长何文川出席会议。\n",
        "P501",
        "hegao.addPerson",
        &PEOPLE.replace(
            "# 林\n",
            "[[person]]\nid = \"he-wenchuan\"\nname = \"何文川\"\n\n[[person.post]]\ntitle = \"吉林省委宣传部部长\"\nplace = \"220000\"\n\n# 林\n",
        ),
    );
}

#[test]
fn a_post_the_lexicon_lacks_is_added_to_its_person() {
    check(
        "add_post",
        "省委组织部部长、省政协副主席高远山出席会议。\n",
        "P201",
        "hegao.addPost",
        &PEOPLE.replace("\n\n# 林", "\n\n[[person.post]]\ntitle = \"吉林省政协副主席\"\nplace = \"220000\"\n\n# 林"),
    );
}

#[test]
fn annotated_words_are_added_as_an_alias() {
    check(
        "add_alias",
        "[老林](@lin-yiming)出席会议。\n",
        "A102",
        "hegao.addAlias",
        &format!("{PEOPLE}other_names = [\"老林\"]\n"),
    );
}

/// Annotated words are added to the lexicon of the sample workspace, whose file then reads as expected.
#[track_caller]
fn check_alias(test: &str, draft: &str, title: &str, expected: impl Fn(&str)) {
    let workspace = Workspace::with(CONFIG, LEXICON);
    let mut client = workspace.client(test, able());
    let uri = workspace.uri("a.md");
    client.open(&uri, "markdown", 1, draft);
    let diagnostics = client.diagnostics(&uri, |params| params["diagnostics"] != json!([]));
    let offered = offered(&mut client, &uri, &diagnostics, "A102");
    assert_eq!((&offered["command"], &offered["title"]), (&json!("hegao.addAlias"), &json!(title)));
    assert_eq!(carry_out(&mut client, &offered)["uri"], workspace.uri("lexicon/lexicon.toml"));
    expected(&fs::read_to_string(workspace.path("lexicon/lexicon.toml")).unwrap());
    let has_code = |params: &Value| codes(params["diagnostics"].as_array().unwrap()).contains(&"A102");
    client.diagnostics(&uri, |params| !has_code(params));
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn another_form_of_a_term_is_a_deprecated_one() {
    check_alias(
        "add_alias_term",
        "[登记留底](@dengji)工作。\n",
        "把“登记留底”列为“登记备案”的不用写法",
        |text| {
            assert_eq!(text, LEXICON.replace("[\"登记备查\"]", "[\"登记备查\", \"登记留底\"]"));
        },
    );
}

#[test]
fn a_form_of_a_place_goes_to_its_state_on_the_day_of_the_draft() {
    check_alias(
        "add_alias_new_place",
        "[松花区](@songhua-zone)揭牌。\n",
        "把“松花区”加为松花新区的别名",
        |text| {
            let at = "[[place.version]]\nstart = \"2020";
            assert_eq!(text, LEXICON.replace(at, "[[place.version]]\nshort = [\"松花区\"]\nstart = \"2020"));
        },
    );
    let draft = "---\ndate: 2015-05-01\n---\n\n[松花区](@songhua-zone)揭牌。\n";
    check_alias("add_alias_old_place", draft, "把“松花区”加为松花新区的别名", |text| {
        assert_eq!(text, LEXICON.replace("\"松花开发区\"\nstart", "\"松花开发区\"\nshort = [\"松花区\"]\nstart"));
    });
}

#[test]
fn a_form_of_a_place_of_a_pack_goes_to_a_copy_with_all_its_states() {
    check_alias(
        "add_alias_pack",
        "[公主岭城](@cn-220184)建设。\n",
        "把“公主岭城”加为公主岭市的别名",
        |text| {
            let copy = &text[text.find("id = \"cn-220184\"").unwrap()..];
            let copy = &copy[..copy.find("\n[[organization]]").unwrap_or(copy.len())];
            let states: Vec<&str> = copy.split("[[place.version]]").skip(1).collect();
            let with_form: Vec<bool> = states.iter().map(|state| state.contains("公主岭城")).collect();
            assert!(states.len() > 4 && states[0].contains("怀德"), "{copy}");
            assert_eq!(with_form, [vec![false; states.len() - 1], vec![true]].concat(), "{copy}");
            assert!(text.starts_with(&LEXICON[..LEXICON.find("[[organization]]").unwrap()]), "the rest stays: {text}");
        },
    );
}

#[test]
fn an_unknown_official_can_be_added_where_no_rule_reports_one() {
    let workspace = Workspace::with(&CONFIG.replace("P501 = \"info\"\n", ""), "");
    workspace.write("lexicon/people.toml", PEOPLE);
    let mut client = workspace.client("add_quietly", able());
    let uri = workspace.uri("a.md");
    let draft = "省委宣传部部长何文川出席会议。村民何文海说，路修好了。\n";
    client.open(&uri, "markdown", 1, draft);
    assert_eq!(client.diagnostics_of(&uri, 1), Vec::<Value>::new());
    let mut commands = |needle: &str| -> Vec<Value> {
        let at = place_of(draft, needle);
        let context = json!({"diagnostics": [], "only": ["quickfix"]});
        let params = json!({"textDocument": {"uri": uri}, "range": range(at.clone(), at), "context": context});
        let actions = client.request("textDocument/codeAction", params).unwrap();
        actions.as_array().unwrap().iter().map(|action| action["command"].clone()).collect()
    };
    assert_eq!(commands("何文海"), Vec::<Value>::new(), "no official");
    assert_eq!(commands("会议"), Vec::<Value>::new(), "no name");
    let offered = commands("文川");
    assert_eq!(offered.len(), 1, "{offered:#?}");
    assert_eq!(offered[0]["title"], "把“何文川”加入词库");
    carry_out(&mut client, &offered[0]);
    let text = fs::read_to_string(workspace.path("lexicon/people.toml")).unwrap();
    assert!(text.contains("name = \"何文川\"\n\n[[person.post]]\ntitle = \"吉林省委宣传部部长\""), "{text}");
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn write_to_says_where_and_a_new_file_is_made() {
    let workspace = Workspace::with(&format!("write_to = \"lexicon/new/people.toml\"\n{CONFIG}"), "");
    let mut client = workspace.client("add_write_to", able());
    let uri = workspace.uri("a.md");
    let add = |client: &mut Client, name: &str| {
        let argument = json!({"uri": uri, "name": name});
        let answer = carry_out(client, &json!({"command": "hegao.addPerson", "arguments": [argument]}));
        answer["entry"].as_str().unwrap().to_owned()
    };
    assert_eq!(add(&mut client, "李伟"), "li-wei");
    assert_eq!(add(&mut client, "李薇"), "li-wei-2", "ids differ");
    let text = fs::read_to_string(workspace.path("lexicon/new/people.toml")).unwrap();
    assert_eq!(
        text,
        "[[person]]\nid = \"li-wei\"\nname = \"李伟\"\n\n[[person]]\nid = \"li-wei-2\"\nname = \"李薇\"\n"
    );
    assert_eq!(client.shut_down(), 0);
}

/// Tries to add a person; the message that is shown instead.
fn refused(client: &mut Client, workspace: &Workspace) -> String {
    let argument = json!({"uri": workspace.uri("a.md"), "name": "何文川"});
    let answer = carry_out(client, &json!({"command": "hegao.addPerson", "arguments": [argument]}));
    assert_eq!(answer, Value::Null);
    let shown = client.notification("window/showMessage", |_| true);
    shown["message"].as_str().unwrap().to_owned()
}

#[test]
fn a_file_that_changed_in_the_meantime_is_not_overwritten() {
    let workspace = workspace();
    let mut client = workspace.client("add_changed", able());
    let uri = workspace.uri("a.md");
    client.open(&uri, "markdown", 1, "高远山出席会议。\n");
    client.diagnostics_of(&uri, 1);
    let by_another_hand = format!("{PEOPLE}other_names = [\"老林\"]\n");
    workspace.write("lexicon/people.toml", &by_another_hand);
    assert!(refused(&mut client, &workspace).contains("people.toml"));
    assert_eq!(fs::read_to_string(workspace.path("lexicon/people.toml")).unwrap(), by_another_hand);
    let argument = json!({"uri": uri, "name": "何文川"});
    let answer = carry_out(&mut client, &json!({"command": "hegao.addPerson", "arguments": [argument]}));
    assert_eq!(answer["entry"], "he-wenchuan", "the second time it is known");
    let text = fs::read_to_string(workspace.path("lexicon/people.toml")).unwrap();
    assert!(text.contains("老林") && text.contains("何文川"), "{text}");
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_broken_file_is_not_written() {
    let workspace = workspace();
    let broken = format!("{PEOPLE}gender = \"man\"\n");
    workspace.write("lexicon/people.toml", &broken);
    let mut client = workspace.client("add_broken", able());
    client.notification("window/showMessage", |_| true);
    assert!(refused(&mut client, &workspace).contains("people.toml"));
    assert_eq!(fs::read_to_string(workspace.path("lexicon/people.toml")).unwrap(), broken);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_file_with_unsaved_changes_is_edited_in_the_editor() {
    let workspace = workspace();
    let mut capabilities = able();
    capabilities["workspace"]["applyEdit"] = json!(true);
    let mut client = workspace.client("add_unsaved", capabilities);
    let (uri, people) = (workspace.uri("a.md"), workspace.uri("lexicon/people.toml"));
    client.open(&people, "toml", 1, PEOPLE);
    let end = json!({"line": 13, "character": 0});
    client.change(&people, 2, json!([{"range": range(end.clone(), end), "text": "gender = \"male\"\n"}]));
    let argument = json!({"uri": uri, "name": "何文川"});
    let answer = carry_out(&mut client, &json!({"command": "hegao.addPerson", "arguments": [argument]}));
    assert_eq!(answer["entry"], "he-wenchuan");
    let edit = client.notification("workspace/applyEdit", |_| true);
    let change = &edit["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": people, "version": 2}));
    let new = change["edits"][0]["newText"].as_str().unwrap();
    assert!(new.contains("name = \"何文川\"") && !new.contains("gender"), "{new}");
    assert_eq!(fs::read_to_string(workspace.path("lexicon/people.toml")).unwrap(), PEOPLE, "the disk is left alone");
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn unsaved_changes_that_cannot_be_edited_are_not_lost() {
    let workspace = workspace();
    let mut client = workspace.client("add_unsaved_plain", able());
    client.open(&workspace.uri("lexicon/people.toml"), "toml", 1, &format!("{PEOPLE}gender = \"male\"\n"));
    assert!(refused(&mut client, &workspace).contains("未保存") || cfg!(not(unix)));
    assert_eq!(fs::read_to_string(workspace.path("lexicon/people.toml")).unwrap(), PEOPLE);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn what_was_written_counts_before_a_clean_editor_has_read_it_again() {
    let workspace = workspace();
    let mut client = workspace.client("add_open", able());
    let (uri, people) = (workspace.uri("a.md"), workspace.uri("lexicon/people.toml"));
    client.open(&people, "toml", 1, PEOPLE);
    client.open(&uri, "markdown", 1, "[何文川](@he-wenchuan)出席会议。\n");
    assert_eq!(codes(&client.diagnostics_of(&uri, 1)), ["A101"]);
    let argument = json!({"uri": uri, "name": "何文川"});
    carry_out(&mut client, &json!({"command": "hegao.addPerson", "arguments": [argument]}));
    assert_eq!(client.diagnostics_of(&uri, 1), Vec::<Value>::new());
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn wrong_arguments_are_errors() {
    let workspace = workspace();
    let mut client = workspace.client("add_wrong", able());
    let uri = workspace.uri("a.md");
    for (command, argument) in [
        ("hegao.addPerson", json!(null)),
        ("hegao.addPerson", json!({"uri": uri, "name": " "})),
        ("hegao.addPost", json!({"uri": uri, "entry": "nobody", "posts": [{"title": "吉林省省长"}]})),
        ("hegao.addPost", json!({"uri": uri, "entry": "lin-yiming", "posts": []})),
        ("hegao.addAlias", json!({"uri": uri, "entry": "nobody", "form": "某人"})),
    ] {
        let answer = client.request("workspace/executeCommand", json!({"command": command, "arguments": [argument]}));
        assert_eq!(answer.unwrap_err()["code"], -32602, "{command} {argument}");
    }
    assert_eq!(fs::read_to_string(workspace.path("lexicon/people.toml")).unwrap(), PEOPLE);
    assert_eq!(client.shut_down(), 0);
}
