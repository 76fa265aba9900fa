//! Tables from spreadsheets: headings are mapped to keys, cells are put into the words of the lexicon, and
//! the result is read as a CSV lexicon file would be.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use smol_str::SmolStr;

use super::{
    ImportOptions,
    cells::{self, Cell},
    columns::ColumnSource,
    ids::is_id,
    imported::{At, Collector, Imported},
    layout::Layout,
    references::{References, kind_named_by},
    sheet::{Sheet, SheetRow},
    titles::WrittenOut,
};
use crate::{
    lang::Message,
    lexicon::{
        FileIndex, csv_file,
        entry::EntryKind,
        keys,
        sink::Sink,
        write::{EntryFields, Naming, list_cell},
    },
};

/// How many references that lead nowhere are listed by name.
const LISTED: usize = 8;

/// Reads the entries of a table. `stem` is the name of the file without its ending, which may tell the kind.
///
/// # Errors
///
/// What keeps the table as a whole from being read.
pub(super) fn import(sheet: Sheet, stem: &str, options: &ImportOptions<'_>) -> Result<Imported, (At, Message)> {
    let mut collector = Collector::default();
    for remark in &sheet.remarks {
        collector.note(At::File, &remark.zh, &remark.en);
    }
    let layout = Layout::find(&sheet, stem, options)?;
    if layout.heading > 0 {
        let number = sheet.rows[layout.heading].number;
        collector.note(
            At::File,
            format!("表头在第 {number} 行，以上各行略过"),
            format!("the headings are in row {number}; what stands above was left out"),
        );
    }
    let mut table = Table { at: sheet.at(), layout, collector, groups: Vec::new(), by_key: HashMap::new() };
    for row in &sheet.rows[table.layout.heading + 1..] {
        table.add_row(row);
    }
    table.collector.imported.columns = table.layout.uses();
    Ok(table.finish(options))
}

type Cells = BTreeMap<&'static str, String>;

/// The rows of one entry.
struct Group {
    kind: EntryKind,
    id: SmolStr,
    naming: Naming,
    rows: Vec<(usize, Cells)>,
    broken: bool,
}

struct Table {
    at: fn(usize) -> At,
    layout: Layout,
    collector: Collector,
    groups: Vec<Group>,
    /// The entries whose rows may stand apart, by kind and the id of the table.
    by_key: HashMap<(EntryKind, String), usize>,
}

impl Table {
    fn add_row(&mut self, row: &SheetRow) {
        if row.cells.iter().all(Cell::is_empty) {
            return;
        }
        let at = (self.at)(row.number);
        let Some(kind) = self.kind_of(row, &at) else { return };
        let (cells, sound) = self.cells(row, kind, &at);
        let group = self.group_of(kind, &cells);
        let group = &mut self.groups[group];
        group.broken |= !sound;
        group.rows.push((row.number, cells));
    }

    fn kind_of(&mut self, row: &SheetRow, at: &At) -> Option<EntryKind> {
        let written =
            self.layout.kind_column.and_then(|column| row.cells.get(column)).map(Cell::shown).unwrap_or_default();
        if written.is_empty() && self.layout.kind.is_some() {
            return self.layout.kind;
        }
        let kind = keys::kind_named(cells::word("kind", &written).unwrap_or(&written));
        // A column 类别 of a table whose kind is plain may say something else.
        let kind = kind.or(self.layout.kind);
        if kind.is_none() {
            let kinds = EntryKind::ALL.map(EntryKind::name);
            let zh = format!("词条种类 `{written}` 不认识；应为 {}", kinds.join("、"));
            self.collector.fault(
                at.clone(),
                zh,
                format!("`{written}` is no kind of entry; write one of {}", kinds.join(", ")),
            );
        }
        kind
    }

