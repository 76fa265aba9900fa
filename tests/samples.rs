//! All findings on the sample drafts, as reviewed. `UPDATE=1 cargo test --test samples` writes them anew.

use std::{fs, process::Command};

const SNAPSHOT: &str = "tests/snapshots/jilin.txt";

#[test]
fn the_findings_on_the_sample_drafts_are_the_reviewed_ones() {
    let output = Command::new(env!("CARGO_BIN_EXE_hegao"))
        .args(["check", "examples/jilin", "--lang", "zh"])
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "there are findings");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "and no faults");
    let report = String::from_utf8(output.stdout).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all("tests/snapshots").unwrap();
        fs::write(SNAPSHOT, &report).unwrap();
    }
    assert_eq!(report, fs::read_to_string(SNAPSHOT).unwrap_or_default(), "review, then UPDATE=1");
}

#[test]
fn the_clean_sample_is_clean() {
    let output = Command::new(env!("CARGO_BIN_EXE_hegao"))
        .args(["check", "examples/jilin/drafts/2022-07-10-clean.md", "--format", "json", "--fail-on", "hint"])
        .output()
        .unwrap();
    assert_eq!((output.status.code(), output.stdout.trim_ascii()), (Some(0), &b"[]"[..]));
}
