//! `hegao explain`.

use crate::workspace::Workspace;

fn check(arguments: &[&str], code: i32, stdout: &[&str], stderr: &str) {
    let run = Workspace::new(&[]).run(&[&["explain"], arguments].concat());
    run.exits(code).says(stderr);
    for text in stdout {
        run.prints(text);
    }
}

#[test]
fn a_rule_is_explained_with_its_examples() {
    check(&["A101"], 0, &["A101 unknown-annotation\n", "级别：错误", "会报告：", "⟦", "不会报告："], "");
    check(&["a101", "--lang", "en"], 0, &["Severity: error", "Reported:"], "");
    check(&["unknown-annotation", "--format", "md"], 0, &["## A101 unknown-annotation", "````markdown"], "");
    check(&["x103"], 0, &["X103 end-before-start\n", "级别：错误", "⟦"], "");
    check(&["end-before-start", "--format", "md"], 0, &["````toml"], "");
    check(&["A101", "--format", "json"], 0, &["\"code\": \"A101\"", "\"bad\""], "");
}

#[test]
fn without_a_code_all_are_listed() {
    check(&[], 0, &["A101  unknown-annotation", "P201  wrong-post"], "");
    check(&[], 0, &["X103  end-before-start"], "");
    check(&["--format", "md"], 0, &["| P201 | wrong-post |"], "");
    let rules = Workspace::new(&[]).run(&["explain", "--format", "json"]).exits(0).json();
    assert!(rules.as_array().unwrap().iter().any(|rule| rule["code"] == "P201"));
}

#[test]
fn an_unknown_code_is_a_fault() {
    check(&["Z999"], 2, &[], "`Z999`");
    check(&["P2"], 2, &[], "`P2`");
}
