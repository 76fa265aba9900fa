//! TBX (ISO 30042): concepts with preferred, admitted and deprecated terms, in its versions of 2008
//! (`termEntry`, `langSet`, `tig`, `ntig`) and 2019 (`conceptEntry`, `langSec`, `termSec`; data categories as
//! attributes or as elements).
//!
//! The Chinese terms of a concept make a term of the lexicon, or a slogan if the preferred one has the term
//! type `phrase`. The file is read as a stream. A document type declaration is refused, since entities could
//! read other files or grow without bound.

use std::io::{self, BufRead, Read};

use quick_xml::{
    Reader, XmlVersion,
    encoding::DecodingReader,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};
use smol_str::SmolStr;

use super::{
    Fault, ImportOptions,
    imported::{At, Collector, Imported},
};
use crate::{
    lang::Message,
    lexicon::{
        entry::EntryKind,
        keys,
        write::{Fields, Naming},
    },
};

/// Term types of fixed wordings, in TBX-Basic and TBX-Default.
const PHRASES: [&str; 4] = ["phrase", "setPhrase", "phraseologicalUnit", "standardText"];

#[derive(Default)]
struct Concept {
    line: usize,
    id: String,
    notes: Vec<String>,
    definition: String,
    sources: Vec<SmolStr>,
    languages: Vec<Language>,
}

#[derive(Default)]
struct Language {
    tag: String,
    terms: Vec<TermSection>,
}

#[derive(Default)]
struct TermSection {
    text: String,
    status: String,
    kind: String,
    note: String,
}

impl TermSection {
    fn is_deprecated(&self) -> bool {
        self.status.starts_with("deprecatedTerm") || self.status.starts_with("supersededTerm")
    }

    fn is_preferred(&self) -> bool {
        self.status.starts_with("preferredTerm")
    }
}

/// Reads the concepts of a termbase.
pub(super) fn import(source: impl BufRead, options: &ImportOptions<'_>) -> Result<Imported, Fault> {
    let mut reader = Reader::from_reader(LineCounter { inner: DecodingReader::new(source), line: 1 });
    let mut walk = Walk { options_kind: options.kind, ..Walk::default() };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        let line = reader.get_ref().line;
        let malformed = |zh: String, en: String| Fault::from((At::Line(line), Message::new(zh, en)));
        let event = event.map_err(|error| match error {
            quick_xml::Error::Io(error) => Fault::Unreadable(io::Error::new(error.kind(), error.to_string())),
            error => malformed(format!("XML 有误：{error}"), format!("not well-formed XML: {error}")),
        })?;
        match event {
            Event::Eof => break,
            Event::DocType(_) => {
                let zh = "含有 DOCTYPE 声明。为安全起见不读取；请删去这一行再导入";
                let en = "there is a DOCTYPE declaration, which is refused for safety; remove it and import again";
                return Err(malformed(zh.to_owned(), en.to_owned()));
            }
            Event::Start(tag) => walk
                .start(&tag, line)
                .map_err(|error| malformed(format!("XML 有误：{error}"), format!("not well-formed XML: {error}")))?,
            Event::Empty(tag) => {
                walk.start(&tag, line).map_err(|error| {
                    malformed(format!("XML 有误：{error}"), format!("not well-formed XML: {error}"))
                })?;
                walk.end();
            }
            Event::End(_) => walk.end(),
            Event::Text(text) => walk.text.push_str(&text.xml10_content()),
            Event::CData(text) => walk.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(character)) => walk.text.push(character),
                Ok(None) if resolve_predefined_entity(&reference).is_some() => {
                    walk.text.push_str(resolve_predefined_entity(&reference).unwrap_or_default());
                }
                _ => {
                    let name = &*reference;
                    return Err(malformed(
                        format!("未定义的实体 &{name};"),
                        format!("the entity &{name}; is not defined"),
                    ));
                }
            },
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    if !walk.stack.is_empty() || !walk.has_body {
        let zh = "不是完整的 TBX 文件：应有 <tbx>（或 <martif>）及其中的 <body>";
        return Err((
            At::Line(reader.get_ref().line),
            Message::new(zh, "not a whole TBX file: <tbx> (or <martif>) with a <body> is expected"),
        )
            .into());
    }
    Ok(walk.collector.finish())
}

/// Where in the document the reader is, and the concept it is in.
#[derive(Default)]
struct Walk {
    options_kind: Option<EntryKind>,
    stack: Vec<Element>,
    text: String,
    concept: Concept,
    has_body: bool,
    collector: Collector,
}

struct Element {
    name: String,
    /// The data category: the attribute `type`, or the name of an element that is one.
    category: String,
    target: String,
}

impl Walk {
    fn start(&mut self, tag: &BytesStart<'_>, line: usize) -> Result<(), quick_xml::Error> {
        let attribute = |name: &str| -> Result<String, quick_xml::Error> {
            let found = tag.try_get_attribute(name)?;
            found
                .map(|found| found.normalized_value(XmlVersion::Implicit1_0).map(|value| value.into_owned()))
                .unwrap_or(Ok(String::new()))
        };
        let name = tag.local_name().as_ref().to_owned();
        let kind = attribute("type")?;
        let category = if kind.is_empty() { name.clone() } else { kind };
        match name.as_str() {
            "body" => self.has_body = true,
            "conceptEntry" | "termEntry" => self.concept = Concept { line, id: attribute("id")?, ..Concept::default() },
            "langSec" | "langSet" => {
                self.concept.languages.push(Language { tag: attribute("xml:lang")?.to_lowercase(), terms: Vec::new() });
            }
            "termSec" | "tig" | "ntig" => {
                if let Some(language) = self.concept.languages.last_mut() {
                    language.terms.push(TermSection::default());
                }
            }
            _ => {}
        }
        self.text.clear();
        self.stack.push(Element { name, category, target: attribute("target")? });
        Ok(())
    }

