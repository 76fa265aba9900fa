//! Appointments: posts that a verb says are taken up, given up or planned, 甲当选为省长, 免去甲的厅长职务.
//!
//! They tell of a change, and prove nothing about who holds the post on a day.

use super::{
    clause,
    mention::{PrintedPost, Qualifier, Tense},
    post_reader::PostReader,
    vocabulary::VOCABULARY,
};
use crate::text::Span;

/// Words that may stand between a name and the verb.
const ADVERBS: [&str; 17] = [
    "同志", "近日", "日前", "今日", "今天", "昨日", "昨天", "当天", "已经", "已", "正式", "全票", "高票", "随后", "现",
    "也", "将",
];

/// Verbs before a name that take its posts away.
const REMOVALS: [&str; 6] = ["免去", "免去了", "撤销", "撤销了", "罢免", "罢免了"];

/// The longest run of posts looked for, in bytes.
const LONGEST_RUN: usize = 120;

/// The posts that a verb beside `name` says are taken up, given up or planned.
pub(super) fn read(reader: &PostReader<'_>, text: &str, name: Span) -> Vec<PrintedPost> {
    let (start, qualifier) = match removal(text, name).or_else(|| verb_after(text, name.end)) {
        Some(found) => found,
        None => return Vec::new(),
    };
    let mut posts = reader.read_from(text, start, run_end(text, start));
    for post in &mut posts {
        (post.qualifier, post.tense, post.after_name) = (Some(qualifier), Some(qualifier.tense), true);
    }
    posts
}

/// 免去甲的: where the posts begin, and the verb.
fn removal(text: &str, name: Span) -> Option<(usize, Qualifier)> {
    let head = &text[..name.start];
    let verb = REMOVALS.iter().find(|verb| head.ends_with(**verb))?;
    let tail = &text[name.end..];
    let rest = tail.strip_prefix("同志").unwrap_or(tail);
    let rest = rest.strip_prefix('的').unwrap_or(rest);
    let content = Span::new(head.len() - verb.len(), head.len());
    Some((text.len() - rest.len(), Qualifier { content, tense: Tense::Left }))
}

/// 甲近日当选为: where the posts begin, and the verb.
fn verb_after(text: &str, name_end: usize) -> Option<(usize, Qualifier)> {
    let mut at = name_end;
    while let Some(adverb) = ADVERBS.iter().find(|adverb| text[at..].starts_with(**adverb)) {
        at += adverb.len();
    }
    let (length, tense) = VOCABULARY.changes.beginning(&text[at..])?;
    let end = at + length;
    Some((end, Qualifier { content: Span::new(at, end), tense }))
}

/// The end of the text that a run of posts from `start` can cover.
fn run_end(text: &str, start: usize) -> usize {
    let limit = text.floor_char_boundary((start + LONGEST_RUN).min(text.len()));
    let length = text[start..limit].find(|c| c != '、' && clause::ends_clause(c)).unwrap_or(limit - start);
    start + length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Lexicon, LexiconSources};

    #[test]
    fn verbs_that_take_and_leave_posts() {
        let lexicon = Lexicon::load(&LexiconSources { packs: Vec::new(), paths: Vec::new() });
        let check = |sentence: &str, expected: &str| {
            let start = sentence.find('⟦').unwrap();
            let text = sentence.replace(['⟦', '⟧'], "");
            let name = Span::new(start, sentence.find('⟧').unwrap() - '⟦'.len_utf8());
            let found = read(&PostReader::new(&lexicon, &lexicon.forms().matches(&text)), &text, name);
            let found: Vec<String> =
                found.iter().map(|post| format!("{:?} {}", post.tense.unwrap(), post.content.slice(&text))).collect();
            assert_eq!(found.join(","), expected, "{sentence}");
        };
        check("⟦王明远⟧当选为省长。", "Taken 省长");
        check("⟦王明远⟧近日被任命为省教育厅厅长、党组书记。", "Taken 省教育厅厅长,Taken 党组书记");
        check("⟦王明远⟧同志不再担任市委书记职务。", "Left 市委书记");
        check("免去⟦王明远⟧的省财政厅厅长职务。", "Left 省财政厅厅长");
        check("任命⟦王明远⟧为副省长，", "Taken 副省长");
        check("⟦王明远⟧拟任副市长。", "Future 副市长");
        check("⟦王明远⟧为代理省长。", "Acting 省长");
        check("⟦王明远⟧为民解忧。", "");
        check("⟦王明远⟧任务很重。", "");
        check("⟦王明远⟧担任主讲。", "");
    }
}
