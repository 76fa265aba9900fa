//! Which drafts are checked, and which configuration holds for them.

use crate::workspace::{FINDING, NO_PACKS, Workspace};

/// The drafts in which a finding is reported.
fn check(workspace: &Workspace, arguments: &[&str], expected: &[&str]) {
    let run = workspace.run(&[&["check", "--format", "jsonl"], arguments].concat());
    assert_eq!(run.exits(if expected.is_empty() { 0 } else { 1 }).paths(), expected, "{arguments:?}");
}

#[test]
fn folders_are_walked_in_the_order_of_paths() {
    let workspace = Workspace::new(&[
        ("b.md", FINDING),
        ("a.txt", FINDING),
        ("sub/c.md", FINDING),
        ("sub-2/d.md", FINDING),
        ("README.md", FINDING),
        ("notes.html", FINDING),
        (".hidden/e.md", FINDING),
        (".gitignore", "sub-2/\n"),
    ]);
    check(&workspace, &[], &["README.md", "a.txt", "b.md", "sub/c.md"]);
    check(&workspace, &["."], &["README.md", "a.txt", "b.md", "sub/c.md"]);
    check(&workspace, &["sub", "b.md", "a.txt"], &["a.txt", "b.md", "sub/c.md"]);
    check(&workspace, &["sub", "sub/c.md", "./sub/../sub/c.md"], &["sub/c.md"]);
    check(&workspace, &["sub-2/d.md"], &["sub-2/d.md"]);
}

#[test]
fn include_and_exclude_are_relative_to_the_configuration() {
    let config = "packs = []\ninclude = [\"drafts/**/*.md\", \"notes.markdown\"]\nexclude = [\"drafts/old/**\"]\n";
    let workspace = Workspace::new(&[
        ("hegao.toml", config),
        ("a.md", FINDING),
        ("notes.markdown", FINDING),
        ("drafts/b.md", FINDING),
        ("drafts/b.txt", FINDING),
        ("drafts/old/c.md", FINDING),
    ]);
    check(&workspace, &[], &["drafts/b.md", "notes.markdown"]);
    check(&workspace, &["drafts"], &["drafts/b.md"]);
    check(&workspace, &["drafts/old"], &[]);
    check(&workspace, &["drafts/old/c.md", "a.md"], &["a.md", "drafts/old/c.md"]);
}

#[test]
fn texts_of_a_lexicon_folder_are_no_drafts_unless_named() {
    let workspace =
        Workspace::new(&[("hegao.toml", NO_PACKS), ("lexicon/sources/speech.txt", FINDING), ("a.md", FINDING)]);
    check(&workspace, &[], &["a.md"]);
    check(&workspace, &["lexicon/sources/speech.txt"], &["lexicon/sources/speech.txt"]);
    check(&workspace, &["lexicon"], &["lexicon/sources/speech.txt"]);
    let flat = Workspace::new(&[("hegao.toml", "lexicons = [\".\"]\n"), ("drafts/a.md", FINDING)]);
    check(&flat, &[], &["drafts/a.md"]);
}

#[test]
fn the_nearest_configuration_is_in_force() {
    let off = "packs = []\n[rules]\nA101 = \"off\"\n";
    let workspace = Workspace::new(&[
        ("hegao.toml", NO_PACKS),
        ("a.md", FINDING),
        ("quiet/hegao.toml", off),
        ("quiet/b.md", FINDING),
        ("quiet/deep/c.md", FINDING),
        ("quiet/loud/hegao.toml", NO_PACKS),
        ("quiet/loud/d.md", FINDING),
    ]);
    check(&workspace, &[], &["a.md", "quiet/loud/d.md"]);
    check(&workspace, &["--config", "quiet/hegao.toml"], &[]);
    check(&workspace, &["--config", "hegao.toml", "quiet"], &["quiet/b.md", "quiet/deep/c.md", "quiet/loud/d.md"]);
}

#[test]
fn overrides_hold_for_their_paths() {
    let config = "packs = []\n[[override]]\npaths = [\"history/**\"]\nrules = { A101 = \"off\" }\n";
    let workspace = Workspace::new(&[("hegao.toml", config), ("a.md", FINDING), ("history/b.md", FINDING)]);
    check(&workspace, &[], &["a.md"]);
    check(&workspace, &["history/b.md"], &[]);
    check(&workspace, &["--config", "hegao.toml"], &["a.md"]);
}

#[test]
fn a_lexicon_option_stands_in_place_of_the_configured_ones() {
    let person = "[[person]]\nid = \"nobody\"\nname = \"某人\"\n";
    let workspace = Workspace::new(&[
        ("hegao.toml", NO_PACKS),
        ("lexicon/a.toml", person),
        ("other/b.toml", ""),
        ("more/c.toml", person),
        ("a.md", FINDING),
    ]);
    check(&workspace, &[], &[]);
    check(&workspace, &["--lexicon", "other"], &["a.md"]);
    check(&workspace, &["--lexicon", "other", "--lexicon", "more/c.toml"], &[]);
}

#[test]
fn standard_input_takes_its_name_from_an_option() {
    let workspace = Workspace::new(&[("quiet/hegao.toml", "[rules]\nA101 = \"off\"\n")]);
    let check = |arguments: &[&str], input: &str, expected: &[&str]| {
        let run = workspace.run_with(&[&["check", "--format", "jsonl"], arguments].concat(), input);
        assert_eq!(run.exits(if expected.is_empty() { 0 } else { 1 }).paths(), expected, "{arguments:?}");
    };
    check(&["-"], FINDING, &["-"]);
    check(&["-", "-"], FINDING, &["-"]);
    check(&["-", "--stdin-filename", "drafts/a.md"], FINDING, &["drafts/a.md"]);
    check(&["--stdin-filename", "drafts/a.md"], FINDING, &["drafts/a.md"]);
    check(&["-", "--stdin-filename", "quiet/a.md"], FINDING, &[]);
    check(&["-", "--stdin-filename", "a.txt"], "`[某人](@nobody)`\n", &["a.txt"]);
    check(&["-", "--stdin-filename", "a.md"], "`[某人](@nobody)`\n", &[]);
    check(&["-"], "", &[]);
}

#[test]
#[cfg(unix)]
fn a_linked_draft_is_checked_and_a_linked_folder_is_said() {
    let workspace = Workspace::new(&[("real/a.md", FINDING), ("drafts/b.md", FINDING)]);
    std::os::unix::fs::symlink("../real/a.md", workspace.path("drafts/link.md")).unwrap();
    std::os::unix::fs::symlink("../real", workspace.path("drafts/folder")).unwrap();
    let run = workspace.run(&["check", "drafts", "--format", "jsonl"]);
    assert_eq!(run.exits(1).says("drafts/folder").paths(), ["drafts/b.md", "drafts/link.md"]);
}
