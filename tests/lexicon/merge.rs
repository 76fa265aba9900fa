//! Merging into files that people keep by hand.

use std::fs;

use hegao::lexicon::{
    EntryKind, Lexicon, LexiconSources,
    export::own_entries,
    write::{Change, Elsewhere, EntryFields, Incoming, MergePlan, Naming, Target, TargetError},
};

fn entries(name: &str, text: &str) -> Vec<EntryFields> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let lexicon = Lexicon::load(&LexiconSources { packs: Vec::new(), paths: vec![path] });
    assert_eq!(lexicon.problems(), &[], "{text}");
    own_entries(&lexicon)
}

struct Merged {
    text: String,
    plan: MergePlan,
}

impl Merged {
    /// `+id` for new entries, `id path` for changes and `!id path` for conflicts.
    fn summary(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.plan.new.iter().map(|entry| format!("+{}", entry.id())).collect();
        for entry in &self.plan.changed {
            lines.extend(entry.changes.iter().map(|change| match change {
                Change::Set { path, .. } | Change::Extend { path, .. } => format!("{} {path}", entry.id),
                Change::AddTable { key, .. } => format!("{} +{key}", entry.id),
            }));
            lines.extend(entry.conflicts.iter().map(|conflict| format!("!{} {}", entry.id, conflict.path)));
        }
        lines
    }
}

fn merge(file: &str, old: &str, incoming: Vec<Incoming>) -> Merged {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file);
    fs::write(&path, old).unwrap();
    let target = Target::open(&path).unwrap();
    let plan = MergePlan::new(target.entries(), incoming, &Elsewhere::default());
    Merged { text: target.merged(&plan).unwrap().new, plan }
}

fn incoming(text: &str, naming: Naming) -> Vec<Incoming> {
    entries("incoming.toml", text).into_iter().map(|entry| Incoming { entry, naming }).collect()
}

#[track_caller]
fn check(old: &str, new: &str, summary: &[&str], expected: &str) {
    let merged = merge("people.toml", old, incoming(new, Naming::Given));
    assert_eq!(merged.summary(), summary);
    assert_eq!(merged.text, expected);
}

const HAND_MADE: &str = r#"# 省领导。先查再改。

[[person]] # 只列一人
id = "hu-jiafu"
name = "胡家福"   # 排在第二
sources = [
    # 有两处
    "甲报", # 头版
]
colour = "red"

# 何时起任未查到。
[[person.post]]
title = "吉林省委常委"
short = []

[[person.post]]
title = "延边州委书记"
start = "2022"

# 完
"#;

#[test]
fn comments_order_and_foreign_keys_stay() {
    let new = r#"
[[person]]
id = "hu-jiafu"
name = "胡家福"
other_names = ["胡某"]
gender = "male"
sources = ["甲报", "乙报"]
[[person.post]]
title = "延边州委书记"
start = "2022-06-24"
place = "222400"
[[person.post]]
title = "吉林省委常委"
short = ["省委常委"]
[[person.post]]
title = "吉林省委秘书长"
end = "2022-06"
[[person]]
id = "wu-haiying"
name = "吴海英"
[[person.post]]
title = "吉林省委统战部部长"
"#;
    let expected = r#"# 省领导。先查再改。

[[person]] # 只列一人
id = "hu-jiafu"
name = "胡家福"   # 排在第二
other_names = ["胡某"]
gender = "male"
sources = [
    # 有两处
    "甲报", # 头版
    "乙报",
]
colour = "red"

# 何时起任未查到。
[[person.post]]
title = "吉林省委常委"
short = ["省委常委"]

[[person.post]]
title = "延边州委书记"
place = "222400"
start = "2022-06-24"

[[person.post]]
title = "吉林省委秘书长"
end = "2022-06"

# 完

[[person]]
id = "wu-haiying"
name = "吴海英"

[[person.post]]
title = "吉林省委统战部部长"
"#;
    let summary = [
        "+wu-haiying",
        "hu-jiafu other_names",
        "hu-jiafu gender",
        "hu-jiafu sources",
        "hu-jiafu post.1.place",
        "hu-jiafu post.1.start",
        "hu-jiafu post.0.short",
        "hu-jiafu +post",
    ];
    check(HAND_MADE, new, &summary, expected);
    let again = merge("people.toml", expected, incoming(new, Naming::Given));
    assert_eq!((again.summary(), again.text.as_str()), (Vec::new(), expected));
}

#[test]
fn the_file_keeps_what_it_says_in_a_conflict() {
    let new = r#"
[[person]]
id = "hu-jiafu"
name = "胡家富"
complete = true
[[person.post]]
title = "延边州委书记"
start = "2021-06-24"
end = "2023"
"#;
    let expected = HAND_MADE.replace("start = \"2022\"\n", "start = \"2022\"\nend = \"2023\"\n");
    check(
        HAND_MADE,
        new,
        &["hu-jiafu post.1.end", "!hu-jiafu name", "!hu-jiafu complete", "!hu-jiafu post.1.start"],
        &expected,
    );
}

