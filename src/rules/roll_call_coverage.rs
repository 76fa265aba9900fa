//! P304: people listed in the lead and never covered, covered and not listed, or covered in another order.

use super::{
    context::Context,
    finding::{Finding, Severity},
    name_slip::name_slips,
    rule::{Example, Rule, Text},
};
use crate::{
    analysis::{Mention, PrintedPost, RollCall, clause::ends_clause},
    lang::Message,
    lexicon::{EntryIndex, EntryKind},
    text::{BlockKind, Span},
};

pub(super) const RULE: Rule = Rule {
    code: "P304",
    name: "roll-call-coverage",
    severity: Severity::Warning,
    default_on: true,
    time_based: false,
    summary: Text {
        zh: "导语名单与后文分述的人对不上：列了没写、写了没列，或先后不同",
        en: "people listed in the lead and never covered, covered and not listed, or covered in another order",
    },
    why: Text {
        zh: "综合报道先列名单，再一人一段以职务、姓名开头分述，增删段落时容易漏人。只看这种格式的稿件：名单上三人以上、至少一半人有\
             分述段落才核对；名单以“等”收尾而人数未列全的、名单是同一场会议出席人员的，不核对；只有一人先后不同才提示。",
        en: "A joint report lists its people in the lead and then gives each a paragraph that opens with post and name; when \
             paragraphs are cut or added, somebody is lost. Only drafts of that shape are compared: three people or more, \
             half of them covered. A list that ends in 等 and is not complete, or that names who attended one \
             meeting, is left alone.",
    },
    bad: &[
        Example {
            lexicon: LEXICON,
            text: "省领导林一鸣、⟦高远山⟧、何文川、石长明分别到各地调研。\n\n省委副书记林一鸣来到白城市。\n\n省委常委、\
                   统战部部长何文川来到四平市。\n\n省委常委、秘书长石长明来到通化市。",
            fixed: None,
        },
        Example {
            lexicon: LEXICON,
            text: "省领导林一鸣、高远山、何文川分别到各地调研。\n\n省委副书记林一鸣来到白城市。\n\n省委常委、组织部部长高远山\
                   来到松原市。\n\n省委常委、统战部部长何文川来到四平市。\n\n省委常委、秘书长⟦石长明⟧来到通化市。",
            fixed: None,
        },
        Example {
            lexicon: LEXICON,
            text: "省领导林一鸣、高远山、何文川、石长明分别到各地调研。\n\n省委副书记林一鸣来到白城市。\n\n省委常委、统战部部长\
                   何文川来到四平市。\n\n省委常委、组织部部长⟦高远山⟧来到松原市。\n\n省委常委、秘书长石长明来到通化市。",
            fixed: None,
        },
    ],
    good: &[
        Example {
            lexicon: LEXICON,
            text: "省领导林一鸣、高远山、何文川、石长明等4人分别到各地调研。\n\n省委副书记林一鸣来到白城市。\n\n省委常委、组织部\
                   部长高远山来到松原市。\n\n省委常委、统战部部长何文川来到四平市。\n\n省委常委、秘书长石长明来到通化市。",
            fixed: None,
        },
        Example {
            lexicon: LEXICON,
            text: "省领导林一鸣、高远山、何文川、石长明等分别到各地调研。\n\n省委副书记林一鸣来到白城市。\n\n省委常委、组织部部长\
                   高远山来到松原市。\n\n省委常委、统战部部长何文川来到四平市。",
            fixed: None,
        },
        Example {
            lexicon: LEXICON,
            text: "省领导林一鸣、高远山、何文川、石长明出席会议。\n\n省委副书记林一鸣强调，要抓好落实。",
            fixed: None,
        },
        Example {
            lexicon: LEXICON,
            text: "会议昨天召开，省领导林一鸣、高远山、何文川、石长明出席。\n\n省委副书记林一鸣讲话。\n\n省委常委、统战部部长\
                   何文川主持。\n\n省委常委、组织部部长高远山作说明。",
            fixed: None,
        },
        Example {
            lexicon: LEXICON,
            text: "省领导林一鸣、高远山、何文川分别到各地调研。\n\n省委副书记林一鸣来到白城市。\n\n省委常委、组织部部长高远山来到\
                   松原市。\n\n省委常委、统战部部长何文川来到四平市。\n\n四平市市长王某某介绍了情况。",
            fixed: None,
        },
    ],
    check,
};

