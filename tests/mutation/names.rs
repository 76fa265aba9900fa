//! Slips in names, posts, roll-calls and pronouns.

use hegao::text::Span;

use super::seed::{Confusions, Seed, paragraph, places, sentence, swaps, table, without_one};

/// A person of the test lexicon: name, gender, posts held on the day, before it and after it.
pub struct Person {
    pub name: String,
    pub female: bool,
    pub now: Vec<String>,
    pub past: Vec<String>,
    pub future: Vec<String>,
}

pub fn persons() -> Vec<Person> {
    let list = |cell: &str| cell.split('|').filter(|title| !title.is_empty()).map(str::to_owned).collect();
    let rows = table::<5>("persons.tsv").into_iter();
    rows.map(|[name, gender, now, past, future]| Person {
        name,
        female: gender == "female",
        now: list(&now),
        past: list(&past),
        future: list(&future),
    })
    .collect()
}

/// Where a post of today stands right before a name: the post and the name.
fn titled<'t>(text: &'t str, persons: &'t [Person]) -> impl Iterator<Item = (Span, Span, &'t Person)> {
    persons.iter().flat_map(move |person| {
        places(text, &person.name).filter_map(move |name| {
            let title = person.now.iter().find(|title| text[..name.start].ends_with(title.as_str()))?;
            Some((Span::new(name.start - title.len(), name.start), name, person))
        })
    })
}

/// The lists of three or more names joined by 、 alone: the names' places.
fn roll_calls(text: &str, persons: &[Person]) -> Vec<Vec<Span>> {
    let mut names: Vec<Span> = persons.iter().flat_map(|person| places(text, &person.name)).collect();
    names.sort_unstable();
    let mut calls: Vec<Vec<Span>> = Vec::new();
    for name in names {
        match calls.last_mut() {
            Some(call) if text[call.last().unwrap().end..name.start] == *"、" => call.push(name),
            _ => calls.push(vec![name]),
        }
    }
    calls.retain(|call| call.len() > 2);
    calls
}

/// Names behind a post or in a roll-call. A lost character is seeded behind a post only: in a list the
/// shorter name may be anybody's.
pub fn misspelt(text: &str, persons: &[Person], confusions: &Confusions) -> Vec<Seed> {
    const CODES: &[&str] = &["P101", "P102"];
    let behind_posts: Vec<Span> = titled(text, persons).map(|(_, name, _)| name).collect();
    let listed: Vec<Span> = roll_calls(text, persons).concat();
    let mut seeds = Vec::new();
    for name in behind_posts.iter().chain(&listed) {
        let words = name.slice(text);
        let [sound, shape] = confusions.of(words);
        let given = words.char_indices().nth(1).map_or(0, |(at, _)| at);
        let doubled = words.char_indices().skip(1).map(|(at, c)| format!("{}{c}{}", &words[..at], &words[at..]));
        let swapped = swaps(&words[given..]).into_iter().map(|rest| format!("{}{rest}", &words[..given]));
        let mut seed = |kind, wrong: Vec<String>| {
            let right = |wrong: &String| persons.iter().any(|person| person.name == *wrong);
            let wrong = wrong.into_iter().filter(|wrong| !right(wrong));
            seeds.extend(wrong.map(|wrong| Seed::new(kind, CODES, *name, wrong)));
        };
        seed("name-homophone", sound);
        seed("name-look-alike", shape);
        seed("name-added", doubled.collect());
        seed("name-swapped", swapped.collect());
        if behind_posts.contains(name) && words.chars().count() > 2 {
            seed("name-lost", without_one(words).split_off(1));
        }
    }
    seeds
}

/// Names that stand alone, of persons whom the draft names rightly somewhere else.
pub fn later_names(text: &str, persons: &[Person], confusions: &Confusions) -> Vec<Seed> {
    let mut seeds = Vec::new();
    for person in persons {
        let all: Vec<Span> = places(text, &person.name).collect();
        for name in all.iter().filter(|_| all.len() > 1) {
            let (before, after) = (&text[..name.start], &text[name.end..]);
            let alone = before.ends_with(['。', '，', '\n']) && FOLLOWING.iter().any(|word| after.starts_with(word));
            if !alone {
                continue;
            }
            let [sound, shape] = confusions.of(&person.name);
            let mut seed = |kind, wrong: Vec<String>| {
                seeds.extend(wrong.into_iter().map(|wrong| Seed::new(kind, &["P102", "P101"], *name, wrong)));
            };
            seed("later-name", sound);
            seed("later-name-look-alike", shape);
            seed("later-name", swaps(&person.name));
            let doubled = person.name.char_indices().skip(1).map(|(at, c)| {
                let (head, tail) = person.name.split_at(at);
                format!("{head}{c}{tail}")
            });
            seed("later-name", doubled.collect());
        }
    }
    seeds
}

