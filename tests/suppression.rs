//! What silences findings, and what is said of it when it silences nothing.

use std::path::Path;

use hegao::{
    check::{BlockCache, Project, ProjectOptions, RuleSelection},
    lexicon::EdtfDate,
    text::DraftFormat,
};

/// Checks a draft named `draft` below a hegao.toml with this content; gives `code text severity` of each
/// finding.
fn findings(config: &str, draft: &str, text: &str, options: ProjectOptions) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hegao.toml");
    std::fs::write(&file, format!("packs = []\n{config}")).unwrap();
    let project = Project::load(Some(file), options);
    assert_eq!(project.problems(), &[], "{config}");
    let path = folder.path().join(draft);
    let checked = project.check(Some(Path::new(&path)), text, DraftFormat::Markdown, &mut BlockCache::new());
    let line = |finding: &hegao::rules::Finding| {
        format!("{} {} {}", finding.code, finding.span.slice(text), finding.severity.name())
    };
    checked.findings.iter().map(line).collect()
}

fn on_a_day() -> ProjectOptions {
    ProjectOptions { as_of: "2022-07-10".parse::<EdtfDate>().ok(), ..ProjectOptions::default() }
}

const DRAFT: &str = "会议定于2月30日召开。";

#[test]
fn a_waiver_covers_its_rule_and_words_in_its_drafts_until_its_day() {
    let check = |waiver: &str, draft: &str, expected: &[&str]| {
        let config = format!("[[waiver]]\nreason = \"协商中\"\n{waiver}");
        assert_eq!(findings(&config, draft, DRAFT, on_a_day()), expected, "{waiver} in {draft}");
    };
    let reported = &["F102 2月30日 error"];
    check("rule = \"F102\"\ntext = \"2月30日\"", "a.md", &[]);
    check("rule = \"impossible-date\"\ntext = \"定于2月30日召开\"", "a.md", &[]);
    check("rule = \"F102\"\ntext = \"2月30日\"\nuntil = \"2999-12-31\"", "a.md", &[]);
    check("rule = \"F102\"\ntext = \"2月30日\"\npath = \"drafts/**\"", "drafts/a.md", &[]);
    check("rule = \"F102\"\ntext = \"2月30日\"\npath = \"drafts/**\"", "a.md", reported);
    check("rule = \"F101\"\ntext = \"2月30日\"", "a.md", reported);
    check("rule = \"F102\"\ntext = \"2月31日\"", "a.md", reported);
    check("rule = \"F102\"\ntext = \"2月\"", "a.md", reported);
    check("rule = \"F102\"\ntext = \"\"", "a.md", reported);
}

#[test]
fn a_waiver_past_its_day_covers_nothing_and_is_reported_where_it_would() {
    let waiver = "[[waiver]]\nrule = \"F102\"\ntext = \"2月30日\"\nuntil = \"2020-12-31\"\n";
    let expected = ["A103 2月30日 warning", "F102 2月30日 error"];
    assert_eq!(findings(waiver, "a.md", DRAFT, on_a_day()), expected);
    assert_eq!(findings(waiver, "a.md", "会议定于2月28日召开。", on_a_day()), [""; 0]);
    let off = format!("{waiver}[rules]\nA103 = \"off\"\n");
    assert_eq!(findings(&off, "a.md", DRAFT, on_a_day()), expected[1..]);
}

#[test]
fn a_directive_is_judged_only_by_rules_that_ran() {
    let check = |directive: &str, config: &str, options: ProjectOptions, expected: &[&str]| {
        let text = format!("<!-- hegao: {directive} -->\n会议定于2月28日召开。");
        assert_eq!(findings(config, "a.md", &text, options), expected, "{directive} with {config}");
    };
    let select = |codes: &[&str]| {
        let select = codes.iter().map(ToString::to_string).collect();
        ProjectOptions { selection: RuleSelection { select, ignore: Vec::new() }, ..on_a_day() }
    };
    check("ignore F102", "", on_a_day(), &["A103 <!-- hegao: ignore F102 --> warning"]);
    check("ignore F102", "", select(&["F101", "A103"]), &[]);
    check("ignore", "", select(&["F", "A103"]), &[]);
    check("ignore F102", "[rules]\nF102 = \"off\"", on_a_day(), &[]);
    check("ignore F102", "[rules]\nA103 = \"hint\"", on_a_day(), &["A103 <!-- hegao: ignore F102 --> hint"]);
    check("ignore P201", "", ProjectOptions::default(), &["A103 <!-- hegao: ignore P201 --> info"]);
    check("ignore P201", "as_of = \"today\"", ProjectOptions::default(), &["A103 <!-- hegao: ignore P201 --> warning"]);
}

#[test]
fn a_directive_for_this_rule_silences_its_report() {
    let text = "<!-- hegao: ignore-file A103 -->\n\n<!-- hegao: ignore F102 -->\n会议定于2月28日召开。";
    assert_eq!(findings("", "a.md", text, on_a_day()), [""; 0]);
    let text = "<!-- hegao: ignore-file -->\n\n<!-- hegao: ignore F102 -->\n会议定于2月28日召开。";
    let expected = ["A103 <!-- hegao: ignore-file --> warning", "A103 <!-- hegao: ignore F102 --> warning"];
    assert_eq!(findings("", "a.md", text, on_a_day()), expected);
}

#[test]
fn a_weekday_without_a_year_is_judged_only_by_a_day_somebody_set() {
    let text = "会议定于1月1日（星期八）、7月8日（周六）召开。";
    assert_eq!(findings("", "a.md", text, on_a_day()), ["F102 周六 error"]);
    assert_eq!(findings("", "a.md", text, ProjectOptions::default()), [""; 0]);
}
