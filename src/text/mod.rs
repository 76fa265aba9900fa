//! Floor 0: text. Spans, positions in the three LSP encodings, drafts and their blocks.
//!
//! Everything here is a pure function of its input: no I/O, no other module of hegao, and no input
//! that makes it panic. All offsets are bytes of the source unless a name says otherwise.
//!
//! ```text
//! draft text ──front_matter──┐
//!            ──markdown/plain─┴─> Draft { blocks, directives } ──strip──> publishable text
//! ```
//!
//! A [`Block`] holds the text that is analysed ([`BlockContent`], free of markup and of absolute
//! offsets, so that it can be the key of a cache) and the way back to the draft
//! ([`Block::source_span`]).

mod annotation;
mod block;
mod byline;
mod character_set;
mod directive;
mod draft;
mod front_matter;
mod html;
mod markdown;
mod plain;
mod position;
mod span;
mod strip;
#[cfg(test)]
mod tests;
mod url;

pub use annotation::{Annotation, BlockAnnotation};
pub use block::{Block, BlockContent, BlockKind, OBJECT};
pub use character_set::CharacterSet;
pub use directive::{Directive, DirectiveKind};
pub use draft::{Draft, DraftFormat};
pub use front_matter::{Field, FrontMatter, FrontMatterFault, FrontMatterProblem};
pub use position::{Buffer, Encoding, Position};
pub use span::Span;
pub use strip::strip;
