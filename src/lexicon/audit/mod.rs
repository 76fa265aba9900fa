//! The lexicon audit: what is wrong, doubtful or missing in a project's own entries.
//!
//! A rule is data plus a function plus its examples, in one file; [`AUDIT_RULES`] is the one table of
//! all X rules, with those that loading itself enforces. Entries of packs are not audited.

mod context;
mod rule;

mod dangling_reference;
mod end_before_start;
mod loading;
mod missing_source;
mod overlapping_versions;
mod parent_cycle;
mod shared_form;
mod shared_post;
mod stale_entry;
mod unsafe_form;

use jiff::civil::Date;

use super::{Lexicon, Problem, entry::EntryIndex};
use context::Audit;

pub use rule::{AuditExample, AuditRule};

/// Every lexicon rule, in the order of codes.
pub static AUDIT_RULES: &[&AuditRule] = &[
    &loading::DUPLICATE_ID,
    &dangling_reference::RULE,
    &end_before_start::RULE,
    &shared_post::RULE,
    &parent_cycle::RULE,
    &shared_form::RULE,
    &missing_source::RULE,
    &loading::UNKNOWN_KEY,
    &loading::INVALID_VALUE,
    &loading::UNREADABLE,
    &overlapping_versions::RULE,
    &unsafe_form::RULE,
    &stale_entry::RULE,
];

/// What an audit goes by besides the lexicon.
#[derive(Clone, Debug)]
pub struct AuditOptions {
    /// The day of the audit.
    pub today: Date,
    /// After how many months an entry wants another look; `None` = never.
    pub review_months: Option<u16>,
    /// Posts that two persons hold at once. Titles are compared in normal form, which is the work of
    /// [`Analyzer::shared_posts`](crate::analysis::Analyzer::shared_posts).
    pub shared_posts: Vec<SharedPost>,
}

/// A post that one person holds at a time, held by two: each by person and position among the posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedPost {
    /// Who began first.
    pub earlier: (EntryIndex, usize),
    /// Who began later.
    pub later: (EntryIndex, usize),
}

/// Runs every rule of the audit over the project's own entries, in the order of files and lines. What
/// loading found is in [`Lexicon::problems`].
pub fn audit(lexicon: &Lexicon, options: &AuditOptions) -> Vec<Problem> {
    let audit = Audit::new(lexicon, options);
    let mut problems = Vec::new();
    for rule in AUDIT_RULES {
        if let Some(check) = rule.check {
            check(&audit, &mut problems);
        }
    }
    problems.sort_by(|a, b| (&a.path, a.span, a.code).cmp(&(&b.path, b.span, b.code)));
    problems
}

/// The lexicon rule with this code or name.
pub fn find(code_or_name: &str) -> Option<&'static AuditRule> {
    let named = |rule: &&AuditRule| rule.code.code().eq_ignore_ascii_case(code_or_name) || rule.name == code_or_name;
    AUDIT_RULES.iter().copied().find(named)
}
