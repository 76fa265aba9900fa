//! Paired marks of a block: quotation marks, title marks and parentheses.

use crate::text::Span;

/// A mark in a text; bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The mark.
    pub sign: char,
    /// Where it stands.
    pub span: Span,
}

/// How the paired marks of a text stand to each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkReading {
    /// The pairs, opening and closing mark, in order of their closing.
    pub paired: Vec<(Mark, Mark)>,
    /// The marks that open what nothing closes.
    pub unclosed: Vec<Mark>,
    /// The marks that close what nothing opened.
    pub unopened: Vec<Mark>,
    /// The pairs that overlap an outer one.
    pub crossing: Vec<Crossing>,
    /// The marks that close the number or letter of a list: 1）, a), 一）.
    pub list_markers: Vec<Mark>,
    /// Straight quotation marks, which open and close in turn.
    pub straight: Vec<Mark>,
}

/// An inner pair that closes behind the outer one: “《”》.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// What opens the inner pair.
    pub open: Mark,
    /// What closes the outer pair.
    pub outer_close: Mark,
    /// What closes the inner pair.
    pub close: Mark,
}

/// Opening and closing marks.
const PAIRS: [(char, char); 8] =
    [('“', '”'), ('‘', '’'), ('《', '》'), ('〈', '〉'), ('「', '」'), ('『', '』'), ('（', '）'), ('(', ')')];

/// The mark that pairs with this one.
pub fn partner(sign: char) -> Option<char> {
    PAIRS.iter().find_map(|(open, close)| match sign {
        _ if sign == *open => Some(*close),
        _ if sign == *close => Some(*open),
        _ => None,
    })
}

/// Whether the mark opens a pair.
pub fn opens(sign: char) -> bool {
    PAIRS.iter().any(|(open, _)| *open == sign)
}

/// A number for the pair a mark belongs to. Parentheses of both widths pair with each other: their width
/// is a habit.
pub fn kind(sign: char) -> usize {
    let wide = match sign {
        '(' => '（',
        ')' => '）',
        other => other,
    };
    PAIRS.iter().position(|(open, close)| wide == *open || wide == *close).unwrap_or(0)
}

/// Reads the paired marks of `text`. Apostrophes, signs of inches and minutes, the brackets behind the
/// letters and numbers of a list, emoticons and half-open intervals are none.
pub fn read(text: &str) -> MarkReading {
    let mut reading = MarkReading::default();
    let mut open = Opened::default();
    // Openers of each kind passed over by the closing mark of a pair around them, with that mark.
    let mut passed: [Vec<(Mark, Mark)>; PAIRS.len()] = Default::default();
    let is_mark = |sign: char| matches!(sign, '"' | '＂') || partner(sign).is_some();
    // Most characters are Chinese ones and need not be compared with every mark.
    let others = text.char_indices().filter(|(_, sign)| !matches!(sign, '\u{4E00}'..='\u{9FFF}'));
    let marks = others.filter(|(_, sign)| is_mark(*sign));
    for (at, sign) in marks {
        let mark = Mark { sign, span: Span::new(at, at + sign.len_utf8()) };
        let kind = kind(sign);
        if matches!(sign, '"' | '＂') {
            if !(reading.straight.len().is_multiple_of(2) && is_inches(text, mark)) {
                reading.straight.push(mark);
            }
        } else if opens(sign) {
            open.push(mark);
        } else if is_apostrophe(text, mark, open.holds(kind)) {
            continue;
        } else if let Some((opener, inner)) = open.close(kind) {
            inner.into_iter().for_each(|inner| passed[self::kind(inner.sign)].push((inner, mark)));
            reading.paired.push((opener, mark));
        } else if let Some((inner, outer_close)) = passed[kind].pop() {
            reading.crossing.push(Crossing { open: inner, outer_close, close: mark });
        } else {
            reading.unopened.push(mark);
        }
    }
    reading.unclosed = passed.into_iter().flatten().map(|(mark, _)| mark).chain(open.marks).collect();
    reading.unclosed.sort_by_key(|mark| mark.span);
    leave_out_other_uses(text, &mut reading);
    reading
}

/// The marks that are open, with a count of each kind, so that a closing mark without an opening one
/// costs no search.
#[derive(Default)]
struct Opened {
    marks: Vec<Mark>,
    count: [usize; PAIRS.len()],
}

impl Opened {
    fn push(&mut self, mark: Mark) {
        self.count[kind(mark.sign)] += 1;
        self.marks.push(mark);
    }

    fn holds(&self, kind: usize) -> bool {
        self.count[kind] > 0
    }

    /// Takes out the last opening mark of a kind, and those behind it, which stay open.
    fn close(&mut self, kind: usize) -> Option<(Mark, Vec<Mark>)> {
        if !self.holds(kind) {
            return None;
        }
        let position = self.marks.iter().rposition(|mark| self::kind(mark.sign) == kind)?;
        let inner = self.marks.split_off(position + 1);
        let opener = self.marks.pop()?;
        inner.iter().chain([&opener]).for_each(|mark| self.count[self::kind(mark.sign)] -= 1);
        Some((opener, inner))
    }
}

fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// Whether a straight mark that closes nothing stands for inches: 27".
fn is_inches(text: &str, mark: Mark) -> bool {
    before(text, mark.span.start).is_some_and(|c| c.is_ascii_digit())
}

