//! The parts of the READMEs that are made from the program: the rule table and the picture of a report.
//! `UPDATE=1 cargo test --test readme` writes them anew.

use std::{fmt::Write, fs, process::Command};

use hegao::{lang::Lang, rules::RULES};

const MARKS: [&str; 2] = ["<!-- rules:start -->\n", "<!-- rules:end -->"];

#[test]
fn rule_tables_are_current() {
    for (path, lang) in [("README.md", Lang::En), ("README.zh-CN.md", Lang::Zh)] {
        let readme = fs::read_to_string(path).unwrap();
        let start = readme.find(MARKS[0]).expect("the start mark") + MARKS[0].len();
        let end = readme.find(MARKS[1]).expect("the end mark");
        let current = format!("{}{}{}", &readme[..start], rule_table(lang), &readme[end..]);
        hold(path, &readme, &current);
    }
}

#[test]
fn the_picture_shows_the_real_report() {
    let output = Command::new(env!("CARGO_BIN_EXE_hegao"))
        .args(["check", "examples/jilin/drafts/2022-07-12-places-and-order.md", "--lang", "zh"])
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let report = String::from_utf8(output.stdout).unwrap();
    assert!(report.contains("L101"), "the sample has findings:\n{report}");
    let path = "docs/check.svg";
    hold(path, &fs::read_to_string(path).unwrap_or_default(), &picture(&report));
}

#[test]
fn every_feature_of_the_language_server_names_tests_that_are_there() {
    let readme = fs::read_to_string("README.md").unwrap();
    let table = readme.split("| feature | in drafts | test |\n").nth(1).expect("the table of features");
    let rows: Vec<&str> = table.lines().skip(1).take_while(|line| line.starts_with('|')).collect();
    assert!(rows.len() >= 16, "{rows:#?}");
    for row in rows {
        let tests = row.trim_end_matches([' ', '|']).rsplit('|').next().unwrap();
        let names: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "{row}");
        for name in names {
            let path = format!("tests/server/{}", name.trim_start_matches("tests/server/"));
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert!(text.contains("#[test]"), "{path} tests nothing");
        }
    }
}

/// Standard output of hegao, in English.
fn printed(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_hegao")).args(arguments).args(["--lang", "en"]).output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_page_on_rules_is_current() {
    let mut page = format!("# Rules\n\n{}\n", printed(&["explain", "--format", "md"]));
    let codes = page.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next());
    let codes: Vec<String> = codes.filter(|code| code.len() == 4 && *code != "code").map(str::to_owned).collect();
    assert!(codes.len() > RULES.len(), "rules of drafts and of lexicons: {codes:?}");
    let rules: Vec<String> = codes.iter().map(|code| printed(&["explain", code, "--format", "md"])).collect();
    page += &rules.join("\n");
    let path = "docs/rules.md";
    hold(path, &fs::read_to_string(path).unwrap_or_default(), &page);
}

#[test]
fn the_page_on_configuration_is_current() {
    let schema: serde_json::Value = serde_json::from_str(&printed(&["schema", "config"])).unwrap();
    let mut page = String::from(
        "# Configuration\n\nThe keys of `hegao.toml`. The nearest file upward from a draft is in force for it; an empty one is \
         valid.\n\n| key | value | meaning |\n| --- | --- | --- |\n",
    );
    configuration(&schema, "", &mut page);
    assert!(page.contains("| `waiver[].until` |"), "{page}");
    let path = "docs/configuration.md";
    hold(path, &fs::read_to_string(path).unwrap_or_default(), &page);
}

/// Rows for the keys of a table and of the tables in it.
fn configuration(table: &serde_json::Value, prefix: &str, page: &mut String) {
    for (key, field) in table["properties"].as_object().unwrap() {
        let name = format!("{prefix}{key}");
        let (kind, below) = match (field["type"].as_str(), field["items"]["properties"].is_object()) {
            (Some("array"), true) => ("tables".to_owned(), Some((&field["items"], "[]."))),
            (Some("array"), false) => ("list".to_owned(), None),
            (Some("object"), _) if field["additionalProperties"] == false => ("table".to_owned(), Some((field, "."))),
            (Some("object"), _) => ("table".to_owned(), None),
            (Some(kind), _) => (kind.to_owned(), None),
            (None, _) => {
                let values = field["enum"].as_array().unwrap().iter();
                (values.map(|value| format!("`{}`", value.as_str().unwrap())).collect::<Vec<_>>().join(", "), None)
            }
        };
        writeln!(page, "| `{name}` | {kind} | {} |", field["description"].as_str().unwrap()).unwrap();
        if let Some((table, separator)) = below {
            configuration(table, &format!("{name}{separator}"), page);
        }
    }
}

/// Compares a generated file with what is there, or writes it.
fn hold(path: &str, present: &str, current: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all("docs").unwrap();
        fs::write(path, current).unwrap();
    } else {
        assert!(present == current, "{path} is not current: UPDATE=1 cargo test --test readme");
    }
}

fn rule_table(lang: Lang) -> String {
    let mut table = match lang {
        Lang::Zh => String::from("| 代码 | 名称 | 报告什么 |\n| --- | --- | --- |\n"),
        Lang::En => String::from("| code | name | reports |\n| --- | --- | --- |\n"),
    };
    for rule in RULES {
        let off = if rule.default_on { "" } else { "*" };
        writeln!(table, "| {}{off} | {} | {} |", rule.code, rule.name, rule.summary.get(lang)).unwrap();
    }
    table
}

/// The report as a terminal would show it.
fn picture(report: &str) -> String {
    const LINE: usize = 20;
    let lines: Vec<&str> = report.lines().take(26).collect();
    let height = (lines.len() + 3) * LINE;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1040\" height=\"{height}\" font-family=\"'Noto Sans Mono CJK SC','Sarasa Mono SC',monospace\" font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1e1e2e\"/>\n\
         <text x=\"20\" y=\"30\" fill=\"#a6e3a1\" xml:space=\"preserve\">$ hegao check examples/jilin/drafts/2022-07-12-places-and-order.md</text>\n"
    );
    for (index, line) in lines.iter().enumerate() {
        let text = line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let y = 30 + (index + 1) * LINE;
        let colour =
            if line.contains("P301") || line.contains("L101") || line.contains("A10") { "#f38ba8" } else { "#cdd6f4" };
        writeln!(svg, "<text x=\"20\" y=\"{y}\" fill=\"{colour}\" xml:space=\"preserve\">{text}</text>").unwrap();
    }
    svg.push_str("</svg>\n");
    svg
}
