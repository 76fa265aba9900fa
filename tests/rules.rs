//! Every rule is held to its own examples, and to being silent on those of the others.

use std::sync::Arc;

use hegao::{
    check::{BlockCache, CheckedDraft, Project, ProjectOptions, RuleSelection},
    lexicon::{Lexicon, LexiconSources, packs},
    rules::{self, EXAMPLE_AS_OF, Example, RULES, Rule},
    text::{DraftFormat, Span},
};

/// Checks a draft as examples are checked.
fn run(rule: &Rule, lexicon: &str, text: &str) -> (CheckedDraft, Arc<Project>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lexicon.toml");
    std::fs::write(&path, lexicon).unwrap();
    let lexicon = Lexicon::load(&LexiconSources { packs: packs::PACKS.iter().collect(), paths: vec![path] });
    assert_eq!(lexicon.problems(), &[], "{}", lexicon.files().last().unwrap().text);
    let project = Arc::new(Project::with_lexicon(lexicon, options(rule)).with_home("220000"));
    let dated =
        if text.starts_with("---") { text.to_owned() } else { format!("---\ndate: {EXAMPLE_AS_OF}\n---\n\n{text}") };
    (project.check(None, dated, DraftFormat::Markdown, &mut BlockCache::new()), project)
}

/// The default rules, or all of them for a rule that is off by default.
fn options(rule: &Rule) -> ProjectOptions {
    let all = || RULES.iter().map(|rule| rule.code.to_owned()).collect();
    let select = if rule.default_on { Vec::new() } else { all() };
    ProjectOptions { selection: RuleSelection { select, ..RuleSelection::default() }, ..ProjectOptions::default() }
}

/// The text without `⟦ ⟧`, and the marked span within the dated draft.
fn marked(text: &str) -> (String, Span) {
    let dated =
        if text.starts_with("---") { text.to_owned() } else { format!("---\ndate: {EXAMPLE_AS_OF}\n---\n\n{text}") };
    let start = dated.find('⟦').expect("a bad example marks the reported span");
    let end = dated.find('⟧').expect("a bad example marks the reported span") - '⟦'.len_utf8();
    (dated.replace(['⟦', '⟧'], ""), Span::new(start, end))
}

fn check_bad(rule: &Rule, example: &Example) {
    let (text, span) = marked(example.text);
    let (checked, _) = run(rule, example.lexicon, &text);
    let found: Vec<(&str, &str)> =
        checked.findings.iter().map(|finding| (finding.code, finding.span.slice(&text))).collect();
    assert_eq!(found, [(rule.code, span.slice(&text))], "{} on {}", rule.code, example.text);
    assert_eq!(checked.findings[0].span, span, "{} on {}", rule.code, example.text);
    let Some(fixed) = example.fixed else { return };
    let fixed =
        if fixed.starts_with("---") { fixed.to_owned() } else { format!("---\ndate: {EXAMPLE_AS_OF}\n---\n\n{fixed}") };
    let (after, _) = rules::apply(&text, checked.findings[0].fixes.first());
    assert_eq!(after, fixed, "the first fix of {} on {}", rule.code, example.text);
    let (again, _) = run(rule, example.lexicon, &after);
    assert_eq!(again.findings, [], "{} is still reported after its fix: {after}", rule.code);
}

#[test]
fn every_bad_example_reports_its_rule_on_the_marked_span_and_its_fix_mends_it() {
    for rule in RULES {
        rule.bad.iter().for_each(|example| check_bad(rule, example));
    }
}

#[test]
fn every_good_example_is_silent() {
    for rule in RULES {
        for example in rule.good {
            let (checked, _) = run(rule, example.lexicon, example.text);
            assert_eq!(checked.findings, [], "{}: {}", rule.code, example.text);
        }
    }
}

#[test]
fn the_table_is_in_order_and_complete() {
    for pair in RULES.windows(2) {
        assert!(family(pair[0].code) < family(pair[1].code), "{} before {}", pair[0].code, pair[1].code);
    }
    for rule in RULES {
        assert!(rules::find(rule.code).is_some_and(|found| found.name == rule.name), "{}", rule.code);
        assert!(!rule.bad.is_empty() && !rule.good.is_empty(), "{} has examples of both kinds", rule.code);
        for text in [rule.summary.zh, rule.summary.en, rule.why.zh, rule.why.en] {
            assert!(!text.trim().is_empty(), "{} is described in both languages", rule.code);
        }
    }
}

/// Codes in the order of the catalogue: persons, places, slogans, terms, documents, form, annotations.
fn family(code: &str) -> (usize, &str) {
    ("PLSTDQFAX".find(&code[..1]).expect("a known family"), code)
}
