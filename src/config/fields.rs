//! The keys of hegao.toml as data, from which `hegao schema config` is made.

use crate::lexicon::fields::{DATE, Field, Value};

/// The levels of a rule.
pub const LEVELS: Value = Value::OneOf(&["off", "hint", "info", "warning", "error"]);

/// The keys of hegao.toml.
pub const FIELDS: &[Field] = &[
    Field::new(
        "as_of",
        Value::Pattern("^(today|[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)$"),
        "稿件自己没有日期时，按哪一天核对：一个日期，或 today",
        "The day for drafts without a date of their own: a date, or today",
    ),
    Field::new("home", Value::String, "本地：行政区划代码或词条 id", "Home jurisdiction: a GB/T 2260 code or entry id"),
    Field::new("lang", Value::OneOf(&["zh-CN", "en"]), "提示用的语言", "Language of messages"),
    Field::new(
        "lexicons",
        Value::List(&Value::String),
        "词库的文件夹或文件；不写则为旁边的 lexicon 文件夹",
        "Lexicon folders or files; the folder lexicon beside this file if absent",
    ),
    Field::new("lexicon", Value::Record(LEXICON), "对词库的要求", "What is asked of the lexicon"),
    Field::new(
        "packs",
        Value::List(&Value::String),
        "内置词库；不写则全用，[] 为全不用",
        "Built-in packs; all if absent, [] switches them off",
    ),
    Field::new("include", Value::List(&Value::String), "核对哪些文件（路径模式）", "Which files are checked (globs)"),
    Field::new("exclude", Value::List(&Value::String), "其中不核对哪些（路径模式）", "Which of them are not (globs)"),
    Field::new("write_to", Value::String, "“加入词库”写到哪个文件", "Where \"add to lexicon\" writes"),
    Field::new("rules", Value::Map(&LEVELS), "规则的级别，按代码或名称", "Levels of rules, by code or name"),
    Field::new(
        "override",
        Value::Records(OVERRIDE),
        "某些路径另定级别，后面的优先",
        "Levels for some paths; later ones win",
    ),
    Field::new("waiver", Value::Records(WAIVER), "看过并同意保留的问题", "Findings that may stand"),
    Field::new("limits", Value::Map(&Value::Number), "每万字允许的问题数", "Findings allowed per 10,000 characters"),
];

const LEXICON: &[Field] = &[Field::new(
    "review_months",
    Value::Number,
    "词条过多少个月要重新核对",
    "After how many months an entry wants another look",
)];

const OVERRIDE: &[Field] = &[
    Field::required(
        "paths",
        Value::List(&Value::String),
        "路径模式，相对于 hegao.toml",
        "Globs, relative to hegao.toml",
    ),
    Field::required("rules", Value::Map(&LEVELS), "规则的级别，按代码或名称", "Levels of rules, by code or name"),
];

const WAIVER: &[Field] = &[
    Field::required("rule", Value::String, "规则的代码或名称", "Code or name of the rule"),
    Field::required("text", Value::String, "所涉文字，与稿件一致", "The words it covers, as they stand in the draft"),
    Field::new("path", Value::String, "限于哪些稿件（路径模式）", "The drafts it covers (a glob); all if absent"),
    Field::new("reason", Value::String, "理由", "Why"),
    Field::new("until", DATE, "有效期的最后一天", "The last day it covers anything"),
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::{config::Config, lexicon::packs};

    fn right(field: &Field) -> String {
        match (&field.value, field.key) {
            (Value::Pattern(_), _) => "\"2022-06-24\"".to_owned(),
            (Value::OneOf(names), _) => format!("{:?}", names[0]),
            (_, "packs") => format!("[{:?}]", packs::PACKS[0].name),
            (Value::List(_), _) => "[\"a\"]".to_owned(),
            (Value::Number, _) => "3".to_owned(),
            (Value::Map(Value::Number), _) => "{ newspaper = 3 }".to_owned(),
            (Value::Record(fields), _) => format!("{{ {} }}", lines(fields, "").join(", ")),
            (Value::Map(_), _) => "{ P201 = \"off\" }".to_owned(),
            (Value::Records(fields), _) => format!("[{{ {} }}]", lines(fields, "").join(", ")),
            _ => "\"a\"".to_owned(),
        }
    }

    fn lines(fields: &[Field], without: &str) -> Vec<String> {
        let kept = fields.iter().filter(|field| field.key != without);
        kept.map(|field| format!("{} = {}", field.key, right(field))).collect()
    }

    fn problems(text: &str) -> Vec<String> {
        let (_, problems) = Config::parse(Path::new("hegao.toml"), text);
        problems.iter().map(|problem| problem.message.en.clone()).collect()
    }

    /// The keys that the reader names when it meets one it does not know.
    fn known(text: &str) -> Vec<String> {
        let found = problems(text).join("\n");
        let named = found.split_once("the keys are: ").expect("the keys are named").1;
        named.split(", ").map(str::to_owned).collect()
    }

    #[test]
    fn the_keys_are_those_that_are_read() {
        let check = |fields: &[Field], text: &str| {
            let expected: Vec<&str> = fields.iter().map(|field| field.key).collect();
            assert_eq!(known(text), expected, "{text}");
        };
        let whole = lines(FIELDS, "").join("\n");
        assert_eq!(problems(&whole), [""; 0], "{whole}");
        check(FIELDS, "stranger = 1");
        check(LEXICON, "[lexicon]\nstranger = 1");
        check(OVERRIDE, "[[override]]\nstranger = 1");
        check(WAIVER, "[[waiver]]\nstranger = 1");
    }

    #[test]
    fn required_keys_are_those_that_must_be_given() {
        for (name, fields) in [("override", OVERRIDE), ("waiver", WAIVER)] {
            for field in fields {
                let text = format!("[[{name}]]\n{}", lines(fields, field.key).join("\n"));
                assert_eq!(!problems(&text).is_empty(), field.required, "{text}{:?}", problems(&text));
            }
        }
        assert_eq!(problems(""), [""; 0]);
    }
}
