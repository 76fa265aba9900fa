//! X107: a fact without a source.

use super::{
    context::Audit,
    rule::{AuditRule, example},
};
use crate::{
    lang::{Message, Text},
    lexicon::{Entry, EntryData, Problem, ProblemCode},
};

pub(super) const RULE: AuditRule = AuditRule {
    code: ProblemCode::MissingSource,
    name: "missing-source",
    summary: Text { zh: "没有注明出处", en: "a fact without a source" },
    why: Text {
        zh: "编辑凭出处判断该信词库还是该信稿件。人物的出处可以写在每个职务下，也可以写在词条上；只有姓名的人物和文件词条不需要。整个文件都没有出处时只报告一次。",
        en: "By its source an editor decides whether to trust the lexicon or the draft. A person's sources stand with each post or with the entry; a person without posts and a document need none. A file without any source is reported once.",
    },
    bad: &[example(
        "[[organization]]\nid = \"jl-archives\"\nname = ⟦\"吉林省档案馆\"⟧\n\n[[organization]]\nid = \"jl-library\"\nname = \"吉林省图书馆\"\nsources = [\"官网\"]\n",
    )],
    good: &[example(
        "[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\n[[person.post]]\ntitle = \"吉林省副省长\"\nsources = [\"通稿\"]\n",
    )],
    check: Some(check),
};

fn check(audit: &Audit<'_>, problems: &mut Vec<Problem>) {
    let own: Vec<&Entry> = audit.own().map(|(_, entry)| entry).collect();
    own.chunk_by(|a, b| a.file == b.file).for_each(|file| of_file(audit, file, problems));
}

fn of_file(audit: &Audit<'_>, entries: &[&Entry], problems: &mut Vec<Problem>) {
    let lacking: Vec<&Entry> = entries.iter().copied().filter(|entry| lacks_source(entry)).collect();
    let report = |entry: &Entry, zh: String, en: String| {
        let span = audit.at(entry, &["name", "text", "preferred", "id"]);
        audit.problem(ProblemCode::MissingSource, entry, span, Message::new(zh, en))
    };
    match lacking.as_slice() {
        [] => {}
        [first, _, ..] if !entries.iter().any(|entry| has_any_source(entry)) => {
            let count = lacking.len();
            let zh = format!("此文件的 {count} 个词条都没有注明出处（sources）");
            problems.push(report(
                first,
                zh,
                format!("none of the {count} entries of this file names a source (sources)"),
            ));
        }
        lacking => problems.extend(lacking.iter().map(|entry| {
            let (zh, en) = (
                format!("{} 没有注明出处（sources）", entry.name()),
                format!("{} names no source (sources)", entry.name()),
            );
            report(entry, zh, en)
        })),
    }
}

fn lacks_source(entry: &Entry) -> bool {
    let of_posts = match &entry.data {
        EntryData::Document(_) => return false,
        EntryData::Person(person) => person.posts.iter().all(|post| !post.sources.is_empty()),
        _ => false,
    };
    entry.sources.is_empty() && !of_posts
}

fn has_any_source(entry: &Entry) -> bool {
    let of_a_post = entry.person().is_some_and(|person| person.posts.iter().any(|post| !post.sources.is_empty()));
    !entry.sources.is_empty() || of_a_post
}
