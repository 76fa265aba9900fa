//! The shipped pack: known facts on both sides of each change, and what must hold for all rows.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

const PLACES: &str = include_str!("../../../../packs/divisions/places.csv");

/// A row of the pack.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    name: String,
    short: String,
    level: String,
    parent: String,
    code: String,
    start: String,
    end: String,
    document: String,
    end_document: String,
    successors: String,
}

/// The first and the last day a date can mean.
fn span(written: &str) -> Option<(Date, Date)> {
    let number = |text: &str| text.parse::<i16>().ok();
    let parts: Vec<&str> = written.split('-').collect();
    let (first, last) = match parts[..] {
        [year] if year.len() == 4 => {
            let year = number(year)?;
            (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)
        }
        [year, month] if month.len() == 2 => {
            let first = Date::new(number(year)?, number(month)? as i8, 1).ok()?;
            (first, first.last_of_month())
        }
        _ => {
            let day = written.parse::<Date>().ok()?;
            (day, day)
        }
    };
    Some((first, last))
}

impl Row {
    /// Certainly in force on that day: begun before or on it, and not yet ended.
    fn in_force(&self, day: Date) -> bool {
        let begun = span(&self.start).is_none_or(|(_, last)| last <= day);
        begun && span(&self.end).is_none_or(|(first, _)| day < first)
    }

    fn is_level(&self, level: &str) -> bool {
        self.level == level
    }
}

