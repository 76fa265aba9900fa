//! Days and documents of changes.

use super::{check, imported};

/// 甲甲县 becomes 甲甲市 in 1994 under one prefecture; the description is `text`.
fn county_to_city(text: &str) -> String {
    format!(
        r##"{{"items":[{{"code":330000,"name":"浙江省","start":1981,"children":[
            {{"code":331000,"name":"台州市","start":1981,"children":[
                {{"code":331021,"name":"温岭县","start":1981,"end":1994,"succ":[{{"code":331081,"desc":0}}]}},
                {{"code":331081,"name":"温岭市","start":1994}}]}}]}}],
          "descriptions":{{"1994":["{}"]}}}}"##,
        text.replace('\n', "\\n")
    )
}

#[track_caller]
fn check_change(text: &str, start: &str, document: &str) {
    check(
        &county_to_city(text),
        "cn-331081",
        &[&format!("温岭县,cn-331000,331021,,{start},,,"), &format!("温岭市,cn-331000,331081,{start},,{document},,")],
    );
}

#[test]
fn one_document_gives_day_and_number() {
    check_change(
        "# 甲\n文号：民行批〔1994〕26号\n日期：一九九四年二月十八日\n撤销温岭县，设立温岭市",
        "1994-02-18",
        "民行批〔1994〕26号",
    );
}

#[test]
fn a_description_without_a_day_leaves_the_year() {
    check_change("# 《温岭县志》\n1994年撤县设市", "1994", "");
    check_change("# 甲\n文号：1号\n撤销温岭县，设立温岭市", "1994", "");
}

#[test]
fn of_several_documents_those_that_name_the_place_count() {
    check_change(
        "# 甲\n文号：1号\n日期：1994年2月18日\n撤销温岭县，设立温岭市\n\
         # 乙\n文号：2号\n日期：1994年8月22日\n撤销黄岩市",
        "1994-02-18",
        "1号",
    );
}

#[test]
fn a_list_names_a_place_by_its_stem() {
    check_change(
        "# 甲\n文号：1号\n日期：1994年2月18日\n温岭、玉环两县\n# 乙\n文号：2号\n日期：1994年8月22日\n黄岩",
        "1994-02-18",
        "1号",
    );
}

#[test]
fn of_several_documents_on_a_renamed_place_the_one_with_both_names_counts() {
    check_change(
        "# 甲\n文号：1号\n日期：1994年2月18日\n撤销温岭县，设立温岭市\n\
         # 乙\n文号：2号\n日期：1994年8月22日\n台州市辖温岭市",
        "1994-02-18",
        "1号",
    );
}

#[test]
fn several_days_left_give_the_period_that_holds_them() {
    check_change(
        "# 甲\n文号：1号\n日期：1994年2月18日\n温岭\n# 乙\n文号：2号\n日期：1994年2月20日\n温岭",
        "1994-02",
        "",
    );
    check_change("# 甲\n文号：1号\n日期：1994年2月18日\n温岭\n# 乙\n文号：2号\n日期：1994年8月22日\n温岭", "1994", "");
}

#[test]
fn a_document_that_names_only_the_prefecture_stands_in() {
    check_change("# 甲\n文号：1号\n日期：1994年8月22日\n设立台州市", "1994-08-22", "1号");
}

#[test]
fn a_document_about_another_place_is_neither_dated_by_nor_cited() {
    check_change("# 甲\n文号：1号\n日期：1994年8月22日\n撤销黄岩市", "1994", "");
}

#[test]
fn a_document_of_another_year_is_left_out() {
    check_change(
        "# 甲\n文号：1号\n日期：1991年12月5日\n暂不设立温岭市\n\
         # 乙\n文号：2号\n日期：1994年2月18日\n撤销温岭县，设立温岭市",
        "1994-02-18",
        "2号",
    );
    let text = "# 甲\n文号：1号\n日期：1993年12月5日\n撤销温岭县，设立温岭市";
    check_change(text, "1994", "");
    let notes = imported(&county_to_city(text)).expect("in order").notes;
    assert!(notes.iter().any(|note| note.contains("1号") && note.contains("1993-12-05")), "{notes:?}");
}

