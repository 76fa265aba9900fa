//! The CSV format of lexicon files.

use std::fs;

use hegao::{
    lang::Lang,
    lexicon::{Lexicon, LexiconSources, export::own_entries, write::toml_text},
};

fn load(name: &str, text: &str) -> Lexicon {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    Lexicon::load(&LexiconSources { packs: Vec::new(), paths: vec![path] })
}

/// The entries of a CSV file as TOML.
#[track_caller]
fn check(name: &str, text: &str, expected: &str) {
    let lexicon = load(name, text);
    assert_eq!(lexicon.problems(), &[]);
    let entries = own_entries(&lexicon);
    assert_eq!(toml_text(&entries).trim(), expected.trim());
}

/// The problems of a CSV file, `line code message`, and how many entries are left.
#[track_caller]
fn check_problems(name: &str, text: &str, expected: &[&str], entries: usize) {
    let lexicon = load(name, text);
    let problem = |problem: &hegao::lexicon::Problem| {
        format!("{} {} {}", problem.line, problem.code, problem.message.get(Lang::En))
    };
    assert_eq!(lexicon.problems().iter().map(problem).collect::<Vec<_>>(), expected);
    assert_eq!(lexicon.entries().count(), entries);
}

#[test]
fn several_kinds_stand_in_one_file() {
    check(
        "lexicon.csv",
        "kind,id,name,preferred,deprecated,text,wrong,wrong_notes\n\
         term,migrant-worker,,农民工,民工|外来工,,,\n\
         organization,jl-committee,中国共产党吉林省委员会,,,,,\n\
         slogan,heart,,,,时时放心不下,时时放不下心|时时放心不了,|换字\n",
        "[[term]]\nid = \"migrant-worker\"\npreferred = \"农民工\"\ndeprecated = [\"民工\", \"外来工\"]\n\n\
         [[organization]]\nid = \"jl-committee\"\nname = \"中国共产党吉林省委员会\"\n\n\
         [[slogan]]\nid = \"heart\"\ntext = \"时时放心不下\"\n\
         wrong = [{ text = \"时时放不下心\" }, { text = \"时时放心不了\", note = \"换字\" }]\n",
    );
}

#[test]
fn a_bar_within_an_item_is_escaped() {
    check(
        "terms.csv",
        "id,preferred,deprecated\na,甲,乙\\|丙|丁\\\\|C:\\x\n",
        "[[term]]\nid = \"a\"\npreferred = \"甲\"\ndeprecated = [\"乙|丙\", '丁\\', 'C:\\x']\n",
    );
}

#[test]
fn what_is_said_of_a_person_may_stand_in_any_row() {
    check(
        "people.csv",
        "id,name,gender,title,start,post_sources,sources\n\
         hu-jiafu,胡家福,,吉林省委常委,,a,s\n\
         hu-jiafu,,male,延边州委书记,2022-06-24,b,\n",
        "[[person]]\nid = \"hu-jiafu\"\nname = \"胡家福\"\ngender = \"male\"\nsources = [\"s\"]\n\n\
         [[person.post]]\ntitle = \"吉林省委常委\"\nsources = [\"a\"]\n\n\
         [[person.post]]\ntitle = \"延边州委书记\"\nstart = \"2022-06-24\"\nsources = [\"b\"]\n",
    );
}

#[test]
fn without_a_column_of_their_own_the_sources_of_a_row_are_the_posts_too() {
    check(
        "people.csv",
        "id,name,title,sources\nhu-jiafu,胡家福,吉林省委常委,a\nhu-jiafu,胡家福,延边州委书记,a|b\n",
        "[[person]]\nid = \"hu-jiafu\"\nname = \"胡家福\"\nsources = [\"a\", \"b\"]\n\n\
         [[person.post]]\ntitle = \"吉林省委常委\"\nsources = [\"a\"]\n\n\
         [[person.post]]\ntitle = \"延边州委书记\"\nsources = [\"a\", \"b\"]\n",
    );
}

#[test]
fn a_first_row_without_post_does_not_make_the_columns_of_posts_unknown() {
    check(
        "people.csv",
        "id,name,title,start\na-dong,阿东,,\nhu-jiafu,胡家福,延边州委书记,2022-06-24\n",
        "[[person]]\nid = \"a-dong\"\nname = \"阿东\"\n\n[[person]]\nid = \"hu-jiafu\"\nname = \"胡家福\"\n\n\
         [[person.post]]\ntitle = \"延边州委书记\"\nstart = \"2022-06-24\"\n",
    );
}

#[test]
fn rows_of_a_person_that_contradict_each_other_are_a_fault() {
    let text = "id,name,gender,title\nli-wei,李伟,male,甲\nli-wei,李伟,female,乙\n";
    check_problems(
        "people.csv",
        text,
        &["3 X109 `gender` must be the same in all rows of one person, or given once"],
        0,
    );
}

#[test]
fn a_post_without_title_is_a_fault() {
    let text = "id,name,title,start\nhu-jiafu,胡家福,,2022-06-24\n";
    check_problems("people.csv", text, &["2 X109 `title` must be given, and is empty here"], 0);
}

#[test]
fn a_cell_in_a_column_of_another_kind_is_a_fault() {
    let text = "kind,id,preferred,gender\nterm,a,甲,male\nperson,b,,\n";
    let expected = [
        "2 X109 `gender` must be empty: this kind of entry has no such key",
        "3 X109 `name` must be given, and is empty here",
    ];
    check_problems("all.csv", text, &expected, 0);
}

#[test]
fn an_id_that_comes_twice_in_a_table_of_terms_is_reported() {
    let lexicon = load("terms.csv", "id,preferred\na,甲\na,乙\n");
    assert_eq!(lexicon.problems().iter().map(|problem| problem.code.code()).collect::<Vec<_>>(), ["X101"]);
}

#[test]
fn more_notes_than_wrong_forms_are_a_fault() {
    let text = "id,text,wrong,wrong_notes\na,甲,乙,一|二\n";
    check_problems("slogans.csv", text, &["2 X109 `wrong_notes` must be no more items than `wrong` has"], 0);
}

#[test]
fn an_unknown_column_is_reported_with_the_nearest_known_one() {
    check_problems(
        "terms.csv",
        "id,prefered\na,甲\n",
        &[
            "1 X108 there is no key `prefered`; is `preferred` meant?",
            "2 X109 `preferred` must be given, and is empty here",
        ],
        0,
    );
}
