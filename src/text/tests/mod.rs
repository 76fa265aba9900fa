//! Tests of floor 0. In a draft `⟦…⟧` marks a span; the marks are taken out before it is read.

mod block;
mod directive;
mod front_matter;
mod markdown;
mod plain;
mod position;
mod properties;
mod span;
mod strip;

use super::*;

const MD: DraftFormat = DraftFormat::Markdown;
const TXT: DraftFormat = DraftFormat::Plain;

/// `text` with the span between the marks put into it.
fn marked(text: &str, span: Span) -> String {
    format!("{}⟦{}⟧{}", &text[..span.start], span.slice(text), &text[span.end..])
}

/// The blocks as `Kind text`, with [`OBJECT`] as `□` and a forced break as `⏎`.
fn blocks(draft: &Draft) -> Vec<String> {
    let lines = draft.blocks.iter().map(|block| {
        assert_eq!(block.kind, block.content.kind);
        format!("{:?} {}", block.kind, block.content.text)
    });
    lines.map(|line| line.replace(OBJECT, "□").replace('\n', "⏎")).collect()
}

/// A draft has exactly these blocks.
fn check_blocks(format: DraftFormat, source: &str, expected: &[&str]) {
    let draft = Draft::parse(source, format);
    assert_eq!(blocks(&draft), expected, "in {source:?}");
}
