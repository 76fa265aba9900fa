//! The source's change descriptions: one or several documents each, with number (文号) and day
//! (日期).

use jiff::civil::Date;

/// One description: everything the source gathered for a group of changes in one yearly table.
#[derive(Debug)]
pub(super) struct Description {
    pub(super) sections: Vec<Section>,
}

/// One document, or one excerpt of a gazetteer: from a `# title` line to the next.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) text: String,
    pub(super) number: Option<String>,
    pub(super) date: Option<Date>,
}

impl Description {
    /// Splits a description at its `# ` lines and reads each section's 文号 and 日期.
    ///
    /// # Errors
    ///
    /// The text of a 日期 line that is no date.
    pub(super) fn parse(text: &str) -> Result<Description, String> {
        let mut bodies: Vec<String> = Vec::new();
        for line in text.lines() {
            if line.starts_with("# ") || bodies.is_empty() {
                bodies.push(String::new());
            }
            if let Some(body) = bodies.last_mut() {
                body.push_str(line);
                body.push('\n');
            }
        }
        let sections = bodies.into_iter().map(Section::parse).collect::<Result<_, _>>()?;
        Ok(Description { sections })
    }
}

impl Section {
    fn parse(text: String) -> Result<Section, String> {
        let value = |label: &str| text.lines().find_map(|line| line.strip_prefix(label));
        let number = value("文号：").map(|number| number.trim().to_owned());
        let date = match value("日期：") {
            None => None,
            Some(written) => Some(day(written.trim()).ok_or_else(|| written.to_owned())?),
        };
        Ok(Section { number, date, text })
    }
}

/// Reads `2020年6月5日` and `二〇一〇年六月二十八日`, with `○` or `零` for `〇`. The last 日 may be
/// missing, as it is once in the source.
pub(super) fn day(written: &str) -> Option<Date> {
    let (year, rest) = written.split_once('年')?;
    let (month, day) = rest.split_once('月')?;
    let day = day.strip_suffix('日').unwrap_or(day);
    Date::new(i16::try_from(number(year)?).ok()?, i8::try_from(number(month)?).ok()?, i8::try_from(number(day)?).ok()?)
        .ok()
}

/// Reads `12`, `一九八二`, `十`, `十二`, `二十` and `三十一`.
fn number(written: &str) -> Option<u32> {
    let (tens, ones) = match written.split_once('十') {
        None => return digits(written),
        Some((tens, ones)) => (tens, ones),
    };
    let tens = if tens.is_empty() { 1 } else { digits(tens)? };
    let ones = if ones.is_empty() { 0 } else { digits(ones)? };
    (tens < 10 && ones < 10).then_some(tens * 10 + ones)
}

fn digits(written: &str) -> Option<u32> {
    if written.is_empty() || written.chars().count() > 4 {
        return None;
    }
    written.chars().try_fold(0, |value, c| {
        let digit = match c {
            '○' | '零' => 0,
            _ => match "〇一二三四五六七八九".chars().position(|chinese| chinese == c) {
                Some(position) => position as u32,
                None => c.to_digit(10)?,
            },
        };
        Some(value * 10 + digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_day(written: &str, expected: Option<&str>) {
        let found = day(written).map(|day| day.to_string());
        assert_eq!(found.as_deref(), expected, "{written}");
    }

    #[test]
    fn days_are_read_in_both_scripts() {
        check_day("2020年6月5日", Some("2020-06-05"));
        check_day("二〇一〇年六月二十八日", Some("2010-06-28"));
        check_day("一九九四年十月三十一日", Some("1994-10-31"));
        check_day("二○○一年十二月十日", Some("2001-12-10"));
        check_day("二〇〇一年二月二十六", Some("2001-02-26"));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        check_day("2020年2月30日", None);
        check_day("二〇一〇年六月", None);
        check_day("二〇一〇年六月二十十日", None);
        check_day("某年某月某日", None);
        check_day("", None);
    }

    #[test]
    fn a_description_is_split_at_its_titles() {
        let text = "# 甲批复\n文号：国函〔2020〕84号\n日期：2020年6月5日\n\n正文\n# 《乙县志》\n正文二";
        let sections = Description::parse(text).expect("readable").sections;
        assert_eq!(sections.len(), 2);
        assert_eq!(sections[0].number.as_deref(), Some("国函〔2020〕84号"));
        assert_eq!(sections[0].date, day("2020年6月5日"));
        assert_eq!((&sections[1].number, sections[1].date), (&None, None));
        assert_eq!(sections[1].text, "# 《乙县志》\n正文二\n");
    }

    #[test]
    fn an_unreadable_day_is_reported_as_written() {
        let fault = Description::parse("# 甲\n日期：去年").expect_err("no day");
        assert_eq!(fault, "去年");
    }
}
