//! A real article, given by path in `HEGAO_ARTICLE` (its text is not part of the project): the provincial
//! report of July 2022 whose people and places are those of examples/jilin.

use std::{fs, process::Command};

/// The officials, as often as they are named.
const OFFICIALS: [(&str, &str); 10] = [
    ("刘伟", "liu-wei-jl"),
    ("胡家福", "hu-jiafu"),
    ("吴海英", "wu-haiying"),
    ("张忠", "zhang-zhong-jl"),
    ("张志军", "zhang-zhijun"),
    ("蔡东", "cai-dong"),
    ("张恩惠", "zhang-enhui"),
    ("阿东", "a-dong"),
    ("李伟", "li-wei-jl"),
    ("李明伟", "li-mingwei"),
];

const PLACES: [(&str, &str); 13] = [
    ("通化市", "cn-220500"),
    ("通化县", "cn-220521"),
    ("东昌区", "cn-220502"),
    ("延边州", "cn-222400"),
    ("白山市", "cn-220600"),
    ("四平市", "cn-220300"),
    ("郭家店镇", "cn-220302101"),
    ("松原市", "cn-220700"),
    ("辽源市", "cn-220400"),
    ("长白山保护开发区", "changbaishan-zone"),
    ("白城市", "cn-220800"),
    ("通榆县", "cn-220822"),
    ("梅河口市", "cn-220581"),
];

/// The article, or `None` with a word about it if it is not given.
fn article() -> Option<String> {
    let path = std::env::var("HEGAO_ARTICLE").ok();
    if path.is_none() {
        println!("skipped: HEGAO_ARTICLE does not name the article");
    }
    Some(fs::read_to_string(path?).expect("HEGAO_ARTICLE can be read"))
}

/// What a command prints for `text`, one JSON object a line; findings of warning or above. (The article ends
/// with an empty 责任编辑, which is worth a remark.)
fn lines(command: &str, as_of: &str, text: &str) -> Vec<serde_json::Value> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("article.txt");
    fs::write(&path, text).unwrap();
    let grave: &[&str] = if command == "check" { &["--min-severity", "warning"] } else { &[] };
    let output = Command::new(env!("CARGO_BIN_EXE_hegao"))
        .args([command, "--format", "jsonl", "--config", "examples/jilin/hegao.toml", "--as-of", as_of])
        .args(grave)
        .arg(&path)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn nothing_is_reported_on_its_own_day_and_former_posts_later() {
    let Some(text) = article() else { return };
    assert_eq!(lines("check", "2022-07-10", &text), Vec::<serde_json::Value>::new());
    let later = lines("check", "2025-01-01", &text);
    assert!(!later.is_empty() && later.iter().all(|finding| finding["code"] == "P202"), "{later:#?}");
}

#[test]
fn everybody_and_every_place_is_resolved_each_time() {
    let Some(text) = article() else { return };
    let mentions = lines("annotate", "2022-07-10", &text);
    let resolved = |name: &str, id: &str| {
        mentions.iter().filter(|mention| mention["text"] == name && mention["entry"] == id).count()
    };
    for (name, id) in OFFICIALS.into_iter().chain(PLACES) {
        // 李伟 is not counted inside 李明伟, nor 延边州 inside 延边州委.
        let printed = text.matches(name).count() - text.matches(&format!("{name}委")).count();
        assert_eq!(resolved(name, id), printed, "{name}");
    }
    assert!(mentions.iter().all(|mention| !mention["entry"].is_null()), "nothing is ambiguous");
}

#[test]
fn every_quoted_formulation_is_resolved() {
    let Some(text) = article() else { return };
    let mentions = lines("annotate", "2022-07-10", &text);
    let mut quoted = 0;
    for (at, _) in text.match_indices('“') {
        let start = at + '“'.len_utf8();
        let end = start + text[start..].find('”').expect("quotations are closed");
        let covers = |mention: &&serde_json::Value| {
            let offset = |edge: &str| mention["range"][edge]["offset"].as_u64().unwrap() as usize;
            mention["kind"] == "slogan" && offset("start") <= start && offset("end") >= end
        };
        assert!(mentions.iter().any(|mention| covers(&mention)), "{}", &text[start..end]);
        quoted += 1;
    }
    assert_eq!(quoted, 16);
}

#[test]
fn slips_put_into_it_are_found_with_the_right_fix() {
    let Some(text) = article() else { return };
    let check = |right: &str, wrong: &str, code: &str| {
        assert!(text.contains(right), "{right}");
        let slipped = text.replacen(right, wrong, 1);
        let findings = lines("check", "2022-07-10", &slipped);
        assert!(findings.iter().all(|finding| finding["code"] == code), "{wrong}: {findings:#?}");
        let fixed = findings.iter().rev().fold(slipped, |mut text, finding| {
            for edit in finding["fixes"][0]["edits"].as_array().unwrap().iter().rev() {
                let at = |key: &str| edit[key].as_u64().unwrap() as usize;
                text.replace_range(at("start")..at("end"), edit["text"].as_str().unwrap());
            }
            text
        });
        assert_eq!(fixed, text, "{wrong}");
    };
    check("常委、延边州委书记胡家福", "常委、统战部长胡家福", "P201");
    check("常委、统战部长吴海英", "常委、延边州委书记吴海英", "P201");
    check("省委副书记刘伟", "省委常委、组织部长刘伟", "P201");
    check("省纪委书记、省监委主任张忠", "宣传部长张忠", "P201");
    check("通化市通化县", "白山市通化县", "L101");
    check("“疫情要防住、经济要稳住、发展要安全”", "“疫情要防住、经济要稳妥、发展要安全”", "S101");
    check("“疫情要防住、经济要稳住、发展要安全”", "“疫情要防住、发展要安全、经济要稳住”", "S102");
    check("胡家福、吴海英、张忠、", "胡家福、张忠、吴海英、", "P301");
}
