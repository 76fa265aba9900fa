//! The cells of a table, in the words of the lexicon.

use std::sync::LazyLock;

use smol_str::SmolStr;

use super::{dates, han::is_han};
use crate::{lang::Message, lexicon::write::list_cell};

/// A cell as its file has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// A text; empty for an empty cell.
    Text(String),
    /// A number, without the zeros at its beginning that a spreadsheet drops.
    Number(f64),
    /// A day, as `2022-06-24`.
    Date(String),
    /// A formula's error, such as `#N/A`.
    Error(String),
}

impl Cell {
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }

    /// The cell as people see it.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.trim().to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.clone(),
            Self::Error(error) => error.clone(),
        }
    }
}

/// A cell in the form of lexicon files.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Value {
    pub text: String,
    /// The end of a period that stood in the cell of its start.
    pub end: Option<String>,
    /// What was done to it that the writer should know.
    pub remark: Option<Message>,
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

/// Reads a cell for `key`. A cell under one of hegao's `own` column names has its lists and texts as in
/// lexicon files; others are read as people write them.
///
/// # Errors
///
/// What was found and what was expected.
pub(super) fn read(key: &str, cell: &Cell, own: bool) -> Result<Value, Message> {
    if let Cell::Error(error) = cell {
        return Err(Message::new(format!("单元格为错误值 {error}"), format!("the cell holds the error {error}")));
    }
    if cell.is_empty() {
        return Ok(Value::default());
    }
    if let Some(word) = word(key, &cell.shown()) {
        return Ok(word.to_owned().into());
    }
    match key {
        "start" | "end" | "date" | "reviewed" => date(key, cell),
        "code" | "place" => Ok(code(&cell.shown())),
        _ if own => Ok(cell.shown().into()),
        _ => Ok(match separators(key) {
            Some(separators) => list_cell(&split(&cell.shown(), separators)).into(),
            None if matches!(key, "name" | "people") => closed_up(&cell.shown()).into(),
            None => cell.shown().into(),
        }),
    }
}

static WORDS: LazyLock<Vec<(String, String, String)>> = LazyLock::new(|| {
    let table = include_str!("words.csv");
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(table.as_bytes());
    reader.deserialize().filter_map(Result::ok).collect()
});

/// The value that a word of everyday language stands for.
pub(super) fn word(key: &str, written: &str) -> Option<&'static str> {
    let written = written.trim().to_lowercase();
    let key = if matches!(key, "ordered" | "quoted") { "complete" } else { key };
    let found = WORDS.iter().find(|(known, word, _)| known == key && *word == written);
    found.map(|(_, _, value)| value.as_str())
}

fn date(key: &str, cell: &Cell) -> Result<Value, Message> {
    let written = cell.shown();
    if let Cell::Date(day) = cell
        && let Some(month) = day.strip_suffix("-01")
    {
        // A spreadsheet keeps 2022年6月 as the first day of June.
        let zh = format!("`{day}` 可能只是“{month}”，已按月份导入；若确为 1 日，请改用文本");
        let en = format!(
            "`{day}` may stand for the month alone and was read as {month}; if the first is meant, write it as text"
        );
        return Ok(Value { text: month.to_owned(), end: None, remark: Some(Message::new(zh, en)) });
    }
    if let Some(date) = dates::read(&written) {
        return Ok(date.into());
    }
    if let (true, Some((start, end))) = (key == "start", dates::read_period(&written)) {
        return Ok(Value { text: start, end: Some(end), remark: None });
    }
    Err(Message::new(
        format!("`{key}` 的 `{written}` 不是日期；应写作 2022、2022-06 或 2022-06-24"),
        format!("`{key}`: `{written}` is no date; write 2022, 2022-06 or 2022-06-24"),
    ))
}

