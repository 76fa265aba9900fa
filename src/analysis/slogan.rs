//! Formulations: wordings one slip away from them, and their parts in any order.

use pinyin::ToPinyinMulti;

use super::{
    block::Candidate,
    post_reader::is_han,
    quotation::is_quoted,
    slogan_pieces::{Pieces, letters},
};
use crate::{
    lexicon::{EntryIndex, EntryKind, FormMatch, FormRole, Lexicon},
    text::Span,
};

/// A string one slip away from a formulation; bytes in the block's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearSlogan {
    /// The whole wording.
    pub span: Span,
    /// The characters that differ.
    pub wrong: Span,
    /// What should stand there.
    pub right: String,
    /// The formulation.
    pub entry: EntryIndex,
}

/// All parts of a formulation side by side; bytes in the block's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComponentRun {
    /// The formulation.
    pub entry: EntryIndex,
    /// The parts in the order of the text: their position in the formulation and their place.
    pub parts: Vec<(u16, Span)>,
}

/// The formulations of a lexicon, prepared for near matching: [`Pieces`] of them are searched and their
/// surroundings compared.
pub(super) struct SloganBook {
    wordings: Vec<Wording>,
    pieces: Pieces,
}

struct Wording {
    entry: EntryIndex,
    characters: Vec<char>,
    /// Whether it is the list that a number phrase stands for: with another word in it, it may be another
    /// list.
    is_list: bool,
}

/// A stretch near to a wording, before it is set against the other wordings near to it.
pub(super) struct Claim {
    near: NearSlogan,
    /// Whether what differs sounds alike or is two characters swapped.
    sounds_alike: bool,
}

/// Below this many characters without punctuation, wordings are too alike for near matching.
const SHORTEST: usize = 6;
/// From this many characters on, a character that sounds alike is a slip wherever the words stand, and
/// any other one if they are a whole quotation.
const CLEAR: usize = 8;
/// From this many characters on, one different character is a slip whatever it sounds like.
const LONG: usize = 12;

impl SloganBook {
    pub fn build(lexicon: &Lexicon) -> Self {
        let mut wordings = Vec::new();
        for (entry, slogan) in lexicon.written_entries().filter_map(|(index, entry)| Some((index, entry.slogan()?))) {
            let fixed = std::iter::once(&slogan.text).chain(&slogan.variants).map(|wording| (wording, false));
            for (wording, is_list) in fixed.chain(slogan.expands.iter().map(|list| (list, true))) {
                let characters: Vec<char> = wording.chars().filter(|c| c.is_alphanumeric()).collect();
                if characters.len() >= SHORTEST && characters.iter().all(|c| is_han(*c)) {
                    wordings.push(Wording { entry, characters, is_list });
                }
            }
        }
        let pieces = Pieces::of(wordings.iter().map(|wording| &wording.characters[..]));
        Self { wordings, pieces }
    }

    /// Appends to `found` the claims of wordings of which a piece stands at byte `start` of `text`.
    pub fn claims_at(&self, text: &str, start: usize, found: &mut Vec<Claim>) {
        self.pieces.begin(&text[start..], |wording, before| {
            found.extend(compare(&self.wordings[wording], text, start, before));
        });
    }

    /// The pieces of the wordings.
    pub fn pieces(&self) -> &Pieces {
        &self.pieces
    }

    /// Stretches in which parts of one formulation stand side by side, joined by separators only.
    pub fn component_runs(&self, text: &str, matches: &[FormMatch]) -> Vec<ComponentRun> {
        let mut parts: Vec<(EntryIndex, u16, Span)> = Vec::new();
        for found in matches {
            for target in &found.targets {
                if let FormRole::Component(position) = target.role {
                    parts.push((target.entry, position, found.span));
                }
            }
        }
        parts.sort_by_key(|(entry, _, span)| (*entry, span.start, std::cmp::Reverse(span.end)));
        let mut runs: Vec<ComponentRun> = Vec::new();
        for (entry, position, span) in parts {
            match runs.last_mut() {
                Some(run)
                    if run.entry == entry && run.parts.last().is_some_and(|(_, last)| joined(text, *last, span)) =>
                {
                    run.parts.push((position, span))
                }
                Some(run) if run.entry == entry && run.parts.last().is_some_and(|(_, last)| last.intersects(span)) => {}
                _ => runs.push(ComponentRun { entry, parts: vec![(position, span)] }),
            }
        }
        runs.retain(|run| run.parts.len() > 1);
        runs
    }
}

/// The stretches that are one slip away from a formulation. One whose slip lies in an exact form of some
/// formulation, or that overlaps with one in part, is none.
pub(super) fn near(mut found: Vec<Claim>, candidates: &[Candidate]) -> Vec<NearSlogan> {
    if found.is_empty() {
        return Vec::new();
    }
    let slogans: Vec<Span> = candidates.iter().filter(|c| c.kind == EntryKind::Slogan).map(|c| c.span).collect();
    found.retain(|claim| !is_exact(&claim.near, &slogans));
    undisputed(found)
}

