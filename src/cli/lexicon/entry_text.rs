//! Entries for people: `hegao lexicon show`.

use std::io::{self, Write};

use smol_str::SmolStr;

use super::entry_record::{Details, EntryRecord, PersonRecord, PlaceRecord, SloganRecord};
use crate::{cli::place::visible, lang::Lang};

/// A label in both languages, and what it labels; nothing is printed for an empty one.
pub(in crate::cli) type Row = ([&'static str; 2], String);

/// Prints an entry as of a day.
pub(super) fn write(record: &EntryRecord<'_>, as_of: &str, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let (kind, id, path, line) = (record.kind.in_words(lang), record.id, visible(&record.path), record.line);
    writeln!(out, "{}  {kind}  {id}  {path}:{line}", visible(record.name))?;
    let state = match (record.in_force, lang) {
        (Some(true), _) => String::new(),
        (Some(false), Lang::Zh) => format!("{as_of} 不在有效期内"),
        (Some(false), Lang::En) => format!("not in force on {as_of}"),
        (None, Lang::Zh) => format!("日期不够精确，{as_of} 是否有效不能确定"),
        (None, Lang::En) => format!("the dates do not tell whether it is in force on {as_of}"),
    };
    if !state.is_empty() {
        writeln!(out, "  {state}")?;
    }
    for (label, text) in rows(record, lang) {
        write_row(label, &text, lang, out)?;
    }
    match &record.details {
        Details::Person(person) => write_posts(person, as_of, lang, out)?,
        Details::Place(place) => write_versions(place, as_of, lang, out)?,
        _ => {}
    }
    write_row(["备注", "Note"], record.note.unwrap_or_default(), lang, out)?;
    record.sources.iter().try_for_each(|source| write_row(["来源", "Source"], source, lang, out))
}

fn write_row(label: [&str; 2], text: &str, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    match lang {
        Lang::Zh => writeln!(out, "  {}：{}", label[0], visible(text)),
        Lang::En => writeln!(out, "  {}: {}", label[1], visible(text)),
    }
}

pub(in crate::cli) fn rows(record: &EntryRecord<'_>, lang: Lang) -> Vec<Row> {
    match &record.details {
        Details::Person(person) => vec![
            (["别名", "Other names"], list(person.other_names, lang)),
            (["性别", "Gender"], gender_word(person.gender, lang).to_owned()),
        ],
        Details::Precedence(precedence) => vec![
            (["次序", "Order"], list(precedence.people, lang)),
            (["时间", "Time"], period(&precedence.start, &precedence.end)),
        ],
        Details::Place(place) => place_rows(place, lang),
        Details::Organization(organization) => vec![
            (["简称", "Short"], list(organization.short, lang)),
            (["上级", "Parent"], text(organization.parent)),
            (["属地", "Place"], text(organization.place)),
            (["存续", "Time"], period(&organization.start, &organization.end)),
            (["改为", "Successor"], text(organization.successor)),
        ],
        Details::Slogan(slogan) => slogan_rows(slogan, lang),
        Details::Term(term) => {
            vec![(["不用", "Deprecated"], list(term.deprecated, lang)), (["例外", "Except"], list(term.except, lang))]
        }
        Details::Document(document) => vec![
            (["简称", "Short"], list(document.short, lang)),
            (["发文", "Issuer"], text(document.issuer)),
            (["日期", "Date"], document.date.clone().unwrap_or_default()),
            (["全文", "Text"], text(document.text)),
        ],
    }
}

fn place_rows(place: &PlaceRecord<'_>, lang: Lang) -> Vec<Row> {
    vec![
        (["代码", "Code"], text(place.code)),
        (["层级", "Level"], level_word(place.level, lang).to_owned()),
        (["隶属", "Hierarchy"], place.hierarchy.join(" › ")),
        (["曾用名", "Former names"], place.former_names.join(separator(lang))),
        (["后继", "Successors"], list(place.successors, lang)),
    ]
}

fn slogan_rows(slogan: &SloganRecord<'_>, lang: Lang) -> Vec<Row> {
    let wrong: Vec<&str> = slogan.wrong.iter().map(|form| form.text).collect();
    vec![
        (["也可写作", "Variants"], list(slogan.variants, lang)),
        (["误作", "Wrong"], wrong.join(separator(lang))),
        (["组成", "Components"], list(slogan.components, lang)),
        (["内容", "Expands to"], text(slogan.expands)),
        (["出自", "Attribution"], list(slogan.attribution, lang)),
        (["时间", "Time"], period(&slogan.start, &slogan.end)),
        (["现用", "Superseded by"], text(slogan.superseded_by)),
    ]
}

/// The posts, those held on the day marked `●` and those that may be `○`.
fn write_posts(person: &PersonRecord<'_>, as_of: &str, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    if person.posts.is_empty() {
        return Ok(());
    }
    match lang {
        Lang::Zh => writeln!(out, "  职务（● {as_of} 在任）：")?,
        Lang::En => writeln!(out, "  Posts (● held on {as_of}):")?,
    }
    for post in &person.posts {
        writeln!(out, "    {} {}  {}", mark(post.held), visible(post.title), period(&post.start, &post.end))?;
        post.sources.iter().try_for_each(|source| writeln!(out, "        {}", visible(source)))?;
    }
    Ok(())
}

/// The states of a place, the one in force on the day marked `●`.
fn write_versions(place: &PlaceRecord<'_>, as_of: &str, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    match lang {
        Lang::Zh => writeln!(out, "  沿革（● {as_of} 有效）：")?,
        Lang::En => writeln!(out, "  History (● in force on {as_of}):")?,
    }
    for version in &place.versions {
        let time = period(&version.start, &version.end);
        let details = [version.code, version.parent, Some(time.as_str()), version.document];
        let details: Vec<&str> = details.into_iter().flatten().filter(|detail| !detail.is_empty()).collect();
        writeln!(
            out,
            "    {} {}",
            mark(version.in_force),
            visible(&format!("{}  {}", version.name, details.join("  "))).trim_end()
        )?;
    }
    Ok(())
}

/// `●` for what holds, `○` for what may hold.
fn mark(holds: Option<bool>) -> &'static str {
    match holds {
        Some(true) => "●",
        Some(false) => " ",
        None => "○",
    }
}

fn gender_word(gender: Option<&'static str>, lang: Lang) -> &'static str {
    match (gender, lang) {
        (Some("female"), Lang::Zh) => "女",
        (Some("male"), Lang::Zh) => "男",
        (other, _) => other.unwrap_or_default(),
    }
}

fn level_word(level: &'static str, lang: Lang) -> &'static str {
    match (lang, level) {
        (Lang::Zh, "province") => "省级",
        (Lang::Zh, "prefecture") => "地级",
        (Lang::Zh, "county") => "县级",
        (Lang::Zh, "township") => "乡级",
        (Lang::Zh, "functional-zone") => "功能区",
        (Lang::Zh, "region") => "地区（无行政建制）",
        _ => level,
    }
}

pub(in crate::cli) fn period(start: &Option<String>, end: &Option<String>) -> String {
    match (start, end) {
        (None, None) => String::new(),
        (start, end) => format!("{} – {}", start.as_deref().unwrap_or_default(), end.as_deref().unwrap_or_default())
            .trim()
            .to_owned(),
    }
}

fn list(texts: &[SmolStr], lang: Lang) -> String {
    texts.join(separator(lang))
}

fn separator(lang: Lang) -> &'static str {
    if lang == Lang::Zh { "；" } else { "; " }
}

fn text(text: Option<&str>) -> String {
    text.unwrap_or_default().to_owned()
}
