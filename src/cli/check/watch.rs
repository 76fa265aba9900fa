//! `--watch`: checks again whenever drafts, configuration or lexicon change.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

use ignore::WalkBuilder;

use crate::{
    cli::{Outcome, args::CheckArgs, faults::Faults, locale::Language, projects::resolved},
    config::Config,
    lang::Message,
};

/// How often files are looked at. Looking works on every file system, network drives included.
const INTERVAL: Duration = Duration::from_millis(300);

/// When each watched file was last written, and its length.
type Snapshot = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Runs `check` now and after every change; never returns but by an interrupt or a fault.
pub(super) fn run(args: &CheckArgs, language: Language, check: impl Fn() -> Outcome) -> Outcome {
    let mut faults = Faults::new(language.general());
    if args.drafts.paths.iter().any(|path| path.as_os_str() == "-") || args.drafts.stdin_filename.is_some() {
        faults.general(&Message::new("--watch 不能用于标准输入", "--watch does not go with standard input"));
        return Outcome::Fault;
    }
    loop {
        let before = snapshot(args);
        if io::stdout().is_terminal() {
            // Clears the screen and goes to its top.
            let _ = io::stdout().write_all(b"\x1b[2J\x1b[H");
        }
        check();
        faults.note(&Message::new("等待改动（Ctrl-C 结束）", "waiting for changes (Ctrl-C ends)"));
        while snapshot(args) == before {
            thread::sleep(INTERVAL);
        }
    }
}

fn snapshot(args: &CheckArgs) -> Snapshot {
    let default = [PathBuf::from(".")];
    let drafts = if args.drafts.paths.is_empty() { &default[..] } else { &args.drafts.paths };
    let mut snapshot = Snapshot::new();
    for path in drafts.iter().chain(&args.project.lexicons).chain(&args.project.config) {
        add(path, &mut snapshot);
    }
    for config in drafts.iter().filter_map(|path| Config::discover(&folder_of(path))) {
        add(&config, &mut snapshot);
        if let Ok(text) = fs::read_to_string(&config) {
            Config::parse(&config, &text).0.lexicon.paths.iter().for_each(|path| add(path, &mut snapshot));
        }
    }
    snapshot
}

fn folder_of(path: &Path) -> PathBuf {
    if path.is_dir() {
        return path.canonicalize().unwrap_or_default();
    }
    resolved(path).parent().map(Path::to_owned).unwrap_or_default()
}

/// Adds a file, or all files in a folder but hidden and ignored ones.
fn add(path: &Path, snapshot: &mut Snapshot) {
    for entry in WalkBuilder::new(path).require_git(false).build().flatten() {
        if let Ok(metadata) = entry.metadata()
            && metadata.is_file()
        {
            snapshot.insert(entry.into_path(), (metadata.modified().ok(), metadata.len()));
        }
    }
}
