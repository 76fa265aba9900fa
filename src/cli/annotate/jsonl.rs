//! `--format jsonl`: one mention a line.

use std::io::{self, Write};

use serde::Serialize;

use super::{Annotated, Annotator, certain_mentions};
use crate::{
    analysis::{Mention, PrintedPost, Setting, Standing},
    check::{CheckedDraft, Project},
    cli::place::{Lines, Range},
    lexicon::InForce,
};

/// One JSON object a line.
pub(super) struct Jsonl;

#[derive(Serialize)]
struct MentionRecord<'a> {
    path: &'a str,
    text: &'a str,
    kind: &'a str,
    /// The entry's id; null if the mention is ambiguous.
    entry: Option<&'a str>,
    candidates: Vec<&'a str>,
    range: Range,
    post: Vec<PostRecord<'a>>,
}

#[derive(Serialize)]
struct PostRecord<'a> {
    text: &'a str,
    /// The word as printed.
    qualifier: Option<&'a str>,
    /// Whether the lexicon says that the person holds it that day; null if it is not known who it is.
    held: Option<bool>,
}

impl Annotator for Jsonl {
    fn draft(&mut self, draft: &Annotated<'_>, out: &mut dyn Write) -> io::Result<()> {
        let Annotated { path, project, checked, .. } = *draft;
        let lines = Lines::new(&checked.draft.text);
        for mention in certain_mentions(checked) {
            let record = MentionRecord::of(mention, path, project, checked, &lines);
            serde_json::to_writer(&mut *out, &record)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}

impl<'a> MentionRecord<'a> {
    fn of(mention: &'a Mention, path: &'a str, project: &'a Project, checked: &'a CheckedDraft, lines: &Lines) -> Self {
        let said = mention.shared_posts.iter().chain(&mention.posts).chain(&mention.changes);
        let id = |entry| project.lexicon().entry(entry).id.as_str();
        Self {
            path,
            text: &mention.text,
            kind: mention.kind.name(),
            entry: mention.entry.map(id),
            candidates: mention.candidates.iter().copied().map(id).collect(),
            range: lines.range(mention.span),
            post: said.map(|post| PostRecord::of(post, mention, project, checked)).collect(),
        }
    }
}

impl<'a> PostRecord<'a> {
    fn of(post: &PrintedPost, mention: &Mention, project: &Project, checked: &'a CheckedDraft) -> Self {
        let words = checked.draft.blocks.get(mention.block).map_or("", |block| block.content.text.as_str());
        let held = mention.entry.map(|person| {
            let setting = Setting { as_of: checked.as_of.date, home: checked.home };
            let standing = project.analyzer().standing(person, post, words, setting);
            matches!(standing, Standing::Held(InForce::Now | InForce::Uncertain, _))
        });
        Self {
            text: post.content.slice(words),
            qualifier: post.qualifier.map(|qualifier| qualifier.content.slice(words)),
            held,
        }
    }
}
