//! `hegao explain`: a rule with its examples, or the table of all.

use std::io::{self, Write};

use serde::Serialize;

use super::{
    Outcome,
    args::{ExplainArgs, ExplainFormat},
    faults::Faults,
    locale::Language,
    output::{Content, Output},
    report::severity_word,
};
use crate::{
    check::UnknownRule,
    lang::Lang,
    lexicon::audit::{self, AUDIT_RULES, AuditExample, AuditRule},
    rules::{self, Example, Rule, Severity},
};

/// Prints a rule, or the table.
pub(super) fn run(args: &ExplainArgs, language: Language) -> Outcome {
    let lang = language.general();
    let mut faults = Faults::new(lang);
    let rule = match args.code.as_deref().map(|code| find(code, lang).ok_or(code)) {
        None => None,
        Some(Ok(rule)) => Some(rule),
        Some(Err(code)) => {
            faults.general(&UnknownRule(code.to_owned()).message());
            return Outcome::Fault;
        }
    };
    let mut output = Output::stdout(Content::ForPrograms);
    output.write(&mut faults, |out| match (args.format, &rule) {
        (ExplainFormat::Text, Some(rule)) => write_text(rule, lang, out),
        (ExplainFormat::Text, None) => all(lang).try_for_each(|rule| write_text_row(&rule, lang, out)),
        (ExplainFormat::Md, Some(rule)) => write_markdown(rule, lang, out),
        (ExplainFormat::Md, None) => write_markdown_table(lang, out),
        (ExplainFormat::Json, Some(rule)) => write_json(rule, out),
        (ExplainFormat::Json, None) => write_json(&all(lang).collect::<Vec<_>>(), out),
    });
    faults.outcome()
}