#[test]
fn a_common_name_counts_only_with_its_city() {
    let input = r##"{"items":[{"code":320000,"name":"江苏省","start":1981,"children":[
        {"code":321100,"name":"镇江市","start":1981,"children":[
            {"code":321111,"name":"郊区","start":1981,"end":1984,"succ":[{"code":321112,"desc":0}]},
            {"code":321112,"name":"润州区","start":1981}]}]}],
      "descriptions":{"1984":["# 甲\n文号：1号\n日期：1984年5月1日\n扬州市设郊区\n# 乙\n文号：2号\n日期：1984年6月2日\n撤销镇江市郊区"]}}"##;
    check(input, "cn-321111", &["郊区,cn-321100,321111,,1984-06-02,,2号,cn-321112"]);
}

#[test]
fn a_prefecture_is_looked_for_in_full_before_its_stem() {
    let input = r##"{"items":[{"code":220000,"name":"吉林省","start":1981,"children":[
        {"code":222200,"name":"通化地区","start":1981,"end":1985,"children":[
            {"code":222222,"name":"通化县","start":1981,"end":1985,"succ":[{"code":220521,"desc":0}]}]},
        {"code":220500,"name":"通化市","start":1985,"children":[{"code":220521,"name":"通化县","start":1985}]}]}],
      "descriptions":{"1985":["# 甲\n文号：1号\n日期：1985年2月4日\n撤销通化地区\n# 乙\n文号：2号\n日期：1985年5月6日\n通化县的一个公社"]}}"##;
    check(
        input,
        "cn-220500",
        &["通化地区,cn-220000,222200,,1985-02-04,,,", "通化市,cn-220000,220500,1985-02-04,,1号,,"],
    );
}

#[test]
fn a_place_renamed_and_moved_in_one_year_is_dated_to_the_span_of_both() {
    let input = r##"{"items":[{"code":510000,"name":"四川省","start":1981,"children":[
        {"code":513000,"name":"达县地区","start":1981,"children":[
            {"code":513027,"name":"巴中县","start":1981,"end":1993,"succ":[{"code":513701,"desc":0}]}]},
        {"code":513700,"name":"巴中地区","start":1993,"children":[{"code":513701,"name":"巴中市","start":1993}]}]}],
      "descriptions":{"1993":["# 甲\n文号：1号\n日期：1993年7月2日\n撤销巴中县，设立巴中市\n# 乙\n文号：2号\n日期：1993年7月5日\n设立巴中地区，辖巴中市"]}}"##;
    check(input, "cn-513701", &["巴中县,cn-513000,513027,,1993-07,,,", "巴中市,cn-513700,513701,1993-07,,,,"]);
}

#[test]
fn a_move_to_another_province_takes_all_documents_of_the_year() {
    let input = r##"{"items":[
        {"code":500000,"name":"重庆市","start":1997,"children":[
            {"code":500237,"name":"巫山县","start":1997}]},
        {"code":510000,"name":"四川省","start":1981,"children":[
            {"code":511200,"name":"万县市","start":1981,"end":1997,"children":[
                {"code":511226,"name":"巫山县","start":1981,"end":1997,"succ":[{"code":500237,"desc":0}]}]}]}],
      "descriptions":{"1997":["# 甲\n日期：1997年3月14日\n设立重庆直辖市\n# 乙\n文号：2号\n日期：1997年12月20日\n撤销万县市，巫山县"]}}"##;
    check(input, "cn-500237", &["巫山县,cn-511200,511226,,1997,,,", "巫山县,cn-500000,500237,1997,,,,"]);
    check(input, "cn-511200", &["万县市,cn-510000,511200,,1997,,,cn-500000"]);
}

