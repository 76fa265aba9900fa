//! Dates and weekdays as drafts print them.

use crate::text::Span;

/// A month and day, with the year if one is printed right before; bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrintedDate {
    /// From the first digit of the year or month to 日 or 号.
    pub span: Span,
    /// The year.
    pub year: PrintedYear,
    /// The month as printed, possible or not.
    pub month: u16,
    /// The day as printed, possible or not.
    pub day: u16,
    /// Whether it is written in Chinese numerals, as dates of the traditional calendar are.
    pub in_chinese: bool,
}

/// The year of a printed date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrintedYear {
    /// No year stands before the month.
    None,
    /// A year of four digits.
    Common(i16),
    /// A year by its distance: 去年, 同年.
    Relative,
    /// A year of another count or one left open: 光绪二十六年, 民国38年, 98年, 20××年.
    Other,
}

/// A time of day; bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrintedTime {
    /// From the first digit of the hour to 时, 点 or 分.
    pub span: Span,
    /// The hour as printed, possible or not.
    pub hour: u16,
    /// The minutes as printed, if they are.
    pub minute: Option<u16>,
}

/// A day of the week; bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrintedWeekday {
    /// The whole word.
    pub span: Span,
    /// The word before its last character: 星期, 周 or 礼拜.
    pub prefix: &'static str,
    /// Days after Monday.
    pub after_monday: i8,
}

/// The dates with a month and a day, in order.
pub fn dates(text: &str) -> Vec<PrintedDate> {
    text.match_indices('月').filter_map(|(at, _)| date_around(text, at)).collect()
}

/// The months behind a year of four digits that no day follows (2022年7月中旬), in order; inside, the
/// month as printed, possible or not.
pub fn months(text: &str) -> Vec<(Span, u16)> {
    let month_around = |at: usize| {
        let month = Numeral::before(text, at)?;
        let (PrintedYear::Common(_), start) = year_before(text, month.span.start) else { return None };
        let is_date = date_around(text, at).is_some();
        (!is_date).then_some((Span::new(start, at + '月'.len_utf8()), month.value()?))
    };
    text.match_indices('月').filter_map(|(at, _)| month_around(at)).collect()
}

/// The times of day in order: an hour right behind a date or a word such as 上午. Without one, 25时 is a
/// span of time and 25点 may be a score.
pub fn times(text: &str) -> Vec<PrintedTime> {
    let signs = text.char_indices().filter(|(_, c)| matches!(c, '时' | '点'));
    signs.filter_map(|(at, sign)| time_around(text, at, sign)).collect()
}

/// The years of four digits before 年, in order, each with the place where it begins.
pub fn years(text: &str) -> impl Iterator<Item = (usize, i16)> {
    text.match_indices('年').filter_map(|(at, _)| {
        let numeral = Numeral::before(text, at)?;
        numeral.year().map(|year| (numeral.span.start, year))
    })
}

/// The weekday word that begins at byte `at`.
pub fn weekday_at(text: &str, at: usize) -> Option<PrintedWeekday> {
    let rest = text.get(at..)?;
    let prefix = ["星期", "礼拜", "周"].into_iter().find(|prefix| rest.starts_with(prefix))?;
    let day = rest[prefix.len()..].chars().next()?;
    let after_monday = "一二三四五六日天".chars().position(|c| c == day)?.min(6) as i8;
    let end = at + prefix.len() + day.len_utf8();
    Some(PrintedWeekday { span: Span::new(at, end), prefix, after_monday })
}

/// The weekday word that ends at byte `end`.
pub fn weekday_before(text: &str, end: usize) -> Option<PrintedWeekday> {
    let head = text.get(..end)?;
    // Longer words first: the 日 of 星期日 is no word.
    let starts = head.char_indices().rev().take(3).map(|(at, _)| at);
    starts.filter_map(|at| weekday_at(text, at)).filter(|weekday| weekday.span.end == end).last()
}

fn date_around(text: &str, month_sign: usize) -> Option<PrintedDate> {
    let month = Numeral::before(text, month_sign)?;
    let day = Numeral::after(text, month_sign + '月'.len_utf8())?;
    let end_sign = skip_space(text, day.span.end);
    let sign = text[end_sign..].chars().next().filter(|c| matches!(c, '日' | '号'))?;
    let (year, start) = year_before(text, month.span.start);
    let alone = month.in_chinese == day.in_chinese && !continues_number(&text[..start]);
    alone.then_some(PrintedDate {
        span: Span::new(start, end_sign + sign.len_utf8()),
        year,
        month: month.value()?,
        day: day.value()?,
        in_chinese: month.in_chinese,
    })
}

