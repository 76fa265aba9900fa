//! F102: a day that no calendar has, or a weekday that does not fit its date.

use jiff::{ToSpan, civil::Date};

use super::{
    context::Context,
    finding::{Finding, Severity},
    rule::{Example, Rule, Text},
};
use crate::{
    analysis::{
        calendar::{self, PrintedDate, PrintedTime, PrintedWeekday, PrintedYear},
        clause::sentence_around,
    },
    lang::Message,
    text::Span,
};

pub(super) const RULE: Rule = Rule {
    code: "F102",
    name: "impossible-date",
    severity: Severity::Error,
    default_on: true,
    time_based: false,
    summary: Text {
        zh: "日期、时刻不存在，或星期与日期不符",
        en: "the date or hour does not exist, or the weekday does not fit the date",
    },
    why: Text {
        zh: "2月30日、13月、上午25时不存在；星期可由日期推出。只写月日的，仅在稿件日期已指明到日、本段没有别的年份时，\
             才按稿件的年份推算星期。农历、旧历和年号纪年，起止时段（周一至周五），放在引号内谈论的日期，不报。",
        en: "No calendar has 30 February, a thirteenth month or hour 25, and a date has one weekday. A date without a \
             year is held against the year of the draft only if somebody set the draft's date to the day and no other \
             year is near. Traditional calendars, ranges of days and dates in quotation marks are left alone.",
    },
    bad: &[
        Example { lexicon: "", text: "工程计划⟦2023年2月30日⟧前完工。", fixed: None },
        Example { lexicon: "", text: "截至⟦4月31日⟧，已开工127个项目。", fixed: None },
        Example { lexicon: "", text: "⟦２０２３年２月２９日⟧，会议在长春召开。", fixed: None },
        Example { lexicon: "", text: "⟦二〇二二年十三月五日⟧印发。", fixed: None },
        Example { lexicon: "", text: "⟦2022年13月⟧中旬竣工。", fixed: None },
        Example { lexicon: "", text: "7月9日⟦25时⟧起封闭施工。", fixed: None },
        Example {
            lexicon: "",
            text: "会议定于2022年7月10日（⟦星期一⟧）召开。",
            fixed: Some("会议定于2022年7月10日（星期日）召开。"),
        },
        Example {
            lexicon: "",
            text: "7月8日（⟦周六⟧）夜里下过一场雨。",
            fixed: Some("7月8日（周五）夜里下过一场雨。"),
        },
        Example {
            lexicon: "", text: "7月11日⟦星期二⟧上午，会议召开。", fixed: Some("7月11日星期一上午，会议召开。")
        },
        Example {
            lexicon: "", text: "本⟦周五⟧（7月14日）恢复通车。", fixed: Some("本周四（7月14日）恢复通车。")
        },
    ],
    good: &[
        Example {
            lexicon: "", text: "2024年2月29日、12月31日24时都对，2022年7月10日（星期日）也对。", fixed: None
        },
        Example {
            lexicon: "", text: "农历二月三十日，藏历2月30日，光绪26年2月30日，每年2月29日。", fixed: None
        },
        Example {
            lexicon: "", text: "7月4日至8日（周一至周五），周一至周五（7月4日—7月8日）。", fixed: None
        },
        Example { lexicon: "", text: "7月10日周一鸣出席，7月10日，周一平主持。", fixed: None },
        Example {
            lexicon: "",
            text: "2021年以来进展顺利。7月10日（星期六）那天，他去年7月10日（星期六）还在。",
            fixed: None,
        },
        Example { lexicon: "", text: "2月30日根本不存在，“2月30日”只是玩笑。", fixed: None },
        Example {
            lexicon: "", text: "13月龄犊牛、全年发13个月工资，历时25时30分，指数下跌25点。", fixed: None
        },
        Example {
            lexicon: "", text: "---\ndate: 2022-01-05\n---\n\n12月30日（星期四）下过雪。", fixed: None
        },
        Example { lexicon: "", text: "---\ndate: 2022-07\n---\n\n7月10日（星期六）下过雨。", fixed: None },
    ],
    check,
};

/// Calendars in which other months and days exist, and words that deny a day.
const OTHER_CALENDARS: [&str; 19] = [
    "农历",
    "阴历",
    "旧历",
    "夏历",
    "古历",
    "黄历",
    "正月",
    "腊月",
    "冬月",
    "闰",
    "藏历",
    "伊斯兰历",
    "傣历",
    "彝历",
    "儒略历",
    "埃塞俄比亚",
    "历法",
    "不存在",
    "没有这",
];
/// Words that speak of another year than the draft's.
const OTHER_YEARS: [&str; 13] =
    ["去年", "前年", "上年", "明年", "后年", "次年", "翌年", "来年", "同年", "当年", "那年", "这年", "往年"];
