//! `--format html`: a page for reading a draft with its mentions coloured by kind, and a card on each
//! that tells what the lexicon says of it that day.
//!
//! The page is one file without scripts and without references to anything outside it. On paper the
//! kinds are told apart by their underlines, and the entries stand behind the text.

use std::{
    collections::HashMap,
    fmt::Write as _,
    io::{self, Write},
};

use super::{
    Annotated, Annotator,
    layout::{Part, Piece, outermost, parts, pieces},
    mentioned::{Mentioned, entries},
};
use crate::{
    analysis::Mention,
    cli::{
        escape::escape,
        lexicon::{
            entry_record::{Details, PersonRecord, PostRecord},
            entry_text::{period, rows},
        },
    },
    lang::Lang,
    lexicon::{EntryIndex, EntryKind},
};

const STYLE: &str = include_str!("page.css");

/// One page a draft.
pub(super) struct Html;

impl Annotator for Html {
    fn draft(&mut self, draft: &Annotated<'_>, out: &mut dyn Write) -> io::Result<()> {
        let entries = entries(draft);
        let cards = entries.iter().map(|entry| (entry.index, card(entry, draft))).collect();
        let mut page = Page { draft, mentions: outermost(draft.checked), cards, out: String::new() };
        page.write(&entries);
        out.write_all(page.out.as_bytes())
    }
}

/// A page being written.
struct Page<'a> {
    draft: &'a Annotated<'a>,
    /// The mentions to be shown, by block.
    mentions: Vec<Vec<&'a Mention>>,
    /// What is said of each entry.
    cards: HashMap<EntryIndex, String>,
    out: String,
}

impl<'a> Page<'a> {
    fn write(&mut self, entries: &[Mentioned<'_>]) {
        let lang = if self.draft.lang == Lang::Zh { "zh-CN" } else { "en" };
        let title = escape(self.draft.title());
        let version = env!("CARGO_PKG_VERSION");
        self.line(&format!("<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">"));
        self.line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        self.line(&format!("<meta name=\"generator\" content=\"hegao {version}\">"));
        self.line(&format!("<title>{title}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>", STYLE));
        self.legend();
        let lang = self.draft.checked.draft.front_matter.lang.as_ref().map_or("zh-CN", |field| &field.value);
        self.line(&format!("<article lang=\"{}\">", escape(lang)));
        let parts = parts(self.draft.checked);
        parts.iter().for_each(|part| self.part(part));
        self.line("</article>");
        self.entries(entries);
        self.line("</main>\n</body>\n</html>");
    }

    /// Where the draft is, its day, and what the colours mean.
    fn legend(&mut self) {
        let as_of = self.draft.checked.as_of;
        let origin = as_of.origin.in_words();
        let day = match self.draft.lang {
            Lang::Zh => format!("按 <time>{}</time> 的情况（{}）", as_of.date, origin.zh),
            Lang::En => format!("As of <time>{}</time> ({})", as_of.date, origin.en),
        };
        self.line(&format!("<header>\n<p class=\"path\">{}</p>\n<p>{day}</p>\n<ul>", escape(self.draft.path)));
        for kind in EntryKind::MENTIONED {
            let shown = self.mentions.iter().flatten().filter(|mention| mention.kind == kind).count();
            if shown > 0 {
                let (class, word) = (kind.name(), kind.in_words(self.draft.lang));
                self.line(&format!("<li><span class=\"key {class}\">{word}</span> {shown}</li>"));
            }
        }
        let unsure = self.mentions.iter().flatten().filter(|mention| mention.entry.is_none()).count();
        if unsure > 0 {
            let word = self.say("所指未定", "ambiguous");
            self.line(&format!("<li><span class=\"key unsure\">{word}</span> {unsure}</li>"));
        }
        self.line("</ul>\n</header>");
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Heading(level, block) => self.element(&format!("h{level}"), "", *block),
            Part::Paragraph(block) => self.element("p", "", *block),
            Part::Byline(block) => self.element("p", " class=\"byline\"", *block),
            Part::List(items) => self.group("ul", "li", items),
            Part::Quote(paragraphs) => self.group("blockquote", "p", paragraphs),
            Part::Table(rows) => {
                self.line("<table>");
                for (index, row) in rows.iter().enumerate() {
                    let cell_name = if index == 0 { "th" } else { "td" };
                    self.out.push_str("<tr>");
                    for cell in row {
                        let _ = write!(self.out, "<{cell_name}>");
                        cell.iter().for_each(|block| self.content(*block));
                        let _ = write!(self.out, "</{cell_name}>");
                    }
                    self.line("</tr>");
                }
                self.line("</table>");
            }
        }
    }

    fn group(&mut self, group: &str, item: &str, blocks: &[usize]) {
        self.line(&format!("<{group}>"));
        blocks.iter().for_each(|block| self.element(item, "", *block));
        self.line(&format!("</{group}>"));
    }

    fn element(&mut self, name: &str, attributes: &str, block: usize) {
        let _ = write!(self.out, "<{name}{attributes}>");
        self.content(block);
        self.line(&format!("</{name}>"));
    }

    fn content(&mut self, block: usize) {
        let source = self.draft.text();
        for piece in pieces(&self.draft.checked.draft.blocks[block], &self.mentions[block], source) {
            let written = match piece {
                Piece::Text(text) | Piece::Address(text) => escape(text),
                Piece::Mention(mention) => self.mention(mention),
                Piece::Break => "<br>".to_owned(),
                Piece::Code(text) => format!("<code>{}</code>", escape(text)),
                Piece::Struck(text) => format!("<del>{}</del>", escape(text)),
                Piece::Image(text) => format!("<i class=\"image\">{}</i>", escape(text)),
            };
            self.out.push_str(&written);
        }
    }

    /// A mention with its card; following it leads to the entry behind the text.
    fn mention(&self, mention: &Mention) -> String {
        let candidates = Annotated::candidates(mention);
        let is_sure = mention.entry.is_some();
        let target = candidates.first().map_or("", |entry| self.draft.id(*entry));
        let unsure = if is_sure { "" } else { " unsure" };
        let mut cards = String::new();
        if !is_sure {
            let word = match self.draft.lang {
                Lang::Zh => format!("可指 {} 个词条", candidates.len()),
                Lang::En => format!("one of {} entries", candidates.len()),
            };
            let _ = write!(cards, "<span class=\"state\">{word}</span>");
        }
        cards.extend(candidates.iter().filter_map(|entry| self.cards.get(entry)).map(String::as_str));
        let (kind, text) = (mention.kind.name(), escape(&mention.text));
        format!(
            "<a class=\"mention {kind}{unsure}\" href=\"#entry-{}\">{text}<span class=\"card\">{cards}</span></a>",
            escape(target)
        )
    }

    /// The entries with their sources, for paper and for those who follow a mention.
    fn entries(&mut self, entries: &[Mentioned<'_>]) {
        if entries.is_empty() {
            return;
        }
        let heading = self.say("词条", "Entries");
        self.line(&format!("<section class=\"entries\">\n<h2>{heading}</h2>"));
        for entry in entries {
            let card = self.cards.get(&entry.index).cloned().unwrap_or_default();
            let sources: String = sources(entry).iter().map(|source| format!("<li>{}</li>", escape(source))).collect();
            let sources = if sources.is_empty() { sources } else { format!("<ul class=\"sources\">{sources}</ul>") };
            let (id, kind) = (escape(entry.record.id), entry.record.kind.name());
            self.line(&format!("<section id=\"entry-{id}\" class=\"entry {kind}\">{card}{sources}</section>"));
        }
        self.line("</section>");
    }

    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        if self.draft.lang == Lang::Zh { zh } else { en }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }
}

/// Where the facts on a card come from, each source once.
fn sources<'a>(entry: &Mentioned<'a>) -> Vec<&'a str> {
    let posts = match &entry.record.details {
        Details::Person(person) => person.posts.iter().filter(|post| post.held != Some(false)).collect(),
        _ => Vec::new(),
    };
    let of_posts = posts.into_iter().flat_map(|post| post.sources);
    let mut sources: Vec<&str> = Vec::new();
    for source in entry.record.sources.iter().chain(of_posts).map(|source| source.as_str()) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    sources
}

