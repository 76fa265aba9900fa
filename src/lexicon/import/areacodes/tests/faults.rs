//! Input that cannot be used.

use super::{import, imported, result_csv};

#[track_caller]
fn check(result_csv: &str, codes_json: &str, expected: &str) {
    let fault = import(result_csv.as_bytes(), codes_json.as_bytes(), None).expect_err("must be refused").to_string();
    assert!(fault.contains(expected), "{fault}");
}

#[track_caller]
fn check_json(codes_json: &str, expected: &str) {
    check(&result_csv(codes_json), codes_json, expected);
}

const PROVINCE: &str = r#"{"items":[{"code":220000,"name":"吉林省","start":1981}],"descriptions":{}}"#;
const HEADER: &str = "代码,一级行政区,二级行政区,名称,级别,状态,启用时间,变更/弃用时间,新代码\n";

#[track_caller]
fn check_line(line: &str, expected: &str) {
    check(&format!("{HEADER}{line}\n"), PROVINCE, expected);
}

#[test]
fn the_smallest_input_is_accepted() {
    assert!(imported(PROVINCE).is_ok());
}

#[test]
fn a_file_that_is_no_json_or_has_unknown_keys_is_refused() {
    check(HEADER, "[", "codes.json: EOF");
    check(HEADER, r#"{"items":[],"descriptions":{},"more":1}"#, "unknown field `more`");
    check(HEADER, r#"{"items":[]}"#, "missing field `descriptions`");
}

#[test]
fn a_table_without_a_column_is_refused() {
    check("代码,名称\n", PROVINCE, "result.csv: no column 二级行政区; expected 代码,");
}

#[test]
fn a_line_that_cannot_be_read_is_refused_with_its_number() {
    check_line("22,,,吉林省,省级,在用,1981,,", "result.csv, line 2: code `22`; expected six digits");
    check_line("220000,,,吉林省,国级,在用,1981,,", "line 2: 级别 `国级`");
    check_line("220000,,,吉林省,省级,在用,早年,,", "line 2: year `早年`; expected a year since 1981");
    check_line("220000,,,吉林省,省级,在用,1981,1900,", "line 2: year `1900`");
    check_line("220000,,吉林省,省级", "result.csv: ");
}

#[test]
fn the_two_files_must_hold_the_same_records() {
    check_line("220001,,,吉林省,省级,在用,1981,,", "220000 吉林省 from 1981: not in result.csv");
    check_line("220000,,,奉天省,省级,在用,1981,,", "as in result.csv line 2");
    check_line("220000,,,吉林省,省级,弃用,1981,1990,", "as in result.csv line 2");
    check_line("220000,,,吉林省,县级,在用,1981,,", "expected the tier below its parent");
    check_line("220000,,直辖,吉林省,省级,在用,1981,,", "line 2: 二级行政区 `直辖`; expected ``");
    check_line(
        "220000,,,吉林省,省级,在用,1981,,\n220100,吉林省,长春市,长春市,地级,在用,1981,,",
        "line 3: 220100 长春市; expected the same record in codes.json",
    );
    check_line("220000,,,吉林省,省级,在用,1981,,\n220000,,,吉林省,省级,在用,1981,,", "line 3: 220000 from 1981 again");
}

#[test]
fn a_link_must_lead_to_a_place_in_force_and_to_a_description() {
    let link = |succ: &str| {
        format!(
            r#"{{"items":[{{"code":220000,"name":"吉林省","start":1981,"children":[
                {{"code":220100,"name":"长春市","start":1981,"end":1990,"succ":[{succ}]}},
                {{"code":220200,"name":"吉林市","start":1981,"succ":[]}},
                {{"code":220300,"name":"四平市","start":1991}}]}}],
              "descriptions":{{"1990":["一"]}}}}"#
        )
    };
    assert!(imported(&link(r#"{"code":220200,"desc":0}"#)).is_ok());
    check_json(&link(r#"{"code":220300,"desc":0}"#), "220300 in 1990; expected a code that exactly one");
    check_json(&link(r#"{"code":220900,"desc":0}"#), "220900 in 1990");
    check_json(&link(r#"{"code":220200,"desc":1}"#), "desc 1 of 1990");
    check_json(&link(r#"{"code":220200,"desc":0,"time":1985}"#), "desc 0 of 1985");
}

#[test]
fn a_whole_link_needs_an_end() {
    let input = r#"{"items":[{"code":220000,"name":"吉林省","start":1981,"succ":[{"code":220000,"desc":0}]}],
        "descriptions":{}}"#;
    check_json(input, "220000 without `time`");
}

#[test]
fn a_day_that_cannot_be_read_is_refused_with_its_description() {
    let input = r##"{"items":[],"descriptions":{"1990":["# 甲\n日期：1990年1月1日","# 乙\n日期：某日"]}}"##;
    check(HEADER, input, "codes.json, descriptions[\"1990\"][1]: 日期 `某日`; expected a day such as");
}
