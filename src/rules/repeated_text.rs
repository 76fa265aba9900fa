//! F103: a clause or paragraph pasted twice.

use std::collections::HashMap;

use super::{
    context::Context,
    finding::{Edit, Finding, Fix, Severity},
    rule::{Example, Rule, Text},
};
use crate::{
    analysis::{clause::clauses, quotation::quotations},
    lang::Message,
    lexicon::EntryKind,
    text::{BlockKind, OBJECT, Span},
};

pub(super) const RULE: Rule = Rule {
    code: "F103",
    name: "repeated-text",
    severity: Severity::Warning,
    default_on: true,
    time_based: false,
    summary: Text { zh: "分句、句子或段落重复粘贴", en: "a clause, sentence or paragraph is pasted twice" },
    why: Text {
        zh: "改稿、拼稿时容易把同一段话贴两遍。报紧挨着重复的八字以上的话，和全稿出现两次的二十字以上的段落。\
             列表中只看同一项之内。标题、引文、表格、图片说明、固定提法，反复三次以上的（多是歌词、口号），不报。",
        en: "Text gets pasted twice while a draft is put together. Reported are eight or more characters repeated side \
             by side, and paragraphs of twenty or more that stand in the draft twice; in a list, only within an item. Headlines, quotations, \
             tables, captions, formulations and what is said three times or more (a refrain) are left alone.",
    },
    bad: &[
        Example {
            lexicon: "",
            text: "要抢抓项目建设黄金期，⟦要抢抓项目建设黄金期⟧，形成更多实物量。",
            fixed: Some("要抢抓项目建设黄金期，形成更多实物量。"),
        },
        Example {
            lexicon: "",
            text: "- 参加人员包括各县市区负责人，⟦参加人员包括各县市区负责人⟧。",
            fixed: Some("- 参加人员包括各县市区负责人。"),
        },
        Example {
            lexicon: "",
            text: "会议认真贯彻落实省委部署⟦认真贯彻落实省委部署⟧要求。",
            fixed: Some("会议认真贯彻落实省委部署要求。"),
        },
        Example {
            lexicon: "",
            text: "他来到车间，询问订单。⟦他来到车间，询问订单⟧。",
            fixed: Some("他来到车间，询问订单。"),
        },
        Example {
            lexicon: "",
            text: "调研组一行来到工业园区，详细了解了项目建设的进展情况。\n\n干部群众热情很高。\n\n⟦调研组一行来到工业园区，详细了解了项目建设的进展情况。⟧",
            fixed: Some("调研组一行来到工业园区，详细了解了项目建设的进展情况。\n\n干部群众热情很高。"),
        },
    ],
    good: &[
        Example { lexicon: "", text: "要抓紧再抓紧，抓紧抓紧，抓紧，抓紧！", fixed: None },
        Example {
            lexicon: "", text: "“我们一定要把大坝守住，我们一定要把大坝守住！”他喊道。", fixed: None
        },
        Example {
            lexicon: "", text: "我们走在大路上啊，我们走在大路上啊，我们走在大路上啊。", fixed: None
        },
        Example {
            lexicon: "", text: "- 参加人员包括各县市区负责人。\n- 参加人员包括各县市区负责人。", fixed: None
        },
        Example {
            lexicon: "",
            text: "# 省领导分头下沉一线推动项目建设取得新的更大成效\n\n省领导分头下沉一线推动项目建设取得新的更大成效",
            fixed: None,
        },
        Example {
            lexicon: "", text: "一产增长百分之三左右，二产增长百分之三左右。", fixed: None
        },
        Example {
            lexicon: "[[slogan]]\nid = \"flood\"\ntext = \"防汛要抓早抗旱要抓实\"",
            text: "坚持防汛要抓早抗旱要抓实，防汛要抓早抗旱要抓实。",
            fixed: None,
        },
    ],
    check,
};

