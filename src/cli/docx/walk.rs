//! The events of a part with the text they carry.

use quick_xml::{
    Reader,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};

use crate::lang::Message;

/// What an event means for the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'s> {
    /// It carries these characters.
    Text(&'s str),
    /// Nothing.
    None,
}

/// Elements whose text is there twice or no more.
const PASSED_OVER: [&str; 3] = ["mc:Fallback", "w:moveFrom", "w:del"];

/// Calls `each` with every event in order. The texts together are the text of the part: a line for each
/// paragraph.
pub(super) fn walk(xml: &str, mut each: impl FnMut(&Event<'_>, Step<'_>)) -> Result<(), Message> {
    let mut reader = Reader::from_str(xml);
    let mut state = State::default();
    loop {
        let event = reader.read_event().map_err(|error| malformed(&error.to_string()))?;
        match &event {
            Event::Eof if state.open > 0 => return Err(malformed("unexpected end")),
            Event::Eof => return Ok(()),
            Event::DocType(_) => {
                return Err(Message::new(
                    "含有 DOCTYPE 声明，可能引用外部实体，不予读取",
                    "has a DOCTYPE declaration, which could read other files, and is refused",
                ));
            }
            Event::Start(tag) => {
                let words = state.start(tag);
                each(&event, words.map_or(Step::None, Step::Text));
            }
            Event::Empty(tag) => {
                let words = state.empty(tag);
                each(&event, words.map_or(Step::None, Step::Text));
            }
            Event::End(tag) => {
                let words = state.end(&name_of(tag.name()));
                each(&event, words.map_or(Step::None, Step::Text));
            }
            Event::Text(words) if state.is_text() => {
                let words = one_line(&words.xml10_content());
                state.is_line_open |= !words.is_empty();
                each(&event, Step::Text(&words));
            }
            Event::CData(words) if state.is_text() => {
                let words = one_line(&words.xml10_content());
                state.is_line_open |= !words.is_empty();
                each(&event, Step::Text(&words));
            }
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().ok().flatten().map(String::from);
                let meant = character.or_else(|| resolve_predefined_entity(reference).map(str::to_owned));
                let Some(meant) = meant else {
                    return Err(malformed(&format!("&{};", &**reference)));
                };
                let meant = one_line(&meant);
                state.is_line_open |= state.is_text();
                each(&event, if state.is_text() { Step::Text(&meant) } else { Step::None });
            }
            _ => each(&event, Step::None),
        }
    }
}

#[derive(Default)]
struct State {
    /// How many elements are open.
    open: usize,
    /// Whether a `w:t` is open.
    in_text: bool,
    /// How many elements that are passed over are open.
    passed_over: usize,
    /// How many elements of properties are open: a tab there is a setting.
    properties: usize,
    /// Whether the present line holds text.
    is_line_open: bool,
}

impl State {
    fn is_text(&self) -> bool {
        self.in_text && self.passed_over == 0
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Option<&'static str> {
        self.open += 1;
        let name = name_of(tag.name());
        if PASSED_OVER.contains(&name.as_str()) {
            self.passed_over += 1;
        }
        match name.as_str() {
            "w:t" => self.in_text = true,
            "w:pPr" | "w:rPr" => self.properties += 1,
            // A paragraph of a text box stands inside another.
            "w:p" if self.is_line_open => return self.end_line(),
            _ => return self.sign(&name),
        }
        None
    }

    fn empty(&mut self, tag: &BytesStart<'_>) -> Option<&'static str> {
        let name = name_of(tag.name());
        if name == "w:p" { self.end_line() } else { self.sign(&name) }
    }

    fn end(&mut self, name: &str) -> Option<&'static str> {
        self.open = self.open.saturating_sub(1);
        if PASSED_OVER.contains(&name) {
            self.passed_over = self.passed_over.saturating_sub(1);
        }
        match name {
            "w:t" => self.in_text = false,
            "w:pPr" | "w:rPr" => self.properties = self.properties.saturating_sub(1),
            "w:p" => return self.end_line(),
            _ => {}
        }
        None
    }

    fn end_line(&mut self) -> Option<&'static str> {
        self.is_line_open = false;
        (self.passed_over == 0).then_some("\n")
    }

    /// Characters that are elements.
    fn sign(&mut self, name: &str) -> Option<&'static str> {
        let sign = match name {
            "w:br" | "w:cr" => "\u{2028}",
            "w:tab" if self.properties == 0 => "\t",
            "w:noBreakHyphen" => "-",
            _ => return None,
        };
        (self.passed_over == 0).then_some(sign)
    }
}

/// Text of one paragraph stays on one line.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// The name of an element as it is written, or the value of an attribute.
pub(super) fn name_of(name: impl AsRef<str>) -> String {
    name.as_ref().to_owned()
}

fn malformed(reason: &str) -> Message {
    Message::new(
        format!("文档已损坏：XML 有误：{reason}"),
        format!("the document is damaged: not well-formed XML: {reason}"),
    )
}
