//! What cannot be done is said with its place, and takes nothing else with it.

use crate::workspace::{FINDING, NO_PACKS, Workspace};

/// Beside a fault the finding of `good.md` is still printed, the fault stands on standard error, and
/// the exit code is 2.
fn check(workspace: &Workspace, arguments: &[&str], said: &[&str]) {
    workspace.write("good.md", FINDING);
    let run = workspace.run(&[&["check", "--format", "concise", "good.md"], arguments].concat());
    run.exits(2).prints("good.md:1:");
    for text in said {
        run.says(text);
    }
}

#[test]
fn drafts_that_cannot_be_read() {
    let workspace = Workspace::new(&[("page.rtf", FINDING), ("plain", FINDING)]);
    workspace.write("gbk.md", b"\xe7\xac\xac\xe4\xb8\x80\xe8\xa1\x8c\n\xd6\xd0\xce\xc4\n");
    check(&workspace, &["missing.md"], &["missing.md: 没有这个文件或文件夹"]);
    check(&workspace, &["missing/"], &["missing/: 没有这个文件或文件夹"]);
    check(&workspace, &["gbk.md"], &["gbk.md:2:", "第 10 字节", "另存为 UTF-8"]);
    check(&workspace, &["page.rtf"], &["page.rtf", ".md"]);
    check(&workspace, &["plain"], &["plain", ".md"]);
    check(&workspace, &["missing.md", "gbk.md"], &["missing.md", "gbk.md:2:"]);
}

#[test]
fn standard_input_that_is_no_text_or_no_draft() {
    let workspace = Workspace::new(&[]);
    workspace.run_with(&["check", "-", "--stdin-filename", "a.md"], b"\xff\xff").exits(2).says("a.md:1:");
    workspace.run_with(&["check", "-", "--stdin-filename", "a.rtf"], FINDING).exits(2).says("a.rtf");
}

#[test]
fn a_broken_entry_leaves_the_others_in_force() {
    let lexicon = "[[person]]\nid = \"somebody\"\nname = \"某人\"\n\n[[person]]\nid = \"Bad Id\"\nname = \"坏人\"\n";
    let workspace = Workspace::new(&[
        ("hegao.toml", NO_PACKS),
        ("lexicon/people.toml", lexicon),
        ("sound.md", "[某人](@somebody)出席会议。\n"),
    ]);
    check(&workspace, &["sound.md"], &["lexicon/people.toml:6: X"]);
    let run = workspace.run(&["check", "--format", "jsonl"]);
    assert_eq!(run.exits(2).paths(), ["good.md"]);
}

#[test]
fn a_lexicon_file_that_is_no_toml_or_not_there() {
    let workspace = Workspace::new(&[("broken.toml", "[[person]\n"), ("hegao.toml", NO_PACKS)]);
    check(&workspace, &["--lexicon", "broken.toml"], &["broken.toml:1: X110"]);
    check(&workspace, &["--lexicon", "nowhere"], &["nowhere: X110"]);
}

#[test]
fn a_configuration_that_is_no_toml_or_not_there() {
    check(&Workspace::new(&[("hegao.toml", "\nas_of = \n")]), &[], &["hegao.toml:2:"]);
    check(&Workspace::new(&[("hegao.toml", "as_off = \"2022\"\n")]), &[], &["hegao.toml:1:", "as_off"]);
    check(&Workspace::new(&[("hegao.toml", "lexicons = []\n\nas_of = \"tomorrow\"\n")]), &[], &["hegao.toml:3:"]);
    let rules = "[rules]\nP201 = \"error\"\nP999 = \"off\"\n\n[[override]]\npaths = [\"a/**\"]\nrules = { wrong-pots = \"off\" }\n\n[[waiver]]\nrule = \"P20\"\ntext = \"某人\"\n";
    let said = [
        "hegao.toml:3: X108 没有 `P999` 这条规则",
        "hegao.toml:7: X108 没有 `wrong-pots`",
        "hegao.toml:10: X108 没有 `P20`",
    ];
    check(&Workspace::new(&[("hegao.toml", rules)]), &[], &said);
    check(&Workspace::new(&[]), &["--config", "other.toml"], &["other.toml"]);
}

#[test]
fn a_lexicon_outside_the_workspace_is_refused() {
    let workspace = Workspace::new(&[
        ("outside/a.toml", ""),
        ("work/hegao.toml", "lexicons = [\"../outside\"]\n"),
        ("work/a.md", FINDING),
    ]);
    check(&workspace, &["work"], &["work/hegao.toml:1:", "../outside"]);
}

#[test]
fn faults_of_a_project_are_said_once() {
    let workspace = Workspace::new(&[
        ("hegao.toml", "as_of = \"tomorrow\"\n"),
        ("a.md", FINDING),
        ("b/c.md", FINDING),
        ("b/d.md", FINDING),
    ]);
    let run = workspace.run(&["check"]);
    assert_eq!(run.exits(2).stderr.lines().count(), 1, "{}", run.stderr);
}

#[test]
fn a_date_in_the_front_matter_that_is_none_is_said() {
    let workspace = Workspace::new(&[("a.md", "---\ndate: 昨天\n---\n\n会议召开。\n")]);
    workspace.run(&["check"]).exits(0).says("a.md: ").says("昨天");
}

#[test]
fn a_folder_without_drafts_is_said() {
    Workspace::new(&[("a.html", "")]).run(&["check"]).exits(0).says("没有稿件").prints("没有检查任何文件。");
}

#[test]
#[cfg(target_os = "linux")]
fn a_report_that_cannot_be_written_is_a_fault() {
    let workspace = Workspace::new(&[("a.md", FINDING)]);
    workspace.run(&["check", "--output", "/dev/full"]).exits(2).says("/dev/full");
}
