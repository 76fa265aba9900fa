//! Bylines: the line that names reporters and editors.

use super::block::is_han;

/// What reporters are called in a byline.
const REPORTERS: &[&str] = &["记者", "通讯员", "实习生", "特约撰稿人", "编辑", "摄影"];

/// What a line that names editors begins with.
const EDITORS: &[&str] = &["责任编辑", "责编"];

/// What follows 记者 where it is no byline: 记者会, 记者节, 记者从……获悉.
const NO_NAMES: &[char] =
    &['会', '节', '站', '团', '证', '协', '们', '从', '在', '到', '获', '了', '采', '将', '看', '走'];

/// A byline has fewer characters than this.
const MAX_LENGTH: usize = 60;

/// Whether a whole paragraph is a byline: （记者 甲 乙）, (甲 乙), 本报记者 甲, 责任编辑：甲.
pub(super) fn is_byline(paragraph: &str) -> bool {
    let paragraph = paragraph.trim();
    if paragraph.len() > MAX_LENGTH * '𠮷'.len_utf8() || paragraph.chars().nth(MAX_LENGTH - 1).is_some() {
        return false;
    }
    match parenthesised(paragraph) {
        Some(inside) => names_editors(inside) || is_run_of_names(inside) || names_reporters(inside),
        None => names_editors(paragraph) || names_reporters(paragraph),
    }
}

/// The inside of a text that is one pair of parentheses, half- or full-width.
fn parenthesised(text: &str) -> Option<&str> {
    let inside = text.strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
    (!inside.contains(['（', '(', '）', ')'])).then(|| inside.trim())
}

fn names_editors(text: &str) -> bool {
    EDITORS.iter().any(|label| text.starts_with(label)) && !text.contains(['。', '！', '？'])
}

/// A sentence about a reporter (记者从省政府获悉……) is no byline: only names follow there.
fn names_reporters(text: &str) -> bool {
    let mut words = words(text);
    let begins = words.next().is_some_and(|first| match behind_label(first) {
        Some(name) => name.is_empty() || (is_name(name) && !name.starts_with(NO_NAMES)),
        None => is_label(first) && first.len() < text.len(),
    });
    begins && words.all(|word| is_name(word) || is_label(word))
}

/// Two or more names, or labels such as 全媒体记者.
fn is_run_of_names(text: &str) -> bool {
    words(text).count() >= 2 && words(text).all(|word| is_name(word) || is_label(word))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let separates = |c: char| !is_han(c) && (c.is_whitespace() || matches!(c, '、' | '：' | ':' | '/' | '／'));
    text.split(separates).filter(|word| !word.is_empty())
}

/// What follows the label at the start of a word: 张三 in 记者张三 and in 本报记者张三.
fn behind_label(word: &str) -> Option<&str> {
    let word = ["本报", "本台", "本刊", "见习", "实习", "特约"]
        .iter()
        .fold(word, |word, prefix| word.strip_prefix(prefix).unwrap_or(word));
    ["记者", "通讯员", "实习生"].iter().find_map(|label| word.strip_prefix(label))
}

/// 记者, 吉林日报全媒体记者.
fn is_label(word: &str) -> bool {
    REPORTERS.iter().any(|label| word.ends_with(label)) && word.chars().all(is_han)
}

/// Up to four Han characters, or a longer name with a dot between its parts (买买提·艾力).
fn is_name(word: &str) -> bool {
    word.split('·').all(|part| (1..=4).contains(&part.chars().count()) && part.chars().all(is_han))
}
