//! What was checked and found in all.

use std::collections::BTreeMap;

use crate::{
    lang::Lang,
    rules::{Finding, Severity},
    text::{Draft, OBJECT},
};

/// What was done in all.
pub(in crate::cli) struct Summary {
    /// Drafts that were read and checked.
    pub drafts: usize,
    /// Characters that were checked, white space not counted.
    pub characters: usize,
    /// Findings by severity, in the order of [`Severity::ALL`].
    pub findings: [usize; 4],
    /// Findings by rule code.
    pub by_rule: BTreeMap<&'static str, RuleCount>,
    /// Findings that a baseline holds.
    pub baselined: usize,
    /// The limits of the configuration: errors and warnings allowed in 10,000 characters.
    pub limits: Vec<(String, f64)>,
    pub lang: Lang,
}

/// What a rule found.
pub(in crate::cli) struct RuleCount {
    pub rule: &'static str,
    pub findings: usize,
    /// Those with a safe fix.
    pub fixable: usize,
}

impl Summary {
    pub fn new(lang: Lang, limits: Vec<(String, f64)>) -> Self {
        Self { drafts: 0, characters: 0, findings: [0; 4], by_rule: BTreeMap::new(), baselined: 0, limits, lang }
    }

    /// Counts a draft and its findings.
    pub fn add(&mut self, draft: &Draft, findings: &[Finding]) {
        self.drafts += 1;
        let texts = draft.blocks.iter().map(|block| block.content.text.as_str());
        let counts = |c: &char| !c.is_whitespace() && *c != OBJECT;
        self.characters += texts.map(|text| text.chars().filter(counts).count()).sum::<usize>();
        for (count, severity) in self.findings.iter_mut().zip(Severity::ALL) {
            *count += findings.iter().filter(|finding| finding.severity == severity).count();
        }
        for finding in findings {
            let empty = RuleCount { rule: finding.rule, findings: 0, fixable: 0 };
            let count = self.by_rule.entry(finding.code).or_insert(empty);
            count.findings += 1;
            count.fixable += usize::from(finding.fixes.first().is_some_and(|fix| fix.safe));
        }
    }

    /// Errors and warnings in 10,000 characters.
    pub fn rate(&self) -> f64 {
        let grave = self.findings.iter().zip(Severity::ALL).filter(|(_, severity)| *severity >= Severity::Warning);
        let grave: usize = grave.map(|(count, _)| *count).sum();
        // Counts are far below 2^52.
        if self.characters == 0 { 0.0 } else { grave as f64 * 10_000.0 / self.characters as f64 }
    }

    /// Whether a limit is exceeded.
    pub fn exceeds_a_limit(&self) -> bool {
        self.limits.iter().any(|(_, limit)| self.rate() > *limit)
    }
}
