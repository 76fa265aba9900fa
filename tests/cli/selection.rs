//! Severities and waivers of hegao.toml: per rule, per path, and for single words.

use crate::workspace::{FINDING, Workspace};

/// Checks a workspace with the same finding, A101, at the top, in `history/` and in `history/old/`, under this
/// configuration; `expected` has `path code severity` of every finding.
fn check(config: &str, arguments: &[&str], expected: &[&str]) {
    let workspace = Workspace::new(&[
        ("hegao.toml", &format!("packs = []\n{config}")),
        ("a.md", FINDING),
        ("history/b.md", FINDING),
        ("history/old/c.md", FINDING),
    ]);
    let arguments = [&["check", "--format", "jsonl", "--fail-on", "never"], arguments].concat();
    let found = workspace.run(&arguments).exits(0).json_lines();
    let line = |finding: &serde_json::Value| {
        let field = |name: &str| finding[name].as_str().unwrap().to_owned();
        format!("{} {} {}", field("path"), field("code"), field("severity"))
    };
    assert_eq!(found.iter().map(line).collect::<Vec<_>>(), expected, "{config}");
}

#[test]
fn a_rule_has_the_severity_the_configuration_gives_it() {
    for severity in ["hint", "info", "warning", "error"] {
        let expected = ["a.md", "history/b.md", "history/old/c.md"].map(|path| format!("{path} A101 {severity}"));
        check(&format!("[rules]\nA101 = \"{severity}\"\n"), &[], &expected.each_ref().map(String::as_str));
    }
    check("[rules]\nA101 = \"off\"\n", &[], &[]);
    check("[rules]\nunknown-annotation = \"off\"\n", &[], &[]);
    check("[rules]\nA101 = \"off\"\n", &["--select", "A101", "a.md"], &["a.md A101 error"]);
}

#[test]
fn a_path_has_its_own_severities_and_the_last_override_wins() {
    let history =
        |severity: &str| format!("[[override]]\npaths = [\"history/**\"]\nrules = {{ A101 = \"{severity}\" }}\n");
    let old = "[[override]]\npaths = [\"history/old/*.md\"]\nrules = { A101 = \"warning\" }\n";
    check(&history("off"), &[], &["a.md A101 error"]);
    check(
        &format!("[rules]\nA101 = \"info\"\n{}{old}", history("hint")),
        &[],
        &["a.md A101 info", "history/b.md A101 hint", "history/old/c.md A101 warning"],
    );
    check(
        &format!("{old}{}", history("hint")),
        &[],
        &["a.md A101 error", "history/b.md A101 hint", "history/old/c.md A101 hint"],
    );
    let off = "[rules]\nA101 = \"off\"\n";
    check(&format!("{off}{old}"), &[], &["history/old/c.md A101 warning"]);
}

#[test]
fn a_waiver_covers_its_words_in_its_drafts_until_its_day() {
    let waiver =
        |more: &str| format!("[[waiver]]\nrule = \"A101\"\ntext = \"[某人](@nobody)\"\nreason = \"待入库\"\n{more}");
    let all = ["a.md A101 error", "history/b.md A101 error", "history/old/c.md A101 error"];
    check(&waiver(""), &[], &[]);
    check(&waiver("until = \"2999-12-31\"\n"), &[], &[]);
    check(&waiver("path = \"history/**\"\n"), &[], &all[..1]);
    check(&waiver("").replace("nobody", "somebody"), &[], &all);
    check(&waiver("").replace("A101", "F101"), &[], &all);
    check(
        &waiver("path = \"a.md\"\nuntil = \"2020-12-31\"\n"),
        &[],
        &["a.md A101 error", "a.md A103 warning", all[1], all[2]],
    );
}