#[test]
fn a_title_held_twice_is_two_posts() {
    let old = "[[person]]\nid = \"a\"\nname = \"甲\"\n\n[[person.post]]\ntitle = \"主任\"\nstart = \"2010\"\nend = \"2012\"\n";
    let new = "[[person]]\nid = \"a\"\nname = \"甲\"\n[[person.post]]\ntitle = \"主任\"\nstart = \"2015\"\n";
    check(old, new, &["a +post"], &format!("{old}\n[[person.post]]\ntitle = \"主任\"\nstart = \"2015\"\n"));
}

#[test]
fn a_less_precise_date_is_no_conflict() {
    let old = "[[document]]\nid = \"a\"\ntitle = \"甲\"\ndate = \"2022-06-24\"\n";
    check(old, "[[document]]\nid = \"a\"\ntitle = \"甲\"\ndate = \"2022-06\"\n", &[], old);
    check(old, "[[document]]\nid = \"a\"\ntitle = \"甲\"\ndate = \"2022-07\"\n", &["!a date"], old);
}

#[test]
fn flags_that_are_written_out_stay() {
    let old = "[[slogan]]\nid = \"a\"\ntext = \"甲、乙\"\nquoted = false # 从不加引号\ncomponents = [\"甲\", \"乙\"]\n";
    let new = "[[slogan]]\nid = \"a\"\ntext = \"甲、乙\"\nquoted = true\ncomponents = [\"乙\", \"甲\"]\n";
    check(old, new, &["!a components", "!a quoted"], old);
}

#[test]
fn wrong_forms_are_added_to_a_list_of_tables() {
    let old = "[[slogan]]\nid = \"a\"\ntext = \"甲\"\nwrong = [\n    { text = \"已\", note = \"形近\" }, # 常见\n]\n";
    let new =
        "[[slogan]]\nid = \"a\"\ntext = \"甲\"\nwrong = [{ text = \"已\" }, { text = \"巳\", note = \"形近\" }]\n";
    let expected = "[[slogan]]\nid = \"a\"\ntext = \"甲\"\nwrong = [\n    { text = \"已\", note = \"形近\" }, # 常见\n    { text = \"巳\", note = \"形近\" },\n]\n";
    check(old, new, &["a +wrong"], expected);
}

#[test]
fn the_versions_of_a_place_are_kept_as_a_whole() {
    let old = "[[place]]\nid = \"a\"\nname = \"甲镇\"\nlevel = \"township\"\nparent = \"220302\"\n\n[[place.version]]\nparent = \"220322\"\nend = \"2016\"\n";
    let new = "[[place]]\nid = \"a\"\nname = \"甲镇\"\nlevel = \"township\"\nparent = \"220302\"\nsources = [\"乙\"]\n";
    let expected = old.replace("parent = \"220302\"\n", "parent = \"220302\"\nsources = [\"乙\"]\n");
    check(old, new, &["a sources", "!a version"], &expected);
}

#[test]
fn inline_tables_and_windows_line_ends_are_merged_into() {
    let old = "person = [{ id = \"a\", name = \"甲\", post = [{ title = \"主任\" }] }]\r\n";
    let new = "[[person]]\nid = \"a\"\nname = \"甲\"\ngender = \"male\"\n[[person.post]]\ntitle = \"主任\"\nstart = \"2010\"\n[[person.post]]\ntitle = \"局长\"\n[[person]]\nid = \"b\"\nname = \"乙\"\n";
    let merged = merge("people.toml", old, incoming(new, Naming::Given));
    assert_eq!(merged.summary(), ["+b", "a gender", "a post.0.start", "a +post"]);
}

#[test]
fn a_table_keeps_its_columns_and_gains_what_it_needs() {
    let old = "\u{feff}name,id,title\n胡家福,hu-jiafu,吉林省委常委\n";
    let new = "[[person]]\nid = \"hu-jiafu\"\nname = \"胡家福\"\n[[person.post]]\ntitle = \"吉林省委常委\"\nstart = \"2022\"\n[[term]]\nid = \"t\"\npreferred = \"甲\"\n";
    let merged = merge("people.csv", old, incoming(new, Naming::Given));
    assert_eq!(merged.summary(), ["+t", "hu-jiafu post.0.start"]);
    assert!(merged.text.starts_with("\u{feff}name,id,title,kind,other_names,"), "{}", merged.text);
    assert_eq!(entries("people.csv", &merged.text).len(), 2);
}

#[test]
fn a_file_with_faults_is_not_merged_into() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.toml");
    for text in ["[[person]]\nid = \"a\"\n", "[[person]\n", "[[person]]\nid = \"a\"\nname = \"甲\"\ngender = \"x\"\n"]
    {
        fs::write(&path, text).unwrap();
        assert!(matches!(Target::open(&path), Err(TargetError::Faulty(_))), "{text}");
    }
    fs::write(&path, b"\xff\xfe").unwrap();
    assert!(matches!(Target::open(&path), Err(TargetError::Unreadable { .. })));
}

