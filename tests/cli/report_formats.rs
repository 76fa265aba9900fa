//! Every report format against its schema or a parser of the format.

use std::{collections::BTreeSet, fs};

use roxmltree::Document;
use serde_json::{Value, json};

use crate::workspace::{FINDING, Workspace};

/// All formats of `hegao check`.
pub const FORMATS: [&str; 10] =
    ["full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"];

const LEXICON: &str = "[[slogan]]\nid = \"s\"\ntext = \"甲要防住、乙要稳住、丙要安全\"\nsources = [\"https://example.com/?a=1&b=2\"]\n\
    wrong = [{ text = \"甲要防住、乙要稳住、丙要平安\" }]\n";

/// Drafts with findings of several severities, with and without evidence and fixes, and names that want
/// escaping; one is clean.
fn workspace() -> Workspace {
    Workspace::new(&[
        ("hegao.toml", "packs = []\nas_of = \"2022-07-10\"\n[rules]\nF104 = \"info\"\n"),
        ("lexicon/s.toml", LEXICON),
        ("a.md", "𠮷会议强调“甲要防住、乙要稳住、丙要平安”的要求。\r\n\r\n[某<人](@no&body)出席\u{1}。\r\n"),
        ("要闻, 1:%.md", &format!("{FINDING}\n（此处补）会议于2月30日召开。\n")),
        ("clean.md", "会议在长春召开。\n"),
    ])
}

fn report(workspace: &Workspace, format: &str) -> String {
    workspace.run(&["check", "--format", format]).exits(1).says_nothing().stdout.clone()
}

