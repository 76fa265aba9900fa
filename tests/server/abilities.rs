//! What a client can do decides what it is sent; and that nothing waits behind requests.

use serde_json::{Value, json};

use crate::{
    client::Client,
    workspace::{LEXICON, Workspace, able, codes},
};

/// The first finding in a draft, for a client that can do everything and for one without `ability` of
/// `publishDiagnostics`.
fn findings(test: &str, text: &str, ability: &str) -> [Value; 2] {
    [true, false].map(|can| {
        let workspace = Workspace::new();
        let mut capabilities = able();
        if !can {
            capabilities["textDocument"]["publishDiagnostics"].as_object_mut().unwrap().remove(ability).unwrap();
        }
        let mut client = workspace.client(&format!("{test}_{can}"), capabilities);
        let uri = workspace.uri("a.md");
        client.open(&uri, "markdown", 1, text);
        let mut finding = client.diagnostics_of(&uri, 1)[0].clone();
        // Read while the cache of the session is there.
        if let Some(page) = finding["codeDescription"]["href"].as_str() {
            let path = page.strip_prefix("file://").unwrap();
            finding["page"] = std::fs::read_to_string(path).unwrap().into();
        }
        assert_eq!(client.shut_down(), 0);
        finding
    })
}

#[test]
fn the_code_of_a_finding_leads_to_the_page_of_its_rule() {
    let [able, unable] = findings("rule_page", "[某人](@nobody)出席。", "codeDescriptionSupport");
    assert_eq!(able["code"], "A101");
    let page = able["page"].as_str().unwrap();
    assert!(page.starts_with("# A101 unknown-annotation\n") && page.contains("## 报告"), "{page}");
    assert_eq!(unable.get("codeDescription"), None);
}

#[test]
fn a_deprecated_term_is_marked_as_such() {
    let [able, unable] = findings("deprecated", "请登记备查。", "tagSupport");
    assert_eq!((&able["code"], &able["tags"]), (&json!("T101"), &json!([2])));
    assert_eq!((&unable["code"], unable.get("tags")), (&json!("T101"), None));
    let [other, _] = findings("not_deprecated", "[某人](@nobody)出席。", "tagSupport");
    assert_eq!(other.get("tags"), None);
}

#[test]
fn related_information_points_to_the_lexicon() {
    let [able, unable] = findings("related", "省教育厅厅长林一鸣出席。", "relatedInformation");
    assert_eq!(able["code"], "P202");
    let related = &able["relatedInformation"][0];
    assert!(related["location"]["uri"].as_str().unwrap().ends_with("/lexicon/lexicon.toml"), "{related}");
    let line = related["location"]["range"]["start"]["line"].as_u64().unwrap() as usize;
    let entry: Vec<&str> = LEXICON.lines().skip(line).take(2).collect();
    assert!(entry.iter().any(|line| line.contains("post") || line.contains("教育厅")), "{entry:?}");
    assert_eq!(unable.get("relatedInformation"), None);
}

#[test]
fn a_hundred_waiting_requests_do_not_delay_an_edit() {
    // With all packs: whoever asks for a card waits until they are loaded.
    let workspace = Workspace::with("home = \"220000\"\nas_of = \"2022-07-10\"\n", LEXICON);
    let mut client = Client::start("waiting");
    client.initialize(Some(workspace.root()), able());
    let uri = workspace.uri("a.md");
    client.open(&uri, "markdown", 1, "林一鸣出席。");
    let hover = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 1}});
    let waiting: Vec<i64> = (0..100).map(|_| client.send_request("textDocument/hover", hover.clone())).collect();
    client.change(&uri, 2, json!([{"text": "赵敏出席。"}]));
    let text = client.request("hegao/text", json!({"uri": uri})).unwrap();
    assert_eq!(text, "赵敏出席。");
    let answered = |message: &Value| message.get("method").is_none() && message.get("result").is_some();
    assert!(!client.unread().iter().any(answered), "the edit did not wait for the requests before it");
    assert_eq!(codes(&client.diagnostics_of(&uri, 2)), ["P502"], "nor do its findings");
    for id in waiting {
        let card = client.response(id).unwrap()["contents"]["value"].as_str().unwrap().to_owned();
        assert!(card.contains("林一鸣"), "each is answered for the text it was asked about: {card}");
    }
    let later = client.request("textDocument/hover", hover).unwrap();
    assert!(later["contents"]["value"].as_str().unwrap().contains("赵敏"), "{later}");
    assert_eq!(client.shut_down(), 0);
}
