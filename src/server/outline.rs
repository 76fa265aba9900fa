//! The sections of a draft: what stands under each headline.

use crate::text::{Block, BlockKind, Draft, DraftFormat, Span};

/// A headline with all that stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section {
    /// 1 for the highest.
    pub level: u8,
    /// The headline, without markup.
    pub title: String,
    /// The headline in the draft.
    pub heading: Span,
    /// From the headline to the next one that is as high or higher.
    pub span: Span,
}

/// The sections, in source order; lower ones follow the one they lie in.
pub(super) fn sections(draft: &Draft) -> Vec<Section> {
    let headings = draft.blocks.iter().filter(|block| block.kind == BlockKind::Heading && !block.span.is_empty());
    let mut sections: Vec<Section> = headings
        .map(|block| Section {
            level: level(draft, block),
            title: block.content.text.clone(),
            heading: block.span,
            span: Span::new(line_start(draft, block.span.start), draft.text.len()),
        })
        .collect();
    for index in 0..sections.len() {
        let level = sections[index].level;
        if let Some(next) = sections[index + 1..].iter().find(|section| section.level <= level) {
            sections[index].span.end = next.span.start;
        }
    }
    sections
}

fn line_start(draft: &Draft, at: usize) -> usize {
    draft.text[..at].rfind(['\n', '\r']).map_or(0, |newline| newline + 1)
}

/// CommonMark: as many `#` as stand before the words, else 1 or 2 by the line under them.
fn level(draft: &Draft, heading: &Block) -> u8 {
    if draft.format == DraftFormat::Plain {
        return 1;
    }
    let line = &draft.text[line_start(draft, heading.span.start)..];
    let marks = line.trim_start().chars().take_while(|c| *c == '#').count();
    if marks > 0 {
        return u8::try_from(marks).unwrap_or(u8::MAX);
    }
    // The line under the words lies in the block's span or right behind it.
    let below = draft.text[heading.span.start..].lines().find(|line| line.starts_with(['=', '-']));
    if below.is_some_and(|line| line.starts_with('-')) { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(u8, &str, &str)]) {
        let draft = Draft::parse(text, DraftFormat::Markdown);
        let sections = sections(&draft);
        let found: Vec<_> = sections
            .iter()
            .map(|section| (section.level, section.title.as_str(), section.span.slice(text).trim_end()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_section_ends_at_the_next_headline_that_is_as_high() {
        check("甲\n", &[]);
        check(
            "# 一\n\n甲\n\n## 二\n\n乙\n\n# 三\n",
            &[(1, "一", "# 一\n\n甲\n\n## 二\n\n乙"), (2, "二", "## 二\n\n乙"), (1, "三", "# 三")],
        );
        check(
            "一\n==\n\n甲\n\n二\n--\n\n乙\n",
            &[(1, "一", "一\n==\n\n甲\n\n二\n--\n\n乙"), (2, "二", "二\n--\n\n乙")],
        );
    }
}
