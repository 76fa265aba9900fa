//! Killed while it imports into a file, `hegao lexicon import` leaves the old or the new file.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// The files beside the lexicon that are being written, or were when the writer was killed.
fn being_written(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|item| item.unwrap().path());
    files.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(".hegao-")).collect()
}

fn import(folder: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hegao"));
    command.current_dir(folder).args(["lexicon", "import", "--format", "csv", "new.csv", "--output", "people.toml"]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn an_import_that_is_killed_leaves_the_old_or_the_new_file() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let people = folder.join("people.toml");
    fs::write(folder.join("hegao.toml"), "packs = []\nlexicons = [\"people.toml\"]\n").unwrap();
    let rows: String = (0..200).map(|number| format!("p{number},某某,male\n")).collect();
    fs::write(folder.join("new.csv"), format!("id,name,gender\n{rows}")).unwrap();
    let entry = |number: usize| format!("[[person]]\nid = \"p{number}\"\nname = \"某某\" # 手写\n");
    let old = (0..150).map(entry).collect::<Vec<_>>().join("\n");

    fs::write(&people, &old).unwrap();
    let started = Instant::now();
    assert_eq!(import(folder).wait().unwrap().code(), Some(0));
    let takes = started.elapsed();
    let new = fs::read_to_string(&people).unwrap();
    assert!(new != old && new.matches("# 手写").count() == 150 && new.matches("gender").count() == 200);

    let check = |is_time: &dyn Fn(Duration) -> bool| {
        being_written(folder).iter().for_each(|left| fs::remove_file(left).unwrap());
        fs::write(&people, &old).unwrap();
        let mut run = import(folder);
        let started = Instant::now();
        while !is_time(started.elapsed()) && run.try_wait().unwrap().is_none() {
            thread::yield_now();
        }
        run.kill().unwrap();
        run.wait().unwrap();
        let text = fs::read_to_string(&people).unwrap();
        assert!(text == old || text == new, "neither the old nor the new file: {text}");
    };
    // At moments of the whole run, and at once when the new text is being written.
    for moment in 0..16 {
        check(&|elapsed| elapsed >= takes * moment / 12);
    }
    for _ in 0..8 {
        check(&|_| !being_written(folder).is_empty());
    }

    fs::write(&people, &old).unwrap();
    assert_eq!(import(folder).wait().unwrap().code(), Some(0), "nothing that was left behind is in the way");
    assert_eq!(fs::read_to_string(&people).unwrap(), new);
}
