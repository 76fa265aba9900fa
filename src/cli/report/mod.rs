//! Reports: one file per format behind one trait.

mod concise;
mod excerpt;
mod full;
mod json;
mod jsonl;
pub(super) mod record;

use std::io::{self, Write};

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
}

/// What was done in all.
pub(super) struct Summary {
    /// Drafts that were read and checked.
    pub drafts: usize,
    /// Findings by severity, in the order of [`Severity::ALL`].
    pub findings: [usize; 4],
    pub lang: Lang,
}

impl Summary {
    pub fn new(lang: Lang) -> Self {
        Self { drafts: 0, findings: [0; 4], lang }
    }

    /// Counts a draft and its findings.
    pub fn add(&mut self, findings: &[Finding]) {
        self.drafts += 1;
        for (count, severity) in self.findings.iter_mut().zip(Severity::ALL) {
            *count += findings.iter().filter(|finding| finding.severity == severity).count();
        }
    }
}

impl ReportFormat {
    /// The reporter of a format.
    pub fn reporter(self) -> Box<dyn Reporter> {
        match self {
            Self::Full => Box::new(full::Full),
            Self::Concise => Box::new(concise::Concise),
            Self::Json => Box::new(json::Json::default()),
            Self::Jsonl => Box::new(jsonl::Jsonl),
        }
    }

    /// Who reads it.
    pub fn content(self) -> Content {
        match self {
            Self::Full | Self::Concise => Content::ForPeople,
            Self::Json | Self::Jsonl => Content::ForPrograms,
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
