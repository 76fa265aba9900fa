//! P102: one person written two ways in one draft.

use std::collections::{HashMap, HashSet};

use smol_str::SmolStr;

use super::{
    context::Context,
    finding::{Finding, Severity},
    name_slip::{name_slips, stands_behind_foreign_post},
    rule::{Example, Rule, Text},
};
use crate::{
    analysis::{
        NameVariants, PrintedPost, Resolution, begins_with_occupation, clause::sentence_around, occupation_before,
    },
    lang::Message,
    lexicon::{EntryIndex, EntryKind},
    text::{BlockKind, Span},
};

pub(super) const RULE: Rule = Rule {
    code: "P102",
    name: "inconsistent-name",
    severity: Severity::Warning,
    default_on: true,
    time_based: false,
    summary: Text { zh: "同一人的姓名前后写法不一", en: "one person is written two ways in one draft" },
    why: Text {
        zh: "姓名第一次出现时带职务或身份，后面单写时最容易打错。只报同音、形近、叠字、颠倒的写法；稿中另有交代（带别的职务、\
             身份，或与原名同列一句）的是另一个人，不报。",
        en: "A name is introduced with a post or an occupation and then stands bare, where it is easily mistyped. Reported \
             are homophones, look-alikes, doubled and swapped characters; a name that the draft introduces otherwise, or \
             lists beside the first one, is somebody else's.",
    },
    bad: &[
        Example {
            lexicon: LEXICON,
            text: "省委宣传部长林一鸣来到车间。⟦林一鸣鸣⟧要求，抓紧抓实。",
            fixed: Some("省委宣传部长林一鸣来到车间。林一鸣要求，抓紧抓实。"),
        },
        Example {
            lexicon: LEXICON,
            text: "省委常委、宣传部长林一鸣来到白城市。⟦林一明⟧强调，要抓好落实。",
            fixed: Some("省委常委、宣传部长林一鸣来到白城市。林一鸣强调，要抓好落实。"),
        },
        Example {
            lexicon: LEXICON,
            text: "养殖户赵春来说，种了一辈子地。\n\n⟦赵春莱⟧说，路修好了。赵春来的儿子也回来了。",
            fixed: Some("养殖户赵春来说，种了一辈子地。\n\n赵春来说，路修好了。赵春来的儿子也回来了。"),
        },
        Example {
            lexicon: LEXICON,
            text: "村民赵春来说，路修好了。村民⟦赵来春⟧又说，车也通了。",
            fixed: Some("村民赵春来说，路修好了。村民赵春来又说，车也通了。"),
        },
    ],
    good: &[
        Example {
            lexicon: LEXICON, text: "省委宣传部长林一鸣来到白城市。村民林一明说，路修好了。", fixed: None
        },
        Example { lexicon: LEXICON, text: "村民赵春来、赵春莱兄弟俩说，路修好了。", fixed: None },
        Example {
            lexicon: LEXICON, text: "村民赵春来说，路修好了。司机赵春莱说，车也通了。赵春莱笑了。", fixed: None
        },
        Example { lexicon: LEXICON, text: "省委宣传部长林一鸣说，林一明白了。", fixed: None },
        Example {
            lexicon: LEXICON, text: "省委宣传部长林一鸣出席。林一鸣鸣谢各方支持。", fixed: None
        },
        Example { lexicon: LEXICON, text: "村民赵春来说，赵春来过这里。", fixed: None },
        Example {
            lexicon: LEXICON, text: "教师任老师说，班主任任老师也来了。任老师笑了。", fixed: None
        },
    ],
    check,
};

const LEXICON: &str = r#"
[[person]]
id = "lin-yiming"
name = "林一鸣"
[[person.post]]
title = "吉林省委常委"
place = "220000"
[[person.post]]
title = "吉林省委宣传部部长"
place = "220000"
start = "2022-01-10"
"#;

/// A name the draft prints.
#[derive(Default)]
struct PrintedName {
    /// How often.
    count: usize,
    /// The posts and occupations before it.
    introductions: HashSet<String>,
    /// The lexicon person, if it is one.
    entry: Option<EntryIndex>,
    /// Where it stands first: block and byte.
    first: (usize, usize),
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let names = printed_names(context);
    let mut order: Vec<&SmolStr> = names.keys().collect();
    order.sort_unstable();
    let variants = NameVariants::of(order.iter().map(|name| name.as_str()));
    let misspelt: HashSet<(usize, Span)> = name_slips(context).iter().map(|slip| (slip.block, slip.span)).collect();
    for (block, source) in
        context.draft.blocks.iter().enumerate().filter(|(_, source)| source.kind != BlockKind::Byline)
    {
        for variant in variants.find(&source.content.text) {
            let right = order[variant.name];
            // What stands in a list is compared with its neighbours, by P101.
            let in_list = source.content.text[..variant.span.start].ends_with('、')
                || source.content.text[variant.span.end..].starts_with('、');
            let open = !in_list
                && !misspelt.contains(&(block, variant.span))
                && !is_known(context, block, variant.span, &names, right);
            if open && is_same_person(context, &names, right, block, variant.span) {
                findings.push(report(context, &names[right], right, block, variant.span));
            }
        }
    }
}

