//! What stands at a place of a lexicon file or hegao.toml, told from the text alone, so that it works
//! while the file is being written and is no valid TOML.

use crate::{
    config,
    lexicon::{
        EntryKind,
        fields::{Field, Value, of_entry},
        kind_named,
    },
    text::Span,
};

/// A place in a file.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// The kind of entry, or `None` in hegao.toml.
    pub kind: Option<EntryKind>,
    /// The nested table: `post`, `version`, `override`.
    pub table: Option<String>,
    /// The keys of the table.
    pub fields: &'static [Field],
    /// What stands there.
    pub what: What,
    /// Bytes of the word, without quotation marks.
    pub span: Span,
    /// The entry around it.
    pub block: Span,
}

/// What stands at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A table header, or the beginning of one.
    Header,
    /// A key, or where one can be written.
    Key,
    /// A value of this key, between quotation marks or not.
    Value {
        /// The key.
        key: String,
        /// Whether it stands between quotation marks.
        quoted: bool,
    },
}

impl Spot {
    /// The place at a byte of a TOML file.
    pub(super) fn in_toml(text: &str, at: usize, is_config: bool) -> Option<Self> {
        let line = line_around(text, at);
        let before = text.get(line.start..at)?;
        if before.trim_start().starts_with('#') {
            return None;
        }
        let block = block_around(text, line.start, is_config);
        if line.slice(text).trim_start().starts_with('[') && open_list(text, line.start).is_none() {
            let named = header(line.slice(text)).and_then(|name| table_named(name, is_config));
            let (kind, table, fields) = named.unwrap_or_default();
            let span = trimmed(text, line, &['[', ']', ' ']);
            return Some(Self { kind, table, fields, what: What::Header, span, block });
        }
        let above = header_above(text, line.start);
        let (kind, table, fields) = table_named(above.as_deref().unwrap_or_default(), is_config)?;
        let spot = |what, span| Some(Self { kind, table: table.clone(), fields, what, span, block });
        if let Some((key, value)) = assignment(text, line, at) {
            if at <= key.end {
                return spot(What::Key, key);
            }
            let (span, quoted) = token(text, value, at);
            return spot(What::Value { key: key.slice(text).to_owned(), quoted }, span);
        }
        if let Some((key, value)) = open_list(text, line.start) {
            let (span, quoted) = token(text, Span::new(value, line.end), at);
            return spot(What::Value { key, quoted }, span);
        }
        spot(What::Key, word(text, at))
    }

    /// The place at a byte of a CSV file called `stem`.
    pub(super) fn in_csv(text: &str, at: usize, stem: &str) -> Option<Self> {
        let rows = csv_rows(text);
        let header: Vec<&str> = rows.first()?.iter().map(|cell| cell.slice(text).trim_matches('"').trim()).collect();
        let position = rows.iter().position(|row| row.iter().any(|cell| cell.start <= at && at <= cell.end))?;
        let row = &rows[position];
        let column = row.iter().rposition(|cell| cell.start <= at)?;
        let kind_column = header.iter().position(|name| *name == "kind");
        let written = kind_column.and_then(|column| row.get(column)).map(|cell| cell.slice(text)).unwrap_or_default();
        let kind = kind_named(written).or_else(|| kind_named(stem))?;
        let block = Span::new(row.first()?.start, row.last()?.end);
        let name = header.get(column).copied().unwrap_or_default();
        let of_post = nested(kind, "post").is_some_and(|fields| fields.iter().any(|field| field.key == name))
            && !of_entry(kind).iter().any(|field| field.key == name);
        let table = of_post.then(|| "post".to_owned());
        let fields = if of_post { nested(kind, "post")? } else { of_entry(kind) };
        let cell = trimmed(text, row[column], &['"', '\u{feff}', ' ']);
        if position == 0 {
            return Some(Self { kind: Some(kind), table, fields, what: What::Key, span: cell, block });
        }
        let start =
            text[cell.start..at.clamp(cell.start, cell.end)].rfind('|').map_or(cell.start, |bar| cell.start + bar + 1);
        let end = text[start..cell.end].find('|').map_or(cell.end, |bar| start + bar);
        let what = What::Value { key: name.to_owned(), quoted: true };
        Some(Self { kind: Some(kind), table, fields, what, span: Span::new(start, end), block })
    }

