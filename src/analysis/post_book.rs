//! The posts of all persons of a lexicon in normal form, to compare printed posts with.

use std::{collections::HashMap, sync::Arc};

use rayon::prelude::*;
use smol_str::SmolStr;

use super::{
    mention::PrintedPost,
    post::{Body, Jurisdiction, Post},
    post_reader::PostReader,
    vocabulary::VOCABULARY,
};
use crate::lexicon::{EdtfDate, Entry, EntryIndex, InForce, Lexicon, entry::HeldPost};

/// The posts of all persons.
#[derive(Default)]
pub struct PostBook {
    /// The first entry that may be a person.
    first: u32,
    /// For each entry from there on, for each post held, what its title and short forms say.
    held: Vec<Box<[Arc<[Post]>]>>,
    holders: Holders,
}

/// Who ever held a role, by rank and role, in the order of the lexicon.
type Holders = HashMap<(&'static str, &'static str), Vec<(EntryIndex, usize)>>;

/// How many entries are read by one thread at least.
const SHARE: usize = 4096;

/// How a printed post stands to a person's posts in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The person holds, held or will hold it: the state on the as-of date and the post's position.
    Held(InForce, usize),
    /// The lexicon knows no such post of this person.
    Unknown,
}

/// The day and the home jurisdiction of a draft.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The as-of date.
    pub as_of: EdtfDate,
    /// The home jurisdiction.
    pub home: Option<EntryIndex>,
}

/// How two jurisdictions compare.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Likeness {
    Same,
    Possible,
    Different,
}

impl PostBook {
    /// Reads the titles of all persons.
    pub(super) fn build(lexicon: &Lexicon) -> Self {
        let entries: Vec<(EntryIndex, &Entry)> = lexicon.written_entries().collect();
        let first = entries.first().map_or(0, |(index, _)| index.0);
        let shares: Vec<Self> = entries.par_chunks(SHARE).map(|share| Self::of_share(lexicon, share)).collect();
        let mut book = Self { first, held: Vec::with_capacity(entries.len()), holders: Holders::new() };
        for share in shares {
            book.held.extend(share.held);
            for (role, holders) in share.holders {
                book.holders.entry(role).or_default().extend(holders);
            }
        }
        book
    }

    fn of_share(lexicon: &Lexicon, share: &[(EntryIndex, &Entry)]) -> Self {
        let mut titles = Titles::new(lexicon);
        let mut book = Self { held: Vec::with_capacity(share.len()), ..Self::default() };
        for (index, entry) in share {
            let posts = entry.person().map(|person| person.posts.as_slice()).unwrap_or_default();
            let held: Box<[Arc<[Post]>]> = posts.iter().map(|post| titles.held(post)).collect();
            for (position, posts) in held.iter().enumerate() {
                for post in posts.iter() {
                    let holders = book.holders.entry((post.rank, post.role)).or_default();
                    if holders.last() != Some(&(*index, position)) {
                        holders.push((*index, position));
                    }
                }
            }
            book.held.push(held);
        }
        book
    }

    /// How `printed`, whose words are `words`, stands to the posts of `person`: the most current post
    /// that fits.
    pub fn standing(
        &self,
        lexicon: &Lexicon,
        person: EntryIndex,
        printed: &PrintedPost,
        words: &str,
        setting: Setting,
    ) -> Standing {
        let Some(posts) = lexicon.entry(person).person().map(|person| &person.posts) else { return Standing::Unknown };
        let fitting =
            (0..posts.len()).filter(|position| self.fits(lexicon, person, *position, &printed.post, words, setting));
        let best =
            fitting.map(|position| (posts[position].time.on(setting.as_of), position)).min_by_key(|(state, _)| {
                match state {
                    InForce::Now => 0,
                    InForce::Uncertain => 1,
                    InForce::Ended => 2,
                    InForce::NotYet => 3,
                }
            });
        best.map_or(Standing::Unknown, |(state, position)| Standing::Held(state, position))
    }

    /// Whether a held post may rightly be printed as `printed`.
    pub fn fits(
        &self,
        lexicon: &Lexicon,
        person: EntryIndex,
        position: usize,
        printed: &Post,
        words: &str,
        setting: Setting,
    ) -> bool {
        let Some(held) = lexicon.entry(person).person().and_then(|person| person.posts.get(position)) else {
            return false;
        };
        if held.title == words || held.short.iter().any(|short| short == words) {
            return true;
        }
        self.forms(person, position).iter().any(|post| {
            role_fits(printed, post)
                && body_fits(printed, post, held, lexicon)
                && jurisdiction_likeness(lexicon, printed, post, setting) != Likeness::Different
        })
    }

