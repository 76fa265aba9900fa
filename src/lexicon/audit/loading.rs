//! X101, X108, X109, X110: what loading itself finds.

use super::rule::{AuditExample, AuditRule, example};
use crate::{lang::Text, lexicon::ProblemCode};

pub(super) const DUPLICATE_ID: AuditRule = AuditRule {
    code: ProblemCode::DuplicateId,
    name: "duplicate-id",
    summary: Text { zh: "两个词条用了同一个 id", en: "two entries have one id" },
    why: Text {
        zh: "id 在整个词库中必须唯一，标注和引用才有所指。先出现的词条有效，后出现的不用。与内置词库同 id 是覆盖，不报告。",
        en: "An id is unique in the whole lexicon, or references and annotations mean nothing. The first entry stays in force. An id of a built-in pack overrides it and is not reported.",
    },
    bad: &[example(
        "[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\n\n[[person]]\nid = ⟦\"lin-yiming\"⟧\nname = \"林一明\"\n",
    )],
    good: &[example(
        "[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\n\n[[person]]\nid = \"lin-yiming-2\"\nname = \"林一明\"\n",
    )],
    check: None,
};

pub(super) const UNKNOWN_KEY: AuditRule = AuditRule {
    code: ProblemCode::UnknownKey,
    name: "unknown-key",
    summary: Text { zh: "格式中没有的键或表", en: "a key or table the format does not have" },
    why: Text {
        zh: "写错的键不起作用，所写的内容就落空了。报告时给出最接近的键。",
        en: "What stands under a misspelt key is lost. The nearest key is named.",
    },
    bad: &[AuditExample {
        lexicon: "[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\n⟦gendre⟧ = \"female\"\n",
        fixed: Some("[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\ngender = \"female\"\n"),
    }],
    good: &[example("[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\ngender = \"female\"\n")],
    check: None,
};

pub(super) const INVALID_VALUE: AuditRule = AuditRule {
    code: ProblemCode::InvalidValue,
    name: "invalid-value",
    summary: Text {
        zh: "值的类型或写法不对，或缺少必填的值",
        en: "a value of the wrong type or form, or one that is missing",
    },
    why: Text {
        zh: "日期写作 2022、2022-06 或 2022-06-24，代码 6 位或 9 位。有错的词条整条不用，以免只剩半个事实。",
        en: "Dates are 2022, 2022-06 or 2022-06-24, codes have 6 or 9 digits. A faulty entry is left out whole, since half a fact can be a wrong one.",
    },
    bad: &[example("[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\ngender = ⟦\"woman\"⟧\n")],
    good: &[example("[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\ngender = \"female\"\n")],
    check: None,
};

pub(super) const UNREADABLE: AuditRule = AuditRule {
    code: ProblemCode::Unreadable,
    name: "unreadable",
    summary: Text {
        zh: "文件无法读取，或不是 TOML、CSV", en: "a file that cannot be read or is no TOML or CSV"
    },
    why: Text {
        zh: "语法有错的地方读不出来；同一文件里其余的词条照常使用。",
        en: "Nothing can be read where the syntax is broken; the other entries of the file stay in force.",
    },
    bad: &[example("[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\nnote = ⟦见通稿⟧\n")],
    good: &[example("[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\n")],
    check: None,
};
