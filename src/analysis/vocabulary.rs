//! The word tables of the analysis, read once from the data files beside this module.

use std::sync::LazyLock;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::{
    edge_forms::Forms,
    mention::Tense,
    reference,
    sign::{Sign, SignTable},
};

/// The tables.
pub(super) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::read);

/// All word tables.
pub(super) struct Vocabulary {
    /// Last words of posts.
    pub roles: Forms<Role>,
    /// The characters with which roles, occupations and references end.
    pub signs: SignTable,
    /// Words before a role that give its rank: 副, 常务副.
    pub ranks: Forms<&'static str>,
    /// Bodies.
    pub bodies: Forms<BodyForm>,
    /// Words before a post that say when it is held.
    pub qualifiers: Forms<Tense>,
    /// Words between a name and a post that say the post is taken up, given up or planned.
    pub changes: Forms<Tense>,
    /// Tiers of jurisdiction: the 省 of 省委.
    pub tiers: Forms<&'static str>,
    /// Words that mean the country: 全国, 国家.
    pub nation: Forms<()>,
    /// Words that follow a name.
    pub after_names: Forms<()>,
    /// Words that stand before a name or a post.
    pub before_names: Forms<()>,
    /// Words before a name that say the person is no official.
    pub occupations: Forms<()>,
    /// Nouns after a short place form that make it part of a proper name: 公司, 大学.
    pub institutions: Forms<()>,
    /// Dictionary words that look like names of persons: 方向, 江南.
    pub words_like_names: Forms<()>,
    /// Words that make a thing's name of a person's name before them: 思想, 奖.
    pub named_after: Forms<()>,
    /// Words that cut the last character off a place's name: 成都｜市容.
    pub split_suffixes: Forms<()>,
    /// Words that begin with the last character of a place's name and leave it whole: 市郊区.
    pub whole_suffixes: Forms<()>,
    /// Nouns of one character that make one word with a place's short form: 队, 籍.
    pub attached_nouns: Forms<()>,
    /// Short forms of places that are words as well.
    pub places_like_words: Forms<()>,
    /// Words before and after a short form that say it is a place.
    pub before_places: Forms<()>,
    pub after_places: Forms<()>,
    /// Surnames of one character.
    pub surnames: Forms<()>,
    /// Nouns that mean a person without naming one.
    pub persons_unnamed: Words,
    /// Names of places that are common nouns as well: 城区, 新区.
    pub generic_places: Forms<()>,
    /// (body, rank and role held, rank and role printed).
    pub implications: Vec<[&'static str; 3]>,
    /// (body, role, body, role): printed together.
    pub joint_posts: Vec<[&'static str; 4]>,
}

/// A last word of posts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Role {
    /// The normal form.
    pub name: &'static str,
    /// The body implied.
    pub body: Option<&'static str>,
    /// The tier implied.
    pub tier: Option<&'static str>,
}

/// A form of a body.
#[derive(Clone, Copy, Debug)]
pub(super) struct BodyForm {
    /// The normal form.
    pub name: &'static str,
    /// The body above it.
    pub parent: Option<&'static str>,
    /// Whether the form itself means one of the whole country.
    pub national: bool,
}

/// Words looked for anywhere in a text, in one pass.
pub(super) struct Words(Option<CharwiseDoubleArrayAhoCorasick<usize>>);

impl Words {
    fn new(words: impl IntoIterator<Item = &'static str>) -> Self {
        Self(CharwiseDoubleArrayAhoCorasick::new(words).ok())
    }

    /// Where the first of the words that is found in `text` ends, in bytes.
    pub fn first_end(&self, text: &str) -> Option<usize> {
        self.0.as_ref()?.find_overlapping_iter(text).next().map(|found| found.end())
    }
}

impl Vocabulary {
    fn read() -> Self {
        let roles = rows(include_str!("data/roles.tsv"))
            .map(|[form, name, body, tier]| (form, Role { name, body: optional(body), tier: optional(tier) }));
        let occupations = || words(include_str!("data/occupations.txt"));
        Self {
            signs: SignTable::of_words(
                (roles.clone().map(|(role, _)| (role, Sign::ROLE)))
                    .chain(occupations().map(|(word, ())| (word, Sign::OCCUPATION)))
                    .chain(reference::LAST_CHARACTERS.map(|last| (last, Sign::REFERENCE))),
            ),
            roles: Forms::new(roles),
            ranks: Forms::new(["副", "常务副", "第一副", "执行副", "专职副", "第一"].map(|rank| (rank, rank))),
            bodies: Forms::new(rows(include_str!("data/bodies.tsv")).map(|[form, name, parent, tier]| {
                (form, BodyForm { name, parent: optional(parent), national: tier == "国" })
            })),
            qualifiers: Forms::new(
                rows(include_str!("data/qualifiers.tsv")).map(|[form, tense]| (form, read_tense(tense))),
            ),
            changes: Forms::new(rows(include_str!("data/changes.tsv")).map(|[form, tense]| (form, read_tense(tense)))),
            tiers: Forms::new(TIERS.map(|(form, tier)| (form, tier))),
            nation: Forms::new(
                ["全国", "国家", "中央", "中共中央", "党中央", "中国共产党", "中华人民共和国"].map(|form| (form, ())),
            ),
            after_names: Forms::new(words(include_str!("data/words_after_names.txt"))),
            before_names: Forms::new(words(include_str!("data/words_before_names.txt"))),
            occupations: Forms::new(occupations()),
            institutions: Forms::new(words(include_str!("data/institutions.txt"))),
            words_like_names: Forms::new(words(include_str!("data/words_like_names.txt"))),
            named_after: Forms::new(words(include_str!("data/named_after.txt"))),
            split_suffixes: Forms::new(words(include_str!("data/split_suffixes.txt"))),
            whole_suffixes: Forms::new(words(include_str!("data/whole_suffixes.txt"))),
            attached_nouns: Forms::new(words(include_str!("data/attached_nouns.txt"))),
            places_like_words: Forms::new(words(include_str!("data/places_like_words.txt"))),
            before_places: Forms::new(words(include_str!("data/words_before_places.txt"))),
            after_places: Forms::new(words(include_str!("data/words_after_places.txt"))),
            surnames: Forms::new(words(include_str!("data/surnames.txt"))),
            persons_unnamed: Words::new(words(include_str!("data/persons_unnamed.txt")).map(|(word, ())| word)),
            generic_places: Forms::new(words(include_str!("data/generic_places.txt"))),
            implications: rows(include_str!("data/implications.tsv")).collect(),
            joint_posts: rows(include_str!("data/joint_posts.tsv")).collect(),
        }
    }

