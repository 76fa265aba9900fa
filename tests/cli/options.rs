//! Options of `hegao check` beside formats, rules and fixes.

use std::{
    io::{BufRead, BufReader},
    process::Command,
};

use crate::workspace::{FINDING, NO_PACKS, Run, Workspace, hegao};

fn two_findings() -> Workspace {
    Workspace::new(&[("hegao.toml", NO_PACKS), ("a.md", FINDING), ("drafts/b.md", "会议于2月30日召开。\n")])
}

#[test]
fn a_baseline_passes_over_what_was_there() {
    let workspace = two_findings();
    workspace.run(&["check", "--write-baseline", "known.json"]).exits(0).says("已把 2 处问题记入 known.json");
    let known = |workspace: &Workspace| workspace.run(&["check", "--baseline", "known.json"]);
    known(&workspace).exits(0).prints("未发现问题").prints("另有 2 处已记入基线");
    // Edits elsewhere change nothing; a new finding and a changed one are reported.
    workspace.write("a.md", format!("# 标题\n\n新的一段。\n\n{FINDING}"));
    known(&workspace).exits(0);
    workspace.write("a.md", format!("{FINDING}\n{FINDING}"));
    known(&workspace).exits(1).prints("错误 1").prints("a.md:3:");
    workspace.write("a.md", "[某人](@somebody)出席会议。\n");
    known(&workspace).exits(1).prints("@somebody");
    // The same from another folder.
    let workspace = two_findings();
    workspace.run(&["check", "--write-baseline", "known.json"]);
    let mut command = hegao(&workspace.path("drafts"), &["check", "--baseline", "../known.json"]);
    assert_eq!(command.output().unwrap().status.code(), Some(0));
}

#[test]
fn a_baseline_is_the_same_in_every_run_and_faults_in_it_are_said() {
    let workspace = two_findings();
    workspace.run(&["check", "--write-baseline", "1.json"]).exits(0);
    workspace.run(&["check", "--write-baseline", "2.json", "--jobs", "1"]).exits(0);
    assert_eq!(workspace.read("1.json"), workspace.read("2.json"));
    let check = |text: &str, said: &str| {
        workspace.write("bad.json", text);
        workspace.run(&["check", "--baseline", "bad.json"]).exits(2).says("bad.json").says(said);
    };
    check("[]", "不是基线文件");
    check("{\"version\":9,\"findings\":[]}", "版本是 9");
    workspace.run(&["check", "--baseline", "missing.json"]).exits(2).says("missing.json");
    workspace.run(&["check", "--write-baseline", "no/such.json"]).exits(2).says("no/such.json");
    workspace.run(&["check", "--write-baseline", "a", "--baseline", "b"]).exits(2);
}

#[test]
fn limits_stand_in_the_summary_and_can_fail() {
    let text = "今天的天气很好。".repeat(500);
    let check = |limits: &str, code: i32, printed: &str| {
        let config = format!("{NO_PACKS}[limits]\n{limits}\n");
        // 3,500 characters and a finding: under 3 in 10,000, over 1.
        let draft = format!("{FINDING}\n{text}\n");
        let workspace = Workspace::new(&[("hegao.toml", &config), ("a.txt", &draft)]);
        workspace.run(&["check", "a.txt", "--ignore", "F103", "--fail-on", "limit"]).exits(code).prints(printed);
    };
    check("newspaper = 3", 0, "；限度 newspaper 3，未超过。");
    check("book = 1", 1, "；限度 book 1，超过。");
    check("newspaper = 3\nbook = 1", 1, "book 1，超过；限度 newspaper 3，未超过。");
    let without = two_findings();
    without.run(&["check", "--fail-on", "limit"]).exits(2).says("[limits]");
    without.run(&["check", "--fail-on", "limit", "--stdin-jsonl"]).exits(2).says("--stdin-jsonl");
}

#[test]
fn statistics_count_findings_by_rule() {
    let workspace = two_findings();
    workspace.write("c.md", FINDING);
    workspace.run(&["check", "--statistics"]).exits(1).prints("     2  A101  unknown-annotation\n     1  F102  ");
    let machine = workspace.run(&["check", "--statistics", "--format", "json"]);
    machine.exits(1).says("     2  A101");
    assert_eq!(machine.json().as_array().unwrap().len(), 3);
}

#[test]
fn explain_says_what_a_rule_is_for_once() {
    let workspace = two_findings();
    workspace.write("c.md", FINDING);
    let run = workspace.run(&["check", "--explain"]);
    assert_eq!(run.exits(1).stdout.matches("  说明：").count(), 2);
    workspace.run(&["check", "--explain", "--format", "json"]).exits(2).says("--explain");
}

