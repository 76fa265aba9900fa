//! The keys of lexicon entries and of hegao.toml as data, from which `hegao schema` is made. Tests hold
//! the tables to what the readers take.

use super::entry::EntryKind;
use crate::lang::Text;

/// A key of a table.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What it holds.
    pub value: Value,
    /// Whether it must be given.
    pub required: bool,
    /// What it means.
    pub doc: Text,
}

/// What a key holds.
#[derive(Debug)]
pub enum Value {
    /// A string.
    String,
    /// A string that matches a regular expression.
    Pattern(&'static str),
    /// One of some strings.
    OneOf(&'static [&'static str]),
    /// `true` or `false`.
    Flag,
    /// A number.
    Number,
    /// A list.
    List(&'static Value),
    /// A table whose keys are free.
    Map(&'static Value),
    /// A table.
    Record(&'static [Field]),
    /// A list of tables.
    Records(&'static [Field]),
}

impl Field {
    /// A key that may be absent.
    pub const fn new(key: &'static str, value: Value, zh: &'static str, en: &'static str) -> Self {
        Self { key, value, required: false, doc: Text { zh, en } }
    }

    /// A key that must be given.
    pub const fn required(key: &'static str, value: Value, zh: &'static str, en: &'static str) -> Self {
        Self { key, value, required: true, doc: Text { zh, en } }
    }
}

/// EDTF level 0: a year, month or day.
pub const DATE: Value = Value::Pattern("^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$");

const TEXTS: Value = Value::List(&Value::String);
const ID: Field = Field::required(
    "id",
    Value::Pattern("^[a-z0-9][a-z0-9-]*$"),
    "全词库唯一的标识：小写字母、数字和连字符",
    "Unique in the whole lexicon: lower-case letters, digits and hyphens",
);
const SOURCES: Field = Field::new("sources", TEXTS, "出处：网址或文献", "Where it is from: addresses or citations");
const REVIEWED: Field = Field::new("reviewed", DATE, "上次核对的日期", "When someone last looked at the entry");
const NOTE: Field = Field::new("note", Value::String, "给编辑看的备注", "A remark for editors");
const START: Field = Field::new(
    "start",
    DATE,
    "起始日期，含当日：2022、2022-06 或 2022-06-24",
    "First day, inclusive: 2022, 2022-06 or 2022-06-24",
);
const END: Field = Field::new("end", DATE, "终止日期，含当日", "Last day, inclusive");
const SHORT: Field = Field::new("short", TEXTS, "另外认可的简称或写法", "Further accepted forms");
const PLACE: Field = Field::new(
    "place",
    Value::String,
    "所在地：行政区划代码或地名词条 id",
    "Jurisdiction: a division code or the id of a place",
);
const CODE: Field = Field::new(
    "code",
    Value::Pattern("^([0-9]{6}|[0-9]{9}|[0-9]{12})$"),
    "行政区划代码（GB/T 2260）：6 位，乡级 9 位",
    "GB/T 2260 code: 6 digits, 9 for townships",
);
const PARENT: Field =
    Field::new("parent", Value::String, "上级：行政区划代码或词条 id", "The place above: a division code or entry id");
const DOCUMENT: Field =
    Field::new("document", Value::String, "批准文号", "The number of the document that brought it about");

/// The keys of an entry of `kind`.
pub const fn of_entry(kind: EntryKind) -> &'static [Field] {
    match kind {
        EntryKind::Person => PERSON,
        EntryKind::Precedence => PRECEDENCE,
        EntryKind::Place => PLACES,
        EntryKind::Organization => ORGANIZATION,
        EntryKind::Slogan => SLOGAN,
        EntryKind::Term => TERM,
        EntryKind::Document => DOCUMENTS,
    }
}

const PERSON: &[Field] = &[
    ID,
    Field::required("name", Value::String, "姓名", "The name as printed"),
    Field::new("other_names", TEXTS, "别名", "Other names"),
    Field::new("gender", Value::OneOf(&["female", "male"]), "性别；不知道就不写", "Gender; absent if unknown"),
    Field::new(
        "complete",
        Value::Flag,
        "所列职务是否是其任职的全部",
        "Whether the posts are all this person held in their time",
    ),
    Field::new("post", Value::Records(POST), "担任过的职务", "Posts held"),
    SOURCES,
    REVIEWED,
    NOTE,
];

const POST: &[Field] = &[
    Field::required("title", Value::String, "职务全称", "The title written out"),
    SHORT,
    Field::new("organization", Value::String, "所在机构的词条 id", "Id of the organization"),
    PLACE,
    START,
    END,
    SOURCES,
];

const PRECEDENCE: &[Field] = &[
    ID,
    Field::new("people", TEXTS, "人物词条 id，从前到后", "Ids of persons, highest first"),
    START,
    END,
    SOURCES,
    REVIEWED,
    NOTE,
];

const PLACES: &[Field] = &[
    ID,
    Field::required("name", Value::String, "名称全称", "The full name"),
    SHORT,
    Field::required(
        "level",
        Value::OneOf(&["province", "prefecture", "county", "township", "functional-zone", "region"]),
        "层级：省级、地级、县级、乡级、功能区、地区",
        "The tier of the place",
    ),
    CODE,
    PARENT,
    START,
    END,
    DOCUMENT,
    Field::new("version", Value::Records(VERSION), "名称、代码或隶属的变动", "Changes of name, code or parent"),
    Field::new("successors", TEXTS, "撤销后由哪些地方接续：词条 id", "Ids of the places that took over when it ended"),
    Field::new("end_document", Value::String, "撤销的批准文号", "The number of the document that ended it"),
    SOURCES,
    REVIEWED,
    NOTE,
];

const VERSION: &[Field] = &[
    Field::new("name", Value::String, "这段时间的名称", "The name in that time"),
    SHORT,
    CODE,
    PARENT,
    START,
    END,
    DOCUMENT,
];

const ORGANIZATION: &[Field] = &[
    ID,
    Field::required("name", Value::String, "机构全称", "The full name"),
    SHORT,
    Field::new("parent", Value::String, "上级机构的词条 id", "Id of the organization above"),
    PLACE,
    START,
    END,
    Field::new("successor", Value::String, "后继机构的词条 id", "Id of the organization that took over"),
    SOURCES,
    REVIEWED,
    NOTE,
];

const SLOGAN: &[Field] = &[
    ID,
    Field::required("text", Value::String, "准确表述", "The exact wording"),
    Field::new("variants", TEXTS, "另外认可的写法，从不报告", "Other accepted wordings, never reported"),
    Field::new("wrong", Value::Records(WRONG), "已知的错误写法", "Known wrong wordings"),
    Field::new("components", TEXTS, "组成部分", "Its parts"),
    Field::new(
        "ordered",
        Value::Flag,
        "组成部分次序是否固定（默认是）",
        "Whether the parts have an order (default: true)",
    ),
    Field::new("expands", Value::String, "数字概括所指的内容", "What a number phrase counts"),
    Field::new("quoted", Value::Flag, "是否通常加引号", "Whether it is usually printed in quotation marks"),
    Field::new("attribution", TEXTS, "出自谁", "To whom it is credited"),
    START,
    END,
    Field::new("superseded_by", Value::String, "取代它的提法的词条 id", "Id of the formulation that replaced it"),
    SOURCES,
    REVIEWED,
    NOTE,
];

const WRONG: &[Field] = &[
    Field::required("text", Value::String, "错误写法", "The wrong wording"),
    Field::new("note", Value::String, "错在哪里", "What is wrong with it"),
];

const TERM: &[Field] = &[
    ID,
    Field::required("preferred", Value::String, "推荐的写法", "The preferred form"),
    Field::new("deprecated", TEXTS, "不用的写法", "Deprecated forms"),
    Field::new("except", TEXTS, "可用不推荐写法的上下文", "Contexts in which a deprecated form is right"),
    SOURCES,
    REVIEWED,
    NOTE,
];

const DOCUMENTS: &[Field] = &[
    ID,
    Field::required("title", Value::String, "标题，不带书名号", "The title without 《》"),
    SHORT,
    Field::new("issuer", Value::String, "发文机关", "Who issued it"),
    Field::new("date", DATE, "日期", "The date"),
    Field::new(
        "text",
        Value::String,
        "全文所在文件，相对于词库文件",
        "A file with the full text, relative to the lexicon file",
    ),
    SOURCES,
    REVIEWED,
    NOTE,
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::lexicon::{FileIndex, Problem, entry::Level, problem::ProblemCode, sink::Sink, toml_file};

    fn problems(text: &str) -> Vec<Problem> {
        let sink = Sink::new(Path::new("a.toml"), text);
        toml_file::read(text, FileIndex(0), &sink);
        sink.into_problems()
    }

    /// Strings that hold for each pattern.
    fn sample(field: &Field) -> &'static str {
        match (&field.value, field.key) {
            (Value::OneOf(names), _) => names[0],
            (Value::Pattern(_), "id") => "a-1",
            (Value::Pattern(_), "code") => "220000",
            (Value::Pattern(_), _) => "2022-06-24",
            _ => "文",
        }
    }

    fn right(field: &Field) -> String {
        match field.value {
            Value::Flag => "true".to_owned(),
            Value::List(_) => "[\"文\"]".to_owned(),
            Value::Records(fields) => format!("[{{ {} }}]", lines(fields, right).join(", ")),
            _ => format!("{:?}", sample(field)),
        }
    }

    fn wrong(field: &Field) -> &'static str {
        match field.value {
            Value::String | Value::List(_) | Value::Records(_) => "1",
            _ => "\"不 是\"",
        }
    }

    fn lines(fields: &[Field], value: impl Fn(&Field) -> String) -> Vec<String> {
        fields.iter().map(|field| format!("{} = {}", field.key, value(field))).collect()
    }

    /// An entry of `kind` with these values.
    fn entry(kind: EntryKind, lines: &[String]) -> String {
        format!("[[{}]]\n{}\n", kind.name(), lines.join("\n"))
    }

    #[test]
    fn every_key_is_read_and_its_value_is_held_to_the_table() {
        for kind in EntryKind::ALL {
            let fields = of_entry(kind);
            let whole = entry(kind, &lines(fields, right));
            assert!(problems(&whole).is_empty(), "{whole}{:?}", problems(&whole));
            for field in fields {
                let value = |other: &Field| if other.key == field.key { wrong(field).to_owned() } else { right(other) };
                let text = entry(kind, &lines(fields, value));
                assert!(!problems(&text).is_empty(), "{text} is read without a problem");
                let without: Vec<String> = lines(fields, right)
                    .into_iter()
                    .filter(|line| !line.starts_with(&format!("{} =", field.key)))
                    .collect();
                let text = entry(kind, &without);
                assert_eq!(!problems(&text).is_empty(), field.required, "{text}{:?}", problems(&text));
            }
        }
    }

    #[test]
    fn no_key_that_is_read_is_missing() {
        for kind in EntryKind::ALL {
            let mut entries = vec![(of_entry(kind), String::new())];
            for field in of_entry(kind) {
                if let Value::Records(fields) = field.value {
                    entries.push((fields, field.key.to_owned()));
                }
            }
            for (fields, nested) in entries {
                // A key like no other makes the reader name those it knows.
                let stranger =
                    "不是任何一个键的名字 = 1".replace("不是任何一个键的名字", "\"不是任何一个键的名字不是\"");
                let value = |field: &Field| match (&field.value, field.key == nested) {
                    (Value::Records(fields), true) => {
                        format!("[{{ {}, {stranger} }}]", self::lines(fields, right).join(", "))
                    }
                    _ => right(field),
                };
                let mut lines = lines(of_entry(kind), value);
                lines.extend(nested.is_empty().then(|| stranger.clone()));
                let found = problems(&entry(kind, &lines));
                let unknown =
                    found.iter().find(|problem| problem.code == ProblemCode::UnknownKey).expect("one is unknown");
                let known = unknown.message.en.split_once("the keys are: ").expect("the keys are named").1;
                let mut known: Vec<&str> = known.split(", ").collect();
                let mut expected: Vec<&str> = fields.iter().map(|field| field.key).collect();
                known.sort_unstable();
                known.dedup();
                expected.sort_unstable();
                assert_eq!(known, expected, "{} {nested}", kind.name());
            }
        }
    }

    #[test]
    fn levels_are_those_of_places() {
        let level = PLACES.iter().find(|field| field.key == "level").expect("places have a level");
        assert!(matches!(level.value, Value::OneOf(names) if names == Level::NAMES.map(|(_, name)| name)));
    }
}
