//! Lexicon files in TOML: the tables `[[person]]` to `[[document]]`.

use std::cell::RefCell;

use smol_str::SmolStr;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    entry::{Entry, EntryKind},
    file::FileIndex,
    problem::ProblemCode,
    record::{Record, read_entry, read_id, read_reviewed},
    sink::Sink,
};
use crate::text::Span;

/// Reads every entry of a TOML file. Faults go to `sink`; what is sound is returned all the same.
pub(super) fn read(text: &str, file: FileIndex, sink: &Sink<'_>) -> Vec<Entry> {
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let span = error.span().map_or(Span::new(0, 0), span_of);
        let reason = error.message().trim();
        sink.report(
            ProblemCode::Unreadable,
            span,
            &format!("TOML 语法错误：{reason}"),
            &format!("not valid TOML: {reason}"),
        );
    }
    let broken_at: Vec<usize> = errors.iter().filter_map(|error| error.span()).map(|span| span.start).collect();
    let mut entries = Vec::new();
    for (key, value) in document.get_ref().iter() {
        let name: &str = key.get_ref();
        let Some(kind) = EntryKind::ALL.into_iter().find(|kind| kind.name() == name) else {
            sink.unknown_key(span_of(key.span()), name, EntryKind::ALL.map(EntryKind::name).iter().copied());
            continue;
        };
        let DeValue::Array(tables) = value.get_ref() else {
            let (zh, en) = (format!("`{name}` 应写作 [[{name}]]"), format!("write `{name}` as [[{name}]]"));
            sink.report(ProblemCode::InvalidValue, span_of(key.span()), &zh, &en);
            continue;
        };
        for table in tables.iter() {
            entries.extend(read_table(kind, table, file, sink, text.len()));
        }
    }
    entries.sort_by_key(|entry| entry.span.start);
    drop_damaged(&mut entries, &broken_at);
    entries
}

/// Drops entries in which a syntax error lies: what the parser recovered there may be half a fact.
fn drop_damaged(entries: &mut Vec<Entry>, broken_at: &[usize]) {
    let starts: Vec<usize> = entries.iter().map(|entry| entry.span.start).collect();
    let mut index = 0;
    entries.retain(|entry| {
        let next = starts.get(index + 1).copied().unwrap_or(usize::MAX);
        index += 1;
        !broken_at.iter().any(|at| (entry.span.start..next).contains(at))
    });
}

fn read_table(
    kind: EntryKind,
    value: &Spanned<DeValue<'_>>,
    file: FileIndex,
    sink: &Sink<'_>,
    length: usize,
) -> Option<Entry> {
    let span = span_of(value.span());
    let DeValue::Table(table) = value.get_ref() else {
        sink.report(ProblemCode::InvalidValue, span, "此处应为一个表", "a table is expected here");
        return None;
    };
    let fields = RefCell::new(Vec::new());
    let broken = RefCell::new(false);
    let mut record =
        TomlRecord { table, span, prefix: String::new(), asked: Vec::new(), sink, fields: &fields, broken: &broken };
    let id = read_id(&mut record);
    let data = read_entry(kind, &mut record);
    let (sources, note) = (record.list("sources"), record.text("note"));
    let reviewed = read_reviewed(&mut record);
    record.finish();
    let fields = fields.into_inner();
    let end = fields.iter().map(|(_, span): &(SmolStr, Span)| span.end).max().unwrap_or(span.end).min(length);
    let span = Span::new(span.start, end.max(span.end));
    (!broken.into_inner()).then_some(Entry { id, data, sources, note, reviewed, file, span, fields })
}

struct TomlRecord<'a, 'i> {
    table: &'a DeTable<'i>,
    span: Span,
    prefix: String,
    asked: Vec<&'static str>,
    sink: &'a Sink<'a>,
    fields: &'a RefCell<Vec<(SmolStr, Span)>>,
    broken: &'a RefCell<bool>,
}

