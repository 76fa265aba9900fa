//! Where the name of a place starts and ends, and whether it is one there.

use super::{boundary, post_reader::is_han, segmentation, vocabulary::VOCABULARY};
use crate::text::Span;

/// What the form of a place says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlaceForm {
    /// A full name: 通化县.
    Full,
    /// A short form that a province or prefecture has: 通化.
    Short,
    /// A short form of smaller places only.
    SmallShort,
}

/// The places beside a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside {
    /// A place's name ends right before it: 广东｜汕头.
    pub place_before: bool,
    /// A place's full name starts right after it: 湖南省｜长沙市.
    pub place_after: bool,
    /// A place's name of any form starts right after it: what follows is a name of that place (上海｜南京路).
    pub any_place_after: bool,
    /// A place's name and 、 stand before it, or after it, or it stands in parentheses behind one: 安达（大庆）.
    pub is_listed: bool,
}

/// A place's full name is mostly safe; a short form may be part of a proper name (吉林银行), of a person's
/// name (俞东平) or of another word.
pub(super) fn is_certain(text: &str, span: Span, form: PlaceForm, beside: Beside) -> bool {
    let is_short = span.slice(text).chars().count() <= 2;
    if is_short && form != PlaceForm::Short && begins_model(&text[span.end..]) {
        return false;
    }
    if begins_office(text, span.end) || !beside.place_after && is_cut(text, span) {
        return false;
    }
    let in_other_name = form != PlaceForm::Full
        && (!beside.any_place_after && begins_institution(text, span.end, 8)
            || is_attached(&text[span.end..], form)
            || text[span.end..].starts_with('摄')
            || is_foreign(text, span)
            || follows_surname(text, span)
            || is_in_full_name(text, span));
    if in_other_name {
        return false;
    }
    let is_word = VOCABULARY.places_like_words.contains(span.slice(text));
    let may_be_person = (form == PlaceForm::SmallShort || VOCABULARY.roles.ending(&text[..span.start]).is_some())
        && boundary::may_continue(text, span);
    if form != PlaceForm::Full && (is_word || may_be_person) && !is_placed(text, span, beside) {
        return false;
    }
    if beside.place_before || follows_country(text, span) {
        return boundary::ends_place(text, span);
    }
    // 温州人 is a dictionary word; the place stands in it all the same.
    let of_people = form == PlaceForm::Short && text[span.end..].starts_with('人');
    boundary::name_is_certain(text, span) || of_people && begins_clearly(text, span)
}

/// Whether a dot joins the form to a foreign name: 赛福鼎·艾则孜.
fn is_foreign(text: &str, span: Span) -> bool {
    let dots = ['·', '•', '・'];
    text[span.end..].starts_with(dots) || text[..span.start].ends_with(dots)
}

/// Whether a number or Latin letter follows, as in the names of wells, breeds and types: 绥中３６—１.
fn begins_model(tail: &str) -> bool {
    tail.chars()
        .next()
        .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ'))
}

/// Whether the character before the form makes no word with its first one.
fn begins_clearly(text: &str, span: Span) -> bool {
    let (previous, first) = (text[..span.start].chars().next_back(), span.slice(text).chars().next());
    !matches!((previous, first), (Some(previous), Some(first)) if segmentation::is_word_pair(previous, first))
}

fn follows_country(text: &str, span: Span) -> bool {
    text[..span.start].ends_with("中国") || text[..span.start].ends_with("我国")
}

/// Whether the words beside a short form that may be a common word say that it is a place.
fn is_placed(text: &str, span: Span, beside: Beside) -> bool {
    beside.place_before
        || beside.place_after
        || beside.is_listed
        || VOCABULARY.before_places.ending(&text[..span.start]).is_some()
        || VOCABULARY.after_places.beginning(&text[span.end..]).is_some()
}

/// Whether a noun makes one word with the short form before it: 四川｜队, 吉隆｜坡.
fn is_attached(tail: &str, form: PlaceForm) -> bool {
    let Some((length, ())) = VOCABULARY.attached_nouns.beginning(tail) else { return false };
    let mut characters = tail[length..].chars();
    let noun = tail[..length].chars().next_back();
    match (noun, characters.next()) {
        (Some('村' | '屯' | '坡' | '沟' | '寺' | '庙' | '祠'), _) => true,
        (Some(noun), Some(next)) if form == PlaceForm::Short && length == noun.len_utf8() => {
            !segmentation::is_word_pair(noun, next)
        }
        _ => true,
    }
}

