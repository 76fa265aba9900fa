//! The as-of date of a draft, and where it comes from.

use std::path::Path;

use jiff::Zoned;

use super::Project;
use crate::{config::ConfigAsOf, lang::Message, lexicon::EdtfDate, text::Draft};

/// The day for which a draft's facts are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// The day, or a month or year.
    pub date: EdtfDate,
    /// Where it comes from.
    pub origin: AsOfOrigin,
}

/// Where an as-of date comes from, in order of precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOfOrigin {
    /// `--as-of` or the editor's command.
    Option,
    /// `date` in the front matter.
    FrontMatter,
    /// The file's name.
    FileName,
    /// `as_of` in hegao.toml, a date or `"today"`.
    Config,
    /// Nothing says it: today.
    Unasked,
}

impl AsOfOrigin {
    /// The name in `hegao/status`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Option => "option",
            Self::FrontMatter => "front-matter",
            Self::FileName => "file-name",
            Self::Config => "config",
            Self::Unasked => "today",
        }
    }

    /// The origin in words.
    pub fn in_words(self) -> Message {
        let (zh, en) = match self {
            Self::Option => ("由选项指定", "set by option"),
            Self::FrontMatter => ("据文首 date", "from the front matter"),
            Self::FileName => ("据文件名", "from the file name"),
            Self::Config => ("据 hegao.toml", "from hegao.toml"),
            Self::Unasked => ("未指定，取今天", "not set, today"),
        };
        Message::new(zh, en)
    }
}

impl Project {
    /// The as-of date of a draft at `path`, and what is wrong with a date it gives.
    pub fn as_of(&self, path: Option<&Path>, draft: &Draft) -> (AsOf, Vec<Message>) {
        let mut notes = Vec::new();
        if let Some(date) = self.as_of_option() {
            return (AsOf { date, origin: AsOfOrigin::Option }, notes);
        }
        if let Some(field) = &draft.front_matter.date {
            match front_matter_date(&field.value) {
                Some(date) => return (AsOf { date, origin: AsOfOrigin::FrontMatter }, notes),
                None => notes.push(Message::new(
                    format!("文首 date: `{}` 不是日期，未采用；应为 2022-06-24", field.value),
                    format!("`date: {}` in the front matter is no date and is not used; write 2022-06-24", field.value),
                )),
            }
        }
        if let Some(date) = path.and_then(Path::file_name).and_then(|name| date_in_name(&name.to_string_lossy())) {
            return (AsOf { date, origin: AsOfOrigin::FileName }, notes);
        }
        let as_of = match self.config().as_of {
            Some(ConfigAsOf::Date(date)) => AsOf { date, origin: AsOfOrigin::Config },
            Some(ConfigAsOf::Today) => AsOf { date: today(), origin: AsOfOrigin::Config },
            None => AsOf { date: today(), origin: AsOfOrigin::Unasked },
        };
        (as_of, notes)
    }
}

/// The day of the check.
pub(super) fn today() -> EdtfDate {
    EdtfDate::from_day(Zoned::now().date())
}

/// A front-matter date; a time of day behind it is ignored.
fn front_matter_date(value: &str) -> Option<EdtfDate> {
    let date = value.split(['T', ' ']).next().unwrap_or_default();
    date.parse().ok()
}

/// A day at the start of a file name: `2022-07-10-…` or `20220710…`.
fn date_in_name(name: &str) -> Option<EdtfDate> {
    let ends_there = |length: usize| !name.as_bytes().get(length).is_some_and(u8::is_ascii_digit);
    if let Some(date) = name.get(..10).filter(|_| ends_there(10)).and_then(|text| text.parse::<EdtfDate>().ok()) {
        return Some(date);
    }
    let digits = name.get(..8).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()) && ends_there(8))?;
    format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_file_names() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(date_in_name(name).map(|date| date.to_string()).as_deref(), expected, "{name}");
        };
        check("2022-07-10-a.md", Some("2022-07-10"));
        check("2022-07-10.md", Some("2022-07-10"));
        check("20220710要闻.md", Some("2022-07-10"));
        check("20220710", Some("2022-07-10"));
        check("202207101.md", None);
        check("2022-13-10.md", None);
        check("20221310.md", None);
        check("a-2022-07-10.md", None);
        check("2022年.md", None);
    }
}