fn conforms(schema: &str, report: &Value) {
    let schema: Value = serde_json::from_str(&fs::read_to_string(format!("tests/schemas/{schema}")).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(report).map(|error| format!("{}: {error}", error.instance_path)).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{report:#}");
}

/// The findings as `json` has them: the measure for the others.
fn findings(workspace: &Workspace) -> Vec<Value> {
    let findings = workspace.run(&["check", "--format", "json"]).json().as_array().unwrap().clone();
    let codes: BTreeSet<&str> = findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect();
    assert!(codes.is_superset(&["A101", "S101", "F102", "F104"].into()), "{codes:?}");
    findings
}

#[test]
fn exit_codes_are_the_same_in_all_formats() {
    let workspace = workspace();
    workspace.write("broken/hegao.toml", "packs = []\n");
    workspace.write("broken/lexicon/a.toml", "[[person]]\n");
    workspace.write("broken/a.md", FINDING);
    for format in FORMATS {
        let check = |arguments: &[&str], code: i32| {
            workspace.run(&[&["check", "--format", format], arguments].concat()).exits(code);
        };
        check(&["clean.md"], 0);
        check(&["a.md", "clean.md"], 1);
        check(&["a.md", "--fail-on", "never"], 0);
        check(&["a.md", "--select", "P201"], 0);
        check(&["a.md", "missing.md"], 2);
        check(&["missing.md"], 2);
        check(&["broken"], 2);
        check(&["a.md", "--select", "Z9"], 2);
        check(&["a.md", "--no-such-option"], 2);
        check(&["a.md", "--config", "missing.toml"], 2);
    }
}

#[test]
fn reports_of_nothing_are_whole() {
    let workspace = workspace();
    fs::create_dir(workspace.path("empty")).unwrap();
    for format in FORMATS {
        for arguments in [&["clean.md"][..], &["empty"], &["a.md", "--select", "P201"]] {
            let run = workspace.run(&[&["check", "--fail-on", "never", "--format", format], arguments].concat());
            let text = run.exits(0).stdout.as_str();
            match format {
                "json" | "sarif" | "gitlab" | "rdjson" => drop(run.json()),
                "junit" | "checkstyle" => drop(Document::parse(text).unwrap()),
                _ => {}
            }
        }
    }
}

#[test]
fn sarif_conforms_to_its_schema() {
    let workspace = workspace();
    let log: Value = serde_json::from_str(&report(&workspace, "sarif")).unwrap();
    conforms("sarif-2.1.0.json", &log);
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    let expected = findings(&workspace);
    assert_eq!(results.len(), expected.len());
    for (result, finding) in results.iter().zip(&expected) {
        assert_eq!(result["ruleId"], finding["code"]);
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], finding["code"]);
        assert!(rule["help"]["markdown"].as_str().unwrap().contains("````"), "{rule}");
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!(
            (&region["startLine"], &region["startColumn"], &region["endColumn"]),
            (
                &finding["range"]["start"]["line"],
                &finding["range"]["start"]["column"],
                &finding["range"]["end"]["column"]
            )
        );
        assert_eq!(region["snippet"]["text"], finding["text"]);
        let count = |value: &Value| value.as_array().unwrap().len();
        assert_eq!(count(&result["fixes"]), count(&finding["fixes"]));
        assert_eq!(count(&result["relatedLocations"]), count(&finding["evidence"]));
    }
    let slogan = results.iter().find(|result| result["ruleId"] == "S101").unwrap();
    let related = &slogan["relatedLocations"][0]["physicalLocation"];
    assert_eq!(related["artifactLocation"]["uri"], "lexicon/s.toml");
    let change = &slogan["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert!(change["insertedContent"]["text"].as_str().unwrap().contains("安全"), "{change}");
    assert!(report(&workspace, "sarif").contains("%E8%A6%81%E9%97%BB%2C%201%3A%25.md"));
}

#[test]
fn gitlab_conforms_to_its_schema_and_fingerprints_are_unique() {
    let workspace = workspace();
    workspace.write("b.md", FINDING);
    workspace.write("c.md", format!("{FINDING}\n{FINDING}"));
    let quality: Value = serde_json::from_str(&report(&workspace, "gitlab")).unwrap();
    conforms("gitlab.json", &quality);
    let issues = quality.as_array().unwrap();
    let prints: BTreeSet<&str> = issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!((prints.len(), issues.len()), (issues.len(), findings(&workspace).len()));
}

#[test]
fn rdjson_conforms_to_its_schema_and_counts_bytes() {
    let workspace = workspace();
    let result: Value = serde_json::from_str(&report(&workspace, "rdjson")).unwrap();
    conforms("rdjson.json", &result);
    let diagnostics = result["diagnostics"].as_array().unwrap();
    assert_eq!(diagnostics.len(), findings(&workspace).len());
    let text = workspace.read("a.md");
    let diagnostic = diagnostics.iter().find(|diagnostic| diagnostic["code"]["value"] == "S101").unwrap();
    let suggestion = &diagnostic["suggestions"][0];
    let column = |end: &str| usize::try_from(suggestion["range"][end]["column"].as_u64().unwrap()).unwrap() - 1;
    let mended = [&text[..column("start")], suggestion["text"].as_str().unwrap(), &text[column("end")..]].concat();
    assert!(mended.starts_with("𠮷会议强调“甲要防住、乙要稳住、丙要安全”的要求。\r\n"), "{mended}");
}

#[test]
fn junit_has_a_suite_for_each_draft() {
    let workspace = workspace();
    let text = report(&workspace, "junit");
    let document = Document::parse(&text).unwrap();
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    let suites: Vec<_> = root.children().filter(|node| node.is_element()).collect();
    let names: Vec<_> = suites.iter().map(|suite| suite.attribute("name").unwrap()).collect();
    assert_eq!(names, ["a.md", "clean.md", "要闻, 1:%.md"]);
    let mut failures = 0;
    for suite in suites {
        assert_eq!(suite.tag_name().name(), "testsuite");
        let cases: Vec<_> = suite.children().filter(|node| node.is_element()).collect();
        assert_eq!(suite.attribute("tests").unwrap(), cases.len().to_string());
        assert!(cases.iter().all(|case| case.has_tag_name("testcase") && case.has_attribute("classname")));
        let failed = cases.iter().filter(|case| case.children().any(|node| node.has_tag_name("failure"))).count();
        assert_eq!(suite.attribute("failures").unwrap(), failed.to_string());
        failures += failed;
    }
    assert_eq!(failures, findings(&workspace).len());
}

#[test]
fn checkstyle_has_an_error_for_each_finding() {
    let workspace = workspace();
    let text = report(&workspace, "checkstyle");
    let document = Document::parse(&text).unwrap();
    let errors: Vec<_> = document.descendants().filter(|node| node.has_tag_name("error")).collect();
    let expected = findings(&workspace);
    assert_eq!(errors.len(), expected.len());
    for (error, finding) in errors.iter().zip(&expected) {
        assert_eq!(error.parent().unwrap().attribute("name").unwrap(), finding["path"].as_str().unwrap());
        let start = &finding["range"]["start"];
        assert_eq!(error.attribute("line").unwrap(), start["line"].to_string());
        assert_eq!(error.attribute("column").unwrap(), start["column"].to_string());
        assert!(["error", "warning", "info"].contains(&error.attribute("severity").unwrap()));
        let code = finding["code"].as_str().unwrap();
        assert!(error.attribute("source").unwrap().starts_with(&format!("hegao.{code}.")));
    }
}

/// What GitHub's runner reads from a line: the command, its properties and its data.
fn workflow_command(line: &str) -> (String, Vec<(String, String)>, String) {
    let decode = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",");
    let decode = |text: &str| decode(text).replace("%25", "%");
    let (head, data) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
    let (command, properties) = head.split_once(' ').unwrap();
    let properties = properties.split(',').map(|property| {
        let (key, value) = property.split_once('=').unwrap();
        (key.to_owned(), decode(value))
    });
    (command.to_owned(), properties.collect(), decode(data))
}

