//! Every command shown in docs/ runs, in a copy of the sample workspace.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The commands in the `sh` fences of a page, a line each.
fn commands(page: &str) -> Vec<String> {
    let text = fs::read_to_string(page).unwrap();
    let fences = text.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    fences.flat_map(str::lines).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for item in fs::read_dir(from).unwrap() {
        let path = item.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

fn pages() -> Vec<PathBuf> {
    let pages = fs::read_dir("docs").unwrap().map(|item| item.unwrap().path());
    let mut pages: Vec<PathBuf> = pages.filter(|path| path.extension().is_some_and(|kind| kind == "md")).collect();
    pages.sort();
    pages
}

#[test]
fn every_command_shown_runs() {
    let binary = Path::new(env!("CARGO_BIN_EXE_hegao")).parent().unwrap();
    let path = env::join_paths([binary.to_owned()].into_iter().chain(env::split_paths(&env::var_os("PATH").unwrap())));
    let path = path.unwrap();
    let mut ran = 0;
    for page in pages() {
        let workspace = tempfile::tempdir().unwrap();
        copy(Path::new("examples/jilin"), workspace.path());
        for line in commands(page.to_str().unwrap()) {
            let mut shell = Command::new("bash");
            shell.args(["-o", "pipefail", "-c", &line]).current_dir(workspace.path()).env("PATH", &path);
            let output = shell.output().unwrap();
            let (code, said) = (output.status.code(), String::from_utf8_lossy(&output.stderr));
            // Findings are no failure.
            assert!(matches!(code, Some(0 | 1)), "{}: `{line}` exits with {code:?}:\n{said}", page.display());
            ran += 1;
        }
    }
    assert!(ran > 25, "the commands are found: {ran}");
}

#[test]
fn pages_name_files_that_are_there() {
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if !link.starts_with(['@', 'h', '…']) {
                assert!(Path::new("docs").join(link).exists(), "{} links to {link}", page.display());
            }
        }
    }
}
