//! F101: quotation marks, title marks and parentheses that are not paired, or overlap.

use std::collections::HashSet;

use super::{
    context::Context,
    finding::{Edit, Finding, Fix, Severity},
    rule::{Example, Rule, Text},
};
use crate::{
    analysis::mark::{self, Crossing, Mark, MarkReading},
    lang::Message,
    text::{BlockKind, Span},
};

pub(super) const RULE: Rule = Rule {
    code: "F101",
    name: "unpaired-mark",
    severity: Severity::Warning,
    default_on: true,
    time_based: false,
    summary: Text {
        zh: "引号、书名号、括号不成对或交叉",
        en: "quotation marks, title marks or parentheses are unpaired or overlap",
    },
    why: Text {
        zh: "“”‘’《》〈〉「」『』（）应成对使用、层层相套。跨段引文（各段段首用前引号，末段用后引号）、分行的引文、\
             序号的后括号、撇号、表情符号不报；直引号只在全稿都成对、仅一段多出一个时报；\
             全稿某种符号没有一处成对的，视为稿件的习惯，只提一次。",
        en: "Marks come in pairs and nest. Left alone are quotations over several paragraphs (each opens, the last \
             closes), quotations broken over lines, the bracket behind a list number, apostrophes and emoticons. \
             Straight quotation marks are reported only when one block alone has an odd one. A mark that is never \
             paired in the whole draft is its habit and mentioned once.",
    },
    bad: &[
        Example { lexicon: "", text: "要树牢⟦“⟧项目为王理念，抢抓“黄金期”。", fixed: None },
        Example {
            lexicon: "", text: "要树牢“项目为王⟦“⟧理念。", fixed: Some("要树牢“项目为王”理念。")
        },
        Example {
            lexicon: "",
            text: "“一天也不敢耽误，”他说，“冻土来得早。我们要赶在前头。⟦“⟧",
            fixed: Some("“一天也不敢耽误，”他说，“冻土来得早。我们要赶在前头。”"),
        },
        Example {
            lexicon: "", text: "要树牢⟦”⟧项目为王”理念。", fixed: Some("要树牢“项目为王”理念。")
        },
        Example {
            lexicon: "",
            text: "会议学习了《安全生产条例⟦”⟧全文。",
            fixed: Some("会议学习了《安全生产条例》全文。"),
        },
        Example {
            lexicon: "",
            text: "这是“春风行动《致企业的信⟦”》⟧的内容。",
            fixed: Some("这是“春风行动《致企业的信》”的内容。"),
        },
        Example { lexicon: "", text: "会议印发了《行动方案》⟦（⟧见附件。", fixed: None },
        Example {
            lexicon: "",
            text: "（一）抓项目。\n\n二⟦）⟧抓招商。\n\n（三）抓服务。",
            fixed: Some("（一）抓项目。\n\n（二）抓招商。\n\n（三）抓服务。"),
        },
        Example {
            lexicon: "",
            text: "他说\"好\"。\n\n她说\"行\"。\n\n树牢\"项目为王\"理念，抢抓⟦\"⟧黄金期。",
            fixed: None,
        },
    ],
    good: &[
        Example {
            lexicon: "", text: "“老乡说：‘《村规民约》（试行）好！’”他念道，「字字」在理。", fixed: None
        },
        Example {
            lexicon: "", text: "他说：“第一段话。\n\n“第二段话。\n\n“第三段话。”", fixed: None
        },
        Example {
            lexicon: "", text: "信中写道：“第一段话。\n\n第二段话。\n\n第三段话。”", fixed: None
        },
        Example {
            lexicon: "", text: "要做到：1）早部署；2）早检查；a) 报表；（一）总结。", fixed: None
        },
        Example { lexicon: "", text: "’98昆交会、Workers’ Daily、O’Neill 都对 :)", fixed: None },
        Example { lexicon: "", text: "27\"的屏幕挂在\"会客厅\"里。", fixed: None },
        Example { lexicon: "", text: "文件（见附件)、正文(略）混用宽度。", fixed: None },
        Example { lexicon: "", text: "他说“\n好！\n”", fixed: None },
    ],
    check,
};

