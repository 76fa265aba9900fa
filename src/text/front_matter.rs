//! The YAML front matter of a draft.

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, StrInput};
use thiserror::Error;

use super::Span;

/// What the front matter says, as far as hegao reads it. Keys of other tools are passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// From the first `---` to the end of the closing line, without its break; none if the draft
    /// has no front matter.
    pub span: Option<Span>,
    /// `date`: the day the draft is for, as written.
    pub date: Option<Field>,
    /// `title`.
    pub title: Option<Field>,
    /// `home`: the jurisdiction, a code or an entry id.
    pub home: Option<Field>,
    /// `lexicons`: one path or a list of them.
    pub lexicons: Vec<Field>,
    /// `lang`.
    pub lang: Option<Field>,
    /// Faults, in the order they were found. The rest of the draft is read all the same.
    pub problems: Vec<FrontMatterProblem>,
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The value as text: a number or a date is not interpreted.
    pub value: String,
    /// Its bytes in the draft, without quotation marks.
    pub span: Span,
}

/// A fault of the front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatterProblem {
    /// What is wrong.
    pub fault: FrontMatterFault,
    /// Where, in bytes of the draft.
    pub span: Span,
}

/// What can be wrong with front matter. `Display` gives the English message.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FrontMatterFault {
    /// The YAML cannot be read from here on.
    #[error("front matter cannot be read from this line on: {0}")]
    Yaml(String),
    /// Something other than keys and values.
    #[error("front matter must be lines of `key: value`, with a half-width colon and a space")]
    NotAMapping,
    /// A key of hegao's with a value of the wrong type.
    #[error("`{key}` must be {}", expected_en(key))]
    WrongType {
        /// The key.
        key: &'static str,
    },
    /// A key of hegao's that stands there twice; the first one counts.
    #[error("`{key}` is set twice; the first value is used")]
    Duplicate {
        /// The key.
        key: &'static str,
    },
}

impl FrontMatterProblem {
    /// The message in English.
    pub fn message(&self) -> String {
        self.fault.to_string()
    }

    /// The message in Chinese.
    pub fn message_zh(&self) -> String {
        match &self.fault {
            FrontMatterFault::Yaml(reason) => format!("文首信息自此行起无法读取（YAML：{reason}）"),
            FrontMatterFault::NotAMapping => "文首信息应为逐行的“键: 值”，冒号用半角，其后空一格".to_owned(),
            FrontMatterFault::WrongType { key: "lexicons" } => "“lexicons”应为一个路径或路径列表".to_owned(),
            FrontMatterFault::WrongType { key } => format!("“{key}”应为单个值"),
            FrontMatterFault::Duplicate { key } => format!("“{key}”重复设置，以第一个为准"),
        }
    }
}

fn expected_en(key: &str) -> &'static str {
    if key == "lexicons" { "a path or a list of paths" } else { "a single value" }
}

/// The keys hegao reads.
const KEYS: &[&str] = &["date", "title", "home", "lexicons", "lang"];

/// Reads the front matter that begins at byte `start`, and says at which byte the body begins:
/// `start` itself when the first line is not `---` or no line closes it.
pub(super) fn read(text: &str, start: usize) -> (FrontMatter, usize) {
    let Some(fences) = Fences::find(text, start) else {
        return (FrontMatter::default(), start);
    };
    let mut reader = Reader {
        chars: CharOffsets::new(text, fences.yaml),
        text,
        result: FrontMatter { span: Some(fences.span), ..FrontMatter::default() },
        seen: Vec::new(),
    };
    reader.read(fences.yaml);
    (reader.result, fences.body)
}

/// Where the parts of front matter stand.
struct Fences {
    span: Span,
    yaml: Span,
    body: usize,
}

impl Fences {
    fn find(text: &str, start: usize) -> Option<Self> {
        let (first, yaml_start) = line_at(text, start)?;
        if first.slice(text).trim_end() != "---" {
            return None;
        }
        let mut next = yaml_start;
        while let Some((line, after)) = line_at(text, next) {
            if matches!(line.slice(text).trim_end(), "---" | "...") {
                return Some(Self { span: Span::new(start, line.end), yaml: Span::new(yaml_start, next), body: after });
            }
            next = after;
        }
        None
    }
}

