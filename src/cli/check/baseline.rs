//! `--baseline` and `--write-baseline`: findings that were there before, and are not reported again.

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{
    check::CheckedDraft,
    cli::{
        drafts::DraftSource,
        faults::{Faults, io_message, say},
        place::as_given,
        projects::resolved,
        report::fingerprint,
    },
    lang::{Lang, Message},
};

/// The version of the file's format.
const VERSION: u32 = 1;

/// Findings on record. A finding is known by its draft's path, relative to the baseline's folder, and by
/// its [fingerprint](fingerprint::of_all), which edits elsewhere do not change.
pub(super) struct Baseline {
    folder: PathBuf,
    by_path: HashMap<String, HashSet<String>>,
}

/// Collects findings for a baseline.
pub(super) struct Recorder<'a> {
    path: &'a Path,
    folder: PathBuf,
    findings: Vec<Record>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    findings: Vec<Record>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    path: String,
    rule: String,
    text: String,
    fingerprint: String,
}

impl Baseline {
    /// Reads the file; a fault is said.
    pub fn read(path: &Path, faults: &mut Faults) -> Result<Self, ()> {
        let name = as_given(path);
        let text = fs::read(path).map_err(|error| faults.of_file(&name, None, &io_message(path, &error)))?;
        let file: File = serde_json::from_slice(&text).map_err(|error| {
            let message = Message::new(format!("不是基线文件：{error}"), format!("is no baseline: {error}"));
            faults.of_file(&name, Some(error.line()), &message);
        })?;
        if file.version != VERSION {
            let message = Message::new(
                format!("基线的版本是 {}，只能读版本 {VERSION}；请用 --write-baseline 重写", file.version),
                format!(
                    "has version {}, only {VERSION} can be read; write it anew with --write-baseline",
                    file.version
                ),
            );
            faults.of_file(&name, None, &message);
            return Err(());
        }
        let mut by_path: HashMap<String, HashSet<String>> = HashMap::new();
        for record in file.findings {
            by_path.entry(record.path).or_default().insert(record.fingerprint);
        }
        Ok(Self { folder: folder_of(path), by_path })
    }

    /// Leaves out the findings on record, and says how many those were.
    pub fn leave_out(&self, draft: &DraftSource, result: &mut CheckedDraft) -> usize {
        let Some(known) = self.by_path.get(&path_from(&self.folder, draft)) else { return 0 };
        let mut prints = fingerprint::of_all(&result.findings, &result.draft.text).into_iter();
        let before = result.findings.len();
        result.findings.retain(|_| prints.next().is_none_or(|print| !known.contains(&print)));
        before - result.findings.len()
    }
}

impl<'a> Recorder<'a> {
    pub fn new(path: &'a Path) -> Self {
        Self { path, folder: folder_of(path), findings: Vec::new() }
    }

    /// Records a draft's findings.
    pub fn add(&mut self, draft: &DraftSource, result: &CheckedDraft) {
        let path = path_from(&self.folder, draft);
        let prints = fingerprint::of_all(&result.findings, &result.draft.text);
        self.findings.extend(result.findings.iter().zip(prints).map(|(finding, fingerprint)| Record {
            path: path.clone(),
            rule: finding.code.to_owned(),
            text: finding.span.slice(&result.draft.text).to_owned(),
            fingerprint,
        }));
    }

    /// Writes the file, a line for each finding, and says so.
    pub fn write(&self, lang: Lang, faults: &mut Faults) {
        let mut text = format!("{{\"version\":{VERSION},\"findings\":[");
        for (index, record) in self.findings.iter().enumerate() {
            text += if index == 0 { "\n" } else { ",\n" };
            // Strings can always be written to memory.
            text += &serde_json::to_string(record).unwrap_or_default();
        }
        text += "\n]}\n";
        let (name, count) = (as_given(self.path), self.findings.len());
        match (fs::write(self.path, text), lang) {
            (Err(error), _) => faults.of_file(&name, None, &io_message(self.path, &error)),
            (Ok(()), Lang::Zh) => say(&format!("已把 {count} 处问题记入 {name}")),
            (Ok(()), Lang::En) => say(&format!("recorded {count} findings in {name}")),
        }
    }
}

fn folder_of(file: &Path) -> PathBuf {
    resolved(file).parent().map(Path::to_owned).unwrap_or_default()
}

/// The draft's path relative to `folder`, as far as it lies below it.
fn path_from(folder: &Path, draft: &DraftSource) -> String {
    let below = draft.path.as_deref().and_then(|path| path.strip_prefix(folder).ok());
    below.map_or_else(|| draft.name.clone(), as_given)
}
