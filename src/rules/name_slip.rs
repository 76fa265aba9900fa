//! Names that stand where a lexicon person is named, and are one slip away from that person's name.

use super::{context::Context, history::is_told_of_other_time, roll_call_order::orders_in_force};
use crate::{
    analysis::{Likeness, Mention, NearPerson, PrintedPost, Standing, Tense, UnknownName, occupation_before},
    lexicon::{EntryIndex, EntryKind, InForce},
    text::Span,
};

/// A name that is one slip away from a lexicon person's.
pub(super) struct NameSlip<'a> {
    /// The block it stands in.
    pub block: usize,
    /// Bytes in the block's content.
    pub span: Span,
    /// The person meant, with the right name.
    pub person: &'a NearPerson,
    /// Why that person is meant.
    pub ground: Ground,
}

/// Why a person is meant, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ground {
    /// The post printed is held by this person alone that day; the post's position.
    Holder(usize),
    /// The person holds the post printed, one of those that several hold at once.
    Member(usize),
    /// The person held it at another time.
    OtherTime(usize),
    /// The list follows an order of precedence in force, in which the person stands here.
    Order,
    /// People of the same list are this person's colleagues.
    List,
}

/// The slips of a draft, in order of place.
pub(super) fn name_slips<'c, 'a>(context: &'c Context<'a>) -> &'c [NameSlip<'a>] {
    context.known.name_slips.get_or_init(|| find(context))
}

fn find<'a>(context: &Context<'a>) -> Vec<NameSlip<'a>> {
    let blocks = context.analysis.blocks.iter().enumerate();
    let unknown = blocks.flat_map(|(block, analysis)| analysis.unknown_names.iter().map(move |name| (block, name)));
    unknown.filter_map(|(block, name)| best(context, block, name)).collect()
}

