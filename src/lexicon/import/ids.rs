//! Ids for entries that come without one: the pinyin of the name, as people write them by hand
//! (`wu-haiying`, `ouyang-xiu`).

use std::{collections::HashSet, sync::LazyLock};

use pinyin::ToPinyin;
use smol_str::SmolStr;

use super::han::is_han;
use crate::lexicon::{entry::EntryKind, write::free};

/// How many syllables of a long name become its id.
const SYLLABLES: usize = 8;
/// Between the parts of a name such as 木合塔尔·艾山.
const NAME_DOTS: [char; 4] = ['·', '•', '・', '‧'];

/// Makes ids that differ from each other and from those that are reserved.
#[derive(Debug, Default)]
pub(super) struct IdMaker {
    used: HashSet<SmolStr>,
}

impl IdMaker {
    /// Keeps an id that the source has from being made again.
    pub fn reserve(&mut self, id: &str) {
        self.used.insert(id.into());
    }

    /// An id for an entry of this name; a place is called after its code.
    pub fn make(&mut self, kind: EntryKind, name: &str, code: &str) -> SmolStr {
        let wanted = match kind {
            EntryKind::Person => of_person(name),
            EntryKind::Place if !code.is_empty() => format!("cn-{code}"),
            _ => of_text(name),
        };
        let wanted = if wanted.is_empty() { kind.name().to_owned() } else { wanted };
        let id = free(&wanted, |id| !self.used.contains(id));
        self.used.insert(id.clone());
        id
    }
}

/// Whether a text has the form of an id.
pub(super) fn is_id(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_lowercase() || first.is_ascii_digit())
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

struct Reading {
    text: String,
    reading: String,
    is_surname: bool,
}

/// The readings in readings.csv, longer texts first.
static READINGS: LazyLock<Vec<Reading>> = LazyLock::new(|| {
    let table = include_str!("readings.csv");
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(table.as_bytes());
    let rows = reader.deserialize::<(String, String, String)>().filter_map(Result::ok);
    let readings = rows.map(|(text, reading, place)| Reading { text, reading, is_surname: place == "surname" });
    let mut readings: Vec<Reading> = readings.collect();
    readings.sort_by_key(|reading| std::cmp::Reverse(reading.text.len()));
    readings
});

/// Surname, hyphen, given name; the parts of a name with dots by hyphens.
fn of_person(name: &str) -> String {
    if name.contains(NAME_DOTS) {
        let parts = name.split(NAME_DOTS).map(|part| syllables(part, false).concat());
        return parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    }
    if !name.chars().all(|character| character.to_pinyin().is_some()) {
        return of_text(name);
    }
    let surname = READINGS.iter().filter(|reading| reading.is_surname).find_map(|known| {
        let given = name.strip_prefix(known.text.as_str())?;
        (!given.is_empty()).then(|| (known.reading.clone(), given))
    });
    let (surname, given) = surname.unwrap_or_else(|| {
        let first = name.chars().next().map_or(0, char::len_utf8);
        (syllables(&name[..first], false).concat(), &name[first..])
    });
    let given = syllables(given, false).concat();
    if given.is_empty() { surname } else { format!("{surname}-{given}") }
}

fn of_text(text: &str) -> String {
    let mut syllables = syllables(text, true);
    syllables.truncate(SYLLABLES);
    syllables.join("-")
}

/// The syllables of a text; a run of letters or digits counts as one, anything else only separates.
fn syllables(text: &str, with_words: bool) -> Vec<String> {
    let mut syllables: Vec<String> = Vec::new();
    let mut rest = text;
    let mut in_run = false;
    while let Some(character) = rest.chars().next() {
        let word =
            READINGS.iter().find(|known| with_words && !known.is_surname && rest.starts_with(known.text.as_str()));
        if let Some(known) = word {
            syllables.extend(known.reading.split('-').map(str::to_owned));
            rest = &rest[known.text.len()..];
            in_run = false;
            continue;
        }
        rest = &rest[character.len_utf8()..];
        if let Some(reading) = character.to_pinyin() {
            syllables.push(reading.plain().replace('ü', "yu"));
            in_run = false;
        } else if character.is_ascii_alphanumeric() {
            let letter = character.to_ascii_lowercase();
            match syllables.last_mut().filter(|_| in_run) {
                Some(run) => run.push(letter),
                None => syllables.push(letter.to_string()),
            }
            in_run = true;
        } else {
            if is_han(character) {
                // A rare character without a known reading.
                syllables.push(format!("u{:x}", u32::from(character)));
            }
            in_run = false;
        }
    }
    syllables
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: EntryKind, name: &str, expected: &str) {
        let id = IdMaker::default().make(kind, name, "");
        assert_eq!(id, expected, "{name}");
        assert!(is_id(&id), "{id}");
    }

    #[test]
    fn people_are_called_after_surname_and_given_name() {
        for (name, expected) in [
            ("吴海英", "wu-haiying"),
            ("阿东", "a-dong"),
            ("单雄信", "shan-xiongxin"),
            ("仇英", "qiu-ying"),
            ("解缙", "xie-jin"),
            ("任伯年", "ren-bonian"),
            ("曾巩", "zeng-gong"),
            ("欧阳修", "ouyang-xiu"),
            ("欧阳", "ou-yang"),
            ("吕布", "lyu-bu"),
            ("木合塔尔·艾山", "muhetaer-aishan"),
            ("Joe Biden", "joe-biden"),
            ("？？", "person"),
        ] {
            check(EntryKind::Person, name, expected);
        }
    }

    #[test]
    fn other_entries_are_called_after_their_first_syllables() {
        check(EntryKind::Organization, "长春市公安局", "chang-chun-shi-gong-an-ju");
        check(EntryKind::Slogan, "疫情要防住、经济要稳住、发展要安全", "yi-qing-yao-fang-zhu-jing-ji-yao");
        check(EntryKind::Term, "APP2.0 版", "app2-0-ban");
    }

    #[test]
    fn ids_differ_from_each_other() {
        let mut ids = IdMaker::default();
        ids.reserve("li-wei");
        assert_eq!(ids.make(EntryKind::Person, "李伟", ""), "li-wei-2");
        assert_eq!(ids.make(EntryKind::Person, "李薇", ""), "li-wei-3");
        assert_eq!(ids.make(EntryKind::Place, "白城市", "220800"), "cn-220800");
    }
}
