//! `hegao lexicon import` and `export` as they are called.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

struct Workspace(TempDir);

struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Workspace {
    fn new(files: &[(&str, &str)]) -> Self {
        let workspace = Self(tempfile::tempdir().unwrap());
        fs::create_dir(workspace.path("lexicon")).unwrap();
        fs::write(workspace.path("hegao.toml"), "packs = [\"divisions\"]\n").unwrap();
        for (name, text) in files {
            fs::write(workspace.path(name), text).unwrap();
        }
        workspace
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn run(&self, arguments: &str) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hegao"));
        command.current_dir(self.0.path()).env("LANG", "en_US.UTF-8").env_remove("LC_ALL").env_remove("LC_MESSAGES");
        command.arg("lexicon").args(arguments.split_whitespace());
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Runs a command that ends with `code`, prints these texts to standard output in this order, and these to
    /// standard error.
    #[track_caller]
    fn check(&self, arguments: &str, code: i32, stdout: &[&str], stderr: &[&str]) {
        let run = self.run(arguments);
        assert_eq!(run.code, Some(code), "{arguments}\n{}\n{}", run.stdout, run.stderr);
        for (output, expected) in [(&run.stdout, stdout), (&run.stderr, stderr)] {
            let mut rest = output.as_str();
            for text in expected {
                let at = rest.find(text).unwrap_or_else(|| panic!("`{text}` is not in what is left of\n{output}"));
                rest = &rest[at + text.len()..];
            }
        }
    }
}

const PEOPLE: &str =
    "姓名,性别,职务,任职时间,民族\n胡家福,男,延边州委书记,2022年6月24日,\n吴海英,女,吉林省委常委,2022年5月,\n";

#[test]
fn columns_and_plan_are_shown_before_the_file_is_written() {
    let workspace = Workspace::new(&[("people.csv", PEOPLE)]);
    let shown = ["姓名 -> name", "民族 -> not known", "new: 2", "+ hu-jiafu 胡家福", "+ wu-haiying 吴海英"];
    let import = "import --format csv people.csv --output lexicon/people.toml";
    workspace.check(&format!("{import} --dry-run"), 0, &[&shown[..], &["was not written"]].concat(), &[]);
    assert!(!workspace.path("lexicon/people.toml").exists());
    workspace.check(import, 0, &[&shown[..], &["was written"]].concat(), &[]);
    assert!(workspace.text("lexicon/people.toml").contains("start = \"2022-06-24\""));
    workspace.check(import, 0, &["unchanged: 2", "needs no change"], &[]);
    workspace.check("check", 0, &[], &[]);
}

#[test]
fn a_conflict_is_exit_code_1_and_keeps_the_file_s_value() {
    let old = "# 手写\n[[person]]\nid = \"hu-jiafu\"\nname = \"胡家福\"\n\n[[person.post]]\ntitle = \"延边州委书记\"\nstart = \"2021\" # 待核\n";
    let workspace = Workspace::new(&[("people.csv", PEOPLE), ("lexicon/people.toml", old)]);
    let shown =
        ["changed: 1", "gender = male", "conflicts", "post.0.start: the file says 2021; the import says 2022-06-24"];
    let dry = "import --format csv people.csv --output lexicon/people.toml --dry-run";
    workspace.check(dry, 1, &shown, &[]);
    assert_eq!(workspace.text("lexicon/people.toml"), old);
    workspace.check(dry.trim_end_matches(" --dry-run"), 1, &shown, &[]);
    let text = workspace.text("lexicon/people.toml");
    assert!(text.starts_with(&old.replace("\n\n[[", "\ngender = \"male\"\n\n[[")), "{text}");
}

#[test]
fn an_entry_with_a_fault_is_left_out_and_said_and_the_rest_is_written() {
    let text = PEOPLE.replace("2022年5月", "上半年");
    let workspace = Workspace::new(&[("people.csv", &text)]);
    let fault = ["people.csv:3: `start`: `上半年` is no date"];
    workspace.check(
        "import --format csv people.csv --output lexicon/people.toml",
        2,
        &["new: 1", "was written"],
        &fault,
    );
    assert!(!workspace.text("lexicon/people.toml").contains("吴海英"));
}

#[test]
fn what_cannot_be_imported_or_merged_into_leaves_the_file_as_it_is() {
    let broken = "[[person]]\nid = \"a\"\n";
    let workspace = Workspace::new(&[("people.csv", PEOPLE), ("lexicon/people.toml", broken), ("no.json", "[]")]);
    let output = "--output lexicon/people.toml";
    workspace.check(
        &format!("import --format csv people.csv {output}"),
        2,
        &[],
        &["people.toml:1: X109", "mend them first"],
    );
    workspace.check(&format!("import --format popolo no.json {output}"), 2, &[], &["no.json:1: not Popolo JSON"]);
    workspace.check(&format!("import --format csv gone.csv {output}"), 2, &[], &["gone.csv: no such file"]);
    workspace.check(&format!("import --format csv people.csv --map 姓名 {output}"), 2, &[], &["COLUMN=KEY"]);
    workspace.check(
        &format!("import --format csv people.csv --map 岗位=title {output}"),
        2,
        &[],
        &["there is no column `岗位`"],
    );
    workspace.check(
        "import --format csv people.csv --output gone/people.toml",
        2,
        &[],
        &["gone/people.toml: no such file"],
    );
    assert_eq!(workspace.text("lexicon/people.toml"), broken);
}

#[test]
fn an_id_in_another_file_of_the_lexicon_is_not_used_again() {
    let other = "[[person]]\nid = \"hu-jiafu\"\nname = \"胡家福\"\n";
    let workspace = Workspace::new(&[("people.csv", PEOPLE), ("lexicon/officials.toml", other)]);
    let shown = ["胡家福: the lexicon has a namesake, `hu-jiafu`", "+ hu-jiafu-2 胡家福"];
    workspace.check("import --format csv people.csv --output lexicon/people.toml", 0, &shown, &[]);
    workspace.check("check", 0, &[], &[]);
}

#[test]
fn places_are_found_by_name_in_the_packs() {
    let text = "姓名,职务,地区\n胡家福,延边州委书记,延边朝鲜族自治州\n";
    let workspace = Workspace::new(&[("people.csv", text)]);
    workspace.check("import --format csv people.csv --output lexicon/people.toml", 0, &["new: 1"], &[]);
    assert!(workspace.text("lexicon/people.toml").contains("place = \"222400\""));
}

/// Export, import into a new file, export again: the same bytes, and the two lexicons are equal.
#[track_caller]
fn check_round_trip(format: &str, lexicon: &str) {
    let workspace = Workspace::new(&[]);
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(lexicon);
    workspace.check(&format!("export --format {format} --lexicon {} --output first", source.display()), 0, &[], &[]);
    workspace.check(&format!("import --format {format} first --output again.toml"), 0, &[], &[]);
    workspace.check(&format!("export --format {format} --lexicon again.toml --output second"), 0, &[], &[]);
    assert_eq!(workspace.text("first"), workspace.text("second"), "{format}");
    workspace.check(&format!("import --format {format} second --output again.toml"), 0, &["needs no change"], &[]);
}

#[test]
fn the_sample_workspace_survives_a_round_trip() {
    check_round_trip("csv", "examples/jilin/lexicon");
    check_round_trip("popolo", "examples/jilin/lexicon/people.toml");
    check_round_trip("popolo", "examples/jilin/lexicon/organizations.toml");
    check_round_trip("skos", "examples/jilin/lexicon/slogans.toml");
    check_round_trip("tbx", "examples/jilin/lexicon/slogans.toml");
}

#[test]
fn what_a_format_cannot_carry_is_said_on_standard_error() {
    let term = "[[term]]\nid = \"a\"\npreferred = \"农民工\"\ndeprecated = [\"民工\"]\nsources = [\"甲\"]\n";
    let workspace = Workspace::new(&[("lexicon/terms.toml", term)]);
    workspace.check("export --format tbx", 0, &["<term>农民工</term>"], &["1 of 1 entries were exported"]);
    workspace.check(
        "export --format prh",
        0,
        &["expected: \"农民工\""],
        &["cannot fully carry `sources` of the kind term"],
    );
    workspace.check(
        "export --format popolo",
        0,
        &["\"persons\": []"],
        &["cannot carry entries of the kind term", "0 of 1"],
    );
    fs::write(workspace.path("lexicon/broken.toml"), "[[term]]\n").unwrap();
    workspace.check("export --format skos", 2, &["农民工"], &["broken.toml:1: X109"]);
}
