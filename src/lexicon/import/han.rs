//! Names in sources of many languages: which of them is the Chinese one.

use encoding_rs::GBK;

/// Whether a character is a Han character.
pub(super) fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Whether a text is written in Chinese characters, at least in part, and not in Japanese or Korean.
pub(super) fn is_chinese(text: &str) -> bool {
    let is_other = |character| matches!(character, '\u{3040}'..='\u{30fa}' | '\u{ac00}'..='\u{d7af}');
    text.chars().any(is_han) && !text.chars().any(is_other)
}

/// The Chinese names among `names`, the one in simplified characters first: the one with the fewest
/// characters outside GB/T 2312-1980, which has simplified ones only. Otherwise the order stays.
pub(super) fn chinese_names<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut chinese: Vec<&str> = Vec::new();
    for name in names.map(str::trim).filter(|name| is_chinese(name)) {
        if !chinese.contains(&name) {
            chinese.push(name);
        }
    }
    let outside = |name: &str| name.chars().filter(|character| is_outside_gb2312(*character)).count();
    let best = (0..chinese.len()).min_by_key(|position| outside(chinese[*position]));
    if let Some(best) = best {
        chinese[..=best].rotate_right(1);
    }
    chinese
}

fn is_outside_gb2312(character: char) -> bool {
    let mut text = [0; 4];
    let (bytes, _, _) = GBK.encode(character.encode_utf8(&mut text));
    // The rows of characters of GB/T 2312 within its extension GBK.
    !character.is_ascii() && !matches!(bytes.as_ref(), [0xb0..=0xf7, 0xa1..=0xfe] | [0xa1..=0xa9, 0xa1..=0xfe])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], expected: &[&str]) {
        assert_eq!(chinese_names(names.iter().copied()), expected);
    }

    #[test]
    fn the_simplified_name_comes_first_and_other_scripts_are_left_out() {
        check(&["Wu Haiying", "吳海英", "吴海英", "吴海英"], &["吴海英", "吳海英"]);
        check(&["张玥", "張玥"], &["张玥", "張玥"]);
        check(&["木合塔尔·艾山"], &["木合塔尔·艾山"]);
        check(&["安倍しんぞう", "김정은", "Joe"], &[]);
    }
}