/// The fewest Han characters that count as repeated side by side.
const SHORTEST_CLAUSE: usize = 8;
/// The fewest Han characters of a paragraph that counts as pasted twice.
const SHORTEST_PARAGRAPH: usize = 20;
/// The longest clause in which a repetition without any mark is looked for, in characters.
const LONGEST_CLAUSE: usize = 200;
/// The most clauses that are compared with the next ones as one piece.
const MOST_CLAUSES: usize = 12;
/// How many characters of a repeated paragraph are shown.
const WORDS_SHOWN: usize = 10;
/// Words at the start of a caption.
const CAPTION_STARTS: [&str; 4] = ["图为", "图①", "▲", "△"];

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (block, source) in context.draft.blocks.iter().enumerate() {
        if matches!(source.kind, BlockKind::Paragraph | BlockKind::ListItem) {
            let mut repeats = repeats(&source.content.text);
            if !repeats.is_empty() {
                leave_out_meant(context, block, &mut repeats);
            }
            findings.extend(repeats.into_iter().map(|repeat| report_clause(context, block, repeat)));
        }
    }
    repeated_paragraphs(context, findings);
}

/// A piece of text and the same right behind it; bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Repeat {
    first: Span,
    second: Span,
}

/// The pieces of `text` that are repeated side by side exactly once.
fn repeats(text: &str) -> Vec<Repeat> {
    let clauses: Vec<Span> = clauses(text).collect();
    let mut found: Vec<Repeat> = clauses.iter().filter_map(|clause| doubled(text, *clause)).collect();
    let same = |a: usize, b: usize| clauses[a].slice(text) == clauses[b].slice(text);
    let mut at = 0;
    while at < clauses.len() {
        let longest = MOST_CLAUSES.min((clauses.len() - at) / 2);
        let Some(length) = (1..=longest).find(|length| (0..*length).all(|i| same(at + i, at + length + i))) else {
            at += 1;
            continue;
        };
        let piece = |from: usize| clauses[from].join(clauses[from + length - 1]);
        let times =
            2 + (at + 2 * length..clauses.len()).take_while(|clause| same(*clause, clause - length)).count() / length;
        let (first, second) = (piece(at), piece(at + length));
        if times == 2 && is_text(first.slice(text), SHORTEST_CLAUSE) {
            found.push(Repeat { first, second });
        }
        at += times * length;
    }
    found.sort_by_key(|repeat| repeat.first);
    found
}

/// A piece of a clause that is repeated within it without any mark between.
fn doubled(text: &str, clause: Span) -> Option<Repeat> {
    let characters: Vec<(usize, char)> =
        clause.slice(text).char_indices().map(|(at, c)| (clause.start + at, c)).collect();
    let end_of = |index: usize| characters.get(index).map_or(clause.end, |(at, _)| *at);
    if characters.len() > LONGEST_CLAUSE || !has_repeated(&characters) {
        return None;
    }
    (SHORTEST_CLAUSE..=characters.len() / 2).find_map(|length| {
        // `run` counts the characters that equal the one `length` before them.
        let mut run = 0;
        let end = (length..characters.len()).find(|index| {
            run = if characters[*index].1 == characters[index - length].1 { run + 1 } else { 0 };
            run == length
        })? + 1;
        let first = Span::new(end_of(end - 2 * length), end_of(end - length));
        let second = Span::new(first.end, end_of(end));
        let goes_on = text[second.end..].starts_with(first.slice(text));
        let has_marks = first.slice(text).contains(|c: char| !c.is_alphanumeric());
        (!goes_on && !has_marks && is_text(first.slice(text), SHORTEST_CLAUSE)).then_some(Repeat { first, second })
    })
}

/// Whether so many characters as make a repetition may have stood before. Most clauses have too few, which is seen at
/// once; a bit stands for several characters.
fn has_repeated(characters: &[(usize, char)]) -> bool {
    let mut seen = [0_u64; 32];
    let mut repeated = 0;
    for (_, character) in characters {
        let bit = *character as usize % (64 * seen.len());
        repeated += seen[bit / 64] >> (bit % 64) & 1;
        seen[bit / 64] |= 1 << (bit % 64);
    }
    repeated >= SHORTEST_CLAUSE as u64
}