    /// What the key of the value or key here holds.
    pub(super) fn field(&self, text: &str) -> Option<&'static Field> {
        let name = match &self.what {
            What::Value { key, .. } => key.as_str(),
            What::Key => self.span.slice(text),
            What::Header => return None,
        };
        self.fields.iter().find(|field| field.key == name)
    }

    /// The kind of entry that a value here refers to.
    pub(super) fn target(&self) -> Option<EntryKind> {
        let What::Value { key, .. } = &self.what else { return None };
        let in_config = self.kind.is_none() && self.table.is_none();
        match (key.as_str(), self.kind) {
            ("home", None) if in_config => Some(EntryKind::Place),
            ("organization", Some(EntryKind::Person)) => Some(EntryKind::Organization),
            ("parent" | "successor", Some(EntryKind::Organization)) => Some(EntryKind::Organization),
            ("place", Some(EntryKind::Person | EntryKind::Organization)) => Some(EntryKind::Place),
            ("parent" | "successors" | "code", Some(EntryKind::Place)) => Some(EntryKind::Place),
            ("superseded_by", Some(EntryKind::Slogan)) => Some(EntryKind::Slogan),
            ("people", Some(EntryKind::Precedence)) => Some(EntryKind::Person),
            _ => None,
        }
    }

    /// Whether here stands the key `key` of an entry itself.
    pub(super) fn is_value_of(&self, wanted: &str) -> bool {
        self.table.is_none() && matches!(&self.what, What::Value { key, .. } if key == wanted)
    }
}

/// A table: the kind of entry, the nested table, and the keys.
type Table = (Option<EntryKind>, Option<String>, &'static [Field]);

/// The table with this header: `person`, `person.post`, `rules`.
fn table_named(header: &str, is_config: bool) -> Option<Table> {
    if is_config {
        let fields = match header {
            "" => config::fields::FIELDS,
            name => match &config::fields::FIELDS.iter().find(|field| field.key == name)?.value {
                Value::Records(fields) | Value::Record(fields) => *fields,
                _ => &[],
            },
        };
        return Some((None, (!header.is_empty()).then(|| header.to_owned()), fields));
    }
    if header.is_empty() {
        return Some((None, None, &[]));
    }
    let (kind, table) = header.split_once('.').map_or((header, None), |(kind, table)| (kind, Some(table)));
    let kind = EntryKind::ALL.into_iter().find(|known| known.name() == kind)?;
    match table {
        None => Some((Some(kind), None, of_entry(kind))),
        Some(table) => Some((Some(kind), Some(table.to_owned()), nested(kind, table)?)),
    }
}

/// The keys of a nested table.
pub(super) fn nested(kind: EntryKind, table: &str) -> Option<&'static [Field]> {
    let field = of_entry(kind).iter().find(|field| field.key == table)?;
    if let Value::Records(fields) = field.value { Some(fields) } else { None }
}

/// The name in a table header on a line.
pub(super) fn header(line: &str) -> Option<&str> {
    let inner = line.trim_start().strip_prefix('[')?;
    let inner = inner.strip_prefix('[').unwrap_or(inner);
    let name = inner.split(']').next()?.trim();
    let is_name = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    (inner.contains(']') && !name.is_empty() && name.chars().all(is_name)).then_some(name)
}

/// The header in force on the line that begins at `line`.
fn header_above(text: &str, line: usize) -> Option<String> {
    text[..line].lines().rev().find_map(header).map(str::to_owned)
}

/// The entry around a line: from the header of its table to that of the next entry.
fn block_around(text: &str, line: usize, is_config: bool) -> Span {
    let begins = |line: &str| header(line).is_some_and(|name| is_config || !name.contains('.'));
    let mut block = Span::new(0, text.len());
    let mut at = 0;
    for current in text.split_inclusive('\n') {
        if begins(current) {
            if at <= line {
                block.start = at;
            } else {
                block.end = at;
                break;
            }
        }
        at += current.len();
    }
    block
}

/// The line around a byte, without its break.
fn line_around(text: &str, at: usize) -> Span {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find(['\r', '\n']).map_or(text.len(), |newline| at + newline);
    Span::new(start, end)
}