const LEXICON: &str = r#"
[[person]]
id = "lin-yiming"
name = "林一鸣"
[[person.post]]
title = "吉林省委副书记"
place = "220000"
[[person]]
id = "gao-yuanshan"
name = "高远山"
[[person.post]]
title = "吉林省委常委"
place = "220000"
[[person.post]]
title = "吉林省委组织部部长"
place = "220000"
[[person]]
id = "he-wenchuan"
name = "何文川"
[[person.post]]
title = "吉林省委常委"
place = "220000"
[[person.post]]
title = "吉林省委统战部部长"
place = "220000"
[[person]]
id = "shi-changming"
name = "石长明"
[[person.post]]
title = "吉林省委常委"
place = "220000"
[[person.post]]
title = "吉林省委秘书长"
place = "220000"
"#;

/// Words of a list that says who was present: what each did there follows the order of the meeting.
const ATTENDING: [&str; 5] = ["出席", "列席", "与会", "参加会议", "参加座谈"];
/// From how many listed and covered people on a draft has the shape.
const FEWEST: usize = 3;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(lead) = context.analysis.roll_calls.iter().find(|call| call.members.len() >= FEWEST) else { return };
    let Some(listed) = listed(context, lead) else { return };
    let openings = openings(context, lead);
    let mut covered: Vec<EntryIndex> = Vec::new();
    for (_, person) in openings.iter().filter(|(_, person)| listed.iter().any(|(other, _)| other == person)) {
        if !covered.contains(person) {
            covered.push(*person);
        }
    }
    if covered.len() < FEWEST || covered.len() * 2 < listed.len() {
        return;
    }
    let missing: Vec<&(EntryIndex, Span)> =
        listed.iter().filter(|(person, _)| !is_named_after(context, lead.block, *person)).collect();
    let extra = extra(context, &listed, &openings);
    // More than a few differences mean that the paragraphs follow another plan than the list.
    let few = |number: usize| number * 4 <= listed.len() || number == 1;
    if few(missing.len()) && few(extra.len()) {
        findings.extend(missing.iter().map(|(person, span)| never_covered(context, lead.block, *person, *span)));
        findings.extend(extra.iter().map(|mention| not_listed(context, mention)));
    }
    if missing.is_empty() && extra.is_empty() {
        findings.extend(out_of_order(context, &listed, &covered, &openings));
    }
}

/// The people of a closed list with their names' spans; `None` if the list is open or somebody in it is
/// not known.
fn listed(context: &Context<'_>, call: &RollCall) -> Option<Vec<(EntryIndex, Span)>> {
    let block = &context.draft.blocks[call.block];
    let text = block.content.text.as_str();
    let (first, last) = (call.members.first()?, call.members.last()?);
    let rest = &text[last.item.end..];
    let counted = rest.strip_prefix('等').map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
    let open = counted.is_some_and(|counted| counted.parse() != Ok(call.members.len()));
    let told = rest.split(ends_clause).next().unwrap_or_default();
    let one_meeting = ATTENDING.iter().any(|word| told.contains(word));
    let goes_on = rest.starts_with('、') || text[..first.item.start].ends_with('、');
    if open || one_meeting || goes_on || block.kind == BlockKind::Heading {
        return None;
    }
    let gaps = call.members.windows(2).map(|pair| &text[pair[0].item.end..pair[1].item.start]);
    if gaps.into_iter().any(|gap| gap.chars().count() > 1) {
        return None;
    }
    let people = call.members.iter().map(|member| {
        let mention = &context.analysis.mentions[member.mention];
        Some((mention.entry?, mention.content))
    });
    people.collect()
}

/// The people by whom the paragraphs after the lead open: the first named in each, with a post, in its
/// first sentence.
fn openings<'a>(context: &Context<'a>, lead: &RollCall) -> Vec<(&'a Mention, EntryIndex)> {
    let mut openings: Vec<(&Mention, EntryIndex)> = Vec::new();
    let mut last_block = lead.block;
    let after = context
        .analysis
        .mentions
        .iter()
        .filter(|mention| mention.kind == EntryKind::Person && mention.block > lead.block);
    for mention in after {
        let first = std::mem::replace(&mut last_block, mention.block) != mention.block;
        let text = &context.draft.blocks[mention.block].content.text[..mention.content.start];
        let in_list = context.analysis.roll_calls.iter().any(|call| call.block == mention.block);
        if let Some(person) = mention.entry.filter(|_| first && !in_list && !text.contains('。') && has_post(mention))
        {
            openings.push((mention, person));
        }
    }
    openings
}