/// The longest stretch between two marks, in characters, that one wrong mark explains.
const LONGEST_PAIR: usize = 40;
/// Within how many blocks a quotation broken over lines or paragraphs is looked for.
const LONGEST_QUOTATION: usize = 12;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut readings: Vec<MarkReading> =
        (0..context.draft.blocks.len()).map(|block| context.marks(block).clone()).collect();
    let mut faults = Vec::new();
    straight_marks(&readings, &mut faults);
    list_markers(context, &readings, &mut faults);
    for (block, reading) in readings.iter_mut().enumerate() {
        let text = context.draft.blocks[block].content.text.as_str();
        faults.extend(reading.crossing.iter().map(|crossing| Fault { block, kind: Kind::Crossing(*crossing) }));
        if !reading.straight.len().is_multiple_of(2) {
            leave_out_mixed_pairs(reading);
        }
        wrong_marks(text, block, reading, &mut faults);
    }
    leave_out_long_quotations(context, &mut readings);
    for (block, reading) in readings.iter().enumerate() {
        faults.extend(reading.unclosed.iter().map(|mark| Fault { block, kind: Kind::Unclosed(*mark) }));
        faults.extend(reading.unopened.iter().map(|mark| Fault { block, kind: Kind::Unopened(*mark) }));
    }
    faults.sort_by_key(|fault| (fault.block, fault.span()));
    let faults = without_habits(faults, &readings);
    findings.extend(faults.iter().map(|fault| report(context, fault)));
}

/// A fault in the pairing of marks.
struct Fault {
    block: usize,
    kind: Kind,
}

enum Kind {
    Unclosed(Mark),
    Unopened(Mark),
    /// What closes the number of a list whose other numbers stand in a pair.
    Marker(Mark),
    /// A mark that should be another one, so that it pairs with the other.
    Wrong {
        mark: Mark,
        right: char,
    },
    Crossing(Crossing),
}

impl Fault {
    fn mark(&self) -> Mark {
        match self.kind {
            Kind::Unclosed(mark) | Kind::Unopened(mark) | Kind::Marker(mark) | Kind::Wrong { mark, .. } => mark,
            Kind::Crossing(crossing) => crossing.close,
        }
    }

    fn span(&self) -> Span {
        match self.kind {
            Kind::Crossing(Crossing { outer_close, close, .. }) if outer_close.span.end == close.span.start => {
                outer_close.span.join(close.span)
            }
            _ => self.mark().span,
        }
    }
}

/// Straight marks: only a single block with an odd one, in a draft that pairs them elsewhere, says
/// anything.
fn straight_marks(readings: &[MarkReading], faults: &mut Vec<Fault>) {
    let is_odd = |reading: &&MarkReading| !reading.straight.len().is_multiple_of(2);
    let paired = readings.iter().filter(|reading| !reading.straight.is_empty() && !is_odd(reading)).count();
    let odd: Vec<usize> = (0..readings.len()).filter(|block| is_odd(&&readings[*block])).collect();
    let mixed = |block: usize| !readings[block].unclosed.is_empty() || !readings[block].unopened.is_empty();
    if let [block] = odd[..]
        && paired > 0
        && !mixed(block)
        && let Some(mark) = readings[block].straight.last()
    {
        faults.push(Fault { block, kind: Kind::Unclosed(*mark) });
    }
}

