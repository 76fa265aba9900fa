//! Changes after which a draft is still right, though they come near a slip.

use super::{
    CleanDraft, names,
    seed::{body, places, table},
};

/// A changed draft.
pub struct Change {
    pub kind: String,
    /// The draft's position.
    pub draft: usize,
    pub text: String,
    /// The new words.
    pub words: String,
}

/// Changes by table, by kind, and sentences added.
pub fn changes(drafts: &[CleanDraft]) -> Vec<Change> {
    let mut changes = replaced_words(drafts);
    for (number, draft) in drafts.iter().enumerate() {
        let mut put = |kind: &str, text: String, words: &str| {
            changes.push(Change { kind: kind.to_owned(), draft: number, text, words: words.to_owned() });
        };
        other_marks(&draft.text, &mut put);
        former_posts(&draft.text, &mut put);
        open_roll_calls(&draft.text, &mut put);
        institutions(&draft.text, &mut put);
        past_names(&draft.text, &mut put);
    }
    changes.extend(added_sentences(drafts));
    changes
}

type Put<'p> = dyn FnMut(&str, String, &str) + 'p;

/// `counter_cases.tsv`, at every place where the right words stand.
fn replaced_words(drafts: &[CleanDraft]) -> Vec<Change> {
    let mut changes = Vec::new();
    for [kind, right, words] in table::<3>("counter_cases.tsv") {
        let before = changes.len();
        for (number, draft) in drafts.iter().enumerate() {
            changes.extend(places(&draft.text, &right).map(|at| Change {
                kind: kind.clone(),
                draft: number,
                text: replaced(&draft.text, at.start, at.end, &words),
                words: words.clone(),
            }));
        }
        assert!(changes.len() > before, "{right} stands in no clean draft");
    }
    changes
}

fn replaced(text: &str, start: usize, end: usize, words: &str) -> String {
    format!("{}{words}{}", &text[..start], &text[end..])
}

/// A whole draft with other marks: that is its habit.
fn other_marks(text: &str, put: &mut Put<'_>) {
    let from = body(text);
    for (kind, marks) in [
        ("straight-quotes", &[("“", "\""), ("”", "\"")][..]),
        ("corner-quotes", &[("“", "「"), ("”", "」")]),
        ("half-width-commas", &[("，", ","), ("；", ";"), ("：", ":")]),
        ("half-width-brackets", &[("（", "("), ("）", ")")]),
    ] {
        let changed = marks.iter().fold(text[from..].to_owned(), |text, (from, to)| text.replace(from, to));
        if changed != text[from..] {
            put(kind, format!("{}{changed}", &text[..from]), kind);
        }
    }
}

/// A post that was held once, printed as such.
fn former_posts(text: &str, put: &mut Put<'_>) {
    for person in names::persons() {
        for title in &person.now {
            let right = format!("{title}{}", person.name);
            for at in places(text, &right) {
                for past in &person.past {
                    // Between body and post, as the body still exists: 财政厅原厅长.
                    let role = past.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
                    let former = format!("{}原{}{}", &past[..role], &past[role..], person.name);
                    for words in [format!("时任{past}{}", person.name), former] {
                        put("former-post", replaced(text, at.start, at.end, &words), &words);
                    }
                }
            }
        }
    }
}

/// A part of a roll-call with 等.
fn open_roll_calls(text: &str, put: &mut Put<'_>) {
    let all = names::persons();
    let order: Vec<&str> = all.iter().map(|person| person.name.as_str()).collect();
    for length in 3..=order.len() {
        for members in order.windows(length) {
            let whole = members.join("、");
            for at in places(text, &whole).filter(|at| !text[at.end..].starts_with('、')) {
                let number =
                    ["两位", "三位", "四位", "五位", "等"].iter().find(|word| text[at.end..].starts_with(**word));
                let end = at.end + number.map_or(0, |word| word.len());
                for kept in 1..length {
                    let words = format!("{}等", members[..kept].join("、"));
                    put("open-roll-call", replaced(text, at.start, end, &words), &words);
                }
            }
        }
    }
}

/// The address of a firm or school, whatever it says.
fn institutions(text: &str, put: &mut Put<'_>) {
    const NAMES: [&str; 4] = ["农机有限公司", "人参种植专业合作社", "果品商会", "机械厂"];
    for ([county, prefecture, _], name) in table::<3>("division_names.tsv").iter().zip(NAMES.iter().cycle()) {
        let other = if prefecture == "通化市" { "白山市" } else { "通化市" };
        for at in places(text, &format!("{prefecture}{county}")) {
            let words = format!("{other}{county}{name}");
            put("place-in-organization", replaced(text, at.start, at.end, &words), &words);
        }
    }
}

/// Names of places that were right once, marked as such.
fn past_names(text: &str, put: &mut Put<'_>) {
    for [county, prefecture, earlier] in table::<3>("division_names.tsv") {
        for earlier in earlier.split('|').filter(|name| !name.is_empty()) {
            for at in places(text, &format!("{prefecture}{county}")) {
                let words = format!("原{earlier}（今{prefecture}{county}）");
                put("past-name", replaced(text, at.start, at.end, &words), &words);
            }
        }
    }
}

/// `counter_sentences.tsv`, each added to three drafts: behind the first paragraph that ends in a full stop,
/// behind the last, and as a paragraph of its own.
fn added_sentences(drafts: &[CleanDraft]) -> Vec<Change> {
    let mut changes = Vec::new();
    for (number, [kind, sentence]) in table::<2>("counter_sentences.tsv").into_iter().enumerate() {
        for place in 0..3 {
            let draft = (number * 7 + place * 11) % drafts.len();
            let text = drafts[draft].text.trim_end();
            let from = body(text);
            let first = text[from..].find("。\n").map(|at| from + at + '。'.len_utf8());
            let last = text.rfind("。\n").map(|at| at + '。'.len_utf8());
            let text = match [first, last, None][place] {
                Some(at) => replaced(text, at, at, &sentence),
                None => format!("{text}\n\n{sentence}\n"),
            };
            changes.push(Change { kind: kind.clone(), draft, text, words: sentence.clone() });
        }
    }
    changes
}
