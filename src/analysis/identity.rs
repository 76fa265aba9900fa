//! Whom and what mentions mean: annotation, then post that day, then a fuller mention in the draft, then
//! home jurisdiction. If more than one candidate is left, the mention is ambiguous.

use std::collections::HashMap;

use smol_str::SmolStr;

use super::{
    Analyzer, Setting, Standing,
    mention::{Candidates, Mention, Resolution},
    vocabulary::VOCABULARY,
};
use crate::{
    lexicon::{EntryIndex, EntryKind, InForce, Lexicon, entry::Level},
    text::Draft,
};

/// Decides which person each name means.
pub(super) fn resolve_persons(analyzer: &Analyzer, draft: &Draft, mentions: &mut [Mention], setting: Setting) {
    let is_open = |mention: &Mention| {
        mention.kind == EntryKind::Person && !matches!(mention.resolution, Resolution::Annotation | Resolution::Other)
    };
    let has_posts_said = |mention: &Mention| {
        !mention.posts.is_empty() || !mention.shared_posts.is_empty() || !mention.changes.is_empty()
    };
    for mention in mentions.iter_mut().filter(|mention| is_open(mention) && has_posts_said(mention)) {
        let words = draft.blocks[mention.block].content.text.as_str();
        if let Some(entry) = by_post(analyzer, mention, words, setting) {
            (mention.entry, mention.resolution) = (Some(entry), Resolution::Post);
        }
    }
    let known = full_mentions(mentions);
    for mention in mentions.iter_mut().filter(|mention| is_open(mention) && mention.resolution != Resolution::Post) {
        let in_draft = known.get(&mention.text).copied().flatten();
        let (entry, resolution) = if let Some(entry) = in_draft {
            (Some(entry), Resolution::Draft)
        } else if !mention.posts.is_empty() && has_posts(analyzer.lexicon(), &mention.candidates) {
            match contradicted(analyzer, mention, setting) {
                Some(entry) => (Some(entry), Resolution::Only),
                None => (None, Resolution::Other),
            }
        } else {
            without_context(analyzer, &mention.candidates, setting)
        };
        (mention.entry, mention.resolution) = (entry, resolution);
    }
}

/// Names that a fuller mention of the draft gives to exactly one person.
fn full_mentions(mentions: &[Mention]) -> HashMap<SmolStr, Option<EntryIndex>> {
    let mut known: HashMap<SmolStr, Option<EntryIndex>> = HashMap::new();
    let full = |mention: &&Mention| {
        mention.kind == EntryKind::Person && matches!(mention.resolution, Resolution::Annotation | Resolution::Post)
    };
    for mention in mentions.iter().filter(full) {
        let entry = known.entry(mention.text.clone()).or_insert(mention.entry);
        if *entry != mention.entry {
            *entry = None;
        }
    }
    known
}

/// The one candidate that most of the printed posts fit, posts held on the day first.
fn by_post(analyzer: &Analyzer, mention: &Mention, words: &str, setting: Setting) -> Option<EntryIndex> {
    let score = |person: EntryIndex| {
        let said = mention.posts.iter().chain(&mention.shared_posts).chain(&mention.changes);
        let standings = said.map(|post| analyzer.standing(person, post, words, setting));
        let (mut now, mut ever) = (0, 0);
        for standing in standings {
            if let Standing::Held(state, _) = standing {
                ever += 1;
                now += usize::from(matches!(state, InForce::Now | InForce::Uncertain));
            }
        }
        let same = mention
            .posts
            .iter()
            .filter(|post| analyzer.posts().shares_jurisdiction(analyzer.lexicon(), person, &post.post, setting))
            .count();
        (now, ever, same)
    };
    let scores: Vec<_> = mention.candidates.iter().map(|person| (score(*person), *person)).collect();
    let best = scores.iter().map(|(score, _)| *score).max().filter(|(_, ever, _)| *ever > 0)?;
    let mut winners = scores.iter().filter(|(score, _)| *score == best);
    let winner = winners.next()?.1;
    winners.next().is_none().then_some(winner)
}

/// The person a name means although no printed post fits: the only candidate, when a post printed is of
/// a jurisdiction of that person or is known to be someone else's. Otherwise it is another person of
/// that name.
fn contradicted(analyzer: &Analyzer, mention: &Mention, setting: Setting) -> Option<EntryIndex> {
    let [person] = mention.candidates[..] else { return None };
    let book = analyzer.posts();
    let related = mention.posts.iter().filter(|post| post.clear).any(|post| {
        book.shares_jurisdiction(analyzer.lexicon(), person, &post.post, setting)
            || !book.holders(analyzer.lexicon(), &post.post, setting).is_empty()
    });
    related.then_some(person)
}

/// Whether the lexicon knows a post of any candidate; without one, a printed post contradicts nothing.
fn has_posts(lexicon: &Lexicon, candidates: &[EntryIndex]) -> bool {
    candidates.iter().any(|person| lexicon.entry(*person).person().is_some_and(|person| !person.posts.is_empty()))
}

