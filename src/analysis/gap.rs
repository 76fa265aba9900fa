//! Gaps: places that the writer meant to fill in before printing.

use std::{collections::HashSet, sync::LazyLock};

use super::{
    clause::sentence_around, mark::MarkReading, quotation::quotations, segmentation::words, vocabulary::VOCABULARY,
};
use crate::text::Span;

/// A gap in a text; bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// What stands in place of the missing words.
    pub span: Span,
    /// Whether nothing else can be meant; 名单待定 may simply be true.
    pub certain: bool,
}

/// The gaps of a block's text, in order. Names hidden on purpose, words in quotation marks and sentences
/// that speak of forms or signs have none. `marks` gives the paired marks of the text.
pub fn gaps<'m>(text: &str, marks: impl FnOnce() -> &'m MarkReading) -> Vec<Gap> {
    let mut found = masks(text);
    found.extend(notes(text));
    found.extend(reminders(text));
    found.extend(empty_pairs(text));
    found.extend(question_marks(text));
    if found.is_empty() {
        return found;
    }
    found.sort_by_key(|gap| gap.span);
    found.dedup_by(|later, earlier| earlier.span.intersects(later.span));
    let mut quotations = quotations(marks()).into_iter().filter(|quotation| !quotation.is_empty()).peekable();
    let mut quoted_to = 0;
    found.retain(|gap| {
        while let Some(quotation) = quotations.next_if(|quotation| quotation.start <= gap.span.start) {
            quoted_to = quoted_to.max(quotation.end);
        }
        gap.span.end > quoted_to && !sentence_has(text, gap.span, &SAMPLES)
    });
    found
}

/// Words of a sentence that speaks of forms, samples or signs: nothing is missing there.
const SAMPLES: [&str; 14] =
    ["格式", "样式", "样本", "模板", "范本", "示例", "例如", "比如", "诸如", "填写", "写作", "标点", "引号", "括号"];
/// Words of a sentence in which names are hidden on purpose.
const HIDING: [&str; 30] = [
    "某",
    "化名",
    "隐去",
    "匿名",
    "据报载",
    "举报",
    "投诉",
    "嫌疑",
    "被告",
    "原告",
    "受贿",
    "行贿",
    "贪污",
    "诈骗",
    "涉案",
    "案件",
    "法院",
    "检察",
    "判决",
    "公诉",
    "当事人",
    "受害",
    "被害",
    "违纪",
    "违法",
    "查处",
    "曝光",
    "网友",
    "一位",
    "一名",
];
/// What follows a number.
const UNITS: [&str; 16] = [
    "万",
    "亿",
    "元",
    "%",
    "％",
    "个百分点",
    "公里",
    "吨",
    "亩",
    "平方",
    "立方",
    "公顷",
    "千瓦",
    "公斤",
    "分钟",
    "小时",
];
/// Words that begin like a unit or counter.
const NO_COUNTERS: [&str; 54] = [
    "支持", "支付", "支出", "支部", "支撑", "支援", "支队", "支行", "支线", "支书", "万达", "万科", "万一", "元旦",
    "元帅", "年鉴", "年会", "年度", "年级", "年薪", "年轻", "月刊", "月饼", "日报", "日前", "日用", "时报", "时代",
    "时间", "时尚", "时候", "个人", "个体", "名称", "名单", "人民", "人寿", "人大", "人才", "人事", "人社", "人家",
    "位于", "家具", "家园", "家电", "家居", "家族", "家庭", "家长", "项目", "户外", "户籍", "次日",
];
/// What follows the name of a place or an official.
const BEHIND_NAMES: [&str; 24] = [
    "省", "市", "县", "区", "州", "镇", "乡", "村", "街道", "社区", "同志", "书记", "省长", "市长", "县长", "区长",
    "州长", "部长", "主任", "主席", "强调", "指出", "主持", "出席",
];
/// What stands before the name of an official or a reporter.
const BEFORE_NAMES: [&str; 24] = [
    "记者",
    "通讯员",
    "实习生",
    "责任编辑",
    "责编",
    "编辑",
    "摄影",
    "书记",
    "省长",
    "市长",
    "县长",
    "区长",
    "州长",
    "镇长",
    "乡长",
    "部长",
    "主任",
    "主席",
    "局长",
    "厅长",
    "秘书长",
    "校长",
    "院长",
    "董事长",
];