fn rows() -> Vec<Row> {
    csv::Reader::from_reader(PLACES.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("the pack is a table with the agreed columns")
}

fn places() -> BTreeMap<String, Vec<Row>> {
    let mut places: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows() {
        places.entry(row.id.clone()).or_default().push(row);
    }
    places
}

/// On each day, place `id` has this name under a parent of this name.
#[track_caller]
fn check(id: &str, days: &[(Date, &str, &str)]) {
    let places = places();
    let find = |id: &str, day: Date| {
        let row = places.get(id).and_then(|rows| rows.iter().find(|row| row.in_force(day)));
        row.cloned()
    };
    for &(day, name, parent) in days {
        let found = find(id, day).map(|row| {
            let above = find(&row.parent, day).map(|above| above.name).unwrap_or_default();
            (row.name, above)
        });
        let expected = (!name.is_empty()).then(|| (name.to_owned(), parent.to_owned()));
        assert_eq!(found, expected, "{id} on {day}");
    }
}

/// The version of `id` that began on `start` cites `document`.
#[track_caller]
fn check_document(id: &str, start: &str, document: &str) {
    let found = rows().into_iter().find(|row| row.id == id && row.start == start);
    assert_eq!(found.map(|row| row.document).as_deref(), Some(document), "{id} from {start}");
}

/// Place `id` ended on `end` by `document` and went to `successors`.
#[track_caller]
fn check_end(id: &str, end: &str, document: &str, successors: &str) {
    let last = rows().into_iter().rfind(|row| row.id == id).expect("a place of that id");
    assert_eq!((&*last.end, &*last.end_document, &*last.successors), (end, document, successors));
}

#[test]
fn gongzhuling_came_from_siping_to_changchun() {
    check(
        "cn-220184",
        &[
            (date(1982, 1, 1), "怀德县", "四平地区"),
            (date(1984, 1, 1), "怀德县", "四平市"),
            (date(1985, 2, 3), "怀德县", "四平市"),
            (date(1985, 2, 4), "公主岭市", "四平市"),
            (date(1989, 1, 1), "公主岭市", ""),
            (date(1991, 1, 1), "公主岭市", "四平市"),
            (date(2019, 6, 1), "公主岭市", "四平市"),
            (date(2020, 6, 4), "公主岭市", "四平市"),
            (date(2020, 6, 5), "公主岭市", "长春市"),
            (date(2021, 6, 1), "公主岭市", "长春市"),
        ],
    );
    check_document("cn-220184", "2020-06-05", "国函〔2020〕84号");
    let codes: Vec<String> = rows().into_iter().filter(|row| row.id == "cn-220184").map(|row| row.code).collect();
    assert_eq!(codes, ["222121", "220321", "220319", "229001", "220381", "220184"]);
}

#[test]
fn hunjiang_was_county_level_then_a_prefecture_then_baishan() {
    check("cn-222202", &[(date(1985, 2, 3), "浑江市", "通化地区"), (date(1985, 2, 4), "", "")]);
    check_end("cn-222202", "1985-02-04", "（85）国函字17号", "cn-220600");
    check(
        "cn-220600",
        &[
            (date(1985, 2, 3), "", ""),
            (date(1985, 2, 4), "浑江市", "吉林省"),
            (date(1994, 1, 30), "浑江市", "吉林省"),
            (date(1994, 1, 31), "白山市", "吉林省"),
        ],
    );
    check_document("cn-220600", "1994-01-31", "国函〔1994〕8号");
}

#[test]
fn badaojiang_became_hunjiang_district() {
    check(
        "cn-220602",
        &[
            (date(1990, 1, 1), "八道江区", "浑江市"),
            (date(2010, 2, 22), "八道江区", "白山市"),
            (date(2010, 2, 23), "浑江区", "白山市"),
        ],
    );
    check_document("cn-220602", "2010-02-23", "民函〔2010〕40号");
}

#[test]
fn tonghua_county_and_dongchang_lie_in_tonghua() {
    check(
        "cn-220521",
        &[
            (date(1985, 2, 3), "通化县", "通化地区"),
            (date(1985, 2, 4), "通化县", "通化市"),
            (date(2024, 1, 1), "通化县", "通化市"),
        ],
    );
    check("cn-220502", &[(date(1986, 9, 7), "", ""), (date(1986, 9, 8), "东昌区", "通化市")]);
    assert!(rows().iter().all(|row| row.name != "通化县" || row.parent == "cn-220500"));
}

#[test]
fn the_counties_of_yanbian_became_cities() {
    check("cn-222401", &[(date(1982, 1, 1), "延吉市", "延边朝鲜族自治州")]);
    check(
        "cn-222403",
        &[(date(1985, 2, 10), "敦化县", "延边朝鲜族自治州"), (date(1985, 2, 11), "敦化市", "延边朝鲜族自治州")],
    );
    check(
        "cn-222406",
        &[(date(1993, 7, 4), "和龙县", "延边朝鲜族自治州"), (date(1993, 7, 5), "和龙市", "延边朝鲜族自治州")],
    );
}

#[test]
fn baicheng_changed_from_a_prefecture_with_a_city_to_a_city_with_a_district() {
    check("cn-220822", &[(date(1993, 6, 13), "通榆县", "白城地区"), (date(1993, 6, 14), "通榆县", "白城市")]);
    check("cn-220802", &[(date(1993, 6, 13), "白城市", "白城地区"), (date(1993, 6, 14), "洮北区", "白城市")]);
    check_document("cn-220822", "1993-06-14", "国函〔1993〕87号");
}

#[test]
fn meihekou_was_numbered_apart_for_two_years() {
    check(
        "cn-220581",
        &[
            (date(1985, 2, 3), "海龙县", "通化地区"),
            (date(1985, 2, 4), "梅河口市", "通化市"),
            (date(1989, 1, 1), "梅河口市", ""),
            (date(1991, 1, 1), "梅河口市", "通化市"),
        ],
    );
}

#[test]
fn jiutai_became_a_district() {
    check("cn-220113", &[(date(2014, 10, 19), "九台市", "长春市"), (date(2014, 10, 20), "九台区", "长春市")]);
    check_document("cn-220113", "2014-10-20", "国函〔2014〕142号");
}

#[test]
fn xiangfan_was_renamed_xiangyang() {
    check("cn-420600", &[(date(2010, 11, 25), "襄樊市", "湖北省"), (date(2010, 11, 26), "襄阳市", "湖北省")]);
    check("cn-420607", &[(date(2010, 11, 25), "襄阳区", "襄樊市"), (date(2010, 11, 26), "襄州区", "襄阳市")]);
    check_document("cn-420600", "2010-11-26", "国函〔2010〕129号");
}

#[test]
fn chongwen_and_xuanwu_were_merged_into_their_neighbours() {
    check("cn-110103", &[(date(2010, 6, 27), "崇文区", "北京市"), (date(2010, 6, 28), "", "")]);
    check_end("cn-110103", "2010-06-28", "国函〔2010〕55号", "cn-110101");
    check("cn-110104", &[(date(2010, 6, 27), "宣武区", "北京市"), (date(2010, 6, 28), "", "")]);
    check_end("cn-110104", "2010-06-28", "国函〔2010〕55号", "cn-110102");
    check("cn-110101", &[(date(2010, 6, 27), "东城区", "北京市"), (date(2010, 6, 28), "东城区", "北京市")]);
}

#[test]
fn erdaohezi_was_renamed_erdao() {
    check("cn-220105", &[(date(1995, 7, 5), "二道河子区", "长春市"), (date(1995, 7, 6), "二道区", "长春市")]);
    check_document("cn-220105", "1995-07-06", "国函〔1995〕65号");
}

#[test]
fn jiangyuan_became_a_district() {
    check("cn-220605", &[(date(2006, 6, 4), "江源县", "白山市"), (date(2006, 6, 5), "江源区", "白山市")]);
    check_document("cn-220605", "2006-06-05", "国函〔2006〕44号");
}

#[test]
fn changes_after_the_last_table_are_in() {
    check("cn-500105", &[(date(2025, 11, 5), "江北区", "重庆市"), (date(2025, 11, 6), "", "")]);
    check("cn-500157", &[(date(2015, 1, 1), "两江新区", "重庆市"), (date(2025, 11, 6), "两江新区", "重庆市")]);
    check("cn-653132", &[(date(2025, 12, 31), "", ""), (date(2027, 1, 1), "岑岭县", "喀什地区")]);
    check("cn-659013", &[(date(2024, 12, 31), "", ""), (date(2026, 9, 11), "草湖市", "新疆维吾尔自治区")]);
}

#[test]
fn places_named_in_reports_before_they_were_districts_are_zones_then() {
    let rows = rows();
    let level = |day: Date| {
        let row = rows.iter().find(|row| row.name == "滨海新区" && row.in_force(day));
        row.map(|row| row.level.as_str())
    };
    assert_eq!(level(date(2007, 10, 15)), Some("functional-zone"));
    assert_eq!(level(date(2010, 1, 1)), Some("county"));
}

#[test]
fn as_many_places_are_in_force_at_the_end_of_2024_as_in_the_source() {
    let rows = rows();
    let count = |level: &str| {
        let in_force = rows.iter().filter(|row| row.is_level(level) && row.in_force(date(2024, 12, 31)));
        in_force.map(|row| &row.id).collect::<BTreeSet<_>>().len()
    };
    assert_eq!((count("province"), count("prefecture"), count("county")), (34, 333, 2846));
}

#[test]
fn rows_of_one_place_stand_together_and_ids_are_in_order() {
    let mut ids: Vec<String> = rows().into_iter().map(|row| row.id).collect();
    ids.dedup();
    assert!(ids.is_sorted());
    assert_eq!(ids.len(), places().len());
}

#[test]
fn an_id_is_the_latest_code_and_perhaps_the_year_of_the_end() {
    for (id, rows) in places() {
        let last = rows.last().expect("no place is empty");
        let year = last.end.get(..4).unwrap_or_default();
        let plain = format!("cn-{}", last.code);
        assert!(id == plain || id == format!("{plain}-{year}"), "{id}");
    }
}

#[test]
fn fields_have_their_form() {
    for row in rows() {
        let zone = row.is_level("functional-zone");
        assert!(zone || ["province", "prefecture", "county"].contains(&row.level.as_str()), "{row:?}");
        assert_eq!(row.code.len(), if zone { 0 } else { 6 }, "{row:?}");
        assert!(row.code.bytes().all(|byte| byte.is_ascii_digit()), "{row:?}");
        assert!(!row.name.is_empty(), "{row:?}");
        for day in [&row.start, &row.end] {
            assert!(day.is_empty() || span(day).is_some(), "{row:?}");
        }
        assert!(row.document.is_empty() || !row.start.is_empty(), "{row:?}");
        assert!(row.end_document.is_empty() || !row.end.is_empty(), "{row:?}");
        for form in row.short.split('|').filter(|form| !form.is_empty()) {
            assert!(form.chars().count() > 1 && form != row.name, "{row:?}");
        }
    }
    assert!(!PLACES.contains('\r') && PLACES.ends_with('\n'));
}

#[test]
fn versions_follow_one_another_without_gap_or_overlap() {
    for (id, rows) in places() {
        for pair in rows.windows(2) {
            assert!(!pair[0].end.is_empty() && pair[0].end == pair[1].start, "{id}: {pair:?}");
            assert!(pair[0].successors.is_empty() && pair[0].end_document.is_empty(), "{id}");
            let described = |row: &Row| (row.name.clone(), row.code.clone(), row.parent.clone(), row.level.clone());
            assert_ne!(described(&pair[0]), described(&pair[1]), "{id}");
        }
        for row in &rows {
            if let (Some((start, _)), Some((_, end))) = (span(&row.start), span(&row.end)) {
                assert!(start < end, "{row:?}");
            }
        }
    }
}

#[test]
fn parents_exist_one_level_up_and_are_in_force() {
    let places = places();
    for row in places.values().flatten() {
        let Some(above) = places.get(&row.parent) else {
            assert!(row.parent.is_empty(), "{row:?}");
            continue;
        };
        let levels = above.iter().map(|version| version.level.as_str()).collect::<BTreeSet<_>>();
        assert!(levels.iter().all(|level| ["province", "prefecture"].contains(level)), "{row:?}");
        assert!(!levels.contains("prefecture") || row.is_level("county"), "{row:?}");
        let founded = above.first().and_then(|first| span(&first.start));
        if let (Some((founded, _)), Some((_, start))) = (founded, span(&row.start)) {
            assert!(founded <= start, "{row:?} before its parent");
        }
        let dissolved = above.last().and_then(|last| span(&last.end));
        if let Some((_, dissolved)) = dissolved {
            let end = span(&row.end).map(|(end, _)| end);
            assert!(end.is_some_and(|end| end <= dissolved), "{row:?} after its parent");
        }
    }
}

#[test]
fn only_provinces_and_cities_numbered_apart_have_no_parent() {
    for row in rows().iter().filter(|row| row.parent.is_empty()) {
        let apart = row.code.get(2..4) == Some("90") && ("1986".."1991").contains(&&row.end[..4]);
        let in_1982 = row.code.starts_with("2225") || row.code.starts_with("2226");
        assert!(row.is_level("province") || apart || in_1982, "{row:?}");
    }
}

#[test]
fn successors_exist_and_only_ended_places_have_them() {
    let places = places();
    for row in places.values().flatten().filter(|row| !row.successors.is_empty()) {
        assert!(!row.end.is_empty(), "{row:?}");
        for id in row.successors.split('|') {
            assert!(places.contains_key(id) && id != row.id, "{row:?}");
        }
    }
    for rows in places.values() {
        let last = rows.last().expect("no place is empty");
        assert!(last.end.is_empty() || !last.successors.is_empty(), "{last:?}");
    }
}

#[test]
fn no_day_lies_outside_the_covered_time() {
    for row in rows() {
        for day in [&row.start, &row.end] {
            let Some((first, last)) = span(day) else { continue };
            assert!(date(1982, 1, 1) <= first && last <= date(2026, 12, 31), "{row:?}");
        }
    }
}
