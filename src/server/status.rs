//! The notification `hegao/status`: what drafts are checked against, and what was found.

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{Uri, notification::Notification};

use super::{projects::Loaded, world::Checked};
use crate::{
    check::AsOf,
    lang::Lang,
    rules::Severity,
    text::{Draft, DraftFormat},
};

/// The parameters of `hegao/status`. Without a `uri` they are about a project after it was loaded,
/// with one about a draft after its findings were published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Status {
    /// The draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<Uri>,
    /// The version of the draft that was checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<i32>,
    /// The as-of date, `2022-07-10`; of a draft with a less precise date `2022-07` or `2022`.
    pub as_of: String,
    /// Where that comes from: `option`, `front-matter`, `file-name`, `config` or `today`.
    pub origin: String,
    /// The same in words, in the language of messages.
    pub origin_text: String,
    /// The lexicon revision: another number after each load.
    pub revision: u64,
    /// The configuration file in force, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<Uri>,
    /// How many there are.
    pub counts: Counts,
}

/// Counts of a status.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Counts {
    /// Entries of the project's own lexicon; those of built-in packs are not counted.
    pub entries: usize,
    /// Faults in hegao.toml and the lexicon files.
    pub problems: usize,
    /// Findings in the draft, by severity.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub findings: Option<FindingCounts>,
}

/// Findings of one draft by severity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FindingCounts {
    /// Errors.
    pub error: usize,
    /// Warnings.
    pub warning: usize,
    /// Infos.
    pub info: usize,
    /// Hints.
    pub hint: usize,
}

/// The notification itself.
#[derive(Debug)]
pub(super) enum StatusNotification {}

impl Notification for StatusNotification {
    type Params = Status;
    const METHOD: &'static str = "hegao/status";
}

impl Status {
    /// The status of a project, for a draft that says nothing itself.
    pub(super) fn of_project(loaded: &Loaded, lang: Lang) -> Self {
        let (as_of, _) = loaded.project.as_of(None, &Draft::parse("", DraftFormat::Plain));
        Self::new(loaded, as_of, lang)
    }

    /// The status of a draft that was checked.
    pub(super) fn of_draft(checked: &Checked, lang: Lang) -> Self {
        let count =
            |severity: Severity| checked.draft.findings.iter().filter(|finding| finding.severity == severity).count();
        let mut status = Self::new(&checked.loaded, checked.draft.as_of, lang);
        status.uri = Some(checked.document.uri.clone());
        status.version = Some(checked.document.version);
        status.counts.findings = Some(FindingCounts {
            error: count(Severity::Error),
            warning: count(Severity::Warning),
            info: count(Severity::Info),
            hint: count(Severity::Hint),
        });
        status
    }

    fn new(loaded: &Loaded, as_of: AsOf, lang: Lang) -> Self {
        let lexicon = loaded.project.lexicon();
        let own = lexicon.written_entries().filter(|(_, entry)| lexicon.file(entry.file).pack.is_none());
        Self {
            uri: None,
            version: None,
            as_of: as_of.date.to_string(),
            origin: as_of.origin.name().to_owned(),
            origin_text: as_of.origin.in_words().get(lang).to_owned(),
            revision: loaded.project.revision(),
            config: loaded.project.config_path().and_then(super::to_proto::uri),
            counts: Counts { entries: own.count(), problems: loaded.problems.len(), findings: None },
        }
    }
}