/// The names of lexicon persons, and the unknown names that are introduced.
fn printed_names(context: &Context<'_>) -> HashMap<SmolStr, PrintedName> {
    let mut names: HashMap<SmolStr, PrintedName> = HashMap::new();
    let mut add = |block: usize, span: Span, entry: Option<EntryIndex>, introduction: &str| {
        let first = (block, span.start);
        let name = names
            .entry(context.words(block, span).into())
            .or_insert_with(|| PrintedName { first, ..Default::default() });
        name.count += 1;
        name.entry = name.entry.or(entry);
        if !introduction.is_empty() {
            name.introductions.insert(introduction.to_owned());
        }
    };
    for mention in context.analysis.mentions.iter().filter(|mention| mention.kind == EntryKind::Person) {
        if mention.resolution != Resolution::Other {
            let start = mention.posts.iter().map(PrintedPost::start).min().unwrap_or(mention.content.start);
            let introduction = Span::new(start.min(mention.content.start), mention.content.start);
            add(mention.block, mention.content, mention.entry, context.words(mention.block, introduction));
        }
    }
    for (block, analysis) in context.analysis.blocks.iter().enumerate() {
        for unknown in analysis.unknown_names.iter().filter(|unknown| !unknown.introduction.is_empty()) {
            if let Some(name) = unknown.name {
                add(block, name, None, context.words(block, unknown.introduction));
            }
        }
    }
    names
}

/// Whether a certain mention stands there. The name itself with its last character twice (胡家福福) is none if the
/// draft has the name elsewhere.
fn is_known(
    context: &Context<'_>,
    block: usize,
    span: Span,
    names: &HashMap<SmolStr, PrintedName>,
    right: &SmolStr,
) -> bool {
    let repeated = names.get(right).is_some_and(|printed| printed.count > 1);
    let is_doubled = |candidate: Span| {
        repeated
            && candidate.start == span.start
            && candidate.end < span.end
            && context.words(block, candidate) == right
    };
    let candidates = context.analysis.blocks[block].candidates.iter();
    candidates.into_iter().any(|candidate| candidate.span.intersects(span) && !is_doubled(candidate.span))
}

/// Whether the variant can only be the person named `right`.
fn is_same_person(
    context: &Context<'_>,
    names: &HashMap<SmolStr, PrintedName>,
    right: &SmolStr,
    block: usize,
    span: Span,
) -> bool {
    let written = context.words(block, span);
    let Some(printed) = names.get(right) else { return false };
    let own = names.get(written);
    let is_lexicon_name = context
        .lexicon()
        .forms()
        .find(written)
        .iter()
        .any(|target| context.lexicon().kind(target.entry) == EntryKind::Person);
    let introduced_otherwise =
        own.is_some_and(|own| own.introductions.iter().any(|words| !printed.introductions.contains(words)));
    let outranks = own.is_some_and(|own| {
        printed.entry.is_none()
            && (own.count, std::cmp::Reverse(own.first)) > (printed.count, std::cmp::Reverse(printed.first))
    });
    // Without an introduction, a name the lexicon does not know may be any word.
    let introduced = printed.entry.is_some() || !printed.introductions.is_empty() && right.chars().count() > 2;
    introduced
        && !is_lexicon_name
        && !introduced_otherwise
        && !outranks
        && !stand_together(context, written, right)
        && !is_presented(context, printed, written)
        && !printed.entry.is_some_and(|person| stands_behind_foreign_post(context, block, span, person))
}

/// Whether one sentence names both: then they are two people.
fn stand_together<'a>(context: &Context<'a>, written: &'a str, right: &str) -> bool {
    context.occurrences(written).iter().any(|(block, at)| {
        let text = context.draft.blocks[*block].content.text.as_str();
        sentence_around(text, Span::new(*at, at + written.len())).slice(text).replace(written, "").contains(right)
    })
}

/// Whether the words beside the name say somewhere who that is, in another way than of the other name: an
/// occupation, 名叫, 是本村村民, an age.
fn is_presented<'a>(context: &Context<'a>, printed: &PrintedName, written: &'a str) -> bool {
    context.occurrences(written).iter().any(|(block, at)| {
        let text = context.draft.blocks[*block].content.text.as_str();
        let (before, after) = (&text[..*at], &text[at + written.len()..]);
        occupation_before(text, *at).is_some_and(|words| !printed.introductions.contains(words.slice(text)))
            || begins_with_occupation(after)
            || ["叫", "是", "为", "有", "称"].iter().any(|word| before.ends_with(word))
            || ["是", "系", "任", "为", "（", "("].iter().any(|word| after.starts_with(word))
            || after.strip_prefix(['，', ',']).is_some_and(tells_age)
    })
}

/// Whether the words after a name and a comma tell age, sex or birth: 52岁, 男, 1970年生.
fn tells_age(after: &str) -> bool {
    let words = ["今年", "现年", "男", "女", "生于", "汉族"];
    words.iter().any(|word| after.starts_with(word)) || after.starts_with(|c: char| c.is_ascii_digit())
}

fn report(context: &Context<'_>, printed: &PrintedName, right: &SmolStr, block: usize, span: Span) -> Finding {
    let written = context.words(block, span);
    let message = match printed.entry {
        Some(_) => Message::new(
            format!("稿中其他地方写作“{right}”，词库也是“{right}”，这里写作“{written}”"),
            format!("elsewhere in the draft, and in the lexicon, it is “{right}”; here it is “{written}”"),
        ),
        None => Message::new(
            format!("稿中其他地方写作“{right}”，这里写作“{written}”，请核对是否同一人"),
            format!("elsewhere in the draft it is “{right}”, here “{written}”: the same person?"),
        ),
    };
    let title = Message::new(format!("改为“{right}”"), format!("replace with “{right}”"));
    let finding = context.finding(&RULE, block, span, message);
    let finding = match printed.entry {
        Some(person) => {
            finding.with_evidence(context.evidence(person, "name", right.as_str(), Default::default(), &[]))
        }
        None => finding,
    };
    finding.with_fix(context.replace(title, false, block, span, right.as_str()))
}
