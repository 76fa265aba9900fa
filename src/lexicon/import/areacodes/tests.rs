//! The import on small inputs.

mod dates;
mod faults;
mod identity;
mod later;
mod places;

use super::{ImportError, Imported, import};

/// Imports a tree written like `codes.json`. `result.csv` is derived from it: the tier from the
/// zeros at the end of the code, the rest as the source has it.
fn imported(codes_json: &str) -> Result<Imported, ImportError> {
    import(result_csv(codes_json).as_bytes(), codes_json.as_bytes(), None)
}

fn result_csv(codes_json: &str) -> String {
    let source: serde_json::Value = serde_json::from_str(codes_json).expect("test input is JSON");
    let mut csv = "\u{feff}代码,一级行政区,二级行政区,名称,级别,状态,启用时间,变更/弃用时间,新代码\n".to_owned();
    for province in source["items"].as_array().expect("test input has items") {
        add_lines(province, "", &mut csv);
    }
    csv
}

fn add_lines(record: &serde_json::Value, prefecture: &str, csv: &mut String) {
    let code = record["code"].as_u64().expect("test input has codes");
    let name = record["name"].as_str().expect("test input has names");
    let (tier, prefecture, below) = match code {
        code if code % 10_000 == 0 => ("省级", "", "直辖"),
        code if code % 100 == 0 => ("地级", name, name),
        _ => ("县级", prefecture, ""),
    };
    let end = record["end"].as_u64().map(|end| end.to_string()).unwrap_or_default();
    csv.push_str(&format!("{code},,{prefecture},{name},{tier},,{},{end},\n", record["start"]));
    for child in record["children"].as_array().into_iter().flatten() {
        add_lines(child, below, csv);
    }
}

/// The rows of one place, without id, short forms and level:
/// `name,parent,code,start,end,document,end_document,successors`.
#[track_caller]
fn check(codes_json: &str, id: &str, expected: &[&str]) {
    let csv = imported(codes_json).expect("the test input is in order").csv;
    assert_eq!(rows_of(&csv, id), expected, "{csv}");
}

fn rows_of(csv: &str, id: &str) -> Vec<String> {
    csv.lines()
        .map(|line| line.split(',').collect::<Vec<_>>())
        .filter(|fields| fields[0] == id)
        .map(|fields| {
            let mut shown = vec![fields[1]];
            shown.extend(&fields[4..]);
            shown.join(",")
        })
        .collect()
}
