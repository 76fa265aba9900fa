//! Adding one thing to a lexicon file: an entry, a post, an alias. A file whose entries stand in the order
//! of ids stays so.

use smol_str::SmolStr;

use super::{
    apply,
    csv::csv_text,
    fields::{EntryFields, Fields, Value},
    merge::{Change, EntryChange, MergePlan, Path},
    target::{Target, TargetError, Written},
    toml::toml_text,
};
use crate::{
    lexicon::{EdtfDate, FileIndex, InForce, ValidTime, entry::EntryKind, keys, sink::Sink, toml_file},
    text::Span,
};

/// What is added to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addition {
    /// An entry whose id is new.
    Entry(EntryFields),
    /// Posts of the person with this id.
    Posts {
        /// The person.
        person: SmolStr,
        /// The posts, which go behind the others.
        posts: Vec<Fields>,
    },
    /// Another written form of the entry with this id.
    Alias {
        /// The entry.
        entry: SmolStr,
        /// The form.
        form: SmolStr,
        /// The day on which it is used: of a place whose name changed, the form belongs to the state in force
        /// then, else to the last one.
        on: Option<EdtfDate>,
    },
}

/// The key under which further forms of an entry stand; `None` where there is no such key. A term has one
/// form to use, so that all others are deprecated.
pub fn alias_key(kind: EntryKind) -> Option<&'static str> {
    match kind {
        EntryKind::Person => Some("other_names"),
        EntryKind::Place | EntryKind::Organization | EntryKind::Document => Some("short"),
        EntryKind::Slogan => Some("variants"),
        EntryKind::Term => Some("deprecated"),
        EntryKind::Precedence => None,
    }
}

impl EntryFields {
    /// Adds another form, of a place whose name changed to its state on the day. `false`: an entry of this kind
    /// has no other forms.
    pub fn add_form(&mut self, form: &SmolStr, on: Option<EdtfDate>) -> bool {
        let Some(key) = alias_key(self.kind) else { return false };
        match version_on(self.fields.tables("version"), on).and_then(|at| self.fields.table_mut("version", at)) {
            Some(version) => version.add_form(key, form),
            None => self.fields.add_form(key, form),
        }
        self.fields.sort(keys::keys(self.kind));
        true
    }
}

impl Fields {
    fn add_form(&mut self, key: &'static str, form: &SmolStr) {
        self.extend_list(key, [form.clone()]);
        self.sort(keys::nested_keys("version"));
    }
}

/// The state of a place on a day, else its last one; `None` if it never changed.
fn version_on(versions: &[Fields], on: Option<EdtfDate>) -> Option<usize> {
    let state = |version: &Fields| {
        let [start, end] = ["start", "end"].map(|key| version.text(key).parse().ok());
        on.map(|day| ValidTime { start, end }.on(day))
    };
    let position = |wanted: InForce| versions.iter().rposition(|version| state(version) == Some(wanted));
    position(InForce::Now).or_else(|| position(InForce::Uncertain)).or(versions.len().checked_sub(1))
}

impl Target {
    /// The text of the file with an addition; what is there already is not added again.
    ///
    /// # Errors
    ///
    /// [`TargetError::NotMergeable`] if the file is laid out in a way that does not allow it.
    pub fn with(&self, addition: &Addition) -> Result<Written, TargetError> {
        let written = self.with_all_columns(addition)?;
        match self.text().filter(|_| self.is_csv()) {
            Some(old) => Ok(Written { new: without_new_empty_columns(old, &written.new), ..written }),
            None => Ok(written),
        }
    }

    fn with_all_columns(&self, addition: &Addition) -> Result<Written, TargetError> {
        match addition {
            Addition::Entry(entry) => self.with_entry(entry),
            Addition::Posts { person, posts } => {
                let changes = posts.iter().map(|post| Change::AddTable { key: "post", fields: post.clone() });
                self.with_changes(person, |_| Some(changes.collect()))
            }
            Addition::Alias { entry, form, on } => self.with_form(entry, form, *on),
        }
    }

    fn with_changes(
        &self,
        id: &str,
        changes: impl FnOnce(&EntryFields) -> Option<Vec<Change>>,
    ) -> Result<Written, TargetError> {
        let entry = self.entry(id)?;
        self.merged(&plan_of(entry, changes(entry).ok_or_else(|| self.not_mergeable(id))?))
    }

    fn entry(&self, id: &str) -> Result<&EntryFields, TargetError> {
        self.entries().iter().find(|entry| entry.id() == id).ok_or_else(|| self.not_mergeable(id))
    }

