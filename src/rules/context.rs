//! What a rule sees, and how it writes a finding.

use std::{
    cell::{OnceCell, RefCell},
    collections::HashMap,
    rc::Rc,
};

use memchr::memmem;

use super::{
    finding::{Addition, Edit, Evidence, Finding, Fix, Severity},
    name_slip::NameSlip,
    rule::Rule,
};
use crate::{
    analysis::{Analyzer, DraftAnalysis, Mention, Setting, mark::MarkReading},
    lang::Message,
    lexicon::{EdtfDate, Entry, EntryIndex, EntryKind, Lexicon, ValidTime, entry::Level},
    text::{Block, Draft, Span},
};

/// What a rule sees of a draft.
pub struct Context<'a> {
    /// The draft.
    pub draft: &'a Draft,
    /// Its mentions, posts and lists.
    pub analysis: &'a DraftAnalysis,
    /// The lexicon with its posts in normal form.
    pub analyzer: &'a Analyzer,
    /// The day for which facts are checked.
    pub as_of: EdtfDate,
    /// Whether somebody set that day. A today that nobody asked for proves nothing about the draft.
    pub as_of_is_set: bool,
    /// The home jurisdiction.
    pub home: Option<EntryIndex>,
    /// What several findings ask for and the whole draft must be searched for.
    pub(crate) known: Known<'a>,
}

/// Where words stand in a draft: block and byte of its content, in order.
type Occurrences = Rc<[(usize, usize)]>;

/// What was found in the whole draft for one finding, for the next ones.
#[derive(Default)]
pub(crate) struct Known<'a> {
    occurrences: RefCell<HashMap<&'a str, Occurrences>>,
    /// The names one slip away from those of lexicon persons.
    pub(super) name_slips: OnceCell<Vec<NameSlip<'a>>>,
    /// Whether the draft writes 统战部长 rather than 统战部部长; `None` if it writes neither.
    pub(super) merges_department: OnceCell<Option<bool>>,
}

impl<'a> Context<'a> {
    /// Everywhere that `words` stand in the draft: block and byte of its content, in order.
    pub(super) fn occurrences(&self, words: &'a str) -> Occurrences {
        let search = || {
            let finder = memmem::Finder::new(words);
            let blocks = self.draft.blocks.iter().enumerate();
            let in_block = |(index, block): (usize, &'a Block)| {
                finder.find_iter(block.content.text.as_bytes()).map(move |at| (index, at)).collect::<Vec<_>>()
            };
            blocks.flat_map(in_block).collect()
        };
        self.known.occurrences.borrow_mut().entry(words).or_insert_with(search).clone()
    }

