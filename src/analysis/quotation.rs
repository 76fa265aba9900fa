//! Quotation marks.

use crate::text::Span;

/// Whether `span` is the whole inside of a quotation: “…”, ‘…’, 「…」, 『…』 or "…".
pub fn is_quoted(text: &str, span: Span) -> bool {
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    matches!(
        (before, after),
        (Some('“'), Some('”'))
            | (Some('‘'), Some('’'))
            | (Some('「'), Some('」'))
            | (Some('『'), Some('』'))
            | (Some('"'), Some('"'))
    )
}