    /// The cells of a row by key, and whether all could be read.
    fn cells(&mut self, row: &SheetRow, kind: EntryKind, at: &At) -> (Cells, bool) {
        let mut cells = Cells::new();
        let mut sound = true;
        for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let Some((key, source)) = self.layout.key(column, kind) else { continue };
            if matches!(key, "kind" | "-") {
                continue;
            }
            match cells::read(key, cell, source == ColumnSource::Own) {
                Ok(value) => {
                    if let Some(remark) = value.remark {
                        self.collector.note(at.clone(), remark.zh, remark.en);
                    }
                    if let Some(end) = value.end.filter(|end| !end.is_empty()) {
                        cells.entry("end").or_insert(end);
                    }
                    sound &= self.put(&mut cells, key, value.text, at);
                }
                Err(message) => {
                    sound = false;
                    self.collector.fault(at.clone(), message.zh, message.en);
                }
            }
        }
        (cells, sound)
    }

    /// Puts a cell with others of its key: lists are joined, anything else may be said once.
    fn put(&mut self, cells: &mut Cells, key: &'static str, text: String, at: &At) -> bool {
        const LISTS: [&str; 14] = [
            "other_names",
            "short",
            "sources",
            "post_sources",
            "people",
            "variants",
            "wrong",
            "wrong_notes",
            "components",
            "attribution",
            "deprecated",
            "except",
            "successors",
            "note",
        ];
        match cells.get_mut(key) {
            None => {
                cells.insert(key, text);
            }
            Some(old) if *old == text || text.is_empty() => {}
            Some(old) if LISTS.contains(&key) => {
                old.push(if key == "note" { '\n' } else { '|' });
                old.push_str(&text);
            }
            Some(old) => {
                let zh = format!("两列都对应 `{key}`，内容不同：`{old}`、`{text}`；请用 --map 只留一列");
                let en = format!("two columns give `{key}`, and differ: `{old}`, `{text}`; keep one with --map");
                self.collector.fault(at.clone(), zh, en);
                return false;
            }
        }
        true
    }

    /// The entry a row belongs to. Rows of one id are one entry; without ids, rows of one person follow each
    /// other.
    fn group_of(&mut self, kind: EntryKind, cells: &Cells) -> usize {
        let text = |key: &str| cells.get(key).map(String::as_str).unwrap_or_default();
        let (written, name) = (text("id"), text(keys::name_key(kind)));
        let has_rows = matches!(kind, EntryKind::Person | EntryKind::Place);
        if has_rows && !written.is_empty() {
            if let Some(known) = self.by_key.get(&(kind, written.to_owned())) {
                return *known;
            }
        } else if kind == EntryKind::Person
            && let Some(last) = self.groups.last().filter(|last| last.kind == kind && last.naming == Naming::Made)
            && last.rows.last().is_some_and(|(_, cells)| same_person(cells, name, text("gender")))
        {
            return self.groups.len() - 1;
        }
        let (id, naming) = if is_id(written) {
            self.collector.reserve(written);
            (written.into(), Naming::Given)
        } else {
            // Made when all ids of the table are known.
            (SmolStr::default(), Naming::Made)
        };
        self.groups.push(Group { kind, id, naming, rows: Vec::new(), broken: false });
        if !written.is_empty() {
            self.by_key.insert((kind, written.to_owned()), self.groups.len() - 1);
        }
        self.groups.len() - 1
    }

    fn finish(mut self, options: &ImportOptions<'_>) -> Imported {
        self.make_ids();
        self.point_out_namesakes();
        let mut references = References::new(options.lexicon);
        for group in &self.groups {
            for (_, cells) in &group.rows {
                if let Some(name) = cells.get(keys::name_key(group.kind)) {
                    references.add(group.kind, name, &group.id);
                }
            }
        }
        self.write_out_titles();
        self.share_sources();
        self.resolve(&references);
        self.read_entries();
        self.collector.finish()
    }

    fn make_ids(&mut self) {
        let mut foreign: Vec<String> = Vec::new();
        for group in self.groups.iter_mut().filter(|group| group.naming == Naming::Made) {
            let text = |key: &str| {
                group.rows.iter().rev().find_map(|(_, cells)| cells.get(key)).map(String::as_str).unwrap_or_default()
            };
            group.id = self.collector.made_id(group.kind, text(keys::name_key(group.kind)), text("code"));
            if !text("id").is_empty() {
                foreign.push(format!("`{}` → `{}`", text("id"), group.id));
            }
        }
        let count = foreign.len();
        foreign.truncate(LISTED);
        if count > 0 {
            let (zh, en) = (foreign.join("、"), foreign.join(", "));
            let zh = format!("id 只能用小写字母、数字和连字符，{count} 个已改由名称生成：{zh}");
            let en = format!(
                "ids have lower-case letters, digits and hyphens only; {count} were made from the names instead: {en}"
            );
            self.collector.note(At::File, zh, en);
        }
    }

    fn point_out_namesakes(&mut self) {
        let mut seen: HashMap<String, (usize, SmolStr)> = HashMap::new();
        let mut found = Vec::new();
        for group in self.groups.iter().filter(|group| group.kind == EntryKind::Person && group.naming == Naming::Made)
        {
            let Some((number, cells)) = group.rows.first() else { continue };
            let Some(name) = cells.get("name") else { continue };
            match seen.get(name) {
                Some((first, id)) => found.push((*number, name.clone(), *first, id.clone(), group.id.clone())),
                None => {
                    seen.insert(name.clone(), (*number, group.id.clone()));
                }
            }
        }
        for (number, name, first, first_id, id) in found {
            let zh = format!(
                "{name} 与第 {first} 行的同名者不相连，按两人处理（`{first_id}`、`{id}`）；若是同一人，请把各行排在一起，或加一列 id"
            );
            let en = format!(
                "{name} also stands in row {first}, apart from this one; taken for two people (`{first_id}`, `{id}`). If they are one, put the rows together or add a column id"
            );
            self.collector.note((self.at)(number), zh, en);
        }
    }

    /// Writes titles out that a table splits into 单位 and 职务.
    fn write_out_titles(&mut self) {
        let mut titles = WrittenOut::default();
        for group in self.groups.iter_mut().filter(|group| group.kind == EntryKind::Person) {
            for (_, cells) in &mut group.rows {
                let Some(unit) = cells.get("organization").filter(|unit| !is_id(unit)).cloned() else { continue };
                if let Some(title) = cells.get_mut("title") {
                    *title = titles.write_out(title, &unit);
                }
            }
        }
        titles.note(&mut self.collector);
    }

    /// Without a column for the sources of posts, those of a row are the post's and the person's, as in a CSV
    /// lexicon file.
    fn share_sources(&mut self) {
        let people = |group: &&mut Group| group.kind == EntryKind::Person;
        let has = |group: &Group, key: &str| group.rows.iter().any(|(_, cells)| cells.contains_key(key));
        if self.groups.iter().any(|group| has(group, keys::POST_SOURCES)) || self.layout.has(keys::POST_SOURCES) {
            return;
        }
        for group in self.groups.iter_mut().filter(people).filter(|group| has(group, "sources")) {
            let mut all: Vec<&str> =
                group.rows.iter().filter_map(|(_, cells)| cells.get("sources")).map(String::as_str).collect();
            all.dedup();
            let all = all.join("|");
            let all = list_cell(&distinct(csv_file::items(&all)));
            for (_, cells) in &mut group.rows {
                let own = cells.insert("sources", all.clone());
                if let Some(own) = own.filter(|_| cells.contains_key("title")) {
                    cells.insert(keys::POST_SOURCES, own);
                }
            }
        }
    }

    /// Puts ids in the place of names. A name that leads nowhere is left out, or in a roll of people costs
    /// the entry.
    fn resolve(&mut self, references: &References<'_>) {
        let mut nowhere: BTreeMap<&'static str, BTreeMap<String, usize>> = BTreeMap::new();
        for group in &mut self.groups {
            for (number, cells) in &mut group.rows {
                let kind = group.kind;
                let named = cells.iter_mut().filter_map(|(key, text)| Some((*key, kind_named_by(kind, key)?, text)));
                for (key, target, text) in named {
                    let is_list = matches!(key, "people" | "successors");
                    let written: Vec<String> =
                        if is_list { text.split('|').map(str::to_owned).collect() } else { vec![text.clone()] };
                    let (found, lost): (Vec<_>, Vec<_>) = written
                        .into_iter()
                        .map(|name| (references.find(target, &name), name))
                        .partition(|(id, _)| id.is_some());
                    *text = list_cell(&found.into_iter().filter_map(|(id, _)| id).collect::<Vec<_>>());
                    for (_, name) in lost {
                        if key == "people" {
                            group.broken = true;
                            let zh = format!("名单中的 `{name}` 在导入数据和词库里都找不到，或不止一人；请写 id");
                            let en = format!(
                                "`{name}` in the list is in neither the import nor the lexicon, or there are several; write the id"
                            );
                            self.collector.fault((self.at)(*number), zh, en);
                        } else {
                            *nowhere.entry(key).or_default().entry(name).or_default() += 1;
                        }
                    }
                }
            }
        }
        for (key, names) in nowhere {
            let listed: Vec<String> = names.keys().take(LISTED).map(|name| format!("`{name}`")).collect();
            let (count, zh, en) = (names.len(), listed.join("、"), listed.join(", "));
            self.collector.note(
                At::File,
                format!("`{key}` 中有 {count} 个名称在词库里找不到，或不止一个，该项未导入：{zh}"),
                format!("names under `{key}` that are not in the lexicon, or not once, were left out ({count}): {en}"),
            );
        }
    }

    /// Reads the rows as those of a CSV lexicon file, whose faults are those of the source's rows.
    fn read_entries(&mut self) {
        let groups = std::mem::take(&mut self.groups);
        let columns = columns_of(groups.iter().filter(|group| !group.broken).map(|group| group.kind));
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing rows of one length into memory cannot fail.
        let _ = writer.write_record(&columns);
        let mut numbers = Vec::new();
        let mut naming: HashMap<SmolStr, (Naming, usize)> = HashMap::new();
        for group in groups.iter().filter(|group| !group.broken) {
            let first = group.rows.first().map_or(0, |(number, _)| *number);
            naming.entry(group.id.clone()).or_insert((group.naming, first));
            for (number, cells) in &group.rows {
                let cell = |column: &&'static str| match *column {
                    "kind" => group.kind.name(),
                    "id" => group.id.as_str(),
                    column => cells.get(column).map(String::as_str).unwrap_or_default(),
                };
                let _ = writer.write_record(columns.iter().map(cell));
                numbers.push(*number);
            }
        }
        let text = writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        let starts = row_starts(&text);
        let path = std::path::Path::new("");
        let sink = Sink::new(path, &text);
        let entries = csv_file::read("", &text, FileIndex(0), &sink);
        for entry in entries {
            let (naming, number) = naming.get(&entry.id).copied().unwrap_or((Naming::Given, 0));
            self.collector.push_entry((self.at)(number), EntryFields::of(&entry), naming);
        }
        for problem in sink.into_problems() {
            let row = starts.partition_point(|start| *start <= problem.span.start).saturating_sub(2);
            let at = numbers.get(row).map_or(At::File, |number| (self.at)(*number));
            self.collector.fault(at, problem.message.zh, problem.message.en);
        }
    }
}

/// `kind`, `id` and every column of these kinds; with `post_sources` among them, `sources` are the person's.
fn columns_of(kinds: impl Iterator<Item = EntryKind>) -> Vec<&'static str> {
    let kinds: BTreeSet<EntryKind> = kinds.collect();
    let mut columns = vec!["kind", "id"];
    for column in kinds.into_iter().flat_map(keys::columns) {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    columns
}

/// Where the records of a CSV text begin, its header first.
fn row_starts(text: &str) -> Vec<usize> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let positions = reader.byte_records().filter_map(Result::ok);
    positions.filter_map(|record| record.position().map(|position| position.byte() as usize)).collect()
}

fn distinct(items: Vec<SmolStr>) -> Vec<SmolStr> {
    let mut distinct: Vec<SmolStr> = Vec::new();
    for item in items {
        if !distinct.contains(&item) {
            distinct.push(item);
        }
    }
    distinct
}

fn same_person(cells: &Cells, name: &str, gender: &str) -> bool {
    let text = |key: &str| cells.get(key).map(String::as_str).unwrap_or_default();
    !name.is_empty()
        && text("name") == name
        && (gender.is_empty() || text("gender").is_empty() || text("gender") == gender)
}
