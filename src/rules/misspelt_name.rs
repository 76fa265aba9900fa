//! P101: a name one slip away from that of the lexicon person who holds the post printed with it.

use super::{
    context::Context,
    example_lexicon::{OFFICIALS, RANKED},
    finding::{Finding, Severity},
    name_slip::{Ground, NameSlip, name_slips},
    rule::{Example, Rule, Text},
};
use crate::{analysis::Likeness, lang::Message};

pub(super) const RULE: Rule = Rule {
    code: "P101",
    name: "misspelt-name",
    severity: Severity::Error,
    default_on: true,
    time_based: true,
    summary: Text {
        zh: "姓名与词库人物只差一字（同音、形近、漏字、多字、颠倒），且前面正是其职务，或在同一名单中",
        en: "a name one slip away from that of the lexicon person who holds the printed post, or of a colleague in the list",
    },
    why: Text {
        zh: "领导姓名写错是硬伤，输入法选字又最容易错。只在两种地方核对：姓名前面是词库人物当日确实担任的职务，或名单里紧挨着\
             其同僚。另有其人的不报：词库里有这个姓名，或稿中别处写明这个姓名是别的职务、职业。",
        en: "A leader's name must be right, and input methods choose wrong characters easily. Only names right behind a post \
             the person really holds, or beside a colleague in a list, are compared. A name that is another lexicon person's, \
             or that the draft gives another post or an occupation, is left alone.",
    },
    bad: &[
        Example {
            lexicon: OFFICIALS,
            text: "省委常委、宣传部长⟦林一明⟧到白城市调研。",
            fixed: Some("省委常委、宣传部长林一鸣到白城市调研。"),
        },
        Example {
            lexicon: OFFICIALS,
            text: "长春市委书记⟦石长⟧主持会议。",
            fixed: Some("长春市委书记石长明主持会议。"),
        },
        Example {
            lexicon: OFFICIALS,
            text: "长春市委书记⟦石明长⟧主持会议。",
            fixed: Some("长春市委书记石长明主持会议。"),
        },
        Example {
            lexicon: OFFICIALS,
            text: "长春市委书记⟦右长明⟧主持会议。",
            fixed: Some("长春市委书记石长明主持会议。"),
        },
        Example {
            lexicon: OFFICIALS,
            text: "长春市委书记⟦石长明明⟧主持会议。",
            fixed: Some("长春市委书记石长明主持会议。"),
        },
        Example {
            lexicon: OFFICIALS,
            text: "长春市委书记⟦石长明明⟧提出三点要求。",
            fixed: Some("长春市委书记石长明提出三点要求。"),
        },
        Example {
            lexicon: OFFICIALS,
            text: "长春市委书记⟦石常明⟧作交流发言。",
            fixed: Some("长春市委书记石长明作交流发言。"),
        },
        Example {
            lexicon: OFFICIALS,
            text: "长春市委书记⟦石长江⟧主持会议。",
            fixed: Some("长春市委书记石长明主持会议。"),
        },
        Example {
            lexicon: OFFICIALS,
            text: "省领导高远山、⟦林一名⟧、何文川出席会议。",
            fixed: Some("省领导高远山、林一鸣、何文川出席会议。"),
        },
        Example {
            lexicon: OFFICIALS,
            text: "省领导⟦高远珊⟧、林一鸣、何文川出席会议。",
            fixed: Some("省领导高远山、林一鸣、何文川出席会议。"),
        },
        Example {
            lexicon: OFFICIALS,
            text: "高远山、林一鸣、⟦贺文川⟧出席会议。",
            fixed: Some("高远山、林一鸣、何文川出席会议。"),
        },
        Example {
            lexicon: OFFICIALS,
            text: "高远山、林一鸣、⟦荷文川⟧、石长明出席会议。",
            fixed: Some("高远山、林一鸣、何文川、石长明出席会议。"),
        },
        Example {
            lexicon: RANKED,
            text: "⟦楚一鸣⟧、高远山、何文川出席会议。",
            fixed: Some("林一鸣、高远山、何文川出席会议。"),
        },
        Example {
            lexicon: OFFICIALS,
            text: "时任省委统战部部长⟦何文传⟧回忆说，当时条件很苦。",
            fixed: Some("时任省委统战部部长何文川回忆说，当时条件很苦。"),
        },
    ],
    good: &[
        Example { lexicon: OFFICIALS, text: "省委常委、宣传部长林一鸣到白城市调研。", fixed: None },
        Example { lexicon: OFFICIALS, text: "广东省委宣传部长林一明来访。", fixed: None },
        Example { lexicon: OFFICIALS, text: "长春市公安局局长石常明介绍了情况。", fixed: None },
        Example { lexicon: OFFICIALS, text: "村民林一明说，路修好了。", fixed: None },
        Example { lexicon: OFFICIALS, text: "省委秘书长李伟民出席会议。", fixed: None },
        Example { lexicon: OFFICIALS, text: "省委秘书长李强出席会议。", fixed: None },
        Example { lexicon: OFFICIALS, text: "获奖者有林一明、王芳、高远珊。", fixed: None },
        Example { lexicon: OFFICIALS, text: "省人大代表林一明、政协委员高远珊发言。", fixed: None },
        Example { lexicon: OFFICIALS, text: "长春市委书记石长明明天赴京。", fixed: None },
        Example { lexicon: RANKED, text: "高远山、何文川、楚一鸣、石长明出席会议。", fixed: None },
        Example { lexicon: OFFICIALS, text: "高远山、楚一鸣、何文川出席会议。", fixed: None },
    ],
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    findings.extend(name_slips(context).iter().map(|slip| report(context, slip)));
}