/// The brackets with a weekday that stand at `at`.
pub fn weekday_in_brackets(text: &str, at: usize) -> Option<Span> {
    let open = text[at..].chars().next().filter(|c| matches!(c, '（' | '('))?;
    let weekday = weekday_at(text, at + open.len_utf8())?;
    let close = text[weekday.span.end..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    Some(Span::new(at, weekday.span.end + close.len_utf8()))
}

/// The second day of a range that names its month once: 7月21日（星期四）至22日. `end` is where the words about
/// the first day end.
pub fn day_behind(text: &str, first: &PrintedDate, end: usize) -> Option<PrintedDate> {
    let joint = text[end..].chars().next().filter(|c| "至到和—-－~～".contains(*c))?;
    let joints = text[end..].len() - text[end..].trim_start_matches(joint).len();
    let day = Numeral::after(text, end + joints)?;
    let sign = text[day.span.end..].chars().next().filter(|c| matches!(c, '日' | '号'))?;
    let value = day.value().filter(|value| *value > first.day && day.in_chinese == first.in_chinese)?;
    Some(PrintedDate { span: Span::new(day.span.start, day.span.end + sign.len_utf8()), day: value, ..*first })
}

/// Whether a number that follows `head` is the end of a range, a fraction or an ordinal: 1—2月, 第3月.
fn continues_number(head: &str) -> bool {
    let mut before = head.chars().rev();
    match before.next() {
        Some('第' | '.' | '．' | '/' | '／') => true,
        Some('-' | '－' | '—' | '–' | '~' | '～' | '至' | '到') => {
            before.find(|c| *c != '—').is_some_and(is_digit)
        }
        _ => false,
    }
}

/// The year whose 年 stands right before `start`, and where the date begins then. 今年 says no more than
/// nothing does.
fn year_before(text: &str, start: usize) -> (PrintedYear, usize) {
    let Some(head) = text[..start].trim_end().strip_suffix('年') else { return (PrintedYear::None, start) };
    match Numeral::before(text, head.len()) {
        Some(numeral) => match numeral.year() {
            Some(year) => (PrintedYear::Common(year), numeral.span.start),
            None => (PrintedYear::Other, numeral.span.start),
        },
        None if head.ends_with(['今', '本']) => (PrintedYear::None, start),
        None if head
            .ends_with(['去', '前', '上', '明', '后', '来', '次', '翌', '同', '当', '那', '这', '每', '历']) =>
        {
            (PrintedYear::Relative, start)
        }
        None => (PrintedYear::Other, start),
    }
}

/// Words before an hour that say which part of the day it lies in.
const PARTS_OF_DAY: [&str; 12] =
    ["上午", "下午", "中午", "早上", "早晨", "清晨", "凌晨", "傍晚", "晚上", "当晚", "今晚", "昨晚"];
/// Words before an hour that say which day it lies in.
const DAYS: [&str; 8] = ["日", "号", "当天", "今天", "昨天", "明天", "次日", "当日"];

fn time_around(text: &str, at: usize, sign: char) -> Option<PrintedTime> {
    let hour = Numeral::before(text, at)?;
    let head = text[..hour.span.start].trim_end_matches([' ', '\u{3000}']);
    let is_known = |words: &[&str]| words.iter().any(|word| head.ends_with(word));
    if !is_known(&PARTS_OF_DAY) && (sign == '点' || !is_known(&DAYS)) {
        return None;
    }
    let behind = at + sign.len_utf8();
    let minute = Numeral::after(text, behind).filter(|minute| text[minute.span.end..].starts_with('分'));
    let end = minute.as_ref().map_or(behind, |minute| minute.span.end + '分'.len_utf8());
    let minute = minute.map(|minute| minute.value());
    let span = Span::new(hour.span.start, end);
    Some(PrintedTime { span, hour: hour.value()?, minute: minute.flatten() })
}

/// A run of digits in half or full width, or of Chinese numerals.
struct Numeral<'t> {
    text: &'t str,
    span: Span,
    in_chinese: bool,
}

impl<'t> Numeral<'t> {
    /// The numeral that ends at `end` or a space before it.
    fn before(text: &'t str, end: usize) -> Option<Self> {
        let end = text[..end].trim_end_matches([' ', '\u{3000}']).len();
        let last = text[..end].chars().next_back()?;
        let in_chinese = !is_digit(last);
        let belongs = |c: char| if in_chinese { is_chinese_numeral(c) } else { is_digit(c) };
        let start = text[..end].trim_end_matches(belongs).len();
        (start < end).then(|| Self { text: &text[start..end], span: Span::new(start, end), in_chinese })
    }

    /// The numeral that begins at `start` or a space behind it.
    fn after(text: &'t str, start: usize) -> Option<Self> {
        let start = skip_space(text, start);
        let first = text[start..].chars().next()?;
        let in_chinese = !is_digit(first);
        let belongs = |c: char| if in_chinese { is_chinese_numeral(c) } else { is_digit(c) };
        let rest = &text[start..];
        let length = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        let end = start + length;
        (length > 0).then(|| Self { text: &text[start..end], span: Span::new(start, end), in_chinese })
    }

