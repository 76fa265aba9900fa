//! `--format tei`: TEI P5 (<https://tei-c.org/guidelines/p5/>).
//!
//! Persons, places and organizations are `persName`, `placeName` and `orgName`, slogans `rs`, terms
//! `term` and documents `title`, each with a `ref` to what the stand-off part says of the entry. An id
//! that begins with a digit, which XML does not allow, has `_` before it. A mention that can stand for
//! several entries refers to all of them, with unknown certainty.

use std::{
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
    check::AsOfOrigin,
    cli::{escape::escape, lexicon::entry_record::Details},
    lexicon::EntryKind,
};

/// One TEI document a draft.
pub(super) struct Tei;

impl Annotator for Tei {
    fn draft(&mut self, draft: &Annotated<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut document = Document { draft, mentions: outermost(draft.checked), out: String::new() };
        document.write();
        out.write_all(document.out.as_bytes())
    }
}

/// A document being written.
struct Document<'a> {
    draft: &'a Annotated<'a>,
    /// The mentions to be shown, by block.
    mentions: Vec<Vec<&'a Mention>>,
    out: String,
}

impl<'a> Document<'a> {
    fn write(&mut self) {
        let lang = self.draft.checked.draft.front_matter.lang.as_ref().map_or("zh", |field| &field.value);
        self.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        self.line(&format!("<TEI xmlns=\"http://www.tei-c.org/ns/1.0\" xml:lang=\"{}\">", escape(lang)));
        self.header();
        self.stand_off();
        self.text();
        self.line("</TEI>");
    }

    fn header(&mut self) {
        let AsOfDate { date, is_the_drafts } = AsOfDate::of(self.draft);
        let (title, path) = (escape(self.draft.title()), escape(self.draft.path));
        self.line("<teiHeader>\n<fileDesc>");
        self.line(&format!("<titleStmt><title>{title}</title></titleStmt>"));
        self.line("<publicationStmt><p>Draft</p></publicationStmt>");
        self.line(&format!("<sourceDesc><p>{path}</p></sourceDesc>"));
        self.line("</fileDesc>\n<encodingDesc>");
        let version = env!("CARGO_PKG_VERSION");
        self.line(&format!(
            "<appInfo><application ident=\"hegao\" version=\"{version}\"><label>hegao</label></application></appInfo>"
        ));
        self.line(&format!(
            "<editorialDecl><interpretation><p>Entries as of <date when=\"{date}\">{date}</date></p></interpretation></editorialDecl>"
        ));
        self.line("</encodingDesc>");
        if is_the_drafts {
            self.line(&format!("<profileDesc><creation><date when=\"{date}\">{date}</date></creation></profileDesc>"));
        }
        self.line("</teiHeader>");
    }

    /// What the lexicon says of the entries.
    fn stand_off(&mut self) {
        let entries = entries(self.draft);
        if entries.is_empty() {
            return;
        }
        self.line("<standOff>");
        for of_kind in entries.chunk_by(|a, b| a.record.kind == b.record.kind) {
            let (open, close) = match of_kind[0].record.kind {
                EntryKind::Person => ("<listPerson>", "</listPerson>"),
                EntryKind::Place => ("<listPlace>", "</listPlace>"),
                EntryKind::Organization => ("<listOrg>", "</listOrg>"),
                EntryKind::Document => ("<listBibl>", "</listBibl>"),
                EntryKind::Term => ("<interpGrp type=\"term\">", "</interpGrp>"),
                EntryKind::Slogan | EntryKind::Precedence => ("<interpGrp type=\"slogan\">", "</interpGrp>"),
            };
            self.line(open);
            of_kind.iter().for_each(|entry| self.entry(entry));
            self.line(close);
        }
        self.line("</standOff>");
    }

