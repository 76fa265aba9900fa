//! Packs in force, switched off and overridden.

use crate::workspace::{FINDING, NO_PACKS, Workspace};

/// Checks whether `lexicon show` knows a name under a configuration.
fn check(config: &str, name: &str, is_known: bool) {
    let workspace = Workspace::new(&[("hegao.toml", config)]);
    workspace.run(&["lexicon", "show", name, "--as-of", "2022-07-10"]).exits(if is_known { 0 } else { 1 });
}

#[test]
fn a_pack_is_in_force_unless_it_is_switched_off() {
    for name in ["长春市", "郭家店镇", "四个意识"] {
        check("", name, true);
        check(NO_PACKS, name, false);
    }
    check("packs = [\"divisions\"]\n", "长春市", true);
    check("packs = [\"divisions\"]\n", "郭家店镇", false);
    check("packs = [\"townships\", \"formulations\"]\n", "长春市", false);
}

#[test]
fn an_entry_of_the_project_stands_in_place_of_the_pack_s() {
    let place = "[[place]]\nid = \"cn-220100\"\nname = \"春城市\"\nlevel = \"prefecture\"\nparent = \"220000\"\ncode = \"220100\"\n";
    let workspace = Workspace::new(&[("hegao.toml", "packs = [\"divisions\"]\n"), ("lexicon/places.toml", place)]);
    workspace.run(&["lexicon", "show", "春城市"]).exits(0).prints("cn-220100");
    workspace.run(&["lexicon", "show", "长春市"]).exits(1);
    let shown = workspace.run(&["lexicon", "show", "南关区", "--format", "json"]).exits(0).json();
    assert_eq!(shown["entries"][0]["hierarchy"][1], "春城市", "a reference to the code means the project's entry");
}

#[test]
fn stats_name_date_licence_and_source_of_each_pack() {
    let stats = Workspace::new(&[("hegao.toml", "")]).run(&["lexicon", "stats", "--format", "json"]).exits(0).json();
    let packs = stats["packs"].as_array().unwrap();
    let names: Vec<&str> = packs.iter().map(|pack| pack["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["divisions", "townships", "formulations"]);
    for pack in packs {
        for key in ["data_date", "licence", "source"] {
            assert!(pack[key].as_str().is_some_and(|text| !text.is_empty()), "{key} of {pack}");
        }
        let file = stats["files"].as_array().unwrap().iter().find(|file| file["pack"] == pack["name"]);
        assert!(file.is_some_and(|file| file["entries"].as_u64() > Some(100)), "entries of {pack}");
    }
    assert_eq!(packs[1]["licence"], "CC-BY-4.0");
    let note = packs[1]["note"]["en"].as_str().unwrap();
    assert!(note.contains("CC BY 4.0"), "the credit goes with the pack: {note}");
    let off = Workspace::new(&[("hegao.toml", NO_PACKS)]);
    let stats = off.run(&["lexicon", "stats", "--format", "json"]).exits(0).json();
    assert_eq!(stats["packs"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_broken_file_among_many_leaves_the_others_in_force() {
    let person = |id: &str, name: &str| format!("[[person]]\nid = \"{id}\"\nname = \"{name}\"\n");
    let workspace = Workspace::new(&[
        ("hegao.toml", ""),
        ("lexicon/a.toml", &person("lin-yiming", "林一鸣")),
        ("lexicon/b.toml", "[[person]\nid = \n"),
        ("lexicon/c.csv", "id,name\nq,\"高远山\n"),
        ("lexicon/people.csv", "id,name\ngao-yuanshan,高远山\n"),
        ("a.md", FINDING),
        ("sound.md", "[林一鸣](@lin-yiming)和[高远山](@gao-yuanshan)出席会议。\n"),
    ]);
    let run = workspace.run(&["check", "--format", "jsonl"]);
    assert_eq!(run.exits(2).paths(), ["a.md"], "the entries of the sound files are known");
    run.says("lexicon/b.toml:1: X110").says("lexicon/c.csv");
    workspace.run(&["lexicon", "check"]).exits(1).prints("X110");
}
