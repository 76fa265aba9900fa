//! Lexicons made at random.

use hegao::lexicon::{
    EntryKind,
    write::{EntryFields, Fields, Value},
};
use proptest::{collection, prelude::*};
use smol_str::SmolStr;

/// A text with the characters that formats trip over, and no space at either end.
fn text() -> impl Strategy<Value = SmolStr> {
    let characters = prop::sample::select(
        "吉林省委书记胡家福、，。“”·〔2022〕a|\\\"',;#&<>=[]{}:：$()/\n 𠮷é".chars().collect::<Vec<_>>(),
    );
    collection::vec(characters, 1..12).prop_map(|characters| {
        let text: String = characters.into_iter().collect();
        let trimmed = text.trim();
        SmolStr::from(if trimmed.is_empty() { "文" } else { trimmed })
    })
}

fn texts() -> impl Strategy<Value = Vec<SmolStr>> {
    collection::btree_set(text(), 0..4).prop_map(|texts| texts.into_iter().rev().collect())
}

fn source() -> impl Strategy<Value = SmolStr> {
    prop_oneof![
        text(),
        "[a-z]{1,8}".prop_map(|page| SmolStr::from(format!("https://example.org/{page}?a=1;b=2#{page}"))),
    ]
}

fn sources() -> impl Strategy<Value = Vec<SmolStr>> {
    collection::btree_set(source(), 0..3).prop_map(|sources| sources.into_iter().rev().collect())
}

fn date() -> impl Strategy<Value = SmolStr> {
    let (year, month, day) = (1949..2026, 1..=12, 1..=28);
    (year, month, day, 0..4).prop_map(|(year, month, day, precision)| {
        SmolStr::from(match precision {
            0 => String::new(),
            1 => format!("{year}"),
            2 => format!("{year}-{month:02}"),
            _ => format!("{year}-{month:02}-{day:02}"),
        })
    })
}

fn reference() -> impl Strategy<Value = SmolStr> {
    prop_oneof![
        Just(SmolStr::default()),
        Just("220000".into()),
        Just("222400".into()),
        "[a-z][a-z0-9-]{0,6}".prop_map(SmolStr::from)
    ]
}

fn optional() -> impl Strategy<Value = SmolStr> {
    prop_oneof![Just(SmolStr::default()), text()]
}

fn post() -> impl Strategy<Value = Fields> {
    (text(), texts(), reference(), reference(), date(), date(), sources()).prop_map(
        |(title, short, organization, place, start, end, sources)| {
            let mut fields = Fields::default();
            fields.set_text("title", title);
            fields.set_list("short", &short);
            fields.set_text("organization", organization);
            fields.set_text("place", place);
            fields.set_text("start", start);
            fields.set_text("end", end);
            fields.set_list("sources", &sources);
            fields
        },
    )
}

fn person() -> impl Strategy<Value = Fields> {
    let gender = prop::sample::select(vec!["", "male", "female"]);
    (text(), texts(), gender, any::<bool>(), collection::vec(post(), 0..4)).prop_map(
        |(name, other_names, gender, complete, posts)| {
            let mut fields = Fields::default();
            fields.set_text("name", name);
            fields.set_list("other_names", &other_names);
            fields.set_text("gender", gender);
            fields.set("complete", Value::Flag(complete));
            fields.set_tables("post", posts);
            fields
        },
    )
}

fn precedence() -> impl Strategy<Value = Fields> {
    (collection::btree_set("[a-z][a-z0-9-]{0,6}", 1..5), date(), date()).prop_map(|(people, start, end)| {
        let mut fields = Fields::default();
        fields.set_list("people", &people.into_iter().map(SmolStr::from).collect::<Vec<_>>());
        fields.set_text("start", start);
        fields.set_text("end", end);
        fields
    })
}

fn version() -> impl Strategy<Value = Fields> {
    let code = prop::sample::select(vec!["", "220181", "220381", "220184"]);
    (text(), texts(), code, reference(), optional()).prop_map(|(name, short, code, parent, document)| {
        let mut fields = Fields::default();
        fields.set_text("name", name);
        fields.set_list("short", &short);
        fields.set_text("code", code);
        fields.set_text("parent", parent);
        fields.set_text("document", document);
        fields
    })
}

