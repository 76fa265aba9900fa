//! Floor 4: the facade that both front ends call. It knows where a draft's date, home jurisdiction and
//! rule levels come from, and keeps the analysis of blocks that did not change.

mod as_of;
mod block_cache;
mod levels;
mod project;

use std::{path::Path, sync::Arc};

pub use as_of::{AsOf, AsOfOrigin};
pub use block_cache::BlockCache;
pub use levels::{RuleSelection, UnknownRule};
pub use project::{Project, ProjectOptions};

use crate::{
    analysis::DraftAnalysis,
    lang::Message,
    lexicon::{EdtfDate, EntryIndex},
    rules::{self, Context, Finding, Severity},
    text::{Draft, DraftFormat},
};

/// A draft with everything known of it.
pub struct CheckedDraft {
    /// The draft.
    pub draft: Draft,
    /// Its mentions, posts and lists.
    pub analysis: DraftAnalysis,
    /// The findings, in order of place.
    pub findings: Vec<Finding>,
    /// The day for which facts were checked.
    pub as_of: AsOf,
    /// The home jurisdiction.
    pub home: Option<EntryIndex>,
    /// Faults of the draft's own front matter, such as a date that is none.
    pub notes: Vec<Message>,
}

impl Project {
    /// Checks one draft. `path` gives its date and the rule levels that hold for it; `cache` is where
    /// the analysis of unchanged blocks is kept between calls.
    pub fn check(
        &self,
        path: Option<&Path>,
        text: impl Into<Arc<str>>,
        format: DraftFormat,
        cache: &mut BlockCache,
    ) -> CheckedDraft {
        self.check_dated(None, path, text, format, cache)
    }

    /// As [`Project::check`], for a draft that came with a `date`; it stands for one in the front matter.
    pub fn check_dated(
        &self,
        date: Option<EdtfDate>,
        path: Option<&Path>,
        text: impl Into<Arc<str>>,
        format: DraftFormat,
        cache: &mut BlockCache,
    ) -> CheckedDraft {
        let draft = Draft::parse(text, format);
        let (as_of, mut notes) = match date.filter(|_| self.as_of_option().is_none()) {
            Some(date) => (AsOf { date, origin: AsOfOrigin::FrontMatter }, Vec::new()),
            None => self.as_of(path, &draft),
        };
        notes.extend(
            draft.front_matter.problems.iter().map(|problem| Message::new(problem.message_zh(), problem.message())),
        );
        let home = self.home(&draft, as_of.date, &mut notes);
        let blocks = cache.analyze(self, &draft);
        let analysis = self.analyzer().resolve(&draft, blocks, as_of.date, home);
        let as_of_is_set = as_of.origin != AsOfOrigin::Unasked;
        let context = Context {
            draft: &draft,
            analysis: &analysis,
            analyzer: self.analyzer(),
            as_of: as_of.date,
            as_of_is_set,
            home,
            known: Default::default(),
        };
        let level = |rule: &rules::Rule| self.level(path, rule);
        let mut findings = rules::run(&context, &level);
        if !as_of_is_set {
            cap_time_based(&mut findings, &as_of);
        }
        let suppression = rules::Suppression {
            waivers: &self.waivers(path),
            today: as_of::today().earliest(),
            is_selected: &|rule| self.selection().allows(rule),
            level: &level,
        };
        let findings = rules::suppress(&context, findings, &suppression);
        CheckedDraft { findings, analysis, draft, as_of, home, notes }
    }
}

impl Project {
    /// The officials of a draft that this project checked whom the lexicon lacks, whether or not the rule that
    /// reports them is on.
    pub fn unknown_officials(&self, checked: &CheckedDraft) -> Vec<Finding> {
        rules::unknown_officials(&Context {
            draft: &checked.draft,
            analysis: &checked.analysis,
            analyzer: self.analyzer(),
            as_of: checked.as_of.date,
            as_of_is_set: checked.as_of.origin != AsOfOrigin::Unasked,
            home: checked.home,
            known: Default::default(),
        })
    }
}

/// A today that nobody asked for proves little: what depends on it is only worth a remark that says how
/// to set the date.
fn cap_time_based(findings: &mut [Finding], as_of: &AsOf) {
    for finding in findings.iter_mut().filter(|finding| rules::find(finding.code).is_some_and(|rule| rule.time_based)) {
        finding.severity = finding.severity.min(Severity::Info);
        let date = as_of.date;
        finding.message.zh += &format!("（未注明稿件日期，按今天 {date} 核对；可在文首写 date: 或用 --as-of 指定）");
        finding.message.en += &format!(
            " (the draft has no date, so today, {date}, was used; set `date:` in its front matter or --as-of)"
        );
    }
}
