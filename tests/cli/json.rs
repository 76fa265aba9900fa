//! The shape of `json` and `jsonl`, and the positions in them.

use serde_json::{Value, json};

use crate::workspace::{FINDING, NO_PACKS, Workspace};

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// Every finding has the members of the contract, and `json` and `jsonl` hold the same.
#[test]
fn findings_have_the_shape_of_the_contract() {
    let lexicon = "[[person]]\nid = \"somebody\"\nname = \"某人\"\nsources = [\"https://example.com\"]\n";
    let workspace =
        Workspace::new(&[("hegao.toml", NO_PACKS), ("lexicon/people.toml", lexicon), ("drafts/a.md", FINDING)]);
    let array = workspace.run(&["check", "--format", "json"]).json();
    let lines = workspace.run(&["check", "--format", "jsonl"]).json_lines();
    assert_eq!(array, Value::Array(lines));
    let finding = &array[0];
    assert_eq!(
        keys(finding),
        ["code", "entries", "evidence", "fixes", "message", "path", "range", "rule", "severity", "text"]
    );
    assert_eq!(
        (&finding["path"], &finding["code"], &finding["rule"]),
        (&json!("drafts/a.md"), &json!("A101"), &json!("unknown-annotation"))
    );
    assert_eq!(finding["severity"], "error");
    assert_eq!(keys(&finding["range"]), ["end", "start"]);
    assert_eq!(keys(&finding["range"]["start"]), ["column", "line", "offset"]);
    assert_eq!(finding["entries"], json!(["somebody"]));
    let evidence = &finding["evidence"][0];
    assert_eq!(keys(evidence), ["end", "entry", "line", "path", "source", "start", "text"]);
    assert_eq!(
        (&evidence["entry"], &evidence["path"], &evidence["line"]),
        (&json!("somebody"), &json!("lexicon/people.toml"), &json!(3))
    );
    assert_eq!(
        (&evidence["start"], &evidence["end"], &evidence["source"]),
        (&Value::Null, &Value::Null, &json!("https://example.com"))
    );
    let fix = &finding["fixes"][0];
    assert_eq!(keys(fix), ["edits", "safe", "title"]);
    assert_eq!(keys(&fix["edits"][0]), ["end", "start", "text"]);
}

/// Lines and columns count from 1 and in Unicode scalar values, offsets in bytes from 0: whatever span
/// the rule reports, `text` stands at its offsets and they lie at its lines and columns.
#[test]
fn positions_count_lines_characters_and_bytes() {
    let check = |text: &str, line: u64| {
        let run = Workspace::new(&[("a.md", text)]).run(&["check", "--format", "json"]);
        let found = run.exits(1).json();
        let finding = &found[0];
        let (start, end) = (&finding["range"]["start"], &finding["range"]["end"]);
        let offset = |point: &Value| usize::try_from(point["offset"].as_u64().unwrap()).unwrap();
        assert_eq!(&text[offset(start)..offset(end)], finding["text"].as_str().unwrap());
        assert_eq!(start["line"], line, "{text:?}");
        for point in [start, end] {
            let before = &text[..offset(point)];
            let lines: Vec<&str> = before.split("\r\n").flat_map(|line| line.split(['\n', '\r'])).collect();
            assert_eq!(point["line"], lines.len(), "{text:?}");
            assert_eq!(point["column"], lines.last().unwrap().chars().count() + 1, "{text:?}");
        }
    };
    check("[某人](@nobody)", 1);
    check("一\n\n二[某人](@nobody)\n", 3);
    check("一\r\n\r\n二[某人](@nobody)\r\n", 3);
    check("一\r\r二[某人](@nobody)\r", 3);
    check("𠮷林😀\r\n\r\n𠮷林😀[某人](@nobody)到会\r\n", 3);
    check("---\ntitle: x\n---\n\n一\n二[某人](@nobody)\n", 6);
}

#[test]
fn a_fix_says_what_replaces_what() {
    let term = "[[slogan]]\nid = \"s\"\ntext = \"甲要防住、乙要稳住、丙要安全\"\nwrong = [{ text = \"甲要防住、乙要稳住、丙要平安\" }]\n";
    let text = "会议强调“甲要防住、乙要稳住、丙要平安”的要求。\n";
    let workspace = Workspace::new(&[("hegao.toml", NO_PACKS), ("lexicon/s.toml", term), ("a.md", text)]);
    let found = workspace.run(&["check", "--format", "json", "--as-of", "2022-07-10"]).exits(1).json();
    let edits = found[0]["fixes"][0]["edits"].as_array().unwrap();
    let mut mended = text.to_owned();
    for edit in edits.iter().rev() {
        let at = |key: &str| usize::try_from(edit[key].as_u64().unwrap()).unwrap();
        mended.replace_range(at("start")..at("end"), edit["text"].as_str().unwrap());
    }
    assert_eq!(mended, "会议强调“甲要防住、乙要稳住、丙要安全”的要求。\n");
}