fn report(context: &Context<'_>, slip: &NameSlip<'_>) -> Finding {
    let written = context.words(slip.block, slip.span);
    let (person, right) = (slip.person.entry, slip.person.name.as_str());
    let finding = context
        .finding(&RULE, slip.block, slip.span, message(context, slip, written))
        .with_severity(severity(slip))
        .with_evidence(match slip.ground {
            Ground::Holder(post) | Ground::Member(post) | Ground::OtherTime(post) => {
                context.post_evidence(person, post)
            }
            Ground::Order | Ground::List => context.evidence(person, "name", right, Default::default(), &[]),
        });
    let title = Message::new(format!("改为“{right}”"), format!("replace with “{right}”"));
    let safe = matches!(slip.ground, Ground::Holder(_)) && slip.person.likeness == Likeness::Alike;
    finding.with_fix(context.replace(title, safe, slip.block, slip.span, right))
}

/// Certain where the post is held by one person alone; where another member of the same body may have
/// that name, only a remark.
fn severity(slip: &NameSlip<'_>) -> Severity {
    match (slip.ground, slip.person.likeness) {
        (Ground::Holder(_), Likeness::Alike | Likeness::Near) => Severity::Error,
        (Ground::Holder(_), Likeness::Other) => Severity::Warning,
        (Ground::Member(_), Likeness::Other) => Severity::Info,
        _ => Severity::Warning,
    }
}

fn message(context: &Context<'_>, slip: &NameSlip<'_>, written: &str) -> Message {
    let (right, day) = (slip.person.name.as_str(), context.as_of);
    let title = |position: usize| {
        let posts = context.entry(slip.person.entry).person().map(|person| person.posts.as_slice()).unwrap_or_default();
        posts.get(position).map(|post| post.title.as_str()).unwrap_or_default()
    };
    let since = |position: usize| context.since(slip.person.entry, position);
    match slip.ground {
        Ground::Holder(post) => Message::new(
            format!("“{written}”应为“{right}”：{}任“{}”的是{right}{}", day.in_chinese(), title(post), since(post).zh),
            format!("“{written}” should be “{right}”, who held “{}” on {day}{}", title(post), since(post).en),
        ),
        Ground::Member(post) => Message::new(
            format!("“{written}”疑为“{right}”之误：{right}{}任“{}”{}", day.in_chinese(), title(post), since(post).zh),
            format!("“{written}” is probably “{right}”, who held “{}” on {day}{}", title(post), since(post).en),
        ),
        Ground::OtherTime(post) => Message::new(
            format!("“{written}”疑为“{right}”之误：词库记载任“{}”的是{right}", title(post)),
            format!("“{written}” is probably “{right}”, whom the lexicon has as “{}”", title(post)),
        ),
        Ground::Order => Message::new(
            format!("“{written}”疑为“{right}”之误：名单按{}生效的排名，这里正是{right}的位置", day.in_chinese()),
            format!("“{written}” is probably “{right}”, whose place in the order in force on {day} this is"),
        ),
        Ground::List => Message::new(
            format!("“{written}”疑为“{right}”之误：名单中相邻的人与{right}同在一地任职"),
            format!("“{written}” is probably “{right}”, a colleague of the people beside it in the list"),
        ),
    }
}
