//! Dates of limited precision and the time in which a fact holds.
//!
//! Dates are EDTF level 0 strings (ISO 8601-2:2019, Library of Congress profile): `2022`,
//! `2022-06` or `2022-06-24`.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use thiserror::Error;

/// A year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EdtfDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// Why a text is no date.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("`{0}` is no date: write 2022, 2022-06 or 2022-06-24")]
pub struct DateError(pub String);

impl EdtfDate {
    /// The day `date`, exactly.
    pub fn from_day(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }

    /// The first day of the period.
    pub fn earliest(self) -> Date {
        Date::constant(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day of the period.
    pub fn latest(self) -> Date {
        match (self.month, self.day) {
            (None, _) => Date::constant(self.year, 12, 31),
            (Some(month), None) => Date::constant(self.year, month, 1).last_of_month(),
            (Some(month), Some(day)) => Date::constant(self.year, month, day),
        }
    }

    /// Whether the day itself is known.
    pub fn is_exact(self) -> bool {
        self.day.is_some()
    }

    /// The date as a Chinese draft prints it: 2022年, 2022年6月 or 2022年6月24日.
    pub fn in_chinese(self) -> String {
        match (self.month, self.day) {
            (None, _) => format!("{}年", self.year),
            (Some(month), None) => format!("{}年{month}月", self.year),
            (Some(month), Some(day)) => format!("{}年{month}月{day}日", self.year),
        }
    }
}

impl FromStr for EdtfDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let error = || DateError(text.to_owned());
        let digits = |part: &str, width: usize| {
            let valid = part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit());
            if valid { part.parse::<i16>().map_err(|_| error()) } else { Err(error()) }
        };
        let mut parts = text.split('-');
        let year = digits(parts.next().unwrap_or_default(), 4)?;
        let month = parts.next().map(|part| digits(part, 2)).transpose()?;
        let day = parts.next().map(|part| digits(part, 2)).transpose()?;
        if parts.next().is_some() {
            return Err(error());
        }
        let (month, day) = (month.map(|m| m as i8), day.map(|d| d as i8));
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).map_err(|_| error())?;
        Ok(Self { year, month, day })
    }
}

impl fmt::Display for EdtfDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// The time in which a fact holds, both ends inclusive; an absent end is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ValidTime {
    /// From when, if known.
    pub start: Option<EdtfDate>,
    /// Until when, if it ended.
    pub end: Option<EdtfDate>,
}

/// How a fact stands on a given day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InForce {
    /// It begins later.
    NotYet,
    /// It holds.
    Now,
    /// It ended earlier.
    Ended,
    /// The dates are not precise enough to tell; no time-based rule fires.
    Uncertain,
}

impl ValidTime {
    /// How the fact stands during all of `as_of`.
    pub fn on(&self, as_of: EdtfDate) -> InForce {
        let start = self.start.map(|date| (date.earliest(), date.latest()));
        let end = self.end.map(|date| (date.earliest(), date.latest()));
        in_force(start, end, as_of)
    }

    /// As [`ValidTime::on`], but each exact change takes `settling_days` to be followed everywhere:
    /// within them the fact counts as uncertain.
    pub fn on_settled(&self, as_of: EdtfDate, settling_days: i32) -> InForce {
        let settle = |date: EdtfDate| {
            let latest = date.latest().saturating_add(jiff::Span::new().days(settling_days));
            (date.earliest(), latest)
        };
        in_force(self.start.map(settle), self.end.map(settle), as_of)
    }

    /// The first and the last day on which the fact surely holds; an absent end is open. The first is
    /// after the last if no day is sure.
    pub fn certain_days(&self) -> (Date, Date) {
        let first = self.start.map_or(Date::MIN, |start| {
            if start.is_exact() { start.earliest() } else { start.latest().saturating_add(jiff::Span::new().days(1)) }
        });
        let last = self.end.map_or(Date::MAX, |end| {
            if end.is_exact() { end.latest() } else { end.earliest().saturating_sub(jiff::Span::new().days(1)) }
        });
        (first, last)
    }