/// Whether a piece has so many Han characters, enough different ones, and nothing that is not checked.
fn is_text(piece: &str, shortest: usize) -> bool {
    let mut han: Vec<char> = piece.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).collect();
    let length = han.len();
    han.sort_unstable();
    han.dedup();
    length >= shortest && han.len() > length / 3 && !piece.contains(OBJECT)
}

/// Leaves out what is repeated on purpose: within a quotation, or in a formulation.
fn leave_out_meant(context: &Context<'_>, block: usize, repeats: &mut Vec<Repeat>) {
    let in_block = context.analysis.mentions_in(block).iter();
    let formulations = in_block.filter(|mention| mention.kind == EntryKind::Slogan).map(|mention| mention.content);
    let formulations = with_reach(formulations.collect());
    let quotations = with_reach(quotations(context.marks(block)));
    repeats.retain(|repeat| {
        let whole = repeat.first.join(repeat.second);
        let quoted = quotations.partition_point(|span| span.start <= whole.start);
        let in_quotation = quotations[..quoted].last().is_some_and(|span| span.end >= whole.end);
        let begun = formulations.partition_point(|span| span.start < whole.end);
        let in_formulation = formulations[..begun].last().is_some_and(|span| span.end > whole.start);
        !in_quotation && !in_formulation
    });
}

/// Spans in order of their start, each ending where it or any before it ends last.
fn with_reach(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut end = 0;
    for span in &mut spans {
        end = end.max(span.end);
        span.end = end;
    }
    spans
}

fn report_clause(context: &Context<'_>, block: usize, repeat: Repeat) -> Finding {
    let message = Message::new("与紧挨着的上文重复", "repeats the words right before it");
    let title = Message::new("删去重复的话", "delete the repeated words");
    let fix = context.replace(title, true, block, Span::new(repeat.first.end, repeat.second.end), "");
    context.finding(&RULE, block, repeat.second, message).with_fix(fix)
}

fn repeated_paragraphs(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (block, source) in context.draft.blocks.iter().enumerate() {
        let text = source.content.text.as_str();
        let is_prose = source.kind == BlockKind::Paragraph && text.contains(['。', '！', '？', '；']);
        if is_prose && !is_caption(text) {
            places.entry(text).or_default().push(block);
        }
    }
    for (text, places) in places {
        if let [first, second] = places[..]
            && is_text(text, SHORTEST_PARAGRAPH)
        {
            findings.push(report_paragraph(context, first, second));
        }
    }
}

/// Captions and lines that lead in to something new are printed again.
fn is_caption(text: &str) -> bool {
    CAPTION_STARTS.iter().any(|start| text.starts_with(start))
        || text.trim_end_matches(['）', ')']).ends_with(['摄', '：', ':'])
}

fn report_paragraph(context: &Context<'_>, first: usize, second: usize) -> Finding {
    let blocks = &context.draft.blocks;
    let start: String = blocks[first].content.text.chars().filter(|c| c.is_alphanumeric()).take(WORDS_SHOWN).collect();
    let message = Message::new(
        format!("上文已有这一段（“{start}……”）"),
        format!("this paragraph stands in the draft already (“{start}…”)"),
    );
    let before = Span::new(blocks[second - 1].span.end, blocks[second].span.start);
    let is_blank = before.slice(&context.draft.text).trim().is_empty();
    let start = if is_blank { before.start } else { before.end };
    let span = Span::new(start, blocks[second].span.end);
    let title = Message::new("删去重复的段落", "delete the repeated paragraph");
    let fix = Fix { title, safe: second == first + 1, edits: vec![Edit { span, text: String::new() }] };
    let content = Span::new(0, blocks[second].content.text.len());
    context.finding(&RULE, second, content, message).with_fix(fix)
}