    /// The states on the day of the posts of `person` that are surely the printed one: the title or a short
    /// form word for word, or the same role in the same body of the same jurisdiction.
    pub fn surely_held(
        &self,
        lexicon: &Lexicon,
        person: EntryIndex,
        printed: &PrintedPost,
        words: &str,
        setting: Setting,
    ) -> Vec<(InForce, usize)> {
        let Some(posts) = lexicon.entry(person).person().map(|person| &person.posts) else { return Vec::new() };
        let same = |position: usize, held: &HeldPost| {
            self.fits(lexicon, person, position, &printed.post, words, setting)
                && (held.title == words
                    || held.short.iter().any(|short| short == words)
                    || printed.post.body != Body::Unsaid
                        && self
                            .forms(person, position)
                            .iter()
                            .any(|post| jurisdiction_likeness(lexicon, &printed.post, post, setting) == Likeness::Same))
        };
        let held = posts.iter().enumerate().filter(|(position, held)| same(*position, held));
        held.map(|(position, held)| (held.time.on(setting.as_of), position)).collect()
    }

    /// Who holds exactly the printed post on the day, if it is one that a single person holds and its
    /// jurisdiction is known.
    pub fn holders(&self, lexicon: &Lexicon, printed: &Post, setting: Setting) -> Vec<(EntryIndex, usize)> {
        let Some(body) = printed.body_name() else { return Vec::new() };
        if !printed.is_single_holder() || !is_definite(lexicon, printed, setting) {
            return Vec::new();
        }
        let known = self.holders.get(&(printed.rank, printed.role)).map(Vec::as_slice).unwrap_or_default();
        let holds = |(person, position): &&(EntryIndex, usize)| {
            let in_force = lexicon
                .entry(*person)
                .person()
                .is_some_and(|p| p.posts[*position].time.on(setting.as_of) == InForce::Now);
            in_force
                && self.forms(*person, *position).iter().any(|post| {
                    post.role == printed.role
                        && post.rank == printed.rank
                        && post.body_name() == Some(body)
                        && parents_agree(printed, post)
                        && jurisdiction_likeness(lexicon, printed, post, setting) == Likeness::Same
                })
        };
        known.iter().filter(holds).copied().collect()
    }

    /// Whether `person` holds another post on the day in the same body of the same jurisdiction:
    /// 省委副书记, where 省委书记 is printed.
    pub fn has_other_role(&self, lexicon: &Lexicon, person: EntryIndex, printed: &Post, setting: Setting) -> bool {
        let Some(posts) = lexicon.entry(person).person().map(|person| &person.posts) else { return false };
        let Some(body) = printed.body_name().filter(|_| is_definite(lexicon, printed, setting)) else { return false };
        let same_body = |post: &Post| {
            post.body_name() == Some(body)
                && parents_agree(printed, post)
                && jurisdiction_likeness(lexicon, printed, post, setting) == Likeness::Same
        };
        let held_now = |position: &usize| posts[*position].time.on(setting.as_of) == InForce::Now;
        (0..posts.len()).filter(held_now).any(|position| self.forms(person, position).iter().any(same_body))
    }

    /// The place a printed post is responsible for, where that is certain.
    pub fn jurisdiction(&self, lexicon: &Lexicon, printed: &Post, setting: Setting) -> Option<EntryIndex> {
        match &printed.jurisdiction {
            Jurisdiction::Place(places) => {
                let mut current = places.iter().filter(|place| lexicon.version_on(**place, setting.as_of).is_some());
                current.next().copied().filter(|_| current.next().is_none())
            }
            Jurisdiction::Tier(tier) => at_tier(lexicon, setting.home?, tier, setting.as_of),
            Jurisdiction::National | Jurisdiction::Unsaid => None,
        }
    }

    /// Whether the jurisdiction of `printed` is surely that of one of the person's posts.
    pub fn shares_jurisdiction(&self, lexicon: &Lexicon, person: EntryIndex, printed: &Post, setting: Setting) -> bool {
        let mut held = self.of(person).iter().flat_map(|posts| posts.iter());
        printed.jurisdiction != Jurisdiction::Unsaid
            && held.any(|post| jurisdiction_likeness(lexicon, printed, post, setting) == Likeness::Same)
    }