fn has_post(mention: &Mention) -> bool {
    mention.posts.iter().any(|post| !post.after_name && post.tense.is_none())
}

/// Whether the person, or somebody of that name, is named anywhere after the lead.
fn is_named_after(context: &Context<'_>, lead: usize, person: EntryIndex) -> bool {
    let name = context.entry(person).name();
    context.draft.blocks.iter().skip(lead + 1).any(|block| block.content.text.contains(name))
        || context.analysis.mentions.iter().any(|mention| mention.block > lead && mention.candidates.contains(&person))
        || name_slips(context).iter().any(|slip| slip.block > lead && slip.person.entry == person)
}

/// People who are not listed though a paragraph opens with them, in a post like that of somebody listed.
fn extra<'a>(
    context: &Context<'_>,
    listed: &[(EntryIndex, Span)],
    openings: &[(&'a Mention, EntryIndex)],
) -> Vec<&'a Mention> {
    let is_listed = |person: &EntryIndex| listed.iter().any(|(other, _)| other == person);
    let like = |a: &PrintedPost, b: &PrintedPost| a.post == b.post;
    let mut extra: Vec<&Mention> = Vec::new();
    for (mention, person) in openings.iter().filter(|(_, person)| !is_listed(person)) {
        let opens = mention.posts.first().is_some_and(|post| post.content.start == 0);
        let is_peer = openings
            .iter()
            .filter(|(_, other)| is_listed(other))
            .any(|(other, _)| mention.posts.iter().any(|post| other.posts.iter().any(|listed| like(post, listed))));
        let known = extra.iter().any(|other| other.entry == Some(*person));
        let in_lead = listed.iter().any(|(other, _)| context.entry(*other).name() == mention.text);
        if opens && is_peer && !known && !in_lead {
            extra.push(mention);
        }
    }
    extra
}

fn never_covered(context: &Context<'_>, block: usize, person: EntryIndex, span: Span) -> Finding {
    let name = context.words(block, span);
    let message =
        Message::new(format!("名单中有{name}，后文没有写到"), format!("{name} is listed here and never covered after"));
    context.finding(&RULE, block, span, message).with_entry(person)
}

fn not_listed(context: &Context<'_>, mention: &Mention) -> Finding {
    let name = &mention.text;
    let message = Message::new(
        format!("这里分述{name}，导语的名单中没有"),
        format!("{name} is covered here and not listed in the lead"),
    );
    let finding = context.finding(&RULE, mention.block, mention.content, message);
    mention.entry.into_iter().fold(finding, Finding::with_entry)
}

/// The one person whose paragraph stands elsewhere than in the list; nothing if more than one does.
fn out_of_order(
    context: &Context<'_>,
    listed: &[(EntryIndex, Span)],
    covered: &[EntryIndex],
    openings: &[(&Mention, EntryIndex)],
) -> Option<Finding> {
    let order: Vec<EntryIndex> =
        listed.iter().map(|(person, _)| *person).filter(|person| covered.contains(person)).collect();
    if order == covered {
        return None;
    }
    let without = |people: &[EntryIndex], moved: EntryIndex| -> Vec<EntryIndex> {
        people.iter().copied().filter(|person| *person != moved).collect()
    };
    // Of two neighbours that changed places, the one listed first has come too late.
    let moved = order.iter().copied().find(|person| without(&order, *person) == without(covered, *person))?;
    let (mention, _) = openings.iter().find(|(_, person)| *person == moved)?;
    let (place, name) = (order.iter().position(|person| *person == moved)? + 1, &mention.text);
    let message = Message::new(
        format!("名单中{name}在第{place}位，分述的先后与名单不同"),
        format!("{name} is number {place} of the list; the paragraphs follow another order"),
    );
    let finding = context.finding(&RULE, mention.block, mention.content, message);
    Some(finding.with_severity(Severity::Info).with_entry(moved))
}
