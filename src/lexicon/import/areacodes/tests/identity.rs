//! Which record continues which.

use super::{check, imported};

#[test]
fn a_place_is_followed_through_codes_names_and_types() {
    check(
        r##"{"items":[{"code":220000,"name":"吉林省","start":1981,"children":[
            {"code":222100,"name":"四平地区","start":1981,"end":1983,"children":[
                {"code":222121,"name":"怀德县","start":1981,"end":1983,"succ":[{"code":220321,"desc":0}]}]},
            {"code":220300,"name":"四平市","start":1983,"children":[
                {"code":220321,"name":"怀德县","start":1983,"end":1985,"succ":[{"code":220319,"desc":0}]},
                {"code":220319,"name":"公主岭市","start":1985}]}]}],
          "descriptions":{"1983":["# 甲\n文号：1号\n日期：1983年8月30日\n撤销四平地区，将怀德县划归四平市"],
            "1985":["# 乙\n文号：2号\n日期：1985年2月4日\n撤销怀德县，设立公主岭市"]}}"##,
        "cn-220319",
        &[
            "怀德县,cn-220300,222121,,1983-08-30,,,",
            "怀德县,cn-220300,220321,1983-08-30,1985-02-04,1号,,",
            "公主岭市,cn-220300,220319,1985-02-04,,2号,,",
        ],
    );
}

/// One prefecture with two counties, of which the first may go on in several ways.
fn two_counties(first: &str, second: &str, later: &str, text: &str) -> String {
    format!(
        r##"{{"items":[{{"code":330000,"name":"浙江省","start":1981,"children":[
            {{"code":330100,"name":"杭州市","start":1981,"children":[{first},{second},{later}]}}]}}],
          "descriptions":{{"2000":["# 丙\n文号：3号\n日期：2000年5月6日\n{text}"]}}}}"##
    )
}

#[test]
fn what_is_merged_into_a_standing_place_ends() {
    let input = two_counties(
        r#"{"code":330121,"name":"甲甲县","start":1981,"end":2000,"succ":[{"code":330122,"desc":0}]}"#,
        r#"{"code":330122,"name":"乙乙县","start":1981}"#,
        r#"{"code":330123,"name":"丁丁县","start":1981}"#,
        "撤销甲甲县，并入乙乙县",
    );
    check(&input, "cn-330121", &["甲甲县,cn-330100,330121,,2000-05-06,,3号,cn-330122"]);
    check(&input, "cn-330122", &["乙乙县,cn-330100,330122,,,,,"]);
}

#[test]
fn what_is_merged_with_another_into_a_new_place_ends() {
    let input = two_counties(
        r#"{"code":330121,"name":"甲甲区","start":1981,"end":2000,"succ":[{"code":330123,"desc":0}]}"#,
        r#"{"code":330122,"name":"乙乙区","start":1981,"end":2000,"succ":[{"code":330123,"desc":0}]}"#,
        r#"{"code":330123,"name":"丁丁区","start":2000}"#,
        "撤销甲甲区、乙乙区，设立丁丁区",
    );
    check(&input, "cn-330121", &["甲甲区,cn-330100,330121,,2000-05-06,,3号,cn-330123"]);
    check(&input, "cn-330122", &["乙乙区,cn-330100,330122,,2000-05-06,,3号,cn-330123"]);
    check(&input, "cn-330123", &["丁丁区,cn-330100,330123,2000-05-06,,3号,,"]);
}

#[test]
fn of_two_merged_places_the_one_whose_name_stays_goes_on() {
    let input = two_counties(
        r#"{"code":330121,"name":"甲甲县","start":1981,"end":2000,"succ":[{"code":330111,"desc":0}]}"#,
        r#"{"code":330122,"name":"乙乙县","start":1981,"end":2000,"succ":[{"code":330111,"desc":0}]}"#,
        r#"{"code":330111,"name":"乙乙区","start":2000}"#,
        "撤销甲甲县、乙乙县，设立乙乙区",
    );
    check(&input, "cn-330121", &["甲甲县,cn-330100,330121,,2000-05-06,,3号,cn-330111"]);
    check(
        &input,
        "cn-330111",
        &["乙乙县,cn-330100,330122,,2000-05-06,,,", "乙乙区,cn-330100,330111,2000-05-06,,3号,,"],
    );
}