    /// Whether the second post is always printed beside the first: 省监委主任 beside 省纪委书记.
    pub fn joint(&self, person: EntryIndex, first: usize, second: usize) -> bool {
        let says = |position: usize, body: &str, role: &str| {
            self.forms(person, position)
                .iter()
                .any(|post| post.body_name() == Some(body) && post.role == role && post.rank.is_empty())
        };
        VOCABULARY
            .joint_posts
            .iter()
            .any(|[body, role, other_body, other_role]| says(first, body, role) && says(second, other_body, other_role))
    }

    /// What the posts of a person say, in the order of the lexicon.
    pub(super) fn of(&self, person: EntryIndex) -> &[Arc<[Post]>] {
        let position = person.0.checked_sub(self.first);
        position.and_then(|position| self.held.get(position as usize)).map(|posts| &**posts).unwrap_or_default()
    }

    /// What the title and the short forms of a held post say.
    pub fn forms(&self, person: EntryIndex, position: usize) -> &[Post] {
        self.of(person).get(position).map(|posts| &**posts).unwrap_or_default()
    }
}

/// What titles say. Many persons hold one title after another, so each is read once.
struct Titles<'l> {
    lexicon: &'l Lexicon,
    read: HashMap<&'l str, Vec<Post>>,
    /// The places that references mean whatever the day, and the references that need one.
    places: HashMap<&'l str, SettledPlace>,
    /// What the title and the short forms of a post of a place say.
    held: HashMap<HeldTitle<'l>, Arc<[Post]>>,
}

/// Title, short forms and place of a held post.
type HeldTitle<'l> = (&'l str, &'l [SmolStr], Option<EntryIndex>);

/// What a reference to a place means.
#[derive(Clone, Copy)]
enum SettledPlace {
    Always(Option<EntryIndex>),
    ByDay,
}

impl<'l> Titles<'l> {
    fn new(lexicon: &'l Lexicon) -> Self {
        Self { lexicon, read: HashMap::new(), places: HashMap::new(), held: HashMap::new() }
    }

    /// What the title and the short forms of a held post say, with its place.
    fn held(&mut self, held: &'l HeldPost) -> Arc<[Post]> {
        let place = held.place.as_deref().and_then(|place| self.place(place, held.time.start.or(held.time.end)));
        let key = (held.title.as_str(), held.short.as_slice(), place);
        if let Some(known) = self.held.get(&key) {
            return known.clone();
        }
        let lexicon = self.lexicon;
        for title in titles_of(held) {
            let read = || PostReader::new(lexicon, &lexicon.forms().matches(title)).read_title(title);
            self.read.entry(title).or_insert_with(read);
        }
        let posts: Arc<[Post]> = read_held(&self.read, held, place).into();
        self.held.insert(key, posts.clone());
        posts
    }

    fn place(&mut self, reference: &'l str, day: Option<EdtfDate>) -> Option<EntryIndex> {
        let lexicon = self.lexicon;
        let settled = *self.places.entry(reference).or_insert_with(|| {
            let is_settled = lexicon.find(reference).is_some() || lexicon.with_code(reference).len() < 2;
            if is_settled { SettledPlace::Always(named(lexicon, reference)) } else { SettledPlace::ByDay }
        });
        match (settled, day) {
            (SettledPlace::Always(place), _) => place,
            (SettledPlace::ByDay, Some(day)) => lexicon.place_ref(reference, day),
            (SettledPlace::ByDay, None) => named(lexicon, reference),
        }
    }
}

/// The place with this id, or that had this code last.
fn named(lexicon: &Lexicon, reference: &str) -> Option<EntryIndex> {
    match lexicon.find(reference) {
        Some(index) => lexicon.entry(index).place().map(|_| index),
        None => lexicon.place_with_code(reference),
    }
}

/// The title and the short forms of a held post.
fn titles_of(held: &HeldPost) -> impl Iterator<Item = &SmolStr> {
    std::iter::once(&held.title).chain(&held.short)
}

