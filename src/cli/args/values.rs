//! Values of options, and why they are refused.

use std::net::SocketAddr;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::Zoned;
use thiserror::Error;

use crate::{
    lang::{Lang, Message},
    lexicon::{EdtfDate, EntryKind},
    rules::Severity,
};

/// From which severity on findings give exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum FailOn {
    Never,
    At(Severity),
    /// More errors and warnings in 10,000 characters than a limit of the configuration.
    Limit,
}

impl FailOn {
    /// Whether a finding of this severity gives exit code 1.
    pub fn includes(self, severity: Severity) -> bool {
        matches!(self, Self::At(least) if severity >= least)
    }
}

/// Why the value of an option is refused.
#[derive(Clone, Debug, Error)]
#[error("{0}")]
pub(in crate::cli) struct ValueError(pub Message);

fn refused(zh: String, en: String) -> ValueError {
    ValueError(Message::new(zh, en))
}

pub(super) fn lang(text: &str) -> Result<Lang, ValueError> {
    let zh = format!("`{text}` 不是可用的语言；应为 zh 或 en");
    Lang::from_tag(text).ok_or_else(|| refused(zh, format!("`{text}` is no language of hegao; write zh or en")))
}

pub(super) fn as_of(text: &str) -> Result<EdtfDate, ValueError> {
    if text == "today" {
        return Ok(EdtfDate::from_day(Zoned::now().date()));
    }
    let zh = format!("`{text}` 不是日期；应为 2022-06-24、2022-06、2022 或 today");
    let en = format!("`{text}` is no date; write 2022-06-24, 2022-06, 2022 or today");
    text.parse().map_err(|_| refused(zh, en))
}

pub(super) fn entry_kind() -> impl TypedValueParser<Value = EntryKind> {
    PossibleValuesParser::new(EntryKind::ALL.map(EntryKind::name))
        .map(|name| EntryKind::ALL.into_iter().find(|kind| kind.name() == name).unwrap_or(EntryKind::Person))
}

pub(super) fn severity() -> impl TypedValueParser<Value = Severity> {
    PossibleValuesParser::new(Severity::ALL.map(Severity::name))
        .map(|name| Severity::from_name(&name).unwrap_or(Severity::Hint))
}

pub(super) fn fail_on() -> impl TypedValueParser<Value = FailOn> {
    let names = Severity::ALL.map(Severity::name).into_iter().chain(["never"]);
    PossibleValuesParser::new(names).map(|name| Severity::from_name(&name).map_or(FailOn::Never, FailOn::At))
}

/// As [`fail_on`], with `limit` for the limits of the configuration.
pub(super) fn fail_on_or_limit() -> impl TypedValueParser<Value = FailOn> {
    let names = Severity::ALL.map(Severity::name).into_iter().chain(["limit", "never"]);
    PossibleValuesParser::new(names).map(|name| match name.as_str() {
        "limit" => FailOn::Limit,
        name => Severity::from_name(name).map_or(FailOn::Never, FailOn::At),
    })
}

pub(super) fn mapping(text: &str) -> Result<(String, String), ValueError> {
    let parts = text.rsplit_once('=').filter(|(column, key)| !column.is_empty() && !key.is_empty());
    let zh = format!("`{text}` 应写作 列名=键，如 岗位=title");
    let read = |(column, key): (&str, &str)| (column.trim().to_owned(), key.trim().to_owned());
    parts.map(read).ok_or_else(|| refused(zh, format!("write `{text}` as COLUMN=KEY, such as Office=title")))
}

/// A port alone is on the loopback interface; another interface must be named.
pub(super) fn address(text: &str) -> Result<SocketAddr, ValueError> {
    let port = text.strip_prefix("localhost").unwrap_or(text);
    if let Ok(port) = port.strip_prefix(':').unwrap_or(port).parse::<u16>() {
        return Ok(SocketAddr::from(([127, 0, 0, 1], port)));
    }
    let zh = format!("`{text}` 不是地址；应为端口（如 9257）或 地址:端口（如 127.0.0.1:9257）");
    let en = format!("`{text}` is no address; write a port (9257) or ADDRESS:PORT (127.0.0.1:9257)");
    text.parse().map_err(|_| refused(zh, en))
}
