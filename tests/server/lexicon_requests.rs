//! Requests in lexicon files and hegao.toml: hover, definition, references, rename, completion, symbols,
//! links, lenses, formatting.

use serde_json::{Value, json};

use crate::{
    client::Client,
    workspace::{Workspace, able, place_of},
};

const LEXICON: &str = "# 名单
[[person]]
id = \"lin-yiming\"
name = \"林一鸣\"
sources = [\"示例日报，https://example.org/lin。\"]

[[person.post]]
title = \"吉林省委宣传部部长\"
organization = \"jl-survey\"
place = \"220000\"
start = \"2022-01-10\"

# 此前
[[person.post]]
title = \"吉林省教育厅厅长\"
start = \"2019-03-01\"
end = \"2022-01-09\"

[[organization]]
id = \"jl-survey\"
name = \"吉林省示例调查院\"
place = \"220000\"

[[document]]
id = \"plan\"
title = \"吉林省示例规划纲要\"
text = \"sources/plan.txt\"

[[precedence]]
id = \"order\"
people = [
    \"lin-yiming\",
]
";

const CSV: &str = "kind,id,name,title,place\nperson,gao-yuanshan,高远山,长春市副市长,220100\n";
const OPEN_DRAFT: &str = "林一鸣出席会议。[林一鸣](@lin-yiming)讲话。\n";
const CLOSED_DRAFT: &str = "[老林](@lin-yiming)和林一鸣到会。\n";

struct Session {
    workspace: Workspace,
    client: Client,
    uri: String,
    text: String,
}

impl Session {
    fn new(test: &str) -> Self {
        let workspace = Workspace::with("as_of = \"2022-07-10\"\npacks = [\"divisions\"]\n", LEXICON);
        workspace.write("lexicon/more.csv", CSV);
        workspace.write("lexicon/sources/plan.txt", "全文\n");
        workspace.write("a.md", OPEN_DRAFT);
        workspace.write("b.md", CLOSED_DRAFT);
        let mut capabilities = able();
        capabilities["workspace"]["workspaceEdit"] =
            json!({"documentChanges": true, "changeAnnotationSupport": {"groupsOnLabel": true}});
        capabilities["textDocument"]["documentSymbol"] = json!({"hierarchicalDocumentSymbolSupport": true});
        let mut client = workspace.client(test, capabilities);
        client.open(&workspace.uri("a.md"), "markdown", 1, OPEN_DRAFT);
        client.diagnostics_of(&workspace.uri("a.md"), 1);
        let uri = workspace.uri("lexicon/lexicon.toml");
        let mut session = Self { workspace, client, uri: String::new(), text: String::new() };
        session.open(&uri, LEXICON);
        session
    }

    fn open(&mut self, uri: &str, text: &str) {
        (self.uri, self.text) = (uri.to_owned(), text.to_owned());
        self.client.open(uri, "toml", 1, text);
    }

    /// The answer at the byte behind `words`, or within if they hold a `‸`.
    fn ask(&mut self, method: &str, words: &str, further: Value) -> Result<Value, Value> {
        let mut at = place_of(&self.text, &words.replace('‸', ""));
        let ahead = words.find('‸').unwrap_or(words.len());
        at["character"] = json!(at["character"].as_u64().unwrap() as usize + ahead);
        let mut params = json!({"textDocument": {"uri": self.uri}, "position": at});
        params.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
        self.client.request(method, params)
    }

    fn card(&mut self, words: &str) -> String {
        let hover = self.ask("textDocument/hover", words, json!({})).unwrap();
        hover["contents"]["value"].as_str().unwrap_or_else(|| panic!("no card for {words}")).to_owned()
    }

    /// The labels offered after `words` were typed at the end of the file.
    fn offered(&mut self, typed: &str) -> Vec<String> {
        let text = format!("{}{typed}", self.text);
        let version = text.len();
        self.client.change(&self.uri, version as i64, json!([{"text": text}]));
        let lines = text.matches('\n').count();
        let at = json!({"line": lines, "character": text.len() - text.rfind('\n').map_or(0, |at| at + 1)});
        let params = json!({"textDocument": {"uri": self.uri}, "position": at});
        let list = self.client.request("textDocument/completion", params).unwrap();
        let items = list["items"].as_array().unwrap_or_else(|| panic!("{typed}: {list}")).iter();
        items.map(|item| item["label"].as_str().unwrap().to_owned()).collect()
    }
}

#[test]
fn hovers_tell_of_entries_keys_codes_and_rules() {
    let mut session = Session::new("lexicon_hover");
    for (words, expected) in [
        ("\"lin-yi‸ming\",", "**林一鸣**"),
        ("name = \"林‸一鸣", "吉林省委宣传部部长"),
        ("\"jl-sur‸vey\"\nplace", "**吉林省示例调查院**"),
        ("place = \"22‸0000", "吉林省"),
        ("organi‸zation = ", "所在机构的词条 id"),
        ("[[per‸son", "人物"),
    ] {
        let card = session.card(words);
        assert!(card.contains(expected), "{words}: {card}");
    }
    let config = "as_of = \"2022-07-10\"\npacks = [\"divisions\"]\n[rules]\nA101 = \"hint\"\n";
    let uri = session.workspace.uri("hegao.toml");
    session.open(&uri, config);
    for (words, expected) in [("pac‸ks", "内置词库"), ("divi‸sions", "行政区划"), ("A1‸01", "unknown-annotation")]
    {
        let card = session.card(words);
        assert!(card.contains(expected), "{words}: {card}");
    }
    let uri = session.workspace.uri("lexicon/more.csv");
    session.open(&uri, CSV);
    for (words, expected) in [("gao-yu‸anshan", "**高远山**"), ("220‸100", "长春市")] {
        let card = session.card(words);
        assert!(card.contains(expected), "{words}: {card}");
    }
    assert!(session.offered("person,li-wei,李伟,副市长,2224").contains(&"222400".to_owned()));
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn references_lead_to_their_entries() {
    let mut session = Session::new("lexicon_definition");
    let target = |session: &mut Session, words: &str| {
        let links = session.ask("textDocument/definition", words, json!({})).unwrap();
        (links[0]["targetUri"].as_str().unwrap().to_owned(), links[0]["targetSelectionRange"]["start"]["line"].clone())
    };
    let line = |needle: &str| place_of(LEXICON, needle)["line"].clone();
    let uri = session.uri.clone();
    assert_eq!(target(&mut session, "organization = \"jl-s‸urvey"), (uri.clone(), line("name = \"吉林省示例")));
    assert_eq!(target(&mut session, "    \"lin-‸yiming"), (uri, line("name = \"林一鸣")));
    assert!(target(&mut session, "place = \"22‸0000").0.contains("/packs/"));
    let csv = session.workspace.uri("lexicon/more.csv");
    session.open(&csv, CSV);
    assert!(target(&mut session, "220‸100").0.contains("/packs/"));
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn every_mention_is_found_in_lexicon_files_and_drafts_open_or_not() {
    let mut session = Session::new("lexicon_references");
    let further = json!({"context": {"includeDeclaration": true}});
    let found = session.ask("textDocument/references", "id = \"lin-‸yiming", further).unwrap();
    let mut found: Vec<_> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|place| {
            let name = place["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
            (name, place["range"]["start"].clone())
        })
        .collect();
    found.sort_by_key(|(name, at)| (name.clone(), at["line"].as_u64(), at["character"].as_u64()));
    let expected = [
        ("a.md", place_of(OPEN_DRAFT, "林一鸣")),
        ("a.md", place_of(OPEN_DRAFT, "林一鸣]")),
        ("b.md", place_of(CLOSED_DRAFT, "老林")),
        ("b.md", place_of(CLOSED_DRAFT, "林一鸣")),
        ("lexicon.toml", place_of(LEXICON, "\"林一鸣\"")),
        ("lexicon.toml", place_of(LEXICON, "lin-yiming\",")),
    ];
    assert_eq!(found, expected.map(|(name, at)| (name.to_owned(), at)));
    assert_eq!(session.client.shut_down(), 0);
}

/// The texts of a file after the edits of a workspace edit.
fn applied(edit: &Value, uri: &str, text: &str) -> String {
    let changes = edit["documentChanges"].as_array().unwrap();
    let Some(change) = changes.iter().find(|change| change["textDocument"]["uri"] == uri) else {
        return text.to_owned();
    };
    let offset = |at: &Value| {
        let line = at["line"].as_u64().unwrap() as usize;
        text.split_inclusive('\n').take(line).map(str::len).sum::<usize>() + at["character"].as_u64().unwrap() as usize
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
fn an_id_is_renamed_in_lexicon_files_and_annotations() {
    let mut session = Session::new("lexicon_rename_id");
    let prepared = session.ask("textDocument/prepareRename", "id = \"lin-‸yiming", json!({})).unwrap();
    assert_eq!(prepared["placeholder"], "lin-yiming");
    let edit = session.ask("textDocument/rename", "id = \"lin-‸yiming", json!({"newName": "lin-1"})).unwrap();
    assert_eq!(applied(&edit, &session.uri, LEXICON), LEXICON.replace("lin-yiming", "lin-1"));
    let draft = session.workspace.uri("a.md");
    assert_eq!(applied(&edit, &draft, OPEN_DRAFT), OPEN_DRAFT.replace("lin-yiming", "lin-1"));
    let draft = session.workspace.uri("b.md");
    assert_eq!(applied(&edit, &draft, CLOSED_DRAFT), CLOSED_DRAFT.replace("lin-yiming", "lin-1"));
    for (words, new) in [("id = \"lin-‸yiming", "Lin"), ("id = \"lin-‸yiming", "plan")] {
        assert_eq!(session.ask("textDocument/rename", words, json!({"newName": new})).unwrap_err()["code"], -32803);
    }
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn a_name_is_renamed_in_drafts_after_a_look() {
    let mut session = Session::new("lexicon_rename_name");
    let edit = session.ask("textDocument/rename", "name = \"林‸一鸣", json!({"newName": "林一明"})).unwrap();
    let renamed = LEXICON.replace("林一鸣", "林一明");
    assert_eq!(applied(&edit, &session.uri, LEXICON), renamed);
    let draft = session.workspace.uri("a.md");
    assert_eq!(applied(&edit, &draft, OPEN_DRAFT), OPEN_DRAFT.replace("林一鸣", "林一明"));
    assert_eq!(edit["changeAnnotations"]["drafts"]["needsConfirmation"], true);
    assert_eq!(edit["changeAnnotations"]["lexicon"]["needsConfirmation"], false);
    assert_eq!(edit["documentChanges"][0]["edits"][0]["annotationId"], "drafts");
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn completion_offers_tables_keys_values_ids_and_codes() {
    let mut session = Session::new("lexicon_completion");
    let first = |session: &mut Session, typed: &str| session.offered(typed).first().cloned();
    assert!(session.offered("\n[[per").contains(&"person.post".to_owned()));
    let keys = session.offered("\n[[person]]\nid = \"a\"\n");
    assert_eq!(keys[0], "name", "what must be given comes first");
    assert!(!keys.contains(&"id".to_owned()) && keys.contains(&"gender".to_owned()), "{keys:?}");
    assert_eq!(session.offered("\n[[person]]\ngender = \""), ["female", "male"]);
    assert_eq!(session.offered("\n[[person]]\ncomplete = "), ["true", "false"]);
    assert_eq!(first(&mut session, "\n[[person]]\n[[person.post]]\norganization = \"jl").as_deref(), Some("jl-survey"));
    assert_eq!(first(&mut session, "\n[[person]]\n[[person.post]]\nplace = \"2201").as_deref(), Some("220100"));
    assert_eq!(first(&mut session, "\n[[person]]\n[[person.post]]\nplace = \"长春市").as_deref(), Some("220100"));
    assert_eq!(first(&mut session, "\n[[precedence]]\npeople = [\"gao").as_deref(), Some("gao-yuanshan"));
    assert_eq!(first(&mut session, "\n[[precedence]]\npeople = [\n  \"lys").as_deref(), None, "nobody's initials");
    assert_eq!(
        first(&mut session, "\n[[precedence]]\npeople = [\n  \"lym").as_deref(),
        Some("lin-yiming"),
        "by initials"
    );
    let uri = session.workspace.uri("hegao.toml");
    session.open(&uri, "");
    assert!(session.offered("wri").contains(&"write_to".to_owned()));
    assert!(session.offered("[rules]\nP2").contains(&"P201".to_owned()));
    assert_eq!(session.offered("[rules]\nP201 = \"")[0], "off");
    assert!(session.offered("packs = [\"").contains(&"divisions".to_owned()));
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn entries_are_symbols_and_sources_are_links() {
    let mut session = Session::new("lexicon_symbols");
    let document = json!({"textDocument": {"uri": session.uri}});
    let symbols = session.client.request("textDocument/documentSymbol", document.clone()).unwrap();
    let names: Vec<_> = symbols.as_array().unwrap().iter().map(|symbol| symbol["name"].clone()).collect();
    assert_eq!(names, ["林一鸣", "吉林省示例调查院", "吉林省示例规划纲要", "order"]);
    assert_eq!(symbols[0]["children"].as_array().unwrap().len(), 2);
    assert_eq!(symbols[0]["detail"], "lin-yiming");
    let links = session.client.request("textDocument/documentLink", document).unwrap();
    assert_eq!(links[0]["target"], "https://example.org/lin");
    assert_eq!(links[1]["target"], session.workspace.uri("lexicon/sources/plan.txt"));
    let found = session.client.request("workspace/symbol", json!({"query": "林一鸣"})).unwrap();
    assert_eq!(found[0]["location"]["uri"], session.uri);
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn lenses_count_the_mentions_in_drafts() {
    let mut session = Session::new("lexicon_lens");
    let document = json!({"textDocument": {"uri": session.uri}});
    let lenses = session.client.request("textDocument/codeLens", document).unwrap();
    let titles: Vec<_> = lenses.as_array().unwrap().iter().map(|lens| lens["command"]["title"].clone()).collect();
    assert_eq!(titles, ["2 篇稿件提到 4 处", "稿件中没有提到", "稿件中没有提到"]);
    assert_eq!(lenses[0]["range"]["start"], place_of(LEXICON, "[[person]]"));
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn formatting_brings_posts_into_order_and_keeps_comments() {
    let mut session = Session::new("lexicon_formatting");
    let params = json!({"textDocument": {"uri": session.uri}, "options": {"tabSize": 4, "insertSpaces": true}});
    let edits = session.client.request("textDocument/formatting", params.clone()).unwrap();
    let edit = json!({"documentChanges": [{"textDocument": {"uri": session.uri}, "edits": edits}]});
    let formatted = applied(&edit, &session.uri, LEXICON);
    let order =
        |text: &str| ["# 此前", "教育厅厅长", "宣传部部长", "[[organization]]"].map(|words| text.find(words).unwrap());
    assert!(order(&formatted).is_sorted(), "{formatted}");
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&formatted), sorted(LEXICON), "no line is lost");
    session.client.change(&session.uri, 2, json!([{"text": formatted}]));
    assert_eq!(session.client.request("textDocument/formatting", params).unwrap(), json!([]));
    assert_eq!(session.client.shut_down(), 0);
}