fn read_held(read: &HashMap<&str, Vec<Post>>, held: &HeldPost, place: Option<EntryIndex>) -> Vec<Post> {
    let mut posts: Vec<Post> = Vec::new();
    for title in titles_of(held) {
        for mut post in read.get(title.as_str()).into_iter().flatten().cloned() {
            if let (Jurisdiction::Unsaid | Jurisdiction::Tier(_), Some(place)) = (&post.jurisdiction, place) {
                post.jurisdiction = Jurisdiction::Place(vec![place]);
            }
            if !posts.contains(&post) {
                posts.push(post);
            }
        }
    }
    // A short form without jurisdiction has that of the title.
    let full = posts.first().map(|post| post.jurisdiction.clone());
    for post in &mut posts {
        if let (Jurisdiction::Unsaid | Jurisdiction::Tier(_), Some(full)) = (&post.jurisdiction, &full) {
            post.jurisdiction = full.clone();
        }
    }
    posts
}

fn role_fits(printed: &Post, held: &Post) -> bool {
    if printed.role == held.role && printed.rank == held.rank {
        return true;
    }
    let body = held.body_name().unwrap_or("党委");
    let (held, printed) = (format!("{}{}", held.rank, held.role), format!("{}{}", printed.rank, printed.role));
    VOCABULARY.implies(body, &held, &printed)
}

fn body_fits(printed: &Post, post: &Post, held: &HeldPost, lexicon: &Lexicon) -> bool {
    match (&printed.body, &post.body) {
        (Body::Unsaid, _) => true,
        (Body::Known { name, .. }, Body::Known { name: held, .. }) => name == held && parents_agree(printed, post),
        (Body::Organization(printed), Body::Organization(post)) if printed == post => true,
        (Body::Organization(printed), _) => held.organization.as_deref() == Some(lexicon.entry(*printed).id.as_str()),
        _ => false,
    }
}

/// Whether the bodies above agree, as far as both are printed.
fn parents_agree(a: &Post, b: &Post) -> bool {
    let parent = |post: &Post| if let Body::Known { parent, .. } = post.body { parent } else { None };
    match (parent(a), parent(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

fn jurisdiction_likeness(lexicon: &Lexicon, printed: &Post, held: &Post, setting: Setting) -> Likeness {
    match (&printed.jurisdiction, &held.jurisdiction) {
        (Jurisdiction::Unsaid, _) | (_, Jurisdiction::Unsaid) => Likeness::Possible,
        (Jurisdiction::National, Jurisdiction::National) => Likeness::Same,
        (Jurisdiction::National, _) | (_, Jurisdiction::National) => Likeness::Different,
        (Jurisdiction::Place(printed), Jurisdiction::Place(held)) => {
            if printed.iter().any(|place| held.contains(place)) { Likeness::Same } else { Likeness::Different }
        }
        (Jurisdiction::Tier(tier), Jurisdiction::Place(held)) => {
            let home = setting.home.and_then(|home| at_tier(lexicon, home, tier, setting.as_of));
            if home.is_some_and(|home| held.contains(&home)) {
                Likeness::Same
            } else if held.iter().any(|place| is_of_tier(lexicon, *place, tier)) {
                Likeness::Possible
            } else {
                Likeness::Different
            }
        }
        (Jurisdiction::Place(_) | Jurisdiction::Tier(_), Jurisdiction::Tier(_)) => Likeness::Possible,
    }
}

/// Whether it is certain which jurisdiction a printed post is about: the country, the one place of that
/// name, or the home jurisdiction's place of the tier printed.
fn is_definite(lexicon: &Lexicon, post: &Post, setting: Setting) -> bool {
    match &post.jurisdiction {
        Jurisdiction::Place(places) => {
            places.iter().filter(|place| lexicon.version_on(**place, setting.as_of).is_some()).count() == 1
        }
        Jurisdiction::Tier(tier) => {
            setting.home.is_some_and(|home| at_tier(lexicon, home, tier, setting.as_of).is_some())
        }
        Jurisdiction::National => true,
        Jurisdiction::Unsaid => false,
    }
}

/// The home jurisdiction or the place above it whose name ends with the tier.
fn at_tier(lexicon: &Lexicon, home: EntryIndex, tier: &str, as_of: EdtfDate) -> Option<EntryIndex> {
    let chain = std::iter::once(home).chain(lexicon.ancestors(home, as_of));
    chain.into_iter().find(|place| is_of_tier(lexicon, *place, tier))
}

fn is_of_tier(lexicon: &Lexicon, place: EntryIndex, tier: &str) -> bool {
    lexicon.entry(place).place().is_some_and(|place| place.versions.iter().any(|version| version.name.ends_with(tier)))
}
