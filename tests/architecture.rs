//! The floors of the crate and their invariants, as the crate doc states them.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Top-level modules with their floors.
const FLOORS: [(&str, u8); 9] = [
    ("lang", 0),
    ("text", 0),
    ("lexicon", 1),
    ("config", 1),
    ("analysis", 2),
    ("rules", 3),
    ("check", 4),
    ("cli", 5),
    ("server", 5),
];

/// Names that only the server may use.
const SERVER_ONLY: [&str; 5] = ["tower_lsp", "tokio", "ls_types", "lsp_types", "Url"];

/// Longest file, in lines.
const LONGEST: usize = 600;

#[test]
fn a_module_imports_only_lower_floors() {
    for (path, module, floor) in sources() {
        for (line, text) in code_lines(&path) {
            for (other, other_floor) in FLOORS.iter().filter(|(other, _)| *other != module) {
                let imports = mentions_path(&text, &format!("crate::{other}")) || grouped_import(&text, other);
                // Modules on floor 0, and those on floor 1, may use one another; the front ends may not.
                let allowed = other_floor < &floor || (other_floor == &floor && floor < 2);
                assert!(!imports || allowed, "{}:{line} imports `{other}` upward: {text}", path.display());
            }
        }
    }
}

#[test]
fn only_the_server_names_lsp_types_and_tokio() {
    for (path, module, _) in sources().into_iter().filter(|(_, module, _)| module != "server") {
        for (line, text) in code_lines(&path) {
            for name in SERVER_ONLY {
                assert!(!mentions_path(&text, name), "{}:{line} in `{module}` names `{name}`: {text}", path.display());
            }
        }
    }
}

#[test]
fn every_top_level_module_has_a_floor_and_is_in_the_crate_doc() {
    let library = fs::read_to_string("src/lib.rs").unwrap();
    for line in library.lines().filter_map(|line| line.strip_prefix("pub mod ")) {
        let module = line.trim_end_matches(';');
        assert!(FLOORS.iter().any(|(known, _)| *known == module), "`{module}` has no floor");
        assert!(library.contains(&format!("[`{module}`]")), "`{module}` is not in the crate doc");
    }
}

#[test]
fn files_stay_readable() {
    for (path, _, _) in sources() {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines", path.display());
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            !["utils", "util", "helpers", "common"].contains(&stem.as_str()),
            "{} says nothing about its content",
            path.display()
        );
    }
}

/// Every source file with its top-level module and that module's floor.
fn sources() -> Vec<(PathBuf, String, u8)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.extend(with_floor(path));
            }
        }
    }
    assert!(found.len() > 30, "the sources are found");
    found
}

fn with_floor(path: PathBuf) -> Option<(PathBuf, String, u8)> {
    let first = path.strip_prefix("src").ok()?.components().next()?;
    let module = Path::new(first.as_os_str()).file_stem()?.to_str()?.to_owned();
    let (_, floor) = FLOORS.iter().find(|(known, _)| *known == module)?;
    Some((path, module, *floor))
}

/// Lines that are no comment, joined over a `use crate::{…}` that spans several.
fn code_lines(path: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(path).unwrap();
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
        match lines.last_mut().filter(|_| open) {
            Some((_, statement)) => statement.push_str(line.trim()),
            None => lines.push((number + 1, line.to_owned())),
        }
        let statement = &lines.last().unwrap().1;
        open = statement.trim_start().starts_with("use ") && !statement.contains(';');
    }
    lines
}

/// Whether `text` names `path` as a whole path segment.
fn mentions_path(text: &str, path: &str) -> bool {
    text.match_indices(path).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + path.len()..].chars().next();
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !joins(before) && !joins(after) && (path.starts_with("crate") || text[at + path.len()..].starts_with("::"))
    })
}

/// Whether a `use crate::{a, b::c}` imports `module`.
fn grouped_import(text: &str, module: &str) -> bool {
    let Some(group) = text.split("crate::{").nth(1) else { return false };
    let mut depth = 0;
    let items = group.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    items.map(str::trim).any(|item| item.split(['{', ':', '}', ';']).next().is_some_and(|name| name.trim() == module))
}

#[test]
fn the_detector_sees_what_it_should() {
    assert!(mentions_path("use crate::server::run;", "crate::server"));
    assert!(!mentions_path("use crate::servers::run;", "crate::server"));
    assert!(mentions_path("tokio::spawn(x)", "tokio"));
    assert!(mentions_path("use tower_lsp::LspService;", "tower_lsp"));
    assert!(grouped_import("use crate::{lang::Message, rules::{self, Rule}, text::Span};", "rules"));
    assert!(grouped_import("use crate::{lang::Message, text::Span};", "text"));
    assert!(!grouped_import("use crate::{lang::Message, text::Span};", "rules"));
}