/// The line that begins at `start`, without its break, and the start of the next one.
fn line_at(text: &str, start: usize) -> Option<(Span, usize)> {
    let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
    let length = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
    let line_break = match &rest.as_bytes()[length..] {
        [] => 0,
        [b'\r', b'\n', ..] => 2,
        _ => 1,
    };
    Some((Span::new(start, start + length), start + length + line_break))
}

/// The line of `text[within]` that `at` lies on; the last one with text for an `at` behind it.
fn line_around(text: &str, within: Span, at: usize) -> Span {
    let written = within.slice(text).trim_end();
    let at = at.saturating_sub(within.start).min(written.len());
    let start = memchr::memrchr2(b'\n', b'\r', &written.as_bytes()[..at]).map_or(0, |at| at + 1);
    let length = memchr::memchr2(b'\n', b'\r', &written.as_bytes()[at..]);
    let end = length.map_or(written.len(), |length| at + length);
    Span::new(start, end).shift(within.start)
}

/// Reads YAML event by event, so that what precedes an error is kept and no depth of nesting or
/// number of aliases costs anything.
struct Reader<'t> {
    text: &'t str,
    chars: CharOffsets<'t>,
    result: FrontMatter,
    /// hegao's keys met so far.
    seen: Vec<&'static str>,
}

type Events<'t> = Parser<'t, StrInput<'t>>;
type Place = saphyr_parser::Span;

/// A value as far as hegao looks at it.
enum Value {
    Null,
    Scalar(Field),
    List(Vec<Value>, Place),
    Other(Place),
}

impl<'t> Reader<'t> {
    fn read(&mut self, yaml: Span) {
        let mut events = Parser::new_from_str(yaml.slice(self.text));
        if let Err(error) = self.document(&mut events) {
            let at = self.chars.byte(error.marker().index());
            let span = line_around(self.text, yaml, at);
            self.problem(FrontMatterFault::Yaml(error.info().to_owned()), span);
        }
    }