/// What the lexicon says of an entry on the draft's day, in inline elements: it stands inside a mention.
fn card(entry: &Mentioned<'_>, draft: &Annotated<'_>) -> String {
    let (record, lang) = (&entry.record, draft.lang);
    let say = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let (name, kind, id) = (escape(record.name), record.kind.in_words(lang), escape(record.id));
    let mut out = format!("<span class=\"name\"><b>{name}</b> <small>{kind} · {id}</small></span>");
    let state = match record.in_force {
        Some(true) => "",
        Some(false) => say("当日不在有效期内", "not in force that day"),
        None => say("日期不够精确，当日是否有效不能确定", "the dates do not tell whether it is in force that day"),
    };
    if !state.is_empty() {
        let _ = write!(out, "<span class=\"state\">{state}</span>");
    }
    if let Details::Person(person) = &record.details {
        posts(person, lang, &mut out);
    }
    for ([zh, en], text) in rows(record, lang).into_iter().filter(|(_, text)| !text.is_empty()) {
        match en {
            // What is wrong is for rules to say.
            "Wrong" => {}
            "Parent" | "Place" | "Successor" | "Successors" | "Superseded by" => {
                let separator = say("；", "; ");
                let names: Vec<&str> = text.split(separator).map(|reference| name_of(reference, draft)).collect();
                row(say(zh, en), &names.join(separator), &mut out);
            }
            _ => row(say(zh, en), &text, &mut out),
        }
    }
    out
}

/// The name of the entry that an id or a division code means; the reference itself if there is none.
fn name_of<'a>(reference: &'a str, draft: &Annotated<'a>) -> &'a str {
    let (lexicon, day) = (draft.project.lexicon(), draft.checked.as_of.date);
    let found = lexicon.find(reference).or_else(|| lexicon.place_ref(reference, day));
    let name = |index| lexicon.version_on(index, day).map_or(lexicon.entry(index).name(), |version| &version.name);
    found.map_or(reference, name)
}

/// The posts of the day, and those that may be.
fn posts(person: &PersonRecord<'_>, lang: Lang, out: &mut String) {
    let say = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let with =
        |held: Option<bool>| -> Vec<&PostRecord<'_>> { person.posts.iter().filter(|post| post.held == held).collect() };
    let (held, perhaps) = (with(Some(true)), with(None));
    if held.is_empty() && perhaps.is_empty() && !person.posts.is_empty() {
        let word = say("词库没有当日任职的记录", "the lexicon has no post held that day");
        let _ = write!(out, "<span class=\"state\">{word}</span>");
    }
    for (label, posts) in [(say("当日任职", "That day"), held), (say("或在任", "Perhaps"), perhaps)] {
        for (index, post) in posts.into_iter().enumerate() {
            let time = period(&post.start, &post.end);
            let text = if time.is_empty() { post.title.to_owned() } else { format!("{}　{time}", post.title) };
            row(if index == 0 { label } else { "" }, &text, out);
        }
    }
}

fn row(label: &str, text: &str, out: &mut String) {
    let _ = write!(out, "<span class=\"row\"><i>{label}</i><span>{}</span></span>", escape(text));
}
