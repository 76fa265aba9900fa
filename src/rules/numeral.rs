//! Small numbers in words and digits.

/// A number at the start of `text` up to 99, with its length in bytes.
pub(super) fn number(text: &str) -> Option<(usize, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return Some((digits, text[..digits].parse().ok()?));
    }
    let mut chars = text.chars().peekable();
    let (mut value, mut length) = (0, 0);
    if let Some(tens) = chars.peek().copied().and_then(digit) {
        (value, length) = (tens, 3);
        chars.next();
    }
    if chars.peek() == Some(&'十') {
        (value, length) = (value.max(1) * 10, length + 3);
        chars.next();
        if let Some(ones) = chars.peek().copied().and_then(digit) {
            (value, length) = (value + ones, length + 3);
        }
    }
    (length > 0).then_some((length, value))
}

fn digit(c: char) -> Option<usize> {
    "一二三四五六七八九".chars().position(|n| n == c).map(|n| n + 1).or((c == '两').then_some(2))
}

/// A number up to ten as it stands before a measure word: 两, 三.
pub(super) fn in_chinese(number: usize) -> Option<String> {
    const NUMERALS: [&str; 11] = ["", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"];
    NUMERALS.get(number).map(|numeral| (*numeral).to_owned())
}
