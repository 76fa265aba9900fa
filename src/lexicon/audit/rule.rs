//! A lexicon rule: data, a function, and its examples.

use super::context::Audit;
use crate::{
    lang::Text,
    lexicon::{Problem, ProblemCode},
};

/// One check of lexicon files. Everything people see of it is derived from this.
pub struct AuditRule {
    /// The code, which says how grave its problems are.
    pub code: ProblemCode,
    /// Name in kebab case.
    pub name: &'static str,
    /// What it reports, in one sentence.
    pub summary: Text,
    /// Why that matters, and when it stays silent.
    pub why: Text,
    /// Lexicon files it reports, and it alone.
    pub bad: &'static [AuditExample],
    /// Lexicon files on which every rule stays silent.
    pub good: &'static [AuditExample],
    /// The check itself; `None` if loading does it.
    pub check: Option<fn(&Audit<'_>, &mut Vec<Problem>)>,
}

/// A lexicon file in TOML, in force beside the built-in packs.
pub struct AuditExample {
    /// The file; in a bad example with the reported span between `⟦` and `⟧`.
    pub lexicon: &'static str,
    /// The file with the fix, if there is one.
    pub fixed: Option<&'static str>,
}

/// An example without a fix.
pub(super) const fn example(lexicon: &'static str) -> AuditExample {
    AuditExample { lexicon, fixed: None }
}
