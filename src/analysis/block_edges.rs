//! Where the names that may stand in a block start and end, and what of it is taken by mentions: marks for
//! each byte of its text.

use smallvec::SmallVec;

use super::block::is_large;
use crate::{
    lexicon::{EntryKind, FormMatch, FormRole, Lexicon},
    text::Span,
};

/// A mark for each byte of a text; those of most paragraphs need no allocation.
type Marks<T> = SmallVec<[T; 512]>;

/// A full name of up to two characters, in bytes, says little of what is before it.
const SHORT_NAME: usize = 6;

/// Where names start and end, whether or not they are mentions.
pub(super) struct Edges(Marks<u8>);

impl Edges {
    /// A known person's name starts.
    pub const NAME_START: u8 = 1;
    /// A known person's name ends.
    pub const NAME_END: u8 = 1 << 1;
    /// A place's full name starts.
    pub const PLACE_START: u8 = 1 << 2;
    /// A place's full name or the name of a large place ends.
    pub const PLACE_END: u8 = 1 << 3;
    /// A place's name of any form starts.
    pub const ANY_PLACE_START: u8 = 1 << 4;
    /// A place's name of any form ends.
    pub const ANY_PLACE_END: u8 = 1 << 5;

    /// The edges of `matches` in a text of `length` bytes.
    pub fn of(lexicon: &Lexicon, length: usize, matches: &[FormMatch]) -> Self {
        let mut marks = Marks::from_elem(0, length + 1);
        for found in matches {
            let of_kind = |kind| found.targets.iter().find(move |target| lexicon.kind(target.entry) == kind);
            let (mut start, mut end) = (0, 0);
            if of_kind(EntryKind::Person).is_some() {
                (start, end) = (Self::NAME_START, Self::NAME_END);
            }
            if let Some(place) = of_kind(EntryKind::Place) {
                start |= Self::ANY_PLACE_START;
                end |= Self::ANY_PLACE_END;
                let is_long_name = place.role == FormRole::Name && found.span.len() > SHORT_NAME;
                if is_long_name {
                    start |= Self::PLACE_START;
                }
                if is_long_name || found.targets.iter().any(|target| is_large(lexicon, target)) {
                    end |= Self::PLACE_END;
                }
            }
            marks[found.span.start] |= start;
            marks[found.span.end] |= end;
        }
        Self(marks)
    }

    /// Whether an edge of this kind is at `byte`.
    pub fn has(&self, byte: usize, kind: u8) -> bool {
        self.0[byte] & kind != 0
    }
}

/// The bytes of a text that mentions stand on.
pub(super) struct Taken(Marks<bool>);

impl Taken {
    /// Nothing of `text` is taken.
    pub fn new(text: &str) -> Self {
        Self(Marks::from_elem(false, text.len()))
    }

    /// Takes the bytes of `span`.
    pub fn insert(&mut self, span: Span) {
        self.0[span.start..span.end].fill(true);
    }

    /// Whether a byte of `span` is taken.
    pub fn intersects(&self, span: Span) -> bool {
        self.0[span.start..span.end].contains(&true)
    }
}
