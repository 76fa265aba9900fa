//! Prepares long tables at compile time, so that a check does not pay for reading them: the pairs of
//! characters that stand in dictionary words (`word_pairs.bin`), the dictionary itself (`dictionary.bin`), and
//! the pack tables.
//!
//! For each `packs/NAME/places.csv` one file `NAME.table` is written, little-endian:
//!
//! - number of entries; for each the byte range of its rows in the CSV
//! - the entries in the order of their ids
//! - number of codes; for each, in order, the code as a number and the entry that had it
//! - number of surface forms; for each the end of its targets; then the targets,
//!   `entry << 1 | is_short`
//! - the forms as `src/lexicon/form_table.rs` prepares them
//!
//! `src/lexicon/pack_table.rs` reads it.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
};

// The program searches the tables that are built here.
#[allow(dead_code)]
#[path = "src/lexicon/form_table.rs"]
mod form_table;

const TABLES: [&str; 2] = ["divisions", "townships"];
const DICTIONARY: &str = "src/analysis/data/dictionary.txt";
const PAIRS: &str = "src/analysis/data/word_pairs.txt";

fn main() {
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    for name in TABLES {
        let path = format!("packs/{name}/places.csv");
        println!("cargo::rerun-if-changed={path}");
        let csv = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        fs::write(Path::new(&out).join(format!("{name}.table")), table(&csv)).expect("OUT_DIR can be written");
    }
    println!("cargo::rerun-if-changed={DICTIONARY}");
    let words = fs::read_to_string(DICTIONARY).unwrap_or_else(|error| panic!("{DICTIONARY}: {error}"));
    fs::write(Path::new(&out).join("dictionary.bin"), dictionary(&words)).expect("OUT_DIR can be written");
    println!("cargo::rerun-if-changed={PAIRS}");
    let pairs = fs::read_to_string(PAIRS).unwrap_or_else(|error| panic!("{PAIRS}: {error}"));
    fs::write(Path::new(&out).join("word_pairs.bin"), word_pairs(&pairs)).expect("OUT_DIR can be written");
    println!("cargo::rerun-if-changed=src/lexicon/form_table.rs");
    println!("cargo::rerun-if-changed=build.rs");
}

/// The sum of all frequencies; that of each character of the basic plane as a word, or 0; the number of longer words
/// and theirs in order, little-endian; and these words as `src/lexicon/form_table.rs` prepares them.
fn dictionary(table: &str) -> Vec<u8> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    let words: BTreeMap<&str, u32> = lines
        .map(|line| {
            let (word, frequency) = line.split_once(' ').expect("a word and its frequency");
            (word, frequency.parse().expect("a frequency is a number"))
        })
        .collect();
    let mut characters = vec![0; 0x1_0000];
    let (mut longer, mut frequencies) = (Vec::new(), Vec::new());
    for (word, frequency) in words {
        let mut letters = word.chars();
        match (letters.next(), letters.next()) {
            (Some(only), None) => characters[only as usize] = frequency,
            _ => {
                longer.push(word);
                frequencies.push(frequency);
            }
        }
    }
    let count = u32::try_from(longer.len()).expect("the dictionary is small");
    let total = characters.iter().chain(&frequencies).sum::<u32>();
    let numbers = [total].into_iter().chain(characters).chain([count]).chain(frequencies);
    let mut out: Vec<u8> = numbers.flat_map(u32::to_le_bytes).collect();
    out.extend_from_slice(&form_table::prepare(&longer));
    out
}

/// For each character of the basic plane, as the first one of a pair, how many pairs sort before its own; then the
/// second characters of all pairs. Little-endian, of four and of two bytes.
fn word_pairs(table: &str) -> Vec<u8> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    let split = lines.filter_map(|line| line.split_once('\t'));
    let basic = |c: char| u16::try_from(c as u32).expect("a character of the basic plane");
    let pairs: BTreeSet<(u16, u16)> = split
        .flat_map(|(first, seconds)| {
            let first = basic(first.chars().next().expect("a first character"));
            seconds.chars().map(move |second| (first, basic(second)))
        })
        .collect();
    let mut before = vec![0_u32; 0x1_0000];
    pairs.iter().for_each(|(first, _)| before[usize::from(*first) + 1] += 1);
    for first in 1..before.len() {
        before[first] += before[first - 1];
    }
    let seconds = pairs.into_iter().flat_map(|(_, second)| second.to_le_bytes());
    before.into_iter().flat_map(u32::to_le_bytes).chain(seconds).collect()
}

/// One place: its rows and what they say.
struct Place<'c> {
    id: &'c str,
    rows: (usize, usize),
}

fn table(csv: &str) -> Vec<u8> {
    assert!(!csv.contains('"'), "pack tables are written without quotation marks");
    let (header, body) = csv.split_once('\n').expect("a header line");
    let columns: Vec<&str> = header.split(',').collect();
    let column =
        |name: &str| columns.iter().position(|column| *column == name).unwrap_or_else(|| panic!("no column `{name}`"));
    let (id, name, short, code) = (column("id"), column("name"), column("short"), column("code"));

    let mut places: Vec<Place<'_>> = Vec::new();
    let mut codes: BTreeSet<(u64, u32)> = BTreeSet::new();
    let mut forms: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let mut start = header.len() + 1;
    for row in body.split_terminator('\n') {
        let cells: Vec<&str> = row.split(',').collect();
        let end = start + row.len() + 1;
        match places.last_mut().filter(|place| place.id == cells[id]) {
            Some(place) => place.rows.1 = end,
            None => places.push(Place { id: cells[id], rows: (start, end) }),
        }
        let entry = places.len() as u32 - 1;
        if let Ok(code) = cells[code].parse() {
            codes.insert((code, entry));
        }
        let names = std::iter::once((cells[name], 0)).chain(cells[short].split('|').map(|short| (short, 1)));
        for (form, is_short) in names.filter(|(form, _)| !form.is_empty()) {
            let targets = forms.entry(form).or_default();
            let target = entry << 1 | is_short;
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        start = end;
    }

    let mut out = Vec::new();
    let mut put =
        |number: usize| out.extend_from_slice(&u32::try_from(number).expect("tables are small").to_le_bytes());
    put(places.len());
    for place in &places {
        put(place.rows.0);
        put(place.rows.1);
    }
    let mut by_id: Vec<usize> = (0..places.len()).collect();
    by_id.sort_by_key(|index| places[*index].id);
    assert!(by_id.windows(2).all(|pair| places[pair[0]].id != places[pair[1]].id), "the rows of an id stand together");
    by_id.into_iter().for_each(&mut put);
    put(codes.len());
    for (code, entry) in codes {
        put(usize::try_from(code).expect("codes have at most nine digits"));
        put(entry as usize);
    }
    put(forms.len());
    let mut total = 0;
    for targets in forms.values() {
        total += targets.len();
        put(total);
    }
    forms.values().flatten().for_each(|target| put(*target as usize));
    let forms: Vec<&str> = forms.into_keys().collect();
    out.extend_from_slice(&form_table::prepare(&forms));
    out
}
