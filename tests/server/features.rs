//! References, rename, symbols, tokens, hints, links, folding, selection and hierarchy.

use serde_json::{Value, json};

use crate::{
    client::Client,
    workspace::{Workspace, able, at, covered, place_of, range},
};

const DRAFT: &str = "---
date: 2022-07-08
---
# 调研

省委宣传部部长林一鸣到松花新区调研。

林一鸣指出，疫情要防住、经济要稳住、发展要安全。赵敏出席。

## 会议

[老林](@lin-yiming)主持，延吉市代表发言。原省教育厅厅长林一鸣作了介绍。
";

struct Session {
    workspace: Workspace,
    client: Client,
    uri: String,
}

impl Session {
    fn new(test: &str) -> Self {
        let workspace = Workspace::new();
        workspace.write("other.md", "---\ndate: 2022-07-08\n---\n林一鸣和[林一鸣](@lin-yiming)出席。\n");
        let mut client = workspace.client(test, able());
        let uri = workspace.uri("a.md");
        client.open(&uri, "markdown", 1, DRAFT);
        client.diagnostics_of(&uri, 1);
        Self { workspace, client, uri }
    }

    fn ask(&mut self, method: &str, further: Value) -> Value {
        let mut params = json!({"textDocument": {"uri": self.uri}});
        params.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
        self.client.request(method, params).unwrap()
    }
}