/// The claim of a wording on the stretch of `text` that has a piece of it at byte `at`, with `before`
/// characters of the wording ahead of the piece.
fn compare(wording: &Wording, text: &str, at: usize, before: usize) -> Option<Claim> {
    let right = &wording.characters;
    let length = right.len();
    if differences(letters(&text[..at]).rev(), right[..before].iter().rev())?
        + differences(letters(&text[at..]), right[before..].iter())?
        > MOST_DIFFERENCES
    {
        return None;
    }
    let mut window: Vec<(usize, char)> = letters(&text[..at]).rev().take(before).collect();
    window.reverse();
    window.extend(letters(&text[at..]).take(length - before).map(|(byte, c)| (at + byte, c)));
    let different: Vec<usize> = (0..length).filter(|i| window[*i].1 != right[*i]).collect();
    let sounds_alike = match different[..] {
        [i] if comparable(window[i].1, right[i]) => is_homophone(window[i].1, right[i]),
        [i, j] if j == i + 1 && window[i].1 == right[j] && window[j].1 == right[i] => true,
        _ => return None,
    };
    let end_of = |character: usize| window[character].0 + window[character].1.len_utf8();
    let span = Span::new(window[0].0, end_of(length - 1));
    let starts = text[..span.start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    let ends = text[span.end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    let quoted = || is_quoted(text, span);
    let plausible = if sounds_alike {
        length >= CLEAR || starts && ends
    } else {
        !wording.is_list && (length >= LONG && (starts || ends) || length >= CLEAR && quoted())
    };
    let (from, to) = (different[0], *different.last()?);
    plausible.then(|| {
        let wrong = Span::new(window[from].0, end_of(to));
        let right = right[from..=to].iter().collect();
        Claim { near: NearSlogan { span, wrong, right, entry: wording.entry }, sounds_alike }
    })
}

/// Two characters swapped are two differences.
const MOST_DIFFERENCES: usize = 2;

/// How many of `letters` differ from the characters that should stand there; none if there are too few of them,
/// or too many that differ.
fn differences<'c>(
    mut letters: impl Iterator<Item = (usize, char)>,
    characters: impl Iterator<Item = &'c char>,
) -> Option<usize> {
    let mut count = 0;
    for character in characters {
        count += usize::from(letters.next()?.1 != *character);
        if count > MOST_DIFFERENCES {
            return None;
        }
    }
    Some(count)
}

/// Whether the words of `near` are explained by one of `slogans`, the exact forms in order of place. A form
/// that is a mere part of them, away from the slip, explains nothing.
fn is_exact(near: &NearSlogan, slogans: &[Span]) -> bool {
    let first = slogans.partition_point(|slogan| slogan.end <= near.span.start);
    let mut beside = slogans[first..].iter().take_while(|slogan| slogan.start < near.span.end);
    beside.any(|slogan| !near.span.covers(*slogan) || slogan.intersects(near.wrong))
}

/// One claim for each stretch, in order of place: the longest, then the one that sounds alike. A stretch on
/// which two formulations have equal claims, and correct it differently, is left out.
fn undisputed(mut found: Vec<Claim>) -> Vec<NearSlogan> {
    found.sort_by_key(|Claim { near, sounds_alike }| {
        (near.span.start, std::cmp::Reverse(near.span.end), !sounds_alike, near.entry)
    });
    let mut kept: Vec<(Claim, bool)> = Vec::new();
    for claim in found {
        let (near, alike) = (&claim.near, claim.sounds_alike);
        match kept.last_mut().filter(|(last, _)| last.near.span.intersects(near.span)) {
            None => kept.push((claim, false)),
            Some((last, disputed)) => {
                let last_wins = if last.near.span == near.span {
                    last.sounds_alike && !alike || last.near.right == near.right
                } else {
                    last.near.span.covers(near.span)
                };
                *disputed |= last.near.entry != near.entry && !last_wins;
            }
        }
    }
    kept.into_iter().filter(|(_, disputed)| !disputed).map(|(claim, _)| claim.near).collect()
}

/// Whether only one separator stands between two parts.
fn joined(text: &str, left: Span, right: Span) -> bool {
    left.end <= right.start
        && matches!(
            &text[left.end..right.start],
            "" | "、" | "，" | "," | "；" | ";" | " " | "　" | "和" | "”“" | "”、“" | "\"、\""
        )
}

/// Another number says something else, not something wrong.
fn comparable(a: char, b: char) -> bool {
    let is_number = |c| "〇零一二两三四五六七八九十百千万亿".contains(c);
    is_han(a) && is_han(b) && !(is_number(a) && is_number(b))
}

/// Whether two characters share a reading, tones aside.
pub fn is_homophone(a: char, b: char) -> bool {
    let readings = |c: char| c.to_pinyin_multi().into_iter().flatten().map(|reading| reading.plain());
    readings(a).any(|reading| readings(b).any(|other| other == reading))
}
