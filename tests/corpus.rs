//! All findings on the drafts of `tests/corpus`, as reviewed: the drafts of `seeded` hold slips, those of
//! `clean` none. `UPDATE=1 cargo test --test corpus` writes them anew.

use std::{fs, process::Command};

const SNAPSHOT: &str = "tests/snapshots/corpus.txt";

#[test]
fn the_findings_on_the_corpus_are_the_reviewed_ones() {
    let output = Command::new(env!("CARGO_BIN_EXE_hegao"))
        .args(["check", "tests/corpus", "--format", "concise", "--lang", "zh", "--no-progress"])
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let report = String::from_utf8(output.stdout).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(SNAPSHOT, &report).unwrap();
    }
    assert_eq!(report, fs::read_to_string(SNAPSHOT).unwrap_or_default(), "review, then UPDATE=1");
    assert!(!report.contains("clean/"), "a clean draft has a finding:\n{report}");
}
