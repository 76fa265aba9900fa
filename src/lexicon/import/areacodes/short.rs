//! Short forms of place names.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::ImportError;
use super::records::Tier;

/// Types of divisions, longest first.
const TYPES: [&str; 17] = [
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "行政区",
    "地区",
    "林区",
    "特区",
    "矿区",
    "新区",
    "省",
    "市",
    "盟",
    "县",
    "旗",
    "区",
];

/// A banner's stem that ends in one of these is only part of a name: 巴林左旗, 正镶白旗.
const PARTS_OF_BANNERS: [&str; 9] = ["左", "右", "前", "中", "后", "黄", "白", "蓝", "联合"];

static NATIONALITIES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut names: Vec<&str> = words(include_str!("nationalities.txt")).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
});

static COMMON_STEMS: LazyLock<HashSet<&str>> = LazyLock::new(|| words(include_str!("common-stems.txt")).collect());

/// The words of a list with `#` comments.
fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

/// A name without its type and, for an autonomous place, without its nationalities: 前郭尔罗斯 for
/// 前郭尔罗斯蒙古族自治县. The name itself if nothing would be left.
pub(super) fn stem(name: &str) -> &str {
    split(name).0
}

/// A district whose name says nothing without its city: 郊区, 东区, 市中区.
pub(super) fn is_common(name: &str) -> bool {
    let (stem, kind) = split(name);
    kind == "区" && (characters(stem) == 1 || COMMON_STEMS.contains(stem))
}

/// Customary short forms by full name.
pub(super) struct ShortForms(HashMap<String, Vec<String>>);

impl ShortForms {
    /// Reads the table of customary forms.
    pub(super) fn read() -> Result<ShortForms, ImportError> {
        let mut reader =
            csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(include_str!("customary.csv").as_bytes());
        let mut customary = HashMap::new();
        for line in reader.deserialize() {
            let (name, forms): (String, String) = line.map_err(|error| ImportError::File {
                file: "customary.csv",
                fault: error.to_string(),
                expected: "name,forms",
            })?;
            customary.insert(name, forms.split('|').map(str::to_owned).collect());
        }
        Ok(ShortForms(customary))
    }

    /// The short forms of a name, derived ones first. Never one character, and never the bare
    /// stem of a district or of a name whose stem is mostly something else.
    pub(super) fn of(&self, name: &str, tier: Tier) -> Vec<String> {
        let (stem, kind) = split(name);
        let mut forms = Vec::new();
        // 前郭尔罗斯县, 延边州, 梅里斯区: the type without nationality
        let plain = match kind {
            "自治州" => "州",
            "自治县" => "县",
            "自治旗" => "旗",
            "区" => "区",
            _ => "",
        };
        if !plain.is_empty() {
            forms.push(format!("{stem}{plain}"));
        }
        if has_bare_form(stem, kind, tier) {
            forms.push(stem.to_owned());
        }
        forms.extend(self.0.get(name).into_iter().flatten().cloned());
        forms.retain(|form| form != name && characters(form) > 1);
        forms
    }
}

fn has_bare_form(stem: &str, kind: &str, tier: Tier) -> bool {
    let district = matches!(kind, "区" | "矿区" | "新区") && tier == Tier::County;
    let part = kind == "旗" && PARTS_OF_BANNERS.iter().any(|part| stem.ends_with(part));
    !kind.is_empty() && !district && !part && !COMMON_STEMS.contains(stem)
}

/// Stem and type of a name; the type is empty if the name is all stem.
fn split(name: &str) -> (&str, &'static str) {
    // 北林区 and 矿区 end in 区 only
    let enough = |stem: &str, kind: &str| characters(stem) >= characters(kind).min(2);
    let Some((stem, kind)) =
        TYPES.iter().find_map(|kind| Some((name.strip_suffix(kind)?, *kind)).filter(|(stem, kind)| enough(stem, kind)))
    else {
        return (name, "");
    };
    let autonomous = kind.starts_with("自治") || kind == "区";
    (if autonomous { without_nationalities(stem) } else { stem }, kind)
}

