//! `hegao check`: exit codes, severities, formats for people.

use std::io::Read;

use crate::workspace::{FINDING, Workspace, hegao};

#[test]
fn the_exit_code_tells_whether_there_are_findings() {
    let workspace = Workspace::new(&[
        ("clean.md", "会议在长春召开。\n"),
        ("finding.md", FINDING),
        ("empty.md", ""),
        ("bom.md", "\u{FEFF}"),
    ]);
    let check = |arguments: &[&str], code: i32, stdout: &str| {
        workspace.run(&[&["check"], arguments].concat()).exits(code).says_nothing().prints(stdout);
    };
    check(&["clean.md"], 0, "检查 1 个文件，未发现问题。");
    check(&["empty.md"], 0, "检查 1 个文件，未发现问题。");
    check(&["bom.md"], 0, "检查 1 个文件，未发现问题。");
    check(&["finding.md"], 1, "检查 1 个文件，发现 错误 1、警告 0、提示 0。");
    check(&["finding.md", "--format", "concise"], 1, "finding.md:1:");
    check(&["finding.md", "--format", "json"], 1, "\"A101\"");
    check(&["finding.md", "--format", "jsonl"], 1, "\"A101\"");
    check(&["clean.md", "--format", "json"], 0, "[]");
    check(&["finding.md", "--fail-on", "never"], 0, "A101");
    check(&["finding.md", "--fail-on", "error"], 1, "A101");
    check(&["finding.md", "--no-progress", "--jobs", "1"], 1, "A101");
    check(&["finding.md", "--as-of", "2022-07", "--min-severity", "error"], 1, "A101");
}

#[test]
fn rules_are_chosen_by_code_name_and_prefix() {
    let workspace = Workspace::new(&[("a.md", FINDING)]);
    let check = |arguments: &[&str], code: i32| {
        workspace.run(&[&["check", "a.md"], arguments].concat()).exits(code);
    };
    check(&["--select", "A101"], 1);
    check(&["--select", "a1"], 1);
    check(&["--select", "unknown-annotation"], 1);
    check(&["--select", "P,S1,A"], 1);
    check(&["--select", "P201"], 0);
    check(&["--select", "P201", "--select", "A101"], 1);
    check(&["--ignore", "A101"], 0);
    check(&["--ignore", "P201,unknown-annotation"], 0);
    check(&["--select", "A", "--ignore", "A101"], 0);
}

#[test]
fn severities_below_the_least_are_left_out_and_do_not_fail() {
    let workspace = Workspace::new(&[("a.md", FINDING), ("hegao.toml", "[rules]\nA101 = \"info\"\n")]);
    workspace.run(&["check"]).exits(0).prints("提示 1");
    workspace.run(&["check", "--fail-on", "info"]).exits(1);
    workspace.run(&["check", "--fail-on", "hint", "--min-severity", "warning"]).exits(0).prints("未发现问题");
}

#[test]
fn full_shows_place_words_and_summary() {
    let workspace = Workspace::new(&[("drafts/a.md", "第一段。\n\n昨天[某人](@nobody)出席会议。\n")]);
    let run = workspace.run(&["check"]);
    run.exits(1)
        .prints("drafts/a.md:3:")
        .prints(" 错误 A101 unknown-annotation\n")
        .prints("  3 │ 昨天[某人](@nobody)出席会议。\n    │             ^^^^^^\n");
    assert!(!run.stdout.contains('\u{1b}'), "colours are for terminals");
}

#[test]
fn a_very_long_line_is_shown_by_a_window() {
    let text = format!("{0}[某人](@nobody){0}\n", "今天的天气很好，".repeat(100_000));
    let run = Workspace::new(&[("a.txt", &text)]).run(&["check", "a.txt"]);
    run.exits(1).prints("…").prints("^^");
    assert!(run.stdout.len() < 2000, "{} bytes were printed", run.stdout.len());
}

#[test]
fn control_characters_of_a_draft_do_not_reach_the_terminal() {
    let run = Workspace::new(&[("a.txt", "\u{1b}[2J[某人](@nobody)\u{7}出席\n")]).run(&["check", "--format", "full"]);
    run.exits(1).prints("␛[2J");
    assert!(!run.stdout.contains(['\u{1b}', '\u{7}']));
}

#[test]
fn the_report_can_go_to_a_file() {
    let workspace = Workspace::new(&[("a.md", FINDING)]);
    let run = workspace.run(&["check", "--format", "jsonl", "--output", "report.jsonl"]);
    assert_eq!(run.exits(1).says_nothing().stdout, "");
    assert_eq!(workspace.read("report.jsonl"), workspace.run(&["check", "--format", "jsonl"]).stdout);
    workspace.run(&["check", "--output", "report.txt"]).exits(1);
    workspace.run(&["check", "--output", "report.txt"]).exits(1).says_nothing();
    assert!(workspace.read("report.txt").contains("检查 1 个文件"), "the report is no draft");
    workspace.run(&["check", "--output", "no/such/folder.txt"]).exits(2).says("no/such/folder.txt");
}

#[test]
fn a_draft_is_not_overwritten_by_the_report() {
    let workspace = Workspace::new(&[("a.md", FINDING)]);
    workspace.run(&["check", "a.md", "--output", "./a.md"]).exits(2).says("--output");
    assert_eq!(workspace.read("a.md"), FINDING);
}

#[test]
fn output_does_not_depend_on_the_number_of_jobs() {
    let workspace = Workspace::new(&[]);
    for number in 0..150 {
        workspace.write(&format!("drafts/{number}.md"), FINDING);
    }
    let one = workspace.run(&["check", "--format", "json", "--jobs", "1"]);
    let many = workspace.run(&["check", "--format", "json", "--jobs", "8"]);
    assert_eq!(one.exits(1).stdout, many.exits(1).stdout);
    assert_eq!(one.json().as_array().unwrap().len(), 150);
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let workspace = Workspace::new(&[("a.md", &FINDING.repeat(5000))]);
    for format in crate::report_formats::FORMATS {
        let mut child = hegao(&workspace.path(""), &["check", "--format", format]).spawn().unwrap();
        drop(child.stdin.take());
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(1), ""), "{format}");
    }
}