/// A single 二） where the other numbers of the draft stand in （一）.
fn list_markers(context: &Context<'_>, readings: &[MarkReading], faults: &mut Vec<Fault>) {
    let text = |block: usize| context.draft.blocks[block].content.text.as_str();
    for is_of_kind in [|c: char| "一二三四五六七八九十".contains(c), |c: char| c.is_ascii_digit()] {
        let number = |text: &str| text.find(|c| !is_of_kind(c)).filter(|length| *length > 0);
        let in_pair = |block: &usize| {
            let inside = text(*block).strip_prefix(['（', '(']);
            inside.is_some_and(|inside| number(inside).is_some_and(|end| inside[end..].starts_with(['）', ')'])))
        };
        let bare = |block: usize| {
            let end = number(text(block))?;
            readings[block].list_markers.first().filter(|mark| mark.span.start == end).map(|mark| (block, *mark))
        };
        let bare: Vec<(usize, Mark)> = (0..readings.len()).filter_map(bare).collect();
        if let [(block, mark)] = bare[..]
            && (0..readings.len()).filter(in_pair).count() > 1
        {
            faults.push(Fault { block, kind: Kind::Marker(mark) });
        }
    }
}

/// Pairs of a straight and a curved mark are a habit.
fn leave_out_mixed_pairs(reading: &mut MarkReading) {
    let is_double = |mark: &Mark| matches!(mark.sign, '“' | '”');
    reading.unclosed.retain(|mark| !is_double(mark));
    reading.unopened.retain(|mark| !is_double(mark));
}

/// Takes out the marks that one wrong mark of two explains: “甲“, ”甲”, “甲》.
fn wrong_marks(text: &str, block: usize, reading: &mut MarkReading, faults: &mut Vec<Fault>) {
    let mut wrong = |mark: Mark, right: Option<char>| {
        faults.extend(right.map(|right| Fault { block, kind: Kind::Wrong { mark, right } }));
    };
    // “甲。……乙。“ at the end of a paragraph: nothing can open there.
    if let [.., first, last] = reading.unclosed[..]
        && last.sign == first.sign
        && matches!(last.sign, '“' | '‘')
        && text[last.span.end..].trim().is_empty()
    {
        wrong(last, mark::partner(last.sign));
        reading.unclosed.truncate(reading.unclosed.len() - 2);
    }
    for pair in reversed_pairs(text, &mut reading.unclosed) {
        wrong(pair[1], mark::partner(pair[1].sign));
    }
    for pair in reversed_pairs(text, &mut reading.unopened) {
        wrong(pair[0], mark::partner(pair[0].sign));
    }
    if let ([open], [close]) = (&reading.unclosed[..], &reading.unopened[..])
        && are_near(text, *open, *close)
    {
        wrong(*close, mark::partner(open.sign));
        reading.unclosed.clear();
        reading.unopened.clear();
    }
}

/// Takes the marks of one sign out of `marks` in pairs, if all of them stand in pairs near each other. If
/// not, one slip may leave several of them over, and only the first one stays.
fn reversed_pairs(text: &str, marks: &mut Vec<Mark>) -> Vec<[Mark; 2]> {
    let mut found = Vec::new();
    let mut left = Vec::new();
    while let Some(first) = marks.first().copied() {
        let (same, others): (Vec<Mark>, Vec<Mark>) = marks.iter().partition(|mark| mark.sign == first.sign);
        *marks = others;
        let pairs = same.chunks_exact(2).map(|pair| [pair[0], pair[1]]);
        if same.len().is_multiple_of(2) && pairs.clone().all(|[one, two]| are_near(text, one, two)) {
            found.extend(pairs);
        } else {
            left.push(first);
        }
    }
    *marks = left;
    found
}

/// Whether two marks may be a pair: a few words of one sentence stand between them.
fn are_near(text: &str, left: Mark, right: Mark) -> bool {
    let between = text.get(left.span.end..right.span.start).unwrap_or_default();
    let is_short = !between.is_empty() && between.chars().count() <= LONGEST_PAIR;
    is_short && !between.contains(['。', '！', '？', '；', '“', '”'])
}

