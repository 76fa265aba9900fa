//! Slips put into clean drafts, one at a time: how many are found, how often the first fix restores the
//! draft, and whether harmless changes stay silent. `cargo test --test mutation -- --nocapture` prints the
//! figures. The slips and their source are in `tests/mutation/`.

use std::{collections::BTreeMap, fs, path::Path};

use hegao::{
    check::{BlockCache, Project, ProjectOptions},
    lexicon::{Lexicon, LexiconSources, packs},
    rules::{self, Finding},
    text::{DraftFormat, Span},
};

/// Floors, a bit below what was measured.
const RECALL: f64 = 0.95;
const EXACT: f64 = 0.98;
const SILENT: f64 = 0.995;

#[test]
fn slips_are_found_and_mended_and_harmless_changes_are_silent() {
    let (project, drafts) = (project(), clean_drafts());
    let mut kinds: BTreeMap<String, Tally> = BTreeMap::new();
    for [kind, codes, right, wrong] in table::<4>("slips.tsv") {
        let tally = kinds.entry(kind.clone()).or_default();
        let mutants = drafts.iter().flat_map(|draft| mutants(draft, &right, &wrong)).collect::<Vec<_>>();
        assert!(!mutants.is_empty(), "{right} stands in no clean draft");
        mutants.iter().for_each(|mutant| tally.add(&project, mutant, &codes, &wrong));
    }
    let mut all = Tally::default();
    println!("{:24}{:>7}{:>7}{:>7}{:>7}", "slip", "made", "found", "fixes", "exact");
    for (kind, tally) in &kinds {
        println!("{kind:24}{:7}{:7}{:7}{:7}", tally.made, tally.found, tally.fixes, tally.exact);
        all = all.and(tally);
    }
    println!("{:24}{:7}{:7}{:7}{:7}", "all", all.made, all.found, all.fixes, all.exact);
    let (counter, silent) = counter_cases(&project, &drafts);
    println!("{:24}{counter:7} silent {silent:7}", "counter-cases");
    let share = |part: usize, whole: usize| part as f64 / whole as f64;
    assert!(share(all.found, all.made) >= RECALL, "recall");
    assert!(share(all.exact, all.fixes) >= EXACT, "exactness of the first fix");
    assert!(share(silent, counter) >= SILENT, "silence on counter-cases");
}

#[test]
fn the_clean_drafts_are_clean() {
    let project = project();
    for draft in clean_drafts() {
        assert_eq!(messages(&check(&project, &draft.text, draft.format)), Vec::<String>::new(), "{}", draft.name);
    }
}

struct CleanDraft {
    name: String,
    text: String,
    format: DraftFormat,
}

/// A clean draft with one change.
struct Mutant<'d> {
    draft: &'d CleanDraft,
    text: String,
    /// The changed words; bytes.
    changed: Span,
}

#[derive(Default)]
struct Tally {
    made: usize,
    found: usize,
    fixes: usize,
    exact: usize,
}

impl Tally {
    fn add(&mut self, project: &Project, mutant: &Mutant<'_>, codes: &str, wrong: &str) {
        let findings = check(project, &mutant.text, mutant.draft.format);
        let expected =
            |finding: &&Finding| codes.split('|').any(|code| code == finding.code) && touches(finding, mutant.changed);
        let found = findings.iter().find(expected);
        self.made += 1;
        self.found += usize::from(found.is_some());
        if found.is_none() {
            println!("missed {codes} in {}: {wrong}: {:?}", mutant.draft.name, messages(&findings));
        }
        if let Some(fix) = found.and_then(|finding| finding.fixes.first()) {
            let (mended, _) = rules::apply(&mutant.text, [fix]);
            self.fixes += 1;
            self.exact += usize::from(mended == mutant.draft.text);
            if mended != mutant.draft.text {
                println!("mended otherwise in {}: {wrong}: {}", mutant.draft.name, fix.title.zh);
            }
        }
    }

    fn and(self, other: &Self) -> Self {
        Self {
            made: self.made + other.made,
            found: self.found + other.found,
            fixes: self.fixes + other.fixes,
            exact: self.exact + other.exact,
        }
    }
}

/// Whether a finding stands in or right beside the changed words.
fn touches(finding: &Finding, changed: Span) -> bool {
    finding.span.start <= changed.end && changed.start <= finding.span.end
}

/// How many harmless changes there were, and after how many nothing was reported.
fn counter_cases(project: &Project, drafts: &[CleanDraft]) -> (usize, usize) {
    let (mut made, mut silent) = (0, 0);
    for [kind, right, harmless] in table::<3>("counter_cases.tsv") {
        let before = made;
        for mutant in drafts.iter().flat_map(|draft| mutants(draft, &right, &harmless)) {
            let findings = check(project, &mutant.text, mutant.draft.format);
            made += 1;
            silent += usize::from(findings.is_empty());
            if !findings.is_empty() {
                println!("not silent on {kind} in {}: {harmless}: {:?}", mutant.draft.name, messages(&findings));
            }
        }
        assert!(made > before, "{right} stands in no clean draft");
    }
    (made, silent)
}

fn mutants<'d>(draft: &'d CleanDraft, right: &str, wrong: &str) -> Vec<Mutant<'d>> {
    let places = draft.text.match_indices(right);
    let mutant = |(at, _): (usize, &str)| {
        let text = format!("{}{wrong}{}", &draft.text[..at], &draft.text[at + right.len()..]);
        Mutant { draft, text, changed: Span::new(at, at + wrong.len()) }
    };
    places.map(mutant).collect()
}

fn project() -> Project {
    let paths = vec!["tests/corpus/lexicon".into()];
    let lexicon = Lexicon::load(&LexiconSources { packs: packs::PACKS.iter().collect(), paths });
    assert_eq!(lexicon.problems(), &[]);
    Project::with_lexicon(lexicon, ProjectOptions::default()).with_home("yunchuan")
}

fn check(project: &Project, text: &str, format: DraftFormat) -> Vec<Finding> {
    let date = "2022-07-20".parse().ok();
    project.check_dated(date, None, text, format, &mut BlockCache::new()).findings
}

fn messages(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{} {}", finding.code, finding.message.zh)).collect()
}

fn clean_drafts() -> Vec<CleanDraft> {
    let mut paths: Vec<_> = fs::read_dir("tests/corpus/clean").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| CleanDraft {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        text: fs::read_to_string(path).unwrap(),
        format: if path.extension().is_some_and(|end| end == "md") {
            DraftFormat::Markdown
        } else {
            DraftFormat::Plain
        },
    };
    paths.iter().map(read).collect()
}

fn table<const N: usize>(name: &str) -> Vec<[String; N]> {
    let text = fs::read_to_string(Path::new("tests/mutation").join(name)).unwrap();
    let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.map(|line| {
        let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        cells.try_into().unwrap_or_else(|_| panic!("{name}: {line}"))
    })
    .collect()
}
