//! `hegao lexicon show`: an entry by id, name or division code, as of a day.

use std::io::{self, Write};

use serde::Serialize;

use super::{entry_record::EntryRecord, entry_text};
use crate::{
    cli::{
        Outcome,
        args::{DataFormat, LexiconShowArgs},
        faults::Faults,
        locale::Language,
        output::{Content, Output},
    },
    lang::{Lang, Message},
    lexicon::{EdtfDate, EntryIndex, FormRole, Lexicon},
    text::{Draft, DraftFormat},
};

#[derive(Serialize)]
struct Shown<'a> {
    as_of: String,
    entries: Vec<EntryRecord<'a>>,
}

/// Prints the entries; a name nobody has is exit code 1.
pub(super) fn run(args: &LexiconShowArgs, language: Language) -> Outcome {
    let loaded = super::load(&args.project, &args.as_of, language);
    let project = &loaded.project;
    let lang = language.of(project);
    let mut faults = Faults::new(lang);
    faults.of_problems(project.problems());
    let (as_of, _) = project.as_of(None, &Draft::parse("", DraftFormat::Plain));
    let lexicon = project.lexicon();
    let found = find(lexicon, args.key.trim(), as_of.date);
    let records = found.iter().map(|index| EntryRecord::of(lexicon, *index, as_of.date)).collect();
    let shown = Shown { as_of: as_of.date.to_string(), entries: records };
    let content = if args.format == DataFormat::Json { Content::ForPrograms } else { Content::ForPeople };
    let mut output = Output::stdout(content);
    output.write(&mut faults, |out| match args.format {
        DataFormat::Text => write_text(&shown, lang, out),
        DataFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &shown)?;
            out.write_all(b"\n")
        }
    });
    if found.is_empty() {
        let key = &args.key;
        faults.note(&Message::new(format!("词库中没有 `{key}`"), format!("nothing in the lexicon is called `{key}`")));
    }
    let outcome = if found.is_empty() { Outcome::Findings } else { Outcome::Clean };
    outcome.max(faults.outcome())
}

/// The entries with this id; else the places with this code, on that day if there is one; else the
/// entries with this name or another form.
fn find(lexicon: &Lexicon, key: &str, as_of: EdtfDate) -> Vec<EntryIndex> {
    if let Some(index) = lexicon.find(key) {
        return vec![index];
    }
    let ever = lexicon.with_code(key);
    let on_the_day = |index: &EntryIndex| {
        lexicon.version_on(*index, as_of).is_some_and(|version| version.code.as_deref() == Some(key))
    };
    let then: Vec<EntryIndex> = ever.iter().copied().filter(on_the_day).collect();
    match (then.is_empty(), ever.is_empty()) {
        (false, _) => then,
        (true, false) => ever,
        (true, true) => named(lexicon, key),
    }
}

/// The entries that a text can stand for, in the order of the lexicon. A part of a slogan is no name.
fn named(lexicon: &Lexicon, name: &str) -> Vec<EntryIndex> {
    let targets = lexicon.forms().find(name);
    let names = targets.iter().filter(|target| !matches!(target.role, FormRole::Component(_)));
    let mut found: Vec<EntryIndex> = names.map(|target| target.entry).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn write_text(shown: &Shown<'_>, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    for (position, record) in shown.entries.iter().enumerate() {
        if position > 0 {
            writeln!(out)?;
        }
        entry_text::write(record, &shown.as_of, lang, out)?;
    }
    Ok(())
}
