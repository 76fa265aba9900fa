//! Whether a sentence tells of an earlier time than the draft's own: a fact is as of the event, a draft as
//! of its date.

use super::context::Context;
use crate::{
    analysis::{Mention, clause::sentence_around},
    lexicon::ValidTime,
    text::Span,
};

/// How far a sentence is looked at on either side, in bytes.
const LONGEST_SENTENCE: usize = 900;

/// Whether the sentence tells of an earlier time: a year before the as-of date, or words of history.
pub(super) fn is_told_of_the_past(context: &Context<'_>, mention: &Mention) -> bool {
    let text = context.draft.blocks[mention.block].content.text.as_str();
    let ends = ['。', '！', '？', '\n'];
    let from = text.floor_char_boundary(mention.content.start.saturating_sub(LONGEST_SENTENCE));
    let to = text.ceil_char_boundary((mention.content.end + LONGEST_SENTENCE).min(text.len()));
    let start = text[from..mention.content.start].rfind(ends).map_or(from, |at| text.ceil_char_boundary(from + at + 1));
    let end = text[mention.content.end..to].find(ends).map_or(to, |at| mention.content.end + at);
    let sentence = &text[start..end];
    let this_year = i32::from(context.as_of.earliest().year());
    let earlier = years(sentence).any(|year| year < this_year);
    earlier
        || ["时称", "时属", "时任", "原属", "原称", "旧称", "原名", "曾属", "当时", "那时", "解放前", "新中国成立"]
            .iter()
            .any(|word| sentence.contains(word))
}

/// Whether the sentence names a year in which something of this time held: 2019年，三亚市市长阿东… is right of
/// its year.
pub(super) fn is_told_in_its_time(context: &Context<'_>, mention: &Mention, time: &ValidTime) -> bool {
    other_years(context, mention.block, mention.content).any(|year| holds_in(time, year))
}

/// Whether the sentence names years, and in none of them this time held: then its facts are of a time of
/// which this says nothing.
pub(super) fn is_told_of_other_time(context: &Context<'_>, block: usize, content: Span, time: &ValidTime) -> bool {
    let mut years = other_years(context, block, content).peekable();
    years.peek().is_some() && !years.any(|year| holds_in(time, year))
}

/// The years in the sentence around a span that are not the as-of date's.
fn other_years<'a>(context: &Context<'a>, block: usize, content: Span) -> impl Iterator<Item = i32> + use<'a> {
    let text = context.draft.blocks[block].content.text.as_str();
    let this_year = i32::from(context.as_of.earliest().year());
    years(sentence_around(text, content).slice(text)).filter(move |year| *year != this_year)
}

fn holds_in(time: &ValidTime, year: i32) -> bool {
    let begun = time.start.is_none_or(|start| i32::from(start.earliest().year()) <= year);
    let ended = time.end.is_some_and(|end| i32::from(end.latest().year()) < year);
    begun && !ended
}

/// As [`is_told_of_the_past`], for the whole paragraph: a story names its year once.
pub(super) fn paragraph_tells_of_the_past(context: &Context<'_>, mention: &Mention) -> bool {
    let text = context.draft.blocks[mention.block].content.text.as_str();
    let from = text.floor_char_boundary(mention.content.start.saturating_sub(2 * LONGEST_SENTENCE));
    let to = text.ceil_char_boundary((mention.content.end + 2 * LONGEST_SENTENCE).min(text.len()));
    let this_year = i32::from(context.as_of.earliest().year());
    let words = [
        "年间",
        "世纪",
        "明代",
        "清代",
        "民国",
        "解放前",
        "抗战",
        "抗日",
        "红军",
        "八路军",
        "战争",
        "籍",
        "出生",
        "老家",
    ];
    is_told_of_the_past(context, mention)
        || years(&text[from..to]).any(|year| year < this_year)
        || words.iter().any(|word| text[from..to].contains(word))
        || text[from..to].match_indices("当年").any(|(at, word)| !is_this_year(&text[from + at + word.len()..]))
}

/// Whether 当年 before these words means the year of the draft: 当年开工、当年投产.
fn is_this_year(after: &str) -> bool {
    ["就", "即", "开工", "建成", "投产", "完成", "见效", "达产", "实现"].iter().any(|word| after.starts_with(word))
}

/// Years printed with four digits before 年.
fn years(sentence: &str) -> impl Iterator<Item = i32> {
    sentence.match_indices('年').filter_map(|(at, _)| {
        let from = sentence[..at].char_indices().rev().nth(3)?.0;
        let digits: String = sentence[from..at]
            .chars()
            .map(|c| if ('０'..='９').contains(&c) { char::from(b'0' + (c as u32 - '０' as u32) as u8) } else { c })
            .collect();
        digits.parse().ok().filter(|year| (1000..=2999).contains(year))
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn years_in_both_widths() {
        let check = |sentence: &str, expected: &[i32]| {
            assert_eq!(super::years(sentence).collect::<Vec<_>>(), expected, "{sentence}")
        };
        check("1994年9月", &[1994]);
        check("１９９４年", &[1994]);
        check("三年后", &[]);
        check("公元221年", &[]);
        check("2022年前、1985年后", &[2022, 1985]);
    }
}