    /// The table's own copy of a normal form of a role, rank or body, so that it can be compared.
    pub fn implies(&self, body: &str, held: &str, printed: &str) -> bool {
        self.implications.iter().any(|[of, from, to]| match *of {
            "*" => held.strip_prefix(from).is_some_and(|role| printed.strip_prefix(to) == Some(role)),
            of => of == body && *from == held && *to == printed,
        })
    }
}

/// Words that name a tier of jurisdiction without a place.
const TIERS: [(&str, &str); 11] = [
    ("省", "省"),
    ("自治区", "区"),
    ("市", "市"),
    ("自治州", "州"),
    ("州", "州"),
    ("县", "县"),
    ("区", "区"),
    ("旗", "旗"),
    ("盟", "盟"),
    ("乡", "乡"),
    ("镇", "镇"),
];

fn read_tense(name: &str) -> Tense {
    match name {
        "former" => Tense::Former,
        "then" => Tense::Then,
        "current" => Tense::Current,
        "future" => Tense::Future,
        "taken" => Tense::Taken,
        "left" => Tense::Left,
        _ => Tense::Acting,
    }
}

fn optional(cell: &'static str) -> Option<&'static str> {
    (cell != "-").then_some(cell)
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> + Clone {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn words(table: &'static str) -> impl Iterator<Item = (&'static str, ())> {
    lines(table).map(|word| (word, ()))
}

fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> + Clone {
    lines(table).map(|line| {
        let mut cells = line.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or("-"))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn roles_and_occupations_end_with_characters_of_the_basic_block() {
        let roles = rows::<4>(include_str!("data/roles.tsv")).map(|[role, ..]| role);
        for word in roles.chain(words(include_str!("data/occupations.txt")).map(|(word, ())| word)) {
            assert!(word.ends_with(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')), "{word}");
        }
    }

    #[test]
    fn every_row_has_its_cells_and_no_form_stands_twice() {
        let check = |table: &'static str, cells: usize| {
            for line in lines(table) {
                assert_eq!(line.split('\t').count(), cells, "{line}");
                assert!(line.split('\t').all(|cell| !cell.trim().is_empty() && cell.trim() == cell), "{line}");
            }
            if cells != 3 && !table.contains("joint") {
                let mut seen = HashSet::new();
                for form in lines(table).filter_map(|line| line.split('\t').next()) {
                    assert!(seen.insert(form), "{form} stands twice");
                }
            }
        };
        check(include_str!("data/roles.tsv"), 4);
        check(include_str!("data/bodies.tsv"), 4);
        check(include_str!("data/qualifiers.tsv"), 2);
        check(include_str!("data/changes.tsv"), 2);
        check(include_str!("data/implications.tsv"), 3);
        check(include_str!("data/joint_posts.tsv"), 4);
        for words in [
            include_str!("data/words_after_names.txt"),
            include_str!("data/words_before_names.txt"),
            include_str!("data/occupations.txt"),
            include_str!("data/institutions.txt"),
            include_str!("data/generic_places.txt"),
            include_str!("data/words_like_names.txt"),
            include_str!("data/split_suffixes.txt"),
            include_str!("data/named_after.txt"),
            include_str!("data/surnames.txt"),
            include_str!("data/whole_suffixes.txt"),
            include_str!("data/attached_nouns.txt"),
            include_str!("data/places_like_words.txt"),
            include_str!("data/words_before_places.txt"),
            include_str!("data/words_after_places.txt"),
            include_str!("data/persons_unnamed.txt"),
        ] {
            check(words, 1);
        }
    }
}
