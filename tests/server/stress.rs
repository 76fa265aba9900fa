//! No edit is lost, however fast they come and whatever else is asked.

use serde_json::{Value, json};

use crate::{client::Client, workspace::Workspace};

const EDITS: usize = 5000;

/// What is typed: line breaks of all kinds, characters of one to four bytes, words of the lexicon.
const PIECES: [&str; 8] = ["林一鸣", "\r\n", "😀", "𠮷", "a", "，松花新区", "\n\n", "赵敏出席。"];

/// A small generator (Knuth's MMIX constants): the same edits in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// The position of a character of the text; never between CR and LF.
fn position(text: &[char], mut at: usize, encoding: &str) -> (usize, Value) {
    if at > 0 && at < text.len() && text[at - 1] == '\r' && text[at] == '\n' {
        at -= 1;
    }
    let start = text[..at].iter().rposition(|c| *c == '\n').map_or(0, |newline| newline + 1);
    let line = text[..start].iter().filter(|c| **c == '\n').count();
    let units = |c: &char| match encoding {
        "utf-8" => c.len_utf8(),
        "utf-16" => c.len_utf16(),
        _ => 1,
    };
    (at, json!({"line": line, "character": text[start..at].iter().map(units).sum::<usize>()}))
}

fn check(encoding: &str) {
    let workspace = Workspace::new();
    let mut client = Client::start(&format!("stress_{encoding}"));
    let capabilities = json!({"general": {"positionEncodings": [encoding]}});
    let result = client.initialize(Some(workspace.root()), capabilities);
    assert_eq!(result["capabilities"]["positionEncoding"], encoding);
    let uri = workspace.uri("a.md");
    let mut text: Vec<char> = "省委宣传部部长林一鸣出席。\r\n".chars().collect();
    client.open(&uri, "markdown", 0, &text.iter().collect::<String>());
    let mut random = Random(7);
    let mut asked = Vec::new();
    for version in 1..=EDITS {
        let (start, from) = position(&text, random.below(text.len() + 1), encoding);
        // The text stays small: as much goes as comes.
        let longest = if text.len() > 400 { 12 } else { 4 };
        let (end, to) = position(&text, (start + random.below(longest)).min(text.len()), encoding);
        let (end, to) = if end < start { (start, from.clone()) } else { (end, to) };
        let piece = PIECES[random.below(PIECES.len())];
        text.splice(start..end, piece.chars());
        client.change(&uri, version as i64, json!([{"range": {"start": from, "end": to}, "text": piece}]));
        if version % 2 == 0 {
            let params = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 1}});
            let id = client.send_request("textDocument/hover", params);
            asked.push(id);
            if version % 6 == 0 {
                client.notify("$/cancelRequest", json!({"id": id}));
            }
        }
    }
    let server = client.request("hegao/text", json!({"uri": uri})).unwrap();
    assert_eq!(server.as_str().unwrap(), text.iter().collect::<String>(), "{encoding}");
    assert_eq!(asked.len(), EDITS / 2);
    for id in asked {
        if let Err(error) = client.response(id) {
            assert_eq!(error["code"], -32800, "a hover is answered or cancelled");
        }
    }
    client.diagnostics_of(&uri, EDITS as i64);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn no_edit_is_lost_in_utf8() {
    check("utf-8");
}

#[test]
fn no_edit_is_lost_in_utf16() {
    check("utf-16");
}

#[test]
fn no_edit_is_lost_in_utf32() {
    check("utf-32");
}
