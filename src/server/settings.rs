//! The client's settings: the section `hegao`.

use jiff::Zoned;
use serde_json::Value;

use crate::{lang::Message, lexicon::EdtfDate};

/// The section of the client's settings that is hegao's.
pub(super) const SECTION: &str = "hegao";

/// What the client has set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Settings {
    /// `hegao.asOf`: the day for which every draft is checked.
    pub as_of: Option<EdtfDate>,
    /// `hegao.inlayHints`: whether the posts of the day stand after bare names; on unless switched off.
    pub inlay_hints: bool,
    /// `hegao.workspaceDiagnostics`: whether drafts that are not open are checked as well; off unless
    /// switched on.
    pub workspace_diagnostics: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { as_of: None, inlay_hints: true, workspace_diagnostics: false }
    }
}

/// The keys of the section.
const KEYS: [&str; 3] = ["asOf", "inlayHints", "workspaceDiagnostics"];

impl Settings {
    /// Reads what a client pushes: an object that holds the section, or the section itself. `None`
    /// if hegao's settings are not in it.
    pub(super) fn pushed(value: &Value) -> Option<(Self, Option<Message>)> {
        let section = value.get(SECTION).or_else(|| KEYS.iter().find_map(|key| value.get(key)).map(|_| value))?;
        Some(Self::of_section(section))
    }

    /// Reads the section. A value that cannot be used is left out and told.
    pub(super) fn of_section(section: &Value) -> (Self, Option<Message>) {
        let mut faults: Vec<Message> = Vec::new();
        let mut told = |result: Result<_, Message>| result.map_err(|fault| faults.push(fault)).ok().flatten();
        let switch = |key| read_switch(key, section.get(key).unwrap_or(&Value::Null));
        let default = Self::default();
        let inlay_hints = told(switch("inlayHints")).unwrap_or(default.inlay_hints);
        let workspace_diagnostics = told(switch("workspaceDiagnostics")).unwrap_or(default.workspace_diagnostics);
        let as_of = read_as_of(section.get("asOf").unwrap_or(&Value::Null));
        let as_of = as_of.map_err(|fault| faults.push(fault)).ok().flatten();
        (Self { as_of, inlay_hints, workspace_diagnostics }, faults.into_iter().next())
    }
}

/// A setting that is on or off, or not set.
fn read_switch(key: &str, value: &Value) -> Result<Option<bool>, Message> {
    match value {
        Value::Null => Ok(None),
        Value::Bool(on) => Ok(Some(*on)),
        Value::Object(fields) if fields.contains_key("enabled") => read_switch(key, &fields["enabled"]),
        other => Err(Message::new(
            format!("设置 hegao.{key} = {other} 未采用；应为 true 或 false"),
            format!("the setting hegao.{key} = {other} is not used; it must be true or false"),
        )),
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
