//! The lexicon files inside the binary.

/// A lexicon file set shipped inside the binary.
#[derive(Debug)]
pub struct Pack {
    /// The name used in `packs = […]`.
    pub name: &'static str,
    /// What it is, whence and as of when: TOML.
    pub about: &'static str,
    /// Its files.
    pub files: &'static [PackFile],
}

/// A file of a pack.
#[derive(Debug)]
pub struct PackFile {
    /// The path below `packs/`.
    pub path: &'static str,
    /// The content.
    pub text: &'static str,
    /// For a table of places, what the build script made of it.
    pub table: Option<&'static [u8]>,
}

/// Every pack, in the order of their documentation.
pub static PACKS: &[Pack] = &[
    Pack {
        name: "divisions",
        about: include_str!("../../packs/divisions/pack.toml"),
        files: &[PackFile {
            path: "divisions/places.csv",
            text: include_str!("../../packs/divisions/places.csv"),
            table: Some(include_bytes!(concat!(env!("OUT_DIR"), "/divisions.table"))),
        }],
    },
    Pack {
        name: "townships",
        about: include_str!("../../packs/townships/pack.toml"),
        files: &[PackFile {
            path: "townships/places.csv",
            text: include_str!("../../packs/townships/places.csv"),
            table: Some(include_bytes!(concat!(env!("OUT_DIR"), "/townships.table"))),
        }],
    },
    Pack {
        name: "formulations",
        about: include_str!("../../packs/formulations/pack.toml"),
        files: &[PackFile {
            path: "formulations/slogans.toml",
            text: include_str!("../../packs/formulations/slogans.toml"),
            table: None,
        }],
    },
];

/// The pack called `name`.
pub fn find(name: &str) -> Option<&'static Pack> {
    PACKS.iter().find(|pack| pack.name == name)
}
