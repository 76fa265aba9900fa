//! Quotation marks.

use super::mark::{Mark, MarkReading};
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

/// The insides of the quotations of a text, the inner ones among them, in order of place; bytes.
pub fn quotations(reading: &MarkReading) -> Vec<Span> {
    let straight = reading.straight.chunks_exact(2).map(|pair| (pair[0], pair[1]));
    let curved = reading.paired.iter().copied().filter(|(open, _)| matches!(open.sign, '“' | '‘' | '「' | '『'));
    let mut found: Vec<Span> = curved.chain(straight).map(inside).collect();
    found.sort_unstable();
    found
}

/// The insides of the outermost 《…》 of a text, in order of place; bytes. An inner title may stand in 〈〉 or in 《》.
pub fn titles(reading: &MarkReading) -> Vec<Span> {
    let titles = reading.paired.iter().copied().filter(|(open, _)| open.sign == '《').map(inside);
    let mut found: Vec<Span> = titles.collect();
    found.sort_unstable();
    let mut end = 0;
    found.retain(|title| {
        let is_outer = title.start >= end;
        end = end.max(title.end);
        is_outer
    });
    found
}

fn inside((open, close): (Mark, Mark)) -> Span {
    Span::new(open.span.end, close.span.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::mark;

    #[test]
    fn quotations_and_titles() {
        let check = |text: &str, quoted: &[&str], titled: &[&str]| {
            let words = |spans: Vec<Span>| spans.into_iter().map(|span| span.slice(text)).collect::<Vec<_>>();
            let reading = mark::read(text);
            let found = (words(quotations(&reading)), words(titles(&reading)));
            assert_eq!(found, (quoted.to_vec(), titled.to_vec()), "{text}");
        };
        check("“甲‘乙’”、\"丙\"、「丁", &["甲‘乙’", "乙", "丙"], &[]);
        check("《甲〈乙〉》《丙《丁》戊》", &[], &["甲〈乙〉", "丙《丁》戊"]);
        check("’98《甲", &[], &[]);
    }
}
