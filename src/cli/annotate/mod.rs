//! `hegao annotate`: every mention with its entry. One file per format.

mod brat;
mod destination;

mod html;
mod jsonl;
mod layout;
mod md;
mod mentioned;
mod tei;
mod webanno;

use std::io::{self, Write};

use rayon::prelude::*;

use super::{
    Outcome,
    args::{AnnotateArgs, AnnotateFormat},
    decode::Decoded,
    drafts::{self, BATCH, DraftFault, DraftSource, guarded},
    faults::Faults,
    locale::Language,
    output::{Content, Output},
    projects::Projects,
};
use crate::{
    analysis::{Mention, Resolution},
    check::{BlockCache, CheckedDraft, Project, RuleSelection},
    lang::{Lang, Message},
    lexicon::EntryIndex,
    text::{BlockKind, DraftFormat},
};
use destination::Destination;

/// A draft whose mentions are written.
struct Annotated<'a> {
    /// Its path as printed.
    path: &'a str,
    project: &'a Project,
    checked: &'a CheckedDraft,
    /// The language of what is said about it.
    lang: Lang,
}

/// Writes the mentions of drafts in one format.
trait Annotator {
    /// Writes what stands before the first draft.
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn draft(&mut self, draft: &Annotated<'_>, out: &mut dyn Write) -> io::Result<()>;

    /// Writes what stands after the last draft.
    fn end(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

impl AnnotateFormat {
    fn annotator(self) -> Box<dyn Annotator> {
        match self {
            Self::Jsonl => Box::new(jsonl::Jsonl),
            Self::Webanno => Box::new(webanno::WebAnnotation::default()),
            Self::Brat => Box::new(brat::Brat),
            Self::Tei => Box::new(tei::Tei),
            Self::Html => Box::new(html::Html),
            Self::Md => Box::new(md::Markdown),
        }
    }

    /// Whether one document holds the mentions of all drafts.
    fn is_joint(self) -> bool {
        matches!(self, Self::Jsonl | Self::Webanno)
    }
}

/// Prints the mentions of the drafts that the arguments name.
pub(super) fn run(args: &AnnotateArgs, language: Language) -> Outcome {
    let mut faults = Faults::new(language.general());
    let mut projects = Projects::new(&args.project, &args.as_of, RuleSelection::default(), language);
    let file = args.output.as_deref().filter(|_| !destination::is_folder(args));
    let drafts = drafts::find(&args.drafts, file, &mut projects, &mut faults);
    let Some(mut drafts) = drafts else { return Outcome::Fault };
    if args.format == AnnotateFormat::Md {
        leave_out_pages(&mut drafts, &mut faults);
    }
    let Some(destination) = destination::choose(args, drafts, &mut faults) else { return Outcome::Fault };
    match destination {
        Destination::Joint { file, drafts } => {
            let Some(mut output) = Output::open(file, Content::ForPrograms, &mut faults) else {
                return Outcome::Fault;
            };
            let mut annotator = args.format.annotator();
            output.write(&mut faults, |out| annotator.begin(out));
            for_each(&drafts, language, &mut faults, |_, annotated, faults| {
                output.write(faults, |out| annotator.draft(annotated, out));
                !output.is_shut()
            });
            output.write(&mut faults, |out| annotator.end(out));
        }
        Destination::Apart { drafts, targets } => {
            for_each(&drafts, language, &mut faults, |index, annotated, faults| {
                destination::write_one(args.format, annotated, &targets[index], faults);
                true
            });
        }
    }
    faults.outcome()
}

/// Leaves out HTML, in which an annotation would be text that is published.
fn leave_out_pages(drafts: &mut Vec<DraftSource>, faults: &mut Faults) {
    let message = Message::new(
        "HTML 中不能写 [文字](@id) 标注；请用其他 --format",
        "HTML has no place for [text](@id); use another --format",
    );
    drafts.retain(|draft| {
        let is_page = draft.format == DraftFormat::Html;
        if is_page {
            faults.of_file(&draft.name, None, &message);
        }
        !is_page
    });
}

/// Calls `each` with every draft that can be read, in order, until it returns `false`.
fn for_each(
    drafts: &[DraftSource],
    language: Language,
    faults: &mut Faults,
    mut each: impl FnMut(usize, &Annotated<'_>, &mut Faults) -> bool,
) {
    for (number, batch) in drafts.chunks(BATCH).enumerate() {
        let results: Vec<_> = batch.par_iter().map(check).collect();
        for (position, (draft, result)) in batch.iter().zip(results).enumerate() {
            match result {
                Ok(checked) => {
                    checked.notes.iter().for_each(|note| faults.note_on(&draft.name, None, note));
                    let lang = language.of(&draft.project);
                    let annotated = Annotated { path: &draft.name, project: &draft.project, checked: &checked, lang };
                    if !each(number * BATCH + position, &annotated, faults) {
                        return;
                    }
                }
                Err(fault) => faults.of_file(&draft.name, fault.line, &fault.message),
            }
        }
    }
}

fn check(draft: &DraftSource) -> Result<CheckedDraft, DraftFault> {
    let Decoded { text, notes, .. } = draft.read()?;
    guarded(|| {
        let mut checked = draft.project.check(draft.path.as_deref(), text, draft.format, &mut BlockCache::new());
        checked.notes.extend(notes);
        checked
    })
}

/// The mentions that are printed: those that are surely mentions, be it of one entry or of several.
fn certain_mentions(checked: &CheckedDraft) -> impl Iterator<Item = &Mention> {
    checked.analysis.mentions.iter().filter(|mention| mention.resolution != Resolution::Other)
}

impl<'a> Annotated<'a> {
    /// The draft's text.
    fn text(&self) -> &'a str {
        &self.checked.draft.text
    }

    /// The id of an entry.
    fn id(&self, entry: EntryIndex) -> &'a str {
        &self.project.lexicon().entry(entry).id
    }

    /// The entries a mention can stand for: one if it is known which.
    fn candidates(mention: &Mention) -> &[EntryIndex] {
        if mention.entry.is_some() { mention.entry.as_slice() } else { &mention.candidates }
    }

    /// The ids of the entries a mention can stand for.
    fn ids(&self, mention: &Mention) -> Vec<&'a str> {
        Self::candidates(mention).iter().map(|entry| self.id(*entry)).collect()
    }

    /// The title in the front matter, else the first heading, else the path.
    fn title(&self) -> &'a str {
        let draft = &self.checked.draft;
        let heading = draft.blocks.iter().find(|block| block.kind == BlockKind::Heading);
        let title = draft.front_matter.title.as_ref().map(|field| field.value.as_str());
        title.or(heading.map(|block| block.content.text.as_str())).unwrap_or(self.path)
    }
}