fn sentence_has(text: &str, span: Span, words: &[&str]) -> bool {
    let sentence = sentence_around(text, span).slice(text);
    words.iter().any(|word| sentence.contains(word))
}

fn begins_with(rest: &str, words: &[&str]) -> bool {
    words.iter().any(|word| rest.starts_with(word))
}

/// The masks XX, ××, xxx that stand for something to be filled in, and X月X日.
fn masks(text: &str) -> Vec<Gap> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(is_mask).map(|at| from + at) {
        let end = start + mask_length(&text[start..]);
        let mask = Span::new(start, end);
        let gap = masked_date(text, mask).or_else(|| stands_for_words(text, mask).then_some(mask));
        found.extend(gap.map(|span| Gap { span, certain: true }));
        from = gap.map_or(end, |span| span.end);
    }
    found
}

fn is_mask(c: char) -> bool {
    matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ' | '×' | '╳')
}

fn mask_length(text: &str) -> usize {
    text.find(|c| !is_mask(c)).unwrap_or(text.len())
}

/// X月X日, ××年×月, X日X时: from the first mask to the last unit.
fn masked_date(text: &str, mask: Span) -> Option<Span> {
    let mut end = mask.end;
    let mut units = 0;
    while let Some(unit) = text[end..].chars().next().filter(|c| "年月日号时分".contains(*c)) {
        units += 1;
        end += unit.len_utf8();
        match mask_length(&text[end..]) {
            0 => break,
            length => end += length,
        }
    }
    let date = Span::new(mask.start, end);
    (units >= 2 && stands_alone(text, date)).then_some(date)
}

/// Whether neither digits nor letters stand beside a mask: it hides no part of a number or a word.
fn stands_alone(text: &str, mask: Span) -> bool {
    let joins = |c: char| {
        is_mask(c)
            || c.is_ascii_alphanumeric()
            || matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '.' | '-' | '_' | '*' | '+')
    };
    !text[..mask.start].chars().next_back().is_some_and(joins) && !text[mask.end..].chars().next().is_some_and(joins)
}

fn stands_for_words(text: &str, mask: Span) -> bool {
    let is_run = mask.slice(text).chars().nth(1).is_some();
    if !is_run || !stands_alone(text, mask) {
        return false;
    }
    let (before, after) = (&text[..mask.start], text[mask.end..].trim_start());
    if begins_with(after, &UNITS) && !begins_with(after, &NO_COUNTERS) {
        return true;
    }
    // 享年XX岁: 年 is no surname here.
    if after.starts_with('岁') {
        return !sentence_has(text, mask, &HIDING);
    }
    // 李××, 李××书记: a given name that is hidden.
    if ends_in_surname(before) || sentence_has(text, mask, &HIDING) {
        return false;
    }
    let counts = begins_with_measure(after) && !begins_with(after, &NO_COUNTERS);
    let is_official = BEFORE_NAMES.iter().any(|word| before.trim_end().ends_with(word));
    counts || is_official || begins_with(after, &BEHIND_NAMES)
}

/// Whether a surname stands at the end that is no part of a word: 李, and not 机井.
fn ends_in_surname(before: &str) -> bool {
    let Some((length, ())) = VOCABULARY.surnames.ending(before) else { return false };
    let start = before.char_indices().rev().nth(LONGEST_WORDS).map_or(0, |(at, _)| at);
    words(&before[start..]).last().is_none_or(|word| word.end - word.start <= length)
}

/// Whether the first word is a measure word: 处隐患, and not 处长.
fn begins_with_measure(after: &str) -> bool {
    let end = after.char_indices().nth(LONGEST_WORDS).map_or(after.len(), |(at, _)| at);
    let first = words(&after[..end]).first().map(|word| word.slice(after));
    first.is_some_and(|word| MEASURES.contains(word))
}

/// How far the words behind a mask are cut, in characters.
const LONGEST_WORDS: usize = 8;

static MEASURES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("data/measure_words.txt").lines();
    lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// Remarks in brackets: （此处补数据）, （待核）, 【待补充】.
fn notes(text: &str) -> Vec<Gap> {
    let mut found = Vec::new();
    let brackets = text.char_indices().filter(|(_, c)| matches!(c, '（' | '(' | '【' | '[' | '〔'));
    for (start, open) in brackets {
        let inside = start + open.len_utf8();
        let window = text[inside..].char_indices().take(LONGEST_NOTE + 1);
        let closing = window.into_iter().find(|(_, c)| matches!(c, '）' | ')' | '】' | ']' | '〕'));
        let Some((length, close)) = closing else { continue };
        let remark = text[inside..inside + length].trim();
        if is_note(remark) {
            let certain = !remark.ends_with("待定") || remark == "待定";
            found.push(Gap { span: Span::new(start, inside + length + close.len_utf8()), certain });
        }
    }
    found
}

