//! Hover and definition.

use serde_json::{Value, json};

use crate::{
    client::Client,
    workspace::{LEXICON, Workspace, able, place_of},
};

const DRAFT: &str = "---
date: 2022-07-08
---
省委宣传部部长林一鸣到松花新区调研，强调疫情要防住、经济要稳住、发展要安全。
赵敏出席。示例调查院做好登记备案，落实《吉林省示例规划纲要》。
[老林](@lin-yiming)说，延吉市的经验值得学习。
";

struct Session {
    workspace: Workspace,
    client: Client,
    uri: String,
}

impl Session {
    fn new(test: &str, capabilities: Value) -> Self {
        let workspace = Workspace::new();
        let mut client = workspace.client(test, capabilities);
        let uri = workspace.uri("a.md");
        client.open(&uri, "markdown", 1, DRAFT);
        client.diagnostics_of(&uri, 1);
        Self { workspace, client, uri }
    }

    fn ask(&mut self, method: &str, words: &str) -> Value {
        let params = json!({"textDocument": {"uri": self.uri}, "position": place_of(DRAFT, words)});
        self.client.request(method, params).unwrap()
    }

    /// The card about `words`, which must be what the range covers.
    fn card(&mut self, words: &str) -> String {
        let hover = self.ask("textDocument/hover", words);
        assert_eq!(hover["contents"]["kind"], "markdown");
        assert_eq!(hover["range"]["start"], place_of(DRAFT, words), "{words}");
        hover["contents"]["value"].as_str().unwrap_or_else(|| panic!("no card for {words}: {hover}")).to_owned()
    }
}

/// The lines of `expected` stand in `card` in this order.
#[track_caller]
fn holds(card: &str, expected: &[&str]) {
    let mut rest = card;
    for text in expected {
        let at = rest.find(text).unwrap_or_else(|| panic!("{text:?} is not in its place in\n{card}"));
        rest = &rest[at + text.len()..];
    }
}

#[test]
fn cards_tell_the_facts_of_the_day_with_their_evidence() {
    let mut session = Session::new("hover", able());
    holds(
        &session.card("林一鸣"),
        &[
            "**林一鸣**",
            "人物",
            "`lin-yiming`",
            "核对日期：2022-07-08（据文首 date）",
            "当日任职",
            "- 吉林省委宣传部部长（2022-01-10 –）〔1〕",
            "此前任职",
            "- 吉林省教育厅厅长（2019-03-01 – 2022-01-09）〔2〕",
            "来源",
            "〔1〕示例日报，2022年7月，[example.org](<https://example.org/lin_1>)",
            "〔2〕示例日报，2019年3月",
        ],
    );
    holds(
        &session.card("松花新区"),
        &[
            "地名",
            "当日：吉林省 › 松花新区",
            "沿革",
            "松花开发区，属吉林省（2010-01-01 – 2019-12-31，吉政函〔2010〕1号）",
            "吉政函〔2020〕1号",
        ],
    );
    holds(
        &session.card("疫情要防住、经济要稳住、发展要安全"),
        &[
            "提法",
            "准确表述：疫情要防住、经济要稳住、发展要安全",
            "组成，次序固定",
            "- 疫情要防住",
            "- 经济要稳住",
            "- 发展要安全",
            "首次使用：2022-04-29",
            "[example.org](<https://example.org/slogan>)",
        ],
    );
    holds(
        &session.card("赵敏"),
        &[
            "**赵敏**",
            "可指 2 个词条",
            "`zhao-min-a`：白山市副市长",
            "`zhao-min-b`：通化市副市长",
            "`[赵敏](@zhao-min-a)`",
        ],
    );
    holds(&session.card("示例调查院"), &["**吉林省示例调查院**", "机构", "又作：示例调查院", "所在地：吉林省"]);
    holds(&session.card("登记备案"), &["用语", "用：登记备案", "不用：登记备查"]);
    holds(&session.card("吉林省示例规划纲要"), &["文件", "发布：吉林省人民政府", "日期：2021-03-01"]);
    assert_eq!(session.ask("textDocument/hover", "调研"), Value::Null);
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn an_annotation_has_the_card_of_its_entry() {
    let mut session = Session::new("hover_annotation", able());
    for words in ["老林", "@lin-yiming", "yiming"] {
        let hover = session.ask("textDocument/hover", words);
        holds(hover["contents"]["value"].as_str().unwrap(), &["**林一鸣**"]);
    }
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn a_client_without_markdown_gets_plain_text() {
    let capabilities = json!({"general": {"positionEncodings": ["utf-8"]}, "textDocument": {"hover": {"contentFormat": ["plaintext"]}}});
    let mut session = Session::new("hover_plain", capabilities);
    let hover = session.ask("textDocument/hover", "林一鸣");
    assert_eq!(hover["contents"]["kind"], "plaintext");
    let card = hover["contents"]["value"].as_str().unwrap();
    holds(card, &["林一鸣　人物 lin-yiming", "· 吉林省委宣传部部长", "https://example.org/lin_1"]);
    assert!(!card.contains("**"), "{card}");
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn definitions_point_to_the_line_of_the_entry() {
    let mut session = Session::new("definition", able());
    let uri = session.workspace.uri("lexicon/lexicon.toml");
    let links = session.ask("textDocument/definition", "林一鸣");
    assert_eq!(links[0]["targetUri"], uri);
    assert_eq!(links[0]["originSelectionRange"]["start"], place_of(DRAFT, "林一鸣"));
    assert_eq!(links[0]["targetSelectionRange"]["start"]["line"], place_of(LEXICON, "name = \"林一鸣\"")["line"]);
    assert_eq!(links[0]["targetRange"]["start"]["line"], place_of(LEXICON, "[[person]]")["line"]);
    let annotated = session.ask("textDocument/definition", "lin-yiming");
    assert_eq!(annotated[0]["targetSelectionRange"], links[0]["targetSelectionRange"]);
    assert_eq!(session.ask("textDocument/definition", "赵敏").as_array().unwrap().len(), 2, "all candidates");
    let behind = session.ask("textDocument/definition", "到松花新区");
    assert_eq!(behind[0]["targetSelectionRange"], links[0]["targetSelectionRange"], "a caret behind the name");
    assert_eq!(session.ask("textDocument/definition", "强调"), Value::Null);
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn a_client_without_links_gets_locations() {
    let mut session = Session::new("definition_plain", json!({"general": {"positionEncodings": ["utf-8"]}}));
    let locations = session.ask("textDocument/definition", "林一鸣");
    assert_eq!(locations[0]["uri"], session.workspace.uri("lexicon/lexicon.toml"));
    assert_eq!(locations[0]["range"]["start"]["line"], place_of(LEXICON, "name = \"林一鸣\"")["line"]);
    assert_eq!(session.client.shut_down(), 0);
}

#[test]
fn the_definition_of_a_pack_entry_is_a_file_that_can_be_opened() {
    let mut session = Session::new("definition_pack", able());
    let links = session.ask("textDocument/definition", "延吉市");
    let target = links[0]["targetUri"].as_str().unwrap();
    let text = std::fs::read_to_string(target.strip_prefix("file://").unwrap()).unwrap();
    let line = links[0]["targetSelectionRange"]["start"]["line"].as_u64().unwrap() as usize;
    assert!(text.lines().nth(line).unwrap().contains("延吉市"));
    assert!(std::fs::metadata(target.strip_prefix("file://").unwrap()).unwrap().permissions().readonly());
    assert_eq!(session.client.shut_down(), 0);
}
