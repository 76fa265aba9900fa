//! D101: a title in 《》 that is nearly, but not exactly, a known one.

use super::{
    context::Context,
    finding::{Finding, Severity},
    rule::{Example, Rule, Text},
};
use crate::{
    analysis::{
        is_homophone,
        quotation::titles,
        slip::{Slip, one_slip},
        words,
    },
    lang::Message,
    lexicon::{EntryData, EntryIndex, ValidTime},
    text::Span,
};

pub(super) const RULE: Rule = Rule {
    code: "D101",
    name: "wrong-document-title",
    severity: Severity::Warning,
    default_on: true,
    time_based: false,
    summary: Text {
        zh: "书名号内的标题与词库所载只差一字", en: "a title in 《》 is one slip away from a known one"
    },
    why: Text {
        zh: "法律、文件的标题一字不能差。六字以上的标题，只差一个字（同音、形近、多字、漏字、颠倒）而不成另一标题的才报；\
             届次、年份、省市县、上下等差别是另一文件，加“修订”“试行”“实施细则”“草案”等是全称，只差标点是习惯，都不报。",
        en: "Titles of laws and documents are exact. Reported is one slip (homophone, look-alike, missing, added or \
             swapped character) in a title of six characters or more. Another number, year or tier makes another \
             document; fuller and shorter titles and other punctuation are left alone.",
    },
    bad: &[
        Example {
            lexicon: LEXICON,
            text: "会议学习了《⟦吉林省优化营商坏境条例⟧》。",
            fixed: Some("会议学习了《吉林省优化营商环境条例》。"),
        },
        Example {
            lexicon: LEXICON,
            text: "依据《⟦吉林省优化营商环镜条例⟧》办理。",
            fixed: Some("依据《吉林省优化营商环境条例》办理。"),
        },
        Example {
            lexicon: LEXICON,
            text: "印发《⟦关于加强新时代安全生工作的意见⟧》。",
            fixed: Some("印发《关于加强新时代安全生产工作的意见》。"),
        },
        Example {
            lexicon: LEXICON,
            text: "印发《⟦关于加强新时代安全生产工作意见⟧》。",
            fixed: Some("印发《关于加强新时代安全生产工作的意见》。"),
        },
        Example {
            lexicon: LEXICON,
            text: "印发《⟦关于加强新时时代安全生产工作的意见⟧》。",
            fixed: Some("印发《关于加强新时代安全生产工作的意见》。"),
        },
        Example {
            lexicon: LEXICON,
            text: "施行《⟦中华人民共和国环保境护法⟧》。",
            fixed: Some("施行《中华人民共和国环境保护法》。"),
        },
    ],
    good: &[
        Example {
            lexicon: LEXICON,
            text: "《吉林省优化营商环境条例》《优化营商环境条例》《吉林省优化营商环境条例（修订）》《吉林市优化营商环境条例》。",
            fixed: None,
        },
        Example {
            lexicon: LEXICON,
            text: "《中华人民共和国环境保护税法》《中华人民共和国刑法》《环境保护法》。",
            fixed: None,
        },
        Example {
            lexicon: LEXICON, text: "《吉林省“十三五”科技规划纲要》《吉林省十四五科技规划纲要》。", fixed: None
        },
        Example {
            lexicon: LEXICON,
            text: "《吉林省气候条例》《中华人民共和国海警法》《中华人民共和国监察官法》。",
            fixed: None,
        },
    ],
    check,
};

const LEXICON: &str = r#"
[[document]]
id = "business-environment"
title = "吉林省优化营商环境条例"
issuer = "吉林省人民代表大会常务委员会"
date = "2019-05-30"
[[document]]
id = "work-safety"
title = "关于加强新时代安全生产工作的意见"
[[document]]
id = "environment"
title = "中华人民共和国环境保护法"
short = ["环境保护法"]
[[document]]
id = "civil"
title = "中华人民共和国民法"
[[document]]
id = "plan"
title = "吉林省“十四五”科技规划纲要"
[[document]]
id = "weather"
title = "吉林省气象条例"
[[document]]
id = "procurators"
title = "中华人民共和国检察官法"
[[document]]
id = "customs"
title = "中华人民共和国海关法"
"#;

