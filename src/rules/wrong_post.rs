//! P201: the printed post is not this person's on that day.

use super::{
    context::Context,
    example_lexicon::OFFICIALS,
    finding::{Addition, Finding, Severity},
    history::is_told_of_the_past,
    name_slip::is_shared_by_many,
    rule::{Example, Rule, Text},
    title::{new_post, right_title, standings},
};
use crate::{
    analysis::{Mention, PrintedPost, Resolution, Standing},
    lang::Message,
    lexicon::{EntryIndex, EntryKind, InForce},
    text::Span,
};

pub(super) const RULE: Rule = Rule {
    code: "P201",
    name: "wrong-post",
    severity: Severity::Error,
    default_on: true,
    time_based: true,
    summary: Text {
        zh: "所写职务当日不是此人的职务", en: "the printed post is not this person's on that day"
    },
    why: Text {
        zh: "张冠李戴是时政稿件最重的差错之一。只有词库能证明时才报错：该职务当日由他人担任，或此人当日在同一机构另有职务。\
             词库标明职务已列全（complete）而其中没有的，作警告；此人身份已定而词库只是没有收这一职务的，作提示，可加入词库。\
             有“原”“前”“时任”的、起讫不明的，不报。",
        en: "Giving an official someone else's post is among the gravest slips in political reporting. It is an error only \
             where the lexicon proves it: the post was held by someone else that day, or the person held another post in \
             the same body. If the entry is marked complete it is a warning; if the lexicon may just lack the post, a remark.",
    },
    bad: &[
        Example {
            lexicon: OFFICIALS,
            text: "省委常委、⟦组织部长⟧林一鸣到白城市调研。",
            fixed: Some("省委常委、宣传部长林一鸣到白城市调研。"),
        },
        Example {
            lexicon: OFFICIALS,
            text: "⟦长春市委书记⟧林一鸣出席会议。省委常委、组织部部长高远山主持会议。",
            fixed: Some("省委常委、宣传部部长林一鸣出席会议。省委常委、组织部部长高远山主持会议。"),
        },
        Example {
            lexicon: OFFICIALS,
            text: "⟦省委书记⟧何文川来到通化市。",
            fixed: Some("省委副书记何文川来到通化市。"),
        },
        Example {
            lexicon: OFFICIALS, text: "省委常委、⟦省政协副主席⟧林一鸣到白城市调研。", fixed: None
        },
        Example { lexicon: OFFICIALS, text: "⟦四平市市长⟧[石长明](@shi-changming)来访。", fixed: None },
    ],
    good: &[
        Example {
            lexicon: OFFICIALS, text: "省委常委、宣传部长林一鸣，省委组织部部长高远山出席会议。", fixed: None
        },
        Example {
            lexicon: OFFICIALS, text: "时任省委组织部长林一鸣回忆了当时的情景。", fixed: None
        },
        Example { lexicon: OFFICIALS, text: "某集团公司组织部长林一鸣介绍了情况。", fixed: None },
        Example { lexicon: OFFICIALS, text: "广东省委宣传部长高远山来访。", fixed: None },
        Example { lexicon: OFFICIALS, text: "省委常委何文川出席会议。", fixed: None },
    ],
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (mention, person) in context.resolved(EntryKind::Person) {
        let standings = standings(context, mention, person);
        let mut judged: Vec<(&PrintedPost, Proof)> = Vec::new();
        for (post, standing) in &standings {
            match prove(context, mention, person, post, *standing, &standings) {
                Some(proof) => judged.push((post, proof)),
                None => report(context, mention, person, &std::mem::take(&mut judged), findings),
            }
        }
        report(context, mention, person, &judged, findings);
    }
}

/// Why a printed post cannot be this person's.
enum Proof {
    /// Someone else holds it that day.
    Held(EntryIndex, usize),
    /// The person holds another role in the same body.
    OtherRole,
    /// The entry lists every post, and this is none of them.
    Complete,
    /// The lexicon does not have it.
    Unlisted,
}

impl Proof {
    fn severity(&self) -> Severity {
        match self {
            Self::Held(..) | Self::OtherRole => Severity::Error,
            Self::Complete => Severity::Warning,
            Self::Unlisted => Severity::Info,
        }
    }
}

