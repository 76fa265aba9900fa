//! Rules for prh, which textlint-rule-prh runs: each deprecated form of a term and each wrong form of a
//! slogan is replaced by the right one. A context in which a deprecated form is right becomes a condition of
//! the pattern. See <https://github.com/prh/prh>.

use super::loss::{Loss, Losses};
use crate::lexicon::{
    EntryKind,
    write::{EntryFields, Fields},
};

/// The rules, how many entries they come from, and what they leave out.
pub(super) fn write(entries: &[EntryFields]) -> (String, usize, Vec<Loss>) {
    let mut text = "version: 1\nrules:\n".to_owned();
    let mut losses = Losses::default();
    let mut carried = 0;
    for entry in entries {
        let rules = match entry.kind {
            EntryKind::Term => term_rules(&entry.fields),
            EntryKind::Slogan => slogan_rules(&entry.fields),
            _ => Vec::new(),
        };
        if rules.is_empty() {
            losses.add(entry, None);
            continue;
        }
        carried += 1;
        lost_keys(entry).for_each(|key| losses.add(entry, Some(key.to_owned())));
        rules.iter().for_each(|rule| rule.write(&mut text));
    }
    if carried == 0 {
        text = "version: 1\nrules: []\n".to_owned();
    }
    (text, carried, losses.finish())
}

/// The keys that make no rule.
fn lost_keys(entry: &EntryFields) -> impl Iterator<Item = &'static str> {
    let fields = &entry.fields;
    let deprecated = fields.list("deprecated");
    let says_where = |context: &smol_str::SmolStr| deprecated.iter().any(|form| context.contains(form.as_str()));
    let is_carried = move |key: &str| match key {
        "id" | "preferred" | "deprecated" | "text" | "wrong" => true,
        "note" => entry.kind == EntryKind::Term,
        "except" => fields.list("except").iter().all(says_where),
        _ => false,
    };
    fields.iter().map(|(key, _)| key).filter(move |key| !is_carried(key))
}

struct Rule<'a> {
    expected: &'a str,
    patterns: Vec<String>,
    /// What the tool shows beside the correction.
    note: &'a str,
}

impl Rule<'_> {
    fn write(&self, text: &mut String) {
        text.push_str(&format!("  - expected: {}\n    patterns:\n", quoted(self.expected)));
        for pattern in &self.patterns {
            text.push_str(&format!("      - {}\n", quoted(pattern)));
        }
        if !self.note.is_empty() {
            text.push_str(&format!("    prh: {}\n", quoted(self.note)));
        }
    }
}

fn term_rules(term: &Fields) -> Vec<Rule<'_>> {
    let expected = term.text("preferred");
    let right: Vec<&str> = std::iter::once(expected).chain(texts(term, "except")).collect();
    let patterns: Vec<String> = texts(term, "deprecated").map(|form| pattern(form, &right)).collect();
    let rule = Rule { expected, patterns, note: term.text("note") };
    Some(rule).filter(|rule| !rule.patterns.is_empty()).into_iter().collect()
}

/// Wrong forms without a note of their own share a rule.
fn slogan_rules(slogan: &Fields) -> Vec<Rule<'_>> {
    let expected = slogan.text("text");
    let (explained, plain): (Vec<&Fields>, Vec<&Fields>) =
        slogan.tables("wrong").iter().partition(|form| !form.text("note").is_empty());
    let right: Vec<&str> = std::iter::once(expected).chain(texts(slogan, "variants")).collect();
    let of = |form: &Fields| pattern(form.text("text"), &right);
    let mut rules: Vec<Rule<'_>> = Vec::new();
    if !plain.is_empty() {
        rules.push(Rule { expected, patterns: plain.into_iter().map(of).collect(), note: "" });
    }
    rules.extend(explained.into_iter().map(|form| Rule {
        expected,
        patterns: vec![of(form)],
        note: form.text("note"),
    }));
    rules
}

fn texts<'f>(fields: &'f Fields, key: &str) -> impl Iterator<Item = &'f str> {
    fields.list(key).iter().map(|text| text.as_str())
}

/// The form itself, or a regular expression that does not match it within a text in which it is right: 民工
/// within 农民工, if that is what is preferred to it.
fn pattern(form: &str, right: &[&str]) -> String {
    let conditions: String = right
        .iter()
        .flat_map(|context| positions(context, form))
        .map(|(before, after)| {
            let before = if before.is_empty() { String::new() } else { format!("(?<={})", escaped(before)) };
            format!("(?!{before}{}{})", escaped(form), escaped(after))
        })
        .collect();
    let looks_like_expression = form.starts_with('/');
    if conditions.is_empty() && !looks_like_expression {
        form.to_owned()
    } else {
        format!("/{conditions}{}/", escaped(form))
    }
}

/// What stands before and after each place of the form in a context.
fn positions<'c>(context: &'c str, form: &str) -> Vec<(&'c str, &'c str)> {
    let found = context.match_indices(form);
    found.map(|(at, _)| (&context[..at], &context[at + form.len()..])).collect()
}

/// The text in a regular expression of JavaScript.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if r"\*+.?{}()|^$[]/".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// A text in double quotation marks, which JSON and YAML write alike.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