#[test]
fn what_stands_in_the_first_table_has_an_unknown_start() {
    let input = r##"{"items":[{"code":220000,"name":"吉林省","start":1981,"children":[
        {"code":220100,"name":"长春市","start":1981,"children":[
            {"code":220102,"name":"南关区","start":1983},
            {"code":220122,"name":"农安县","start":1983}]}]}],"descriptions":{}}"##;
    check(input, "cn-220000", &["吉林省,,220000,,,,,"]);
    check(input, "cn-220122", &["农安县,cn-220100,220122,1983,,,,"]);
}

#[test]
fn districts_that_the_table_of_1983_lists_first_have_an_unknown_start() {
    let input = r##"{"items":[{"code":130000,"name":"河北省","start":1981,"children":[
        {"code":132500,"name":"张家口地区","start":1981,"children":[
            {"code":132501,"name":"张家口市","start":1981,"end":1983,
             "succ":[{"code":130703,"desc":0},{"code":130705,"desc":0}]}]},
        {"code":130700,"name":"张家口市","start":1983,"children":[
            {"code":130703,"name":"桥西区","start":1983},
            {"code":130705,"name":"宣化区","start":1983}]}]}],
      "descriptions":{"1983":["# 甲\n文号：1号\n日期：1983年11月15日\n张家口市改由省直接领导"]}}"##;
    check(input, "cn-130705", &["宣化区,cn-130700,130705,,,,,"]);
    check(input, "cn-130700", &["张家口市,cn-130000,130700,1983-11-15,,1号,,"]);
    check(input, "cn-132501", &["张家口市,cn-132500,132501,,1983-11-15,,1号,cn-130700|cn-130703|cn-130705"]);
}

#[test]
fn a_new_place_is_dated_by_what_went_into_it() {
    let input = r##"{"items":[{"code":220000,"name":"吉林省","start":1981,"children":[
        {"code":220500,"name":"通化市","start":1985,
         "succ":[{"code":220502,"desc":0,"time":1986}],"children":[
            {"code":220502,"name":"东昌区","start":1986},
            {"code":220503,"name":"二道江区","start":1986}]}]}],
      "descriptions":{"1986":["# 甲\n文号：1号\n日期：1986年9月8日\n通化市设立东昌区"]}}"##;
    check(input, "cn-220502", &["东昌区,cn-220500,220502,1986-09-08,,1号,,"]);
    check(input, "cn-220503", &["二道江区,cn-220500,220503,1986,,,,"]);
}

#[test]
fn a_correction_outweighs_the_source() {
    let input = r##"{"items":[{"code":230000,"name":"黑龙江省","start":1981,"children":[
        {"code":232600,"name":"黑河地区","start":1981,"children":[
            {"code":232602,"name":"北安市","start":1982},
            {"code":232627,"name":"通北县","start":1982,"end":1983,"succ":[{"code":232602,"desc":0}]}]}]}],
      "descriptions":{"1983":["# 甲\n文号：（83）国函字82号\n日期：一九八二年四月二十八日\n撤销通北县"]}}"##;
    check(input, "cn-232627", &["通北县,cn-232600,232627,1982,1983-04-28,,（83）国函字82号,cn-232602"]);
}

#[test]
fn a_corrected_end_is_also_the_start_of_what_it_founded() {
    let input = r##"{"items":[{"code":440000,"name":"广东省","start":1981,"children":[
        {"code":441000,"name":"海口市","start":1987},
        {"code":442100,"name":"海南行政区","start":1981,"children":[
            {"code":442101,"name":"海口市","start":1981,"end":1987,"succ":[{"code":441000,"desc":0}]}]}]}],
      "descriptions":{"1987":["# 甲\n文号：国函〔1986〕72号\n日期：1986年5月31日\n同意海口市升为地级市"]}}"##;
    check(input, "cn-442101", &["海口市,cn-442100,442101,,1986-05-31,,国函〔1986〕72号,cn-441000"]);
    check(input, "cn-441000", &["海口市,cn-440000,441000,1986-05-31,,国函〔1986〕72号,,"]);
}
