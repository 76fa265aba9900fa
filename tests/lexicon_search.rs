//! Searching a lexicon by characters, pinyin and initials.

use std::sync::LazyLock;

use hegao::lexicon::{EntryKind, Lexicon, LexiconSources, SearchIndex, SearchOptions, SearchRank, packs};

const PEOPLE: &str = "id,name,other_names\nhu-jiafu,胡家福,\nhua-jf,华建丰,\nshan-tf,单田方,\nyuchi,尉迟恭明,\nlv,吕晓明,\nle,李乐,小乐\nwu,吴海英,\nwu-2,吴海,\nzhang,张海英,\n";

static INDEXED: LazyLock<(Lexicon, SearchIndex)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.csv");
    std::fs::write(&path, PEOPLE).unwrap();
    let lexicon = Lexicon::load(&LexiconSources { packs: packs::PACKS.iter().collect(), paths: vec![path] });
    assert_eq!(lexicon.problems(), []);
    let index = SearchIndex::build(&lexicon);
    (lexicon, index)
});

/// The ids found, with their ranks; the first few of them.
fn check(query: &str, kinds: &[EntryKind], expected: &[(&str, SearchRank)]) {
    let (lexicon, index) = &*INDEXED;
    let hits = index.search(query, &SearchOptions { kinds, limit: expected.len().max(1) });
    let found: Vec<(&str, SearchRank)> =
        hits.iter().map(|hit| (lexicon.entry(hit.entry).id.as_str(), hit.rank)).collect();
    assert_eq!(found, expected, "{query}");
}

#[test]
fn people_are_found_however_they_are_typed() {
    let person = |query: &str, expected: &[(&str, SearchRank)]| check(query, &[EntryKind::Person], expected);
    use SearchRank::*;
    person("胡家福", &[("hu-jiafu", Exact)]);
    person("胡家", &[("hu-jiafu", Prefix)]);
    person("家福", &[("hu-jiafu", Substring)]);
    person("hujiafu", &[("hu-jiafu", Exact)]);
    person("Hu Jia'fu", &[("hu-jiafu", Exact)]);
    person("hujia", &[("hu-jiafu", Prefix)]);
    person("hujiaf", &[("hu-jiafu", Initials)]);
    person("hjf", &[("hu-jiafu", Initials), ("hua-jf", Initials)]);
    person("胡jf", &[("hu-jiafu", Initials)]);
    person("hj福", &[("hu-jiafu", Initials)]);
    person("吴海", &[("wu-2", Exact), ("wu", Prefix)]);
    person("haiying", &[("wu", Substring), ("zhang", Substring)]);
    person("shantianfang", &[("shan-tf", Exact)]);
    person("stf", &[("shan-tf", Initials)]);
    person("dantianfang", &[]);
    person("yuchigongming", &[("yuchi", Exact)]);
    person("lvxiaoming", &[("lv", Exact)]);
    person("lüxiaoming", &[("lv", Exact)]);
    person("lyuxiaoming", &[("lv", Exact)]);
    person("liyue", &[("le", Exact)]);
    person("lile", &[("le", Exact)]);
    person("xiaole", &[("le", Exact)]);
    person("qqqq", &[]);
    person("", &[]);
    person("、，", &[]);
}

#[test]
fn places_of_the_packs_are_found_by_their_own_readings() {
    let place = |query: &str, id: &str| check(query, &[EntryKind::Place], &[(id, SearchRank::Exact)]);
    place("luan'shi", "cn-341500");
    place("bengbushi", "cn-340300");
    place("laotingxian", "cn-130225");
    place("xiamenshi", "cn-350200");
    place("chongqingshi", "cn-500000");
    place("changchunshi", "cn-220100");
    place("公主岭市", "cn-220184");
}
