//! From LSP types to hegao's: the only door in.

use std::path::PathBuf;

use tower_lsp::ls_types::{self as lsp, Uri};

use crate::text::{Buffer, DraftFormat, Encoding, Position, Span};

/// A position, in units of the encoding agreed on.
pub(super) fn position(position: lsp::Position) -> Position {
    Position { line: position.line, character: position.character }
}

/// The byte a position means.
pub(super) fn offset(buffer: &Buffer, at: lsp::Position, encoding: Encoding) -> usize {
    buffer.offset(position(at), encoding)
}

/// The bytes a range means; its ends in either order.
pub(super) fn span(buffer: &Buffer, range: lsp::Range, encoding: Encoding) -> Span {
    let (start, end) = (offset(buffer, range.start, encoding), offset(buffer, range.end, encoding));
    Span::new(start.min(end), start.max(end))
}

/// The path of a `file:` URI.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") {
        return None;
    }
    uri.to_file_path().map(|path| path.into_owned())
}

/// How a document is written, by its extension, else by the language the client says it is in.
/// `None` for what is no draft, such as a lexicon file.
pub(super) fn format(uri: &Uri, language: &str) -> Option<DraftFormat> {
    let path = PathBuf::from(uri.path().decode().to_string_lossy().into_owned());
    match DraftFormat::from_path(&path) {
        Some(format) => Some(format),
        None if path.extension().is_some_and(|extension| extension == "toml" || extension == "csv") => None,
        None => match language.to_ascii_lowercase().as_str() {
            "markdown" | "md" | "gfm" => Some(DraftFormat::Markdown),
            "plaintext" | "text" | "txt" => Some(DraftFormat::Plain),
            "html" => Some(DraftFormat::Html),
            _ => None,
        },
    }
}
