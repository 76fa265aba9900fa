//! Posts that one person holds at a time, held by two at once.

use std::collections::HashMap;

use jiff::{Span as TimeSpan, civil::Date};

use super::{
    post::{Body, Jurisdiction, Post},
    post_book::PostBook,
};
use crate::lexicon::{EntryIndex, Lexicon, ValidTime, audit::SharedPost};

/// Up to this many days both the old and the new holder may be written down.
const HANDOVER_DAYS: i32 = 31;

/// The certain terms of the holders of one post.
type Terms = Vec<((Date, Date), (EntryIndex, usize))>;

/// Pairs of persons who surely held the same single-holder post at once for more than a handover, in
/// the order of the lexicon. Only posts whose body and jurisdiction are known are compared.
pub(super) fn find(lexicon: &Lexicon, posts: &PostBook) -> Vec<SharedPost> {
    let mut by_post: HashMap<&Post, Terms> = HashMap::new();
    for (index, entry) in lexicon.written_entries() {
        let Some(person) = entry.person() else { continue };
        for (position, held) in person.posts.iter().enumerate() {
            // A title of two posts (书记、主任) is compared by its first.
            let Some(post) = posts.forms(index, position).first().filter(|post| is_comparable(post)) else { continue };
            if let Some(term) = certain_term(&held.time) {
                by_post.entry(post).or_default().push((term, (index, position)));
            }
        }
    }
    let mut shared: Vec<SharedPost> = by_post.into_values().flat_map(overlaps).collect();
    shared.sort_by_key(|shared| (shared.earlier, shared.later));
    shared
}

fn is_comparable(post: &Post) -> bool {
    let place_known = match &post.jurisdiction {
        Jurisdiction::Place(places) => places.len() == 1,
        Jurisdiction::National => true,
        Jurisdiction::Unsaid | Jurisdiction::Tier(_) => false,
    };
    post.is_single_holder() && place_known && matches!(post.body, Body::Known { .. })
}

/// The first and last day of a term that are beyond doubt. Of a term whose start is not known, only the
/// last day is.
fn certain_term(time: &ValidTime) -> Option<(Date, Date)> {
    let (first, last) = time.certain_days();
    let first = match (time.start, time.end) {
        (None, None) => return None,
        (None, Some(_)) => last,
        _ => first,
    };
    (first <= last).then_some((first, last))
}

/// Neighbouring terms, by their starts, that overlap.
fn overlaps(mut terms: Terms) -> Vec<SharedPost> {
    terms.sort();
    let mut shared = Vec::new();
    let mut longest: Option<((Date, Date), (EntryIndex, usize))> = None;
    for (term, holder) in terms {
        if let Some((before, earlier)) = longest.filter(|(_, earlier)| earlier.0 != holder.0) {
            let latest_start = before.1.saturating_sub(TimeSpan::new().days(HANDOVER_DAYS));
            let overlap_is_long = term.1 >= term.0.saturating_add(TimeSpan::new().days(HANDOVER_DAYS));
            if term.0 < latest_start && overlap_is_long {
                shared.push(SharedPost { earlier, later: holder });
            }
        }
        if longest.is_none_or(|(before, _)| term.1 > before.1 || before.1 == term.1) {
            longest = Some((term, holder));
        }
    }
    shared
}