impl<'a, 'i> TomlRecord<'a, 'i> {
    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'i>>> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        let value = self.table.get(key)?;
        self.note_field(key, span_of(value.span()));
        Some(value)
    }

    fn note_field(&self, key: &str, span: Span) {
        let path = SmolStr::from(format!("{}{key}", self.prefix));
        let mut fields = self.fields.borrow_mut();
        if !fields.iter().any(|(known, _)| *known == path) {
            fields.push((path, span));
        }
    }

    fn fault(&self, span: Span, key: &str, expected_zh: &str, expected_en: &str) {
        *self.broken.borrow_mut() = true;
        let zh = format!("`{}{key}` 应为{expected_zh}", self.prefix);
        let en = format!("`{}{key}` must be {expected_en}", self.prefix);
        self.sink.report(ProblemCode::InvalidValue, span, &zh, &en);
    }

    fn finish(self) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if !self.asked.contains(&name) {
                self.sink.unknown_key(span_of(key.span()), name, self.asked.iter().copied());
            }
        }
    }
}

impl Record for TomlRecord<'_, '_> {
    fn text(&mut self, key: &'static str) -> Option<SmolStr> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(SmolStr::from(text.as_ref())),
            DeValue::Datetime(date) if date.time.is_none() => Some(SmolStr::from(date.to_string())),
            _ => {
                self.fault(span_of(value.span()), key, "带引号的字符串", "a string in quotation marks");
                None
            }
        }
    }

    fn required(&mut self, key: &'static str) -> SmolStr {
        let present = self.get(key).is_some();
        let text = self.text(key).unwrap_or_default();
        if !present {
            self.fault(self.span, key, "必填项，此处没有", "given, and is missing here");
        } else if text.trim().is_empty() && !*self.broken.borrow() {
            self.fault(self.span, key, "非空字符串", "a string that is not empty");
        }
        text
    }

    fn list(&mut self, key: &'static str) -> Vec<SmolStr> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.fault(span_of(value.span()), key, "字符串列表，如 [\"…\"]", "a list of strings, such as [\"…\"]");
            return Vec::new();
        };
        let mut list = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let span = span_of(item.span());
            match item.get_ref() {
                DeValue::String(text) => list.push(SmolStr::from(text.as_ref())),
                _ => self.fault(span, key, "字符串列表", "a list of strings"),
            }
            self.note_field(&format!("{key}.{index}"), span);
        }
        list
    }

    fn flag(&mut self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        let DeValue::Boolean(flag) = value.get_ref() else {
            self.fault(span_of(value.span()), key, " true 或 false", "true or false");
            return None;
        };
        Some(*flag)
    }

    fn nested(&mut self, key: &'static str, each: &mut dyn FnMut(&mut dyn Record)) {
        let Some(value) = self.get(key) else { return };
        let DeValue::Array(items) = value.get_ref() else {
            self.fault(span_of(value.span()), key, "表的列表", "a list of tables");
            return;
        };
        for (index, item) in items.iter().enumerate() {
            let span = span_of(item.span());
            let DeValue::Table(table) = item.get_ref() else {
                self.fault(span, key, "表的列表", "a list of tables");
                continue;
            };
            self.note_field(&format!("{key}.{index}"), span);
            let prefix = format!("{}{key}.{index}.", self.prefix);
            let mut record = TomlRecord {
                table,
                span,
                prefix,
                asked: Vec::new(),
                sink: self.sink,
                fields: self.fields,
                broken: self.broken,
            };
            each(&mut record);
            record.finish();
        }
    }

    fn refuse(&mut self, key: &'static str, expected: &str) {
        let span = self.table.get(key).map_or(self.span, |value| span_of(value.span()));
        let (zh, en) = expected.split_once(" | ").unwrap_or((expected, expected));
        self.fault(span, key, zh, en);
    }
}

fn span_of(range: std::ops::Range<usize>) -> Span {
    Span::new(range.start, range.end)
}