    fn entry(&mut self, entry: &Mentioned<'_>) {
        let (id, name) = (xml_id(entry.record.id), escape(entry.record.name));
        let line = match &entry.record.details {
            Details::Person(person) => {
                let posts = person.posts.iter().map(|post| {
                    let times = times(post.start.as_deref(), post.end.as_deref());
                    format!("<occupation{times}>{}</occupation>", escape(post.title))
                });
                let posts: String = posts.collect();
                format!("<person xml:id=\"{id}\"><persName>{name}</persName>{posts}</person>")
            }
            Details::Place(place) => {
                let above = place.hierarchy.join(" › ");
                let described = if above.is_empty() { above } else { format!("<desc>{}</desc>", escape(&above)) };
                let code = place.code.map(|code| format!("<idno type=\"GB-T-2260\">{}</idno>", escape(code)));
                let code = code.unwrap_or_default();
                format!("<place xml:id=\"{id}\"><placeName>{name}</placeName>{described}{code}</place>")
            }
            Details::Organization(_) => format!("<org xml:id=\"{id}\"><orgName>{name}</orgName></org>"),
            Details::Document(document) => {
                let date = document.date.as_deref().map(|date| format!("<date when=\"{date}\">{date}</date>"));
                let date = date.unwrap_or_default();
                format!("<bibl xml:id=\"{id}\"><title>{name}</title>{date}</bibl>")
            }
            _ => format!("<interp xml:id=\"{id}\">{name}</interp>"),
        };
        self.line(&line);
    }

    fn text(&mut self) {
        self.line("<text>\n<body>");
        let parts = parts(self.draft.checked);
        // The levels of the divisions that are open.
        let mut open: Vec<u8> = Vec::new();
        for part in &parts {
            if let Part::Heading(level, _) = part {
                while open.last().is_some_and(|last| last >= level) {
                    open.pop();
                    self.line("</div>");
                }
                open.push(*level);
                self.line("<div>");
            }
            self.part(part);
        }
        open.iter().for_each(|_| self.line("</div>"));
        if parts.is_empty() {
            self.line("<p/>");
        }
        self.line("</body>\n</text>");
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Heading(_, block) => self.element("head", "", *block),
            Part::Paragraph(block) => self.element("p", "", *block),
            Part::Byline(block) => self.element("ab", " type=\"byline\"", *block),
            Part::List(items) => self.group("list", "item", items),
            Part::Quote(paragraphs) => self.group("quote", "p", paragraphs),
            Part::Table(rows) => {
                self.line("<table>");
                for row in rows {
                    self.out.push_str("<row>");
                    for cell in row {
                        self.out.push_str("<cell>");
                        cell.iter().for_each(|block| self.content(*block));
                        self.out.push_str("</cell>");
                    }
                    self.line("</row>");
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
                Piece::Break => "<lb/>".to_owned(),
                Piece::Code(text) => format!("<code>{}</code>", escape(text)),
                Piece::Struck(text) => format!("<del>{}</del>", escape(text)),
                Piece::Image(text) => format!("<figure><figDesc>{}</figDesc></figure>", escape(text)),
            };
            self.out.push_str(&written);
        }
    }

    fn mention(&self, mention: &Mention) -> String {
        let (name, kind) = match mention.kind {
            EntryKind::Person => ("persName", ""),
            EntryKind::Place => ("placeName", ""),
            EntryKind::Organization => ("orgName", ""),
            EntryKind::Term => ("term", ""),
            EntryKind::Document => ("title", ""),
            EntryKind::Slogan | EntryKind::Precedence => ("rs", " type=\"slogan\""),
        };
        let references: Vec<String> =
            self.draft.ids(mention).into_iter().map(|id| format!("#{}", xml_id(id))).collect();
        let certainty = if mention.entry.is_some() { "" } else { " cert=\"unknown\"" };
        let (references, text) = (references.join(" "), escape(&mention.text));
        format!("<{name}{kind} ref=\"{references}\"{certainty}>{text}</{name}>")
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }
}

/// The day for which facts are told.
struct AsOfDate {
    date: String,
    /// Whether the draft itself says it.
    is_the_drafts: bool,
}

impl AsOfDate {
    fn of(draft: &Annotated<'_>) -> Self {
        let as_of = draft.checked.as_of;
        let is_the_drafts = matches!(as_of.origin, AsOfOrigin::FrontMatter | AsOfOrigin::FileName);
        Self { date: as_of.date.to_string(), is_the_drafts }
    }
}

/// The id of an entry as an XML name.
fn xml_id(id: &str) -> String {
    if id.starts_with(|first: char| first.is_ascii_digit()) { format!("_{id}") } else { escape(id) }
}

fn times(start: Option<&str>, end: Option<&str>) -> String {
    let start = start.map(|start| format!(" from=\"{start}\"")).unwrap_or_default();
    let end = end.map(|end| format!(" to=\"{end}\"")).unwrap_or_default();
    start + &end
}