    /// Whether there may be a day on which both facts hold.
    pub fn may_overlap(&self, other: &Self) -> bool {
        let possible = |time: &Self| {
            (time.start.map_or(Date::MIN, EdtfDate::earliest), time.end.map_or(Date::MAX, EdtfDate::latest))
        };
        let (a, b) = (possible(self), possible(other));
        a.0 <= b.1 && b.0 <= a.1
    }

    /// Whether the end surely lies before the start.
    pub fn is_reversed(&self) -> bool {
        matches!((self.start, self.end), (Some(start), Some(end)) if end.latest() < start.earliest())
    }

    /// The period as shown to people: `2022-06-24 – 2023-10`.
    pub fn display(&self) -> String {
        match (self.start, self.end) {
            (None, None) => String::new(),
            (Some(start), None) => format!("{start} –"),
            (None, Some(end)) => format!("– {end}"),
            (Some(start), Some(end)) => format!("{start} – {end}"),
        }
    }
}

type Period = (Date, Date);

fn in_force(start: Option<Period>, end: Option<Period>, as_of: EdtfDate) -> InForce {
    let (first, last) = (as_of.earliest(), as_of.latest());
    if end.is_some_and(|(_, latest)| first > latest) {
        return InForce::Ended;
    }
    if start.is_some_and(|(earliest, _)| last < earliest) {
        return InForce::NotYet;
    }
    // The day of an exact change belongs to the period; a whole uncertain period belongs to neither.
    let begun = start.is_none_or(|(earliest, latest)| first > latest || first == earliest && earliest == latest);
    let lasting = end.is_none_or(|(earliest, latest)| last < earliest || last == latest && earliest == latest);
    if begun && lasting { InForce::Now } else { InForce::Uncertain }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(start: &str, end: &str, as_of: &str, expected: InForce) {
        let date = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
        let time = ValidTime { start: date(start), end: date(end) };
        assert_eq!(time.on(as_of.parse().unwrap()), expected, "{start}..{end} on {as_of}");
    }

    #[test]
    fn both_ends_are_inclusive_and_low_precision_is_uncertain() {
        check("2022-06-24", "2023-10-05", "2022-06-23", InForce::NotYet);
        check("2022-06-24", "2023-10-05", "2022-06-24", InForce::Now);
        check("2022-06-24", "2023-10-05", "2023-10-05", InForce::Now);
        check("2022-06-24", "2023-10-05", "2023-10-06", InForce::Ended);
        check("2022-06", "2023-10", "2022-05-31", InForce::NotYet);
        check("2022-06", "2023-10", "2022-06-01", InForce::Uncertain);
        check("2022-06", "2023-10", "2022-06-30", InForce::Uncertain);
        check("2022-06", "2023-10", "2022-07-01", InForce::Now);
        check("2022-06", "2023-10", "2023-09-30", InForce::Now);
        check("2022-06", "2023-10", "2023-10-01", InForce::Uncertain);
        check("2022-06", "2023-10", "2023-11-01", InForce::Ended);
        check("", "", "1949", InForce::Now);
        check("2022", "", "2022-07", InForce::Uncertain);
        check("", "2022", "2023", InForce::Ended);
        check("2022-06-24", "", "2022-06", InForce::Uncertain);
    }

    #[test]
    fn impossible_or_sloppy_dates_are_refused() {
        for text in ["", "22", "2022-6", "2022-13", "2022-02-30", "2022-06-24-01", "2022/06", " 2022"] {
            assert_eq!(text.parse::<EdtfDate>(), Err(DateError(text.into())), "{text}");
        }
        assert_eq!("2024-02".parse::<EdtfDate>().unwrap().latest().to_string(), "2024-02-29");
    }
}
