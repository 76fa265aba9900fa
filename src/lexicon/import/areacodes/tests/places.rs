//! Versions, parents and ids.

use super::{check, imported};

/// 浑江市 renamed 白山市 with its code kept and no link of its own.
const RENAMED_PREFECTURE: &str = r##"{"items":[{"code":220000,"name":"吉林省","start":1981,"children":[
    {"code":220600,"name":"浑江市","start":1981,"end":1994,"children":[
        {"code":220622,"name":"靖宇县","start":1981,"end":1994,"succ":[{"code":220622,"desc":0}]},
        {"code":220681,"name":"临江市","start":1993,"end":1994,"succ":[{"code":220681,"desc":0}]}]},
    {"code":220600,"name":"白山市","start":1994,"children":[
        {"code":220622,"name":"靖宇县","start":1994},
        {"code":220681,"name":"临江市","start":1994,"end":2001,"succ":[{"code":220682,"desc":0}]},
        {"code":220682,"name":"临江市","start":2001}]}]}],
  "descriptions":{"1994":["# 甲\n文号：国函〔1994〕8号\n日期：1994年1月31日\n同意浑江市更名为白山市"],
    "2001":["# 代码变更"]}}"##;

#[test]
fn a_renamed_prefecture_is_one_place_and_does_not_split_its_counties() {
    check(
        RENAMED_PREFECTURE,
        "cn-220600",
        &["浑江市,cn-220000,220600,,1994-01-31,,,", "白山市,cn-220000,220600,1994-01-31,,国函〔1994〕8号,,"],
    );
    check(RENAMED_PREFECTURE, "cn-220622", &["靖宇县,cn-220600,220622,,,,,"]);
}

#[test]
fn a_new_code_makes_a_version_and_the_id_is_the_latest() {
    check(
        RENAMED_PREFECTURE,
        "cn-220682",
        &["临江市,cn-220600,220681,1993,2001,,,", "临江市,cn-220600,220682,2001,,,,"],
    );
}

#[test]
fn the_file_is_in_order_of_ids_and_of_time() {
    let csv = imported(RENAMED_PREFECTURE).expect("in order").csv;
    let ids: Vec<&str> = csv.lines().filter_map(|line| line.split(',').next()).collect();
    let expected = ["id", "cn-220000", "cn-220600", "cn-220600", "cn-220622", "cn-220682", "cn-220682"];
    assert_eq!(ids, expected);
    assert!(csv.ends_with('\n') && !csv.contains('\r') && !csv.starts_with('\u{feff}'));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let once = imported(RENAMED_PREFECTURE).expect("in order");
    assert_eq!(once, imported(RENAMED_PREFECTURE).expect("in order"));
}

#[test]
fn levels_and_short_forms_stand_in_their_columns() {
    let csv = imported(RENAMED_PREFECTURE).expect("in order").csv;
    for line in [
        "id,name,short,level,parent,code,start,end,document,end_document,successors",
        "cn-220000,吉林省,吉林,province,,220000,,,,,",
        "cn-220600,白山市,白山,prefecture,cn-220000,220600,1994-01-31,,国函〔1994〕8号,,",
        "cn-220682,临江市,,county,cn-220600,220682,2001,,,,",
    ] {
        assert!(csv.lines().any(|found| found == line), "{line}\n{csv}");
    }
}

#[test]
fn cities_numbered_apart_have_no_known_parent_in_that_time() {
    let input = r##"{"items":[{"code":220000,"name":"吉林省","start":1981,"children":[
        {"code":229005,"name":"九台市","start":1988,"end":1990,"succ":[{"code":220181,"desc":0}]},
        {"code":220100,"name":"长春市","start":1981,"children":[
            {"code":220123,"name":"九台县","start":1981,"end":1988,"succ":[{"code":229005,"desc":0}]},
            {"code":220181,"name":"九台市","start":1990}]}]}],
      "descriptions":{"1988":["# 甲\n文号：1号\n日期：1988年8月30日\n撤销九台县，设立九台市"],"1990":["# 代码变更"]}}"##;
    check(
        input,
        "cn-220181",
        &[
            "九台县,cn-220100,220123,,1988-08-30,,,",
            "九台市,,229005,1988-08-30,1990,1号,,",
            "九台市,cn-220100,220181,1990,,,,",
        ],
    );
}

#[test]
fn counties_really_directly_under_a_province_have_it_as_parent() {
    let input = r##"{"items":[{"code":420000,"name":"湖北省","start":1981,"children":[
        {"code":429004,"name":"仙桃市","start":1994},
        {"code":429021,"name":"神农架林区","start":1986,"end":1996}]}],
      "descriptions":{}}"##;
    check(input, "cn-429004", &["仙桃市,cn-420000,429004,1994,,,,"]);
    check(input, "cn-429021", &["神农架林区,cn-420000,429021,1986,1996,,,"]);
}

#[test]
fn the_prefectures_that_stood_for_one_table_only_are_no_known_parents() {
    let input = r##"{"items":[{"code":220000,"name":"吉林省","start":1981,"children":[
        {"code":222600,"name":"永吉地区","start":1982,"children":[
            {"code":222621,"name":"舒兰县","start":1982}]}]}],
      "descriptions":{}}"##;
    check(input, "cn-222621", &["舒兰县,,222621,1982,,,,"]);
}

#[test]
fn of_places_with_one_code_the_latest_keeps_it() {
    let input = r##"{"items":[{"code":510000,"name":"四川省","start":1981,"children":[
        {"code":511400,"name":"涪陵市","start":1995,"end":1997,"children":[]},
        {"code":511400,"name":"眉山市","start":2000,"children":[
            {"code":511421,"name":"仁寿县","start":2000}]}]}],
      "descriptions":{}}"##;
    check(input, "cn-511400-1997", &["涪陵市,cn-510000,511400,1995,1997,,,"]);
    check(input, "cn-511400", &["眉山市,cn-510000,511400,2000,,,,"]);
    check(input, "cn-511421", &["仁寿县,cn-511400,511421,2000,,,,"]);
    let notes = imported(input).expect("in order").notes;
    assert!(notes.iter().any(|note| note.contains("cn-511400-1997")), "{notes:?}");
}

#[test]
fn a_functional_zone_precedes_the_district_that_took_its_name() {
    let input = r##"{"items":[{"code":120000,"name":"天津市","start":1981,"children":[
        {"code":120116,"name":"滨海新区","start":2009}]}],"descriptions":{}}"##;
    let csv = imported(input).expect("in order").csv;
    let rows: Vec<&str> = csv.lines().filter(|line| line.starts_with("cn-120116")).collect();
    assert_eq!(
        rows,
        [
            "cn-120116,滨海新区,,functional-zone,cn-120000,,,2009,,,",
            "cn-120116,滨海新区,,county,cn-120000,120116,2009,,,,",
        ]
    );
}
