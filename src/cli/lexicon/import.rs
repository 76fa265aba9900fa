//! `hegao lexicon import`: data of other programs, merged into a lexicon file.
//!
//! What is read as what and what the merge would do is printed before anything is written. Entries that
//! cannot be read are faults; all others are merged. In a conflict the file keeps what it says.

use std::path::Path;

use super::plan_text;
use crate::{
    check::{Project, ProjectOptions},
    cli::{
        Outcome,
        args::{ImportSource, LexiconImportArgs},
        faults::{Faults, io_message},
        locale::Language,
        output::{Content, Output},
        place::as_given,
        projects::resolved,
    },
    config::Config,
    lang::Message,
    lexicon::{
        import::{self, At, DivisionFiles, ImportError, ImportFormat, ImportOptions, Imported},
        write::{self, Elsewhere, MergePlan, ReplaceError, Target, TargetError, Written},
    },
};

/// Imports, shows, and unless it is a dry run writes.
pub(super) fn run(args: &LexiconImportArgs, language: Language) -> Outcome {
    let project = project_of(args, language);
    let mut faults = Faults::new(language.of(&project));
    match import_into(args, &project, &mut faults, language) {
        Some(conflicts) if conflicts > 0 => Outcome::Findings.max(faults.outcome()),
        _ => faults.outcome(),
    }
}

/// The project that the output file belongs to; its lexicon tells which ids are taken and which names are known.
fn project_of(args: &LexiconImportArgs, language: Language) -> Project {
    let config = args.project.config.as_deref().map(resolved);
    let lexicons = args.project.lexicons.clone();
    let found = || Config::discover(resolved(&args.output).parent()?);
    let options =
        ProjectOptions { config: config.clone(), lexicons, lang: language.option, ..ProjectOptions::default() };
    Project::load(config.or_else(found), options)
}

/// The number of conflicts; `None` if nothing could be imported, which is said.
fn import_into(args: &LexiconImportArgs, project: &Project, faults: &mut Faults, language: Language) -> Option<usize> {
    let source = read(args, project, faults)?;
    say_problems_elsewhere(args, project, faults);
    let target = Target::open(&args.output).map_err(|error| say_target_error(&error, faults)).ok()?;
    let lexicon = project.lexicon();
    let plan = MergePlan::new(target.entries(), source.imported.entries.clone(), &Elsewhere::of(lexicon, &args.output));
    let written = match source.table.filter(|_| target.is_new() && target.is_csv()) {
        // A table of divisions is written as its importer lays it out, so that anyone can rebuild the pack.
        Some(table) => Written { old: None, new: table },
        None => target.merged(&plan).map_err(|error| say_target_error(&error, faults)).ok()?,
    };
    let name = as_given(&args.file);
    let mut output = Output::stdout(Content::ForPeople);
    let lang = language.of(project);
    output.write(faults, |out| plan_text::write(&source.imported, &plan, &name, lang, out));
    for fault in &source.imported.faults {
        say_fault(&name, &fault.at, &fault.message, faults);
    }
    let done = if args.dry_run || plan.is_empty() {
        Ok(())
    } else {
        write::replace(&args.output, written.old.as_deref(), &written.new)
    };
    match done {
        Ok(()) => output.write(faults, |out| writeln!(out, "{}", outcome(args, &plan).get(lang))),
        Err(ReplaceError::Io { path, error }) => faults.of_file(&as_given(&path), None, &io_message(&path, &error)),
        Err(error) => faults.general(&error.message()),
    }
    Some(plan.conflicts())
}

/// Faults in other files of the lexicon do not stand in the way, but names in them are not found.
fn say_problems_elsewhere(args: &LexiconImportArgs, project: &Project, faults: &Faults) {
    let output = resolved(&args.output);
    let elsewhere = project.problems().iter().filter(|problem| resolved(&problem.path) != output).count();
    if elsewhere > 0 {
        faults.note(&Message::new(
            format!("词库的其他文件有 {elsewhere} 处问题，其中的词条无法按名称查到；见 hegao lexicon check"),
            format!("problems in other files of the lexicon: {elsewhere}; names in them are not found. See hegao lexicon check"),
        ));
    }
}

fn outcome(args: &LexiconImportArgs, plan: &MergePlan) -> Message {
    let path = as_given(&args.output);
    match (plan.is_empty(), args.dry_run) {
        (true, _) => Message::new(format!("{path} 无须改动"), format!("{path} needs no change")),
        (false, true) => Message::new(format!("试运行：{path} 未写入"), format!("dry run: {path} was not written")),
        (false, false) => Message::new(format!("已写入 {path}"), format!("{path} was written")),
    }
}

struct Source {
    imported: Imported,
    /// The CSV file that the importer of divisions makes.
    table: Option<String>,
}

fn read(args: &LexiconImportArgs, project: &Project, faults: &mut Faults) -> Option<Source> {
    let format = match args.format {
        ImportSource::Csv => ImportFormat::Csv,
        ImportSource::Xlsx => ImportFormat::Xlsx,
        ImportSource::Wikidata => ImportFormat::Wikidata,
        ImportSource::Ftm => ImportFormat::Ftm,
        ImportSource::Popolo => ImportFormat::Popolo,
        ImportSource::Tbx => ImportFormat::Tbx,
        ImportSource::Skos => ImportFormat::Skos,
        ImportSource::Areacodes => return read_divisions(args, faults),
    };
    let options = ImportOptions {
        kind: args.kind,
        columns: args.columns.clone(),
        sheet: args.sheet.clone(),
        lexicon: Some(project.lexicon()),
    };
    let imported =
        import::import(format, &args.file, &options).map_err(|error| say_import_error(&error, faults)).ok()?;
    Some(Source { imported, table: None })
}

fn read_divisions(args: &LexiconImportArgs, faults: &mut Faults) -> Option<Source> {
    let beside = |name: &str| args.file.with_file_name(name);
    let after = args.after.clone().or_else(|| Some(beside("after-2024.csv")).filter(|path| path.exists()));
    let files = DivisionFiles { result: args.file.clone(), codes: beside("codes.json"), after };
    let (imported, table) = import::divisions(&files).map_err(|error| say_import_error(&error, faults)).ok()?;
    Some(Source { imported, table: Some(table) })
}

fn say_import_error(error: &ImportError, faults: &mut Faults) {
    match error {
        ImportError::Unreadable { path, error } => faults.of_file(&as_given(path), None, &io_message(path, error)),
        ImportError::Malformed { path, at, message } => say_fault(&as_given(path), at, message, faults),
    }
}

fn say_fault(path: &str, at: &At, message: &Message, faults: &mut Faults) {
    match at {
        At::File => faults.of_file(path, None, message),
        At::Line(line) | At::Row(line) => faults.of_file(path, Some(*line), message),
        At::Record(record) => {
            let (zh, en) = (format!("{record}：{}", message.zh), format!("{record}: {}", message.en));
            faults.of_file(path, None, &Message::new(zh, en));
        }
    }
}

fn say_target_error(error: &TargetError, faults: &mut Faults) {
    match error {
        TargetError::Unreadable { path, error } => {
            let path: &Path = path;
            faults.of_file(&as_given(path), None, &io_message(path, error));
        }
        TargetError::Faulty(problems) => {
            faults.of_problems(problems);
            faults.general(&error.message());
        }
        TargetError::NotMergeable { .. } => faults.general(&error.message()),
    }
}