    /// The value of a month or a day; `None` if it is no number below 100.
    fn value(&self) -> Option<u16> {
        if !self.in_chinese {
            let digits: Vec<u32> = self.text.chars().filter_map(digit_value).collect();
            let value = digits.iter().fold(0, |value, digit| value * 10 + digit);
            return (digits.len() <= 2).then_some(value as u16);
        }
        let unit = |text: &str| text.chars().next().filter(|c| text.len() == c.len_utf8()).and_then(chinese_digit);
        match self.text.split_once('十') {
            Some((tens, units)) => {
                let tens = if tens.is_empty() { 1 } else { unit(tens)? };
                let units = if units.is_empty() { 0 } else { unit(units)? };
                Some(tens * 10 + units)
            }
            None => unit(self.text),
        }
    }

    /// Four digits from 1000 to 2999.
    fn year(&self) -> Option<i16> {
        let digit = |c: char| if self.in_chinese { chinese_digit(c) } else { digit_value(c).map(|value| value as u16) };
        let digits: Vec<u16> = self.text.chars().map(digit).collect::<Option<_>>()?;
        let value = digits.iter().fold(0i32, |value, digit| value.saturating_mul(10).saturating_add(i32::from(*digit)));
        (digits.len() == 4 && (1000..3000).contains(&value)).then_some(value as i16)
    }
}

fn skip_space(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches([' ', '\u{3000}']).len()
}

fn is_digit(c: char) -> bool {
    digit_value(c).is_some()
}

fn digit_value(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

fn is_chinese_numeral(c: char) -> bool {
    c == '十' || chinese_digit(c).is_some()
}

fn chinese_digit(c: char) -> Option<u16> {
    match c {
        '〇' | '○' | '零' => Some(0),
        _ => "一二三四五六七八九".chars().position(|digit| digit == c).map(|position| position as u16 + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_all_numerals() {
        let check = |text: &str, expected: &[&str]| {
            let found = dates(text).into_iter().map(|date| {
                let year = match date.year {
                    PrintedYear::None => "-".to_owned(),
                    PrintedYear::Common(year) => year.to_string(),
                    PrintedYear::Relative => "~".to_owned(),
                    PrintedYear::Other => "?".to_owned(),
                };
                format!("{} = {year}/{}/{}", date.span.slice(text), date.month, date.day)
            });
            assert_eq!(found.collect::<Vec<_>>(), expected, "{text}");
        };
        check("2022年7月10日至13月5号", &["2022年7月10日 = 2022/7/10", "13月5号 = -/13/5"]);
        check("２０２２年２月３０日", &["２０２２年２月３０日 = 2022/2/30"]);
        check("2022 年 7 月 10 日", &["2022 年 7 月 10 日 = 2022/7/10"]);
        check("二〇二二年十二月三十一日", &["二〇二二年十二月三十一日 = 2022/12/31"]);
        check("光绪二十六年二月三十日", &["二十六年二月三十日 = ?/2/30"]);
        check("今年2月3日", &["2月3日 = -/2/3"]);
        check("去年2月3日", &["2月3日 = ~/2/3"]);
        check("7月9日—2月30日", &["7月9日 = -/7/9", "2月30日 = -/2/30"]);
        check("1—2月30日、第3月5日、13月龄、7月下旬、107月3日、正月十五", &[]);
        check("三月5日", &[]);
    }

    #[test]
    fn times_of_day() {
        let check = |text: &str, expected: &[(u16, Option<u16>)]| {
            let found: Vec<_> = times(text).into_iter().map(|time| (time.hour, time.minute)).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("10日25时、上午 8 时75分、晚上二十五点", &[(25, None), (8, Some(75)), (25, None)]);
        check("历时25时，下跌25点，当天30点，10日25分", &[]);
    }

    #[test]
    fn years_of_four_digits() {
        let check = |text: &str, expected: &[i16]| {
            assert_eq!(years(text).map(|(_, year)| year).collect::<Vec<_>>(), expected, "{text}");
        };
        check("1998年、２０２２年、二〇二三年", &[1998, 2022, 2023]);
        check("三年后、5000年、前221年、98年", &[]);
    }

    #[test]
    fn weekdays_on_either_side() {
        let at = |text: &str| weekday_at(text, 0).map(|day| (day.span.slice(text).to_owned(), day.after_monday));
        assert_eq!(at("星期日上午"), Some(("星期日".to_owned(), 6)));
        assert_eq!(at("礼拜天"), Some(("礼拜天".to_owned(), 6)));
        assert_eq!(at("周一"), Some(("周一".to_owned(), 0)));
        assert_eq!(at("周末"), None);
        let before = |text: &str| weekday_before(text, text.len()).map(|day| day.span.slice(text).to_owned());
        assert_eq!(before("本周五"), Some("周五".to_owned()));
        assert_eq!(before("下星期日"), Some("星期日".to_owned()));
        assert_eq!(before("7月10日"), None);
    }
}
