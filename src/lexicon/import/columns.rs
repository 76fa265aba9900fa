//! Which column of a table is which key of the lexicon.

use std::sync::LazyLock;

use crate::lexicon::{entry::EntryKind, keys};

/// A column of a table with the key it was read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnUse {
    /// The heading.
    pub heading: String,
    /// The keys it gives: one, or one for each kind of entry in a mixed table.
    pub keys: Vec<&'static str>,
    /// How it is known.
    pub source: ColumnSource,
}

/// How the meaning of a column is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnSource {
    /// It is hegao's own column name; its cells are read as those of a lexicon file.
    Own,
    /// A known heading; its cells are read as people write them.
    Heading,
    /// Told by `--map`.
    Told,
    /// A known heading of something that is no part of an entry, such as a running number.
    Meaningless,
    /// Not known: its cells are left out.
    Unknown,
}

struct Heading {
    heading: String,
    kinds: Vec<EntryKind>,
    key: &'static str,
}

static HEADINGS: LazyLock<Vec<Heading>> = LazyLock::new(|| {
    let table = include_str!("headings.csv");
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(table.as_bytes());
    let rows = reader.deserialize::<(String, String, String)>().filter_map(Result::ok);
    let read = |(heading, kinds, key): (String, String, String)| {
        let kinds: Vec<EntryKind> = kinds.split_whitespace().filter_map(keys::kind_named).collect();
        Some(Heading { heading, kinds, key: known_key(&key)? })
    };
    rows.filter_map(read).collect()
});

/// The key of this name, `kind` and `-` (nothing) included.
pub(super) fn known_key(name: &str) -> Option<&'static str> {
    let of_kinds = EntryKind::ALL.into_iter().flat_map(keys::columns);
    of_kinds.chain(["kind", "-"]).find(|key| *key == name)
}

/// What a heading stands for in a table of `kind`, with how that is known.
pub(super) fn key_of(heading: &str, kind: EntryKind) -> Option<(&'static str, ColumnSource)> {
    let own = keys::columns(kind).into_iter().chain(["kind"]).find(|key| *key == heading.trim());
    if let Some(key) = own {
        return Some((key, ColumnSource::Own));
    }
    let compared = compared(heading);
    let has_key = |key: &str| matches!(key, "-" | "kind") || keys::columns(kind).contains(&key);
    let known = HEADINGS.iter().find(|known| {
        known.heading == compared && has_key(known.key) && (known.kinds.is_empty() || known.kinds.contains(&kind))
    });
    let own = || keys::columns(kind).into_iter().find(|key| key.replace('_', "") == compared);
    let known = known.map(|known| known.key).or_else(own)?;
    Some((known, if known == "-" { ColumnSource::Meaningless } else { ColumnSource::Heading }))
}

/// The heading without case, spaces, underscores and what stands in brackets.
fn compared(heading: &str) -> String {
    let mut text = heading.trim().to_lowercase();
    for (open, close) in [('（', '）'), ('(', ')'), ('[', ']'), ('【', '】')] {
        if let (Some(start), Some(end)) = (text.find(open), text.rfind(close))
            && start < end
        {
            text.replace_range(start..end + close.len_utf8(), "");
        }
    }
    text.retain(|character| !character.is_whitespace() && !matches!(character, '_' | '：' | ':' | '*'));
    text
}

/// The kind of entry that a table with these headings is about: the one most of whose keys it has.
pub(super) fn kind_of(headings: &[String]) -> Option<EntryKind> {
    let score = |kind: EntryKind| {
        let found: Vec<&str> =
            headings.iter().filter_map(|heading| key_of(heading, kind)).map(|(key, _)| key).collect();
        let required = if kind == EntryKind::Precedence { vec!["people"] } else { keys::required(kind) };
        let complete = required.iter().all(|key| found.contains(key));
        let own = found.iter().filter(|key| !matches!(**key, "id" | "kind" | "sources" | "note" | "-"));
        if complete { own.count() } else { 0 }
    };
    let mut scored: Vec<(usize, EntryKind)> = EntryKind::ALL.into_iter().map(|kind| (score(kind), kind)).collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    match scored.as_slice() {
        [(first, kind), (second, _), ..] if first > second => Some(*kind),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headings: &str, kind: Option<EntryKind>, keys: &str) {
        let headings: Vec<String> = headings.split(' ').map(str::to_owned).collect();
        assert_eq!(kind_of(&headings), kind, "{headings:?}");
        let Some(kind) = kind else { return };
        let read: Vec<&str> =
            headings.iter().map(|heading| key_of(heading, kind).map_or("?", |(key, _)| key)).collect();
        assert_eq!(read.join(" "), keys, "{headings:?}");
    }

    #[test]
    fn headings_in_chinese_and_english_are_known() {
        check(
            "序号 姓名 性别 职务 任职时间（年月） 离任时间 民族",
            Some(EntryKind::Person),
            "- name gender title start end ?",
        );
        check(
            "Name Aliases Gender Position Start_Date Source",
            Some(EntryKind::Person),
            "name other_names gender title start sources",
        );
        check("机构名称 简称 上级机构 行政区划代码", Some(EntryKind::Organization), "name short parent place");
        check("地名 级别 行政区划代码 上级", Some(EntryKind::Place), "name level code parent");
        check("标准表述 错误表述 出处", Some(EntryKind::Slogan), "text wrong sources");
        check("规范用语 不规范用语 例外", Some(EntryKind::Term), "preferred deprecated except");
        check("标题 发文机关 发文日期", Some(EntryKind::Document), "title issuer date");
        check("甲 乙", None, "");
    }

    #[test]
    fn every_line_of_the_table_names_a_key_and_is_compared_as_written() {
        let lines = include_str!("headings.csv").lines().filter(|line| !line.starts_with('#')).skip(1);
        assert_eq!(lines.count(), HEADINGS.len(), "a line of headings.csv names no key");
        for known in HEADINGS.iter() {
            assert_eq!(compared(&known.heading), known.heading);
            for kind in &known.kinds {
                assert!(keys::columns(*kind).contains(&known.key), "{} is no key of {}", known.key, kind.name());
            }
        }
    }
}