/// The first year in which China counted by the common calendar.
const FIRST_YEAR: i16 = 1912;
/// A year in which February is at its longest.
const LEAP_YEAR: i16 = 2000;
/// A date without a year that lies further from the draft's day, in days, may be of another year.
const NEAR: i32 = 150;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut years = Years::default();
    for (block, source) in context.draft.blocks.iter().enumerate() {
        let text = source.content.text.as_str();
        let dates = with_ranges(text, calendar::dates(text));
        for date in dates.iter().filter(|date| is_of_common_calendar(text, date)) {
            if let Some(message) = impossible_day(date) {
                findings.push(context.finding(&RULE, block, date.span, message));
            } else if let Some(weekday) = weekday_of(text, date) {
                findings.extend(wrong_weekday(context, block, date, &weekday, &mut years));
            }
        }
        for (span, month) in calendar::months(text) {
            findings.extend(impossible_month(month).map(|message| context.finding(&RULE, block, span, message)));
        }
        let times = calendar::times(text);
        let impossible = times.iter().filter_map(|time| impossible_time(time).map(|message| (time, message)));
        findings.extend(impossible.map(|(time, message)| context.finding(&RULE, block, time.span, message)));
    }
}

/// The dates with those that end a range and leave out their month: 7月21日（星期四）至22日（星期五）.
fn with_ranges(text: &str, dates: Vec<PrintedDate>) -> Vec<PrintedDate> {
    let ends = dates.iter().filter_map(|first| {
        let weekday = calendar::weekday_in_brackets(text, first.span.end);
        calendar::day_behind(text, first, weekday.map_or(first.span.end, |weekday| weekday.end))
    });
    let ends: Vec<PrintedDate> = ends.collect();
    dates.into_iter().chain(ends).collect()
}

/// The years named in a draft up to a block, read as far as they are asked for.
#[derive(Default)]
struct Years {
    /// How many blocks were read.
    blocks: usize,
    /// The years named in them.
    named: Vec<i16>,
    /// Whether the last of them may speak of another year than the draft's.
    strays: bool,
}

impl Years {
    /// Reads on to the end of `block`.
    fn read(&mut self, context: &Context<'_>, block: usize) {
        let this_year = context.as_of.earliest().year();
        while self.blocks <= block {
            let text = context.draft.blocks[self.blocks].content.text.as_str();
            let mut years: Vec<i16> = calendar::years(text).map(|(_, year)| year).collect();
            years.sort_unstable();
            years.dedup();
            self.strays =
                years.iter().any(|year| *year != this_year) || OTHER_YEARS.iter().any(|word| text.contains(word));
            self.named.extend(years);
            self.named.sort_unstable();
            self.named.dedup();
            self.blocks += 1;
        }
    }
}

fn is_of_common_calendar(text: &str, date: &PrintedDate) -> bool {
    let sentence = sentence_around(text, date.span).slice(text);
    let before = text[..date.span.start].chars().next_back();
    let is_talked_of = before.is_some_and(|c| "“‘「『\"".contains(c))
        && text[date.span.end..].starts_with(['”', '’', '」', '』', '"']);
    !is_talked_of && !OTHER_CALENDARS.iter().any(|word| sentence.contains(word))
}

/// Why no year has such a day.
fn impossible_day(date: &PrintedDate) -> Option<Message> {
    let (month, day) = (date.month, date.day);
    if let Some(message) = impossible_month(month) {
        return Some(message);
    }
    let year = match date.year {
        PrintedYear::Common(year) if month == 2 && day == 29 => format!("{year}年"),
        _ => String::new(),
    };
    let impossible = day == 0 || day > longest(date);
    impossible.then(|| Message::new(format!("{year}{month}月没有{day}日"), format!("month {month} has no day {day}")))
}

fn impossible_month(month: u16) -> Option<Message> {
    let impossible = !(1..=12).contains(&month);
    impossible.then(|| Message::new(format!("一年没有{month}月"), format!("there is no month {month}")))
}

/// The most days that the date's month can have.
fn longest(date: &PrintedDate) -> u16 {
    let days = |year: i16| Date::new(year, date.month as i8, 1).map_or(31, |first| first.days_in_month() as u16);
    match date.year {
        PrintedYear::Common(year) if year >= FIRST_YEAR => days(year),
        PrintedYear::Common(_) | PrintedYear::Other => 31,
        // Months of the traditional calendar have up to 30 days.
        PrintedYear::None if date.in_chinese && date.month == 2 => 30,
        PrintedYear::None | PrintedYear::Relative => days(LEAP_YEAR),
    }
}

