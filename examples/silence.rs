//! What the rules say to a corpus of edited text, where every finding is suspect:
//! `cargo run --release --example silence -- 199801.txt 1998-01`.
//!
//! The corpus (see `evaluate.rs`: one paragraph a line, cut and tagged) is given by path and never part of
//! the project. Only the pack of divisions is in force. Printed are the findings with the line they stand in,
//! then their number by rule and severity, and how many of warning or above there are to 10,000 characters.

mod corpus;

use std::{collections::BTreeMap, env, fs, process::ExitCode};

use hegao::{
    check::{BlockCache, Project, ProjectOptions},
    lexicon::{EdtfDate, Lexicon, LexiconSources, packs},
    rules::{Finding, Severity},
    text::DraftFormat,
};

/// How many characters around a finding are printed.
const SURROUNDINGS: usize = 30;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [path, date] = &arguments[..] else {
        eprintln!("usage: silence 199801.txt 1998-01");
        return ExitCode::from(2);
    };
    let (corpus, date) = match (fs::read_to_string(path), date.parse::<EdtfDate>()) {
        (Ok(corpus), Ok(date)) => (corpus, date),
        (Err(error), _) => return fault(path, &error),
        (_, Err(error)) => return fault(date, &error),
    };
    let divisions = packs::PACKS.iter().filter(|pack| pack.name == "divisions").collect();
    let lexicon = Lexicon::load(&LexiconSources { packs: divisions, paths: Vec::new() });
    let project = Project::with_lexicon(lexicon, ProjectOptions::default());
    let (mut characters, mut counts) = (0, BTreeMap::<(&str, Severity), usize>::new());
    let lines: Vec<String> = corpus.lines().map(without_tags).collect();
    for (first, article) in corpus::articles(&lines) {
        characters += article.chars().filter(|c| *c != '\n').count();
        let draft = article.as_str();
        let checked = project.check_dated(Some(date), None, draft, DraftFormat::Plain, &mut BlockCache::new());
        for finding in &checked.findings {
            *counts.entry((finding.code, finding.severity)).or_default() += 1;
            let line = first + article[..finding.span.start].matches('\n').count();
            println!("{}\t{}", line + 1, in_context(&article, finding));
        }
    }
    let grave: usize = counts.iter().filter(|((_, severity), _)| *severity >= Severity::Warning).map(|(_, n)| n).sum();
    for ((code, severity), count) in &counts {
        println!("{code} {severity:?}: {count}");
    }
    println!(
        "{characters} characters, {grave} of warning or above: {:.3} to 10,000",
        grave as f64 * 1e4 / characters as f64
    );
    ExitCode::SUCCESS
}

fn without_tags(line: &str) -> String {
    line.split_whitespace().filter_map(|token| Some(token.rsplit_once('/')?.0)).collect()
}

fn fault(of: &str, error: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("{of}: {error}");
    ExitCode::from(2)
}

fn in_context(text: &str, finding: &Finding) -> String {
    let (head, tail) = (&text[..finding.span.start], &text[finding.span.end..]);
    let before = head.char_indices().rev().nth(SURROUNDINGS).map_or(0, |(at, _)| at);
    let after: String = tail.chars().take(SURROUNDINGS).collect();
    let (code, severity, words) = (finding.code, finding.severity, finding.span.slice(text));
    format!("{code} {severity:?}\t{}⟦{words}⟧{after}\t{}", &head[before..], finding.message.zh).replace('\n', "¶")
}