#[test]
fn the_sample_workspace_merged_with_itself_stays_as_it_is() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/jilin/lexicon");
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let target = Target::open(&path).unwrap();
        let same =
            target.entries().iter().map(|entry| Incoming { entry: entry.clone(), naming: Naming::Given }).collect();
        let plan = MergePlan::new(target.entries(), same, &Elsewhere::default());
        assert_eq!((plan.unchanged, plan.conflicts()), (target.entries().len(), 0), "{}", path.display());
        assert_eq!(target.merged(&plan).unwrap().new, text);
    }
}

/// People without ids of their own: `id -> id in the file` and whether a namesake is pointed out.
#[track_caller]
fn check_identity(old: &str, new: &str, ids: &[&str], notes: usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.toml");
    fs::write(&path, old).unwrap();
    let target = Target::open(&path).unwrap();
    let plan = MergePlan::new(target.entries(), incoming(new, Naming::Made), &Elsewhere::default());
    let merged = plan.merged(target.entries());
    let found: Vec<&str> = merged.iter().map(|entry| entry.id()).collect();
    assert_eq!(found, ids);
    assert_eq!(plan.notes.len(), notes, "{:?}", plan.notes);
    target.merged(&plan).unwrap();
}

fn person(id: &str, name: &str, title: &str) -> String {
    format!("[[person]]\nid = \"{id}\"\nname = \"{name}\"\n[[person.post]]\ntitle = \"{title}\"\n")
}

#[test]
fn people_without_ids_are_known_again_by_name_and_post() {
    let old = person("liu-wei-jl", "刘伟", "吉林省委副书记");
    check_identity(&old, &person("liu-wei", "刘伟", "吉林省委副书记"), &["liu-wei-jl"], 0);
    check_identity(&old, &person("liu-wei", "刘伟", "某县县长"), &["liu-wei-jl", "liu-wei"], 1);
    let own = person("liu-wei", "刘伟", "吉林省委副书记");
    check_identity(&own, &person("liu-wei", "刘伟", "某县县长"), &["liu-wei", "liu-wei-2"], 1);
    let bare = "[[person]]\nid = \"liu-wei\"\nname = \"刘伟\"\n";
    check_identity(&own, bare, &["liu-wei"], 0);
    check_identity(bare, &own, &["liu-wei"], 0);
    let gender = |gender: &str| own.replace("[[person.post]]", &format!("gender = \"{gender}\"\n[[person.post]]"));
    check_identity(&gender("male"), &gender("female"), &["liu-wei", "liu-wei-2"], 1);
    let item = |item: &str| bare.to_owned() + &format!("sources = [\"https://www.wikidata.org/entity/{item}\"]\n");
    check_identity(&item("Q4115189").replace("liu-wei", "liu-wei-jl"), &item("Q4115189"), &["liu-wei-jl"], 0);
    check_identity(&item("Q4115189"), &item("Q13406268"), &["liu-wei", "liu-wei-2"], 1);
    check_identity(&own, &person("liu-wei", "刘薇", "某县县长"), &["liu-wei", "liu-wei-2"], 0);
    let two = person("liu-wei", "刘伟", "甲县县长") + &person("liu-wei-2", "刘伟", "乙县县长");
    check_identity(&two, &two, &["liu-wei", "liu-wei-2"], 0);
    let swapped = person("liu-wei", "刘伟", "乙县县长") + &person("liu-wei-2", "刘伟", "甲县县长");
    check_identity(&two, &swapped, &["liu-wei", "liu-wei-2"], 0);
    check_identity(&two, &person("liu-wei", "刘伟", "丙县县长"), &["liu-wei", "liu-wei-2", "liu-wei-3"], 1);
}

#[test]
fn references_follow_an_entry_that_got_another_id() {
    let old = "[[organization]]\nid = \"jl-committee\"\nname = \"中国共产党吉林省委员会\"\n";
    let new = "[[organization]]\nid = \"zhong-guo\"\nname = \"中国共产党吉林省委员会\"\n\
               [[person]]\nid = \"a\"\nname = \"甲\"\n[[person.post]]\ntitle = \"吉林省委书记\"\norganization = \"zhong-guo\"\n";
    let merged = merge("people.toml", old, incoming(new, Naming::Made));
    assert!(merged.text.ends_with("title = \"吉林省委书记\"\norganization = \"jl-committee\"\n"), "{}", merged.text);
}

#[test]
fn an_id_of_another_file_or_kind_is_a_conflict() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("people.toml"), person("a", "甲", "主任")).unwrap();
    let lexicon = Lexicon::load(&LexiconSources { packs: Vec::new(), paths: vec![folder.path().to_owned()] });
    let out = folder.path().join("imported.toml");
    let elsewhere = Elsewhere::of(&lexicon, &out);
    let plan = MergePlan::new(&[], incoming(&person("a", "甲", "局长"), Naming::Given), &elsewhere);
    assert_eq!((plan.new.len(), plan.conflicts()), (0, 1));
    let term = "[[term]]\nid = \"a\"\npreferred = \"甲\"\n";
    let merged = merge("people.toml", &person("a", "甲", "主任"), incoming(term, Naming::Given));
    assert_eq!(merged.summary(), ["!a id"]);
    assert_eq!(merged.plan.changed[0].kind, EntryKind::Term);
}
