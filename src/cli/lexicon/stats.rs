//! `hegao lexicon stats`: how many entries of each kind there are, and where they come from.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use serde::Serialize;

use crate::{
    cli::{
        Outcome,
        args::{AsOfArgs, DataFormat, LexiconStatsArgs},
        faults::Faults,
        locale::Language,
        output::{Content, Output},
        place::from_here,
    },
    lang::Lang,
    lexicon::{
        EntryKind, Lexicon,
        packs::{Pack, PackAbout},
    },
};

#[derive(Serialize)]
struct Stats {
    entries: usize,
    forms: usize,
    kinds: BTreeMap<&'static str, usize>,
    files: Vec<FileStats>,
    packs: Vec<PackAbout>,
}

#[derive(Serialize)]
struct FileStats {
    path: String,
    pack: Option<&'static str>,
    entries: usize,
}

/// Prints the counts.
pub(super) fn run(args: &LexiconStatsArgs, language: Language) -> Outcome {
    let loaded = super::load(&args.project, &AsOfArgs::default(), language);
    let lang = language.of(&loaded.project);
    let mut faults = Faults::new(lang);
    faults.of_problems(loaded.project.problems());
    let stats = Stats::of(loaded.project.lexicon(), &loaded.project.config().lexicon.packs);
    let mut output = Output::stdout(Content::ForPrograms);
    output.write(&mut faults, |out| match args.format {
        DataFormat::Text => stats.write_text(lang, out),
        DataFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &stats)?;
            out.write_all(b"\n")
        }
    });
    faults.outcome()
}

impl Stats {
    fn of(lexicon: &Lexicon, packs: &[&Pack]) -> Self {
        let mut kinds = BTreeMap::new();
        let mut by_file = vec![0; lexicon.files().len()];
        let mut entries = 0;
        for (_, entry) in lexicon.entries() {
            entries += 1;
            *kinds.entry(entry.kind().name()).or_default() += 1;
            let held_by = lexicon.files().iter().position(|file| std::ptr::eq(file, lexicon.file(entry.file)));
            if let Some(count) = held_by.and_then(|position| by_file.get_mut(position)) {
                *count += 1;
            }
        }
        let files = lexicon.files().iter().zip(by_file);
        let files =
            files.map(|(file, entries)| FileStats { path: from_here(&file.path), pack: file.pack, entries }).collect();
        let packs = packs.iter().filter_map(|pack| pack.describe()).collect();
        Self { entries, forms: lexicon.forms().len(), kinds, files, packs }
    }

    fn write_text(&self, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        let (entries, forms) = (self.entries, self.forms);
        match lang {
            Lang::Zh => writeln!(out, "词条 {entries} 个，写法 {forms} 种")?,
            Lang::En => writeln!(out, "{entries} entries with {forms} surface forms")?,
        }
        for kind in EntryKind::ALL {
            if let Some(count) = self.kinds.get(kind.name()) {
                writeln!(out, "{count:8}  {}", kind.in_words(lang))?;
            }
        }
        writeln!(out)?;
        for file in &self.files {
            let pack = match (lang, file.pack) {
                (_, None) => "",
                (Lang::Zh, Some(_)) => "（内置）",
                (Lang::En, Some(_)) => " (built in)",
            };
            writeln!(out, "{:8}  {}{pack}", file.entries, file.path)?;
        }
        for pack in &self.packs {
            writeln!(out, "\n{}　{}", pack.name, pack.title.get(lang))?;
            match lang {
                Lang::Zh => {
                    writeln!(out, "  数据截至 {}，许可 {}，来源：{}", pack.data_date, pack.licence, pack.source)?
                }
                Lang::En => {
                    writeln!(out, "  as of {}, licence {}, source: {}", pack.data_date, pack.licence, pack.source)?
                }
            }
            writeln!(out, "  {}", pack.note.get(lang))?;
        }
        Ok(())
    }
}
