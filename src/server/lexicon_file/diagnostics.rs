//! Diagnostics of lexicon files and hegao.toml: what could not be read, and for files that are open in
//! the editor also what is doubtful or missing.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    sync::Arc,
};

use tower_lsp::ls_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Position, Range, Uri,
};

use crate::{
    lang::{Lang, Message},
    lexicon::Problem,
    server::{
        diagnostics::{CAP, left_out, note},
        projects::Loaded,
        publisher::Event,
        to_proto,
        world::{Document, World},
    },
    text::{Buffer, Span},
};

/// The problems of all projects by file, as their editors name it. A file without any is not in it.
pub(in crate::server) fn of_projects(world: &World, loaded: &[Arc<Loaded>]) -> HashMap<Uri, Vec<Diagnostic>> {
    let open = open_files(world);
    let mut by_file: HashMap<Uri, Vec<Diagnostic>> = HashMap::new();
    for loaded in loaded {
        for (path, problems) in problems_by_path(loaded, &open) {
            let Some(uri) = open.get(&path).cloned().or_else(|| to_proto::uri(&path)) else { continue };
            let known = by_file.entry(uri).or_default();
            // The same file in two projects has mostly the same problems.
            let seen = known.clone();
            let new = of_file(world, loaded, &path, &problems).into_iter();
            known.extend(new.filter(|diagnostic| !seen.contains(diagnostic)));
        }
    }
    by_file
}

/// Loads the project of an open lexicon file with the text that it has now.
pub(in crate::server) fn take_over(world: &World, document: &Document) {
    let loaded = world.project(document);
    let Some(path) = document.path.as_ref().filter(|_| document.is_lexicon_file() && !document.is_behind) else {
        return;
    };
    let known = loaded.problem_buffer(path).map(|buffer| buffer.text());
    if known.is_some_and(|known| known != document.buffer.text()) {
        world.projects.files_changed(std::slice::from_ref(path));
        world.project(document);
        world.tell(Event::FilesChanged);
    }
}

/// The lexicon files that are open, by path.
fn open_files(world: &World) -> HashMap<PathBuf, Uri> {
    let state = world.state();
    let files = state.documents.values().filter(|document| document.is_lexicon_file());
    files.filter_map(|document| Some((document.path.clone()?, document.uri.clone()))).collect()
}

fn problems_by_path<'l>(loaded: &'l Loaded, open: &HashMap<PathBuf, Uri>) -> BTreeMap<PathBuf, Vec<&'l Problem>> {
    let mut by_path: BTreeMap<PathBuf, Vec<&Problem>> = BTreeMap::new();
    for problem in &loaded.problems {
        by_path.entry(problem.path.clone()).or_default().push(problem);
    }
    // Only for files that somebody is at work on: what is doubtful elsewhere would drown what is wrong.
    let is_shown = |path: &Path| open.contains_key(path) && !loaded.superseded.contains_key(path);
    if open.keys().any(|path| loaded.file(path).is_some()) {
        for problem in loaded.audited().iter().filter(|problem| is_shown(&problem.path)) {
            by_path.entry(problem.path.clone()).or_default().push(problem);
        }
    }
    by_path.values_mut().for_each(|problems| problems.sort_by_key(|problem| (problem.span, problem.code)));
    by_path
}

fn of_file(world: &World, loaded: &Loaded, path: &Path, problems: &[&Problem]) -> Vec<Diagnostic> {
    let lang = loaded.project.lang(world.lang());
    let buffer = loaded.problem_buffer(path);
    let shown = if problems.len() > CAP { CAP - 1 } else { problems.len() };
    let mut diagnostics: Vec<_> = problems[..shown]
        .iter()
        .map(|problem| of_problem(world, loaded, problem, range(world, buffer.as_ref(), problem), lang))
        .collect();
    if shown < problems.len() {
        diagnostics.push(note(
            range(world, buffer.as_ref(), problems[shown]),
            DiagnosticSeverity::INFORMATION,
            left_out(problems.len() - shown).get(lang),
        ));
    }
    if loaded.superseded.contains_key(path) {
        let start = Range::new(Position::new(0, 0), Position::new(0, 0));
        diagnostics.push(note(start, DiagnosticSeverity::INFORMATION, superseded().get(lang)));
    }
    diagnostics
}

/// What is said of a broken file of which an earlier version is in force.
pub(in crate::server) fn superseded() -> Message {
    Message::new(
        "此文件有误，改正之前仍按上一个无误的版本核对",
        "this file is broken; until it is mended, its last sound version stays in force",
    )
}

/// The diagnostic of a problem.
fn of_problem(world: &World, loaded: &Loaded, problem: &Problem, range: Range, lang: Lang) -> Diagnostic {
    let related = world.traits().related_information.then(|| {
        let related = problem.related.iter().filter_map(|related| {
            let buffer = loaded.problem_buffer(&related.path)?;
            let line = buffer.position(related.at, world.traits().encoding).line as usize;
            let range = to_proto::range(&buffer, buffer.line_span(line), world.traits().encoding);
            let location = Location { uri: to_proto::uri(&related.path)?, range };
            Some(DiagnosticRelatedInformation { location, message: related.text.clone() })
        });
        related.collect::<Vec<_>>()
    });
    Diagnostic {
        code: Some(NumberOrString::String(problem.code.code().to_owned())),
        related_information: related.filter(|related| !related.is_empty()),
        ..note(range, to_proto::severity(problem.severity), problem.message.get(lang))
    }
}

fn range(world: &World, buffer: Option<&Buffer>, problem: &Problem) -> Range {
    let Some(buffer) = buffer else {
        let line = u32::try_from(problem.line.saturating_sub(1)).unwrap_or_default();
        return Range::new(Position::new(line, 0), Position::new(line, 0));
    };
    let encoding = world.traits().encoding;
    // A whole table is too much to underline: its first line stands for it.
    let line = buffer.position(problem.span.start, encoding).line as usize;
    let end = problem.span.end.min(buffer.line_span(line).end).max(problem.span.start);
    let is_long = buffer.position(problem.span.end, encoding).line as usize > line + 2;
    to_proto::range(buffer, if is_long { Span::new(problem.span.start, end) } else { problem.span }, encoding)
}

/// Every problem of an open file that touches `span`, with its diagnostic.
pub(in crate::server) fn touching(
    world: &World,
    loaded: &Loaded,
    path: &Path,
    span: Span,
) -> Vec<(Problem, Diagnostic)> {
    let lang = loaded.project.lang(world.lang());
    let buffer = loaded.problem_buffer(path);
    let audited = if loaded.superseded.contains_key(path) { &[] } else { loaded.audited() };
    let all = loaded.problems.iter().chain(audited);
    let here = all.filter(|problem| problem.path == path && problem.span.touches(span));
    here.map(|problem| {
        let range = range(world, buffer.as_ref(), problem);
        (problem.clone(), of_problem(world, loaded, problem, range, lang))
    })
    .collect()
}