#[test]
fn references_are_all_mentions_in_the_drafts_of_the_project() {
    let mut session = Session::new("references");
    let context = json!({"includeDeclaration": true});
    let params = json!({"position": place_of(DRAFT, "林一鸣"), "context": context});
    let found = session.ask("textDocument/references", params);
    let uris: Vec<&str> = found.as_array().unwrap().iter().map(|place| place["uri"].as_str().unwrap()).collect();
    let (lexicon, other) = (session.workspace.uri("lexicon/lexicon.toml"), session.workspace.uri("other.md"));
    let own = session.uri.as_str();
    assert_eq!(uris, [&lexicon, own, own, own, own, &other, &other]);
    let words: Vec<&str> =
        found.as_array().unwrap()[1..5].iter().map(|place| covered(DRAFT, &place["range"])).collect();
    assert_eq!(words, ["林一鸣", "林一鸣", "老林", "林一鸣"]);
    let highlights = session.ask("textDocument/documentHighlight", json!({"position": place_of(DRAFT, "老林")}));
    assert_eq!(highlights.as_array().unwrap().len(), 4);
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn renaming_changes_the_name_or_the_id_everywhere() {
    let mut session = Session::new("rename");
    let position = place_of(DRAFT, "林一鸣");
    let prepared = session.ask("textDocument/prepareRename", json!({"position": position}));
    assert_eq!(prepared["placeholder"], "林一鸣");
    let edits = |session: &mut Session, position: &Value, new: &str| -> Vec<(String, usize)> {
        let edit = session.ask("textDocument/rename", json!({"position": position, "newName": new}));
        let documents = edit["documentChanges"].as_array().unwrap().iter();
        let short = |uri: &Value| uri.as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        documents.map(|item| (short(&item["textDocument"]["uri"]), item["edits"].as_array().unwrap().len())).collect()
    };
    let changed =
        |names: &[(&str, usize)]| names.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect::<Vec<_>>();
    // 老林 is another form and stays.
    assert_eq!(edits(&mut session, &position, "林一明"), changed(&[("a.md", 3), ("lexicon.toml", 1), ("other.md", 2)]));
    let id = place_of(DRAFT, "lin-yiming");
    assert_eq!(edits(&mut session, &id, "lin-ym"), changed(&[("a.md", 1), ("lexicon.toml", 1), ("other.md", 1)]));
    for (position, new) in [(&position, ""), (&position, "林\n鸣"), (&id, "Lin"), (&id, "gao-yuanshan")] {
        let params = json!({"textDocument": {"uri": session.uri}, "position": position, "newName": new});
        assert_eq!(session.client.request("textDocument/rename", params).unwrap_err()["code"], -32803, "{new}");
    }
    let refused = |session: &mut Session, words: &str| {
        let params = json!({"textDocument": {"uri": session.uri}, "position": place_of(DRAFT, words)});
        session.client.request("textDocument/prepareRename", params)
    };
    assert_eq!(refused(&mut session, "赵敏").unwrap_err()["code"], -32803, "it is open who is meant");
    assert_eq!(refused(&mut session, "延吉市").unwrap_err()["code"], -32803, "a pack is not written to");
    assert_eq!(refused(&mut session, "会议"), Ok(Value::Null));
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn the_outline_has_the_headlines_and_what_they_mention() {
    let mut session = Session::new("symbols");
    let symbols = session.ask("textDocument/documentSymbol", json!({}));
    let names = |symbols: &Value| -> Vec<String> {
        symbols.as_array().unwrap().iter().map(|symbol| symbol["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&symbols), ["调研"]);
    assert_eq!(names(&symbols[0]["children"]), ["林一鸣", "松花新区", "疫情要防住、经济要稳住、发展要安全", "会议"]);
    assert_eq!(names(&symbols[0]["children"][3]["children"]), ["老林", "延吉市"]);
    let found = session.client.request("workspace/symbol", json!({"query": "lym"})).unwrap();
    assert_eq!(names(&found), ["林一鸣"]);
    assert_eq!(found[0]["location"]["uri"], session.workspace.uri("lexicon/lexicon.toml"));
    let all = session.client.request("workspace/symbol", json!({"query": ""})).unwrap();
    assert_eq!(all.as_array().unwrap().len(), 9, "the project's own entries");
    assert_eq!(session.client.shut_down(), 0);
}

/// Tokens as (words, type, modifiers).
fn read_tokens(data: &Value) -> Vec<(String, u64, u64)> {
    let numbers: Vec<u64> = data.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect();
    let (mut line, mut character) = (0, 0);
    let tokens = numbers.chunks_exact(5).map(|token| {
        character = if token[0] == 0 { character + token[1] } else { token[1] };
        line += token[0];
        let place = range(at(line as usize, character as usize), at(line as usize, (character + token[2]) as usize));
        (covered(DRAFT, &place).to_owned(), token[3], token[4])
    });
    tokens.collect()
}

#[test]
fn tokens_tell_kinds_and_what_is_ambiguous_former_or_annotated() {
    let mut session = Session::new("tokens");
    let full = session.ask("textDocument/semanticTokens/full", json!({}));
    let (person, place, slogan) = (0, 1, 3);
    let (ambiguous, former, annotated) = (1, 2, 4);
    let expected = [
        ("林一鸣", person, 0),
        ("松花新区", place, 0),
        ("林一鸣", person, 0),
        ("疫情要防住、经济要稳住、发展要安全", slogan, 0),
        ("赵敏", person, ambiguous),
        ("老林", person, annotated),
        ("延吉市", place, 0),
        ("林一鸣", person, former),
    ]
    .map(|(words, kind, modifiers)| (words.to_owned(), kind, modifiers));
    assert_eq!(read_tokens(&full["data"]), expected);
    let heading = json!({"range": range(at(0, 0), at(6, 0))});
    let some = session.ask("textDocument/semanticTokens/range", heading);
    assert_eq!(read_tokens(&some["data"]), expected[..2]);
    session.client.change(&session.uri, 2, json!([{"range": range(at(3, 0), at(3, 0)), "text": "松花新区\n\n"}]));
    let delta = session.ask("textDocument/semanticTokens/full/delta", json!({"previousResultId": full["resultId"]}));
    assert_eq!(delta["edits"], json!([{"start": 0, "deleteCount": 5, "data": [3, 0, 12, 1, 0, 4, 21, 9, 0, 0]}]));
    let forgotten = session.ask("textDocument/semanticTokens/full/delta", json!({"previousResultId": "?"}));
    assert!(forgotten["data"].is_array(), "{forgotten}");
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn a_bare_name_is_followed_by_the_post_of_the_day() {
    let mut session = Session::new("hints");
    let everywhere = json!({"range": range(at(0, 0), at(99, 0))});
    let hints = session.ask("textDocument/inlayHint", everywhere.clone());
    let shown: Vec<_> = hints.as_array().unwrap().iter().map(|hint| (&hint["label"], &hint["position"])).collect();
    let end_of = |words: &str| {
        let mut place = place_of(DRAFT, words);
        place["character"] = json!(place["character"].as_u64().unwrap() + 9);
        place
    };
    let post = json!("（省委宣传部部长）");
    assert_eq!(shown, [(&post, &end_of("林一鸣指出")), (&post, &json!({"line": 11, "character": 7}))]);
    session.client.settings = json!({"inlayHints": false});
    session.client.notify("workspace/didChangeConfiguration", json!({"settings": {"hegao": {"inlayHints": false}}}));
    assert_eq!(session.ask("textDocument/inlayHint", everywhere), json!([]));
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn links_lead_from_annotations_to_their_entries() {
    let mut session = Session::new("links");
    let links = session.ask("textDocument/documentLink", json!({}));
    assert_eq!(links.as_array().unwrap().len(), 1);
    assert_eq!(covered(DRAFT, &links[0]["range"]), "lin-yiming");
    assert_eq!(links[0]["target"], format!("{}#L4", session.workspace.uri("lexicon/lexicon.toml")));
    assert_eq!(links[0]["tooltip"], "林一鸣");
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn front_matter_and_sections_fold() {
    let mut session = Session::new("folding");
    let folds = session.ask("textDocument/foldingRange", json!({}));
    let lines: Vec<_> = folds.as_array().unwrap().iter().map(|fold| (&fold["startLine"], &fold["endLine"])).collect();
    assert_eq!(lines, [(&json!(0), &json!(2)), (&json!(3), &json!(11)), (&json!(9), &json!(11))]);
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn a_selection_grows_from_the_name_to_the_draft() {
    let mut session = Session::new("selection");
    let positions = json!({"positions": [place_of(DRAFT, "一鸣到"), place_of(DRAFT, "出席")]});
    let ranges = session.ask("textDocument/selectionRange", positions);
    let grown = |mut range: &Value| {
        let mut words = Vec::new();
        while !range.is_null() {
            words.push(covered(DRAFT, &range["range"]));
            range = range.get("parent").unwrap_or(&Value::Null);
        }
        words
    };
    assert_eq!(grown(&ranges[0]), ["林一鸣", "省委宣传部部长林一鸣", "省委宣传部部长林一鸣到松花新区调研。", DRAFT]);
    assert_eq!(
        grown(&ranges[1])[..3],
        ["赵敏", "赵敏出席。", "林一鸣指出，疫情要防住、经济要稳住、发展要安全。赵敏出席。"]
    );
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn the_hierarchy_of_a_place_is_that_of_the_day() {
    let mut session = Session::new("hierarchy");
    let items = session.ask("textDocument/prepareTypeHierarchy", json!({"position": place_of(DRAFT, "延吉市")}));
    assert_eq!(items[0]["name"], "延吉市");
    let names = |items: &Value| -> Vec<String> {
        items.as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
    };
    let above = session.client.request("typeHierarchy/supertypes", json!({"item": items[0]})).unwrap();
    assert_eq!(names(&above), ["延边朝鲜族自治州"]);
    let below = session.client.request("typeHierarchy/subtypes", json!({"item": above[0]})).unwrap();
    assert!(below.as_array().unwrap().contains(&items[0]), "{below}");
    assert_eq!(names(&below).len(), 8, "six cities and two counties: {:?}", names(&below));
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn a_page_is_a_draft_without_annotations() {
    let workspace = Workspace::new();
    let mut client = workspace.client("page", able());
    let uri = workspace.uri("a.html");
    let text = "<!DOCTYPE html>\n<title>省委组织部部长林一鸣</title>\n\
        <p>省委<b>组织部</b>部长林一鸣、高远山出席，<em>赵敏</em>&amp;赵敏发言，@z</p>\n";
    client.open(&uri, "html", 1, text);
    let diagnostics = client.diagnostics_of(&uri, 1);
    let found: Vec<_> = diagnostics
        .iter()
        .map(|found| (found["code"].as_str().unwrap_or_default(), covered(text, &found["range"])))
        .collect();
    assert_eq!(found, [("P201", "省委<b>组织部</b>部长"), ("P502", "赵敏")]);
    let document = json!({"uri": uri});
    let hover = json!({"textDocument": document, "position": place_of(text, "高远山")});
    let hover = client.request("textDocument/hover", hover).unwrap();
    assert_eq!(covered(text, &hover["range"]), "高远山");
    assert!(hover["contents"]["value"].as_str().unwrap().contains("组织部部长"), "{hover}");
    let whole = range(at(0, 0), at(3, 0));
    let params = json!({"textDocument": document, "range": whole, "context": {"diagnostics": []}});
    let actions = client.request("textDocument/codeAction", params).unwrap();
    assert!(!actions.as_array().unwrap().is_empty());
    assert!(!actions.to_string().contains("](@"), "an annotation would be published: {actions}");
    let params = json!({"textDocument": document, "position": place_of(text, "</p>")});
    let items = client.request("textDocument/completion", params).unwrap();
    assert!(!items.to_string().contains("](@"), "{items}");
    assert_eq!(client.shut_down(), 0);
}
