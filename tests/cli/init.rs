//! `hegao init`, `hegao schema` and `hegao completions`.

use serde_json::Value;

use crate::workspace::Workspace;

const FILES: [&str; 6] = [
    "hegao.toml",
    "lexicon/people.toml",
    "lexicon/organizations.toml",
    "lexicon/places.toml",
    "lexicon/slogans.toml",
    "lexicon/terms.toml",
];

#[test]
fn init_writes_a_workspace_that_loads() {
    for lang in ["zh", "en"] {
        let workspace = Workspace::new(&[]);
        let run = workspace.run(&["init", "new/desk", "--lang", lang]);
        for file in FILES {
            run.exits(0).prints(&format!("new/desk/{file}"));
        }
        workspace.write("new/desk/a.md", "甲\n");
        workspace.run(&["check", "new/desk"]).exits(0).says_nothing();
        let config = ["--config", "new/desk/hegao.toml"];
        workspace.run(&[&["lexicon", "check"], &config[..]].concat()).exits(0).says_nothing();
    }
}

#[test]
fn the_examples_of_init_hold() {
    for lang in ["zh", "en"] {
        let workspace = Workspace::new(&[]);
        workspace.run(&["init", "--lang", lang]).exits(0);
        for file in FILES {
            let text = workspace.read(file);
            let example = |line: &str| match line.strip_prefix('#') {
                Some(rest) if !rest.starts_with(' ') => rest.to_owned(),
                _ => line.to_owned(),
            };
            let lines: Vec<String> = text.lines().map(example).collect();
            assert!(lines.iter().any(|line| line.starts_with("[")), "{file} has an example");
            workspace.write(file, lines.join("\n"));
        }
        workspace.run(&["lexicon", "check"]).exits(0).says_nothing();
        workspace.write("drafts/a.md", "甲\n");
        workspace.run(&["check", "drafts"]).exits(0).says_nothing();
        workspace.run(&["lexicon", "show", "wu-haiying"]).exits(0).prints("吴海英");
        let schema: Value = workspace.run(&["schema", "lexicon"]).json();
        for file in &FILES[1..] {
            check_schema(&schema, &workspace.read(file), true);
        }
        let schema: Value = workspace.run(&["schema", "config"]).json();
        check_schema(&schema, &workspace.read("hegao.toml"), true);
    }
}

#[test]
fn init_overwrites_nothing() {
    let workspace = Workspace::new(&[("lexicon/people.toml", "# 自己的\n")]);
    let run = workspace.run(&["init"]);
    run.exits(0).prints("已写入 hegao.toml").prints("保留原有的 lexicon/people.toml").says("上级已有");
    assert_eq!(workspace.read("lexicon/people.toml"), "# 自己的\n");
    workspace.write("hegao.toml", "");
    std::fs::remove_file(workspace.path("lexicon/places.toml")).unwrap();
    let again = workspace.run(&["init"]);
    assert_eq!(again.exits(2).says("hegao.toml: 已有此文件").stdout, "");
    assert_eq!(workspace.read("hegao.toml"), "");
    assert!(!workspace.path("lexicon/places.toml").exists());
    workspace.run(&["init", "lexicon/people.toml"]).exits(2).says("不是文件夹");
}

/// Whether a TOML text is as the schema says.
fn check_schema(schema: &Value, text: &str, expected: bool) {
    let value: Value = serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap();
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
    assert_eq!(errors.is_empty(), expected, "{errors:?}:\n{text}");
}

#[test]
fn schemas_are_schemas_and_tell_right_from_wrong() {
    let workspace = Workspace::new(&[]);
    for what in ["config", "lexicon"] {
        let schema = workspace.run(&["schema", what]).exits(0).says_nothing().json();
        assert!(jsonschema::meta::is_valid(&schema), "{what}");
        let english = workspace.run(&["schema", what, "--lang", "en"]).exits(0).json();
        assert_ne!(schema, english);
    }
    let config = workspace.run(&["schema", "config"]).json();
    let sample = |path: &str| std::fs::read_to_string(format!("examples/jilin/{path}")).unwrap();
    check_schema(&config, &sample("hegao.toml"), true);
    check_schema(&config, "rules = { P201 = \"off\", wrong-parent = \"hint\" }\nas_of = \"today\"", true);
    check_schema(&config, "rules = { P201 = \"of\" }", false);
    check_schema(&config, "packs = [\"x\"]", false);
    check_schema(&config, "homes = \"220000\"", false);
    check_schema(&config, "[[waiver]]\nrule = \"P201\"", false);
    let lexicon = workspace.run(&["schema", "lexicon"]).json();
    for file in ["people", "organizations", "places", "precedence", "slogans"] {
        check_schema(&lexicon, &sample(&format!("lexicon/{file}.toml")), true);
    }
    check_schema(&lexicon, "[[person]]\nid = \"a\"\nname = \"甲\"\n", true);
    check_schema(&lexicon, "[[person]]\nid = \"a\"\n", false);
    check_schema(&lexicon, "[[person]]\nid = \"A\"\nname = \"甲\"\n", false);
    check_schema(
        &lexicon,
        "[[person]]\nid = \"a\"\nname = \"甲\"\n[[person.post]]\ntitle = \"乙\"\nstart = \"2022年\"\n",
        false,
    );
    workspace.run(&["schema", "drafts"]).exits(2).says("config");
}

#[test]
fn completions_are_for_every_shell() {
    let workspace = Workspace::new(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = workspace.run(&["completions", shell]);
        run.exits(0).says_nothing().prints("hegao").prints("annotate").prints("webanno").prints("stdin-jsonl");
        assert!(!run.stdout.contains('‖'), "{shell}");
    }
    workspace.run(&["completions", "csh"]).exits(2).says("bash");
}