#[test]
fn github_commands_are_read_back() {
    let workspace = workspace();
    let expected = findings(&workspace);
    let text = report(&workspace, "github");
    assert_eq!(text.lines().count(), expected.len());
    for (line, finding) in text.lines().zip(&expected) {
        let (command, properties, message) = workflow_command(line);
        let level = if finding["severity"] == "info" { json!("notice") } else { finding["severity"].clone() };
        assert_eq!(json!(command), level);
        assert_eq!(json!(message), finding["message"]);
        let of = |key: &str| &properties.iter().find(|(name, _)| name == key).unwrap().1;
        assert_eq!(json!(of("file")), finding["path"]);
        assert_eq!(*of("line"), finding["range"]["start"]["line"].to_string());
        assert_eq!(*of("endColumn"), finding["range"]["end"]["column"].to_string());
    }
}

/// Columns of a terminal before and under the carets.
#[test]
fn carets_line_up_under_wide_characters() {
    use unicode_width::UnicodeWidthStr;
    let workspace = workspace();
    let text = report(&workspace, "full");
    let mut lines = text.lines().peekable();
    let mut seen = 0;
    while let Some(line) = lines.next() {
        let Some(carets) = lines.peek().filter(|next| next.contains('^')) else { continue };
        let words = line.split_once("│ ").unwrap().1;
        let carets = carets.split_once("│ ").unwrap().1;
        let before = carets.find('^').unwrap();
        let start = words.char_indices().map(|(at, _)| at).find(|at| words[..*at].width() == before).unwrap();
        let under = &words[start..];
        let marked = under.char_indices().map(|(at, c)| at + c.len_utf8());
        let end = marked.into_iter().find(|end| under[..*end].width() == carets.trim().len()).unwrap();
        let found = findings(&workspace);
        assert!(found.iter().any(|finding| finding["text"] == under[..end]), "{line}\n{carets}");
        seen += 1;
    }
    assert_eq!(seen, findings(&workspace).len());
}

#[test]
fn full_shows_evidence_and_the_fix_as_a_small_diff() {
    let text = report(&workspace(), "full");
    for expected in [
        "  依据：",
        "https://example.com/?a=1&b=2",
        "    - ",
        "丙要平安",
        "    + ",
        "丙要安全",
        "全文 ",
        "每万字错误和警告 ",
    ] {
        assert!(text.contains(expected), "{expected}:\n{text}");
    }
}