/// A division code. Spreadsheets drop a zero at the beginning, so one of 5 digits lacks it.
fn code(written: &str) -> Value {
    let is_short = written.len() == 5 && written.bytes().all(|byte| byte.is_ascii_digit());
    if !is_short {
        return written.to_owned().into();
    }
    let padded = format!("0{written}");
    let zh = format!("代码 `{written}` 少一位，已在前面补 0：`{padded}`；请核对");
    let en = format!("the code `{written}` lacks a digit; a zero was put in front, `{padded}`; please check");
    Value { text: padded, end: None, remark: Some(Message::new(zh, en)) }
}

/// The marks between the items of a list cell, if the key is a list. Wordings and citations have commas of
/// their own.
fn separators(key: &str) -> Option<&'static [char]> {
    match key {
        "other_names" | "short" | "deprecated" | "attribution" | "people" | "successors" => {
            Some(&['、', '，', ',', '；', ';', '/'])
        }
        "variants" | "wrong" | "wrong_notes" | "components" | "except" => Some(&['；', ';']),
        "sources" | "post_sources" => Some(&['；']),
        _ => None,
    }
}

fn split(written: &str, separators: &[char]) -> Vec<SmolStr> {
    let surely = ['\n', '|', '｜'];
    let items: Vec<&str> = match written.contains(surely) {
        true => written.split(surely).collect(),
        false => written.split(separators).collect(),
    };
    let items = items.into_iter().map(str::trim).filter(|item| !item.is_empty());
    items.map(|item| SmolStr::from(closed_up(item))).collect()
}

/// A text without the spaces by which names of two characters are set as wide as those of three (刘　伟).
fn closed_up(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.iter().all(|word| word.chars().all(|character| is_han(character) || character == '·')) {
        words.concat()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(key: &str, cell: &str, expected: &str) {
        assert_eq!(read(key, &Cell::Text(cell.into()), false).unwrap().text, expected, "{key}: {cell}");
    }

    #[test]
    fn cells_are_read_as_people_write_them() {
        check("gender", "女", "female");
        check("complete", "是", "true");
        check("quoted", "否", "false");
        check("level", "地级市", "prefecture");
        check("kind", "提法", "slogan");
        check("end", "至今", "");
        check("name", "刘　伟", "刘伟");
        check("name", "Joe Biden", "Joe Biden");
        check("other_names", "甲、乙，丙", "甲|乙|丙");
        check("variants", "甲、乙；甲，乙", "甲、乙|甲，乙");
        check("sources", "《日报》2022年；https://a.cn/?x=1;y=2", "《日报》2022年|https://a.cn/?x=1;y=2");
        check("sources", "甲\n乙；丙", "甲|乙；丙");
        check("wrong", "a\\b；c", "a\\\\b|c");
        check("place", "22010", "022010");
    }

    #[test]
    fn a_cell_under_a_name_of_our_own_is_read_as_in_lexicon_files() {
        for (key, cell) in [("other_names", "甲、乙|丙"), ("name", "刘 伟"), ("sources", "甲；乙")] {
            assert_eq!(read(key, &Cell::Text(cell.into()), true).unwrap().text, cell);
        }
    }

    #[test]
    fn numbers_and_errors_are_read_with_care() {
        assert_eq!(read("start", &Cell::Number(2022.0), false).unwrap().text, "2022");
        assert_eq!(read("place", &Cell::Number(220000.0), false).unwrap().text, "220000");
        assert!(read("start", &Cell::Number(44736.0), false).is_err());
        assert_eq!(read("start", &Cell::Date("2022-06-24".into()), false).unwrap().text, "2022-06-24");
        assert_eq!(read("start", &Cell::Date("2022-06-01".into()), false).unwrap().text, "2022-06");
        assert!(read("name", &Cell::Error("#N/A".into()), false).is_err());
        let period = read("start", &Cell::Text("2018.1—2020.5".into()), false).unwrap();
        assert_eq!((period.text.as_str(), period.end.as_deref()), ("2018-01", Some("2020-05")));
    }
}
