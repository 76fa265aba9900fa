//! Findings as comments in a copy of a document.
//!
//! A comment is three things (ECMA-376 part 1, 17.13.4): an entry in `word/comments.xml`, marks around the
//! words in the body, and a reference behind them. A run of text is split where words begin or end inside
//! it. Comments on a footnote stand at its reference in the body.

use std::collections::HashMap;

use quick_xml::{
    Writer,
    events::{BytesStart, Event},
};

use super::{
    BODY, NOTES,
    package::Package,
    walk::{Step, name_of, walk},
};
use crate::{cli::escape::escape, lang::Message, text::Span};

const COMMENTS: &str = "word/comments.xml";
const RELATIONS: &str = "word/_rels/document.xml.rels";
const TYPES: &str = "[Content_Types].xml";
const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A comment on words of the document's text.
pub(in crate::cli) struct Comment {
    /// Bytes of the text.
    pub span: Span,
    pub text: String,
}

/// A copy of the document with the comments in it.
pub(in crate::cli) fn annotate(bytes: &[u8], comments: &[Comment]) -> Result<Vec<u8>, Message> {
    let mut package = Package::open(bytes)?;
    let body = package.required(BODY)?;
    let present = package.part(COMMENTS)?;
    let first_id = present.as_deref().map_or(0, next_id);
    let body_length = length(&body)?;
    let mut by_note: HashMap<(usize, String), Vec<usize>> = HashMap::new();
    let mut start = body_length;
    for (kind, part) in NOTES.iter().enumerate() {
        if let Some(xml) = package.part(part)? {
            start = place_in_notes(&xml, start, comments, |index, note| {
                by_note.entry((kind, note)).or_default().push(first_id + index);
            })?;
        }
    }
    let in_body = comments.iter().enumerate().filter(|(_, comment)| comment.span.start < body_length);
    let marks = in_body.map(|(index, comment)| (first_id + index, comment.span)).collect();
    let body = Marker::new(marks, by_note).mark(&body)?;
    let relations = package.part(RELATIONS)?.unwrap_or_else(|| {
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>".into()
    });
    let types = package.required(TYPES)?;
    let mut parts = vec![(BODY, body), (COMMENTS, list(present.as_deref(), first_id, comments)?)];
    if present.is_none() {
        let relation = "<Relationship Id=\"rIdHegaoComments\" Type=\"http://schemas.openxmlformats.org/officeDocument/\
            2006/relationships/comments\" Target=\"comments.xml\"/>";
        let kind = "<Override PartName=\"/word/comments.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.\
            wordprocessingml.comments+xml\"/>";
        parts.push((RELATIONS, inserted(&relations, "Relationships", relation)?));
        parts.push((TYPES, inserted(&types, "Types", kind)?));
    }
    package.with(&parts)
}

/// The bytes of text in a part.
fn length(xml: &str) -> Result<usize, Message> {
    let mut length = 0;
    walk(xml, |_, step| length += text_of(step).len())?;
    Ok(length)
}

fn text_of(step: Step<'_>) -> &str {
    match step {
        Step::Text(text) => text,
        Step::None => "",
    }
}

/// Calls `place` with each comment on a note and the note's id; `start` is where the text of the part
/// begins. Returns where it ends.
fn place_in_notes(
    xml: &str,
    start: usize,
    comments: &[Comment],
    mut place: impl FnMut(usize, String),
) -> Result<usize, Message> {
    let (mut at, mut note) = (start, String::new());
    walk(xml, |event, step| {
        if let Event::Start(tag) = event
            && matches!(name_of(tag.name()).as_str(), "w:footnote" | "w:endnote")
        {
            note = id_of(tag);
        }
        let end = at + text_of(step).len();
        let here = comments.iter().enumerate().filter(|(_, comment)| (at..end).contains(&comment.span.start));
        here.for_each(|(index, _)| place(index, note.clone()));
        at = end;
    })?;
    Ok(at)
}

fn id_of(tag: &BytesStart<'_>) -> String {
    let attribute = tag.try_get_attribute("w:id").ok().flatten();
    attribute.map(|attribute| name_of(&attribute.value)).unwrap_or_default()
}

/// The number after those of the comments that are there.
fn next_id(comments: &str) -> usize {
    let ids = comments.split("w:id=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<usize>().ok());
    ids.max().map_or(0, |last| last + 1)
}

/// The list of comments, added to the one that is there.
fn list(present: Option<&str>, first_id: usize, comments: &[Comment]) -> Result<String, Message> {
    let entries = comments.iter().enumerate().map(|(index, comment)| {
        let paragraphs = comment
            .text
            .lines()
            .map(|line| format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escape(line)));
        let paragraphs: String = paragraphs.collect();
        let id = first_id + index;
        format!("<w:comment w:id=\"{id}\" w:author=\"hegao\" w:initials=\"hg\">{paragraphs}</w:comment>")
    });
    let entries: String = entries.collect();
    let empty = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"{NAMESPACE}\"></w:comments>"
    );
    inserted(present.unwrap_or(&empty), "w:comments", &entries)
}

/// The part with `more` before the end of its root element.
fn inserted(xml: &str, root: &str, more: &str) -> Result<String, Message> {
    if let Some(end) = xml.rfind(&format!("</{root}>")) {
        return Ok(format!("{}{more}{}", &xml[..end], &xml[end..]));
    }
    // An element without content.
    let open = xml.rfind("/>").filter(|_| xml.contains(&format!("<{root}")));
    let end = open.ok_or_else(|| {
        Message::new(
            format!("文档中没有 <{root}>，不能加批注"),
            format!("there is no <{root}>; comments cannot be added"),
        )
    })?;
    Ok(format!("{}>{more}</{root}>", &xml[..end]))
}

