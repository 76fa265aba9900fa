//! `--fix` and `--diff`.

use crate::workspace::{FINDING, Workspace};

const LEXICON: &str = "[[slogan]]\nid = \"s\"\ntext = \"甲要防住、乙要稳住、丙要安全\"\nwrong = [{ text = \"甲要防住、乙要稳住、丙要平安\" }]\n";
const WRONG: &str = "会议强调“甲要防住、乙要稳住、丙要平安”的要求。\r\n";
const RIGHT: &str = "会议强调“甲要防住、乙要稳住、丙要安全”的要求。\r\n";

fn workspace() -> Workspace {
    Workspace::new(&[
        ("hegao.toml", "packs = []\nas_of = \"2022-07-10\"\n"),
        ("lexicon/s.toml", LEXICON),
        ("a.md", &format!("\u{FEFF}{WRONG}")),
        ("b.md", FINDING),
    ])
}

#[test]
fn safe_fixes_are_written_and_said() {
    let workspace = workspace();
    workspace.run(&["check", "--fix", "a.md"]).exits(0).says("已修正 a.md：1 处").prints("未发现问题");
    assert_eq!(workspace.read("a.md"), format!("\u{FEFF}{RIGHT}"));
    let again = workspace.run(&["check", "--fix", "a.md"]);
    again.exits(0).says_nothing();
    let names: Vec<_> = std::fs::read_dir(workspace.path(".")).unwrap().map(|item| item.unwrap().file_name()).collect();
    assert_eq!(names.len(), 4, "no other file is left: {names:?}");
}

#[test]
fn fixes_that_want_a_look_are_applied_only_when_asked_for() {
    let workspace = workspace();
    workspace.run(&["check", "--fix", "b.md"]).exits(1).prints("A101").says_nothing();
    assert_eq!(workspace.read("b.md"), FINDING);
    workspace.run(&["check", "--fix", "--unsafe-fixes", "b.md"]).exits(0).says("b.md");
    assert_eq!(workspace.read("b.md"), "某人出席会议。\n");
}

#[test]
fn a_rule_that_is_not_asked_for_fixes_nothing() {
    let workspace = workspace();
    workspace.run(&["check", "--fix", "--ignore", "S101", "a.md"]).exits(0).says_nothing();
    assert_eq!(workspace.read("a.md"), format!("\u{FEFF}{WRONG}"));
}

#[test]
fn diff_shows_and_writes_nothing() {
    for arguments in [&["check", "--diff", "a.md"][..], &["check", "--fix", "--diff", "a.md"]] {
        let workspace = workspace();
        let run = workspace.run(arguments);
        run.exits(1).prints("--- a.md\n+++ a.md\n@@ -1 +1 @@\n").prints(&format!("-\u{FEFF}{WRONG}+\u{FEFF}{RIGHT}"));
        assert_eq!(workspace.read("a.md"), format!("\u{FEFF}{WRONG}"));
    }
    let workspace = workspace();
    assert_eq!(workspace.run(&["check", "--diff", "--fail-on", "never", "b.md"]).exits(0).stdout, "");
}

#[test]
fn standard_input_is_mended_to_standard_output() {
    let run = workspace().run_with(&["check", "--fix", "-"], WRONG);
    assert_eq!(run.exits(0).stdout, RIGHT);
    let untouched = workspace().run_with(&["check", "--fix", "-"], FINDING);
    assert_eq!(untouched.exits(1).says("A101").stdout, FINDING);
}

#[test]
#[cfg(unix)]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let workspace = workspace();
    let file = workspace.path("a.md");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink("a.md", workspace.path("link.md")).unwrap();
    workspace.run(&["check", "--fix", "link.md"]).exits(0);
    assert!(workspace.path("link.md").is_symlink());
    assert_eq!(workspace.read("a.md"), format!("\u{FEFF}{RIGHT}"));
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
}
