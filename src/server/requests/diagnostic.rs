//! `textDocument/diagnostic` and `workspace/diagnostic`: findings for a client that asks for them.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use tower_lsp::ls_types::{
    Diagnostic, DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
    Uri, WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};

use crate::server::{
    answer::Stop,
    diagnostics, from_proto, lexicon_file, scan,
    world::{Document, World},
};

/// The findings in one document, or that they are those of `previous`.
pub(in crate::server) fn document(world: &World, uri: &Uri, previous: Option<&str>) -> DocumentDiagnosticReportResult {
    let items = of_document(world, uri);
    let id = result_id(&items);
    let report = if previous == Some(id.as_str()) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: id },
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(id), items },
        })
    };
    report.into()
}

/// An open draft, a draft on disk, or a file of a project.
fn of_document(world: &World, uri: &Uri) -> Vec<Diagnostic> {
    let open = world.document(uri);
    if let Some(checked) = open.as_ref().and_then(|document| world.checked(document)) {
        return diagnostics::of_draft(world, &checked);
    }
    if let Some(document) = &open {
        // The project may not be loaded yet, or not with what was just typed.
        lexicon_file::diagnostics::take_over(world, document);
    }
    let path = from_proto::path(uri);
    if let Some(draft) = path.filter(|_| open.is_none()).and_then(|path| scan::of_file(world, &path)) {
        return draft.diagnostics.clone();
    }
    lexicon_file::diagnostics::of_projects(world, &world.projects.loaded()).remove(uri).unwrap_or_default()
}

/// Calls `each` with the report of every draft and every faulty file of the workspace, in order of
/// their names. Files that had a report in `previous` and are gone get an empty one.
pub(in crate::server) fn workspace(
    world: &World,
    mut previous: HashMap<Uri, String>,
    stop: &Stop,
    each: &mut dyn FnMut(WorkspaceDocumentDiagnosticReport),
) {
    let open: Vec<Arc<Document>> = {
        let state = world.state();
        state.documents.values().filter(|document| document.format.is_some()).cloned().map(Arc::new).collect()
    };
    for document in &open {
        if stop.is_set() {
            return;
        }
        let Some(checked) = world.checked(document) else { continue };
        let items = diagnostics::of_draft(world, &checked);
        let before = previous.remove(&document.uri);
        each(report(document.uri.clone(), Some(document.version), items, before));
    }
    for path in scan::files(world, stop) {
        if stop.is_set() {
            return;
        }
        if open.iter().any(|document| document.path.as_deref() == Some(&path)) {
            continue;
        }
        let Some(draft) = scan::of_file(world, &path) else { continue };
        let before = previous.remove(&draft.uri);
        each(report(draft.uri.clone(), None, draft.diagnostics.clone(), before));
    }
    for (uri, items) in lexicon_file::diagnostics::of_projects(world, &world.projects.loaded()) {
        let before = previous.remove(&uri);
        let version = world.document(&uri).map(|document| document.version);
        each(report(uri, version, items, before));
    }
    for (uri, before) in previous {
        if before != result_id(&[]) {
            each(report(uri, None, Vec::new(), None));
        }
    }
}

fn report(
    uri: Uri,
    version: Option<i32>,
    items: Vec<Diagnostic>,
    previous: Option<String>,
) -> WorkspaceDocumentDiagnosticReport {
    let version = version.map(i64::from);
    let id = result_id(&items);
    if previous.as_deref() == Some(&id) {
        return WorkspaceUnchangedDocumentDiagnosticReport {
            uri,
            version,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: id },
        }
        .into();
    }
    let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: Some(id), items };
    WorkspaceFullDocumentDiagnosticReport { uri, version, full_document_diagnostic_report }.into()
}

/// A name for a list of findings: equal lists have the same one.
fn result_id(items: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    // What cannot be serialized cannot be sent either.
    serde_json::to_string(items).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
