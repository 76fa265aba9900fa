//! Roll-calls: names of persons in a row, joined by 、.

use super::{
    draft::DraftAnalysis,
    mention::{Mention, PrintedPost},
};
use crate::{
    lexicon::EntryKind,
    text::{Draft, Span},
};

/// A list of persons in one block.
#[derive(Clone, Debug)]
pub struct RollCall {
    /// The block.
    pub block: usize,
    /// The persons that are mentions, in the order of the text.
    pub members: Vec<RollCallMember>,
}

/// A person in a roll-call.
#[derive(Clone, Debug)]
pub struct RollCallMember {
    /// The position of the mention in the draft's analysis.
    pub mention: usize,
    /// Bytes in the block's content: the posts before the name and the name.
    pub item: Span,
}

/// The longest stretch of names unknown to the lexicon that a roll-call may contain, in bytes.
const LONGEST_GAP: usize = 120;

/// The lists of two or more persons in a draft.
pub(super) fn roll_calls(draft: &Draft, analysis: &DraftAnalysis) -> Vec<RollCall> {
    let mut calls: Vec<RollCall> = Vec::new();
    for (index, mention) in
        analysis.mentions.iter().enumerate().filter(|(_, mention)| mention.kind == EntryKind::Person)
    {
        let member = RollCallMember { mention: index, item: item_of(mention) };
        let text = draft.blocks[mention.block].content.text.as_str();
        match calls.last_mut() {
            Some(call)
                if call.block == mention.block
                    && call.members.last().is_some_and(|last| continues(text, last.item.end, member.item.start)) =>
            {
                call.members.push(member);
            }
            _ => calls.push(RollCall { block: mention.block, members: vec![member] }),
        }
    }
    calls.retain(|call| call.members.len() > 1);
    calls
}

fn item_of(mention: &Mention) -> Span {
    let before = mention.posts.iter().filter(|post| !post.after_name);
    let start = before.map(PrintedPost::start).min();
    Span::new(start.unwrap_or(mention.content.start).min(mention.content.start), mention.content.end)
}

/// Whether one list runs from `end` of one person to `start` of the next: joined by 、, with at most some
/// unknown names between.
pub(super) fn continues(text: &str, end: usize, start: usize) -> bool {
    let Some(gap) = text.get(end..start) else { return false };
    let joined = gap.starts_with('、') && gap.ends_with('、') || gap == "和" || gap == "与";
    joined && gap.len() <= LONGEST_GAP && gap.chars().all(|c| c == '、' || c == '·' || super::post_reader::is_han(c))
}
