//! `hegao lexicon export`: the project's own entries for other programs.

use crate::{
    cli::{
        Outcome,
        args::{AsOfArgs, ExportTarget, LexiconExportArgs},
        faults::Faults,
        locale::Language,
        output::{Content, Output},
    },
    lang::Message,
    lexicon::{
        export::{self, ExportFormat},
        write::EntryFields,
    },
};

/// Writes the export, and says on standard error what the format cannot carry.
pub(super) fn run(args: &LexiconExportArgs, language: Language) -> Outcome {
    let loaded = super::load(&args.project, &AsOfArgs::default(), language);
    let (project, lexicon) = (&loaded.project, loaded.project.lexicon());
    let mut faults = Faults::new(language.of(project));
    faults.of_problems(project.problems());
    let entries = match args.with_packs {
        true => lexicon.entries().map(|(_, entry)| EntryFields::of(entry)).collect(),
        false => export::own_entries(lexicon),
    };
    let exported = export::export(&entries, format(args.format), Some(lexicon));
    let Some(mut output) = Output::open(args.output.as_deref(), Content::ForPrograms, &mut faults) else {
        return faults.outcome();
    };
    output.write(&mut faults, |out| out.write_all(exported.text.as_bytes()));
    exported.losses.iter().for_each(|loss| faults.note(&loss.message()));
    let (count, all) = (exported.entries, entries.len());
    faults.note(&Message::new(
        format!("已导出 {count} 条，共 {all} 条"),
        format!("{count} of {all} entries were exported"),
    ));
    faults.outcome()
}

fn format(target: ExportTarget) -> ExportFormat {
    match target {
        ExportTarget::Csv => ExportFormat::Csv,
        ExportTarget::Toml => ExportFormat::Toml,
        ExportTarget::Popolo => ExportFormat::Popolo,
        ExportTarget::Tbx => ExportFormat::Tbx,
        ExportTarget::Skos => ExportFormat::Skos,
        ExportTarget::Prh => ExportFormat::Prh,
    }
}
