//! Dates of day, month or year precision.

use std::fmt;

use jiff::civil::Date;

/// A date written as EDTF level 0 (ISO 8601-2): `2020`, `2020-06` or `2020-06-05`. Lower precision
/// means: some day within that period, it is not known which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edtf {
    Year(i16),
    Month(i16, i8),
    Day(Date),
}

impl Edtf {
    /// The narrowest period that holds all the days; `None` if there are none or no single
    /// calendar year holds them.
    pub(super) fn covering(days: &[Date]) -> Option<Edtf> {
        let first = *days.iter().min()?;
        let last = *days.iter().max()?;
        if first == last {
            Some(Edtf::Day(first))
        } else if first.year() != last.year() {
            None
        } else if first.month() == last.month() {
            Some(Edtf::Month(first.year(), first.month()))
        } else {
            Some(Edtf::Year(first.year()))
        }
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Edtf::Year(year) => write!(f, "{year:04}"),
            Edtf::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Edtf::Day(day) => write!(f, "{day}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[track_caller]
    fn check(days: &[Date], expected: Option<&str>) {
        let found = Edtf::covering(days).map(|when| when.to_string());
        assert_eq!(found.as_deref(), expected);
    }

    #[test]
    fn several_days_give_the_narrowest_period_that_holds_them_all() {
        check(&[], None);
        check(&[date(2020, 6, 5)], Some("2020-06-05"));
        check(&[date(2020, 6, 5), date(2020, 6, 5)], Some("2020-06-05"));
        check(&[date(2020, 6, 5), date(2020, 6, 28)], Some("2020-06"));
        check(&[date(2020, 12, 31), date(2020, 1, 1)], Some("2020"));
        check(&[date(2019, 12, 31), date(2020, 1, 1)], None);
    }
}
