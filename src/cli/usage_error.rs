//! Usage errors in the language of the reader. Those that are not worded here stay as clap words them.

use std::error::Error as _;

use clap::{
    Error,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::args::ValueError;
use crate::lang::Lang;

/// The text for standard error, with its line break.
pub(super) fn render(error: &Error, lang: Lang) -> String {
    let own = error.source().and_then(|source| source.downcast_ref::<ValueError>());
    if let Some(ValueError(message)) = own {
        let argument = context(error, ContextKind::InvalidArg);
        return match lang {
            Lang::Zh => format!("hegao：{argument}：{}\n", message.zh),
            Lang::En => format!("hegao: {argument}: {}\n", message.en),
        };
    }
    let worded = if lang == Lang::Zh { in_chinese(error) } else { None };
    worded.map_or_else(|| error.render().to_string(), |text| format!("hegao：{text}\n"))
}

fn in_chinese(error: &Error) -> Option<String> {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let text = match error.kind() {
        ErrorKind::UnknownArgument => {
            format!("没有 `{argument}` 这个选项{}", suggestion(error, ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => {
            let name = context(error, ContextKind::InvalidSubcommand);
            format!("没有 `{name}` 这个命令{}", suggestion(error, ContextKind::SuggestedSubcommand))
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 缺少值{}", choices(error)),
        ErrorKind::InvalidValue => format!("{argument} 不能是 `{value}`{}", choices(error)),
        ErrorKind::ValueValidation => format!("{argument} 的值 `{value}` 有误"),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::ArgumentConflict => match context(error, ContextKind::PriorArg) {
            prior if prior == argument || prior.is_empty() => format!("{argument} 只能写一次"),
            prior => format!("{argument} 不能与 {prior} 同用"),
        },
        _ => return None,
    };
    let mark = if text.ends_with('？') { "" } else { "；" };
    Some(format!("{text}{mark}用 --help 查看用法"))
}

fn suggestion(error: &Error, kind: ContextKind) -> String {
    // clap puts the nearest last.
    let nearest = match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text),
        Some(ContextValue::Strings(texts)) => texts.last(),
        _ => None,
    };
    nearest.map(|text| format!("，是否指 `{text}`？")).unwrap_or_default()
}

fn choices(error: &Error) -> String {
    let text = context(error, ContextKind::ValidValue);
    if text.is_empty() { text } else { format!("；可用：{text}") }
}

fn context(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    }
}
