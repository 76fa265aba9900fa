//! Persons and posts on the sample lexicon: correct texts on which every rule stays silent, and slips with
//! their first fix. `persons/correct.txt` and `persons/slips.txt` say how they are written.

use std::path::Path;

use hegao::{
    check::{BlockCache, CheckedDraft, Project, ProjectOptions},
    rules,
    text::DraftFormat,
};

fn project() -> Project {
    Project::open(Path::new("examples/jilin"), ProjectOptions::default())
}

fn run(project: &Project, text: &str) -> CheckedDraft {
    let draft = format!("---\ndate: 2022-07-10\n---\n\n{}\n", text.replace('|', "\n\n"));
    project.check(None, draft, DraftFormat::Markdown, &mut BlockCache::new())
}

/// The lines of a table that are no comment; a headline is marked as in Markdown, before a paragraph.
fn lines(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.is_empty() && (!line.starts_with('#') || line.contains('|')))
}

/// Fails with all complaints at once.
fn hold(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "{}\n{} in all", complaints.join("\n"), complaints.len());
}

#[test]
fn correct_texts_are_silent() {
    let project = project();
    let complaints = lines(include_str!("persons/correct.txt")).flat_map(|line| {
        let findings = run(&project, line).findings.into_iter();
        findings.map(move |finding| format!("{} {} on {line}", finding.code, finding.message.zh))
    });
    hold(complaints.collect());
    assert!(lines(include_str!("persons/correct.txt")).count() >= 40, "the table is read");
}

#[test]
fn slips_are_reported_and_mended() {
    let project = project();
    hold(lines(include_str!("persons/slips.txt")).filter_map(|line| slip(&project, line)).collect());
}

/// What is wrong with the report on a slip: the findings, or what their first fixes make of the text.
fn slip(project: &Project, line: &str) -> Option<String> {
    let (mut printed, mut mended, mut expected) = (String::new(), String::new(), Vec::new());
    for (index, part) in line.split(['⟦', '⟧']).enumerate() {
        let (wrong, code, right) = match part.split_once('=').filter(|_| index % 2 == 1) {
            Some((wrong, rest)) => rest.split_once(':').map(|(code, right)| (wrong, Some(code), right))?,
            None => (part, None, part),
        };
        printed += wrong;
        mended += right;
        expected.extend(code.map(|code| format!("{wrong}={code}")));
    }
    let checked = run(project, &printed);
    let text = &checked.draft.text;
    let found: Vec<String> =
        checked.findings.iter().map(|finding| format!("{}={}", finding.span.slice(text), finding.code)).collect();
    let (after, _) = rules::apply(text, checked.findings.iter().filter_map(|finding| finding.fixes.first()));
    let after = after.splitn(4, '\n').nth(3).unwrap_or_default().trim().replace("\n\n", "|").replacen("\n", "", 0);
    let after = after.trim_start_matches('|').to_owned();
    (found != expected || after != mended).then(|| format!("{line}\n   found {found:?}, mended: {after}"))
}