    fn with_form(&self, id: &str, form: &SmolStr, on: Option<EdtfDate>) -> Result<Written, TargetError> {
        let entry = self.entry(id)?;
        let Some(version) = version_on(entry.fields.tables("version"), on) else {
            return self.with_changes(id, |existing| alias(existing, form));
        };
        let short = entry.fields.tables("version")[version].list("short");
        if short.contains(form) {
            return self.merged(&MergePlan::default());
        }
        let with_form = |gains: &dyn Fn(usize, &Fields) -> bool| {
            let mut entries = self.entries().to_vec();
            let place = entries.iter_mut().find(|entry| entry.id() == id);
            if let Some(Value::Tables(versions)) = place.and_then(|place| place.fields.get_mut("version")) {
                let gaining = versions.iter_mut().enumerate().filter(|(at, version)| gains(*at, version));
                gaining.for_each(|(_, version)| version.add_form("short", form));
            }
            entries
        };
        let alone = with_form(&|at, _| at == version);
        let Some(text) = self.text().filter(|_| !self.is_csv()) else {
            let text = self.text().unwrap_or_default();
            return self.read_back(csv_text(&alone, &self.style_of(text, &alone)), alone);
        };
        // A state may be written as a table of its own, or be what the place itself says of the time before
        // or after those. Its list may be its own, or one that several states inherit: then all gain the form.
        let all = with_form(&|_, other| other.list("short") == short);
        let tables = (0..entry.fields.tables("version").len()).map(|at| Some(("version", at))).chain([None]);
        let whole = [short, std::slice::from_ref(form)].concat();
        let candidates = tables.flat_map(|table| {
            let path = Path { table, key: "short" };
            let set = Change::Set { path, value: Value::List(whole.clone()), old: None };
            [Change::Extend { path, items: vec![form.clone()] }, set]
        });
        let candidates: Vec<String> =
            candidates.filter_map(|change| apply::merged_text(text, &plan_of(entry, vec![change]))).collect();
        let fits = |expected: &Vec<EntryFields>| {
            candidates.iter().find_map(|text| self.read_back(text.clone(), expected.clone()).ok())
        };
        fits(&alone).or_else(|| fits(&all)).ok_or_else(|| self.not_mergeable(id))
    }

    fn with_entry(&self, entry: &EntryFields) -> Result<Written, TargetError> {
        let appended = MergePlan { new: vec![entry.clone()], ..MergePlan::default() };
        let (Some(text), Some(next)) = (self.text(), self.next_in_order(entry)) else { return self.merged(&appended) };
        let mut expected = self.entries().to_vec();
        expected.insert(next, entry.clone());
        if self.is_csv() {
            return self.read_back(csv_text(&expected, &self.style_of(text, &expected)), expected);
        }
        match inserted(text, self.entries()[next].id(), entry) {
            Some(new) => self.read_back(new, expected),
            None => self.merged(&appended),
        }
    }

    /// The entry that comes behind a new one, if those of its kind stand in the order of ids.
    fn next_in_order(&self, entry: &EntryFields) -> Option<usize> {
        let of_kind = || self.entries().iter().enumerate().filter(|(_, other)| other.kind == entry.kind);
        let ids: Vec<&str> = of_kind().map(|(_, entry)| entry.id()).collect();
        let is_sorted = ids.len() > 1 && ids.is_sorted();
        of_kind().find(|(_, other)| other.id() > entry.id()).map(|(at, _)| at).filter(|_| is_sorted)
    }
}

/// A table without the columns that the old one did not have and that say nothing.
fn without_new_empty_columns(old: &str, new: &str) -> String {
    let mark = &new[..new.len() - new.trim_start_matches('\u{feff}').len()];
    let records = |text: &str| -> Vec<::csv::StringRecord> {
        let text = text.trim_start_matches('\u{feff}').as_bytes();
        let reader = ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
        reader.into_records().filter_map(Result::ok).collect()
    };
    let (old, rows) = (records(old), records(new));
    let (Some(old_header), Some(header)) = (old.first(), rows.first()) else { return new.to_owned() };
    let is_kept = |column: usize, name: &str| {
        let says = |row: &::csv::StringRecord| row.get(column).is_some_and(|cell| !cell.is_empty());
        old_header.iter().any(|known| known.trim() == name) || rows[1..].iter().any(says)
    };
    let kept: Vec<usize> =
        header.iter().enumerate().filter(|(at, name)| is_kept(*at, name)).map(|(at, _)| at).collect();
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let written =
        rows.iter().try_for_each(|row| writer.write_record(kept.iter().filter_map(|column| row.get(*column))));
    let bytes = written.ok().and_then(|()| writer.into_inner().ok());
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    text.map_or_else(|| new.to_owned(), |text| format!("{mark}{text}"))
}

