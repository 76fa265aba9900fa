//! Posts in normal form, so that 统战部长, 省委统战部部长 and 吉林省委统战部部长 can be compared.

use crate::lexicon::EntryIndex;

/// What a title says: a role in a body of a jurisdiction.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Post {
    /// The normal form of the role: 书记, 部长, 首长 (of a government).
    pub role: &'static str,
    /// The rank within the role: empty, 副, 常务副.
    pub rank: &'static str,
    /// The body it belongs to.
    pub body: Body,
    /// Where.
    pub jurisdiction: Jurisdiction,
}

/// The body a post belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Body {
    /// None is printed, and the role implies none.
    Unsaid,
    /// A body of the vocabulary by its normal form, and the body above it if that is known.
    Known {
        /// The normal form: 统战部.
        name: &'static str,
        /// The body above it: 党委.
        parent: Option<&'static str>,
    },
    /// An organization of the lexicon.
    Organization(EntryIndex),
}

/// The area a post is responsible for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Jurisdiction {
    /// None is printed.
    Unsaid,
    /// Only the tier is printed: the 省 of 省委.
    Tier(&'static str),
    /// The country.
    National,
    /// A place of the lexicon; several of one name are told apart by time and context.
    Place(Vec<EntryIndex>),
}

impl Post {
    /// Whether one person at a time holds it: heads and executive deputies, but no members.
    pub fn is_single_holder(&self) -> bool {
        let many = ["常委", "委员", "候补委员", "代表", "成员", "督学", "巡视员", "调研员", "国务委员"];
        matches!(self.rank, "" | "常务副" | "代") && !many.contains(&self.role)
    }

    /// The name of the body, if it is one of the vocabulary.
    pub fn body_name(&self) -> Option<&'static str> {
        if let Body::Known { name, .. } = self.body { Some(name) } else { None }
    }
}
