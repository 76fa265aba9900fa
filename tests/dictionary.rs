//! The dictionary takes some tenths of a second to load: a draft without a doubtful window does not load it.

use hegao::{
    analysis,
    check::{BlockCache, Project, ProjectOptions},
    text::DraftFormat,
};

#[test]
fn only_a_doubtful_window_loads_the_dictionary() {
    let project = Project::open("examples/jilin".as_ref(), ProjectOptions::default());
    let check = |text: &str| {
        project.check(Some("2022-07-10.md".as_ref()), text, DraftFormat::Markdown, &mut BlockCache::new());
        analysis::is_warm()
    };
    assert!(!check("省委副书记刘伟到白城市调研。\n\n省委常委、延边州委书记胡家福，省委常委、统战部长吴海英出席。\n"));
    assert!(!check("刘伟、胡家福、吴海英等参加。李伟明天赴长春市，胡家福表示祝贺。\n"));
    assert!(check("张忠实介绍了情况。\n"), "a word crosses the end of the name");
}
