//! Dates as people and other programs write them, as EDTF strings.

use crate::lexicon::EdtfDate;

/// Reads `2022年6月24日`, `2022.6`, `2022/6/24`, `20220624`, `2022-06-24T00:00:00Z` and the like, of any
/// precision. `None` if the text is no such date, or the day does not exist.
pub(super) fn read(text: &str) -> Option<String> {
    let text = halfwidth(text.trim()).trim_end_matches(['起', '止']).to_owned();
    let day = text.split_once(['T', ' ']).filter(|(_, time)| is_time(time)).map_or(text.as_str(), |(day, _)| day);
    let parts: Vec<&str> = day.split(['年', '月', '日', '号', '/', '.', '-']).map(str::trim).collect();
    let (numbers, rest): (Vec<&str>, Vec<&str>) = parts.iter().partition(|part| !part.is_empty());
    let all_digits = numbers.iter().all(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    // 2022年6月 has one empty part after its last mark; more are no date.
    if !all_digits || rest.len() > 1 || rest.len() == 1 && parts.last() != Some(&"") {
        return None;
    }
    let written = match numbers.as_slice() {
        [all] if all.len() == 8 => format!("{}-{}-{}", all.get(..4)?, all.get(4..6)?, all.get(6..)?),
        [all] if all.len() == 6 => format!("{}-{}", all.get(..4)?, all.get(4..)?),
        [year] => (*year).to_owned(),
        [year, month] => format!("{year}-{month:0>2}"),
        [year, month, day] => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => return None,
    };
    written.parse::<EdtfDate>().ok().map(|date| date.to_string())
}

/// Reads a period in one text: `2018.01—2020.05`, `2018年1月至今`. The end is empty if it lasts.
pub(super) fn read_period(text: &str) -> Option<(String, String)> {
    const MARKS: [&str; 8] = ["——", "—", "–", "至", "～", "~", "－", " - "];
    let (start, end) = MARKS.iter().find_map(|mark| text.split_once(mark)).or_else(|| {
        // A hyphen between two dates that have none themselves.
        text.split_once('-').filter(|(start, end)| !end.contains('-') && start.contains(['.', '年', '/']))
    })?;
    let end = end.trim_start_matches(['至', '-']).trim();
    let end = if matches!(end, "今" | "" | "现在" | "present") { String::new() } else { read(end)? };
    Some((read(start)?, end))
}

/// A point in time of a source that writes imprecise dates as the first day of their period, as Wikidata's
/// query service does: the first of January stands for the year, the first of a month for the month.
pub(super) fn without_false_precision(date: &str) -> &str {
    date.strip_suffix("-01-01").or_else(|| date.strip_suffix("-01").filter(|month| month.len() == 7)).unwrap_or(date)
}

fn is_time(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit()) && text.contains(':')
}

fn halfwidth(text: &str) -> String {
    let narrow = |character: char| match character {
        '０'..='９' => char::from_u32(u32::from(character) - u32::from('０') + u32::from('0')).unwrap_or(character),
        '．' | '。' => '.',
        '／' => '/',
        character => character,
    };
    text.chars().map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(read(text).as_deref(), expected, "{text}");
    }

    #[test]
    fn dates_of_any_precision_are_read() {
        for text in [
            "2022-06-24",
            "2022年6月24日",
            "2022/6/24",
            "2022.06.24",
            "20220624",
            "２０２２年６月２４日",
            " 2022-06-24T00:00:00Z",
            "2022-6-24 0:00:00",
        ] {
            check(text, Some("2022-06-24"));
        }
        for text in ["2022-06", "2022年6月", "2022.6", "2022/06", "202206", "2022年6月起"] {
            check(text, Some("2022-06"));
        }
        check("2022年", Some("2022"));
        check("2022", Some("2022"));
        for text in
            ["", "6月24日", "2022-02-30", "2022年13月", "约2022年", "44736", "24/6/2022", "2022--06", "Jun-22", "22.6"]
        {
            check(text, None);
        }
    }

    #[test]
    fn periods_in_one_cell_are_read() {
        let period = |text: &str| read_period(text);
        assert_eq!(period("2018.01—2020.05"), Some(("2018-01".into(), "2020-05".into())));
        assert_eq!(period("2018.01-2020.05"), Some(("2018-01".into(), "2020-05".into())));
        assert_eq!(period("2018年1月至今"), Some(("2018-01".into(), String::new())));
        assert_eq!(period("2018年1月——"), Some(("2018-01".into(), String::new())));
        assert_eq!(period("2018-01"), None);
    }

    #[test]
    fn the_first_day_of_a_period_is_no_precise_date() {
        assert_eq!(without_false_precision("2022-01-01"), "2022");
        assert_eq!(without_false_precision("2022-06-01"), "2022-06");
        assert_eq!(without_false_precision("2022-06-24"), "2022-06-24");
        assert_eq!(without_false_precision("2022-01"), "2022-01");
    }
}
