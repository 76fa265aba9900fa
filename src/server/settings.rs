//! The client's settings: the section `hegao`.

use jiff::Zoned;
use serde_json::Value;

use crate::{lang::Message, lexicon::EdtfDate};

/// The section of the client's settings that is hegao's.
pub(super) const SECTION: &str = "hegao";

/// What the client has set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    /// `hegao.asOf`: the day for which every draft is checked.
    pub as_of: Option<EdtfDate>,
}

impl Settings {
    /// Reads what a client pushes: an object that holds the section, or the section itself. `None`
    /// if hegao's settings are not in it.
    pub(super) fn pushed(value: &Value) -> Option<(Self, Option<Message>)> {
        let section = value.get(SECTION).or_else(|| value.get("asOf").map(|_| value))?;
        Some(Self::of_section(section))
    }

    /// Reads the section. A value that cannot be used is left out and told.
    pub(super) fn of_section(section: &Value) -> (Self, Option<Message>) {
        match read_as_of(section.get("asOf").unwrap_or(&Value::Null)) {
            Ok(as_of) => (Self { as_of }, None),
            Err(message) => (Self::default(), Some(message)),
        }
    }
}

/// An as-of date as settings and the command give it: a date, `today`, or nothing.
pub(super) fn read_as_of(value: &Value) -> Result<Option<EdtfDate>, Message> {
    let date = match value {
        Value::Null => return Ok(None),
        Value::String(text) if text.trim().is_empty() => return Ok(None),
        Value::String(text) if text.trim() == "today" => Some(EdtfDate::from_day(Zoned::now().date())),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    date.map(Some).ok_or_else(|| {
        Message::new(
            format!("核对日期 {value} 不是日期，未采用；应为 2022-06-24，或留空"),
            format!("the as-of date {value} is no date and is not used; write 2022-06-24, or leave it empty"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn settings_come_with_or_without_their_section() {
        let check = |value: Value, expected: Option<Option<&str>>, faulty: bool| {
            let read = Settings::pushed(&value);
            let date = read.as_ref().map(|(settings, _)| settings.as_of.map(|date| date.to_string()));
            assert_eq!(date, expected.map(|date| date.map(str::to_owned)), "{value}");
            assert_eq!(read.is_some_and(|(_, fault)| fault.is_some()), faulty, "{value}");
        };
        check(json!({"hegao": {"asOf": "2022-06-24"}}), Some(Some("2022-06-24")), false);
        check(json!({"asOf": "2022-06-24"}), Some(Some("2022-06-24")), false);
        check(json!({"hegao": {"asOf": ""}}), Some(None), false);
        check(json!({"hegao": {"asOf": null}}), Some(None), false);
        check(json!({"hegao": {"asOf": "soon"}}), Some(None), true);
        check(json!({"hegao": {"asOf": 2022}}), Some(None), true);
        check(json!({"hegao": {}}), Some(None), false);
        check(json!({"hegao": null}), Some(None), false);
        check(json!({"other": {}}), None, false);
        check(json!(null), None, false);
    }
}