/// The surest reading of an unknown name; `None` if two persons fit equally well.
fn best<'a>(context: &Context<'a>, block: usize, unknown: &'a UnknownName) -> Option<NameSlip<'a>> {
    let mut slips: Vec<(_, NameSlip<'a>)> = Vec::new();
    for near in &unknown.near {
        let written = context.words(block, near.span);
        for person in &near.persons {
            let Some(ground) = ground(context, block, unknown, near.span, person.entry) else { continue };
            if is_convincing(written, person, ground, unknown) {
                let same_length = written.chars().count() == person.name.chars().count();
                let rank = (std::cmp::Reverse(person.likeness), !same_length, ground);
                slips.push((rank, NameSlip { block, span: near.span, person, ground }));
            }
        }
    }
    slips.sort_by_key(|(rank, slip)| (*rank, slip.person.entry));
    let disputed =
        matches!(&slips[..], [(a, first), (b, second), ..] if a == b && first.person.entry != second.person.entry);
    let (_, slip) = slips.into_iter().next().filter(|_| !disputed)?;
    (!is_someone_else(context, &slip)).then_some(slip)
}

/// Posts of which many people hold the same one say nothing about who is meant.
pub(super) fn is_shared_by_many(post: &PrintedPost) -> bool {
    ["代表", "委员", "候补委员", "成员", "督学", "巡视员", "调研员"].contains(&post.post.role)
}

fn ground(
    context: &Context<'_>,
    block: usize,
    unknown: &UnknownName,
    span: Span,
    person: EntryIndex,
) -> Option<Ground> {
    if unknown.in_list {
        let ranked = stands_in_order(context, block, span, person).then_some(Ground::Order);
        return ranked.or_else(|| stands_among_colleagues(context, block, span, person).then_some(Ground::List));
    }
    let telling = unknown.posts.iter().filter(|post| post.clear && !is_shared_by_many(post));
    telling.filter_map(|post| ground_of_post(context, block, post, person)).min()
}

fn ground_of_post(context: &Context<'_>, block: usize, post: &PrintedPost, person: EntryIndex) -> Option<Ground> {
    let (book, lexicon, setting) = (context.analyzer.posts(), context.lexicon(), context.setting());
    let held = book.surely_held(lexicon, person, post, context.words(block, post.content), setting);
    let of_today = !post.is_not_now();
    let times = context.entry(person).person().map(|person| person.posts.as_slice()).unwrap_or_default();
    let of_that_time = |(_, position): &(InForce, usize)| {
        times.get(*position).is_some_and(|held| !is_told_of_other_time(context, block, post.content, &held.time))
    };
    let grounds = held.into_iter().filter(of_that_time).map(|(state, position)| match state {
        InForce::Now if of_today && book.holders(lexicon, &post.post, setting) == [(person, position)] => {
            Ground::Holder(position)
        }
        InForce::Now | InForce::Uncertain if of_today => Ground::Member(position),
        _ => Ground::OtherTime(position),
    });
    grounds.min()
}

/// Whether the slip and the reason to expect this person outweigh the chance that somebody else has that
/// name. Names of two characters are many people's.
fn is_convincing(written: &str, person: &NearPerson, ground: Ground, unknown: &UnknownName) -> bool {
    let (written, right) = (written.chars().count(), person.name.chars().count());
    let long = right > 2;
    let announced = unknown.posts.iter().any(|post| post.tense.is_some_and(Tense::announces));
    match (ground, person.likeness) {
        (Ground::Order, Likeness::Other) => long && written == right,
        (Ground::OtherTime(_) | Ground::List | Ground::Order, Likeness::Alike) => long,
        (Ground::Order, Likeness::Near) => long && written == right,
        (Ground::List | Ground::OtherTime(_), _) => false,
        (_, Likeness::Alike) => true,
        (_, Likeness::Near) => long && !announced,
        (_, Likeness::Other) => long && written == right && !announced,
    }
}

/// Whether the name stands in a list of two or more people of an order of precedence in force, just where the
/// person would stand, who is missing there.
fn stands_in_order(context: &Context<'_>, block: usize, span: Span, person: EntryIndex) -> bool {
    let text = context.draft.blocks[block].content.text.as_str();
    let joint = '、'.len_utf8();
    let is_neighbour = |item: Span| {
        let beside = item.end + joint == span.start || span.end + joint == item.start;
        beside && text.get(item.end..span.start).or(text.get(span.end..item.start)) == Some("、")
    };
    let mut calls = context.analysis.roll_calls.iter().filter(|call| call.block == block);
    let Some(call) = calls.find(|call| call.members.iter().any(|member| is_neighbour(member.item))) else {
        return false;
    };
    let orders = orders_in_force(context);
    orders.iter().any(|(_, ranks)| {
        let Some(own) = ranks.get(&person) else { return false };
        let members = call.members.iter().filter_map(|member| {
            let rank = ranks.get(&context.analysis.mentions[member.mention].entry?)?;
            Some((member.item.start, *rank))
        });
        let mut places: Vec<(usize, usize)> = members.collect();
        let enough = places.len() > 1;
        places.push((span.start, *own));
        places.sort_unstable();
        enough && places.is_sorted_by(|a, b| a.1 < b.1)
    })
}

/// Whether a neighbour in the list shares a jurisdiction with the person, or, where the lexicon has no
/// posts, two neighbours at least are known.
fn stands_among_colleagues(context: &Context<'_>, block: usize, span: Span, person: EntryIndex) -> bool {
    let text = context.draft.blocks[block].content.text.as_str();
    // 胡家富（养殖户）: the brackets say who that is.
    if text[span.end..].starts_with(['（', '(']) {
        return false;
    }
    let is_joint = |gap: &str| matches!(gap, "、" | "和" | "与");
    let neighbours: Vec<EntryIndex> = context
        .resolved_in(block, EntryKind::Person)
        .filter(|(mention, _)| {
            let before = text.get(mention.content.end..span.start).is_some_and(is_joint);
            let after = text.get(span.end..first_byte(mention)).is_some_and(is_joint);
            before || after
        })
        .map(|(_, entry)| entry)
        .collect();
    let has_posts = context.entry(person).person().is_some_and(|person| !person.posts.is_empty());
    if has_posts {
        neighbours.iter().any(|other| are_colleagues(context, person, *other))
    } else {
        neighbours.len() > 1
    }
}

fn first_byte(mention: &Mention) -> usize {
    let posts = mention.posts.iter().filter(|post| !post.after_name).map(PrintedPost::start);
    posts.min().unwrap_or(mention.content.start)
}

/// Whether two persons hold posts of one jurisdiction on the day.
fn are_colleagues(context: &Context<'_>, person: EntryIndex, other: EntryIndex) -> bool {
    let book = context.analyzer.posts();
    let posts = context.entry(other).person().map(|other| other.posts.as_slice()).unwrap_or_default();
    let now = (0..posts.len())
        .filter(|position| matches!(posts[*position].time.on(context.as_of), InForce::Now | InForce::Uncertain));
    now.flat_map(|position| book.forms(other, position))
        .any(|post| book.shares_jurisdiction(context.lexicon(), person, post, context.setting()))
}

/// Whether the draft gives the same name a post that is none of this person's, or an occupation.
fn is_someone_else(context: &Context<'_>, slip: &NameSlip<'_>) -> bool {
    let written = context.words(slip.block, slip.span);
    context.occurrences(written).iter().any(|(block, at)| {
        let text = context.draft.blocks[*block].content.text.as_str();
        let here = Span::new(*at, at + written.len());
        occupation_before(text, *at).is_some()
            || context.analysis.blocks[*block].unknown_names.iter().any(|unknown| {
                let same = unknown.near.iter().any(|near| near.span == here) || unknown.name == Some(here);
                same && has_foreign_post(context, text, unknown, slip.person.entry)
            })
    })
}

/// Whether posts stand right before a name, and none of them is this person's.
pub(super) fn stands_behind_foreign_post(context: &Context<'_>, block: usize, span: Span, person: EntryIndex) -> bool {
    let text = context.draft.blocks[block].content.text.as_str();
    let behind = |unknown: &&UnknownName| !unknown.in_list && unknown.introduction.end == span.start;
    let mut unknown = context.analysis.blocks[block].unknown_names.iter().filter(behind);
    unknown.any(|unknown| has_foreign_post(context, text, unknown, person))
}

fn has_foreign_post(context: &Context<'_>, text: &str, unknown: &UnknownName, person: EntryIndex) -> bool {
    let standing = |post: &PrintedPost| context.analyzer.standing(person, post, text, context.setting());
    !unknown.posts.is_empty() && unknown.posts.iter().all(|post| standing(post) == Standing::Unknown)
}
