//! jieba as a lazy vote on doubtful windows, without any lexicon name added.

use std::sync::LazyLock;

use jieba_rs::Jieba;

use crate::text::Span;

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// How a dictionary cuts the text around a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vote {
    /// A word crosses the start or the end of the name.
    Crosses,
    /// A longer word begins with the whole name: 台湾同胞.
    Extends,
    /// A word of several characters follows the name.
    WordFollows,
    /// A single character follows, which may still belong to the name.
    CharacterFollows,
}

/// Asks the dictionary about `name` in `window`; bytes of `window`. Loads the dictionary on the first
/// call, which takes some tenths of a second.
pub(super) fn vote(window: &str, name: Span) -> Vote {
    let tokens = JIEBA.cut(window, false);
    let crosses = |edge: usize| tokens.iter().any(|token| token.byte_start < edge && edge < token.byte_end);
    if tokens.iter().any(|token| token.byte_start == name.start && token.byte_end > name.end) {
        return Vote::Extends;
    }
    if crosses(name.start) || crosses(name.end) {
        return Vote::Crosses;
    }
    let next = tokens.iter().find(|token| token.byte_start == name.end);
    if next.is_none_or(|token| token.word.chars().count() > 1) { Vote::WordFollows } else { Vote::CharacterFollows }
}