/// The explanation of a rule in Markdown.
pub(super) fn markdown(rule: &Rule, lang: Lang) -> String {
    let mut text = Vec::new();
    // Writing to memory cannot fail.
    let _ = write_markdown(&RuleRecord::of(rule, lang), lang, &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// The rule of drafts or lexicon files with this code or name.
fn find(code: &str, lang: Lang) -> Option<RuleRecord> {
    let of_drafts = rules::find(code).map(|rule| RuleRecord::of(rule, lang));
    of_drafts.or_else(|| audit::find(code).map(|rule| RuleRecord::of_lexicon(rule, lang)))
}

/// Every rule, those of lexicon files last.
fn all(lang: Lang) -> impl Iterator<Item = RuleRecord> {
    let of_drafts = rules::RULES.iter().map(move |rule| RuleRecord::of(rule, lang));
    of_drafts.chain(AUDIT_RULES.iter().map(move |rule| RuleRecord::of_lexicon(rule, lang)))
}

fn write_text(rule: &RuleRecord, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let words = Words::of(lang);
    writeln!(out, "{} {}", rule.code, rule.name)?;
    writeln!(out, "{}", standing(rule, lang))?;
    writeln!(out, "\n{}\n\n{}", rule.summary, rule.why)?;
    for example in &rule.bad {
        writeln!(out, "\n{}", words.bad)?;
        write_indented(example.text, out)?;
        if let Some(fixed) = example.fixed {
            writeln!(out, "{}", words.fixed)?;
            write_indented(fixed, out)?;
        }
        write_lexicon(example, &words, out)?;
    }
    for example in &rule.good {
        writeln!(out, "\n{}", words.good)?;
        write_indented(example.text, out)?;
        write_lexicon(example, &words, out)?;
    }
    Ok(())
}

fn write_lexicon(example: &ExampleRecord, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    if example.lexicon.trim().is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", words.lexicon)?;
    write_indented(example.lexicon.trim(), out)
}

fn write_indented(text: &str, out: &mut dyn Write) -> io::Result<()> {
    text.trim_end().lines().try_for_each(|line| writeln!(out, "{}", format!("    {line}").trim_end()))
}

fn write_text_row(rule: &RuleRecord, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let off = if rule.default_on { "" } else { Words::of(lang).off_in_table };
    let severity = severity_word(rule.severity, lang);
    let severity = if lang == Lang::En { format!("{severity:7}") } else { severity.to_owned() };
    writeln!(out, "{}  {:22}  {severity}  {}{off}", rule.code, rule.name, rule.summary)
}

fn write_markdown(rule: &RuleRecord, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let words = Words::of(lang);
    writeln!(out, "## {} {}\n\n{}\n", rule.code, rule.name, standing(rule, lang))?;
    writeln!(out, "{}\n\n{}", rule.summary, rule.why)?;
    let fence = |title: &str, kind: &str, text: &str, out: &mut dyn Write| {
        writeln!(out, "\n{title}\n\n````{kind}\n{}\n````", text.trim_end())
    };
    for example in &rule.bad {
        fence(words.bad, kind(rule), example.text, out)?;
        example.fixed.map_or(Ok(()), |fixed| fence(words.fixed, kind(rule), fixed, out))?;
        if !example.lexicon.trim().is_empty() {
            fence(words.lexicon, "toml", example.lexicon.trim(), out)?;
        }
    }
    for example in &rule.good {
        fence(words.good, kind(rule), example.text, out)?;
        if !example.lexicon.trim().is_empty() {
            fence(words.lexicon, "toml", example.lexicon.trim(), out)?;
        }
    }
    Ok(())
}

/// What the examples of a rule are written in.
fn kind(rule: &RuleRecord) -> &'static str {
    if rule.code.starts_with('X') { "toml" } else { "markdown" }
}

fn write_markdown_table(lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let words = Words::of(lang);
    writeln!(out, "{}\n| --- | --- | --- | --- |", words.table_head)?;
    for rule in all(lang) {
        let off = if rule.default_on { "" } else { words.off_in_table };
        let (severity, summary) = (severity_word(rule.severity, lang), rule.summary);
        writeln!(out, "| {} | {} | {severity} | {summary}{off} |", rule.code, rule.name)?;
    }
    Ok(())
}

/// Severity and whether the rule is on, in words.
fn standing(rule: &RuleRecord, lang: Lang) -> String {
    let severity = severity_word(rule.severity, lang);
    match (lang, rule.default_on) {
        (Lang::Zh, true) => format!("级别：{severity}；默认开启"),
        (Lang::Zh, false) => {
            format!("级别：{severity}；默认关闭，用 --select {} 或 hegao.toml 的 [rules] 开启", rule.code)
        }
        (Lang::En, true) => format!("Severity: {severity}; on by default"),
        (Lang::En, false) => format!(
            "Severity: {severity}; off by default, turned on by --select {} or [rules] in hegao.toml",
            rule.code
        ),
    }
}

/// The fixed words of an explanation.
struct Words {
    bad: &'static str,
    fixed: &'static str,
    good: &'static str,
    lexicon: &'static str,
    off_in_table: &'static str,
    table_head: &'static str,
}

impl Words {
    fn of(lang: Lang) -> Self {
        match lang {
            Lang::Zh => Self {
                bad: "会报告：",
                fixed: "修正为：",
                good: "不会报告：",
                lexicon: "所用词条：",
                off_in_table: "（默认关闭）",
                table_head: "| 代码 | 名称 | 级别 | 报告什么 |",
            },
            Lang::En => Self {
                bad: "Reported:",
                fixed: "Fixed:",
                good: "Not reported:",
                lexicon: "With these entries:",
                off_in_table: " (off by default)",
                table_head: "| code | name | severity | reports |",
            },
        }
    }
}

#[derive(Serialize)]
struct RuleRecord {
    code: &'static str,
    name: &'static str,
    severity: Severity,
    default_on: bool,
    time_based: bool,
    summary: &'static str,
    why: &'static str,
    bad: Vec<ExampleRecord>,
    good: Vec<ExampleRecord>,
}

#[derive(Serialize)]
struct ExampleRecord {
    lexicon: &'static str,
    text: &'static str,
    fixed: Option<&'static str>,
}

impl RuleRecord {
    fn of(rule: &Rule, lang: Lang) -> Self {
        let examples = |examples: &'static [Example]| {
            let record = |example: &Example| ExampleRecord {
                lexicon: example.lexicon,
                text: example.text,
                fixed: example.fixed,
            };
            examples.iter().map(record).collect()
        };
        Self {
            code: rule.code,
            name: rule.name,
            severity: rule.severity,
            default_on: rule.default_on,
            time_based: rule.time_based,
            summary: rule.summary.get(lang),
            why: rule.why.get(lang),
            bad: examples(rule.bad),
            good: examples(rule.good),
        }
    }
}

impl RuleRecord {
    fn of_lexicon(rule: &AuditRule, lang: Lang) -> Self {
        let examples = |examples: &'static [AuditExample]| {
            let record =
                |example: &AuditExample| ExampleRecord { lexicon: "", text: example.lexicon, fixed: example.fixed };
            examples.iter().map(record).collect()
        };
        Self {
            code: rule.code.code(),
            name: rule.name,
            severity: rule.code.severity(),
            default_on: true,
            time_based: false,
            summary: rule.summary.get(lang),
            why: rule.why.get(lang),
            bad: examples(rule.bad),
            good: examples(rule.good),
        }
    }
}

fn write_json(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}