    fn end(&mut self) {
        let Some(element) = self.stack.pop() else { return };
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        let within = |names: &[&str]| self.stack.iter().any(|element| names.contains(&element.name.as_str()));
        if matches!(element.name.as_str(), "conceptEntry" | "termEntry") {
            return self.finish_concept();
        }
        if !within(&["conceptEntry", "termEntry"]) {
            return;
        }
        let in_term = within(&["termSec", "tig", "ntig"]);
        let term = self.concept.languages.last_mut().and_then(|language| language.terms.last_mut()).filter(|_| in_term);
        match (element.category.as_str(), term) {
            ("term", Some(term)) => term.text = text.to_owned(),
            ("administrativeStatus" | "normativeAuthorization", Some(term)) => term.status = text.to_owned(),
            ("termType", Some(term)) => term.kind = text.to_owned(),
            ("note" | "usageNote", Some(term)) => term.note = text.to_owned(),
            ("note", None) => self.concept.notes.push(text.to_owned()),
            ("definition", _) => self.concept.definition = text.to_owned(),
            ("source", _) => self.concept.sources.push(text.into()),
            ("externalCrossReference", _) => {
                self.concept.sources.push(if element.target.is_empty() { text.into() } else { element.target.into() });
            }
            _ if STRUCTURE.contains(&element.name.as_str()) => {}
            (category, _) => self.collector.leave_out(category),
        }
    }

    fn finish_concept(&mut self) {
        let concept = std::mem::take(&mut self.concept);
        let best = concept.languages.iter().filter_map(|language| Some((rank(&language.tag)?, language)));
        let Some((_, language)) = best.min_by_key(|(rank, _)| *rank) else {
            return self.collector.leave_out("concept without a Chinese term");
        };
        let fit = |term: &&TermSection| !term.text.is_empty() && !term.is_deprecated();
        let terms = || language.terms.iter();
        let preferred = terms().filter(fit).find(|term| term.is_preferred()).or_else(|| terms().find(fit));
        let Some(preferred) = preferred else {
            let zh = format!("概念 `{}` 没有规范用语，只有不用的说法", concept.id);
            let en = format!("the concept `{}` has no term to use, only deprecated ones", concept.id);
            return self.collector.fault(At::Line(concept.line), zh, en);
        };
        let is_phrase = PHRASES.contains(&preferred.kind.as_str());
        let kind = self.options_kind.unwrap_or(if is_phrase { EntryKind::Slogan } else { EntryKind::Term });
        let mut fields = Fields::default();
        let (id, naming) = self.collector.id(kind, &concept.id, &preferred.text);
        fields.set_text("id", id);
        fields.set_text(keys::name_key(kind), preferred.text.as_str());
        let others = || terms().filter(|term| !std::ptr::eq(*term, preferred) && !term.text.is_empty());
        let admitted: Vec<SmolStr> =
            others().filter(|term| !term.is_deprecated()).map(|term| term.text.as_str().into()).collect();
        if kind == EntryKind::Slogan {
            fields.set_list("variants", &admitted);
            fields.set_tables("wrong", others().filter(|term| term.is_deprecated()).map(wrong_form).collect());
        } else {
            admitted.iter().for_each(|_| self.collector.leave_out("admittedTerm"));
            let deprecated: Vec<SmolStr> =
                others().filter(|term| term.is_deprecated()).map(|term| term.text.as_str().into()).collect();
            fields.set_list("deprecated", &deprecated);
            others().filter(|term| !term.note.is_empty()).for_each(|_| self.collector.leave_out("note on a term"));
        }
        let note = concept.notes.into_iter().next().filter(|note| !note.is_empty()).unwrap_or(concept.definition);
        fields.set_text("note", note);
        fields.set_list("sources", &concept.sources);
        self.push(concept.line, kind, &fields, naming);
    }

    fn push(&mut self, line: usize, kind: EntryKind, fields: &Fields, naming: Naming) {
        self.collector.push(At::Line(line), kind, fields, naming);
    }
}

fn wrong_form(term: &TermSection) -> Fields {
    let mut form = Fields::default();
    form.set_text("text", term.text.as_str());
    form.set_text("note", term.note.as_str());
    form
}

/// Elements that only hold others.
const STRUCTURE: [&str; 14] = [
    "langSec",
    "langSet",
    "termSec",
    "tig",
    "ntig",
    "termGrp",
    "descripGrp",
    "termNoteGrp",
    "adminGrp",
    "transacGrp",
    "text",
    "body",
    "back",
    "hi",
];

/// How well a language tag stands for simplified Chinese, best first; `None` for another language.
fn rank(tag: &str) -> Option<u8> {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    let traditional = ["hant", "tw", "hk", "mo"].iter().any(|part| tag.split(['-', '_']).any(|subtag| subtag == *part));
    match (primary, traditional) {
        ("zh" | "zho" | "chi" | "cmn", false) => Some(0),
        ("zh" | "zho" | "chi" | "cmn", true) => Some(1),
        _ => None,
    }
}

/// Counts the lines that have been read.
struct LineCounter<R> {
    inner: R,
    line: usize,
}

impl<R: BufRead> Read for LineCounter<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for LineCounter<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        if let Ok(available) = self.inner.fill_buf() {
            self.line += memchr::memchr_iter(b'\n', &available[..length.min(available.len())]).count();
        }
        self.inner.consume(length);
    }
}
