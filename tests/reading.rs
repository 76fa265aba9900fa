//! Where names start and end, which posts are read with them and whom they mean: a table of sentences.
//!
//! `reading/sentences.txt` holds one sentence a line, with every person and place that must be found as
//! `⟦text=id⟧`, `⟦text=id:post,post⟧` with the posts printed beside a name, or `⟦text=?⟧` if it must
//! stay ambiguous. What is not marked must not be found. A post shared with an earlier name of a list has a
//! `+` before it, and one told of as a change the kind of change: `⟦甲=id:Taken 省长⟧`.
//!
//! `reading/references.txt` holds texts with every 他, 她, 该同志 and 张书记 that is found as `⟦他=id⟧`, or
//! `⟦他=?⟧` if it must mean nobody; `reading/posts.txt` says which titles are one post; `reading/evidence.txt`
//! holds drafts in which one paragraph decides what another leaves open.

use std::path::Path;

use hegao::{
    analysis::{PrintedPost, Resolution, Setting, Standing},
    check::{BlockCache, Project, ProjectOptions},
    lexicon::{EntryKind, Lexicon, LexiconSources, packs},
    text::{DraftFormat, strip},
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
        if !shown || unsure || mention.resolution == Resolution::Other {
            continue;
        }
        let id = mention.entry.map_or("?", |entry| project.lexicon().entry(entry).id.as_str());
        let words = |post: &PrintedPost| post.content.slice(text).to_owned();
        let shared = mention.shared_posts.iter().map(|post| format!("+{}", words(post)));
        let changes = mention.changes.iter().map(|post| format!("{:?} {}", post.tense.unwrap(), words(post)));
        let posts: Vec<String> = mention.posts.iter().map(words).chain(shared).chain(changes).collect();
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

fn references(project: &Project, line: &str) -> Result<(), String> {
    let draft = format!("---\ndate: 2022-07-10\nhome: \"220000\"\n---\n\n{}\n", plain(line).replace('|', "\n\n"));
    let checked = project.check(None, draft, DraftFormat::Markdown, &mut BlockCache::new());
    let (mut found, mut position) = (String::new(), checked.draft.blocks[0].span.start);
    for anaphor in &checked.analysis.anaphora {
        let entry = anaphor.antecedent.and_then(|index| checked.analysis.mentions[index].entry);
        let id = entry.map_or("?", |entry| project.lexicon().entry(entry).id.as_str());
        found += &checked.draft.text[position..anaphor.span.start];
        found += &format!("⟦{}={id}⟧", anaphor.span.slice(&checked.draft.text));
        position = anaphor.span.end;
    }
    found += checked.draft.text[position..].trim_end();
    let found = found.replace("\n\n", "|");
    if found == line { Ok(()) } else { Err(format!("expected {line}\n   found {found}")) }
}

/// Whether `printed` before a name is a post of a person who holds `title`.
fn is_one_post(title: &str, printed: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.toml");
    std::fs::write(&path, format!("[[person]]\nid = \"p\"\nname = \"王明远\"\n[[person.post]]\ntitle = \"{title}\"\n"))
        .unwrap();
    let lexicon = Lexicon::load(&LexiconSources { packs: packs::PACKS.iter().collect(), paths: vec![path] });
    assert_eq!(lexicon.problems(), []);
    let project = Project::with_lexicon(lexicon, ProjectOptions::default());
    let draft = format!("---\ndate: 2022-07-10\nhome: \"220000\"\n---\n\n{printed}王明远出席。\n");
    let checked = project.check(None, draft, DraftFormat::Markdown, &mut BlockCache::new());
    let person = project.lexicon().find("p").expect("the person is in the lexicon");
    let setting = Setting { as_of: checked.as_of.date, home: checked.home };
    let mention = checked.analysis.mentions.last().expect("the name is found");
    let text = checked.draft.blocks[0].content.text.as_str();
    let [post] = &mention.posts[..] else { panic!("{printed} is read as {} posts", mention.posts.len()) };
    assert_eq!(post.content.slice(text), printed);
    project.analyzer().standing(person, post, text, setting) != Standing::Unknown
}

fn project() -> Project {
    let paths =
        vec![Path::new("examples/jilin/lexicon").to_owned(), Path::new("tests/reading/lexicon.toml").to_owned()];
    let lexicon = Lexicon::load(&LexiconSources { packs: packs::PACKS.iter().collect(), paths });
    assert_eq!(lexicon.problems(), []);
    Project::with_lexicon(lexicon, ProjectOptions::default())
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[test]
fn every_reference_means_whom_it_is_marked_with() {
    let project = project();
    let wrong: Vec<String> =
        lines(include_str!("reading/references.txt")).filter_map(|line| references(&project, line).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Annotating any mention as any of its candidates decides it, and stripping gives the plain text back.
#[test]
fn an_annotation_wins_and_strips_to_the_plain_text() {
    let project = project();
    for line in lines(include_str!("reading/sentences.txt")) {
        let text = plain(line.split_once('\t').map_or(line, |(source, _)| source));
        let draft = format!("---\ndate: 2022-07-10\nhome: \"220000\"\n---\n\n{text}\n");
        let check = |draft: &str| project.check(None, draft, DraftFormat::Markdown, &mut BlockCache::new());
        for mention in &check(&draft).analysis.mentions {
            let is_annotated = mention.resolution == Resolution::Annotation;
            for candidate in mention.candidates.iter().filter(|_| !is_annotated) {
                let id = &project.lexicon().entry(*candidate).id;
                let words = mention.span.slice(&draft);
                let (before, after) = (&draft[..mention.span.start], &draft[mention.span.end..]);
                let annotated = format!("{before}[{words}](@{id}){after}");
                let checked = check(&annotated);
                let found = checked.analysis.mentions.iter().find(|found| found.span.start == mention.span.start + 1);
                let found = found.unwrap_or_else(|| panic!("{annotated}"));
                assert_eq!((found.entry, found.resolution), (Some(*candidate), Resolution::Annotation), "{annotated}");
                assert_eq!(strip(&checked.draft), draft);
            }
        }
    }
}

/// The persons of a draft, all marked in the line; `|` stands between paragraphs.
fn evidence(project: &Project, line: &str) -> Result<(), String> {
    let draft = plain(line).replace('|', "\n\n");
    let options = "---\ndate: 2022-07-10\nhome: \"220000\"\n---\n\n";
    let checked = project.check(None, format!("{options}{draft}"), DraftFormat::Markdown, &mut BlockCache::new());
    let mut marked = draft.clone();
    for mention in checked.analysis.mentions.iter().rev().filter(|mention| mention.kind == EntryKind::Person) {
        let Some(entry) = mention.entry else { continue };
        let (start, end) = (mention.span.start - options.len(), mention.span.end - options.len());
        marked.replace_range(start..end, &format!("⟦{}={}⟧", mention.text, project.lexicon().entry(entry).id));
    }
    let found = marked.replace("\n\n", "|");
    if found == line { Ok(()) } else { Err(format!("expected {line}\n   found {found}")) }
}

#[test]
fn doubtful_names_are_read_by_the_evidence_of_the_draft() {
    let project = project();
    let wrong: Vec<String> =
        lines(include_str!("reading/evidence.txt")).filter_map(|line| evidence(&project, line).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn titles_of_one_post_are_known_as_one() {
    for line in lines(include_str!("reading/posts.txt")) {
        let (title, rest) = line.split_once('\t').expect("a title and how it may be printed");
        for printed in rest.split('\t') {
            let (printed, same) = printed.strip_prefix('≠').map_or((printed, true), |printed| (printed, false));
            assert_eq!(is_one_post(title, printed), same, "{title} {printed}");
        }
    }
}

#[test]
fn every_sentence_is_read_as_marked() {
    let project = project();
    let results: Vec<Result<(), String>> =
        lines(include_str!("reading/sentences.txt")).map(|line| check(&project, line)).collect();
    let wrong: Vec<&String> = results.iter().filter_map(|result| result.as_ref().err()).collect();
    assert!(results.len() >= 150, "the table is there");
    assert!(
        wrong.is_empty(),
        "{} of {} sentences are read otherwise:\n{}",
        wrong.len(),
        results.len(),
        wrong.iter().map(|w| w.as_str()).collect::<Vec<_>>().join("\n")
    );
}