#[test]
fn of_two_parts_the_one_that_keeps_the_name_goes_on() {
    let input = two_counties(
        r#"{"code":330121,"name":"甲甲县","start":1981,"end":2000,
            "succ":[{"code":330111,"desc":0},{"code":330112,"desc":0}]}"#,
        r#"{"code":330112,"name":"甲甲区","start":2000}"#,
        r#"{"code":330111,"name":"丁丁区","start":2000}"#,
        "撤销甲甲县，设立甲甲区、丁丁区",
    );
    check(
        &input,
        "cn-330112",
        &["甲甲县,cn-330100,330121,,2000-05-06,,,", "甲甲区,cn-330100,330112,2000-05-06,,3号,,"],
    );
    check(&input, "cn-330111", &["丁丁区,cn-330100,330111,2000-05-06,,3号,,"]);
}

#[test]
fn of_two_new_parts_with_other_names_none_goes_on() {
    let input = two_counties(
        r#"{"code":330121,"name":"甲甲县","start":1981,"end":2000,
            "succ":[{"code":330111,"desc":0},{"code":330112,"desc":0}]}"#,
        r#"{"code":330112,"name":"乙乙区","start":2000}"#,
        r#"{"code":330111,"name":"丁丁区","start":2000}"#,
        "撤销甲甲县，设立乙乙区、丁丁区",
    );
    check(&input, "cn-330121", &["甲甲县,cn-330100,330121,,2000-05-06,,3号,cn-330111|cn-330112"]);
}

#[test]
fn a_renaming_in_a_document_outweighs_a_name_taken_over_by_another_place() {
    let input = two_counties(
        r#"{"code":330102,"name":"庐山区","start":1981,"end":2000,
            "succ":[{"code":330102,"desc":0},{"code":330183,"desc":0}]}"#,
        r#"{"code":330102,"name":"濂溪区","start":2000}"#,
        r#"{"code":330183,"name":"庐山市","start":2000},
           {"code":330127,"name":"星子县","start":1981,"end":2000,"succ":[{"code":330183,"desc":0}]}"#,
        "将庐山区更名为濂溪区。撤销星子县，设立庐山市",
    );
    check(
        &input,
        "cn-330102",
        &["庐山区,cn-330100,330102,,2000-05-06,,,", "濂溪区,cn-330100,330102,2000-05-06,,3号,,"],
    );
    check(
        &input,
        "cn-330183",
        &["星子县,cn-330100,330127,,2000-05-06,,,", "庐山市,cn-330100,330183,2000-05-06,,3号,,"],
    );
}

#[test]
fn a_code_kept_without_a_link_is_no_continuation() {
    let input = two_counties(
        r#"{"code":330104,"name":"甲甲区","start":1990,"end":2000,"succ":[{"code":330105,"desc":0}]}"#,
        r#"{"code":330105,"name":"乙乙区","start":1990}"#,
        r#"{"code":330104,"name":"丁丁区","start":2000}"#,
        "撤销甲甲区，并入乙乙区，设立丁丁区",
    );
    check(&input, "cn-330104-2000", &["甲甲区,cn-330100,330104,1990,2000-05-06,,3号,cn-330105"]);
    check(&input, "cn-330104", &["丁丁区,cn-330100,330104,2000,,,,"]);
}

/// A county-level city raised to a prefecture of its own name.
fn raised(succ: &str, below: &str) -> String {
    format!(
        r##"{{"items":[{{"code":220000,"name":"吉林省","start":1981,"children":[
            {{"code":222300,"name":"白城地区","start":1981,"end":1993,"children":[
                {{"code":222301,"name":"白城市","start":1981,"end":1993,"succ":[{succ}]}},
                {{"code":222327,"name":"通榆县","start":1981,"end":1993,"succ":[{{"code":220822,"desc":0}}]}}]}},
            {{"code":220800,"name":"白城市","start":1993,"children":[{below},
                {{"code":220822,"name":"通榆县","start":1993}}]}}]}}],
          "descriptions":{{"1993":["# 丁\n文号：4号\n日期：1993年6月14日\n撤销白城地区和县级白城市，设立地级白城市"]}}}}"##
    )
}