/// The longest remark, in characters.
const LONGEST_NOTE: usize = 20;

fn is_note(remark: &str) -> bool {
    const HERE: [&str; 5] = ["此处", "此段", "此句", "这里", "以下"];
    const MISSING: [&str; 8] = ["补", "填", "待核", "核实", "核对", "插入", "配图", "待定"];
    const TOLD: [&str; 4] = ["说明", "的是", "一句", "补贴"];
    const WAITING: [&str; 18] = [
        "待补",
        "待补充",
        "待补齐",
        "待补写",
        "待核",
        "待核实",
        "待核对",
        "待核准",
        "待查",
        "待查证",
        "待查实",
        "待定",
        "待填",
        "待填写",
        "待确认",
        "待完善",
        "待更新",
        "待配图",
    ];
    const SUBJECTS: [&str; 19] = [
        "", "数据", "数字", "姓名", "名单", "职务", "时间", "日期", "地点", "人名", "标题", "图", "图片", "照片",
        "出处", "来源", "链接", "金额", "内容",
    ];
    const ASKING: [&str; 6] = ["请补充", "请补", "请核实", "请核", "请确认", "请填"];
    let has = |words: &[&str]| words.iter().any(|word| remark.contains(word));
    // 此处补照片说明 asks for a caption, 此处补充说明 explains.
    let is_told = has(&TOLD) && !remark.ends_with("片说明");
    let is_here = begins_with(remark, &HERE) && has(&MISSING) && !is_told;
    let waits = SUBJECTS.iter().any(|subject| remark.strip_prefix(subject).is_some_and(|rest| WAITING.contains(&rest)));
    is_here || waits || ASKING.contains(&remark) || is_question(remark)
}

/// TODO and its kin, and 待定 at the end of a clause.
fn reminders(text: &str) -> Vec<Gap> {
    let mut found = Vec::new();
    for word in ["TODO", "ＴＯＤＯ", "FIXME", "TBD"] {
        for (at, _) in text.match_indices(word) {
            let span = Span::new(at, at + word.len());
            let is_product =
                begins_with(text[span.end..].trim_start(), &["清单", "应用", "软件", "列表", "list", "List"]);
            if stands_alone(text, span) && !is_product {
                found.push(Gap { span, certain: true });
            }
        }
    }
    for (at, word) in text.match_indices("待定") {
        let span = Span::new(at, at + word.len());
        let is_last = text[span.end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        // 期待定, 有待定: 待 belongs to the word before.
        let is_word = !text[..at].ends_with(['期', '等', '招', '接', '看', '对', '有', '优', '善', '亟', '急']);
        if is_last && is_word {
            found.push(Gap { span, certain: false });
        }
    }
    found
}

/// Brackets, title marks and quotation marks with nothing in them.
fn empty_pairs(text: &str) -> Vec<Gap> {
    let mut found = Vec::new();
    for (open, close) in [("【", "】"), ("《", "》"), ("“", "”")] {
        for (at, _) in text.match_indices(open) {
            let inside = at + open.len();
            let blank = text[inside..].len() - text[inside..].trim_start_matches([' ', '\u{3000}']).len();
            if text[inside + blank..].starts_with(close) {
                found.push(Gap { span: Span::new(at, inside + blank + close.len()), certain: true });
            }
        }
    }
    found
}

/// Two or more question marks in place of a number.
fn question_marks(text: &str) -> Vec<Gap> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(['?', '？']).map(|at| from + at) {
        let length = text[start..].find(|c| !matches!(c, '?' | '？')).unwrap_or(text.len() - start);
        let span = Span::new(start, start + length);
        let after = &text[span.end..];
        if is_question(span.slice(text)) && begins_with(after, &UNITS) && !begins_with(after, &NO_COUNTERS) {
            found.push(Gap { span, certain: true });
        }
        from = span.end;
    }
    found
}

/// Whether there is nothing but two or more question marks.
fn is_question(words: &str) -> bool {
    words.chars().count() > 1 && words.chars().all(|c| matches!(c, '?' | '？'))
}
