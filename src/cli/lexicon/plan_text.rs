//! What an import read and what its merge does, for people.

use std::io::{self, Write};

use crate::{
    cli::place::visible,
    lang::{Lang, Message},
    lexicon::{
        import::{At, ColumnSource, ColumnUse, Imported, Remark},
        write::{Change, EntryChange, EntryFields, Fields, MergePlan, Value},
    },
};

/// How many new entries are listed one by one.
const LISTED: usize = 50;

/// Writes the columns, the remarks and the plan. `source` is the name of the data's file.
pub(super) fn write(
    imported: &Imported,
    plan: &MergePlan,
    source: &str,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut report = Report { lang, out };
    report.columns(&imported.columns)?;
    imported.notes.iter().try_for_each(|note| report.remark(source, note))?;
    plan.notes.iter().try_for_each(|note| report.line(0, note.get(lang)))?;
    report.new_entries(&plan.new)?;
    let changed: Vec<&EntryChange> = plan.changed.iter().filter(|entry| !entry.changes.is_empty()).collect();
    report.changed_entries(&changed)?;
    let conflicting: Vec<&EntryChange> = plan.changed.iter().filter(|entry| !entry.conflicts.is_empty()).collect();
    report.conflicts(&conflicting, plan.conflicts())?;
    report.heading("不变", "unchanged", plan.unchanged)
}

struct Report<'a> {
    lang: Lang,
    out: &'a mut dyn Write,
}

impl Report<'_> {
    fn line(&mut self, indent: usize, text: &str) -> io::Result<()> {
        writeln!(self.out, "{:indent$}{}", "", visible(text))
    }

    fn say(&mut self, indent: usize, zh: &str, en: &str) -> io::Result<()> {
        self.line(indent, if self.lang == Lang::Zh { zh } else { en })
    }

    fn heading(&mut self, zh: &str, en: &str, count: usize) -> io::Result<()> {
        if count == 0 {
            return Ok(());
        }
        self.say(0, &format!("{zh} {count} 条"), &format!("{en}: {count}"))
    }

    fn columns(&mut self, columns: &[ColumnUse]) -> io::Result<()> {
        if columns.is_empty() {
            return Ok(());
        }
        self.say(0, "各列的对应：", "columns:")?;
        for column in columns {
            let (heading, keys) = (&column.heading, column.keys.join(", "));
            match column.source {
                ColumnSource::Unknown => {
                    let zh = format!("{heading} → 不认识，未导入（可用 --map {heading}=键 指明）");
                    self.say(2, &zh, &format!("{heading} -> not known, left out (tell it with --map {heading}=KEY)"))?;
                }
                _ if keys.is_empty() => {
                    self.say(2, &format!("{heading} → 不导入"), &format!("{heading} -> left out"))?;
                }
                _ => self.say(2, &format!("{heading} → {keys}"), &format!("{heading} -> {keys}"))?,
            }
        }
        Ok(())
    }

    fn remark(&mut self, source: &str, remark: &Remark) -> io::Result<()> {
        let at = match &remark.at {
            At::File => String::new(),
            At::Line(line) | At::Row(line) => format!("{line}:"),
            At::Record(record) => format!("{record}:"),
        };
        let text = remark.message.get(self.lang);
        self.line(0, &format!("{source}:{at} {text}"))
    }

    fn new_entries(&mut self, entries: &[EntryFields]) -> io::Result<()> {
        self.heading("新增", "new", entries.len())?;
        for entry in entries.iter().take(LISTED) {
            let posts = entry.fields.tables("post").len();
            let kind = entry.kind.in_words(self.lang);
            let of_posts = match (posts, self.lang) {
                (0, _) => String::new(),
                (posts, Lang::Zh) => format!("，职务 {posts} 个"),
                (posts, Lang::En) => format!(", posts: {posts}"),
            };
            self.line(2, &format!("+ {} {}（{kind}{of_posts}）", entry.id(), entry.name()))?;
        }
        match entries.len().checked_sub(LISTED) {
            Some(more) if more > 0 => self.say(2, &format!("……另有 {more} 条"), &format!("… and {more} more")),
            _ => Ok(()),
        }
    }

    fn changed_entries(&mut self, entries: &[&EntryChange]) -> io::Result<()> {
        self.heading("补充", "changed", entries.len())?;
        for entry in entries {
            self.line(2, &format!("~ {} {}", entry.id, entry.name))?;
            for change in &entry.changes {
                let text = match change {
                    Change::Set { path, value, old: None } => format!("{path} = {}", shown(value)),
                    Change::Set { path, value, old: Some(old) } => format!("{path}: {old} → {}", shown(value)),
                    Change::Extend { path, items } => format!("{path} + {}", items.join(" | ")),
                    Change::AddTable { key, fields } => format!("{key} + {}", table(fields)),
                };
                self.line(6, &text)?;
            }
        }
        Ok(())
    }

    fn conflicts(&mut self, entries: &[&EntryChange], count: usize) -> io::Result<()> {
        if count == 0 {
            return Ok(());
        }
        self.say(
            0,
            &format!("冲突 {count} 处，保留原值："),
            &format!("conflicts, in which the file keeps what it says: {count}"),
        )?;
        for entry in entries {
            self.line(2, &format!("! {} {}", entry.id, entry.name))?;
            for conflict in &entry.conflicts {
                let (existing, incoming) = (&conflict.existing, &conflict.incoming);
                let message = Message::new(
                    format!("{}：原为 {existing}；导入为 {incoming}", conflict.path),
                    format!("{}: the file says {existing}; the import says {incoming}", conflict.path),
                );
                self.line(6, message.get(self.lang))?;
            }
        }
        Ok(())
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::List(items) => items.join(" | "),
        Value::Tables(tables) => tables.iter().map(table).collect::<Vec<_>>().join("; "),
    }
}

/// A post or wrong form in one line: its name and when it was held.
fn table(fields: &Fields) -> String {
    let name = ["title", "text", "name"].into_iter().map(|key| fields.text(key)).find(|name| !name.is_empty());
    let period = match (fields.text("start"), fields.text("end")) {
        ("", "") => String::new(),
        (start, end) => format!(" ({start} – {end})"),
    };
    format!("{}{period}", name.unwrap_or_default())
}
