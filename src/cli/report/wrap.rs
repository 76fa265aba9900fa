//! Breaking text into lines of a width: between Chinese characters, between words, never before a
//! closing mark or after an opening one.

use unicode_width::UnicodeWidthChar;

/// The lines of `text`, each at most `width` columns wide where it can be broken at all.
pub(super) fn wrap(text: &str, width: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let (mut start, mut used) = (0, 0);
    // The last place to break at, and the columns before it.
    let mut place: Option<(usize, usize)> = None;
    let mut last: Option<char> = None;
    for (at, c) in text.char_indices() {
        if last.is_some_and(|last| may_break(last, c)) {
            place = Some((at, used));
        }
        let columns = c.width().unwrap_or(0);
        if used + columns > width
            && let Some((break_at, before)) = place.take()
        {
            lines.push(text[start..break_at].trim_end());
            start = break_at;
            used -= before;
        }
        used += columns;
        last = Some(c);
    }
    lines.push(&text[start..]);
    lines
}

fn may_break(before: char, after: char) -> bool {
    const CLOSING: &str = "，。；：、！？”’》）〕】」』…—,.;:!?)]}%";
    const OPENING: &str = "“‘《（〔【「『([{";
    if CLOSING.contains(after) || OPENING.contains(before) || after.is_whitespace() {
        return false;
    }
    let is_wide = |c: char| c.width() == Some(2);
    before.is_whitespace() || is_wide(before) || is_wide(after)
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn text_breaks_where_it_may() {
        let check = |text: &str, width: usize, expected: &[&str]| assert_eq!(wrap(text, width), expected, "{text}");
        check("一二三四五", 4, &["一二", "三四", "五"]);
        check("一二三，四五", 6, &["一二", "三，四", "五"]);
        check("一“二三四", 4, &["一", "“二", "三四"]);
        check("one two three", 8, &["one two", "three"]);
        check("2022-06-24起", 4, &["2022-06-24", "起"]);
        check("", 4, &[""]);
        check("一二三", 100, &["一二三"]);
    }
}
