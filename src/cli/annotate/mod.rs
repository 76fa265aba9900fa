//! `hegao annotate`: every mention with its entry. One file per format.

mod jsonl;

use std::io::{self, Write};

use rayon::prelude::*;

use super::{
    Outcome,
    args::{AnnotateArgs, AnnotateFormat},
    drafts::{self, BATCH, DraftFault, DraftSource, guarded},
    faults::Faults,
    locale::Language,
    output::{Content, Output},
    projects::Projects,
};
use crate::{
    analysis::{Mention, Resolution},
    check::{BlockCache, CheckedDraft, Project, RuleSelection},
};

/// Writes the mentions of one draft in one format.
trait Annotator {
    fn draft(&mut self, path: &str, project: &Project, checked: &CheckedDraft, out: &mut dyn Write) -> io::Result<()>;
}

impl AnnotateFormat {
    fn annotator(self) -> Box<dyn Annotator> {
        match self {
            Self::Jsonl => Box::new(jsonl::Jsonl),
        }
    }
}

/// Prints the mentions of the drafts that the arguments name.
pub(super) fn run(args: &AnnotateArgs, language: Language) -> Outcome {
    let mut faults = Faults::new(language.general());
    let mut projects = Projects::new(&args.project, &args.as_of, RuleSelection::default(), language);
    let drafts = drafts::find(&args.drafts, args.output.as_deref(), &mut projects, &mut faults);
    let Some(drafts) = drafts else { return Outcome::Fault };
    let Some(mut output) = Output::open(args.output.as_deref(), Content::ForPrograms, &mut faults) else {
        return Outcome::Fault;
    };
    let mut annotator = args.format.annotator();
    for batch in drafts.chunks(BATCH) {
        let results: Vec<_> = batch.par_iter().map(check).collect();
        for (draft, result) in batch.iter().zip(results) {
            match result {
                Ok(checked) => {
                    checked.notes.iter().for_each(|note| faults.note_on(&draft.name, None, note));
                    output.write(&mut faults, |out| annotator.draft(&draft.name, &draft.project, &checked, out));
                }
                Err(fault) => faults.of_file(&draft.name, fault.line, &fault.message),
            }
        }
        if output.is_shut() {
            break;
        }
    }
    faults.outcome()
}

fn check(draft: &DraftSource) -> Result<CheckedDraft, DraftFault> {
    let text = draft.read()?;
    guarded(|| draft.project.check(draft.path.as_deref(), text, draft.format, &mut BlockCache::new()))
}

/// The mentions that are printed: those that are surely mentions, be it of one entry or of several.
fn certain_mentions(checked: &CheckedDraft) -> impl Iterator<Item = &Mention> {
    checked.analysis.mentions.iter().filter(|mention| mention.resolution != Resolution::Other)
}