/// A place whose versions follow each other in time, the first without a start or the last without an end
/// if so told.
fn place() -> impl Strategy<Value = Fields> {
    let level = prop::sample::select(vec!["province", "prefecture", "county", "township", "functional-zone", "region"]);
    let versions = collection::vec((version(), 1..9u16, prop::sample::select(vec!["", "-07", "-07-01"])), 1..4);
    (level, versions, any::<bool>(), any::<bool>(), optional(), reference()).prop_map(
        |(level, versions, begins, ends, end_document, successor)| {
            let mut year = 1949;
            let mut tables: Vec<Fields> = Vec::new();
            for (mut version, years, precision) in versions {
                if begins || !tables.is_empty() {
                    version.set_text("start", format!("{year}{precision}"));
                }
                year += years;
                version.set_text("end", format!("{year}{precision}"));
                tables.push(version);
            }
            let last = tables.len() - 1;
            if !ends {
                let mut open = Fields::default();
                tables[last]
                    .iter()
                    .filter(|(key, _)| *key != "end")
                    .for_each(|(key, value)| open.set(key, value.clone()));
                tables[last] = open;
            }
            let mut fields = tables[last].clone();
            if last > 0 {
                fields = Fields::default();
                fields.set_text("name", tables[last].text("name"));
                fields.set_text("end", tables[last].text("end"));
                fields.set_tables("version", tables);
            }
            fields.set_text("level", level);
            fields.set_text("end_document", end_document);
            fields.set_list("successors", &Some(successor).filter(|id| !id.is_empty()).into_iter().collect::<Vec<_>>());
            fields
        },
    )
}

fn organization() -> impl Strategy<Value = Fields> {
    (text(), texts(), reference(), reference(), date(), date(), reference()).prop_map(
        |(name, short, parent, place, start, end, successor)| {
            let mut fields = Fields::default();
            fields.set_text("name", name);
            fields.set_list("short", &short);
            fields.set_text("parent", parent);
            fields.set_text("place", place);
            fields.set_text("start", start);
            fields.set_text("end", end);
            fields.set_text("successor", successor);
            fields
        },
    )
}

fn wrong_forms() -> impl Strategy<Value = Vec<Fields>> {
    collection::btree_map(text(), optional(), 0..4).prop_map(|forms| {
        let form = |(text, note): (SmolStr, SmolStr)| {
            let mut fields = Fields::default();
            fields.set_text("text", text);
            fields.set_text("note", note);
            fields
        };
        forms.into_iter().map(form).collect()
    })
}

fn slogan() -> impl Strategy<Value = Fields> {
    let flags = (any::<bool>(), any::<bool>());
    (text(), texts(), wrong_forms(), texts(), flags, optional(), texts(), date(), date(), reference()).prop_map(
        |(text, variants, wrong, components, (ordered, quoted), expands, attribution, start, end, newer)| {
            let mut fields = Fields::default();
            fields.set_text("text", text);
            fields.set_list("variants", &variants);
            fields.set_tables("wrong", wrong);
            fields.set_list("components", &components);
            fields.set("ordered", Value::Flag(ordered));
            fields.set_text("expands", expands);
            fields.set("quoted", Value::Flag(quoted));
            fields.set_list("attribution", &attribution);
            fields.set_text("start", start);
            fields.set_text("end", end);
            fields.set_text("superseded_by", newer);
            fields
        },
    )
}

fn term() -> impl Strategy<Value = Fields> {
    (text(), texts(), texts()).prop_map(|(preferred, deprecated, except)| {
        let mut fields = Fields::default();
        fields.set_text("preferred", preferred);
        fields.set_list("deprecated", &deprecated);
        fields.set_list("except", &except);
        fields
    })
}

fn document() -> impl Strategy<Value = Fields> {
    (text(), texts(), optional(), date(), optional()).prop_map(|(title, short, issuer, date, text)| {
        let mut fields = Fields::default();
        fields.set_text("title", title);
        fields.set_list("short", &short);
        fields.set_text("issuer", issuer);
        fields.set_text("date", date);
        fields.set_text("text", text);
        fields
    })
}

fn entry(kind: EntryKind) -> BoxedStrategy<(EntryKind, Fields)> {
    let fields = match kind {
        EntryKind::Person => person().boxed(),
        EntryKind::Precedence => precedence().boxed(),
        EntryKind::Place => place().boxed(),
        EntryKind::Organization => organization().boxed(),
        EntryKind::Slogan => slogan().boxed(),
        EntryKind::Term => term().boxed(),
        EntryKind::Document => document().boxed(),
    };
    let with_common = (fields, sources(), date(), optional()).prop_map(move |(mut fields, sources, reviewed, note)| {
        fields.set_list("sources", &sources);
        fields.set_text("reviewed", reviewed);
        fields.set_text("note", note);
        (kind, fields)
    });
    with_common.boxed()
}

/// A lexicon of entries of these kinds, each with an id of its own.
pub fn lexicon(kinds: &'static [EntryKind]) -> impl Strategy<Value = Vec<EntryFields>> {
    let entry = prop::sample::select(kinds).prop_flat_map(entry);
    collection::vec(entry, 0..6).prop_map(|entries| {
        let with_id = |(number, (kind, mut fields)): (usize, (EntryKind, Fields))| {
            fields.set_text("id", format!("entry-{number}"));
            EntryFields::read(kind, &fields).expect("generated entries are in order")
        };
        entries.into_iter().enumerate().map(with_id).collect()
    })
}
