//! Every lexicon rule is held to its own examples, and to being silent on those of the others.

use hegao::{
    analysis::Analyzer,
    lexicon::{
        Lexicon, LexiconSources, Problem, ProblemCode,
        audit::{self, AUDIT_RULES, AuditExample, AuditOptions, AuditRule},
        packs,
    },
    text::Span,
};
use jiff::civil::date;

/// Everything wrong in a lexicon file: what loading finds, and the audit.
fn problems(rule: &AuditRule, text: &str) -> Vec<Problem> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lexicon.toml");
    std::fs::write(&path, text).unwrap();
    let lexicon = Lexicon::load(&LexiconSources { packs: packs::PACKS.iter().collect(), paths: vec![path] });
    let loading = lexicon.problems().to_vec();
    let analyzer = Analyzer::new(lexicon);
    let review_months = (rule.code == ProblemCode::StaleEntry).then_some(12);
    let options = AuditOptions { today: date(2026, 7, 10), review_months, shared_posts: analyzer.shared_posts() };
    loading.into_iter().chain(audit::audit(analyzer.lexicon(), &options)).collect()
}

fn check_bad(rule: &AuditRule, example: &AuditExample) {
    let (start, end) = (example.lexicon.find('⟦'), example.lexicon.find('⟧'));
    let span = Span::new(start.expect("a marked place"), end.expect("a marked place") - '⟦'.len_utf8());
    let text = example.lexicon.replace(['⟦', '⟧'], "");
    let found = problems(rule, &text);
    let shown: Vec<(&str, &str)> =
        found.iter().map(|problem| (problem.code.code(), problem.span.slice(&text))).collect();
    assert_eq!(shown, [(rule.code.code(), span.slice(&text))], "{found:#?}\n{text}");
    assert_eq!(found[0].span, span, "{text}");
    assert_eq!(found[0].severity, rule.code.severity());
    assert_eq!(found[0].line, text[..span.start].matches('\n').count() + 1, "{text}");
    assert!(!found[0].message.zh.is_empty() && !found[0].message.en.is_empty());
    let mut fixed = text.clone();
    for edit in found[0].fix.iter().rev() {
        fixed.replace_range(edit.span.start..edit.span.end, &edit.text);
    }
    assert_eq!((fixed != text).then_some(fixed.as_str()), example.fixed, "the fix of {} on {text}", rule.name);
    if example.fixed.is_some() {
        assert_eq!(problems(rule, &fixed), [], "{fixed}");
    }
}

fn check_good(rule: &AuditRule, example: &AuditExample) {
    assert_eq!(problems(rule, example.lexicon), [], "{} on {}", rule.name, example.lexicon);
}

#[test]
fn every_rule_reports_its_bad_examples_and_only_them() {
    for rule in AUDIT_RULES {
        rule.bad.iter().for_each(|example| check_bad(rule, example));
        rule.good.iter().for_each(|example| check_good(rule, example));
    }
}

#[test]
fn the_table_is_complete_and_in_order() {
    assert!(AUDIT_RULES.windows(2).all(|pair| pair[0].code.code() < pair[1].code.code()));
    for rule in AUDIT_RULES {
        assert!(audit::find(rule.code.code()).is_some_and(|found| found.name == rule.name));
        assert!(!rule.bad.is_empty() && !rule.good.is_empty(), "{} has examples of both kinds", rule.name);
        for text in [rule.summary.zh, rule.summary.en, rule.why.zh, rule.why.en] {
            assert!(!text.trim().is_empty(), "{} is described in both languages", rule.name);
        }
    }
}

/// The codes an audit finds in files given by name and content.
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let sources = LexiconSources { packs: packs::PACKS.iter().collect(), paths: vec![folder.path().to_owned()] };
    let analyzer = Analyzer::new(Lexicon::load(&sources));
    assert_eq!(analyzer.lexicon().problems(), []);
    let options = AuditOptions { today: date(2026, 7, 10), review_months: None, shared_posts: analyzer.shared_posts() };
    let found = audit::audit(analyzer.lexicon(), &options);
    let codes: Vec<String> = found.iter().map(|problem| format!("{} {}", problem.code, problem.line)).collect();
    assert_eq!(codes, expected, "{found:#?}");
}

#[test]
fn csv_rows_are_audited() {
    let head = "id,name,title,place,start,end,sources\n";
    let row = |rest: &str| format!("{head}a,林一鸣,吉林省副省长,220000,2020-01-01,2021-01-01,通稿\n{rest}\n");
    check(&[("people.csv", &row("b,高远山,吉林省副省长,220000,2022-01-01,2021-01-01,通稿"))], &["X103 3"]);
    check(&[("people.csv", &row("b,高远山,吉林省副省长,229900,2020-01-01,2021-01-01,通稿"))], &["X102 3"]);
    check(&[("people.csv", &row("b,高远山,吉林省副省长,220000,2020-01-01,2021-01-01,"))], &["X107 3"]);
    check(&[("people.csv", "id,name,title\na,林一鸣,吉林省副省长\nb,高远山,吉林省副省长\n")], &["X107 2"]);
    check(
        &[(
            "places.csv",
            "id,name,level,parent,start,end,sources\nz,老区,region,220000,,2020-12-31,公告\nz,新区甲,region,220000,2019-01-01,,公告\n",
        )],
        &["X111 3"],
    );
}

#[test]
fn a_handover_and_vague_or_unknown_starts_are_no_shared_post() {
    let people = |first: &str, second: &str| {
        format!(
            "id,name,title,start,end,sources\na,林一鸣,吉林省省长,{first},通稿\nb,高远山,吉林省省长,{second},通稿\n"
        )
    };
    let shared =
        |first: &str, second: &str, expected: &[&str]| check(&[("people.csv", &people(first, second))], expected);
    shared("2020-01-01,2022-01-15", "2022-01-01,", &[]);
    shared("2020-01-01,2022-03-15", "2022-01-01,", &["X104 2"]);
    shared("2020-01-01,2022", "2022-01-01,", &[]);
    shared("2020-01-01,2023", "2022-01-01,", &["X104 2"]);
    shared(",", "2022-01-01,", &[]);
    shared("2020-01-01,2021-01-01", ",", &[]);
}

#[test]
fn codes_are_not_judged_without_their_pack() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("organizations.csv");
    std::fs::write(&path, "id,name,place,sources\na,甲单位,229900,官网\n").unwrap();
    let lexicon = Lexicon::load(&LexiconSources { packs: Vec::new(), paths: vec![path] });
    let options = AuditOptions { today: date(2026, 7, 10), review_months: None, shared_posts: Vec::new() };
    assert_eq!(audit::audit(&lexicon, &options), []);
}
