//! The check list of the divisions' source: what `lexicon show` answers on both sides of each change, and that
//! the pack is what the importer makes of the source.

use std::{collections::HashMap, env, fs, path::Path, process::Command};

use serde_json::Value;

/// Runs `hegao lexicon` with the packs of places and nothing else in force.
fn lexicon(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    fs::write(folder.join("hegao.toml"), "packs = [\"divisions\", \"townships\"]\n").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_hegao"));
    let output = command.current_dir(folder).arg("lexicon").args(arguments).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

/// What `lexicon show` says of a place on a day: whether it is in force, its code and the places from the
/// province down to it.
fn shown(entry: &Value) -> String {
    let in_force = match &entry["in_force"] {
        Value::Bool(true) => "是",
        Value::Bool(false) => "否",
        _ => "不明",
    };
    let hierarchy: Vec<&str> =
        entry["hierarchy"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    format!("{in_force} {} {}", entry["code"].as_str().unwrap_or("-"), hierarchy.join("〉")).trim_end().to_owned()
}

/// Name, day, id, and what is shown. Written by hand from the descriptions of the changes (`codes.json`) and
/// the announcements they name.
const ANSWERS: &str = include_str!("check_list.txt");

#[test]
fn places_are_shown_as_they_were_on_both_sides_of_each_change() {
    let folder = tempfile::tempdir().unwrap();
    let mut asked: HashMap<String, Value> = HashMap::new();
    for line in ANSWERS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut cells = line.splitn(4, ' ');
        let [name, day, id, expected] = std::array::from_fn(|_| cells.next().expect("four cells"));
        let answer = asked.entry(format!("{name} {day}")).or_insert_with(|| {
            let (code, json) = lexicon(folder.path(), &["show", name, "--as-of", day, "--format", "json"]);
            assert_eq!(code, Some(0), "{line}");
            serde_json::from_str(&json).unwrap()
        });
        let entry = answer["entries"].as_array().unwrap().iter().find(|entry| entry["id"] == id);
        assert_eq!(shown(entry.unwrap_or_else(|| panic!("no {id} is shown: {line}"))), expected, "{line}");
    }
}

#[test]
fn changes_are_shown_with_their_day_and_document() {
    let folder = tempfile::tempdir().unwrap();
    let check = |id: &str, start: &str, document: &str| {
        let (_, json) = lexicon(folder.path(), &["show", id, "--as-of", "2024-01-01", "--format", "json"]);
        let answer: Value = serde_json::from_str(&json).unwrap();
        let versions = answer["entries"][0]["versions"].as_array().unwrap();
        let found = versions.iter().any(|version| version["start"] == start && version["document"] == document);
        assert!(found, "{id} {start} {document}: {versions:#?}");
    };
    check("cn-220184", "2020-06-05", "国函〔2020〕84号");
    check("cn-220600", "1994-01-31", "国函〔1994〕8号");
    check("cn-220602", "2010-02-23", "民函〔2010〕40号");
    check("cn-220822", "1993-06-14", "国函〔1993〕87号");
    check("cn-220113", "2014-10-20", "国函〔2014〕142号");
    check("cn-420600", "2010-11-26", "国函〔2010〕129号");
    check("cn-420607", "2010-11-26", "国函〔2010〕129号");
    check("cn-220105", "1995-07-06", "国函〔1995〕65号");
    check("cn-220605", "2006-06-05", "国函〔2006〕44号");
    check("cn-220302101", "2016", "吉民行批〔2016〕6号");
    check("cn-220302100", "2016", "吉民行批〔2016〕6号");
    check("cn-220302102", "2017", "吉民行批〔2017〕3号");
}

/// The folder with `result.csv`, `codes.json` and `after-2024.csv`; `.ci/run` sets it where the data is at hand.
#[test]
fn the_pack_is_what_the_importer_makes_of_its_source() {
    let Some(data) = env::var_os("HEGAO_AREACODES") else {
        eprintln!("SKIPPED: set HEGAO_AREACODES to the folder of the areacodes data to rebuild the pack");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let source = Path::new(&data).join("result.csv");
    let source = source.to_str().unwrap();
    let (code, said) = lexicon(folder.path(), &["import", "--format", "areacodes", source, "--output", "places.csv"]);
    assert_eq!(code, Some(0), "{said}");
    let rebuilt = fs::read(folder.path().join("places.csv")).unwrap();
    let shipped = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/divisions/places.csv")).unwrap();
    assert!(rebuilt == shipped, "packs/divisions/places.csv is not what the import of {source} writes");
}
