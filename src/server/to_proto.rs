//! From hegao's types to LSP's: the only door out.

use std::{collections::HashMap, path::Path};

use tower_lsp::ls_types::{
    self as lsp, CodeActionKind, DiagnosticSeverity, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier,
    PositionEncodingKind, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use super::world::Document;
use crate::{
    rules::{Edit, Severity},
    text::{Buffer, Encoding, Position, Span},
};

/// What `source` says in every diagnostic.
pub(super) const SOURCE: &str = "hegao";

/// The kind of the code action that applies every safe fix.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.hegao");

/// A position.
pub(super) fn position(position: Position) -> lsp::Position {
    lsp::Position { line: position.line, character: position.character }
}

/// The range of a span.
pub(super) fn range(buffer: &Buffer, span: Span, encoding: Encoding) -> lsp::Range {
    let start = buffer.position(span.start, encoding);
    let end = buffer.position(span.end, encoding);
    lsp::Range { start: position(start), end: position(end) }
}

/// The name of an encoding.
pub(super) fn encoding(encoding: Encoding) -> PositionEncodingKind {
    match encoding {
        Encoding::Utf8 => PositionEncodingKind::UTF8,
        Encoding::Utf16 => PositionEncodingKind::UTF16,
        Encoding::Utf32 => PositionEncodingKind::UTF32,
    }
}

/// A severity, 1 to 4 from the gravest down.
pub(super) fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}

/// The `file:` URI of an absolute path.
pub(super) fn uri(path: &Path) -> Option<Uri> {
    path.is_absolute().then(|| Uri::from_file_path(path)).flatten()
}

/// The edits of one document, tied to its version if the client takes that.
pub(super) fn workspace_edit<'e>(
    document: &Document,
    edits: impl IntoIterator<Item = &'e Edit>,
    encoding: Encoding,
    versioned: bool,
) -> WorkspaceEdit {
    let edits = edits
        .into_iter()
        .map(|edit| TextEdit { range: range(&document.buffer, edit.span, encoding), new_text: edit.text.clone() });
    if versioned {
        let text_document =
            OptionalVersionedTextDocumentIdentifier { uri: document.uri.clone(), version: Some(document.version) };
        let edit = TextDocumentEdit { text_document, edits: edits.map(OneOf::Left).collect() };
        return WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(vec![edit])),
            ..WorkspaceEdit::default()
        };
    }
    let changes = HashMap::from([(document.uri.clone(), edits.collect())]);
    WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
}