fn prove(
    context: &Context<'_>,
    mention: &Mention,
    person: EntryIndex,
    printed: &PrintedPost,
    standing: Standing,
    all: &[(&PrintedPost, Standing)],
) -> Option<Proof> {
    let open = printed.is_not_now();
    // 2003年，延边州委书记甲… is a fact of that year, of which the posts of today say nothing.
    let of_another_year = is_told_of_the_past(context, mention);
    if standing != Standing::Unknown || of_another_year || open || !printed.clear {
        return None;
    }
    let book = context.analyzer.posts();
    let holders = book.holders(context.lexicon(), &printed.post, context.setting());
    if let Some((holder, position)) = holders.first() {
        return Some(Proof::Held(*holder, *position));
    }
    if book.has_other_role(context.lexicon(), person, &printed.post, context.setting()) {
        return Some(Proof::OtherRole);
    }
    if context.entry(person).person().is_some_and(|person| person.complete) {
        return Some(Proof::Complete);
    }
    let known_otherwise = all.iter().any(|(_, standing)| matches!(standing, Standing::Held(InForce::Now, _)));
    let is_certain = known_otherwise || mention.resolution == Resolution::Annotation;
    // A full name with a post of the place where the person serves is hardly somebody else's.
    let at_home = mention.text.chars().count() > 2
        && !is_shared_by_many(printed)
        && book.shares_jurisdiction(context.lexicon(), person, &printed.post, context.setting());
    (at_home || is_certain && printed.post.body_name().is_some()).then_some(Proof::Unlisted)
}

fn report(
    context: &Context<'_>,
    mention: &Mention,
    person: EntryIndex,
    judged: &[(&PrintedPost, Proof)],
    findings: &mut Vec<Finding>,
) {
    let (Some((first, proof)), Some((last, _))) = (judged.first(), judged.last()) else { return };
    let span = Span::new(first.content.start, last.content.end);
    let words = context.words(mention.block, span);
    let change = right_title(context, mention, person, &judged.iter().map(|(post, _)| *post).collect::<Vec<_>>());
    let right = change.as_ref().map(|change| change.text.as_str());
    let message = message(context, mention, words, right, proof);
    let mut finding =
        context.finding(&RULE, mention.block, span, message).with_severity(proof.severity()).with_entry(person);
    if let Some(change) = change.filter(|_| !matches!(proof, Proof::Unlisted)) {
        let title = Message::new(format!("改为“{}”", change.text), format!("replace with “{}”", change.text));
        finding = finding.with_fix(context.replace(title, false, mention.block, change.span, change.text));
    }
    finding = held_now(context, person)
        .into_iter()
        .fold(finding, |finding, position| finding.with_evidence(context.post_evidence(person, position)));
    if matches!(proof, Proof::Unlisted) {
        let posts = judged.iter().map(|(post, _)| new_post(context, mention.block, post)).collect();
        finding = finding.with_addition(Addition::Posts { person, posts });
    }
    if let Proof::Held(holder, position) = proof {
        let name = context.entry(*holder).name();
        let title = Message::new(format!("姓名改为“{name}”"), format!("change the name to “{name}”"));
        finding = finding.with_evidence(context.post_evidence(*holder, *position)).with_fix(context.replace(
            title,
            false,
            mention.block,
            mention.content,
            name,
        ));
    }
    findings.push(finding);
}

fn message(context: &Context<'_>, mention: &Mention, words: &str, right: Option<&str>, proof: &Proof) -> Message {
    let (name, day) = (&mention.text, context.as_of);
    let (mut zh, mut en) = match proof {
        Proof::Held(holder, position) => {
            let (holder, since) = (context.entry(*holder).name(), context.since(*holder, *position));
            (
                format!("“{words}”不是{name}的职务：{}该职务由{holder}担任{}", day.in_chinese(), since.zh),
                format!("“{words}” is not {name}'s post: on {day} {holder} held it{}", since.en),
            )
        }
        Proof::OtherRole => (
            format!("{name}{}在该机构的职务不是“{words}”", day.in_chinese()),
            format!("“{words}” is not the post {name} held in that body on {day}"),
        ),
        Proof::Complete => (
            format!("词库所列{name}的全部职务中没有“{words}”"),
            format!("“{words}” is none of the posts of {name}, whose entry is complete"),
        ),
        Proof::Unlisted => (
            format!("词库没有记载{name}任“{words}”；如属实，可加入词库"),
            format!("the lexicon has no “{words}” for {name}; if it is right, add it"),
        ),
    };
    if let Some(right) = right.filter(|_| !matches!(proof, Proof::Unlisted)) {
        zh += &format!("；{name}是“{right}”");
        en += &format!("; {name} was “{right}”");
    }
    Message::new(zh, en)
}

fn held_now(context: &Context<'_>, person: EntryIndex) -> Vec<usize> {
    let posts = context.entry(person).person().map(|person| person.posts.as_slice()).unwrap_or_default();
    (0..posts.len()).filter(|position| posts[*position].time.on(context.as_of) == InForce::Now).collect()
}
