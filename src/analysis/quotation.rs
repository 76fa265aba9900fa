//! Quotation marks of a block.

use crate::text::Span;

/// The insides of “…”, 「…」 and "…", in order of place, inner ones after the outer; bytes.
pub(super) fn quotations(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        let after = at + c.len_utf8();
        match c {
            '“' | '「' | '『' | '‘' => open.push((c, after)),
            '”' | '」' | '』' | '’' => {
                let opener = match c {
                    '”' => '“',
                    '」' => '「',
                    '』' => '『',
                    _ => '‘',
                };
                if let Some(position) = open.iter().rposition(|(mark, _)| *mark == opener) {
                    found.push(Span::new(open[position].1, at));
                    open.truncate(position);
                }
            }
            '"' => match open.iter().rposition(|(mark, _)| *mark == '"') {
                Some(position) => {
                    found.push(Span::new(open[position].1, at));
                    open.truncate(position);
                }
                None => open.push((c, after)),
            },
            _ => {}
        }
    }
    found.sort();
    found
}