/// The person a bare name means: the only candidate, or the only one with a post in the home
/// jurisdiction that day.
fn without_context(
    analyzer: &Analyzer,
    candidates: &[EntryIndex],
    setting: Setting,
) -> (Option<EntryIndex>, Resolution) {
    if let [only] = candidates {
        return (Some(*only), Resolution::Only);
    }
    let mut local = candidates.iter().filter(|person| serves_at_home(analyzer.lexicon(), **person, setting));
    match (local.next(), local.next()) {
        (Some(person), None) => (Some(*person), Resolution::Jurisdiction),
        _ => (None, Resolution::Ambiguous),
    }
}

fn serves_at_home(lexicon: &Lexicon, person: EntryIndex, setting: Setting) -> bool {
    let (Some(home), Some(person)) = (setting.home, lexicon.entry(person).person()) else { return false };
    person.posts.iter().filter(|post| matches!(post.time.on(setting.as_of), InForce::Now | InForce::Uncertain)).any(
        |post| {
            let place = post.place.as_deref().and_then(|place| lexicon.place_ref(place, setting.as_of));
            place.is_some_and(|place| place == home || lexicon.ancestors(place, setting.as_of).contains(&home))
        },
    )
}

/// Decides which place each name means.
pub(super) fn resolve_places(lexicon: &Lexicon, mentions: &mut [Mention], setting: Setting) {
    for index in 0..mentions.len() {
        let (earlier, rest) = mentions.split_at_mut(index);
        let mention = &mut rest[0];
        if mention.kind != EntryKind::Place || mention.resolution == Resolution::Annotation {
            continue;
        }
        let current = in_force(lexicon, mention, setting);
        let behind_outer = earlier.last().is_some_and(|outer| {
            outer.block == mention.block && outer.kind == EntryKind::Place && outer.content.end == mention.content.start
        });
        let outer = earlier.last().filter(|_| behind_outer).and_then(|outer| outer.entry);
        let lies_in_outer =
            |place: &EntryIndex| outer.is_some_and(|outer| lexicon.ancestors(*place, setting.as_of).contains(&outer));
        (mention.entry, mention.resolution) = match current[..] {
            _ if is_common_noun(lexicon, mention) && !current.iter().any(lies_in_outer) => (None, Resolution::Other),
            [only] => (Some(only), Resolution::Only),
            _ => place_in_context(lexicon, earlier, mention, &current, setting),
        };
        if !current.is_empty() {
            mention.candidates = current;
        }
    }
}

/// Whether the words are a common noun unless they stand behind the place they lie in: 城区, 新区, and
/// townships of two characters (新镇).
fn is_common_noun(lexicon: &Lexicon, mention: &Mention) -> bool {
    let is_township =
        |place: &EntryIndex| lexicon.entry(*place).place().is_some_and(|place| place.level == Level::Township);
    VOCABULARY.generic_places.contains(&mention.text)
        || mention.text.chars().count() == 2 && mention.candidates.iter().all(is_township)
}

/// The candidates that may bear this form on the day; all of them if none does.
fn in_force(lexicon: &Lexicon, mention: &Mention, setting: Setting) -> Candidates {
    let bears = |place: &&EntryIndex| {
        let versions = lexicon.entry(**place).place().map(|place| lexicon.possible_versions(place, setting.as_of));
        versions
            .into_iter()
            .flatten()
            .any(|version| version.name == mention.text || version.short.contains(&mention.text))
    };
    let current: Candidates = mention.candidates.iter().filter(bears).copied().collect();
    if current.is_empty() { mention.candidates.clone() } else { current }
}

/// How many mentions back a place named earlier still counts.
const NEARBY: usize = 40;

/// One of several places of a name: the one in the place named right before, the one that contains all
/// others (吉林 is the province, which has 吉林市 in it), the one in a place named earlier in the block, or
/// the one in the home jurisdiction.
fn place_in_context(
    lexicon: &Lexicon,
    earlier: &[Mention],
    mention: &Mention,
    candidates: &[EntryIndex],
    setting: Setting,
) -> (Option<EntryIndex>, Resolution) {
    let above: Vec<Vec<EntryIndex>> = candidates.iter().map(|place| lexicon.ancestors(*place, setting.as_of)).collect();
    let within = |outer: EntryIndex| {
        let mut inside = (0..candidates.len()).filter(|index| above[*index].contains(&outer));
        inside.next().filter(|_| inside.next().is_none()).map(|index| candidates[index])
    };
    let places = || {
        earlier
            .iter()
            .rev()
            .take_while(|other| other.block == mention.block)
            .take(NEARBY)
            .filter_map(|other| (other.kind == EntryKind::Place).then_some((other, other.entry?)))
    };
    let adjacent = places().next().filter(|(other, _)| other.content.end == mention.content.start);
    if let Some(place) = adjacent.and_then(|(_, outer)| within(outer)) {
        return (Some(place), Resolution::Jurisdiction);
    }
    let container = candidates
        .iter()
        .find(|place| (0..candidates.len()).all(|index| candidates[index] == **place || above[index].contains(place)));
    if let Some(place) = container {
        return (Some(*place), Resolution::Jurisdiction);
    }
    let nearby = places().find_map(|(_, outer)| within(outer));
    let at_home = || setting.home.and_then(within);
    match nearby.or_else(at_home) {
        Some(place) => (Some(place), Resolution::Jurisdiction),
        None => (None, Resolution::Ambiguous),
    }
}