#[test]
fn only_what_changed_since_a_revision_is_checked() {
    let workspace = Workspace::new(&[("hegao.toml", NO_PACKS), ("old.md", FINDING), ("drafts/changed.md", "会议。\n")]);
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
        let output =
            Command::new("git").current_dir(workspace.path("")).args(identity).args(arguments).output().unwrap();
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    workspace.run(&["check", "--since", "HEAD"]).exits(2).says("--since");
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "first"]);
    workspace.write("drafts/changed.md", FINDING);
    workspace.write("要闻.md", FINDING);
    workspace.write(".gitignore", "ignored.md\n");
    workspace.write("ignored.md", FINDING);
    let check = |arguments: &[&str], expected: &[&str]| {
        let run = workspace.run(&[&["check", "--format", "jsonl", "--fail-on", "never"], arguments].concat());
        assert_eq!(run.exits(0).paths(), expected, "{arguments:?}");
    };
    check(&["--since", "HEAD"], &["drafts/changed.md", "要闻.md"]);
    check(&["--since", "HEAD", "drafts"], &["drafts/changed.md"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "second"]);
    check(&["--since", "HEAD"], &[]);
    check(&["--since", "HEAD~1"], &["drafts/changed.md", "要闻.md"]);
    workspace.run(&["check", "--since", "no-such-revision"]).exits(2).says("no-such-revision");
    workspace.run(&["check", "--since", "--output=x"]).exits(2);
}

#[test]
fn colours_and_links_are_for_terminals_unless_asked_for() {
    let workspace = two_findings();
    let escapes =
        |arguments: &[&str]| workspace.run(&[&["check"], arguments].concat()).exits(1).stdout.contains('\u{1b}');
    assert!(!escapes(&[]));
    assert!(escapes(&["--color", "always"]));
    assert!(!escapes(&["--color", "never"]));
    let run = workspace.run(&["check", "--color", "always", "--hyperlinks", "always"]);
    run.prints("\u{1b}]8;;file:///").prints("/a.md\u{1b}\\a.md:1:");
    assert!(!workspace.run(&["check", "--color", "always"]).stdout.contains("\u{1b}]8"));
    let mut command = hegao(&workspace.path(""), &["check"]);
    command.env("CLICOLOR_FORCE", "1");
    assert!(command.output().unwrap().stdout.contains(&0x1b));
    command.env("NO_COLOR", "1").env_remove("CLICOLOR_FORCE");
    assert!(!command.output().unwrap().stdout.contains(&0x1b));
    let file = workspace.run(&["check", "--color", "always", "--output", "out.txt"]);
    file.exits(1);
    assert!(!workspace.read("out.txt").contains('\u{1b}'), "files have no colours");
}

#[test]
fn messages_wrap_at_a_width() {
    use unicode_width::UnicodeWidthStr;
    let workspace = two_findings();
    let longest = |run: &Run| {
        let texts = run.stdout.lines().filter(|line| line.starts_with("  ") && !line.contains('│'));
        texts.map(|line| line.width()).max().unwrap()
    };
    let whole = workspace.run(&["check", "--explain"]);
    let narrow = workspace.run(&["check", "--explain", "--width", "50"]);
    assert!(longest(&whole) > 50, "{}", whole.stdout);
    assert!(longest(&narrow) <= 50, "{}", narrow.stdout);
    workspace.run(&["check", "--width", "0"]).exits(2);
}

#[test]
fn watching_checks_again_after_a_change() {
    let workspace = two_findings();
    let mut child = hegao(&workspace.path(""), &["check", "--watch", "--format", "concise", "a.md"]).spawn().unwrap();
    drop(child.stdin.take());
    let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut printed = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = || printed.next().unwrap().unwrap();
    assert!(next().contains("@nobody"));
    assert!(said.next().unwrap().unwrap().contains("等待改动"));
    workspace.write("a.md", "会议召开，[某人](@somebody)出席。\n");
    assert!(next().contains("@somebody"));
    assert!(said.next().unwrap().unwrap().contains("等待改动"));
    workspace.write("lexicon/new.toml", "[[person]]\nid = \"x\"\nname = \"某人\"\n");
    workspace.write("a.md", "会议召开，[某人](@nobody-else)出席。\n");
    assert!(next().contains("@nobody-else"));
    child.kill().unwrap();
    child.wait().unwrap();
    workspace.run(&["check", "--watch", "-"]).exits(2).says("--watch");
}

#[test]
fn a_progress_bar_is_for_terminals() {
    let workspace = two_findings();
    for number in 0..100 {
        workspace.write(&format!("drafts/{number}.md"), "会议召开。\n");
    }
    workspace.run(&["check"]).exits(1).says_nothing();
    workspace.run(&["check", "--no-progress"]).exits(1).says_nothing();
}