/// What adds a form to an entry whose name never changed.
fn alias(existing: &EntryFields, form: &SmolStr) -> Option<Vec<Change>> {
    let key = alias_key(existing.kind)?;
    let path = Path { table: None, key };
    Some(match existing.fields.list(key) {
        [] => vec![Change::Set { path, value: Value::List(vec![form.clone()]), old: None }],
        known if known.contains(form) => Vec::new(),
        _ => vec![Change::Extend { path, items: vec![form.clone()] }],
    })
}

/// The plan that makes these changes to one entry.
fn plan_of(entry: &EntryFields, changes: Vec<Change>) -> MergePlan {
    let change = EntryChange {
        kind: entry.kind,
        id: entry.id().into(),
        name: entry.name().into(),
        changes,
        conflicts: Vec::new(),
    };
    MergePlan { changed: vec![change], ..MergePlan::default() }
}

/// The text with a new table before the one with the id `next` and the comments right above it. `None`
/// if that is no table with a header of its own.
fn inserted(text: &str, next: &str, entry: &EntryFields) -> Option<String> {
    let sink = Sink::new(std::path::Path::new(""), text);
    let entries = toml_file::read(text, FileIndex(0), &sink);
    let next = entries.iter().find(|entry| entry.id == next)?;
    let header = line_start(text, next.span.start);
    if !text[header..].trim_start().starts_with("[[") {
        return None;
    }
    let mut at = header;
    while let Some(above) = at.checked_sub(1).map(|end| line_start(text, end))
        && text[above..at].trim_start().starts_with('#')
    {
        at = above;
    }
    // A comment with which the file begins is about the file.
    let at = if at == 0 { header } else { at };
    let mut new = toml_text(std::slice::from_ref(entry));
    new.push('\n');
    if text.contains("\r\n") {
        new = new.replace('\n', "\r\n");
    }
    let (before, after) = (Span::new(0, at).slice(text), Span::new(at, text.len()).slice(text));
    Some([before, &new, after].concat())
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

#[cfg(test)]
mod tests {
    use std::path::Path as FilePath;

    use super::*;

    fn person(id: &str, name: &str) -> Addition {
        let mut fields = Fields::default();
        fields.set_text("id", id);
        fields.set_text("name", name);
        Addition::Entry(EntryFields { kind: EntryKind::Person, fields })
    }

    fn post(person: &str, title: &str) -> Addition {
        let mut post = Fields::default();
        post.set_text("title", title);
        Addition::Posts { person: person.into(), posts: vec![post] }
    }

    fn alias(entry: &str, form: &str) -> Addition {
        Addition::Alias { entry: entry.into(), form: form.into(), on: "2019-05-01".parse().ok() }
    }

    #[track_caller]
    fn check(file: &str, old: &str, addition: &Addition, expected: &str) {
        let target = Target::with_text(FilePath::new(file), Some(old.to_owned())).unwrap();
        assert_eq!(target.with(addition).unwrap().new, expected);
    }

    #[test]
    fn a_new_entry_keeps_a_sorted_file_sorted_and_comments_in_their_place() {
        check(
            "people.toml",
            "# 名单\n[[person]]\nid = \"a\"\nname = \"甲\" # 一\n\n# 丙的备注\n[[person]]\nid = \"c\"\nname = \"丙\"\n",
            &person("b", "乙"),
            "# 名单\n[[person]]\nid = \"a\"\nname = \"甲\" # 一\n\n[[person]]\nid = \"b\"\nname = \"乙\"\n\n# 丙的备注\n[[person]]\nid = \"c\"\nname = \"丙\"\n",
        );
        check(
            "people.toml",
            "# 名单\r\n[[person]]\r\nid = \"b\"\r\nname = \"乙\"\r\n\r\n[[person]]\r\nid = \"c\"\r\nname = \"丙\"\r\n",
            &person("a", "甲"),
            "# 名单\r\n[[person]]\r\nid = \"a\"\r\nname = \"甲\"\r\n\r\n[[person]]\r\nid = \"b\"\r\nname = \"乙\"\r\n\r\n[[person]]\r\nid = \"c\"\r\nname = \"丙\"\r\n",
        );
        check("people.csv", "id,name\na,甲\nc,丙\n", &person("b", "乙"), "id,name\na,甲\nb,乙\nc,丙\n");
    }

    #[test]
    fn a_new_entry_comes_last_in_a_file_without_order() {
        check(
            "people.toml",
            "[[person]]\nid = \"c\"\nname = \"丙\"\n\n[[person]]\nid = \"a\"\nname = \"甲\"\n",
            &person("b", "乙"),
            "[[person]]\nid = \"c\"\nname = \"丙\"\n\n[[person]]\nid = \"a\"\nname = \"甲\"\n\n[[person]]\nid = \"b\"\nname = \"乙\"\n",
        );
        check("people.csv", "id,name\nc,丙\na,甲\n", &person("b", "乙"), "id,name\nc,丙\na,甲\nb,乙\n");
    }

    #[test]
    fn a_post_and_an_alias_go_to_their_entry() {
        let old = "[[person]]\nid = \"a\"\nname = \"甲\" # 一\n[[person.post]]\ntitle = \"吉林省省长\"\n\n# 乙\n[[person]]\nid = \"b\"\nname = \"乙\"\n";
        check(
            "people.toml",
            old,
            &post("a", "吉林省委副书记"),
            &old.replace("省长\"\n", "省长\"\n\n[[person.post]]\ntitle = \"吉林省委副书记\"\n"),
        );
        check(
            "people.toml",
            old,
            &alias("b", "老乙"),
            &old.replace("name = \"乙\"\n", "name = \"乙\"\nother_names = [\"老乙\"]\n"),
        );
        check(
            "people.csv",
            "id,name,other_names\na,甲,阿甲\n",
            &alias("a", "老甲"),
            "id,name,other_names\na,甲,阿甲|老甲\n",
        );
    }

    #[test]
    fn another_form_of_a_term_is_a_deprecated_one_and_is_added_once() {
        let term = "[[term]]\nid = \"a\"\npreferred = \"甲\" # 一\n";
        check("terms.toml", term, &alias("a", "乙"), &format!("{term}deprecated = [\"乙\"]\n"));
        let again = format!("{term}deprecated = [\"乙\"]\n");
        check("terms.toml", &again, &alias("a", "乙"), &again);
        check("terms.csv", "id,preferred\na,甲\n", &alias("a", "乙"), "id,preferred,deprecated\na,甲,乙\n");
    }

    #[test]
    fn a_form_of_a_place_goes_to_the_state_in_force_on_the_day() {
        let head = "[[place]]\nid = \"a\"\nname = \"甲新区\"\nlevel = \"functional-zone\"\n";
        let old = "[[place.version]]\nname = \"甲开发区\" # 旧\n";
        let check = |text: &str, from: &str, to: &str| {
            check("places.toml", text, &alias("a", "甲区"), &text.replacen(from, to, 1));
        };
        // A table of its own, with and without a list.
        let dates = "start = \"2010-01-01\"\nend = \"2019-12-31\"\n";
        let new = "[[place.version]]\nstart = \"2020-01-01\"\n";
        check(&format!("{head}{old}{dates}{new}"), "# 旧\n", "# 旧\nshort = [\"甲区\"]\n");
        check(&format!("{head}{old}short = [\"甲开\"] # 简\n{dates}{new}"), "[\"甲开\"]", "[\"甲开\", \"甲区\"]");
        // An inherited list is written out.
        let short = "short = [\"甲\"]\n";
        check(&format!("{head}{short}{old}{dates}{new}"), "# 旧\n", "# 旧\nshort = [\"甲\", \"甲区\"]\n");
        // What the place itself says of the time after its old state; the old one inherits it.
        let ended = "start = \"2010-01-01\"\nend = \"2015-12-31\"\n";
        check(&format!("{head}{short}{old}{ended}"), "[\"甲\"]", "[\"甲\", \"甲区\"]");
        check(&format!("{head}{short}{old}short = [\"甲开\"]\n{ended}"), "[\"甲\"]", "[\"甲\", \"甲区\"]");
    }

    #[test]
    fn a_form_of_a_place_in_a_table_goes_to_the_row_in_force_on_the_day() {
        check(
            "places.csv",
            "id,level,name,start,end\na,functional-zone,甲开发区,2010-01-01,2019-12-31\na,functional-zone,甲新区,2020-01-01,\n",
            &alias("a", "甲区"),
            "id,level,name,start,end,short\na,functional-zone,甲开发区,2010-01-01,2019-12-31,甲区\na,functional-zone,甲新区,2020-01-01,,\n",
        );
    }

    #[test]
    fn what_has_no_place_is_refused() {
        let target = |text: &str| Target::with_text(FilePath::new("a.toml"), Some(text.to_owned())).unwrap();
        assert!(target("").with(&post("a", "吉林省省长")).is_err());
        assert!(target("[[precedence]]\nid = \"a\"\npeople = [\"b\"]\n").with(&alias("a", "乙")).is_err());
        let faulty = Target::with_text(FilePath::new("a.toml"), Some("[[person]]\nid = \"a\"\n".to_owned()));
        assert!(matches!(faulty, Err(TargetError::Faulty(_))));
    }
}
