//! P205: 原 before a body that still exists, or between role and body of one that is gone.

use super::{
    context::Context,
    finding::{Edit, Finding, Fix, Severity},
    rule::{Example, Rule, Text},
    title::standings,
};
use crate::{
    analysis::{Body, Jurisdiction, Mention, PrintedPost, Standing, Tense},
    lang::Message,
    lexicon::{EntryIndex, EntryKind, InForce, entry::HeldPost},
    text::Span,
};

pub(super) const RULE: Rule = Rule {
    code: "P205",
    name: "misplaced-former",
    severity: Severity::Info,
    default_on: true,
    time_based: true,
    summary: Text {
        zh: "“原”的位置与机构存废不符：机构还在，“原”在机构与职务之间；机构已撤销、改名，“原”在机构之前",
        en: "原 stands between body and post while the body exists, and before the body once it is gone or renamed",
    },
    why: Text {
        zh: "“原吉林省委书记”读来像是吉林省委已不存在；机构还在，宜写“吉林省委原书记”。只核对词库记载此人担任过的职务，且机构\
             存废确定的；几个职务共用一个“原”的、“前”“时任”，不核对。各报用法不一，所以只作提示。",
        en: "原吉林省委书记 reads as if the committee were gone. Only posts the lexicon knows this person to have held, in \
             bodies known to exist or to be gone, are looked at; one 原 for several posts, 前 and 时任 are left alone. House \
             styles differ, so it is a remark.",
    },
    bad: &[
        Example {
            lexicon: LEXICON,
            text: "⟦原吉林省委宣传部部长⟧林一鸣回忆了当时的情景。",
            fixed: Some("吉林省委宣传部原部长林一鸣回忆了当时的情景。"),
        },
        Example {
            lexicon: LEXICON,
            text: "⟦原省委宣传部长⟧林一鸣回忆了当时的情景。",
            fixed: Some("省委宣传部原部长林一鸣回忆了当时的情景。"),
        },
        Example {
            lexicon: LEXICON,
            text: "⟦原长春市副市长⟧林一鸣回忆了当时的情景。",
            fixed: Some("长春市原副市长林一鸣回忆了当时的情景。"),
        },
        Example {
            lexicon: LEXICON,
            text: "⟦襄樊市委原书记⟧高远山回忆了当时的情景。",
            fixed: Some("原襄樊市委书记高远山回忆了当时的情景。"),
        },
        Example {
            lexicon: LEXICON,
            text: "⟦吉林省地方铁路局原局长⟧高远山回忆了当时的情景。",
            fixed: Some("原吉林省地方铁路局局长高远山回忆了当时的情景。"),
        },
    ],
    good: &[
        Example {
            lexicon: LEXICON, text: "吉林省委宣传部原部长林一鸣回忆了当时的情景。", fixed: None
        },
        Example {
            lexicon: LEXICON, text: "时任吉林省委宣传部部长林一鸣回忆了当时的情景。", fixed: None
        },
        Example { lexicon: LEXICON, text: "原襄樊市委书记高远山回忆了当时的情景。", fixed: None },
        Example {
            lexicon: LEXICON, text: "原吉林省地方铁路局局长高远山回忆了当时的情景。", fixed: None
        },
        Example { lexicon: LEXICON, text: "原某集团党委书记林一鸣回忆了当时的情景。", fixed: None },
        Example {
            lexicon: LEXICON, text: "原吉林省委宣传部部长王某某回忆了当时的情景。", fixed: None
        },
    ],
    check,
};

const LEXICON: &str = r#"
[[organization]]
id = "local-railways"
name = "吉林省地方铁路局"
place = "220000"
end = "2010-05-01"

[[person]]
id = "lin-yiming"
name = "林一鸣"
[[person.post]]
title = "吉林省委宣传部部长"
place = "220000"
end = "2020-03-02"
[[person.post]]
title = "长春市副市长"
place = "220100"
end = "2015-03-02"

[[person]]
id = "gao-yuanshan"
name = "高远山"
[[person.post]]
title = "襄樊市委书记"
place = "cn-420600"
end = "2008-03-02"
[[person.post]]
title = "吉林省地方铁路局局长"
organization = "local-railways"
end = "2009-03-02"
"#;

