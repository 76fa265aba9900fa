//! How fast drafts are read with all packs and the sample lexicon: `cargo bench --bench recognition`. On the
//! tagged corpus, `cargo run --release --example evaluate` measures the same.

use std::{fs, path::Path};

use divan::counter::BytesCount;
use hegao::{
    analysis::Analyzer,
    lexicon::{Lexicon, LexiconSources, packs},
    text::{Draft, DraftFormat},
};

fn main() {
    divan::main();
}

fn analyzer() -> Analyzer {
    let lexicon = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/jilin/lexicon");
    Analyzer::new(Lexicon::load(&LexiconSources { packs: packs::PACKS.iter().collect(), paths: vec![lexicon] }))
}

/// The sample drafts, a hundred times over.
fn draft() -> Draft {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/jilin/drafts");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the sample drafts").map(|item| item.expect("a draft").path()).collect();
    paths.sort();
    let text: String = paths.iter().map(|path| fs::read_to_string(path).expect("a draft") + "\n\n").collect();
    Draft::parse(text.repeat(100), DraftFormat::Plain)
}

fn bytes(draft: &Draft) -> BytesCount {
    BytesCount::new(draft.blocks.iter().map(|block| block.content.text.len()).sum::<usize>())
}

/// The first pass alone: all surface forms.
#[divan::bench]
fn surface_forms(bencher: divan::Bencher<'_, '_>) {
    let (analyzer, draft) = (analyzer(), draft());
    let forms = analyzer.lexicon().forms();
    bencher
        .counter(bytes(&draft))
        .bench_local(|| draft.blocks.iter().map(|block| forms.matches(&block.content.text).len()).sum::<usize>());
}

/// Mentions, posts and near formulations of every block.
#[divan::bench]
fn blocks(bencher: divan::Bencher<'_, '_>) {
    let (analyzer, draft) = (analyzer(), draft());
    bencher.counter(bytes(&draft)).bench_local(|| {
        draft.blocks.iter().map(|block| analyzer.analyze_block(&block.content).candidates.len()).sum::<usize>()
    });
}
