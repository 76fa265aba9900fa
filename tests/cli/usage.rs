//! Options: help, refusals, languages.

use crate::workspace::{FINDING, Workspace};

fn check(arguments: &[&str], code: i32, stdout: &str, stderr: &str) {
    Workspace::new(&[("a.md", FINDING)]).run(arguments).exits(code).prints(stdout).says(stderr);
}

#[test]
fn help_and_version_are_no_fault() {
    check(&["--help"], 0, "用法：hegao", "");
    check(&["check", "--help"], 0, "--fail-on", "");
    check(&["--lang", "en", "check", "--help"], 0, "Check drafts", "");
    check(&["--version"], 0, env!("CARGO_PKG_VERSION"), "");
}

#[test]
fn what_is_not_understood_exits_2_and_is_named() {
    check(&[], 2, "", "用法：hegao");
    check(&["chek"], 2, "", "`check`");
    check(&["check", "--frobnicate"], 2, "", "--frobnicate");
    check(&["check", "--format", "xml"], 2, "", "concise");
    check(&["check", "--as-of", "2022-02-30"], 2, "", "`2022-02-30` 不是日期");
    check(&["check", "--as-of", "2022-02-30", "--lang", "en"], 2, "", "`2022-02-30` is no date");
    check(&["check", "--min-severity", "grave"], 2, "", "warning");
    check(&["check", "--fail-on", "grave"], 2, "", "never");
    check(&["check", "--jobs", "0"], 2, "", "--jobs");
    check(&["check", "--lang", "fr"], 2, "", "zh");
    check(&["check", "--select", "Z999"], 2, "", "`Z999`");
    check(&["check", "--ignore", "no-such-rule"], 2, "", "`no-such-rule`");
    check(&["check", "--unsafe-fixes"], 2, "", "--fix");
    check(&["check", "--diff", "--format", "json"], 2, "", "--diff");
    check(&["check", "--stdin-filename", "b.md", "a.md"], 2, "", "--stdin-filename");
    check(&["lexicon"], 2, "", "show");
    check(&["lexicon", "show"], 2, "", "ID|NAME|CODE");
    check(&["annotate", "--format", "xml"], 2, "", "jsonl");
    check(&["lsp", "--tcp", "nowhere"], 2, "", "nowhere");
}

#[test]
fn nothing_is_on_standard_output_when_options_are_refused() {
    let run = Workspace::new(&[("a.md", FINDING)]).run(&["check", "--select", "Z999", "--format", "json"]);
    assert_eq!(run.exits(2).stdout, "");
}

#[test]
fn the_option_then_the_configuration_then_the_environment_give_the_language() {
    let workspace = Workspace::new(&[
        ("plain/a.md", FINDING),
        ("english/a.md", FINDING),
        ("english/hegao.toml", "lang = \"en\"\n"),
    ]);
    let check = |arguments: &[&str], expected: &str| {
        workspace.run(&[&["check"], arguments].concat()).exits(1).prints(expected);
    };
    check(&["plain"], "错误");
    check(&["plain", "--lang", "en"], "1 file checked: 1 error");
    check(&["english"], "1 file checked: 1 error");
    check(&["english", "--lang", "zh"], "检查 1 个文件，发现 错误 1");
}
