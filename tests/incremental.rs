//! Checking a draft after edits gives exactly what checking its text afresh gives, and the same every
//! time.

use std::{path::Path, sync::LazyLock};

use hegao::{
    check::{BlockCache, CheckedDraft, Project, ProjectOptions},
    text::DraftFormat,
};
use proptest::prelude::*;

static PROJECT: LazyLock<Project> =
    LazyLock::new(|| Project::open(Path::new("examples/jilin"), ProjectOptions::default()));

/// Pieces that make, break and move mentions, blocks, annotations and directives.
const PIECES: [&str; 28] = [
    "刘伟琰",
    "他",
    "该同志",
    "张书记",
    "省委常委、延边州委书记胡家福",
    "省委常委、宣传部长",
    "张恩惠",
    "阿东",
    "白山市",
    "通化县",
    "刘伟、吴海英、胡家福、蔡东",
    "疫情要防住、经济要稳住、发展要安全",
    "疫情要控住、经济要稳住、发展要安全",
    "发展要安全、经济要稳住",
    "[李伟](@li-wei-jl)",
    "[李明伟](@nobody)",
    "<!-- hegao: ignore -->",
    "<!-- hegao: ignore-start P201 -->",
    "<!-- hegao: ignore-end -->",
    "\n",
    "\n\n",
    "\r\n",
    "# ",
    "- ",
    "**",
    "，",
    "。",
    "𠮷😀",
];

fn snapshot(checked: &CheckedDraft) -> String {
    let analysis = &checked.analysis;
    format!("{:?}\n{:?}\n{:?}\n{:?}", analysis.mentions, analysis.roll_calls, analysis.anaphora, checked.findings)
}

fn check(text: &str, cache: &mut BlockCache) -> String {
    snapshot(&PROJECT.check(Some(Path::new("2022-07-10.md")), text, DraftFormat::Markdown, cache))
}

/// The boundary of a character at or before a share of the text.
fn boundary(text: &str, share: f64) -> usize {
    text.floor_char_boundary((text.len() as f64 * share) as usize)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn edits_and_a_fresh_check_agree(edits in prop::collection::vec((0.0..=1.0f64, 0.0..0.2f64, prop::sample::select(&PIECES[..])), 1..12)) {
        let mut text = std::fs::read_to_string("examples/jilin/drafts/2022-07-11-posts.md").unwrap();
        let mut cache = BlockCache::new();
        check(&text, &mut cache);
        for (at, length, piece) in edits {
            let start = boundary(&text, at);
            let end = boundary(&text, (at + length).min(1.0)).max(start);
            text.replace_range(start..end, piece);
            let edited = check(&text, &mut cache);
            prop_assert_eq!(&edited, &check(&text, &mut BlockCache::new()));
            prop_assert_eq!(&edited, &check(&text, &mut cache));
        }
    }

    #[test]
    fn any_text_is_checked_without_a_panic(text in "\\PC{0,200}", pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..20)) {
        check(&format!("{text}{}", pieces.concat()), &mut BlockCache::new());
        check(&format!("{}{text}", pieces.concat()), &mut BlockCache::new());
    }
}
