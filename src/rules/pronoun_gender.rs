//! P401: 他 or 她 disagrees with the only person it can mean.

use super::{
    context::Context,
    finding::{Finding, Severity},
    rule::{Example, Rule, Text},
};
use crate::{
    analysis::{Anaphor, AnaphorKind, Mention},
    lang::Message,
    lexicon::{EntryIndex, entry::Gender},
};

pub(super) const RULE: Rule = Rule {
    code: "P401",
    name: "pronoun-gender",
    severity: Severity::Warning,
    default_on: true,
    time_based: false,
    summary: Text {
        zh: "“他”“她”与所指的人性别不符", en: "他 or 她 disagrees with the only person it can mean"
    },
    why: Text {
        zh: "只在同一段里代词之前只提到一个人、词库又写明性别时才报；引语之中的，前面还提到别人（包括词库没有的人）的，\
             代词与那人同在一个分句里的（高远珊对他表示慰问，“他”是别人），不报。",
        en: "Reported only where one person is named in the paragraph before the pronoun and the lexicon has the gender. \
             Inside quotations, where anybody else is named before, entered or not, and where the pronoun shares the \
             clause with the name (she thanked him), nothing is said.",
    },
    bad: &[
        Example {
            lexicon: LEXICON,
            text: "省委统战部部长高远珊来到企业。⟦他⟧强调，要抓好落实。",
            fixed: Some("省委统战部部长高远珊来到企业。她强调，要抓好落实。"),
        },
        Example {
            lexicon: LEXICON,
            text: "省委宣传部部长林一鸣来到企业。⟦她⟧强调，要抓好落实。",
            fixed: Some("省委宣传部部长林一鸣来到企业。他强调，要抓好落实。"),
        },
    ],
    good: &[
        Example {
            lexicon: LEXICON, text: "省委统战部部长高远珊来到企业。她强调，要抓好落实。", fixed: None
        },
        Example {
            lexicon: LEXICON, text: "省委统战部部长高远珊看望老党员王守田。他今年九十岁。", fixed: None
        },
        Example {
            lexicon: LEXICON, text: "省委统战部部长高远珊说：“他是大家学习的榜样。”", fixed: None
        },
        Example {
            lexicon: LEXICON, text: "省委统战部部长高远珊同林一鸣交谈。他说，路修好了。", fixed: None
        },
        Example {
            lexicon: LEXICON, text: "省委统战部部长高远珊来到村民家。他们说，路修好了。", fixed: None
        },
        Example {
            lexicon: LEXICON, text: "藏书捐给图书馆。省委统战部部长高远珊对他的逝世表示哀悼。", fixed: None
        },
    ],
    check,
};

const LEXICON: &str = r#"
[[person]]
id = "gao-yuanshan"
name = "高远珊"
gender = "female"
[[person.post]]
title = "吉林省委统战部部长"
place = "220000"
[[person]]
id = "lin-yiming"
name = "林一鸣"
gender = "male"
[[person.post]]
title = "吉林省委宣传部部长"
place = "220000"
"#;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for anaphor in &context.analysis.anaphora {
        let AnaphorKind::Pronoun(written) = anaphor.kind else { continue };
        let antecedent = anaphor.antecedent.and_then(|index| context.analysis.mentions.get(index));
        let antecedent = antecedent.filter(|mention| !shares_clause(context, mention, anaphor));
        let Some(person) = antecedent.and_then(|mention| mention.entry) else { continue };
        let gender = context.entry(person).person().and_then(|person| person.gender);
        if let Some(gender) = gender.filter(|gender| *gender != written) {
            findings.push(report(context, anaphor, person, gender));
        }
    }
}

/// Whether nothing but words stands between the name and the pronoun: who acts upon 他 is not 他.
fn shares_clause(context: &Context<'_>, mention: &Mention, anaphor: &Anaphor) -> bool {
    let text = context.draft.blocks[anaphor.block].content.text.as_str();
    let between = text.get(mention.content.end..anaphor.content.start);
    between.is_some_and(|words| words.chars().all(char::is_alphanumeric))
}

fn report(context: &Context<'_>, anaphor: &Anaphor, person: EntryIndex, gender: Gender) -> Finding {
    let name = context.entry(person).name();
    let (right, zh, en) = match gender {
        Gender::Female => ("她", "女", "a woman"),
        Gender::Male => ("他", "男", "a man"),
    };
    let written = context.words(anaphor.block, anaphor.content);
    let message = Message::new(
        format!("“{written}”所指的{name}是{zh}性，应为“{right}”"),
        format!("“{written}” stands for {name}, {en}: it should be “{right}”"),
    );
    let evidence = context.evidence(person, "gender", format!("{name}：{zh}"), Default::default(), &[]);
    let title = Message::new(format!("改为“{right}”"), format!("replace with “{right}”"));
    let fix = context.replace(title, false, anaphor.block, anaphor.content, right);
    context.finding(&RULE, anaphor.block, anaphor.content, message).with_evidence(evidence).with_fix(fix)
}
