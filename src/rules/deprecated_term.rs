//! T101: a deprecated form where a preferred one exists.

use super::{
    context::Context,
    finding::{Finding, Severity},
    rule::{Example, Rule, Text},
};
use crate::{
    analysis::{Mention, is_cut, quotation::titles},
    lang::Message,
    lexicon::{EntryData, EntryIndex, EntryKind, FormRole, entry::Term},
    text::Span,
};

pub(super) const RULE: Rule = Rule {
    code: "T101",
    name: "deprecated-term",
    severity: Severity::Warning,
    default_on: true,
    time_based: false,
    summary: Text { zh: "用了词库规定不用的写法", en: "a deprecated form where a preferred one exists" },
    why: Text {
        zh: "同一事物按词库统一用语。except 所列的上下文、书名号内的标题，首选词或更长的词条本身含有这几个字的，\
             以及两字词恰好由前后两个词拼成的（身份｜内涵），不报。",
        en: "One thing is called by one name. The contexts listed in `except`, titles in 《》, longer correct words that \
             hold the same characters, and two characters that only meet where two words do are left alone.",
    },
    bad: &[
        Example {
            lexicon: LEXICON, text: "村里办起了⟦渡假⟧村。", fixed: Some("村里办起了度假村。")
        },
        Example {
            lexicon: LEXICON, text: "用户可用手机号⟦登陆⟧平台。", fixed: Some("用户可用手机号登录平台。")
        },
        Example { lexicon: LEXICON, text: "这是⟦份内⟧的事。", fixed: Some("这是分内的事。") },
        Example { lexicon: LEXICON, text: "关爱**⟦残废人⟧**。", fixed: Some("关爱**残疾人**。") },
        Example { lexicon: LEXICON, text: "打造⟦app⟧平台。", fixed: Some("打造App平台。") },
    ],
    good: &[
        Example {
            lexicon: LEXICON, text: "台风登陆后减弱，部队登陆作战，用户登录平台。", fixed: None
        },
        Example {
            lexicon: LEXICON, text: "要把握身份内涵，守好分内之责，养一盆万年青。", fixed: None
        },
        Example { lexicon: LEXICON, text: "展出了旧书《残废人之歌》。", fixed: None },
        Example { lexicon: LEXICON, text: "打开 happy 频道，用 App 下单。", fixed: None },
        Example { lexicon: LEXICON, text: "参加中国残废人史料展览馆的活动。", fixed: None },
    ],
    check,
};

const LEXICON: &str = r#"
[[term]]
id = "dujia"
preferred = "度假"
deprecated = ["渡假"]
[[term]]
id = "denglu"
preferred = "登录"
deprecated = ["登陆"]
except = ["台风登陆", "登陆作战"]
[[term]]
id = "fennei"
preferred = "分内"
deprecated = ["份内"]
[[term]]
id = "nianqing"
preferred = "年轻"
deprecated = ["年青"]
[[term]]
id = "canji"
preferred = "残疾人"
deprecated = ["残废人"]
[[term]]
id = "app"
preferred = "App"
deprecated = ["app"]
[[organization]]
id = "museum"
name = "中国残废人史料展览馆"
"#;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut titles_of_block = (usize::MAX, Vec::new());
    for (mention, entry) in context.resolved(EntryKind::Term) {
        let (FormRole::Deprecated(position), EntryData::Term(term)) = (mention.role, &context.entry(entry).data) else {
            continue;
        };
        let text = context.draft.blocks[mention.block].content.text.as_str();
        if titles_of_block.0 != mention.block {
            titles_of_block = (mention.block, titles(context.marks(mention.block)));
        }
        let title = titles_of_block.1.partition_point(|title| title.end < mention.content.end);
        let in_title = titles_of_block.1.get(title).is_some_and(|title| title.covers(mention.content));
        if !in_title && !is_right_there(text, mention.content, term) && !is_accident(text, mention.content) {
            findings.push(report(context, mention, entry, term, position));
        }
    }
}

/// Whether the words stand in a context in which they are right.
fn is_right_there(text: &str, span: Span, term: &Term) -> bool {
    let covers = |context: &str| {
        let from = text.floor_char_boundary(span.end.saturating_sub(context.len()));
        let to = text.ceil_char_boundary((span.start + context.len()).min(text.len()));
        let around = text.get(from..to).unwrap_or_default();
        let place = |at: usize| Span::new(from + at, from + at + context.len());
        around.match_indices(context).any(|(at, _)| place(at).covers(span))
    };
    term.except.iter().chain([&term.preferred]).any(|context| !context.is_empty() && covers(context))
}

/// Whether the characters are no word of their own here: the end of one word and the start of the next,
/// or part of a longer word in Latin letters.
fn is_accident(text: &str, span: Span) -> bool {
    let term = span.slice(text);
    let (before, after) = (text[..span.start].chars().next_back(), text[span.end..].chars().next());
    let joins = |inner: Option<char>, outer: Option<char>| {
        inner.zip(outer).is_some_and(|(inner, outer)| inner.is_ascii_alphanumeric() && outer.is_ascii_alphanumeric())
    };
    if joins(term.chars().next(), before) || joins(term.chars().next_back(), after) {
        return true;
    }
    term.chars().count() == 2 && term.chars().all(is_han) && {
        let head = text[..span.start].char_indices().rev().take(6).take_while(|(_, c)| is_han(*c));
        let tail = text[span.end..].char_indices().take(6).take_while(|(_, c)| is_han(*c));
        let start = head.last().map_or(span.start, |(at, _)| at);
        let end = tail.last().map_or(span.end, |(at, c)| span.end + at + c.len_utf8());
        is_cut(&text[start..end], Span::new(span.start - start, span.end - start))
    }
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

fn report(context: &Context<'_>, mention: &Mention, entry: EntryIndex, term: &Term, position: u16) -> Finding {
    let (printed, preferred) = (mention.text.as_str(), term.preferred.as_str());
    let note = context.entry(entry).note.as_deref();
    let message = Message::new(
        format!("“{printed}”应为“{preferred}”{}", note.map(|note| format!("（{note}）")).unwrap_or_default()),
        format!("“{printed}” should be “{preferred}”{}", note.map(|note| format!(" ({note})")).unwrap_or_default()),
    );
    let title = Message::new(format!("改为“{preferred}”"), format!("replace with “{preferred}”"));
    let fact =
        format!("{preferred}，不用“{}”", term.deprecated.get(usize::from(position)).map_or(printed, |form| form));
    let evidence = context.evidence(entry, "preferred", fact, Default::default(), &[]);
    let fix = context.replace(title, true, mention.block, mention.content, preferred);
    context.finding(&RULE, mention.block, mention.content, message).with_evidence(evidence).with_fix(fix)
}
