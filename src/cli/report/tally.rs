//! The last lines of a report for people: how much was checked and found, and how that stands to the
//! limits of the desk.

use std::io::{self, Write};

use super::{Summary, severity_word};
use crate::{lang::Lang, rules::Severity};

/// Writes the summary.
pub(super) fn write(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", counts(summary))?;
    if let Some(rate) = rate(summary) {
        writeln!(out, "{rate}")?;
    }
    match (summary.lang, summary.baselined) {
        (_, 0) => Ok(()),
        (Lang::Zh, known) => writeln!(out, "另有 {known} 处已记入基线，未列出。"),
        (Lang::En, 1) => writeln!(out, "1 more finding is in the baseline and not listed."),
        (Lang::En, known) => writeln!(out, "{known} more findings are in the baseline and not listed."),
    }
}

/// Writes how many findings each rule has, those with most first.
pub(in crate::cli) fn write_statistics(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let mut rows: Vec<_> = summary.by_rule.iter().collect();
    rows.sort_by_key(|(code, count)| (std::cmp::Reverse(count.findings), **code));
    for (code, count) in rows {
        let fixable = match (summary.lang, count.fixable) {
            (_, 0) => String::new(),
            (Lang::Zh, fixable) => format!("（可自动修正 {fixable}）"),
            (Lang::En, fixable) => format!(" ({fixable} fixable)"),
        };
        writeln!(out, "{:>6}  {code}  {}{fixable}", count.findings, count.rule)?;
    }
    Ok(())
}

fn counts(summary: &Summary) -> String {
    let counts = summary.findings.iter().zip(Severity::ALL);
    let counts = counts.filter(|(count, severity)| **count > 0 || *severity != Severity::Hint);
    let found: usize = summary.findings.iter().sum();
    let drafts = summary.drafts;
    match summary.lang {
        Lang::Zh if drafts == 0 => "没有检查任何文件。".to_owned(),
        Lang::En if drafts == 0 => "No file was checked.".to_owned(),
        Lang::Zh if found == 0 => format!("检查 {drafts} 个文件，未发现问题。"),
        Lang::Zh => {
            let counts: Vec<String> =
                counts.map(|(count, severity)| format!("{} {count}", severity_word(severity, Lang::Zh))).collect();
            format!("检查 {drafts} 个文件，发现 {}。", counts.join("、"))
        }
        Lang::En if found == 0 => format!("{drafts} {} checked, nothing found.", plural(drafts, "file")),
        Lang::En => {
            let counts: Vec<String> =
                counts.map(|(count, severity)| format!("{count} {}", plural(*count, severity.name()))).collect();
            format!("{drafts} {} checked: {}.", plural(drafts, "file"), counts.join(", "))
        }
    }
}

/// Errors and warnings per 10,000 characters beside the limits; nothing if there is nothing to compare.
fn rate(summary: &Summary) -> Option<String> {
    let rate = summary.rate();
    if summary.characters == 0 || (rate == 0.0 && summary.limits.is_empty()) {
        return None;
    }
    let characters = summary.characters;
    let limits = summary.limits.iter().map(|(name, limit)| match (summary.lang, rate > *limit) {
        (Lang::Zh, false) => format!("限度 {name} {limit}，未超过"),
        (Lang::Zh, true) => format!("限度 {name} {limit}，超过"),
        (Lang::En, false) => format!("limit {name} {limit}: kept"),
        (Lang::En, true) => format!("limit {name} {limit}: exceeded"),
    });
    let limits: Vec<String> = limits.collect();
    Some(match summary.lang {
        Lang::Zh => {
            let limits: String = limits.iter().map(|limit| format!("；{limit}")).collect();
            format!("全文 {characters} 字，每万字错误和警告 {rate:.1} 处{limits}。")
        }
        Lang::En => {
            let limits: String = limits.iter().map(|limit| format!("; {limit}")).collect();
            format!("{characters} characters, {rate:.1} errors and warnings per 10,000{limits}.")
        }
    })
}

/// `word` for one of them, `words` otherwise; of `info` there are no more.
fn plural(count: usize, word: &str) -> String {
    if count == 1 || word == "info" { word.to_owned() } else { format!("{word}s") }
}