/// Whether the last character of a place's name begins another word: 成都市｜容.
fn is_cut(text: &str, span: Span) -> bool {
    let last = span.slice(text).char_indices().next_back().map_or(span.start, |(at, _)| span.start + at);
    let tail = &text[last..];
    VOCABULARY.split_suffixes.beginning(tail).is_some() && VOCABULARY.whole_suffixes.beginning(tail).is_none()
}

/// Whether a short form is the beginning of a full name that was not accepted here: 北京 in 北京市公安局. A
/// word that cuts the tier off leaves the short form (成都｜市容), unless it is an office (北京｜市委).
fn is_in_full_name(text: &str, span: Span) -> bool {
    let tail = &text[span.end..];
    let Some((length, _)) = VOCABULARY.tiers.beginning(tail) else { return false };
    if VOCABULARY.bodies.beginning(&tail[length..]).is_some() {
        return true;
    }
    VOCABULARY.split_suffixes.beginning(tail).is_none_or(|(length, ())| tail[..length].ends_with('委'))
}

/// Whether a surname that ends no word stands before a two-character form: it is then a given name
/// (俞东平), while the 方 of 北方大连 is none.
fn follows_surname(text: &str, span: Span) -> bool {
    let head = &text[..span.start];
    if VOCABULARY.surnames.ending(head).is_none() || span.slice(text).chars().count() != 2 {
        return false;
    }
    let mut before = head.chars().rev();
    let (surname, previous) = (before.next(), before.next());
    !matches!((previous, surname), (Some(previous), Some(surname)) if segmentation::is_word_pair(previous, surname))
}

/// Whether the name of an office follows, which makes one name of it all: 北京市委, 北京市政府.
fn begins_office(text: &str, end: usize) -> bool {
    let tail = &text[end..];
    let committee = tail
        .strip_prefix('委')
        .is_some_and(|rest| !rest.starts_with(['托', '派', '任', '以', '员']) || rest.starts_with("员会"));
    committee || VOCABULARY.bodies.beginning(tail).is_some()
}

/// Whether within the next `reach` characters a noun follows that makes a proper name of it all: 公司, 大学.
pub fn begins_institution(text: &str, end: usize, reach: usize) -> bool {
    let tail = &text[end..];
    let connective = |c: char| !is_han(c) || "的在和与及是到了将等几两至被把让向从以于".contains(c);
    // 上海一家公司 and 上海某中学 are no names, 上海第一中学 and 上海某某公司 stand for one.
    let indefinite = |at: usize| {
        let rest = &tail[at..];
        ["一家", "一所", "一位", "一些"].iter().any(|words| rest.starts_with(words))
            || rest.starts_with('某') && !rest.starts_with("某某") && !tail[..at].ends_with('某')
    };
    let mut near = tail.char_indices().take(reach + 1);
    let length = near
        .find(|(at, c)| connective(*c) || matches!(c, '一' | '某') && indefinite(*at))
        .or_else(|| tail.char_indices().nth(reach + 1))
        .map_or(tail.len(), |(at, _)| at);
    let word = &tail[..length];
    let mut ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.any(|end| VOCABULARY.institutions.ending(&word[..end]).is_some_and(|(length, ())| is_whole(tail, end, length)))
}

/// Whether a noun of one character that ends at `end` of `text` does not begin another word (街头, 路通).
fn is_whole(text: &str, end: usize, length: usize) -> bool {
    let noun = text[end - length..end].chars();
    let mut pair = noun.rev().take(1).chain(text[end..].chars().take(1));
    match (pair.next(), pair.next()) {
        (Some('学' | '行'), Some('生' | '业' | '家')) => false,
        (Some('路' | '街'), Some('上')) => true,
        (Some(noun), Some(next)) if length == noun.len_utf8() => !segmentation::is_word_pair(noun, next),
        _ => true,
    }
}
