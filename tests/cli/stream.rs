//! `--stdin-jsonl`.

use std::io::{BufRead, BufReader, Write};

use serde_json::{Value, json};

use crate::workspace::{FINDING, Workspace, hegao};

fn line(id: Value, text: &str) -> String {
    json!({ "id": id, "text": text }).to_string() + "\n"
}

#[test]
fn each_line_is_answered_in_order() {
    let input: String = (0..1000).map(|id| line(json!(id), if id % 3 == 0 { FINDING } else { "会议召开。" })).collect();
    let answers =
        Workspace::new(&[]).run_with(&["check", "--stdin-jsonl"], &input).exits(1).says_nothing().json_lines();
    assert_eq!(answers.len(), 1000);
    for (id, answer) in answers.iter().enumerate() {
        assert_eq!(answer["id"], id);
        assert_eq!(answer["findings"].as_array().unwrap().len(), usize::from(id % 3 == 0), "{id}");
    }
    assert_eq!(answers[0]["findings"][0]["code"], "A101");
}

#[test]
fn an_id_comes_back_byte_for_byte() {
    for id in ["1.50", "12345678901234567890123", "\"\\u5409\"", "null", "[1, {\"a\":2}]", "true"] {
        let input = format!("{{\"id\":{id},\"text\":\"会议\"}}\n");
        let run = Workspace::new(&[]).run_with(&["check", "--stdin-jsonl"], input);
        assert_eq!(run.exits(0).stdout, format!("{{\"id\":{id},\"findings\":[]}}\n"));
    }
}

#[test]
fn a_bad_line_is_answered_with_an_error_and_the_rest_goes_on() {
    let check = |bad: &[u8], id: Value| {
        let input = [bad, b"\n", line(json!("next"), "会议").as_bytes()].concat();
        let answers = Workspace::new(&[]).run_with(&["check", "--stdin-jsonl"], input).exits(2).json_lines();
        assert_eq!(answers[0]["id"], id);
        assert!(answers[0]["error"].is_string(), "{}", answers[0]);
        assert_eq!(answers[1], json!({ "id": "next", "findings": [] }));
    };
    check(b"no json", Value::Null);
    check(b"", Value::Null);
    check(b"{\"id\":7}", json!(7));
    check(b"{\"id\":7,\"text\":8}", json!(7));
    check("{\"id\":7,\"text\":\"会议\",\"date\":\"昨天\"}".as_bytes(), json!(7));
    check(b"{\"id\":7,\"text\":\"\xff\"}", json!(7));
}

#[test]
fn the_date_of_a_line_is_its_as_of_date() {
    let workspace = Workspace::new(&[("hegao.toml", ""), ("lexicon/a.toml", "")]);
    let input = |date: &str| json!({ "id": 1, "date": date, "text": "四平市公主岭市召开会议。" }).to_string();
    let findings = |date: &str, options: &[&str]| {
        let run = workspace.run_with(&[&["check", "--stdin-jsonl"], options].concat(), input(date));
        run.json_lines()[0]["findings"].as_array().unwrap().len()
    };
    assert_eq!(findings("2022-07-10", &[]), 1);
    assert_eq!(findings("2019-07-10", &[]), 0);
    assert_eq!(findings("2019-07-10", &["--as-of", "2022-07-10"]), 1);
    assert_eq!(findings("2022-07-10", &["--ignore", "L101"]), 0);
}

#[test]
fn a_line_is_answered_before_the_next_is_needed() {
    let workspace = Workspace::new(&[]);
    let mut child = hegao(&workspace.path(""), &["check", "--stdin-jsonl"]).spawn().unwrap();
    let (mut input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut answers = BufReader::new(output).lines();
    for id in 0..3 {
        input.write_all(line(json!(id), FINDING).as_bytes()).unwrap();
        input.flush().unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["id"], id);
    }
    drop(input);
    assert!(answers.next().is_none());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}
