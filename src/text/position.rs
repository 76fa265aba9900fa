//! The editing buffer, and positions in the encodings of the Language Server Protocol.

use ropey::Rope;

use super::Span;

/// The text of an open draft. Every operation but [`Buffer::new`] and [`Buffer::text`] takes
/// logarithmic time (and the length of the text inserted or removed); a clone is a cheap snapshot
/// that later edits do not change.
///
/// Lines end at LF, CRLF and a lone CR, as in LSP, and nowhere else.
#[derive(Clone, Debug, Default)]
pub struct Buffer {
    rope: Rope,
}

/// The unit of [`Position::character`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: LSP's default.
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

/// A place between two characters, by line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 0.
    pub line: u32,
    /// Offset in the line, from 0, in units of an [`Encoding`].
    pub character: u32,
}

impl Buffer {
    /// A buffer holding `text`.
    pub fn new(text: &str) -> Self {
        Self { rope: Rope::from_str(text) }
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Whether the buffer holds no text.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of lines: one more than there are line breaks.
    pub fn line_count(&self) -> usize {
        self.rope.len_lines()
    }

    /// The position of a byte offset.
    ///
    /// An offset beyond the text is its end, one inside a character the character's start, and one
    /// between CR and LF the end of that line.
    pub fn position(&self, byte: usize, encoding: Encoding) -> Position {
        let char = self.char_at(byte);
        let line = self.rope.char_to_line(char);
        let (start, end) = self.line_chars(line);
        let character = self.units(char.min(end), encoding) - self.units(start, encoding);
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            character: u32::try_from(character).unwrap_or(u32::MAX),
        }
    }

    /// The byte offset of a position.
    ///
    /// A character beyond the line's end is the end of the line, before its break; a line beyond
    /// the last one is the end of the text; a place inside a character is that character's start.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let line = position.line as usize;
        if line >= self.line_count() {
            return self.len();
        }
        let (start, end) = self.line_chars(line);
        let unit = self.units(start, encoding) + position.character as usize;
        let char = if unit >= self.units(end, encoding) {
            end
        } else {
            match encoding {
                Encoding::Utf8 => self.rope.byte_to_char(unit),
                Encoding::Utf16 => self.rope.utf16_cu_to_char(unit),
                Encoding::Utf32 => unit,
            }
        };
        self.rope.char_to_byte(char)
    }

    /// Replaces the text between two positions, as a `textDocument/didChange` event does, and
    /// returns the span that was replaced. Positions are clamped as in [`Buffer::offset`]; a pair
    /// in the wrong order is swapped.
    pub fn edit(&mut self, start: Position, end: Position, encoding: Encoding, text: &str) -> Span {
        let start = self.offset(start, encoding);
        let end = self.offset(end, encoding);
        self.replace_ordered(start.min(end), start.max(end), text)
    }

    /// Replaces the bytes of `span`, clamped to the text and to character starts, and returns the
    /// span that was replaced.
    pub fn replace(&mut self, span: Span, text: &str) -> Span {
        self.replace_ordered(span.start.min(span.end), span.start.max(span.end), text)
    }

    /// The bytes of a line without its break; empty at the end of the text for a line beyond the
    /// last one.
    pub fn line_span(&self, line: usize) -> Span {
        if line >= self.line_count() {
            return Span::empty(self.len());
        }
        let (start, end) = self.line_chars(line);
        Span::new(self.rope.char_to_byte(start), self.rope.char_to_byte(end))
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.rope.to_string()
    }

    fn replace_ordered(&mut self, start: usize, end: usize, text: &str) -> Span {
        let (start, end) = (self.char_at(start), self.char_at(end));
        let replaced = Span::new(self.rope.char_to_byte(start), self.rope.char_to_byte(end));
        self.rope.remove(start..end);
        self.rope.insert(start, text);
        replaced
    }

    /// The character that holds `byte`, or the number of characters when it lies beyond the text.
    fn char_at(&self, byte: usize) -> usize {
        self.rope.byte_to_char(byte.min(self.len()))
    }

    /// First character of a line, and the one its break begins with. `line` must exist.
    fn line_chars(&self, line: usize) -> (usize, usize) {
        let start = self.rope.line_to_char(line);
        let mut end = self.rope.line_to_char(line + 1);
        if line + 1 < self.line_count() {
            end -= 1;
            if end > start && self.rope.char(end) == '\n' && self.rope.char(end - 1) == '\r' {
                end -= 1;
            }
        }
        (start, end)
    }

    /// Units before a character, from the start of the text.
    fn units(&self, char: usize, encoding: Encoding) -> usize {
        match encoding {
            Encoding::Utf8 => self.rope.char_to_byte(char),
            Encoding::Utf16 => self.rope.char_to_utf16_cu(char),
            Encoding::Utf32 => char,
        }
    }
}