/// Titles with fewer characters are too alike.
const SHORTEST: usize = 6;
/// From this many characters behind a fixed name on, a homophone is a slip even where it makes another word.
const LONG: usize = 10;
/// Characters that tell one document from another: tiers, sides, old and new; numbers do, too.
const TELLING: &str = "首甲乙丙丁初省市县区州盟旗乡镇村国城农上中下左右东南西北前后内外大小高低老新旧男女春夏秋冬正副非不未无再续总分补增减";
/// Names that nothing else resembles.
const FIXED_NAMES: [&str; 3] = ["中华人民共和国", "中国共产党", "中共中央"];
/// Particles, whose absence or presence makes no other title.
const PARTICLES: &str = "的了和与及之";

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let printed = unknown_titles(context);
    let known = if printed.is_empty() { Vec::new() } else { known_titles(context) };
    for title in &printed {
        let characters: Vec<char> = title.characters.iter().map(|(_, c)| *c).collect();
        if known.iter().any(|known| known.characters == characters) {
            continue;
        }
        let near = known.iter().filter_map(|known| Some((known, one_slip(&characters, &known.characters)?)));
        if let [(known, slip)] = near.collect::<Vec<_>>()[..]
            && known.characters.len() >= SHORTEST
            && is_oversight(&characters, &known.characters, slip)
        {
            findings.push(report(context, title, known, slip));
        }
    }
}

/// A title or short title of a document, with its characters without punctuation.
struct KnownTitle<'l> {
    entry: EntryIndex,
    wording: &'l str,
    characters: Vec<char>,
}

fn known_titles<'l>(context: &Context<'l>) -> Vec<KnownTitle<'l>> {
    let mut known = Vec::new();
    for (entry, written) in context.lexicon().written_entries() {
        if let EntryData::Document(document) = &written.data {
            known.extend(std::iter::once(&document.title).chain(&document.short).map(|wording| KnownTitle {
                entry,
                wording,
                characters: wording.chars().filter(|c| c.is_alphanumeric()).map(half_width).collect(),
            }));
        }
    }
    known
}

/// A printed title: its place in a block and its characters without punctuation, each with its place.
struct PrintedTitle {
    block: usize,
    span: Span,
    characters: Vec<(Span, char)>,
}

/// The titles long enough to be judged that are no form of a known document.
fn unknown_titles(context: &Context<'_>) -> Vec<PrintedTitle> {
    let mut found = Vec::new();
    for (block, source) in context.draft.blocks.iter().enumerate() {
        let text = source.content.text.as_str();
        for span in titles(context.marks(block)) {
            let known = !context.lexicon().forms().find(span.slice(text)).is_empty();
            let place =
                |(at, c): (usize, char)| (Span::new(span.start + at, span.start + at + c.len_utf8()), half_width(c));
            let letters = span.slice(text).char_indices().filter(|(_, c)| c.is_alphanumeric());
            let characters: Vec<(Span, char)> = letters.map(place).collect();
            if !known && characters.len() + 1 >= SHORTEST {
                found.push(PrintedTitle { block, span, characters });
            }
        }
    }
    found
}

fn half_width(c: char) -> char {
    if ('！'..='～').contains(&c) { char::from_u32(c as u32 - 0xFEE0).unwrap_or(c) } else { c }
}

/// Whether a difference is surely an oversight and no other title.
fn is_oversight(written: &[char], right: &[char], slip: Slip) -> bool {
    let tells = |c: char| TELLING.contains(c) || is_number(c);
    let (Slip::Substituted(at) | Slip::Missing(at) | Slip::Added(at) | Slip::Swapped(at)) = slip;
    let fixed = FIXED_NAMES.iter().filter(|name| begins_with(right, name)).map(|name| name.chars().count()).max();
    let fixed = fixed.unwrap_or(0);
    let in_fixed_name = at < fixed && slip != Slip::Added(0);
    match slip {
        _ if in_fixed_name => true,
        Slip::Swapped(at) => !(is_number(right[at]) && is_number(right[at + 1])),
        Slip::Substituted(at) => {
            let (a, b) = (written[at], right[at]);
            let alone = word_at(written, at).len() == 1;
            let in_word = PARTICLES.contains(b) || word_at(right, at).len() > 1;
            !(tells(a) && tells(b))
                && if is_homophone(a, b) { alone || right.len() - fixed >= LONG } else { alone && in_word }
        }
        Slip::Missing(at) => {
            let c = right[at];
            PARTICLES.contains(c) || is_double(right, at) || !is_number(c) && loss_tears_word(written, right, at)
        }
        Slip::Added(at) => {
            let c = written[at];
            PARTICLES.contains(c) || is_double(written, at) || !is_number(c) && gain_tears_word(written, right, at)
        }
    }
}

