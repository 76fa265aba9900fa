//! The lexicon files inside the binary.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

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

/// What a pack's `pack.toml` says of it; its licence may ask for the source to be named.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct PackAbout {
    /// The name used in `packs = […]`.
    pub name: String,
    /// The last day the data covers.
    pub data_date: String,
    /// The licence, an SPDX expression.
    pub licence: String,
    /// Where the data comes from.
    pub source: String,
    /// What the pack is.
    pub title: InLanguages,
    /// What was changed, and what is not covered.
    pub note: InLanguages,
}

/// A text in both languages, as pack.toml writes it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct InLanguages {
    /// In Chinese.
    #[serde(rename = "zh-CN")]
    pub zh: String,
    /// In English.
    pub en: String,
}

impl InLanguages {
    /// The text in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl Pack {
    /// What `pack.toml` says; `None` if it does not say all of it, which a test rules out.
    pub fn describe(&self) -> Option<PackAbout> {
        toml::from_str(self.about).ok()
    }
}

/// The pack called `name`.
pub fn find(name: &str) -> Option<&'static Pack> {
    PACKS.iter().find(|pack| pack.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pack_says_what_it_is() {
        for pack in PACKS {
            let about = pack.describe().unwrap_or_else(|| panic!("{}", pack.name));
            assert_eq!(about.name, pack.name);
            assert!(about.data_date.parse::<crate::lexicon::EdtfDate>().is_ok(), "{}", pack.name);
        }
    }
}