/// The key and where its value begins, for a line `key = value` or the inline table around a place.
fn assignment(text: &str, line: Span, at: usize) -> Option<(Span, Span)> {
    let equals =
        line.start + outside_strings(line.slice(text)).find(|(_, c)| *c == '=').map(|(position, _)| position)?;
    let key = trimmed(text, Span::new(line.start, equals), &[' ', '\t', '"']);
    let is_key = key.slice(text).chars().all(|c| c.is_alphanumeric() || "._-".contains(c));
    (is_key && (at <= key.end || at > equals)).then_some((key, Span::new(equals + 1, line.end)))
}

/// The key of a list that was begun on a line above and is still open, and where its items begin.
fn open_list(text: &str, line: usize) -> Option<(String, usize)> {
    let mut depth = 0i32;
    for (start, current) in lines_above(text, line) {
        if header(current).is_some() {
            return None;
        }
        let equals = outside_strings(current).find(|(_, c)| *c == '=').map(|(at, _)| at);
        let from = equals.map_or(0, |at| at + 1);
        for (_, c) in outside_strings(&current[from..]) {
            depth += i32::from(c == '[') - i32::from(c == ']');
        }
        if let Some(at) = equals {
            return (depth > 0).then(|| (current[..at].trim().to_owned(), start + from));
        }
    }
    None
}

fn lines_above(text: &str, line: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut end = line;
    std::iter::from_fn(move || {
        let last = end.checked_sub(1)?;
        let start = text[..last].rfind('\n').map_or(0, |newline| newline + 1);
        end = start;
        Some((start, &text[start..last]))
    })
}

/// The characters of a line that stand in no string and no comment.
fn outside_strings(line: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut quote = None;
    let mut escaped = false;
    let mut ended = false;
    line.char_indices().filter(move |(_, c)| {
        match quote {
            Some(open) => {
                if *c == open && !escaped {
                    quote = None;
                }
                escaped = *c == '\\' && open == '"' && !escaped;
                return false;
            }
            None if *c == '"' || *c == '\'' => quote = Some(*c),
            None if *c == '#' => ended = true,
            None => {}
        }
        !ended && quote.is_none()
    })
}

/// The string or bare word at a byte of a value, and whether it is a string.
fn token(text: &str, value: Span, at: usize) -> (Span, bool) {
    let mut open: Option<(usize, char)> = None;
    for (position, c) in value.slice(text).char_indices() {
        let position = value.start + position;
        match open {
            None if (c == '"' || c == '\'') && position < at => open = Some((position + 1, c)),
            None => {}
            Some((start, quote)) if c == quote => {
                if at <= position {
                    return (Span::new(start, position), true);
                }
                open = None;
            }
            Some((start, _)) if c == '\n' && position < at => {
                // A string that was never closed ends with its line.
                let _ = start;
                open = None;
            }
            Some(_) => {}
        }
    }
    match open {
        Some((start, _)) if start <= at => {
            let end = text[at..].find(['"', '\'', '\r', '\n', ',', ']']).map_or(text.len(), |end| at + end);
            (Span::new(start, end), true)
        }
        _ => (word(text, at), false),
    }
}

/// The bare word around a byte.
fn word(text: &str, at: usize) -> Span {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let start = text[..at].char_indices().rev().take_while(|(_, c)| is_word(*c)).last().map_or(at, |(start, _)| start);
    let end = text[at..].char_indices().find(|(_, c)| !is_word(*c)).map_or(text.len(), |(end, _)| at + end);
    Span::new(start, end)
}

fn trimmed(text: &str, span: Span, around: &[char]) -> Span {
    let inner = span.slice(text);
    let start = span.start + (inner.len() - inner.trim_start_matches(around).len());
    let length = inner.trim_matches(around).len();
    Span::new(start, start + length)
}