/// Bodies that every jurisdiction has as long as it exists itself, and national ones that exist.
const LASTING: [&str; 17] = [
    "党委",
    "政府",
    "人大常委会",
    "政协",
    "纪委",
    "法院",
    "检察院",
    "组织部",
    "宣传部",
    "统战部",
    "政法委",
    "国务院",
    "中央委员会",
    "中央政治局",
    "中央政治局常委会",
    "中央书记处",
    "中央军委",
];

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (mention, person) in context.resolved(EntryKind::Person) {
        let standings = standings(context, mention, person);
        for (index, (post, standing)) in standings.iter().enumerate() {
            let Standing::Held(InForce::Ended, position) = standing else { continue };
            let shared = standings.get(index + 1).is_some_and(|(next, _)| next.qualifier.is_none() && !next.after_name);
            if !shared {
                findings.extend(judge(context, mention, person, post, *position));
            }
        }
    }
}

fn judge(
    context: &Context<'_>,
    mention: &Mention,
    person: EntryIndex,
    post: &PrintedPost,
    position: usize,
) -> Option<Finding> {
    let qualifier = post.qualifier.filter(|qualifier| qualifier.tense == Tense::Former)?;
    if context.words(mention.block, qualifier.content) != "原" {
        return None;
    }
    let held = context.entry(person).person()?.posts.get(position)?;
    let before = qualifier.content.end <= post.content.start;
    // 原书记 without a body says nothing of one.
    let has_body = post.content.start < post.title_start;
    let exists = body_exists(context, mention.block, post, held).filter(|_| has_body)?;
    (before == exists).then(|| report(context, mention, person, post, qualifier.content, position))
}

/// Whether the body of a post exists on the day, under the name printed; `None` if that is not known.
fn body_exists(context: &Context<'_>, block: usize, post: &PrintedPost, held: &HeldPost) -> Option<bool> {
    let lexicon = context.lexicon();
    let named = if let Body::Organization(organization) = post.post.body { Some(organization) } else { None };
    if let Some(organization) = named.or(held.organization.as_deref().and_then(|id| lexicon.find(id)))
        && let crate::lexicon::EntryData::Organization(data) = &context.entry(organization).data
    {
        let words = context.words(block, post.content);
        let is_named =
            words.contains(data.name.as_str()) || data.short.iter().any(|short| words.contains(short.as_str()));
        return match data.time.on(context.as_of) {
            InForce::Now if data.successor.is_none() => Some(true),
            InForce::Ended if is_named => Some(false),
            _ => None,
        };
    }
    let lasting = post.post.body_name().is_some_and(|body| LASTING.contains(&body));
    match &post.post.jurisdiction {
        _ if !lasting => None,
        Jurisdiction::National => Some(true),
        Jurisdiction::Tier(_) => {
            context.analyzer.posts().jurisdiction(lexicon, &post.post, context.setting()).map(|_| true)
        }
        Jurisdiction::Place(places) => {
            let words = context.words(block, post.content);
            let bears = |place: &EntryIndex| {
                let place = context.entry(*place).place();
                place.map(|place| {
                    let mut current = lexicon.possible_versions(place, context.as_of);
                    current.any(|version| {
                        words.starts_with(version.name.as_str())
                            || version.short.iter().any(|short| words.starts_with(short.as_str()))
                    })
                })
            };
            places.iter().filter_map(bears).reduce(|a, b| a || b)
        }
        Jurisdiction::Unsaid => None,
    }
}

fn report(
    context: &Context<'_>,
    mention: &Mention,
    person: EntryIndex,
    post: &PrintedPost,
    former: Span,
    position: usize,
) -> Finding {
    let before = former.end <= post.content.start;
    let span = Span::new(former.start.min(post.content.start), post.content.end);
    let text = context.words(mention.block, span);
    let at = |byte: usize| byte - span.start;
    let (right, message) = if before {
        let (body, title) = (&text[at(post.content.start)..at(post.title_start)], &text[at(post.title_start)..]);
        // 统战部长 is 统战部 and 部长 in one.
        let merged = title.starts_with('部')
            && !body.ends_with('部')
            && post.post.body_name().is_some_and(|name| name.ends_with('部'));
        let body = if merged { format!("{body}部") } else { body.to_owned() };
        let right = format!("{body}原{title}");
        let zh = format!("机构仍在，“原”宜放在机构与职务之间：{right}");
        (right.clone(), Message::new(zh, format!("the body still exists: 原 belongs between body and post, {right}")))
    } else {
        let right = format!("原{}{}", &text[..at(former.start)], &text[at(former.end)..]);
        let zh = format!("机构已撤销或改名，“原”宜放在机构之前：{right}");
        (right.clone(), Message::new(zh, format!("the body is gone or renamed: 原 belongs before it, {right}")))
    };
    let title = Message::new(format!("改为“{right}”"), format!("replace with “{right}”"));
    let edits = vec![Edit { span: context.span(mention.block, span), text: right }];
    context
        .finding(&RULE, mention.block, span, message)
        .with_evidence(context.post_evidence(person, position))
        .with_fix(Fix { title, safe: false, edits })
}
