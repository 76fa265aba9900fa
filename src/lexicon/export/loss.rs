//! What a format cannot carry.

use std::collections::{BTreeMap, HashMap};

use crate::{
    lang::{Lang, Message},
    lexicon::{
        entry::EntryKind,
        write::{EntryFields, Fields, Value},
    },
};

/// How many ids are named as examples.
const EXAMPLES: usize = 3;

/// Something that an export does not carry, for all entries of a kind together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The kind of entry.
    pub kind: EntryKind,
    /// The key, such as `post.short`; `None`: the entries as a whole.
    pub key: Option<String>,
    /// How many entries lose it.
    pub count: usize,
    /// The ids of the first of them.
    pub examples: Vec<String>,
}

impl Loss {
    /// The loss in words.
    pub fn message(&self) -> Message {
        let (zh_kind, kind, count) = (self.kind.in_words(Lang::Zh), self.kind.in_words(Lang::En), self.count);
        let more = if count > self.examples.len() { ("……", ", …") } else { ("", "") };
        let (zh, en) = (self.examples.join("、") + more.0, self.examples.join(", ") + more.1);
        match &self.key {
            None => Message::new(
                format!("此格式不能携带{zh_kind}词条，{count} 条未导出：{zh}"),
                format!("this format cannot carry entries of the kind {kind}; {count} left out: {en}"),
            ),
            Some(key) => Message::new(
                format!("此格式不能完整携带{zh_kind}的 `{key}`，涉及 {count} 条：{zh}"),
                format!("this format cannot fully carry `{key}` of the kind {kind}, which concerns {count}: {en}"),
            ),
        }
    }
}

/// Collects losses by kind and key.
#[derive(Default)]
pub(super) struct Losses(BTreeMap<(EntryKind, Option<String>), (usize, Vec<String>)>);

impl Losses {
    pub fn add(&mut self, entry: &EntryFields, key: Option<String>) {
        let (count, examples) = self.0.entry((entry.kind, key)).or_default();
        *count += 1;
        if examples.len() < EXAMPLES {
            examples.push(entry.id().to_owned());
        }
    }

    pub fn finish(self) -> Vec<Loss> {
        let losses = self.0.into_iter();
        losses.map(|((kind, key), (count, examples))| Loss { kind, key, count, examples }).collect()
    }
}

/// What `original` says and `carried` does not.
pub(super) fn between(original: &[EntryFields], carried: &[EntryFields]) -> Vec<Loss> {
    let by_id: HashMap<_, _> = carried.iter().map(|entry| ((entry.kind, entry.id()), entry)).collect();
    let mut losses = Losses::default();
    for entry in original {
        let Some(carried) = by_id.get(&(entry.kind, entry.id())) else {
            losses.add(entry, None);
            continue;
        };
        let mut keys = Vec::new();
        compare(&entry.fields, &carried.fields, "", &mut keys);
        keys.sort();
        keys.dedup();
        keys.into_iter().for_each(|key| losses.add(entry, Some(key)));
    }
    losses.finish()
}

fn compare(original: &Fields, carried: &Fields, prefix: &str, keys: &mut Vec<String>) {
    for (key, value) in original.iter() {
        match (value, carried.get(key)) {
            (value, Some(carried)) if value == carried => {}
            (Value::Tables(original), Some(Value::Tables(carried))) if original.len() == carried.len() => {
                let prefix = format!("{prefix}{key}.");
                original.iter().zip(carried).for_each(|(original, carried)| compare(original, carried, &prefix, keys));
            }
            _ => keys.push(format!("{prefix}{key}")),
        }
    }
    let added = carried.iter().filter(|(key, _)| original.get(key).is_none());
    keys.extend(added.map(|(key, _)| format!("{prefix}{key}")));
}
