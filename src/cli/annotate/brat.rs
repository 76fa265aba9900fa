//! `--format brat`: standoff annotations as the brat tool reads them
//! (<https://brat.nlplab.org/standoff.html>).
//!
//! Offsets are characters of the draft's text from 0. A mention that markup or a line break interrupts
//! has several fragments. The note of a mention is the id of its entry, or the ids of all it can be.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::Path,
};

use super::{Annotated, Annotator, certain_mentions};
use crate::{
    analysis::Mention,
    check::CheckedDraft,
    cli::{
        faults::{Faults, io_message},
        output::{Content, Output},
        place::as_given,
    },
    lexicon::EntryKind,
    text::Span,
};

/// One `.ann` document a draft.
pub(super) struct Brat;

impl Annotator for Brat {
    fn draft(&mut self, draft: &Annotated<'_>, out: &mut dyn Write) -> io::Result<()> {
        let characters = Characters::new(draft.text());
        for (index, mention) in certain_mentions(draft.checked).enumerate() {
            let number = index + 1;
            let fragments = fragments(mention, draft.checked);
            let offsets: Vec<String> = fragments
                .iter()
                .map(|span| format!("{} {}", characters.before(span.start), characters.before(span.end)))
                .collect();
            let words: Vec<&str> = fragments.iter().map(|span| span.slice(draft.text())).collect();
            let (kind, offsets, words) = (type_name(mention.kind), offsets.join(";"), words.join(" "));
            writeln!(out, "T{number}\t{kind} {offsets}\t{words}")?;
            writeln!(out, "#{number}\tAnnotatorNotes T{number}\t{}", draft.ids(mention).join(" | "))?;
        }
        Ok(())
    }
}

/// Writes the draft's text, to which the offsets refer, and the types of annotations: brat opens a
/// folder that has both.
pub(super) fn write_beside(draft: &Annotated<'_>, text: &Path, faults: &mut Faults) {
    if let Some(mut output) = Output::open(Some(text), Content::ForPrograms, faults) {
        output.write(faults, |out| out.write_all(draft.text().as_bytes()));
    }
    let path = text.with_file_name("annotation.conf");
    let written = match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => file.write_all(annotation_conf().as_bytes()),
        // One that is there may hold types of the annotators' own.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    };
    if let Err(error) = written {
        faults.of_file(&as_given(&path), None, &io_message(&path, &error));
    }
}

fn annotation_conf() -> String {
    let types = EntryKind::MENTIONED.map(type_name).join("\n");
    format!("[entities]\n{types}\n\n[relations]\n\n[events]\n\n[attributes]\n")
}

fn type_name(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Person => "Person",
        EntryKind::Precedence => "Precedence",
        EntryKind::Place => "Place",
        EntryKind::Organization => "Organization",
        EntryKind::Slogan => "Slogan",
        EntryKind::Term => "Term",
        EntryKind::Document => "Document",
    }
}

/// The stretches of the draft that hold a mention's characters, without markup and line breaks.
fn fragments(mention: &Mention, checked: &CheckedDraft) -> Vec<Span> {
    let block = &checked.draft.blocks[mention.block];
    let words = mention.content.slice(&block.content.text);
    let mut fragments: Vec<Span> = Vec::new();
    for (at, c) in words.char_indices() {
        let start = mention.content.start + at;
        let span = block.source_span(Span::new(start, start + c.len_utf8()));
        if span.slice(&checked.draft.text).contains(['\n', '\r']) {
            continue;
        }
        match fragments.last_mut().filter(|last| last.end == span.start) {
            Some(last) => last.end = span.end,
            None => fragments.push(span),
        }
    }
    fragments
}

/// Bytes of a text as characters from its start.
pub(super) struct Characters<'t> {
    text: &'t str,
    /// How many characters stand before every `STEP`th byte, or before the character that holds it.
    counts: Vec<usize>,
}

impl<'t> Characters<'t> {
    const STEP: usize = 256;

    pub(super) fn new(text: &'t str) -> Self {
        let mut counts = Vec::with_capacity(text.len() / Self::STEP + 1);
        for (count, (at, c)) in text.char_indices().enumerate() {
            while counts.len() * Self::STEP < at + c.len_utf8() {
                counts.push(count);
            }
        }
        Self { text, counts }
    }

    /// How many characters stand before `byte`, which is the start of one or the end of the text.
    pub(super) fn before(&self, byte: usize) -> usize {
        let step = (byte / Self::STEP).min(self.counts.len().saturating_sub(1));
        let from = (0..=step * Self::STEP).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(0);
        self.counts.get(step).copied().unwrap_or(0) + Span::new(from, byte).slice(self.text).chars().count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_before_a_byte_are_as_counted() {
        for text in ["", "a", "刘", &"刘a𠮷\n".repeat(300), &"x".repeat(512)] {
            let characters = Characters::new(text);
            let boundaries = (0..=text.len()).filter(|&at| text.is_char_boundary(at));
            for at in boundaries {
                assert_eq!(characters.before(at), text[..at].chars().count(), "{at}");
            }
        }
    }
}
