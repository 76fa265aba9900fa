//! A seeded slip, and the tables that the seeds are made from.

use std::{collections::HashMap, fs, path::Path};

use hegao::text::Span;

/// One slip for one draft.
pub struct Seed {
    /// The kind of slip, as printed.
    pub kind: &'static str,
    /// The codes that may report it.
    pub codes: &'static [&'static str],
    /// The right words; bytes of the draft.
    pub at: Span,
    /// What is put in their place.
    pub wrong: String,
    /// Whether the report may stand anywhere in the paragraph: of a mark that is lost, its partner is reported.
    pub in_paragraph: bool,
}

impl Seed {
    pub fn new(kind: &'static str, codes: &'static [&'static str], at: Span, wrong: impl Into<String>) -> Self {
        Self { kind, codes, at, wrong: wrong.into(), in_paragraph: false }
    }
}

/// The lines of a table in `tests/mutation`, cut at tabs.
pub fn table<const N: usize>(name: &str) -> Vec<[String; N]> {
    let text = fs::read_to_string(Path::new("tests/mutation").join(name)).unwrap();
    let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.map(|line| {
        let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        cells.try_into().unwrap_or_else(|_| panic!("{name}: {line}"))
    })
    .collect()
}

/// Characters that are mistaken for one another.
pub struct Confusions(HashMap<char, [String; 2]>);

impl Confusions {
    pub fn load() -> Self {
        let rows = table::<3>("confusions.tsv").into_iter();
        Self(rows.map(|[c, sound, shape]| (c.chars().next().unwrap(), [sound, shape])).collect())
    }

    /// The words with one character replaced by a homophone (`[0]`) or a look-alike (`[1]`).
    pub fn of(&self, words: &str) -> [Vec<String>; 2] {
        [0, 1].map(|which| {
            let characters = words.char_indices();
            characters.flat_map(|(at, c)| self.replaced(words, at, c, which)).collect()
        })
    }

    fn replaced(&self, words: &str, at: usize, c: char, which: usize) -> Vec<String> {
        let (head, tail) = (&words[..at], &words[at + c.len_utf8()..]);
        let others = self.0.get(&c).map(|others| others[which].as_str()).unwrap_or_default();
        others.chars().map(|other| format!("{head}{other}{tail}")).collect()
    }
}

/// The words with two neighbouring Chinese characters changed.
pub fn swaps(words: &str) -> Vec<String> {
    let characters: Vec<char> = words.chars().collect();
    let pairs = (1..characters.len()).filter(|at| {
        let [a, b] = [characters[at - 1], characters[*at]];
        a != b && is_han(a) && is_han(b)
    });
    pairs
        .map(|at| {
            let mut swapped = characters.clone();
            swapped.swap(at - 1, at);
            swapped.into_iter().collect()
        })
        .collect()
}

/// The words with one character left out.
pub fn without_one(words: &str) -> Vec<String> {
    let all = words.char_indices();
    all.map(|(at, c)| format!("{}{}", &words[..at], &words[at + c.len_utf8()..])).collect()
}

/// Every place of `words` behind the front matter; bytes.
pub fn places<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = Span> + 't {
    let from = body(text);
    text[from..].match_indices(words).map(move |(at, _)| Span::new(from + at, from + at + words.len()))
}

/// Where the front matter ends.
pub fn body(text: &str) -> usize {
    let closing = text.strip_prefix("---\n").and_then(|rest| rest.find("\n---\n"));
    closing.map_or(0, |at| at + "---\n\n---\n".len())
}

/// The paragraph around a place.
pub fn paragraph(text: &str, at: usize) -> Span {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    Span::new(start, text[at..].find('\n').map_or(text.len(), |end| at + end))
}

/// The sentence around a place.
pub fn sentence(text: &str, at: usize) -> &str {
    let ends = ['。', '！', '？', '\n'];
    let start = text[..at].rfind(ends).map_or(0, |end| text.ceil_char_boundary(end + 1));
    &text[start..text[at..].find(ends).map_or(text.len(), |end| at + end)]
}

pub fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// At most `most` of the seeds of each kind, evenly from all drafts.
pub fn thinned<D>(seeds: Vec<(D, Seed)>, most: usize) -> Vec<(D, Seed)> {
    let mut made: HashMap<&str, usize> = HashMap::new();
    seeds.iter().for_each(|(_, seed)| *made.entry(seed.kind).or_default() += 1);
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let is_taken = |seed: &Seed| {
        let (number, all) = (seen.entry(seed.kind).or_default(), made[seed.kind]);
        *number += 1;
        all <= most || *number * most / all > (*number - 1) * most / all
    };
    let mut is_taken = is_taken;
    seeds.into_iter().filter(|(_, seed)| is_taken(seed)).collect()
}
