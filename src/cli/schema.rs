//! `hegao schema`: a JSON Schema for editors that check and complete TOML.

use serde_json::{Map, Value as Json, json};

use super::{
    Outcome,
    args::{SchemaArgs, SchemaSubject},
    faults::Faults,
    locale::Language,
    output::{Content, Output},
};
use crate::{
    config,
    lang::Lang,
    lexicon::{
        EntryKind,
        fields::{self, Field, Value},
        packs,
    },
    rules::RULES,
};

/// The version of JSON Schema that TOML and YAML plugins of editors all read.
const DIALECT: &str = "http://json-schema.org/draft-07/schema#";

/// Prints the schema.
pub(super) fn run(args: &SchemaArgs, language: Language) -> Outcome {
    let lang = language.general();
    let mut faults = Faults::new(lang);
    let schema = match args.subject {
        SchemaSubject::Config => configuration(lang),
        SchemaSubject::Lexicon => lexicon(lang),
    };
    Output::stdout(Content::ForPrograms).write(&mut faults, |out| {
        serde_json::to_writer_pretty(&mut *out, &schema)?;
        out.write_all(b"\n")
    });
    faults.outcome()
}

/// The schema of hegao.toml.
fn configuration(lang: Lang) -> Json {
    let mut schema = table(config::fields::FIELDS, lang);
    let rules = rule_levels(lang);
    schema["properties"]["rules"]["properties"] = rules.clone();
    schema["properties"]["override"]["items"]["properties"]["rules"]["properties"] = rules;
    let packs: Vec<&str> = packs::PACKS.iter().map(|pack| pack.name).collect();
    schema["properties"]["packs"]["items"] = json!({ "enum": packs });
    titled(config::FILE_NAME, schema)
}

/// The schema of a lexicon file in TOML.
fn lexicon(lang: Lang) -> Json {
    let tables: Map<String, Json> = EntryKind::ALL
        .into_iter()
        .map(|kind| (kind.name().to_owned(), json!({ "type": "array", "items": table(fields::of_entry(kind), lang) })))
        .collect();
    titled("hegao lexicon", json!({ "type": "object", "additionalProperties": false, "properties": tables }))
}

fn titled(title: &str, mut schema: Json) -> Json {
    schema["$schema"] = json!(DIALECT);
    schema["title"] = json!(title);
    schema
}

fn table(fields: &[Field], lang: Lang) -> Json {
    let mut properties = Map::new();
    for field in fields {
        let mut property = value(&field.value, lang);
        property["description"] = json!(field.doc.get(lang));
        properties.insert(field.key.to_owned(), property);
    }
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.key).collect();
    json!({ "type": "object", "additionalProperties": false, "required": required, "properties": properties })
}

fn value(value: &Value, lang: Lang) -> Json {
    match value {
        Value::String => json!({ "type": "string" }),
        Value::Pattern(pattern) => json!({ "type": "string", "pattern": pattern }),
        Value::OneOf(names) => json!({ "enum": names }),
        Value::Flag => json!({ "type": "boolean" }),
        Value::Number => json!({ "type": "number" }),
        Value::List(items) => json!({ "type": "array", "items": self::value(items, lang) }),
        Value::Map(values) => json!({ "type": "object", "additionalProperties": self::value(values, lang) }),
        Value::Record(fields) => table(fields, lang),
        Value::Records(fields) => json!({ "type": "array", "items": table(fields, lang) }),
    }
}

/// The rules with what they report, to be completed; other names are no fault of the schema.
fn rule_levels(lang: Lang) -> Json {
    let levels = value(&config::fields::LEVELS, lang);
    let mut rules = Map::new();
    for rule in RULES {
        for key in [rule.code, rule.name] {
            let mut level = levels.clone();
            level["description"] = json!(rule.summary.get(lang));
            rules.insert(key.to_owned(), level);
        }
    }
    Json::Object(rules)
}
