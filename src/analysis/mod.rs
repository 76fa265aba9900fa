//! Floor 2: from a draft and a lexicon to mentions, posts and lists.
//!
//! Blocks are analysed alone, by [`Analyzer::analyze_block`], so that their result can be kept until
//! their text or the lexicon changes; [`Analyzer::resolve`] then decides identities over the draft.

mod mention;
mod post;

use std::sync::Arc;

pub use mention::{Mention, PrintedPost, Qualifier, Resolution, Tense};
pub use post::{Body, Jurisdiction, Post};

use crate::{
    lexicon::{EdtfDate, EntryIndex, InForce, Lexicon},
    text::{BlockContent, Draft},
};

/// A lexicon made ready for reading drafts.
pub struct Analyzer {
    lexicon: Lexicon,
}

/// What is known of one block without the rest of its draft.
#[derive(Debug, Default)]
pub struct BlockAnalysis {}

/// What is known of a draft.
#[derive(Debug, Default)]
pub struct DraftAnalysis {
    /// The mentions, in order of place.
    pub mentions: Vec<Mention>,
    /// Block analyses, one for one with the draft's blocks.
    pub blocks: Vec<Arc<BlockAnalysis>>,
}

/// How a printed post stands to a person's posts in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The person holds, held or will hold it: the state on the as-of date and the post's position.
    Held(InForce, usize),
    /// The lexicon knows no such post of this person.
    Unknown,
}

impl Analyzer {
    /// Makes a lexicon ready.
    pub fn new(lexicon: Lexicon) -> Self {
        Self { lexicon }
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Analyses one block.
    pub fn analyze_block(&self, _content: &BlockContent) -> BlockAnalysis {
        BlockAnalysis {}
    }

    /// Decides identities over a whole draft.
    pub fn resolve(&self, _draft: &Draft, blocks: Vec<Arc<BlockAnalysis>>, _as_of: EdtfDate, _home: Option<EntryIndex>) -> DraftAnalysis {
        DraftAnalysis { mentions: Vec::new(), blocks }
    }

    /// How `printed` stands to the posts of `person`.
    pub fn standing(&self, _person: EntryIndex, _printed: &PrintedPost, _as_of: EdtfDate, _home: Option<EntryIndex>) -> Standing {
        Standing::Unknown
    }
}
