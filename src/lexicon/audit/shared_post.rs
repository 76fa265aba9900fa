//! X104: a post that one person holds at a time, held by two at once.

use super::{
    context::Audit,
    rule::{AuditRule, example},
};
use crate::{
    lang::{Message, Text},
    lexicon::{EntryIndex, Problem, ProblemCode, entry::HeldPost},
};

pub(super) const RULE: AuditRule = AuditRule {
    code: ProblemCode::SharedPost,
    name: "shared-post",
    summary: Text {
        zh: "只由一人担任的职务，同一时间有两人在任",
        en: "a post that one person holds, held by two at once",
    },
    why: Text {
        zh: "多半是前任的 end 忘了写。只比较写明属地、读得懂的正职；年、月精度的起止期间不算在内，一个月以内的交接也不报告。不知何时开始的任职，只按结束前的日子比较。",
        en: "Mostly the end of the predecessor was forgotten. Only heads of a known body and place are compared; periods known to the month or year only do not count, and a handover of up to a month is not reported. Where the start is not known, only the day before the end is compared.",
    },
    bad: &[example(
        "[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\nsources = [\"通稿\"]\n[[person.post]]\ntitle = ⟦\"吉林省委统战部部长\"⟧\nstart = \"2021-05-10\"\n\n[[person]]\nid = \"gao-yuanshan\"\nname = \"高远山\"\nsources = [\"通稿\"]\n[[person.post]]\ntitle = \"吉林省委统战部长\"\nstart = \"2022-06-24\"\n",
    )],
    good: &[
        example(
            "[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\nsources = [\"通稿\"]\n[[person.post]]\ntitle = \"吉林省委统战部部长\"\nstart = \"2021-05-10\"\nend = \"2022-06\"\n\n[[person]]\nid = \"gao-yuanshan\"\nname = \"高远山\"\nsources = [\"通稿\"]\n[[person.post]]\ntitle = \"吉林省委统战部长\"\nstart = \"2022-06-01\"\n",
        ),
        example(
            "[[person]]\nid = \"lin-yiming\"\nname = \"林一鸣\"\nsources = [\"通稿\"]\n[[person.post]]\ntitle = \"吉林省副省长\"\nstart = \"2021-05-10\"\n\n[[person]]\nid = \"gao-yuanshan\"\nname = \"高远山\"\nsources = [\"通稿\"]\n[[person.post]]\ntitle = \"吉林省副省长\"\nstart = \"2022-06-24\"\n",
        ),
    ],
    check: Some(check),
};

fn check(audit: &Audit<'_>, problems: &mut Vec<Problem>) {
    for shared in &audit.options.shared_posts {
        let (Some(earlier), Some(later)) = (held(audit, shared.earlier), held(audit, shared.later)) else { continue };
        let entry = audit.lexicon.entry(shared.earlier.0);
        let position = shared.earlier.1;
        let keys = [format!("post.{position}.end"), format!("post.{position}.title"), format!("post.{position}")];
        let span = audit.at(entry, &keys.each_ref().map(String::as_str));
        let other = audit.named(audit.lexicon.entry(shared.later.0));
        let (name, title) = (entry.name(), &earlier.title);
        let (mine, theirs) = (earlier.time.display(), later.time.display());
        let message = Message::new(
            format!("{name}任{title}（{mine}），与{}任{}（{theirs}）同时；请核对起止日期", other.zh, later.title),
            format!(
                "{name} is {title} ({mine}) at the same time as {} is {} ({theirs}); check the dates",
                other.en, later.title
            ),
        );
        let mut problem = audit.problem(ProblemCode::SharedPost, entry, span, message);
        problem.related.extend(audit.related(audit.lexicon.entry(shared.later.0)));
        problems.push(problem);
    }
}

fn held<'l>(audit: &Audit<'l>, (person, position): (EntryIndex, usize)) -> Option<&'l HeldPost> {
    audit.lexicon.entry(person).person()?.posts.get(position)
}
