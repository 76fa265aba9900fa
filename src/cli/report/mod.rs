//! Reports: one file per format behind one trait.

mod checkstyle;
mod concise;
mod excerpt;
pub(super) mod fingerprint;
mod full;
mod github;
mod gitlab;
mod json;
mod jsonl;
mod junit;
mod link;
mod rdjson;
pub(super) mod record;
mod sarif;
mod summary;
pub(super) mod tally;
mod uri;
mod wrap;

use std::io::{self, Write};

pub(super) use self::summary::Summary;
use super::{args::ReportFormat, output::Content, place::Lines};
use crate::{
    check::Project,
    lang::Lang,
    rules::{Finding, Severity},
    text::Draft,
};

/// Writes findings in one format.
pub(super) trait Reporter {
    /// The findings of one draft; called once for each draft, in order.
    fn draft(&mut self, report: &DraftReport<'_>, out: &mut dyn Write) -> io::Result<()>;

    /// What follows the last draft.
    fn finish(&mut self, _summary: &Summary, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// A draft's findings with all that a report says of them.
pub(super) struct DraftReport<'a> {
    /// The path as printed.
    pub path: &'a str,
    pub project: &'a Project,
    pub draft: &'a Draft,
    pub findings: &'a [Finding],
    pub lang: Lang,
}

impl DraftReport<'_> {
    /// The draft's lines; only worth making if there are findings.
    fn lines(&self) -> Lines {
        Lines::new(&self.draft.text)
    }

    /// The path from the root, percent-encoded.
    fn absolute_path(&self) -> String {
        let path = std::path::absolute(self.path).unwrap_or_default();
        uri::of_path(&path.to_string_lossy()).trim_start_matches("file://").to_owned()
    }
}

/// How a report for people looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Columns at which text wraps.
    pub width: usize,
    /// Whether sources and drafts are hyperlinks.
    pub links: bool,
    /// Whether each rule is explained once.
    pub explain: bool,
}

impl ReportFormat {
    /// The reporter of a format.
    pub fn reporter(self, look: Look) -> Box<dyn Reporter> {
        match self {
            Self::Full => Box::new(full::Full::new(look)),
            Self::Concise => Box::new(concise::Concise),
            Self::Json => Box::new(json::Json::default()),
            Self::Jsonl => Box::new(jsonl::Jsonl),
            Self::Sarif => Box::new(sarif::Sarif::default()),
            Self::Github => Box::new(github::Github),
            Self::Gitlab => Box::new(gitlab::Gitlab::default()),
            Self::Junit => Box::new(junit::Junit::default()),
            Self::Checkstyle => Box::new(checkstyle::Checkstyle::default()),
            Self::Rdjson => Box::new(rdjson::Rdjson::default()),
        }
    }

    /// Who reads it.
    pub fn content(self) -> Content {
        match self {
            Self::Full | Self::Concise => Content::ForPeople,
            _ => Content::ForPrograms,
        }
    }
}

/// A severity in words.
pub(super) fn severity_word(severity: Severity, lang: Lang) -> &'static str {
    match (lang, severity) {
        (Lang::En, severity) => severity.name(),
        (Lang::Zh, Severity::Error) => "错误",
        (Lang::Zh, Severity::Warning) => "警告",
        (Lang::Zh, Severity::Info) => "提示",
        (Lang::Zh, Severity::Hint) => "参考",
    }
}
