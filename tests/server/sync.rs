//! Documents: opening, editing, closing, and the diagnostics that follow.

use serde_json::{Value, json};

use crate::workspace::{Workspace, able, at, codes, place_of, range};

#[test]
fn findings_are_published_with_version_code_and_evidence() {
    let workspace = Workspace::new();
    let mut client = workspace.client("published", able());
    let uri = workspace.uri("drafts/稿 1.md");
    let text = "# 要闻\n\n省委组织部部长林一鸣出席会议。\n";
    client.open(&uri, "markdown", 7, text);
    let diagnostics = client.diagnostics_of(&uri, 7);
    assert_eq!(codes(&diagnostics), ["P201"]);
    let finding = &diagnostics[0];
    assert_eq!(finding["severity"], 1);
    assert_eq!(finding["source"], "hegao");
    assert_eq!(finding["range"]["start"], place_of(text, "省委组织部部长"));
    assert_eq!(finding["range"]["end"], place_of(text, "林一鸣"));
    let evidence = &finding["relatedInformation"][0];
    assert_eq!(evidence["location"]["uri"], workspace.uri("lexicon/lexicon.toml"));
    assert!(evidence["message"].as_str().unwrap().contains("2022-01-10"), "{evidence}");
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn closing_clears_the_diagnostics() {
    let workspace = Workspace::new();
    let mut client = workspace.client("closed", able());
    let uri = workspace.uri("a.md");
    client.open(&uri, "markdown", 1, "[某人](@nobody)出席。");
    assert_eq!(codes(&client.diagnostics_of(&uri, 1)), ["A101"]);
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    assert_eq!(client.diagnostics(&uri, |params| params.get("version").is_none()), Vec::<Value>::new());
    client.open(&uri, "markdown", 1, "[某人](@nobody)出席。");
    assert_eq!(codes(&client.diagnostics_of(&uri, 1)), ["A101"], "opened again");
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn what_is_no_draft_is_left_alone() {
    let workspace = Workspace::new();
    let mut client = workspace.client("no_draft", able());
    let (code, draft) = (workspace.uri("a.py"), workspace.uri("b.md"));
    client.open(&code, "python", 1, "# [某人](@nobody)");
    client.open("untitled:Untitled-1", "markdown", 1, "[某人](@nobody)");
    client.open(&draft, "markdown", 1, "[某人](@nobody)");
    client.diagnostics_of(&draft, 1);
    assert_eq!(codes(&client.diagnostics_of("untitled:Untitled-1", 1)), ["A101"]);
    assert!(!client.unread().iter().any(|message| message["params"]["uri"] == code), "{:?}", client.unread());
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn edits_beyond_the_text_are_clamped_and_logged() {
    let workspace = Workspace::new();
    let mut client = workspace.client("clamped", able());
    let uri = workspace.uri("a.md");
    client.open(&uri, "markdown", 1, "甲。\n");
    client.change(&uri, 2, json!([{"range": range(at(40, 3), at(50, 9)), "text": "[某人](@nobody)"}]));
    assert_eq!(client.diagnostics_of(&uri, 2)[0]["range"]["start"], at(1, "[某人](@".len()));
    let log = client.notification("window/logMessage", |_| true);
    assert!(log["message"].as_str().unwrap().contains("40:3"), "{log}");
    client.change("file:///not/open.md", 2, json!([{"text": ""}]));
    let log = client.notification("window/logMessage", |_| true);
    assert!(log["message"].as_str().unwrap().contains("open.md"), "{log}");
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_draft_with_too_many_findings_says_how_many_are_left_out() {
    let workspace = Workspace::with("packs = []\n", "");
    let mut client = workspace.client("many", able());
    let uri = workspace.uri("a.md");
    client.open(&uri, "markdown", 1, &"[某人](@nobody)。\n\n".repeat(1200));
    let diagnostics = client.diagnostics_of(&uri, 1);
    assert_eq!(diagnostics.len(), 1000);
    let last = diagnostics.last().unwrap();
    assert!(last["message"].as_str().unwrap().contains("201"), "{last}");
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn faults_of_the_front_matter_are_shown() {
    let workspace = Workspace::new();
    let mut client = workspace.client("front_matter", able());
    let uri = workspace.uri("a.md");
    client.open(&uri, "markdown", 1, "---\ntitle: 甲\ndate: 前天\n---\n甲。\n");
    let diagnostics = client.diagnostics_of(&uri, 1);
    assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
    assert_eq!(diagnostics[0]["severity"], 2);
    assert_eq!(diagnostics[0]["range"]["start"], at(2, "date: ".len()));
    assert_eq!(client.shut_down(), 0);
}

/// Numbers that look random and are the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit
    }
}

/// The UTF-16 position of a character of `text`, counted the slow way.
fn utf16_position(text: &[char], index: usize) -> Value {
    let before: String = text[..index].iter().collect();
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    at(before.matches('\n').count(), before[line_start..].encode_utf16().count())
}

#[test]
fn edits_in_utf16_give_what_a_fresh_open_gives() {
    let workspace = Workspace::new();
    let mut client = workspace.client("edited", json!({"workspace": {"configuration": true}}));
    let (edited, fresh) = (workspace.uri("edited.md"), workspace.uri("fresh.md"));
    let mut text: Vec<char> = "𠮷林省委组织部部长林一鸣出席。\n\n𝒜[某人](@nobody)😀说。\n".chars().collect();
    client.open(&edited, "markdown", 1, &text.iter().collect::<String>());
    let pieces = ["𠮷", "😀\n", "[某人](@nobody)", "省委组织部部长林一鸣", "\n\n", "。", "", "𝒜𝒜[甲](@a)"];
    let mut numbers = Numbers(20220710);
    let mut seen = 0;
    for version in 2..40 {
        let mut changes = Vec::new();
        for _ in 0..=numbers.below(3) {
            let start = numbers.below(text.len() + 1);
            let end = (start + numbers.below(6)).min(text.len());
            let piece = pieces[numbers.below(pieces.len())];
            changes
                .push(json!({"range": range(utf16_position(&text, start), utf16_position(&text, end)), "text": piece}));
            text.splice(start..end, piece.chars());
        }
        client.change(&edited, version, json!(changes));
        let diagnostics = client.diagnostics_of(&edited, version);
        client.open(&fresh, "markdown", version, &text.iter().collect::<String>());
        assert_eq!(diagnostics, client.diagnostics_of(&fresh, version), "{:?}", text.iter().collect::<String>());
        client.notify("textDocument/didClose", json!({"textDocument": {"uri": fresh}}));
        seen += diagnostics.len();
    }
    assert!(seen > 40, "the edits leave findings to compare: {seen}");
    assert_eq!(client.shut_down(), 0);
}