/// Cuts nationalities off the end, but not all of the name: 内蒙古 and 东乡 stay.
fn without_nationalities(mut stem: &str) -> &str {
    while let Some(shorter) =
        NATIONALITIES.iter().find_map(|nationality| stem.strip_suffix(nationality).filter(|rest| characters(rest) > 1))
    {
        stem = shorter;
    }
    let nationality_alone = NATIONALITIES.contains(&stem);
    if nationality_alone { stem.strip_suffix('族').unwrap_or(stem) } else { stem }
}

fn characters(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::Tier::{County, Prefecture, Province};
    use super::*;

    #[track_caller]
    fn check(name: &str, tier: Tier, expected: &str) {
        let forms = ShortForms::read().expect("the shipped table is readable").of(name, tier);
        assert_eq!(forms.join("|"), expected, "{name}");
    }

    #[test]
    fn provinces() {
        check("吉林省", Province, "吉林");
        check("北京市", Province, "北京");
        check("内蒙古自治区", Province, "内蒙古");
        check("广西壮族自治区", Province, "广西");
        check("西藏自治区", Province, "西藏");
        check("宁夏回族自治区", Province, "宁夏");
        check("新疆维吾尔自治区", Province, "新疆");
        check("香港特别行政区", Province, "香港");
    }

    #[test]
    fn prefectures() {
        check("白城市", Prefecture, "白城");
        check("白城地区", Prefecture, "白城");
        check("海南行政区", Prefecture, "海南");
        check("延边朝鲜族自治州", Prefecture, "延边州|延边");
        check("恩施土家族苗族自治州", Prefecture, "恩施州|恩施");
        check("海西蒙古族藏族哈萨克族自治州", Prefecture, "海西州|海西");
        check("伊犁哈萨克自治州", Prefecture, "伊犁州|伊犁");
        check("克孜勒苏柯尔克孜自治州", Prefecture, "克孜勒苏州|克孜勒苏|克州");
        check("锡林郭勒盟", Prefecture, "锡林郭勒|锡盟");
    }

    #[test]
    fn counties_cities_and_banners() {
        check("通榆县", County, "通榆");
        check("公主岭市", County, "公主岭");
        check("津市市", County, "津市");
        check("前郭尔罗斯蒙古族自治县", County, "前郭尔罗斯县|前郭尔罗斯|前郭县|前郭");
        check("伊通满族自治县", County, "伊通县|伊通");
        check("积石山保安族东乡族撒拉族自治县", County, "积石山县|积石山");
        check("隆林各族自治县", County, "隆林县|隆林");
        check("神农架林区", County, "神农架");
        check("六枝特区", County, "六枝");
        check("奈曼旗", County, "奈曼");
        check("科尔沁左翼中旗", County, "科左中旗");
    }

    #[test]
    fn a_nationality_that_is_the_whole_name_stays() {
        check("东乡族自治县", County, "东乡县");
        check("鄂温克族自治旗", County, "鄂温克旗");
        check("鄂伦春自治旗", County, "鄂伦春旗");
    }

    #[test]
    fn districts_have_no_bare_form() {
        check("朝阳区", County, "");
        check("东昌区", County, "");
        check("双阳区", County, "");
        check("峰峰矿区", County, "");
        check("滨海新区", County, "");
        check("梅里斯达斡尔族区", County, "梅里斯区");
        check("浦东新区", County, "浦东");
        check("沙县区", County, "沙县");
    }

    #[test]
    fn one_character_is_no_short_form() {
        check("通县", County, "");
        check("芒市", County, "");
        check("郊区", County, "");
        check("矿区", County, "");
    }

    #[test]
    fn common_words_and_parts_of_banner_names_are_no_short_forms() {
        check("合作市", County, "");
        check("梨树县", County, "");
        check("市中区", County, "");
        check("新区", County, "");
        check("北林区", County, "");
        check("长白朝鲜族自治县", County, "长白县");
        check("互助土族自治县", County, "互助县");
        check("巴林左旗", County, "");
        check("正镶白旗", County, "");
        check("中沙群岛的岛礁及其海域", County, "");
    }

    #[test]
    fn common_district_names_are_known() {
        for name in ["郊区", "东区", "市中区", "城关区"] {
            assert!(is_common(name), "{name}");
        }
        for name in ["朝阳区", "通县", "合作市", "梨树县", "八道江区"] {
            assert!(!is_common(name), "{name}");
        }
    }
}
