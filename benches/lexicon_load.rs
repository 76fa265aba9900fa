//! How long a lexicon takes to load: `cargo bench --bench lexicon_load`. For the memory that it takes, load
//! the file that [`people`] writes with `hegao check --lexicon` under `/usr/bin/time -v`.

use std::{fs, path::PathBuf};

use hegao::{
    analysis::Analyzer,
    lexicon::{Lexicon, LexiconSources, packs},
};
use tempfile::TempDir;

fn main() {
    divan::main();
}

/// A table of `count` people with made-up names and one post each, the same one for each count.
fn people(count: usize) -> String {
    let surnames: Vec<char> = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹".chars().collect();
    let given: Vec<char> = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文辉力永健世".chars().collect();
    let titles = ["市委书记", "副省长", "省委组织部部长", "县长", "市公安局局长", "省财政厅副厅长"];
    let mut table = String::from("id,name,gender,title,place,start,end,sources\n");
    // The steps of a linear congruential generator (Knuth, MMIX).
    let mut state = 7_u64;
    let mut next = |limit: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % limit
    };
    for id in 0..count {
        let name = [surnames[next(surnames.len())], given[next(given.len())], given[next(given.len())]];
        let (title, year) = (titles[next(titles.len())], 2000 + next(20));
        let name = String::from_iter(name);
        table += &format!("p{id},{name},male,{title},220000,{year}-03,{}-04,https://example.com/{id}\n", year + 3);
    }
    table
}

/// A file with a table of `count` people.
fn file(count: usize) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("people.csv");
    fs::write(&path, people(count)).expect("the temporary folder can be written");
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
