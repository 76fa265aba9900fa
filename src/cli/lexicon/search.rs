//! `hegao lexicon search`: entries by characters, pinyin and initials.

use std::io::{self, Write};

use serde::Serialize;

use crate::{
    cli::{
        Outcome,
        args::{DataFormat, LexiconSearchArgs},
        faults::Faults,
        locale::Language,
        output::{Content, Output},
        place::{from_here, visible},
    },
    lang::{Lang, Message},
    lexicon::{
        EdtfDate, Entry, EntryData, EntryIndex, EntryKind, InForce, Lexicon, SearchHit, SearchIndex, SearchOptions,
    },
    text::{Draft, DraftFormat},
};

#[derive(Serialize)]
struct Found<'a> {
    as_of: String,
    query: &'a str,
    entries: Vec<FoundEntry<'a>>,
}

#[derive(Serialize)]
struct FoundEntry<'a> {
    id: &'a str,
    kind: &'static str,
    name: &'a str,
    /// The name or short form that fits the query.
    form: String,
    rank: &'static str,
    /// A person's posts on the day; what a place lies in, from the province down.
    about: Vec<&'a str>,
    path: String,
    line: usize,
}

/// Prints the entries, the best first; nothing found is exit code 1.
pub(super) fn run(args: &LexiconSearchArgs, language: Language) -> Outcome {
    let loaded = super::load(&args.project, &args.as_of, language);
    let project = &loaded.project;
    let lang = language.of(project);
    let mut faults = Faults::new(lang);
    faults.of_problems(project.problems());
    let (as_of, _) = project.as_of(None, &Draft::parse("", DraftFormat::Plain));
    let lexicon = project.lexicon();
    let index = SearchIndex::build(lexicon);
    let hits = index.search(&args.query, &SearchOptions { kinds: &args.kind, limit: args.limit.get() });
    let entries = hits.iter().map(|hit| FoundEntry::of(lexicon, &index, hit, as_of.date)).collect();
    let found = Found { as_of: as_of.date.to_string(), query: &args.query, entries };
    let content = if args.format == DataFormat::Json { Content::ForPrograms } else { Content::ForPeople };
    let mut output = Output::stdout(content);
    output.write(&mut faults, |out| match args.format {
        DataFormat::Text => found.entries.iter().try_for_each(|entry| entry.write_text(lang, out)),
        DataFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &found)?;
            out.write_all(b"\n")
        }
    });
    if hits.is_empty() {
        let query = &args.query;
        faults.note(&Message::new(
            format!("词库中没有与 `{query}` 相符的词条"),
            format!("nothing in the lexicon fits `{query}`"),
        ));
    }
    let outcome = if hits.is_empty() { Outcome::Findings } else { Outcome::Clean };
    outcome.max(faults.outcome())
}

impl<'a> FoundEntry<'a> {
    fn of(lexicon: &'a Lexicon, index: &SearchIndex, hit: &SearchHit, as_of: EdtfDate) -> Self {
        let entry = lexicon.entry(hit.entry);
        let file = lexicon.file(entry.file);
        Self {
            id: &entry.id,
            kind: entry.kind().name(),
            name: entry.name(),
            form: index.form(lexicon, hit),
            rank: hit.rank.name(),
            about: about(lexicon, hit, entry, as_of),
            path: from_here(&file.path),
            line: file.line(entry.span.start),
        }
    }

    fn write_text(&self, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        let kind = EntryKind::ALL.into_iter().find(|kind| kind.name() == self.kind);
        let kind = kind.map_or(self.kind, |kind| kind.in_words(lang));
        let form = match lang {
            _ if self.form == self.name => String::new(),
            Lang::Zh => format!("（{}）", self.form),
            Lang::En => format!(" ({})", self.form),
        };
        let about = self.about.join("、");
        let separator = if about.is_empty() { "" } else { "  " };
        let line = format!("{}{form}  {kind}  {}{separator}{about}  {}:{}", self.name, self.id, self.path, self.line);
        writeln!(out, "{}", visible(&line))
    }
}

fn about<'a>(lexicon: &'a Lexicon, hit: &SearchHit, entry: &'a Entry, as_of: EdtfDate) -> Vec<&'a str> {
    match &entry.data {
        EntryData::Person(person) => {
            let held = person.posts.iter().filter(|post| post.time.on(as_of) == InForce::Now);
            held.map(|post| post.title.as_str()).collect()
        }
        EntryData::Place(_) => {
            let above = lexicon.ancestors(hit.entry, as_of);
            above.iter().rev().map(|place| name_on(lexicon, *place, as_of)).collect()
        }
        _ => Vec::new(),
    }
}

fn name_on(lexicon: &Lexicon, place: EntryIndex, as_of: EdtfDate) -> &str {
    lexicon.version_on(place, as_of).map_or_else(|| lexicon.entry(place).name(), |version| &version.name)
}
