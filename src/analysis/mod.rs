//! Floor 2: from a draft and a lexicon to mentions, posts and lists.
//!
//! Blocks are analysed alone, by [`Analyzer::analyze_block`], so that their result can be kept until
//! their text or the lexicon changes; [`Analyzer::resolve`] then decides identities over the draft.
//! Word tables are data files in `data/`.

mod anaphora;
mod appointment;
mod block;
mod block_edges;
mod boundary;
pub mod calendar;
pub mod clause;
mod dictionary;
mod draft;
mod edge_forms;
mod evidence;
pub mod gap;
mod identity;
mod likeness;
pub mod mark;
mod mention;
mod name_index;
mod name_variant;
mod place_boundary;
mod post;
mod post_book;
mod post_reader;
pub mod quotation;
mod reference;
mod roll_call;
mod scan;
mod segmentation;
mod shared_posts;
mod sign;
pub mod slip;
mod slogan;
mod slogan_pieces;
mod spaced_name;
mod unknown_name;
mod vocabulary;

use std::sync::{Arc, OnceLock};

pub use anaphora::{Anaphor, AnaphorKind};
pub use block::{BlockAnalysis, Candidate};
pub use draft::DraftAnalysis;
pub use likeness::{Likeness, likeness, look_alike};
pub use mention::{Candidates, Mention, PrintedPost, Qualifier, Resolution, Tense};
pub use name_index::NearPerson;
pub use name_variant::{NameVariant, NameVariants};
pub use place_boundary::begins_institution;
pub use post::{Body, Jurisdiction, Post};
pub use post_book::{PostBook, Setting, Standing};
pub use quotation::is_quoted;
pub use reference::{Reference, ReferenceKind, References};
pub use roll_call::{RollCall, RollCallMember};
pub use segmentation::{is_cut, words};
pub use slogan::{ComponentRun, NearSlogan, is_homophone};
pub use unknown_name::{NearName, UnknownName, begins_with_occupation, occupation_before};

use crate::{
    lexicon::{EdtfDate, EntryIndex, Lexicon, audit::SharedPost},
    text::{BlockContent, Draft},
};

/// A lexicon made ready for reading drafts.
pub struct Analyzer {
    lexicon: Lexicon,
    posts: PostBook,
    slogans: slogan::SloganBook,
    names: OnceLock<name_index::NameIndex>,
}

impl Analyzer {
    /// Makes a lexicon ready.
    pub fn new(lexicon: Lexicon) -> Self {
        let (posts, slogans) = rayon::join(|| PostBook::build(&lexicon), || slogan::SloganBook::build(&lexicon));
        Self { lexicon, posts, slogans, names: OnceLock::new() }
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The posts of all persons in normal form.
    pub fn posts(&self) -> &PostBook {
        &self.posts
    }

    /// The names of all persons, indexed when the first unknown name is met.
    fn name_index(&self) -> &name_index::NameIndex {
        self.names.get_or_init(|| name_index::NameIndex::build(&self.lexicon))
    }

    /// Posts that two persons hold at once though one person holds them at a time; for the
    /// [audit](crate::lexicon::audit).
    pub fn shared_posts(&self) -> Vec<SharedPost> {
        shared_posts::find(&self.lexicon, &self.posts)
    }

    /// Analyses one block. The result depends on the content and the lexicon alone.
    pub fn analyze_block(&self, content: &BlockContent) -> BlockAnalysis {
        block::analyze(self, content)
    }

    /// Puts the analyses of a draft's blocks together and decides identities.
    pub fn resolve(
        &self,
        draft: &Draft,
        blocks: Vec<Arc<BlockAnalysis>>,
        as_of: EdtfDate,
        home: Option<EntryIndex>,
    ) -> DraftAnalysis {
        draft::resolve(self, draft, blocks, Setting { as_of, home })
    }

    /// How a printed post stands to the posts of a person; `text` is the content of the block it is
    /// printed in.
    pub fn standing(&self, person: EntryIndex, printed: &PrintedPost, text: &str, setting: Setting) -> Standing {
        self.posts.standing(&self.lexicon, person, printed, printed.content.slice(text), setting)
    }
}
