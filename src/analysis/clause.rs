//! Sentences and clauses of a block's text.

use crate::text::Span;

/// Marks that end a sentence, in both widths.
const SENTENCE_ENDS: [char; 6] = ['。', '！', '？', '!', '?', '\n'];

/// Further marks that end a clause, in both widths.
const CLAUSE_ENDS: [char; 8] = ['，', '；', '：', '、', ',', ';', ':', '…'];

/// How far from a span its sentence is looked at, in bytes: some 200 characters to each side.
const LONGEST_SENTENCE: usize = 600;

/// The sentence or sentences that hold `span`, without the mark they end with; bytes of `text`. Of an
/// endless sentence, the part around the span.
pub fn sentence_around(text: &str, span: Span) -> Span {
    let from = text.ceil_char_boundary(span.start.saturating_sub(LONGEST_SENTENCE));
    let to = text.floor_char_boundary((span.end + LONGEST_SENTENCE).min(text.len()));
    let (head, tail) = (&text[from..span.start], &text[span.end..to]);
    let start = head.rfind(SENTENCE_ENDS).map_or(from, |at| text.ceil_char_boundary(from + at + 1));
    let end = tail.find(SENTENCE_ENDS).map_or(to, |at| span.end + at);
    Span::new(start, end)
}

/// Whether a mark ends a clause or a sentence.
pub fn ends_clause(mark: char) -> bool {
    !matches!(mark, '\u{4E00}'..='\u{9FFF}') && (SENTENCE_ENDS.contains(&mark) || CLAUSE_ENDS.contains(&mark))
}

/// The clauses of `text` in order, without the marks and spaces around them; bytes. Brackets and
/// quotation marks are part of a clause.
pub fn clauses(text: &str) -> impl Iterator<Item = Span> {
    text.split(ends_clause).filter_map(|piece| {
        let clause = piece.trim();
        let start = clause.as_ptr() as usize - text.as_ptr() as usize;
        (!clause.is_empty()).then(|| Span::new(start, start + clause.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_full_stops_only() {
        let check = |text: &str, word: &str, expected: &str| {
            let start = text.find(word).unwrap();
            assert_eq!(sentence_around(text, Span::new(start, start + word.len())).slice(text), expected, "{text}");
        };
        check("开工了。省里、市里，都来了！好", "市里", "省里、市里，都来了");
        check("开工了", "开工", "开工了");
        check("好。开工了", "开工", "开工了");
    }

    #[test]
    fn clauses_leave_out_marks_and_spaces() {
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(clauses(text).map(|clause| clause.slice(text)).collect::<Vec<_>>(), expected, "{text}");
        };
        check("抓项目、促投资，保 民生。", &["抓项目", "促投资", "保 民生"]);
        check("他说：“好！” 走了……", &["他说", "“好", "” 走了"]);
        check("", &[]);
    }
}
