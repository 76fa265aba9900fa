//! A rule: data, a function, and its examples.

use super::{
    context::Context,
    finding::{Finding, Severity},
};
pub use crate::lang::Text;

/// One check of the catalogue. Everything people see of it (`explain`, the README table, hovers, the
/// tests of its examples) is derived from this.
pub struct Rule {
    /// Letter and number, never reused.
    pub code: &'static str,
    /// Name in kebab case.
    pub name: &'static str,
    /// How grave its findings are at most; a finding may be lighter.
    pub severity: Severity,
    /// Whether it is on unless configured otherwise.
    pub default_on: bool,
    /// Whether its findings depend on the as-of date.
    pub time_based: bool,
    /// What it reports, in one sentence.
    pub summary: Text,
    /// Why that matters and when it stays silent.
    pub why: Text,
    /// Drafts it reports, with the span between `⟦` and `⟧`.
    pub bad: &'static [Example],
    /// Drafts on which every rule stays silent.
    pub good: &'static [Example],
    /// The check itself.
    pub check: fn(&Context<'_>, &mut Vec<Finding>),
}

/// A draft that shows a rule at work. It is checked as of [`EXAMPLE_AS_OF`] with Jilin (220000) as home
/// jurisdiction, unless its front matter says otherwise.
pub struct Example {
    /// Lexicon entries in TOML, beside the built-in packs.
    pub lexicon: &'static str,
    /// The draft; in a bad example with the reported span between `⟦` and `⟧`.
    pub text: &'static str,
    /// The draft after the first fix.
    pub fixed: Option<&'static str>,
}

/// The as-of date of examples.
pub const EXAMPLE_AS_OF: &str = "2022-07-10";
