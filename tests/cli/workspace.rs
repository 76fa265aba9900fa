//! A workspace in a temporary folder, and running hegao in it.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// A draft with one finding, A101, whatever the lexicon holds.
pub const FINDING: &str = "[某人](@nobody)出席会议。\n";

/// A configuration that changes nothing but loads no pack, which makes a run short.
pub const NO_PACKS: &str = "packs = []\n";

pub struct Workspace {
    folder: TempDir,
}

/// How a run ended.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Workspace {
    /// A workspace with these files. Without a hegao.toml among them one without packs is in force.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let workspace = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(workspace.path("")).unwrap();
        fs::write(workspace.folder.path().join("hegao.toml"), NO_PACKS).unwrap();
        for (path, text) in files {
            workspace.write(path, text);
        }
        workspace
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("workspace").join(path)
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, "")
    }

    /// Runs hegao with `input` on standard input.
    pub fn run_with(&self, arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
        let mut child = hegao(&self.path(""), arguments).spawn().unwrap();
        // A run that ends early does not read all of it.
        let _ = child.stdin.take().unwrap().write_all(input.as_ref());
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// The command in a folder, with all its streams piped and messages in Chinese.
pub fn hegao(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hegao"));
    command.args(arguments).current_dir(folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for variable in ["LC_ALL", "LC_MESSAGES", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command.env("LANG", "zh_CN.UTF-8");
    command
}

impl Run {
    /// Asserts the exit code; shows what was printed if it differs.
    #[track_caller]
    pub fn exits(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "standard output:\n{}\nstandard error:\n{}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub fn prints(&self, text: &str) -> &Self {
        assert!(self.stdout.contains(text), "`{text}` is not on standard output:\n{}", self.stdout);
        self
    }

    #[track_caller]
    pub fn says(&self, text: &str) -> &Self {
        assert!(self.stderr.contains(text), "`{text}` is not on standard error:\n{}", self.stderr);
        self
    }

    /// Asserts that nothing stands on standard error.
    #[track_caller]
    pub fn says_nothing(&self) -> &Self {
        assert_eq!(self.stderr, "");
        self
    }

    /// Standard output as one JSON value.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}:\n{}", self.stdout))
    }

    /// Standard output as one JSON value a line.
    #[track_caller]
    pub fn json_lines(&self) -> Vec<Value> {
        self.stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}:\n{line}")))
            .collect()
    }

    /// The paths of the findings printed as `jsonl`, in order.
    #[track_caller]
    pub fn paths(&self) -> Vec<String> {
        self.json_lines().iter().map(|finding| finding["path"].as_str().unwrap().to_owned()).collect()
    }
}