/// Puts marks into the body.
struct Marker {
    /// Places of the text and the marks there, in order: ends before starts.
    marks: Vec<(usize, Mark)>,
    /// Comments by kind and id of the note they are on.
    by_note: HashMap<(usize, String), Vec<usize>>,
    writer: Writer<Vec<u8>>,
    /// Where the text has come to.
    at: usize,
    /// The first mark that is still to be written.
    next: usize,
    /// The properties of the open run, as written; where they began while they are being written.
    properties: Vec<u8>,
    properties_from: Option<usize>,
    in_run: bool,
    in_words: bool,
    /// Comments on a note that the open run refers to.
    pending: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    End(usize),
    Start(usize),
}

impl Marker {
    fn new(comments: Vec<(usize, Span)>, by_note: HashMap<(usize, String), Vec<usize>>) -> Self {
        let mut marks: Vec<(usize, Mark)> = Vec::new();
        for (id, span) in comments {
            // Words are marked, not places between them.
            let end = span.end.max(span.start + 1);
            marks.extend([(span.start, Mark::Start(id)), (end, Mark::End(id))]);
        }
        marks.sort_unstable();
        Self {
            marks,
            by_note,
            writer: Writer::new(Vec::new()),
            at: 0,
            next: 0,
            properties: Vec::new(),
            properties_from: None,
            in_run: false,
            in_words: false,
            pending: Vec::new(),
        }
    }

    fn mark(mut self, xml: &str) -> Result<String, Message> {
        walk(xml, |event, step| self.event(event, step))?;
        Ok(String::from_utf8_lossy(&self.writer.into_inner()).into_owned())
    }

    fn event(&mut self, event: &Event<'_>, step: Step<'_>) {
        match event {
            Event::Start(tag) => self.before_start(&name_of(tag.name()), tag),
            Event::Empty(tag) => self.note_reference(tag),
            Event::End(tag) if name_of(tag.name()) == "w:p" => self.write_marks_of_line(),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if self.in_words => {
                return self.words(text_of(step), event);
            }
            _ => {}
        }
        self.write(event);
        self.at += text_of(step).len();
        if let Event::End(tag) = event {
            self.after_end(&name_of(tag.name()));
        }
    }

    fn before_start(&mut self, name: &str, tag: &BytesStart<'_>) {
        match name {
            "w:r" => {
                self.in_run = true;
                self.properties.clear();
            }
            "w:rPr" if self.in_run => self.properties_from = Some(self.writer.get_ref().len()),
            "w:t" => self.in_words = true,
            _ => self.note_reference(tag),
        }
    }

    fn after_end(&mut self, name: &str) {
        match name {
            "w:rPr" => {
                if let Some(from) = self.properties_from.take() {
                    self.properties = self.writer.get_ref()[from..].to_vec();
                }
            }
            "w:t" => self.in_words = false,
            "w:r" => {
                self.in_run = false;
                for id in std::mem::take(&mut self.pending) {
                    self.raw(&format!("{}{}", start(id), end(id)));
                }
            }
            _ => {}
        }
    }

    fn note_reference(&mut self, tag: &BytesStart<'_>) {
        let kind = match name_of(tag.name()).as_str() {
            "w:footnoteReference" => 0,
            "w:endnoteReference" => 1,
            _ => return,
        };
        self.pending.extend(self.by_note.remove(&(kind, id_of(tag))).unwrap_or_default());
    }

    /// Writes words, and the marks among them.
    fn words(&mut self, words: &str, event: &Event<'_>) {
        let end = self.at + words.len();
        let is_due = |mark: &(usize, Mark)| match mark.1 {
            Mark::Start(_) => mark.0 < end,
            Mark::End(_) => mark.0 <= end,
        };
        if words.is_empty() || !self.marks.get(self.next).is_some_and(is_due) {
            self.write(event);
            self.at = end;
            return;
        }
        let from = self.at;
        while let Some((place, _)) = self.marks.get(self.next).copied().filter(is_due) {
            let place = place.clamp(self.at, end);
            let piece = words.get(self.at - from..place - from).unwrap_or_default();
            self.raw(&escape(piece));
            self.at += piece.len();
            self.raw("</w:t></w:r>");
            self.write_marks(place);
            let properties = String::from_utf8_lossy(&self.properties).into_owned();
            self.raw(&format!("<w:r>{properties}<w:t xml:space=\"preserve\">"));
        }
        let rest = words.get(self.at - from..).unwrap_or_default();
        self.raw(&escape(rest));
        self.at = end;
    }

    /// Writes the marks up to a place; between runs only.
    fn write_marks(&mut self, to: usize) {
        while let Some((place, mark)) = self.marks.get(self.next).copied()
            && place <= to
        {
            self.next += 1;
            self.raw(&match mark {
                Mark::Start(id) => start(id),
                Mark::End(id) => end(id),
            });
        }
    }

    /// Writes the marks that are left of a paragraph. What starts behind its break belongs to the next one.
    fn write_marks_of_line(&mut self) {
        self.write_marks(self.at);
        while let Some((place, Mark::End(id))) = self.marks.get(self.next).copied()
            && place <= self.at + 1
        {
            self.next += 1;
            self.raw(&end(id));
        }
    }

    fn write(&mut self, event: &Event<'_>) {
        // Writing to memory cannot fail.
        let _ = self.writer.write_event(event.borrow());
    }

    fn raw(&mut self, xml: &str) {
        self.writer.get_mut().extend_from_slice(xml.as_bytes());
    }
}

fn start(id: usize) -> String {
    format!("<w:commentRangeStart w:id=\"{id}\"/>")
}

fn end(id: usize) -> String {
    format!("<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>")
}
