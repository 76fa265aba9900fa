//! Floor 3: the rules.
//!
//! A rule is data plus a function plus its examples, in one file; [`RULES`] is the one table of them.

mod context;
mod dated_post;
mod example_lexicon;
mod finding;
mod history;
mod name_slip;
mod numeral;
mod place_behind;
mod rule;
mod slogan_parts;
mod suppression;
mod title;

mod ambiguous_person;
mod ambiguous_place;
mod annotation_mismatch;
mod byline_fault;
mod deprecated_term;
mod former_place;
mod former_post;
mod future_post;
mod impossible_date;
mod incomplete_post;
mod inconsistent_name;
mod inconsistent_slogan;
mod misplaced_former;
mod misquoted_slogan;
mod misspelt_name;
mod misspelt_place;
mod placeholder_left;
mod premature_slogan;
mod pronoun_gender;
mod repeated_text;
mod roll_call_count;
mod roll_call_coverage;
mod roll_call_duplicate;
mod roll_call_order;
mod roll_call_separator;
mod slogan_attribution;
mod slogan_count;
mod slogan_incomplete;
mod slogan_order;
mod slogan_punctuation;
mod superseded_slogan;
mod unknown_annotation;
mod unknown_official;
mod unpaired_mark;
mod unused_ignore;
mod wrong_division_type;
mod wrong_document_title;
mod wrong_head_title;
mod wrong_parent;
mod wrong_post;

pub use context::Context;
pub use finding::{Addition, ChosenEdits, Edit, Evidence, Finding, Fix, NewPost, Severity, apply};
pub use rule::{EXAMPLE_AS_OF, Example, Rule, Text};
pub use suppression::{Suppression, is_ignored, suppress};

/// Every rule, in the order of codes.
pub static RULES: &[&Rule] = &[
    &misspelt_name::RULE,
    &inconsistent_name::RULE,
    &wrong_post::RULE,
    &former_post::RULE,
    &future_post::RULE,
    &incomplete_post::RULE,
    &misplaced_former::RULE,
    &roll_call_order::RULE,
    &roll_call_duplicate::RULE,
    &roll_call_count::RULE,
    &roll_call_coverage::RULE,
    &roll_call_separator::RULE,
    &pronoun_gender::RULE,
    &unknown_official::RULE,
    &ambiguous_person::RULE,
    &wrong_parent::RULE,
    &former_place::RULE,
    &wrong_division_type::RULE,
    &misspelt_place::RULE,
    &ambiguous_place::RULE,
    &wrong_head_title::RULE,
    &misquoted_slogan::RULE,
    &slogan_order::RULE,
    &slogan_incomplete::RULE,
    &slogan_punctuation::RULE,
    &superseded_slogan::RULE,
    &premature_slogan::RULE,
    &slogan_attribution::RULE,
    &slogan_count::RULE,
    &inconsistent_slogan::RULE,
    &deprecated_term::RULE,
    &wrong_document_title::RULE,
    &unpaired_mark::RULE,
    &impossible_date::RULE,
    &repeated_text::RULE,
    &placeholder_left::RULE,
    &byline_fault::RULE,
    &unknown_annotation::RULE,
    &annotation_mismatch::RULE,
    &unused_ignore::RULE,
];

/// The rule with this code or name.
pub fn find(code_or_name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(code_or_name) || rule.name == code_or_name)
}

/// The officials whom the lexicon lacks, as P501 reports them, for those who ask without having it on.
pub fn unknown_officials(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    unknown_official::check(context, &mut findings);
    findings
}

/// Runs every rule that `level` gives a severity; a finding is at most as grave as that, unless the
/// level lifts the rule's own. Findings come in order of place, then code.
pub fn run(context: &Context<'_>, level: &dyn Fn(&Rule) -> Option<Severity>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES {
        let Some(severity) = level(rule) else { continue };
        let first = findings.len();
        (rule.check)(context, &mut findings);
        for finding in &mut findings[first..] {
            finding.severity = if severity > rule.severity { severity } else { finding.severity.min(severity) };
        }
    }
    findings.sort_by(|a, b| (a.span, a.code).cmp(&(b.span, b.code)));
    findings
}
