//! What P202 and P203 share: a post that is the person's, but not on that day.

use super::{
    context::Context,
    finding::Finding,
    history::is_told_in_its_time,
    rule::Rule,
    title::{right_title, standings},
};
use crate::{
    analysis::{Mention, PrintedPost, Standing},
    lang::Message,
    lexicon::{EntryIndex, EntryKind, InForce},
    text::Span,
};

/// Posts printed side by side with a name, all of them the person's at another time.
pub(super) struct OtherTime<'a> {
    /// The mention.
    pub mention: &'a Mention,
    /// The person.
    pub person: EntryIndex,
    /// The printed posts with the positions of the person's own.
    pub posts: Vec<(&'a PrintedPost, usize)>,
}

/// The posts of a draft that are in `state` on the day and printed as if they were held.
pub(super) fn posts_in_state<'a>(context: &Context<'a>, state: InForce) -> Vec<OtherTime<'a>> {
    let of_other_time = |(post, standing): (&'a PrintedPost, Standing)| {
        let said = post.is_not_now();
        match standing {
            Standing::Held(found, position) if found == state && !said && post.clear => Some((post, position)),
            _ => None,
        }
    };
    let found = context.resolved(EntryKind::Person).map(|(mention, person)| {
        let held = context.entry(person).person().map(|person| person.posts.as_slice()).unwrap_or_default();
        let in_its_time = |(_, position): &(&PrintedPost, usize)| {
            held.get(*position).is_some_and(|post| is_told_in_its_time(context, mention, &post.time))
        };
        let posts = standings(context, mention, person).into_iter().filter_map(of_other_time);
        OtherTime { mention, person, posts: posts.filter(|post| !in_its_time(post)).collect() }
    });
    found.filter(|found| !found.posts.is_empty()).collect()
}

impl OtherTime<'_> {
    /// The words from the first of the posts to the last.
    pub fn span(&self) -> Span {
        let (first, last) = (self.posts.first(), self.posts.last());
        first
            .zip(last)
            .map_or(self.mention.content, |((first, _), (last, _))| Span::new(first.content.start, last.content.end))
    }

    /// The finding with its evidence and, where the lexicon knows what was held that day, with the words
    /// that should be printed and a fix; `otherwise` ends the message where it does not.
    pub fn report(&self, context: &Context<'_>, rule: &Rule, message: Message, otherwise: &Message) -> Finding {
        let (block, span) = (self.mention.block, self.span());
        let printed: Vec<&PrintedPost> = self.posts.iter().map(|(post, _)| *post).collect();
        let change = right_title(context, self.mention, self.person, &printed);
        let (mut zh, mut en) = (message.zh, message.en);
        match &change {
            Some(change) => {
                zh += &format!("；当日职务是“{}”", change.text);
                en += &format!("; the post that day was “{}”", change.text);
            }
            None => {
                zh += &otherwise.zh;
                en += &otherwise.en;
            }
        }
        let finding = context.finding(rule, block, span, Message::new(zh, en)).with_entry(self.person);
        let finding = self.posts.iter().fold(finding, |finding, (_, position)| {
            finding.with_evidence(context.post_evidence(self.person, *position))
        });
        match change {
            Some(change) => {
                let title = Message::new(format!("改为“{}”", change.text), format!("replace with “{}”", change.text));
                finding.with_fix(context.replace(title, false, block, change.span, change.text))
            }
            None => finding,
        }
    }
}
