//! `hegao strip`.

use crate::workspace::Workspace;

const DRAFT: &str = "---\ndate: 2022-07-10\n---\n<!-- hegao: ignore-file -->\n[某人](@nobody)讲话。\r\n";
const TEXT: &str = "---\ndate: 2022-07-10\n---\n某人讲话。\r\n";

#[test]
fn the_publishable_text_goes_to_standard_output_or_a_file() {
    let workspace = Workspace::new(&[("a.md", DRAFT), ("a.txt", "`[某人](@nobody)`")]);
    assert_eq!(workspace.run(&["strip", "a.md"]).exits(0).says_nothing().stdout, TEXT);
    assert_eq!(workspace.run_with(&["strip", "-"], DRAFT).exits(0).stdout, TEXT);
    assert_eq!(workspace.run(&["strip", "a.txt"]).exits(0).stdout, "`某人`");
    let code = "`[某人](@nobody)`";
    assert_eq!(workspace.run_with(&["strip", "-"], code).exits(0).stdout, code);
    assert_eq!(workspace.run_with(&["strip", "-", "--stdin-filename", "b.txt"], code).exits(0).stdout, "`某人`");
    assert_eq!(workspace.run(&["strip", "a.md", "--output", "b.md"]).exits(0).stdout, "");
    assert_eq!(workspace.read("b.md"), TEXT);
}

#[test]
fn what_cannot_be_stripped_is_said() {
    let workspace = Workspace::new(&[("a.md", DRAFT), ("a.png", "")]);
    workspace.write("bad.md", b"\xff");
    let check = |arguments: &[&str], said: &str| {
        let run = workspace.run(&[&["strip"], arguments].concat());
        assert_eq!(run.exits(2).says(said).stdout, "");
    };
    check(&["missing.md"], "missing.md: 没有这个文件");
    check(&["a.png"], "不是可处理的格式");
    check(&["bad.md"], "UTF-8");
    check(&["a.md", "--output", "./a.md"], "会覆盖稿件");
    check(&[], "FILE");
    assert_eq!(workspace.read("a.md"), DRAFT);
}
