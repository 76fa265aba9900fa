//! Mentions: the spans of a draft that stand for entries, and the posts printed with them.

use smallvec::SmallVec;
use smol_str::SmolStr;

use super::post::Post;
use crate::{
    lexicon::{EntryIndex, EntryKind, FormRole},
    text::Span,
};

/// A span of a draft with the entries it can stand for.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The block of the draft it stands in.
    pub block: usize,
    /// Bytes in the block's content.
    pub content: Span,
    /// Bytes in the draft.
    pub span: Span,
    /// The text without markup.
    pub text: SmolStr,
    /// The kind of all candidates.
    pub kind: EntryKind,
    /// What the text is to its candidates.
    pub role: FormRole,
    /// The entries it can stand for, in lexicon order.
    pub candidates: Candidates,
    /// The entry it stands for; `None` if more than one is left, or none fits.
    pub entry: Option<EntryIndex>,
    /// What decided the entry.
    pub resolution: Resolution,
    /// For a person, the posts printed right before or after the name, in the order of the text.
    pub posts: Vec<PrintedPost>,
    /// For a person in a list, the posts printed before an earlier name that hold for this one as well:
    /// 副省长甲、乙. Only posts that many hold at once are shared.
    pub shared_posts: Vec<PrintedPost>,
    /// For a person, the posts that a verb says are taken, left or planned: 甲当选为省长, 免去甲的厅长职务.
    pub changes: Vec<PrintedPost>,
}

/// The entries that a mention can stand for.
pub type Candidates = SmallVec<[EntryIndex; 4]>;

/// What decided the identity of a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// The writer's annotation.
    Annotation,
    /// A post printed with the name.
    Post,
    /// Another, fuller mention in the draft.
    Draft,
    /// The home jurisdiction or the place named before.
    Jurisdiction,
    /// There is only one candidate.
    Only,
    /// Nothing: the mention is ambiguous.
    Ambiguous,
    /// The words around it say that it is somebody or something else.
    Other,
}

/// A post as printed with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintedPost {
    /// Bytes in the block's content, without a qualifier before it; with one inside it (吉林省委原书记).
    pub content: Span,
    /// Where rank and role begin.
    pub title_start: usize,
    /// 原, 前, 时任 and the like.
    pub qualifier: Option<Qualifier>,
    /// When the post is held: by its own qualifier, or by that of an earlier post of the run (时任省委常委、秘书长).
    pub tense: Option<Tense>,
    /// What the words say.
    pub post: Post,
    /// Whether the post surely begins where its span does. A post that may go on to the left says
    /// nothing certain.
    pub clear: bool,
    /// Whether it follows the name.
    pub after_name: bool,
}

impl PrintedPost {
    /// Whether the words say that the post need not be held today.
    pub fn is_not_now(&self) -> bool {
        self.tense.is_some_and(Tense::is_not_now)
    }

    /// Where it begins, with its qualifier; bytes in the block's content.
    pub fn start(&self) -> usize {
        self.qualifier.map_or(self.content.start, |qualifier| qualifier.content.start.min(self.content.start))
    }
}

/// A word before a post that says when it is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Qualifier {
    /// Bytes in the block's content.
    pub content: Span,
    /// What it says.
    pub tense: Tense,
}

/// When a post is held, by its qualifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// 原, 前: no longer held.
    Former,
    /// 时任: held at the time told of.
    Then,
    /// 现任, 新任: held now.
    Current,
    /// 拟任: not yet held.
    Future,
    /// 代, 代理: held for the time being.
    Acting,
    /// 当选为, 任命为, 新当选的: taken up in the event told of.
    Taken,
    /// 不再担任, 免去: given up in the event told of.
    Left,
}

impl Tense {
    /// Whether the words tell of a change that a lexicon may not know yet: 新任, 拟任, 代.
    pub fn announces(self) -> bool {
        matches!(self, Self::Current | Self::Future | Self::Acting | Self::Taken | Self::Left)
    }

    /// Whether the words say that the post need not be held today.
    pub fn is_not_now(self) -> bool {
        self != Self::Current
    }
}
