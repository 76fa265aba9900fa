//! The lexicon files inside the binary.

/// A lexicon file set shipped inside the binary.
#[derive(Debug)]
pub struct Pack {
    /// The name used in `packs = […]`.
    pub name: &'static str,
    /// Path below `packs/` and content of each file.
    pub files: &'static [(&'static str, &'static str)],
}

/// Every pack, in the order of their documentation.
pub static PACKS: &[Pack] =
    &[Pack { name: "divisions", files: &[("divisions/places.csv", include_str!("../../packs/divisions/places.csv"))] }];

/// The pack called `name`.
pub fn find(name: &str) -> Option<&'static Pack> {
    PACKS.iter().find(|pack| pack.name == name)
}
