//! A103: a directive or waiver that silences nothing, or is past its date.
//!
//! What a directive silenced is known only when all rules have run, so the findings are made by
//! [`suppress`](super::suppress), not by the rule's own check.

use super::{
    RULES,
    context::Context,
    finding::{Edit, Finding, Fix, Severity},
    rule::{Example, Rule, Text},
    suppression::Suppression,
};
use crate::{
    config::Waiver,
    lang::Message,
    text::{Directive, DirectiveKind, Draft, Span},
};

pub(super) const RULE: Rule = Rule {
    code: "A103",
    name: "unused-ignore",
    severity: Severity::Warning,
    default_on: true,
    time_based: false,
    summary: Text {
        zh: "忽略指令没有作用或写法有误，或豁免已过期",
        en: "a directive silences nothing or is not understood, or a waiver is past its date",
    },
    why: Text {
        zh: "多余的忽略会掩盖以后的差错。报：什么也没有屏蔽的，指令词或规则写错的，ignore-start 没有 ignore-end 的，\
             hegao.toml 中 [[waiver]] 过了 until 的（过期即不再起作用）。所指规则本次没有运行的，不报；\
             稿件日期未指明时，依日期的规则的忽略只作提示。",
        en: "A needless ignore hides what goes wrong later. Reported are directives that silence nothing, unknown words \
             and rules in them, ignore-start without ignore-end, and a [[waiver]] past its `until`, which then covers \
             nothing. Directives for rules that did not run are left alone; those for rules of date are only a remark \
             while nobody set the draft's date.",
    },
    bad: &[
        Example {
            lexicon: "",
            text: "⟦<!-- hegao: ignore F102 -->⟧\n会议2月28日召开。",
            fixed: Some("会议2月28日召开。"),
        },
        Example {
            lexicon: "", text: "会议⟦<!-- hegao: ignore -->⟧2月28日召开。", fixed: Some("会议2月28日召开。")
        },
        Example { lexicon: "", text: "<!-- hegao: ignore F102 ⟦F999⟧ -->\n会议2月30日召开。", fixed: None },
        Example { lexicon: "", text: "⟦<!-- hegao: ignor F102 -->⟧\n\n会议2月28日召开。", fixed: None },
        Example {
            lexicon: "", text: "⟦<!-- hegao: ignore-start F102 -->⟧\n\n会议2月30日召开。", fixed: None
        },
        Example { lexicon: "", text: "会议2月28日召开。\n\n⟦<!-- hegao: ignore-end -->⟧", fixed: None },
    ],
    good: &[
        Example { lexicon: "", text: "<!-- hegao: ignore F102 -->\n会议2月30日召开。", fixed: None },
        Example {
            lexicon: "",
            text: "<!-- hegao: ignore-next-line impossible-date -->\n会议2月30日召开。",
            fixed: None,
        },
        Example {
            lexicon: "",
            text: "<!-- hegao: ignore-start F1 -->\n\n会议2月30日召开。\n\n<!-- hegao: ignore-end -->",
            fixed: None,
        },
        Example { lexicon: "", text: "<!-- hegao: ignore-file -->\n\n会议2月30日召开。", fixed: None },
        Example {
            lexicon: "",
            text: "<!-- hegao: ignore F101 A103 -->\n会议2月28日召开。<!-- 其他批注 -->",
            fixed: None,
        },
    ],
    check: |_, _| {},
};

/// The directives that cannot work: unknown words and rules, a start without an end, an end without a
/// start.
pub(super) fn faulty_directives(draft: &Draft) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut open: Vec<&Directive> = Vec::new();
    for directive in &draft.directives {
        match &directive.kind {
            DirectiveKind::Unknown(word) => found.push(finding(directive.span, unknown_word(word))),
            DirectiveKind::IgnoreStart => open.push(directive),
            DirectiveKind::IgnoreEnd if open.is_empty() => {
                let message =
                    Message::new("ignore-end 之前没有 ignore-start", "no ignore-start stands before this ignore-end");
                found.push(finding(directive.span, message).with_fix(removal(draft, directive.span)));
            }
            DirectiveKind::IgnoreEnd => open.clear(),
            _ => {}
        }
        for code in directive.codes.iter().filter(|code| !RULES.iter().any(|rule| selects(&code.value, rule))) {
            let message = Message::new(
                format!("没有 `{}` 这条规则；用 `hegao explain` 查看全部规则", code.value),
                format!("there is no rule `{}`; `hegao explain` lists them", code.value),
            );
            found.push(finding(code.span, message));
        }
    }
    let message = || {
        Message::new(
            "ignore-start 之后没有 ignore-end，直到文末都被忽略",
            "no ignore-end follows: all is ignored to the end",
        )
    };
    found.extend(open.into_iter().map(|directive| finding(directive.span, message())));
    found
}

