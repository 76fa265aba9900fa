//! Slips in marks, dates, repeated clauses and gaps.

use hegao::text::Span;

use super::seed::{Seed, body, is_han, paragraph};

/// Marks left out, and quotation marks turned the wrong way.
pub fn marks(text: &str) -> Vec<Seed> {
    let from = body(text);
    let mut seeds = Vec::new();
    for (at, c) in text[from..].char_indices().map(|(at, c)| (from + at, c)) {
        let mark = Span::new(at, at + c.len_utf8());
        let mut seed = |kind, wrong| {
            seeds.push(Seed { in_paragraph: true, ..Seed::new(kind, &["F101"], mark, wrong) });
        };
        if !"“”《》（）".contains(c) || spans_paragraphs(text, at) {
            continue;
        }
        seed("lost-mark", "");
        match c {
            '“' => seed("turned-mark", "”"),
            '”' => seed("turned-mark", "“"),
            _ => {}
        }
    }
    seeds
}

/// Whether the next paragraph begins with a quotation mark: then one may run over both.
fn spans_paragraphs(text: &str, at: usize) -> bool {
    text[paragraph(text, at).end..].trim_start().starts_with('“')
}

/// Wrong weekdays, and days that no month has.
pub fn dates(text: &str) -> Vec<Seed> {
    const WEEKDAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    let mut seeds = Vec::new();
    for (at, words) in text.match_indices("（星期") {
        let start = at + words.len();
        let Some(day) = WEEKDAYS.iter().find(|day| text[start..].starts_with(**day)) else { continue };
        let wrong = WEEKDAYS.iter().filter(|other| *other != day);
        let at = Span::new(start, start + day.len());
        seeds.extend(wrong.map(|wrong| Seed::new("wrong-weekday", &["F102"], at, *wrong)));
    }
    for (at, _) in text.match_indices('月') {
        let start = at + '月'.len_utf8();
        let digits = text[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or_default();
        if digits > 0 && text[start + digits..].starts_with('日') && text[..at].ends_with(|c: char| c.is_ascii_digit())
        {
            let day = Span::new(start, start + digits);
            seeds.extend(["0", "32"].map(|wrong| Seed::new("impossible-day", &["F102"], day, wrong)));
        }
    }
    seeds
}

/// Clauses of eight Chinese characters or more pasted twice, outside quotation marks.
pub fn repeated_clauses(text: &str) -> Vec<Seed> {
    let from = body(text);
    let mut seeds = Vec::new();
    let mut start = from;
    for (at, mark) in text[from..].match_indices(['，', '。', '；', '、', '：', '\n', '！', '？']) {
        let end = from + at + mark.len();
        let clause = &text[start..end];
        let words = &clause[..clause.len() - mark.len()];
        let before = &text[paragraph(text, start).start..start];
        let quoted = before.matches('“').count() != before.matches('”').count();
        let plain = words.chars().all(char::is_alphanumeric) && words.chars().filter(|c| is_han(*c)).count() > 7;
        if matches!(mark, "，" | "。") && plain && !quoted {
            let twice = format!("{words}，{clause}");
            seeds.push(Seed::new("repeated-clause", &["F103"], Span::new(start, end), twice));
        }
        start = end;
    }
    seeds
}

/// Numbers with a measure word that were left to be filled in.
pub fn gaps(text: &str) -> Vec<Seed> {
    let from = body(text);
    let mut seeds = Vec::new();
    let mut at = from;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|found| at + found) {
        let length = text[start..].find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or_default();
        at = start + length.max(1);
        let (before, after) = (text[..start].chars().next_back(), text[at..].chars().next());
        let counts = after.is_some_and(|c| is_han(c) || c == '%') && !before.is_some_and(|c| c.is_ascii_alphanumeric());
        // Parts of dates and names of lines are no quantities.
        let is_name = text[at..].starts_with(['年', '月', '日', '时', '路', '期', '页', '室'])
            || before.is_some_and(|c| "第月日时附至—.".contains(c));
        if counts && !is_name {
            let number = Span::new(start, at);
            seeds.extend(["XX", "××"].map(|gap| Seed::new("placeholder", &["F104"], number, gap)));
        }
    }
    seeds
}
