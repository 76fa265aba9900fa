//! Changes after the last table.

use super::{import, result_csv, rows_of};

const TABLES: &str = r##"{"items":[
    {"code":500000,"name":"重庆市","start":1997,"children":[
        {"code":500105,"name":"江北区","start":2010},
        {"code":500109,"name":"北碚区","start":2010},
        {"code":500112,"name":"渝北区","start":2024}]},
    {"code":650000,"name":"新疆维吾尔自治区","start":1981,"children":[
        {"code":653100,"name":"喀什地区","start":1981}]}],
  "descriptions":{"2024":[]}}"##;
const HEADER: &str = "代码,名称,上级,级别,启用时间,弃用时间,新代码,文号,见报,依据\n";

fn with(later: &str) -> Result<super::Imported, super::ImportError> {
    let csv = format!("{HEADER}{later}");
    import(result_csv(TABLES).as_bytes(), TABLES.as_bytes(), Some(csv.as_bytes()))
}

#[track_caller]
fn check(later: &str, id: &str, expected: &[&str]) {
    assert_eq!(rows_of(&with(later).expect("in order").csv, id), expected);
}

#[track_caller]
fn check_fault(later: &str, expected: &str) {
    let fault = with(later).expect_err("must be refused").to_string();
    assert!(fault.starts_with("after-2024.csv, line 2: ") && fault.contains(expected), "{fault}");
}

const MERGED: &str = "500105,江北区,重庆市,县级,,2025,500157,渝府发〔2025〕15号,2025-11-06,报\n\
    500112,渝北区,重庆市,县级,,2025,500157;500109,渝府发〔2025〕15号,2025-11-06,报\n\
    500157,两江新区,重庆市,县级,2025,,,渝府发〔2025〕15号,2025-11-06,报\n";

#[test]
fn merged_districts_end_on_the_day_of_the_announcement() {
    check(MERGED, "cn-500105", &["江北区,cn-500000,500105,2010,2025-11-06,,渝府发〔2025〕15号,cn-500157"]);
    check(MERGED, "cn-500112", &["渝北区,cn-500000,500112,2024,2025-11-06,,渝府发〔2025〕15号,cn-500157|cn-500109"]);
    check(
        MERGED,
        "cn-500157",
        &["两江新区,cn-500000,,,2025-11-06,,,", "两江新区,cn-500000,500157,2025-11-06,,渝府发〔2025〕15号,,"],
    );
}

#[test]
fn without_a_document_only_the_year_counts() {
    check("653132,岑岭县,喀什地区,县级,2026,,,,2026-03-26,报\n", "cn-653132", &["岑岭县,cn-653100,653132,2026,,,,"]);
}

#[test]
fn an_unknown_beginning_is_put_right_after_the_last_table_and_noted() {
    let row = "659013,草湖市,新疆维吾尔自治区,县级,,,,,,报\n";
    check(row, "cn-659013", &["草湖市,cn-650000,659013,2025,,,,"]);
    let notes = with(row).expect("in order").notes;
    assert!(notes.iter().any(|note| note.contains("草湖市")), "{notes:?}");
}

#[test]
fn rows_that_do_not_fit_the_tables_are_refused() {
    check_fault("50010,江北区,重庆市,县级,,2025,,,,报\n", "code `50010`; expected six digits");
    check_fault("500105,江南区,重庆市,县级,,2025,,,,报\n", "500105 江南区; expected a place in force");
    check_fault("500105,江北区,重庆市,县级,,2025,500199,,,报\n", "新代码 500199");
    check_fault("500105,江北区,重庆市,县级,2025,,,,,报\n", "500105 begins again");
    check_fault("500157,两江新区,重庆省,县级,2025,,,,,报\n", "上级 重庆省");
    check_fault("500157,两江新区,重庆市,乡级,2025,,,,,报\n", "级别 `乡级`");
    check_fault("500157,两江新区,重庆市,县级,今年,,,,,报\n", "year `今年`");
    check_fault("500157,两江新区,重庆市,县级,2025,,,1号,昨天,报\n", "见报 `昨天`");
}

#[test]
fn a_table_with_other_columns_is_refused() {
    let tables = result_csv(TABLES);
    let fault = import(tables.as_bytes(), TABLES.as_bytes(), Some("代码,名称\n".as_bytes()))
        .expect_err("must be refused")
        .to_string();
    assert!(fault.starts_with("after-2024.csv: header 代码,名称; expected 代码,"), "{fault}");
}
