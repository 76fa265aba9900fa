//! F104: a gap the writer meant to fill.

use super::{
    context::Context,
    finding::{Finding, Severity},
    rule::{Example, Rule, Text},
};
use crate::{
    analysis::gap::{Gap, gaps},
    lang::Message,
    text::BlockKind,
};

pub(super) const RULE: Rule = Rule {
    code: "F104",
    name: "placeholder-left",
    severity: Severity::Warning,
    default_on: true,
    time_based: false,
    summary: Text { zh: "留待填写的空缺没有补上", en: "a gap that was to be filled is still there" },
    why: Text {
        zh: "XX市、××万元、X月X日、（此处补数据）、（待核）、TODO、空的【】《》、？？？亿元，都是写稿时留下的空，见报前应补齐或删去。\
             李××、××公司、某公司等隐去名称的写法，案件、举证、格式样本里的××，XXL、染色体XX等用语，引号内的字样，不报。\
             句末的“待定”多半属实，只作提示。",
        en: "Gaps left while writing must be filled or cut before printing. Names hidden on purpose (李××, ××公司, 某公司), \
             reports of cases, forms and samples, sizes and other terms of Latin letters, and words in quotation marks \
             are left alone. 待定 at the end of a clause is mostly true and only a hint.",
    },
    bad: &[
        Example { lexicon: "", text: "⟦XX⟧市召开项目建设推进会。", fixed: None },
        Example { lexicon: "", text: "⟦××⟧同志主持会议。", fixed: None },
        Example { lexicon: "", text: "全年完成投资⟦ＸＸ⟧亿元，同比增长6%。", fixed: None },
        Example { lexicon: "", text: "会议于2022年⟦X月X日⟧召开。", fixed: None },
        Example { lexicon: "", text: "因病逝世，享年⟦XX⟧岁。", fixed: None },
        Example { lexicon: "", text: "末班车推迟⟦XX⟧分钟。", fixed: None },
        Example { lexicon: "", text: "全省派出服务队⟦XX⟧支，得到群众支持。", fixed: None },
        Example { lexicon: "", text: "（记者 ⟦XXX⟧）", fixed: None },
        Example { lexicon: "", text: "市委书记⟦xxx⟧强调，要抓紧抓实。", fixed: None },
        Example { lexicon: "", text: "增长了5个百分点⟦（此处补去年同期数据）⟧。", fixed: None },
        Example { lexicon: "", text: "逢年过节要上门看看。⟦(此处补照片说明)⟧", fixed: None },
        Example { lexicon: "", text: "项目总投资3亿元⟦（待核）⟧。", fixed: None },
        Example { lexicon: "", text: "⟦TODO⟧：补充企业名单。", fixed: None },
        Example { lexicon: "", text: "⟦【】⟧会议强调，要狠抓落实。", fixed: None },
        Example { lexicon: "", text: "实现产值⟦？？？⟧亿元。", fixed: None },
        Example { lexicon: "", text: "出席人员名单⟦待定⟧。", fixed: None },
    ],
    good: &[
        Example {
            lexicon: "", text: "某公司经理李××给周某送去XXL号工服，××公司也参与其中。", fixed: None
        },
        Example { lexicon: "", text: "被告李某，男，××岁。", fixed: None },
        Example { lexicon: "", text: "举报信说，××市××局多收了费用。", fixed: None },
        Example {
            lexicon: "", text: "电话138××××1234，车牌吉A×××××，XX染色体，20XX年。", fixed: None
        },
        Example {
            lexicon: "", text: "落款写作“XX市人民政府”，日期写作“×年×月×日”。", fixed: None
        },
        Example {
            lexicon: "", text: "期待定期开放，等待定点采购，用待定系数法，结果有待补充。", fixed: None
        },
        Example { lexicon: "", text: "（未完待续）（待遇不变）（补充说明）", fixed: None },
        Example {
            lexicon: "", text: "真的吗？？？他问。书名号《》和方头括号【】是标点。", fixed: None
        },
        Example { lexicon: "", text: "`TODO`、`XX市`是代码；3××5、HTTP 4xx 也不是空缺。", fixed: None },
    ],
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (block, source) in context.draft.blocks.iter().enumerate() {
        let in_table = source.kind == BlockKind::TableCell;
        let gaps =
            gaps(&source.content.text, || context.marks(block)).into_iter().filter(|gap| gap.certain || !in_table);
        findings.extend(gaps.map(|gap| report(context, block, gap)));
    }
}

fn report(context: &Context<'_>, block: usize, gap: Gap) -> Finding {
    let words = context.words(block, gap.span);
    let (message, severity) = if gap.certain {
        let zh = format!("“{words}”是留待填写的空缺，请补齐或删去");
        (Message::new(zh, format!("“{words}” is a gap: fill it or cut it")), RULE.severity)
    } else {
        let zh = format!("“{words}”：请确认见报前是否已定");
        (Message::new(zh, format!("“{words}”: check whether it is settled by now")), Severity::Hint)
    };
    context.finding(&RULE, block, gap.span, message).with_severity(severity)
}
