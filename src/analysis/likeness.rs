//! How alike two names are that differ by one slip: whether a slip of the pen explains the difference.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use super::{
    slip::{Slip, one_slip},
    slogan::is_homophone,
};

/// How well a slip explains the difference of two names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Some other character: as likely another person's name.
    Other,
    /// A character dropped, or one that sounds nearly the same: common slips, and common names of others.
    Near,
    /// A homophone, a look-alike, a doubled character, two characters that changed places.
    Alike,
}

/// How alike `written` is to the name `right`; `None` if they are equal or differ by more than one slip.
pub fn likeness(written: &[char], right: &[char]) -> Option<Likeness> {
    Some(match one_slip(written, right)? {
        Slip::Substituted(at) => character_likeness(written[at], right[at]),
        Slip::Swapped(_) => Likeness::Alike,
        Slip::Missing(_) => Likeness::Near,
        Slip::Added(at) => {
            let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| written.get(at));
            let doubled = beside.into_iter().any(|other| *other == written[at]);
            // 李伟伟 and 王芳芳 are names of their own; 胡家福福 is none.
            if doubled && right.len() > 2 { Likeness::Alike } else { Likeness::Other }
        }
    })
}

/// Whether two characters look alike, by the table.
pub fn look_alike(a: char, b: char) -> bool {
    LOOK_ALIKES.get(&a).is_some_and(|others| others.contains(&b))
}

fn character_likeness(written: char, right: char) -> Likeness {
    if is_homophone(written, right) || look_alike(written, right) {
        Likeness::Alike
    } else if sounds_near(written, right) {
        Likeness::Near
    } else {
        Likeness::Other
    }
}

/// Whether readings agree but for the pairs that many speakers do not tell apart: n and l, zh and z, in
/// and ing.
fn sounds_near(a: char, b: char) -> bool {
    let readings = |c: char| {
        let all = pinyin::ToPinyinMulti::to_pinyin_multi(&c).into_iter().flatten();
        all.map(|reading| levelled(reading.plain())).collect::<Vec<_>>()
    };
    let others = readings(b);
    readings(a).iter().any(|reading| others.contains(reading))
}

/// A syllable without the differences that [`sounds_near`] overlooks.
fn levelled(syllable: &str) -> String {
    let initials = [("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("f", "h")];
    let initial = initials.iter().find_map(|(from, to)| Some(format!("{to}{}", syllable.strip_prefix(from)?)));
    let syllable = initial.unwrap_or_else(|| syllable.to_owned());
    let finals = [("ang", "an"), ("eng", "en"), ("ing", "in")];
    let last = finals.iter().find_map(|(from, to)| Some(format!("{}{to}", syllable.strip_suffix(from)?)));
    last.unwrap_or(syllable)
}

static LOOK_ALIKES: LazyLock<HashMap<char, HashSet<char>>> = LazyLock::new(|| {
    let lines = include_str!("data/look_alikes.txt").lines().filter(|line| !line.starts_with('#'));
    let mut alike: HashMap<char, HashSet<char>> = HashMap::new();
    for group in lines {
        for c in group.chars() {
            alike.entry(c).or_default().extend(group.chars().filter(|other| *other != c));
        }
    }
    alike
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen_and_other_names() {
        let check = |written: &str, right: &str, expected: Option<Likeness>| {
            let characters = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(likeness(&characters(written), &characters(right)), expected, "{written} for {right}");
        };
        check("胡加福", "胡家福", Some(Likeness::Alike));
        check("胡家副", "胡家福", Some(Likeness::Alike));
        check("无海英", "吴海英", Some(Likeness::Alike));
        check("昊海英", "吴海英", Some(Likeness::Alike));
        check("吴英海", "吴海英", Some(Likeness::Alike));
        check("胡家福福", "胡家福", Some(Likeness::Alike));
        check("李伟伟", "李伟", Some(Likeness::Other));
        check("李伟民", "李伟", Some(Likeness::Other));
        check("李伟", "李明伟", Some(Likeness::Near));
        check("李明维", "李明伟", Some(Likeness::Alike));
        check("林一民", "林一鸣", Some(Likeness::Near));
        check("张志强", "张志军", Some(Likeness::Other));
        check("张志军", "张志军", None);
        check("高远山", "张志军", None);
    }

    #[test]
    fn the_table_has_groups_of_different_characters() {
        for line in include_str!("data/look_alikes.txt").lines().filter(|line| !line.starts_with('#')) {
            let different: HashSet<char> = line.chars().collect();
            assert!(different.len() > 1 && different.len() == line.chars().count(), "{line}");
        }
    }
}
