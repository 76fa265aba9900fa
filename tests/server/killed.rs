//! Killed while it writes a lexicon, the server leaves the old or the new file.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use serde_json::json;

use crate::workspace::{Workspace, able};

const PERSON: &str = "\n[[person]]\nid = \"he-wenchuan\"\nname = \"何文川\"\n";

/// The files beside the lexicon that are being written, or were when the writer was killed.
fn being_written(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|item| item.unwrap().path());
    files.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(".hegao-")).collect()
}

#[test]
fn a_server_that_is_killed_while_adding_leaves_the_old_or_the_new_file() {
    let entry = |number: usize| format!("[[person]]\nid = \"p{number}\"\nname = \"某某\"\n");
    let old = (0..300).rev().map(entry).collect::<Vec<_>>().join("\n");
    let new = format!("{old}{PERSON}");
    let workspace = Workspace::with("packs = []\n", "");
    let people = workspace.path("lexicon/people.toml");
    let folder = people.parent().unwrap();
    let add = json!({"command": "hegao.addPerson", "arguments": [{"uri": workspace.uri("a.md"), "name": "何文川"}]});
    // At once when the new text is being written, and some time after the command was sent.
    for delay in [None, None, None, None, Some(0), Some(3), Some(10), Some(30), Some(100), Some(300)] {
        being_written(folder).iter().for_each(|left| fs::remove_file(left).unwrap());
        fs::write(&people, &old).unwrap();
        let mut client = workspace.client("add_killed", able());
        client.open(&workspace.uri("a.md"), "markdown", 1, "路修好了。\n");
        client.diagnostics_of(&workspace.uri("a.md"), 1);
        client.send_request("workspace/executeCommand", add.clone());
        let sent = Instant::now();
        let is_time = || match delay {
            Some(delay) => sent.elapsed() >= Duration::from_millis(delay),
            None => !being_written(folder).is_empty() || sent.elapsed() > Duration::from_secs(20),
        };
        while !is_time() {
            std::hint::spin_loop();
        }
        client.kill();
        let text = fs::read_to_string(&people).unwrap();
        assert!(text == old || text == new, "neither the old nor the new file after {delay:?}: {text}");
    }
    fs::write(&people, &old).unwrap();
    let mut client = workspace.client("add_after_kills", able());
    let answer = client.request("workspace/executeCommand", add).unwrap();
    assert_eq!(answer["entry"], "he-wenchuan", "nothing that was left behind is in the way");
    assert_eq!(fs::read_to_string(&people).unwrap(), new);
    assert_eq!(client.shut_down(), 0);
}