/// Verbs behind a name that stands alone.
const FOLLOWING: [&str; 12] =
    ["说", "强调", "要求", "叮嘱", "来到", "召开", "走上", "指出", "表示", "蹲下来", "问得", "沿着"];

/// Posts that are somebody else's, or this person's at another time, in sentences that name no earlier year.
pub fn posts(text: &str, persons: &[Person]) -> Vec<Seed> {
    const WRONG: &[&str] = &["P201", "P202", "P203"];
    let mut seeds = Vec::new();
    for (post, name, person) in titled(text, persons) {
        if sentence(text, name.start).contains('年') || text[..post.start].ends_with(['、', '任', '原']) {
            continue;
        }
        let strangers = persons.iter().filter(|other| other.name != person.name).flat_map(|other| &other.now);
        let foreign = strangers.filter(|title| !person.past.contains(title) && !person.future.contains(title));
        seeds.extend(foreign.map(|title| Seed::new("post-of-another", WRONG, post, title)));
        seeds.extend(person.past.iter().map(|title| Seed::new("post-ended", WRONG, post, title)));
        seeds.extend(person.future.iter().map(|title| Seed::new("post-future", WRONG, post, title)));
    }
    seeds
}

/// Roll-calls in another order, with somebody twice, a wrong number, or 、 missing or doubled.
pub fn roll_call_faults(text: &str, persons: &[Person]) -> Vec<Seed> {
    let mut seeds = Vec::new();
    for call in roll_calls(text, persons) {
        let names: Vec<&str> = call.iter().map(|name| name.slice(text)).collect();
        let whole = call[0].join(call[call.len() - 1]);
        for (a, b) in (0..names.len()).flat_map(|a| (a + 1..names.len()).map(move |b| (a, b))) {
            let (mut swapped, mut twice) = (names.clone(), names.clone());
            swapped.swap(a, b);
            twice.insert(b, names[a]);
            seeds.push(Seed::new("roll-call-order", &["P301"], whole, swapped.join("、")));
            if b > a + 1 {
                seeds.push(Seed::new("roll-call-duplicate", &["P302"], whole, twice.join("、")));
            }
            if b + 1 == names.len() {
                let mut again = names.clone();
                again.push(names[a]);
                seeds.push(Seed::new("roll-call-duplicate", &["P302"], whole, again.join("、")));
            }
        }
        for pair in call.windows(2) {
            let joint = Span::new(pair[0].end, pair[1].start);
            seeds.extend(["", "、、"].map(|wrong| Seed::new("roll-call-separator", &["P305"], joint, wrong)));
        }
        seeds.extend(wrong_counts(text, whole.end, names.len()));
    }
    seeds
}

/// Other numbers for “五位” behind a list of five.
fn wrong_counts(text: &str, end: usize, members: usize) -> Vec<Seed> {
    const NUMBERS: [&str; 6] = ["两", "三", "四", "五", "六", "七"];
    let Some(number) = NUMBERS.iter().find(|number| text[end..].starts_with(&format!("{number}位"))) else {
        return Vec::new();
    };
    let at = Span::new(end, end + number.len());
    let wrong = NUMBERS.iter().enumerate().filter(|(value, _)| value + 2 != members);
    wrong.map(|(_, wrong)| Seed::new("roll-call-count", &["P303"], at, *wrong)).collect()
}

/// 他 and 她 that begin a sentence or clause, in paragraphs that name one person of the lexicon before
/// them and speak of nobody else, and are no answers of an interview (**甲**：…): where they do, it is not certain of
/// whom the pronoun speaks.
pub fn pronouns(text: &str, persons: &[Person]) -> Vec<Seed> {
    let mut seeds = Vec::new();
    for (right, wrong) in [("他", "她"), ("她", "他")] {
        for at in places(text, right) {
            let before = &text[paragraph(text, at.start).start..at.start];
            let named: Vec<&Person> = persons.iter().filter(|person| before.contains(&person.name)).collect();
            let begins = before.ends_with(['。', '，', '；']) && !text[at.end..].starts_with(['们', '人']);
            let quoted = before.matches('“').count() != before.matches('”').count();
            let others = before.starts_with("**") || OTHERS.iter().any(|word| before.contains(word));
            if let [person] = named[..]
                && begins
                && !quoted
                && !others
                && person.female == (right == "她")
            {
                seeds.push(Seed::new("pronoun-gender", &["P401"], at, wrong));
            }
        }
    }
    seeds
}

/// Words for people who have no name.
const OTHERS: [&str; 26] = [
    "有人",
    "工人",
    "干部",
    "教师",
    "村民",
    "农民",
    "居民",
    "群众",
    "同志",
    "技术员",
    "司机",
    "学生",
    "孩子",
    "老人",
    "代表",
    "专家",
    "记者",
    "人员",
    "队员",
    "选手",
    "队伍",
    "建设者",
    "劳动者",
    "观众",
    "读者",
    "母亲",
];