/// The report of a directive that silenced nothing; none if that says nothing: the rules it names did not
/// run, or it is at fault in another way.
pub(super) fn unused(context: &Context<'_>, index: usize, suppression: &Suppression<'_>) -> Option<Finding> {
    let directive = &context.draft.directives[index];
    let named =
        |rule: &&&Rule| directive.codes.is_empty() || directive.codes.iter().any(|code| selects(&code.value, rule));
    let rules: Vec<&Rule> = RULES.iter().filter(named).copied().collect();
    let has_unknown = directive.codes.iter().any(|code| !RULES.iter().any(|rule| selects(&code.value, rule)));
    let names_this_rule = !directive.codes.is_empty() && rules.iter().any(|rule| rule.code == RULE.code);
    let is_open = directive.kind == DirectiveKind::IgnoreStart
        && !context.draft.directives[index..].iter().any(|other| other.kind == DirectiveKind::IgnoreEnd);
    let have_run = rules.iter().all(|rule| (suppression.is_selected)(rule))
        && (directive.codes.is_empty() || rules.iter().any(|rule| (suppression.level)(rule).is_some()));
    if has_unknown || names_this_rule || is_open || !have_run {
        return None;
    }
    let message = Message::new("这条忽略指令没有屏蔽任何问题，可以删去", "this directive silences nothing and can go");
    let doubtful = !context.as_of_is_set && rules.iter().any(|rule| rule.time_based) && !directive.codes.is_empty();
    let severity = if doubtful { Severity::Info } else { RULE.severity };
    let found = finding(directive.span, message).with_severity(severity);
    let goes_alone = directive.kind != DirectiveKind::IgnoreStart;
    Some(if goes_alone { found.with_fix(removal(context.draft, directive.span)) } else { found })
}

/// The report of a waiver past its date, at the finding it covered.
pub(super) fn past_waiver(covered: &Finding, waiver: &Waiver) -> Finding {
    let until = waiver.until.map(|until| until.to_string()).unwrap_or_default();
    let message = Message::new(
        format!("hegao.toml 中对 {}“{}”的豁免已于 {until} 到期，不再起作用", waiver.rule, waiver.text),
        format!(
            "the waiver of {} for “{}” in hegao.toml ended on {until} and covers nothing",
            waiver.rule, waiver.text
        ),
    );
    finding(covered.span, message)
}

/// Whether a code in a directive, a name or the start of a code, means `rule`.
fn selects(code: &str, rule: &Rule) -> bool {
    code == rule.name || rule.code.starts_with(&code.to_ascii_uppercase())
}

fn unknown_word(word: &str) -> Message {
    Message::new(
        format!(
            "看不懂的指令 `{word}`；可用 ignore、ignore-next-line、ignore-start、ignore-end、ignore-file，注释须以 --> 结束"
        ),
        format!(
            "unknown directive `{word}`: write ignore, ignore-next-line, ignore-start, ignore-end or ignore-file, \
             and close the comment with -->"
        ),
    )
}

fn finding(span: Span, message: Message) -> Finding {
    Finding {
        code: RULE.code,
        rule: RULE.name,
        severity: RULE.severity,
        message,
        span,
        entries: Vec::new(),
        evidence: Vec::new(),
        fixes: Vec::new(),
        addition: None,
    }
}

/// Takes the directive out, with its line if nothing else stands on it.
fn removal(draft: &Draft, directive: Span) -> Fix {
    let text = &*draft.text;
    let line_start = text[..directive.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let rest = &text[directive.end..];
    let line_end = directive.end + rest.find('\n').map_or(rest.len(), |at| at + 1);
    let alone = text[line_start..directive.start].trim().is_empty() && text[directive.end..line_end].trim().is_empty();
    let span = if alone { Span::new(line_start, line_end) } else { directive };
    let title = Message::new("删去这条指令", "remove the directive");
    Fix { title, safe: true, edits: vec![Edit { span, text: String::new() }] }
}