fn impossible_time(time: &PrintedTime) -> Option<Message> {
    if time.hour > 24 {
        return Some(Message::new(format!("一天没有{}时", time.hour), format!("no day has hour {}", time.hour)));
    }
    let minute = time.minute.filter(|minute| *minute > 59)?;
    Some(Message::new(format!("一小时没有{minute}分"), format!("no hour has minute {minute}")))
}

/// The weekday printed for a date: 7月10日（星期日）, 7月10日星期日, 本周日（7月10日）.
fn weekday_of(text: &str, date: &PrintedDate) -> Option<PrintedWeekday> {
    weekday_behind(text, date.span.end).or_else(|| weekday_before(text, date.span))
}

fn weekday_behind(text: &str, end: usize) -> Option<PrintedWeekday> {
    let rest = &text[end..];
    let separator = rest.chars().next().filter(|c| matches!(c, '（' | '(' | '，' | ',' | ' ' | '\u{3000}'));
    let weekday = calendar::weekday_at(text, end + separator.map_or(0, char::len_utf8))?;
    let tail = &text[weekday.span.end..];
    let next = tail.chars().next();
    let part_of_day = ["上午", "下午", "中午", "早", "清晨", "凌晨", "傍晚", "晚", "夜"];
    let ends = next.is_none_or(|c| !c.is_alphanumeric()) || part_of_day.iter().any(|part| tail.starts_with(part));
    let ends_range = next.is_some_and(|c| "至到、—–-－~～和及或".contains(c));
    // 7月10日周一鸣 is a name; 7月10日星期日的 is a weekday.
    let is_word = match separator {
        None => weekday.prefix != "周",
        Some(' ' | '\u{3000}') => weekday.prefix != "周",
        Some(_) => false,
    };
    ((ends || is_word) && !ends_range).then_some(weekday)
}

fn weekday_before(text: &str, date: Span) -> Option<PrintedWeekday> {
    let open = text[..date.start].strip_suffix(['（', '('])?;
    let weekday = calendar::weekday_before(text, open.len())?;
    let before = text[..weekday.span.start].chars().next_back();
    let in_range = before.is_some_and(|c| "至到、—–-－~～和及或每逢".contains(c));
    (text[date.end..].starts_with(['）', ')']) && !in_range).then_some(weekday)
}

fn wrong_weekday(
    context: &Context<'_>,
    block: usize,
    date: &PrintedDate,
    weekday: &PrintedWeekday,
    years: &mut Years,
) -> Option<Finding> {
    let year = match date.year {
        PrintedYear::Common(year) if year >= FIRST_YEAR => year,
        PrintedYear::None => year_of_draft(context, block, date, weekday, years)?,
        _ => return None,
    };
    let day = day_of(year, date)?;
    let right = day.weekday().to_monday_zero_offset();
    if right == weekday.after_monday {
        return None;
    }
    let text = &context.draft.blocks[block].content.text;
    let printed = weekday.span.slice(text);
    let right = word(weekday.prefix, right);
    let message = Message::new(
        format!("{year}年{}月{}日是{right}，不是{printed}", date.month, date.day),
        format!("{day} was a {}, not {printed}", english(day)),
    );
    let title = Message::new(format!("改为“{right}”"), format!("change to “{right}”"));
    let fix = context.replace(title, false, block, weekday.span, right);
    Some(context.finding(&RULE, block, weekday.span, message).with_fix(fix))
}

fn day_of(year: i16, date: &PrintedDate) -> Option<Date> {
    Date::new(year, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
}

/// The weekday with the words of the draft before it.
fn word(prefix: &str, after_monday: i8) -> String {
    let last = if prefix == "礼拜" { '天' } else { '日' };
    let day = "一二三四五六".chars().nth(usize::try_from(after_monday).unwrap_or_default()).unwrap_or(last);
    format!("{prefix}{day}")
}

fn english(day: Date) -> String {
    format!("{:?}", day.weekday())
}

/// The year of a date printed without one: the draft's, if that is known to the day, the date lies near
/// it, no other year stands in the block, and the weekday fits no year named before.
fn year_of_draft(
    context: &Context<'_>,
    block: usize,
    date: &PrintedDate,
    weekday: &PrintedWeekday,
    years: &mut Years,
) -> Option<i16> {
    if !context.as_of_is_set || !context.as_of.is_exact() {
        return None;
    }
    years.read(context, block);
    let today = context.as_of.earliest();
    let day = day_of(today.year(), date)?;
    let is_near = day >= today.saturating_sub(NEAR.days()) && day <= today.saturating_add(NEAR.days());
    let fits = |year: &i16| {
        day_of(*year, date).is_some_and(|day| day.weekday().to_monday_zero_offset() == weekday.after_monday)
    };
    (is_near && !years.strays && !years.named.iter().any(fits)).then_some(today.year())
}