/// The cells of every row, with their quotation marks (RFC 4180).
pub(super) fn csv_rows(text: &str) -> Vec<Vec<Span>> {
    let (mut rows, mut row, mut start, mut quoted) = (Vec::new(), Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => {
                row.push(Span::new(start, at));
                start = at + 1;
            }
            '\n' if !quoted => {
                let end = if text[..at].ends_with('\r') { at - 1 } else { at };
                row.push(Span::new(start, end.max(start)));
                rows.push(std::mem::take(&mut row));
                start = at + 1;
            }
            _ => {}
        }
    }
    if start < text.len() || !row.is_empty() {
        row.push(Span::new(start, text.len()));
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words between ⟦ and ⟧ are what is found at the place ‸ in them.
    #[track_caller]
    fn check(marked: &str, is_config: bool, expected: Option<(Option<EntryKind>, Option<&str>, What)>) {
        let at = marked.replace(['⟦', '⟧'], "").find('‸').unwrap();
        let text = marked.replace(['⟦', '⟧', '‸'], "");
        let spot = Spot::in_toml(&text, at, is_config);
        let found = spot.as_ref().map(|spot| (spot.kind, spot.table.as_deref(), spot.what.clone()));
        assert_eq!(found, expected, "{marked}");
        if let Some(spot) = spot {
            let start = marked.replace('‸', "").find('⟦').unwrap();
            let end = marked.replace(['‸', '⟦'], "").find('⟧').unwrap();
            assert_eq!(spot.span, Span::new(start, end), "{marked}");
        }
    }

    fn value(key: &str, quoted: bool) -> What {
        What::Value { key: key.to_owned(), quoted }
    }

    #[test]
    fn a_place_is_found_in_finished_and_unfinished_text() {
        use EntryKind::{Organization, Person, Precedence};
        let person = Some(Person);
        check("[[person]]\nid = \"⟦lin-‸yi⟧\"\n", false, Some((person, None, value("id", true))));
        check("[[person]]\n⟦ge‸n⟧", false, Some((person, None, What::Key)));
        check("[[person]]\nid = \"a\"\n⟦‸⟧\n", false, Some((person, None, What::Key)));
        check(
            "[[person]]\n[[person.post]]\nplace = \"⟦22‸⟧\n",
            false,
            Some((person, Some("post"), value("place", true))),
        );
        check("[[person]]\n⟦gender‸⟧ = \"male\"\n", false, Some((person, None, What::Key)));
        check("[[person]]\ncomplete = ⟦tr‸⟧\n", false, Some((person, None, value("complete", false))));
        check(
            "[[precedence]]\npeople = [\"a\", \"⟦b‸⟧\"]\n",
            false,
            Some((Some(Precedence), None, value("people", true))),
        );
        check(
            "[[precedence]]\npeople = [\n  \"a\", # 甲\n  \"⟦b‸⟧\",\n]\n",
            false,
            Some((Some(Precedence), None, value("people", true))),
        );
        check("[[organization]]\n# ‸⟦⟧", false, None);
        check("[[organization]]\nparent = \"⟦‸⟧\"", false, Some((Some(Organization), None, value("parent", true))));
        check("[[⟦per‸⟧", false, Some((None, None, What::Header)));
        check("⟦hom‸⟧", true, Some((None, None, What::Key)));
        check("[rules]\n⟦P2‸⟧", true, Some((None, Some("rules"), What::Key)));
        check("[rules]\nP201 = \"⟦of‸⟧\"", true, Some((None, Some("rules"), value("P201", true))));
        check("packs = [\"⟦div‸⟧\"]", true, Some((None, None, value("packs", true))));
    }

    #[test]
    fn a_cell_is_found_with_its_column() {
        let check = |marked: &str, kind: EntryKind, key: Option<&str>, expected: &str| {
            let at = marked.find('‸').unwrap();
            let text = marked.replace('‸', "");
            let spot = Spot::in_csv(&text, at, "people").unwrap();
            assert_eq!(spot.kind, Some(kind));
            match key {
                Some(key) => assert_eq!(spot.what, value(key, true)),
                None => assert_eq!(spot.what, What::Key),
            }
            assert_eq!(spot.span.slice(&text), expected);
        };
        check("id,na‸me\na,甲\n", EntryKind::Person, None, "name");
        check("id,name,place\na,\"甲\",22‸0000\n", EntryKind::Person, Some("place"), "220000");
        check("id,name\na,\"‸甲\"\n", EntryKind::Person, Some("name"), "甲");
        check("kind,id,people\nprecedence,o,a|b‸|c\n", EntryKind::Precedence, Some("people"), "b");
        check("id,name,place\r\na,甲,‸", EntryKind::Person, Some("place"), "");
    }
}