    fn document(&mut self, events: &mut Events<'t>) -> Result<(), ScanError> {
        while let Some(event) = events.next_event() {
            match event? {
                (Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _) => {}
                (Event::MappingStart(..), _) => return self.mapping(events),
                (Event::StreamEnd | Event::DocumentEnd, _) => return Ok(()),
                (Event::Scalar(value, style, ..), _) if is_null(&value, style) => return Ok(()),
                (other, place) => {
                    let place = pass(events, &other, place)?;
                    let span = self.span(place);
                    self.problem(FrontMatterFault::NotAMapping, span);
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn mapping(&mut self, events: &mut Events<'t>) -> Result<(), ScanError> {
        while let Some(event) = events.next_event() {
            let (event, place) = event?;
            let key = match &event {
                Event::MappingEnd => return Ok(()),
                Event::Scalar(name, ..) => KEYS.iter().copied().find(|key| key == name),
                _ => None,
            };
            pass(events, &event, place)?;
            let Some(value) = events.next_event() else {
                return Ok(());
            };
            let (value, value_place) = value?;
            match key {
                None => {
                    pass(events, &value, value_place)?;
                }
                Some(key) => {
                    let key_span = self.span(place);
                    let value = self.value(events, &value, value_place)?;
                    self.assign(key, key_span, value);
                }
            }
        }
        Ok(())
    }

    /// The value that begins with the event `first` at `place`.
    fn value(&mut self, events: &mut Events<'t>, first: &Event<'t>, place: Place) -> Result<Value, ScanError> {
        let Event::SequenceStart(..) = first else {
            return self.item(events, first, place);
        };
        let mut items = Vec::new();
        let mut whole = place;
        while let Some(event) = events.next_event() {
            let (event, place) = event?;
            whole.end = place.end;
            if event == Event::SequenceEnd {
                break;
            }
            items.push(self.item(events, &event, place)?);
        }
        Ok(Value::List(items, whole))
    }

    fn item(&mut self, events: &mut Events<'t>, first: &Event<'t>, place: Place) -> Result<Value, ScanError> {
        Ok(match first {
            Event::Scalar(value, style, ..) if is_null(value, *style) => Value::Null,
            Event::Scalar(value, style, ..) => Value::Scalar(Field {
                value: without_block_break(value, *style).to_owned(),
                span: self.scalar_span(place, *style),
            }),
            _ => Value::Other(pass(events, first, place)?),
        })
    }

    fn assign(&mut self, key: &'static str, key_span: Span, value: Value) {
        if self.seen.contains(&key) {
            self.problem(FrontMatterFault::Duplicate { key }, key_span);
            return;
        }
        self.seen.push(key);
        match (key, value) {
            (_, Value::Null) => {}
            ("lexicons", Value::Scalar(field)) => self.result.lexicons.push(field),
            ("lexicons", Value::List(items, _)) => self.lexicons(items),
            ("date", Value::Scalar(field)) => self.result.date = Some(field),
            ("title", Value::Scalar(field)) => self.result.title = Some(field),
            ("home", Value::Scalar(field)) => self.result.home = Some(field),
            ("lang", Value::Scalar(field)) => self.result.lang = Some(field),
            (_, Value::List(_, place) | Value::Other(place)) => {
                let span = self.span(place);
                self.problem(FrontMatterFault::WrongType { key }, span);
            }
            (_, Value::Scalar(_)) => {}
        }
    }

    fn lexicons(&mut self, items: Vec<Value>) {
        for item in items {
            match item {
                Value::Scalar(field) => self.result.lexicons.push(field),
                Value::Null => {}
                Value::List(_, place) | Value::Other(place) => {
                    let span = self.span(place);
                    self.problem(FrontMatterFault::WrongType { key: "lexicons" }, span);
                }
            }
        }
    }

    fn problem(&mut self, fault: FrontMatterFault, span: Span) {
        self.result.problems.push(FrontMatterProblem { fault, span });
    }

    /// Where a node stands, without the white space the parser passes behind it.
    fn span(&mut self, place: Place) -> Span {
        let start = self.chars.byte(place.start.index());
        let end = self.chars.byte(place.end.index());
        let length = Span::new(start, end).slice(self.text).trim_end().len();
        Span::new(start, start + length)
    }

    /// The span of a scalar without its quotation marks.
    fn scalar_span(&mut self, place: Place, style: ScalarStyle) -> Span {
        let span = self.span(place);
        let quote = match style {
            ScalarStyle::SingleQuoted => '\'',
            ScalarStyle::DoubleQuoted => '"',
            _ => return span,
        };
        let written = span.slice(self.text);
        match written.strip_prefix(quote).and_then(|inside| inside.strip_suffix(quote)) {
            Some(inside) => Span::new(span.start + 1, span.start + 1 + inside.len()),
            None => span,
        }
    }
}

/// Passes over the rest of a node whose first event is `first` at `place`, and says where all of
/// the node stands.
fn pass(events: &mut Events<'_>, first: &Event<'_>, mut place: Place) -> Result<Place, ScanError> {
    let mut depth = usize::from(matches!(first, Event::SequenceStart(..) | Event::MappingStart(..)));
    while depth > 0 {
        let Some(event) = events.next_event() else {
            break;
        };
        let (event, last) = event?;
        place.end = last.end;
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
            Event::SequenceEnd | Event::MappingEnd => depth -= 1,
            _ => {}
        }
    }
    Ok(place)
}

/// YAML 1.2 core schema: an empty plain scalar, `~` or `null`.
fn is_null(value: &str, style: ScalarStyle) -> bool {
    style == ScalarStyle::Plain && matches!(value, "" | "~" | "null" | "Null" | "NULL")
}

/// A block scalar (`|`, `>`) keeps the break of its last line, which no value of hegao's wants.
fn without_block_break(value: &str, style: ScalarStyle) -> &str {
    match style {
        ScalarStyle::Literal | ScalarStyle::Folded => value.trim_end_matches('\n'),
        _ => value,
    }
}

/// Turns the parser's character offsets into bytes of the draft; quick when asked in order.
struct CharOffsets<'t> {
    text: &'t str,
    base: usize,
    char: usize,
    byte: usize,
}

impl<'t> CharOffsets<'t> {
    fn new(text: &'t str, within: Span) -> Self {
        Self { text: within.slice(text), base: within.start, char: 0, byte: 0 }
    }

    fn byte(&mut self, char: usize) -> usize {
        if char < self.char {
            (self.char, self.byte) = (0, 0);
        }
        for c in self.text[self.byte..].chars().take(char - self.char) {
            self.char += 1;
            self.byte += c.len_utf8();
        }
        self.base + self.byte
    }
}