/// Whether ’ is an apostrophe: O’Neill, ’n’, ’98, ’九八.
fn is_apostrophe(text: &str, mark: Mark, is_opened: bool) -> bool {
    if mark.sign != '’' {
        return false;
    }
    let (left, right) = (before(text, mark.span.start), after(text, mark.span.end));
    let within_word = left.is_some_and(is_latin) && right.is_some_and(is_latin);
    let before_year = right.is_some_and(|c| c.is_numeric() || "〇○零一二三四五六七八九".contains(c));
    within_word || !is_opened && (before_year || left.is_some_and(is_latin) || right.is_some_and(is_latin))
}

/// Letters and digits of Latin script, in both widths.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' | 'À'..='ɏ')
}

fn leave_out_other_uses(text: &str, reading: &mut MarkReading) {
    let has_interval = text.matches('[').count() != text.matches(']').count();
    let half_open = |mark: &Mark| mark.sign.is_ascii() && has_interval;
    let markers = reading.unopened.iter().filter(|mark| list_marker(text, **mark).is_some()).count();
    let is_list_marker = |mark: &Mark| list_marker(text, *mark).is_some_and(|alone| alone || markers > 1);
    reading.list_markers = reading.unopened.iter().copied().filter(is_list_marker).collect();
    reading.unopened.retain(|mark| {
        let is_minute = matches!(mark.sign, '’' | '”') && (1..=2).contains(&digits_before(text, mark.span.start));
        let is_emoticon = is_parenthesis(*mark) && before(text, mark.span.start).is_some_and(is_eye);
        !is_list_marker(mark) && !is_minute && !is_emoticon && !half_open(mark)
    });
    reading.unclosed.retain(|mark| {
        let is_emoticon = mark.sign == '(' && before(text, mark.span.start).is_some_and(is_eye);
        let is_year = mark.sign == '‘' && after(text, mark.span.end).is_some_and(char::is_numeric);
        !is_emoticon && !is_year && !half_open(mark)
    });
}

/// How many digits stand right before `at`; beyond three they are not counted.
fn digits_before(text: &str, at: usize) -> usize {
    text[..at].chars().rev().take(3).take_while(|c| c.is_numeric()).count()
}

fn is_parenthesis(mark: Mark) -> bool {
    matches!(mark.sign, '(' | ')' | '（' | '）')
}

/// What stands before the mouth of an emoticon: :) ;-) ^_^).
fn is_eye(c: char) -> bool {
    ":：;；=^-_".contains(c)
}

/// Whether a bracket closes a number or letter of a list (1）, a), 一）); inside, whether that begins a
/// clause.
fn list_marker(text: &str, mark: Mark) -> Option<bool> {
    if !is_parenthesis(mark) {
        return None;
    }
    let head = &text[..mark.span.start];
    let number = |c: char| c.is_numeric() || "一二三四五六七八九十".contains(c);
    let start = head.trim_end_matches(number).len();
    let start = if start < head.len() { start } else { head.trim_end_matches(is_latin).len() };
    let characters = head[start..].chars().count();
    let is_marker = (1..=3).contains(&characters) && (characters == 1 || head[start..].chars().all(number));
    is_marker.then(|| before(text, start).is_none_or(|c| !c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(marks: &[Mark]) -> String {
        marks.iter().map(|mark| mark.sign).collect()
    }

    #[test]
    fn stray_marks_are_found_and_other_uses_are_not() {
        let check = |text: &str, unclosed: &str, unopened: &str| {
            let reading = read(text);
            assert_eq!(
                (signs(&reading.unclosed), signs(&reading.unopened)),
                (unclosed.into(), unopened.into()),
                "{text}"
            );
        };
        check("“甲”、‘乙’、《丙〈丁〉》、「戊」（己)", "", "");
        check("“甲、《乙》", "“", "");
        check("“甲《乙”", "《", "");
        check("甲”、乙）", "", "”）");
        check("“甲“乙”", "“", "");
        check("迎接’98联谊会，’９７赛季，’九八昆交会，O’Neill’s、the workers’ party、rock ’n’ roll", "", "");
        check("1）甲；2）乙；a)丙；一）丁", "", "");
        check("包括1）甲、2）乙", "", "");
        check("增长3）", "", "）");
        check("谢谢:)，再见;-)", "", "");
        check("区间[0,1)内", "", "");
        check("北纬43°53’20”，27”显示器", "", "");
        check("实施中国制造2025”", "", "”");
    }

    #[test]
    fn crossing_pairs() {
        let crossing = |text: &str| {
            let reading = read(text);
            assert_eq!((reading.unclosed, reading.unopened), (vec![], vec![]), "{text}");
            reading.crossing.iter().map(|c| (c.open.sign, c.outer_close.sign, c.close.sign)).collect::<Vec<_>>()
        };
        assert_eq!(crossing("“甲《乙”》"), [('《', '”', '》')]);
        assert_eq!(crossing("“甲《乙》”"), []);
    }

    #[test]
    fn straight_marks_but_inches() {
        let check = |text: &str, expected: usize| assert_eq!(read(text).straight.len(), expected, "{text}");
        check("\"甲\"、27\"屏幕", 2);
        check("\"2022\"年", 2);
    }
}
