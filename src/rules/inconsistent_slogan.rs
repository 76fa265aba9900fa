//! S109: one formulation worded two ways in one draft.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    context::Context,
    finding::{Finding, Severity},
    rule::{Example, Rule, Text},
    slogan_parts::bare,
};
use crate::{
    analysis::{
        is_homophone,
        quotation::quotations,
        slip::{Slip, one_slip},
    },
    lang::Message,
    lexicon::EntryKind,
    text::Span,
};

pub(super) const RULE: Rule = Rule {
    code: "S109",
    name: "inconsistent-slogan",
    severity: Severity::Warning,
    default_on: true,
    time_based: false,
    summary: Text { zh: "同一提法前后写法不一", en: "one formulation is worded two ways in one draft" },
    why: Text {
        zh: "不靠词库：两处引号里的话只差一个同音字，或者相邻两字颠倒，多半有一处是手误。以词库所收的、出现较多的、\
             先出现的为准；五字以下的、差一个数字的、只是标点不同的，不报。",
        en: "Needs no lexicon: two quotations that differ by one character that sounds alike, or by two adjacent ones \
             swapped. The one in the lexicon, the more frequent or the earlier one is taken as right; below five \
             characters, and where only numbers or punctuation differ, nothing is reported.",
    },
    bad: &[
        Example {
            lexicon: "",
            text: "开展“干部能力提升年”活动。\n\n“⟦干部能力提生年⟧”已近半程。",
            fixed: Some("开展“干部能力提升年”活动。\n\n“干部能力提升年”已近半程。"),
        },
        Example {
            lexicon: "",
            text: "“⟦村美民福行动⟧”启动，“村美民富行动”见效，“村美民富行动”推开。",
            fixed: Some("“村美民富行动”启动，“村美民富行动”见效，“村美民富行动”推开。"),
        },
    ],
    good: &[
        Example { lexicon: "", text: "打造“十五分钟生活圈”“十五分钟健身圈”。", fixed: None },
        Example { lexicon: "", text: "“村美民富行动”“村美、民富行动”。", fixed: None },
        Example { lexicon: "", text: "“第一书记工作队”“第七书记工作队”。", fixed: None },
        Example { lexicon: "", text: "“马上办”“码上办”。", fixed: None },
    ],
    check,
};

/// Characters of the quotations that are compared.
const LENGTHS: std::ops::RangeInclusive<usize> = 5..=30;

/// Where a wording stands: blocks and spans in their content.
type Places = Vec<(usize, Span)>;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let wordings = quoted_wordings(context);
    for (a, b) in near_pairs(&wordings) {
        let (known_a, known_b) = (is_known(context, &wordings[a]), is_known(context, &wordings[b]));
        if known_a && known_b || is_misquoted(context, &wordings[a]) || is_misquoted(context, &wordings[b]) {
            continue;
        }
        let weight = |known: bool, places: &Places| (known, places.len(), std::cmp::Reverse(places[0]));
        let (right, wrong) =
            if weight(known_a, &wordings[a]) > weight(known_b, &wordings[b]) { (a, b) } else { (b, a) };
        let words = context.words(wordings[right][0].0, wordings[right][0].1);
        findings.extend(wordings[wrong].iter().map(|(block, span)| report(context, *block, *span, words)));
    }
}

/// The quotations of Han characters by their words without punctuation.
fn quoted_wordings(context: &Context<'_>) -> BTreeMap<String, Places> {
    let mut wordings: BTreeMap<String, Places> = BTreeMap::new();
    for (block, source) in context.draft.blocks.iter().enumerate() {
        for span in quotations(context.marks(block)) {
            let words = bare(span.slice(&source.content.text));
            let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            if LENGTHS.contains(&words.chars().count()) && words.chars().all(is_han) {
                wordings.entry(words).or_default().push((block, span));
            }
        }
    }
    wordings
}

/// The pairs of wordings one slip apart. Such a pair is equal with one character masked, or has the same
/// characters.
fn near_pairs(wordings: &BTreeMap<String, Places>) -> BTreeSet<(&str, &str)> {
    let mut buckets: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for wording in wordings.keys() {
        let characters: Vec<char> = wording.chars().collect();
        for at in 0..characters.len() {
            let mut masked = characters.clone();
            masked[at] = '\u{0}';
            buckets.entry(masked.into_iter().collect()).or_default().push(wording);
        }
        let mut sorted = characters;
        sorted.sort_unstable();
        buckets.entry(sorted.into_iter().collect()).or_default().push(wording);
    }
    let pairs = buckets.values().flat_map(|same| same.windows(2).map(|pair| (pair[0], pair[1])));
    pairs.filter(|(a, b)| a != b && is_slip(a, b)).collect()
}

fn is_slip(a: &str, b: &str) -> bool {
    const NUMERALS: &str = "〇零一二两三四五六七八九十百千万亿";
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    match one_slip(&a, &b) {
        Some(Slip::Substituted(at)) => {
            !NUMERALS.contains(a[at]) && !NUMERALS.contains(b[at]) && is_homophone(a[at], b[at])
        }
        Some(Slip::Swapped(_)) => true,
        _ => false,
    }
}

/// Whether the lexicon has the wording.
fn is_known(context: &Context<'_>, places: &Places) -> bool {
    let mut mentions = context.resolved(EntryKind::Slogan);
    mentions.any(|(mention, _)| places.contains(&(mention.block, mention.content)) && !is_wrong(mention.role))
}

fn is_wrong(role: crate::lexicon::FormRole) -> bool {
    matches!(role, crate::lexicon::FormRole::Wrong(_))
}

/// Whether S101 reports the wording.
fn is_misquoted(context: &Context<'_>, places: &Places) -> bool {
    places.iter().any(|(block, span)| {
        let near = &context.analysis.blocks[*block].near_slogans;
        let listed = || {
            let mut mentions = context.resolved_in(*block, EntryKind::Slogan);
            mentions.any(|(mention, _)| mention.content.intersects(*span) && is_wrong(mention.role))
        };
        near.iter().any(|near| near.span.intersects(*span)) || listed()
    })
}

fn report(context: &Context<'_>, block: usize, span: Span, right: &str) -> Finding {
    let wrong = context.words(block, span);
    let message = Message::new(
        format!("同一提法前后不一：这里是“{wrong}”，别处是“{right}”"),
        format!("worded two ways: “{wrong}” here, “{right}” elsewhere"),
    );
    let title = Message::new(format!("改为“{right}”"), format!("replace with “{right}”"));
    context.finding(&RULE, block, span, message).with_fix(context.replace(title, false, block, span, right))
}
