//! Where names start and end, which posts are read with them and whom they mean: a table of sentences.
//!
//! `reading/sentences.txt` holds one sentence a line, with every person and place that must be found as
//! `⟦text=id⟧`, `⟦text=id:post,post⟧` with the posts printed beside a name, or `⟦text=?⟧` if it must
//! stay ambiguous. What is not marked must not be found.

use std::path::Path;

use hegao::{
    check::{BlockCache, Project, ProjectOptions},
    lexicon::{EntryKind, Lexicon, LexiconSources, packs},
    text::DraftFormat,
};

fn check(project: &Project, line: &str) -> Result<(), String> {
    // A source with markup stands before a tab, what is read of it behind.
    let (source, line) = line.split_once('\t').unwrap_or((line, line));
    let plain = plain(source);
    let draft = format!("---\ndate: 2022-07-10\nhome: \"220000\"\n---\n\n{plain}\n");
    let checked = project.check(None, draft, DraftFormat::Markdown, &mut BlockCache::new());
    let mut found = String::new();
    let mut position = 0;
    let body = &checked.draft.blocks[0];
    let text = body.content.text.as_str();
    for mention in &checked.analysis.mentions {
        let shown = matches!(mention.kind, EntryKind::Person | EntryKind::Place);
        let unsure = mention.entry.is_none() && mention.candidates.len() < 2;
        if !shown || unsure || mention.resolution == hegao::analysis::Resolution::Other {
            continue;
        }
        let id = mention.entry.map_or("?", |entry| project.lexicon().entry(entry).id.as_str());
        let posts: Vec<&str> = mention.posts.iter().map(|post| post.content.slice(text)).collect();
        let posts = if posts.is_empty() { String::new() } else { format!(":{}", posts.join(",")) };
        found += &text[position..mention.content.start];
        found += &format!("⟦{}={id}{posts}⟧", mention.text);
        position = mention.content.end;
    }
    found += &text[position..];
    if found == line { Ok(()) } else { Err(format!("expected {line}\n   found {found}")) }
}

/// The sentence without its marks.
fn plain(line: &str) -> String {
    let mut plain = String::new();
    for (index, part) in line.split(['⟦', '⟧']).enumerate() {
        plain += if index % 2 == 1 { part.split_once('=').expect("a mark has an id").0 } else { part };
    }
    plain
}

#[test]
fn every_sentence_is_read_as_marked() {
    let paths =
        vec![Path::new("examples/jilin/lexicon").to_owned(), Path::new("tests/reading/lexicon.toml").to_owned()];
    let lexicon = Lexicon::load(&LexiconSources { packs: packs::PACKS.iter().collect(), paths });
    assert_eq!(lexicon.problems(), []);
    let project = Project::with_lexicon(lexicon, ProjectOptions::default());
    let sentences =
        include_str!("reading/sentences.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let results: Vec<Result<(), String>> = sentences.map(|line| check(&project, line)).collect();
    let wrong: Vec<&String> = results.iter().filter_map(|result| result.as_ref().err()).collect();
    assert!(results.len() >= 60, "the table is there");
    assert!(
        wrong.is_empty(),
        "{} of {} sentences are read otherwise:\n{}",
        wrong.len(),
        results.len(),
        wrong.iter().map(|w| w.as_str()).collect::<Vec<_>>().join("\n")
    );
}