/// Takes out the marks of quotations over several blocks: those that are closed in a later block, and
/// those of paragraphs that each open the quotation again.
fn leave_out_long_quotations(context: &Context<'_>, readings: &mut [MarkReading]) {
    let blocks = &context.draft.blocks;
    for block in 0..blocks.len() {
        let text = blocks[block].content.text.as_str();
        for index in (0..readings[block].unclosed.len()).rev() {
            let open = readings[block].unclosed[index];
            let goes_on = blocks.get(block + 1).is_some_and(|next| next.content.text.starts_with(open.sign));
            let is_quotation = !matches!(open.sign, '（' | '(' | '《' | '〈');
            if is_quotation && goes_on && begins_speech(text, open) {
                readings[block].unclosed.remove(index);
                continue;
            }
            let later = (block + 1..blocks.len()).take(LONGEST_QUOTATION);
            let same_text = later.take_while(|later| blocks[*later].kind != BlockKind::Heading);
            let closes = |later: usize| {
                let position =
                    readings[later].unopened.iter().position(|close| mark::kind(close.sign) == mark::kind(open.sign));
                position.map(|position| (later, position))
            };
            if let Some((later, position)) = same_text.into_iter().find_map(closes) {
                readings[block].unclosed.remove(index);
                readings[later].unopened.remove(position);
            }
        }
    }
}

/// Whether direct speech begins with this mark: at the start of a paragraph, behind a colon or comma.
fn begins_speech(text: &str, open: Mark) -> bool {
    text[..open.span.start].chars().rev().find(|c| !c.is_whitespace()).is_none_or(|c| "：:，,—。！？“‘".contains(c))
}

/// Of several faults of a mark that the draft pairs nowhere, the first one.
fn without_habits(faults: Vec<Fault>, readings: &[MarkReading]) -> Vec<Fault> {
    let pairs = readings.iter().flat_map(|reading| &reading.paired);
    let paired: HashSet<usize> = pairs.map(|(open, _)| mark::kind(open.sign)).collect();
    let mut mentioned: HashSet<usize> = HashSet::new();
    let is_news = |fault: &Fault| {
        let kind = mark::kind(fault.mark().sign);
        mentioned.insert(kind) || paired.contains(&kind) || matches!(fault.kind, Kind::Crossing(_))
    };
    faults.into_iter().filter(is_news).collect()
}

fn report(context: &Context<'_>, fault: &Fault) -> Finding {
    let sign = fault.mark().sign;
    let (zh, en) = match &fault.kind {
        Kind::Unclosed(_) => (format!("{sign} 没有与之配对的后一半"), format!("{sign} is never closed")),
        Kind::Unopened(_) | Kind::Marker(_) => {
            (format!("{sign} 没有与之配对的前一半"), format!("{sign} was never opened"))
        }
        Kind::Wrong { right, .. } => (format!("{sign} 应为 {right}"), format!("{sign} should be {right}")),
        Kind::Crossing(Crossing { open, outer_close, close }) => {
            let (open, outer, close) = (open.sign, outer_close.sign, close.sign);
            (
                format!("{open}{close} 与外层交叉：{close} 应在 {outer} 之前"),
                format!("{open}{close} overlaps the pair around it: {close} belongs before {outer}"),
            )
        }
    };
    let span = fault.span();
    let finding = context.finding(&RULE, fault.block, span, Message::new(zh, en));
    let Some((place, right)) = correction(fault) else { return finding };
    let title = if place.is_empty() {
        Message::new(format!("补上 {right}"), format!("add {right}"))
    } else {
        Message::new(format!("改为 {right}"), format!("change to {right}"))
    };
    let edits = vec![Edit { span: context.span(fault.block, place), text: right }];
    let safe = matches!(fault.kind, Kind::Crossing(_) | Kind::Marker(_));
    finding.with_fix(Fix { title, safe, edits })
}

/// What should stand where, if that is certain.
fn correction(fault: &Fault) -> Option<(Span, String)> {
    match fault.kind {
        Kind::Wrong { right, .. } => Some((fault.span(), right.to_string())),
        Kind::Marker(mark) => Some((Span::empty(0), mark::partner(mark.sign)?.to_string())),
        Kind::Crossing(Crossing { outer_close, close, .. }) if outer_close.span.end == close.span.start => {
            Some((fault.span(), format!("{}{}", close.sign, outer_close.sign)))
        }
        _ => None,
    }
}