#[test]
fn a_prefecture_turned_city_is_one_place_and_its_county_level_city_another() {
    let input = raised(r#"{"code":220802,"desc":0}"#, r#"{"code":220802,"name":"洮北区","start":1993}"#);
    check(
        &input,
        "cn-220800",
        &["白城地区,cn-220000,222300,,1993-06-14,,,", "白城市,cn-220000,220800,1993-06-14,,4号,,"],
    );
    check(
        &input,
        "cn-220802",
        &["白城市,cn-220800,222301,,1993-06-14,,,", "洮北区,cn-220800,220802,1993-06-14,,4号,,"],
    );
}

#[test]
fn a_city_raised_and_cut_up_ends_with_the_prefecture_as_first_successor() {
    let input = raised(
        r#"{"code":220802,"desc":0},{"code":220821,"desc":0}"#,
        r#"{"code":220802,"name":"洮北区","start":1993},{"code":220821,"name":"白城县","start":1993}"#,
    );
    check(&input, "cn-222301", &["白城市,cn-220800,222301,,1993-06-14,,4号,cn-220800|cn-220802|cn-220821"]);
}

#[test]
fn a_county_level_city_that_became_a_prefecture_itself_ends() {
    let input = raised(r#"{"code":220800,"desc":0}"#, r#"{"code":220802,"name":"洮北区","start":1993}"#);
    check(&input, "cn-222301", &["白城市,cn-220800,222301,,1993-06-14,,4号,cn-220800"]);
}

/// A prefecture with two counties that end with it.
fn dissolved(first: u32, second: u32, prefectures: &str) -> String {
    format!(
        r##"{{"items":[{{"code":140000,"name":"山西省","start":1981,"children":[
            {{"code":142100,"name":"甲甲地区","start":1981,"end":1993,"children":[
                {{"code":142121,"name":"乙乙县","start":1981,"end":1993,"succ":[{{"code":{first},"desc":0}}]}},
                {{"code":142122,"name":"丙丙县","start":1981,"end":1993,"succ":[{{"code":{second},"desc":0}}]}}]}},
            {prefectures}]}}],
          "descriptions":{{"1993":["# 戊\n文号：5号\n日期：1993年6月25日\n撤销甲甲地区，乙乙、丙丙两县划归"]}}}}"##
    )
}

#[test]
fn a_prefecture_all_of_whose_counties_went_to_one_new_prefecture_goes_on() {
    let input = dissolved(
        140621,
        140622,
        r#"{"code":140600,"name":"丁丁市","start":1993,"children":[
            {"code":140621,"name":"乙乙县","start":1993},{"code":140622,"name":"丙丙县","start":1993}]}"#,
    );
    check(
        &input,
        "cn-140600",
        &["甲甲地区,cn-140000,142100,,1993-06-25,,,", "丁丁市,cn-140000,140600,1993-06-25,,5号,,"],
    );
}

#[test]
fn a_prefecture_that_was_divided_goes_on_only_under_its_name() {
    let divided = |name: &str| {
        dissolved(
            140621,
            140722,
            &format!(
                r#"{{"code":140600,"name":"丁丁市","start":1993,"children":[
                    {{"code":140621,"name":"乙乙县","start":1993}}]}},
                {{"code":140700,"name":"{name}","start":1993,"children":[
                    {{"code":140722,"name":"丙丙县","start":1993}}]}}"#
            ),
        )
    };
    check(&divided("戊戊市"), "cn-142100", &["甲甲地区,cn-140000,142100,,1993-06-25,,5号,cn-140600|cn-140700"]);
    check(
        &divided("甲甲市"),
        "cn-140700",
        &["甲甲地区,cn-140000,142100,,1993-06-25,,,", "甲甲市,cn-140000,140700,1993-06-25,,5号,,"],
    );
}

#[test]
fn a_prefecture_merged_into_a_standing_one_ends() {
    let input = dissolved(
        140621,
        140622,
        r#"{"code":140600,"name":"甲甲市","start":1981,"children":[
            {"code":140621,"name":"乙乙县","start":1993},{"code":140622,"name":"丙丙县","start":1993}]}"#,
    );
    check(&input, "cn-142100", &["甲甲地区,cn-140000,142100,,1993-06-25,,5号,cn-140600"]);
}

#[test]
fn equal_claims_join_nothing_and_are_noted() {
    let input = two_counties(
        r#"{"code":330121,"name":"甲甲县","start":1981,"end":2000,"succ":[{"code":330111,"desc":0}]}"#,
        r#"{"code":330101,"name":"甲甲市","start":1981,"end":2000,"succ":[{"code":330111,"desc":0}]}"#,
        r#"{"code":330111,"name":"甲甲区","start":2000}"#,
        "撤销甲甲县、甲甲市，设立甲甲区",
    );
    check(&input, "cn-330121", &["甲甲县,cn-330100,330121,,2000-05-06,,3号,cn-330111"]);
    check(&input, "cn-330101", &["甲甲市,cn-330100,330101,,2000-05-06,,3号,cn-330111"]);
    check(&input, "cn-330111", &["甲甲区,cn-330100,330111,2000-05-06,,3号,,"]);
    let notes = imported(&input).expect("in order").notes;
    assert!(notes.iter().any(|note| note.contains("330121") && note.contains("2 equal claims")), "{notes:?}");
}
