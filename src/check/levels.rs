//! Which rules run on a draft, and how grave their findings count.

use std::path::Path;

use thiserror::Error;

use super::Project;
use crate::{
    config::{Config, RuleLevel, Waiver},
    lang::Message,
    lexicon::{Problem, ProblemCode, sink::Sink},
    rules::{self, Rule, Severity},
};

/// Rules chosen on the command line, by code, name or prefix of a code.
#[derive(Clone, Debug, Default)]
pub struct RuleSelection {
    /// Only these run, those that are off by default included; empty = the default ones.
    pub select: Vec<String>,
    /// These do not run.
    pub ignore: Vec<String>,
}

/// A code, name or prefix that means no rule.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("没有 `{0}` 这条规则；用 `hegao explain` 查看全部规则")]
pub struct UnknownRule(pub String);

impl UnknownRule {
    /// The error in both languages.
    pub fn message(&self) -> Message {
        Message::new(self.to_string(), format!("there is no rule `{}`; `hegao explain` lists them", self.0))
    }
}

impl RuleSelection {
    /// Refuses a selector that means no rule.
    pub fn validate(&self) -> Result<(), UnknownRule> {
        let unknown = self
            .select
            .iter()
            .chain(&self.ignore)
            .find(|selector| !rules::RULES.iter().any(|rule| selects(selector, rule)));
        unknown.map_or(Ok(()), |selector| Err(UnknownRule(selector.clone())))
    }

    /// Whether the rule is neither left out nor passed over for others.
    pub(super) fn allows(&self, rule: &Rule) -> bool {
        let is_in = |selectors: &[String]| selectors.iter().any(|selector| selects(selector, rule));
        !is_in(&self.ignore) && (self.select.is_empty() || is_in(&self.select))
    }
}

/// The rules that hegao.toml names and that there are not.
pub(super) fn unknown_rules(config: &Config, path: &Path, text: &str) -> Vec<Problem> {
    let sink = Sink::new(path, text);
    for (name, span) in config.rule_names.iter().filter(|(name, _)| rules::find(name).is_none()) {
        let message = UnknownRule(name.clone()).message();
        sink.report(ProblemCode::UnknownKey, *span, &message.zh, &message.en);
    }
    sink.into_problems()
}

/// Whether a selector, that is a code, a name or the start of a code, means `rule`.
fn selects(selector: &str, rule: &Rule) -> bool {
    selector == rule.name || (!selector.is_empty() && rule.code.starts_with(&selector.to_ascii_uppercase()))
}

impl Project {
    /// How grave findings of `rule` count in the draft at `path`; `None` if it is off.
    pub(super) fn level(&self, path: Option<&Path>, rule: &Rule) -> Option<Severity> {
        let selection = self.selection();
        if !selection.allows(rule) {
            return None;
        }
        let configured = self.configured_level(path, rule);
        match configured {
            Some(RuleLevel::Off) if selection.select.is_empty() => None,
            Some(RuleLevel::Hint) => Some(Severity::Hint),
            Some(RuleLevel::Info) => Some(Severity::Info),
            Some(RuleLevel::Warning) => Some(Severity::Warning),
            Some(RuleLevel::Error) => Some(Severity::Error),
            None if !rule.default_on && selection.select.is_empty() => None,
            Some(RuleLevel::Off) | None => Some(rule.severity),
        }
    }

    fn configured_level(&self, path: Option<&Path>, rule: &Rule) -> Option<RuleLevel> {
        let config = self.config();
        let find = |levels: &[(String, RuleLevel)]| {
            levels
                .iter()
                .find(|(selector, _)| selector == rule.name || selector.eq_ignore_ascii_case(rule.code))
                .map(|(_, level)| *level)
        };
        let relative = path.map(|path| self.below_root(path));
        let overriding =
            config.overrides.iter().rev().filter(|item| relative.is_some_and(|path| item.paths.is_match(path)));
        overriding.filter_map(|item| find(&item.rules)).next().or_else(|| find(&config.rules))
    }

    /// The waivers meant for the draft at `path`; without a path, those meant for every draft.
    pub(super) fn waivers(&self, path: Option<&Path>) -> Vec<&Waiver> {
        let relative = path.map(|path| self.below_root(path));
        let is_meant = |waiver: &&Waiver| match &waiver.path {
            Some(globs) => relative.is_some_and(|path| globs.is_match(path)),
            None => true,
        };
        self.config().waivers.iter().filter(is_meant).collect()
    }

    /// The path as path patterns see it: relative to the folder of hegao.toml.
    fn below_root<'p>(&self, path: &'p Path) -> &'p Path {
        self.config().root.as_ref().and_then(|root| path.strip_prefix(root).ok()).unwrap_or(path)
    }
}