/// Whether what is left of the word that lost the character at `at` is no word.
fn loss_tears_word(written: &[char], right: &[char], at: usize) -> bool {
    let is_left = |i: &usize| *i != at && !is_final_law(right, *i);
    word_at(right, at).filter(is_left).map(|i| if i > at { i - 1 } else { i }).any(|i| word_at(written, i).len() == 1)
}

/// Whether the character at `at` of the written title stands within a word of the right one, whose parts
/// are no words.
fn gain_tears_word(written: &[char], right: &[char], at: usize) -> bool {
    let within_word = at > 0 && at < right.len() && word_at(right, at).contains(&(at - 1));
    let is_alone = |i: usize| word_at(written, i).len() == 1;
    let is_torn = |i: usize| !is_final_law(written, i) && is_alone(i);
    within_word && is_alone(at) && (is_torn(at - 1) || is_torn(at + 1))
}

/// 法 at the end stands alone in any title of a law.
fn is_final_law(characters: &[char], at: usize) -> bool {
    at + 1 == characters.len() && characters[at] == '法'
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二两三四五六七八九十百千万亿".contains(c)
}

fn begins_with(characters: &[char], name: &str) -> bool {
    name.chars().zip(characters).filter(|(a, b)| a == *b).count() == name.chars().count()
}

/// Whether the character equals one beside it.
fn is_double(characters: &[char], at: usize) -> bool {
    let c = characters[at];
    at > 0 && characters[at - 1] == c || characters.get(at + 1) == Some(&c)
}

/// The characters of the dictionary word that holds the one at `at`.
fn word_at(characters: &[char], at: usize) -> std::ops::Range<usize> {
    let text: String = characters.iter().collect();
    let byte: usize = characters[..at].iter().map(|c| c.len_utf8()).sum();
    let word = words(&text).into_iter().find(|word| word.contains(byte)).unwrap_or(Span::new(byte, byte));
    let first = text[..word.start].chars().count();
    first..first + word.slice(&text).chars().count()
}

fn report(context: &Context<'_>, title: &PrintedTitle, known: &KnownTitle<'_>, slip: Slip) -> Finding {
    let (at, with) = replacement(title, &known.characters, slip);
    let wording = known.wording;
    let message = Message::new(format!("标题应为《{wording}》"), format!("the title is 《{wording}》"));
    let change = Message::new(format!("改为《{wording}》"), format!("change to 《{wording}》"));
    let fix = context.replace(change, true, title.block, at, with);
    let time = match &context.entry(known.entry).data {
        EntryData::Document(document) => document.time,
        _ => ValidTime::default(),
    };
    let evidence = context.evidence(known.entry, "title", wording, time, &[]);
    context.finding(&RULE, title.block, title.span, message).with_evidence(evidence).with_fix(fix)
}

/// The characters that differ, and what should stand there.
fn replacement(title: &PrintedTitle, right: &[char], slip: Slip) -> (Span, String) {
    let characters = &title.characters;
    match slip {
        Slip::Substituted(at) => (characters[at].0, right[at].to_string()),
        Slip::Swapped(at) => (characters[at].0.join(characters[at + 1].0), right[at..at + 2].iter().collect()),
        Slip::Added(at) => (characters[at].0, String::new()),
        // The neighbour is replaced with itself, so that the edit has a place.
        Slip::Missing(at) => match at.checked_sub(1) {
            Some(before) => (characters[before].0, right[before..=at].iter().collect()),
            None => (characters[0].0, right[..2].iter().collect()),
        },
    }
}
