//! How long a lexicon takes to load: `cargo bench --bench lexicon_load`. For the whole command, and for the
//! memory that it takes, check a draft with the table that `examples/people_table.rs` writes:
//! `hegao check --lexicon people.csv draft.md` under `/usr/bin/time -v`.

#[path = "../examples/people_table.rs"]
#[expect(dead_code, reason = "the example has a main function of its own")]
mod people_table;

use std::{fs, path::PathBuf};

use hegao::{
    analysis::Analyzer,
    lexicon::{Lexicon, LexiconSources, packs},
};
use tempfile::TempDir;

fn main() {
    divan::main();
}

/// A file with a table of `count` people.
fn file(count: usize) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("people.csv");
    fs::write(&path, people_table::people(count)).expect("the temporary folder can be written");
    (folder, path)
}

#[divan::bench(args = [10_000, 100_000], sample_count = 10)]
fn people_in_a_table(bencher: divan::Bencher<'_, '_>, count: usize) {
    let (_folder, path) = file(count);
    let sources = LexiconSources { packs: packs::PACKS.iter().collect(), paths: vec![path] };
    bencher.bench_local(|| Lexicon::load(&sources));
}

/// With the posts of all persons read.
#[divan::bench(args = [10_000, 100_000], sample_count = 10)]
fn made_ready(bencher: divan::Bencher<'_, '_>, count: usize) {
    let (_folder, path) = file(count);
    let sources = LexiconSources { packs: packs::PACKS.iter().collect(), paths: vec![path] };
    bencher.bench_local(|| Analyzer::new(Lexicon::load(&sources)));
}

#[divan::bench]
fn packs_alone(bencher: divan::Bencher<'_, '_>) {
    let sources = LexiconSources { packs: packs::PACKS.iter().collect(), paths: Vec::new() };
    bencher.bench_local(|| Lexicon::load(&sources));
}
