//! Directives and the rules they name.

use tower_lsp::ls_types::{CompletionItem, CompletionItemKind};

use super::{Offer, Request};
use crate::{lang::Text, rules::RULES, text::Span};

/// The words behind `hegao:` with what they ask for.
const DIRECTIVES: [(&str, Text); 5] = [
    ("ignore", Text { zh: "本行和下一行的问题不报", en: "not this line and the next one" }),
    ("ignore-next-line", Text { zh: "下一行的问题不报", en: "not the next line" }),
    ("ignore-start", Text { zh: "自此起的问题不报", en: "nothing from here on" }),
    ("ignore-end", Text { zh: "到此为止", en: "up to here" }),
    ("ignore-file", Text { zh: "全文的问题不报", en: "nothing in this draft" }),
];

/// The directives that begin with `word`.
pub(super) fn directives(request: &Request<'_>, word: Span) -> Vec<CompletionItem> {
    let known = DIRECTIVES.iter().filter(|(name, _)| name.starts_with(word.slice(request.text())));
    let offers = known.map(|(name, meaning)| Offer {
        label: (*name).to_owned(),
        detail: Some(meaning.get(request.checked.lang).to_owned()),
        kind: CompletionItemKind::KEYWORD,
        replaces: word,
        text: (*name).to_owned(),
        entry: None,
    });
    request.items(offers.collect())
}

/// The rules whose code or name begins with `word`; first those that report something in the draft.
pub(super) fn codes(request: &Request<'_>, word: Span) -> Vec<CompletionItem> {
    let typed = word.slice(request.text());
    let begins = |name: &str| name.get(..typed.len()).is_some_and(|head| head.eq_ignore_ascii_case(typed));
    let mut rules: Vec<_> = RULES.iter().filter(|rule| begins(rule.code) || begins(rule.name)).collect();
    rules.sort_by_key(|rule| !request.checked.draft.findings.iter().any(|finding| finding.code == rule.code));
    let offers = rules.into_iter().map(|rule| Offer {
        label: format!("{} {}", rule.code, rule.name),
        detail: Some(rule.summary.get(request.checked.lang).to_owned()),
        kind: CompletionItemKind::ENUM_MEMBER,
        replaces: word,
        text: rule.code.to_owned(),
        entry: None,
    });
    request.items(offers.collect())
}