    /// The paired marks of a block.
    pub(super) fn marks(&self, block: usize) -> &'a MarkReading {
        self.analysis.blocks[block].marks(&self.draft.blocks[block].content.text)
    }

    /// The as-of date and home jurisdiction.
    pub fn setting(&self) -> Setting {
        Setting { as_of: self.as_of, home: self.home }
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &'a Lexicon {
        self.analyzer.lexicon()
    }

    /// An entry of the lexicon.
    pub fn entry(&self, index: EntryIndex) -> &'a Entry {
        self.lexicon().entry(index)
    }

    /// The bytes in the draft of a span in a block's content.
    pub fn span(&self, block: usize, content: Span) -> Span {
        self.draft.blocks[block].source_span(content)
    }

    /// The words at a span of a block's content.
    pub fn words(&self, block: usize, content: Span) -> &'a str {
        content.slice(&self.draft.blocks[block].content.text)
    }

    /// A finding of `rule` in a block, with its severity and no evidence yet.
    pub fn finding(&self, rule: &Rule, block: usize, content: Span, message: Message) -> Finding {
        Finding {
            code: rule.code,
            rule: rule.name,
            severity: rule.severity,
            message,
            span: self.span(block, content),
            entries: Vec::new(),
            evidence: Vec::new(),
            fixes: Vec::new(),
            addition: None,
        }
    }

    /// A fix that replaces one span of a block's content.
    pub fn replace(&self, title: Message, safe: bool, block: usize, content: Span, text: impl Into<String>) -> Fix {
        Fix { title, safe, edits: vec![Edit { span: self.span(block, content), text: text.into() }] }
    }

    /// A fact stated at `key` (`post.0`, `version.1`, `text`) of an entry.
    pub fn evidence(
        &self,
        index: EntryIndex,
        key: &str,
        text: impl Into<String>,
        time: ValidTime,
        sources: &[smol_str::SmolStr],
    ) -> Evidence {
        let entry = self.entry(index);
        let source = sources.first().or_else(|| entry.sources.first()).map(ToString::to_string);
        Evidence { entry: index, text: text.into(), time, source, span: entry.field_span(key) }
    }

    /// The fact that a person holds or held a post.
    pub fn post_evidence(&self, person: EntryIndex, position: usize) -> Evidence {
        let Some(post) = self.entry(person).person().and_then(|person| person.posts.get(position)) else {
            return self.evidence(person, "name", self.entry(person).name(), ValidTime::default(), &[]);
        };
        let text = format!("{}：{}", self.entry(person).name(), post.title);
        self.evidence(person, &format!("post.{position}"), text, post.time, &post.sources)
    }

    /// The exact wording of a formulation.
    pub fn slogan_evidence(&self, entry: EntryIndex) -> Evidence {
        let time = self.entry(entry).slogan().map(|slogan| slogan.time).unwrap_or_default();
        self.evidence(entry, "text", self.entry(entry).name(), time, &[])
    }

    /// What a place is called on the day, and in which place it lies.
    pub fn place_evidence(&self, place: EntryIndex) -> Evidence {
        let parent = self.lexicon().parent_on(place, self.as_of).map_or("", |parent| self.entry(parent).name());
        let (name, time) = self
            .lexicon()
            .version_on(place, self.as_of)
            .map_or((self.entry(place).name(), ValidTime::default()), |version| (&version.name, version.time));
        self.evidence(place, "name", format!("{name}：属{parent}"), time, &[])
    }

    /// Since when a post is held, for the end of a sentence: “（2022-06-24起）”; empty if not known.
    pub fn since(&self, person: EntryIndex, position: usize) -> Message {
        let start = self.entry(person).person().and_then(|person| person.posts.get(position)?.time.start);
        start.map_or_else(Message::default, |start| {
            Message::new(format!("（{}起）", start.in_chinese()), format!(" (since {start})"))
        })
    }

    /// The level of the places a mention can mean, if it is the same for all.
    pub fn place_level(&self, mention: &Mention) -> Option<Level> {
        let mut levels = mention.candidates.iter().map(|place| self.entry(*place).place().map(|place| place.level));
        let first = levels.next()??;
        levels.all(|level| level == Some(first)).then_some(first)
    }

    /// The mentions of one kind that were resolved, with their entries.
    pub fn resolved(&self, kind: EntryKind) -> impl Iterator<Item = (&'a Mention, EntryIndex)> {
        resolved(&self.analysis.mentions, kind)
    }

    /// The same of one block.
    pub fn resolved_in(&self, block: usize, kind: EntryKind) -> impl Iterator<Item = (&'a Mention, EntryIndex)> {
        resolved(self.analysis.mentions_in(block), kind)
    }
}

fn resolved(mentions: &[Mention], kind: EntryKind) -> impl Iterator<Item = (&Mention, EntryIndex)> {
    let mentions = mentions.iter().filter(move |mention| mention.kind == kind);
    mentions.filter_map(|mention| mention.entry.map(|entry| (mention, entry)))
}

impl Finding {
    /// Sets the severity.
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Adds an entry concerned.
    pub fn with_entry(mut self, entry: EntryIndex) -> Self {
        if !self.entries.contains(&entry) {
            self.entries.push(entry);
        }
        self
    }

    /// Adds evidence, and its entry to those concerned.
    pub fn with_evidence(mut self, evidence: Evidence) -> Self {
        self = self.with_entry(evidence.entry);
        self.evidence.push(evidence);
        self
    }

    /// Says what the lexicon may lack.
    pub fn with_addition(mut self, addition: Addition) -> Self {
        self.addition = Some(addition);
        self
    }

    /// Adds a fix after those it has.
    pub fn with_fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }
}
