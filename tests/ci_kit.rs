//! What CI systems read: the action, the template, the hooks. Their steps run here as far as they go
//! offline.

use std::{fs, path::Path, process::Command};

use saphyr_parser::Parser;

const DRAFT: &str = "会议于2月30日召开。\n";

/// The text of a YAML file, which must be sound.
fn yaml(path: &str) -> String {
    let text = fs::read_to_string(path).unwrap();
    let events: Result<Vec<_>, _> = Parser::new_from_str(&text).collect();
    assert!(events.unwrap().len() > 10, "{path} holds something");
    text
}

fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("hegao.toml"), "packs = []\nas_of = \"2022-07-10\"\n").unwrap();
    fs::write(folder.path().join("a.md"), DRAFT).unwrap();
    fs::write(folder.path().join("clean.md"), "会议召开。\n").unwrap();
    folder
}

/// Runs a script as a CI system does, and gives its exit code and output.
fn run(script: &str, folder: &Path, variables: &[(&str, &str)]) -> (Option<i32>, String) {
    let mut shell = Command::new("bash");
    shell.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).current_dir(folder);
    let output = shell.envs(variables.iter().copied()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

/// The script of the step with this name.
fn step(action: &str, name: &str) -> String {
    let step = action.split("    - name: ").find(|step| step.starts_with(name)).unwrap();
    let script = step.split_once("run: |\n").unwrap().1;
    script.lines().map(|line| line.trim_start().to_owned() + "\n").collect()
}

#[test]
fn the_steps_of_the_action_run() {
    let action = yaml("action.yml");
    assert!(step(&action, "Install hegao").contains("cargo install --locked --path \"$GITHUB_ACTION_PATH\""));
    let script = step(&action, "Check drafts");
    let folder = workspace();
    let check = |paths: &str, fail_on: &str, arguments: &str, sarif: &str| {
        let variables = [
            ("HEGAO", env!("CARGO_BIN_EXE_hegao")),
            ("HEGAO_PATHS", paths),
            ("HEGAO_FAIL_ON", fail_on),
            ("HEGAO_ARGUMENTS", arguments),
            ("HEGAO_SARIF", sarif),
        ];
        for (name, _) in &variables {
            assert!(action.contains(&format!("        {name}: ")), "the step sets {name}");
        }
        run(&script, folder.path(), &variables)
    };
    let (code, printed) = check(".", "warning", "", "");
    assert_eq!(code, Some(1));
    assert!(printed.starts_with("::error file=a.md,line=1,"), "{printed}");
    assert_eq!(check("clean.md", "warning", "", ""), (Some(0), String::new()));
    assert_eq!(check("clean.md a.md", "warning", "--select P201 --lang en", "").0, Some(0));
    assert_eq!(check(".", "never", "", "out.sarif").0, Some(0));
    assert_eq!(check(".", "error", "", "out.sarif").0, Some(1));
    let log = fs::read_to_string(folder.path().join("out.sarif")).unwrap();
    let log: serde_json::Value = serde_json::from_str(&log).unwrap();
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "F102");
}

#[test]
fn the_job_of_the_gitlab_template_runs() {
    let template = yaml("ci/gitlab.yml");
    let script = template.lines().find_map(|line| line.strip_prefix("    - $HEGAO ")).unwrap();
    let folder = workspace();
    let variables = [("HEGAO", env!("CARGO_BIN_EXE_hegao")), ("HEGAO_PATHS", "."), ("HEGAO_FAIL_ON", "warning")];
    let (code, _) = run(&format!("$HEGAO {script}"), folder.path(), &variables);
    assert_eq!(code, Some(1));
    let report = template.lines().find_map(|line| line.trim().strip_prefix("codequality: ")).unwrap();
    let report: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.path().join(report)).unwrap()).unwrap();
    assert_eq!(report[0]["location"]["path"], "a.md");
}

#[test]
fn the_hooks_of_pre_commit_run() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let entries: Vec<&str> = hooks.lines().filter_map(|line| line.trim().strip_prefix("entry: hegao ")).collect();
    assert_eq!(entries.len(), 2);
    let folder = workspace();
    let hook = |entry: &str, files: &str| {
        run(&format!("'{}' {entry} {files}", env!("CARGO_BIN_EXE_hegao")), folder.path(), &[]).0
    };
    assert_eq!(hook(entries[0], "clean.md a.md"), Some(1));
    assert_eq!(hook(entries[0], "clean.md"), Some(0));
    assert_eq!(hook(entries[1], ""), Some(0));
}
