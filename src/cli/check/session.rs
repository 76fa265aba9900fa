//! One run: where findings go and what was found so far.

use std::io::{self, Write};

use super::{Checked, annotated_copy, baseline::Recorder, fixing::Mended, look};
use crate::{
    check::{CheckedDraft, Project},
    cli::{
        Outcome,
        args::{CheckArgs, FailOn},
        decode::Storage,
        drafts::{DraftFault, DraftSource, Input},
        faults::{self, Faults},
        locale::Language,
        output::{Content, Output},
        report::{DraftReport, Reporter, Summary, tally},
    },
    lang::{Lang, Message},
};

/// Takes the results of drafts in order.
pub(super) struct Session<'a> {
    args: &'a CheckArgs,
    language: Language,
    faults: Faults,
    output: Output,
    reporter: Box<dyn Reporter>,
    summary: Summary,
    /// With `--write-baseline`, what goes there instead of a report.
    recorder: Option<Recorder<'a>>,
    outcome: Outcome,
}

impl<'a> Session<'a> {
    /// Opens the output. `None` if that fails or what `--fail-on` asks for cannot be told, which is said.
    pub fn open(args: &'a CheckArgs, language: Language, drafts: &[DraftSource], mut faults: Faults) -> Option<Self> {
        // The first draft's configuration gives the language and the limits of the run.
        let first = drafts.first();
        let limits = first.map_or_else(Vec::new, |draft| draft.project.config().limits.clone());
        if args.fail_on == FailOn::Limit && first.is_some() && limits.is_empty() {
            faults.general(&Message::new(
                "--fail-on limit 须在 hegao.toml 的 [limits] 中写明限度，如 newspaper = 3",
                "--fail-on limit wants a limit under [limits] in hegao.toml, such as newspaper = 3",
            ));
            return None;
        }
        // With --fix a draft on standard input goes to standard output, mended.
        let takes_stdout = args.fix && !args.diff && drafts.iter().any(|draft| draft.input == Input::Stdin);
        let content = if args.diff { Content::ForPrograms } else { args.format.content() };
        let output = match &args.output {
            None if takes_stdout => Output::stderr(),
            file => Output::open(file.as_deref(), content, &mut faults)?,
        };
        let lang = first.map_or(language.general(), |draft| language.of(&draft.project));
        Some(Self {
            args,
            language,
            faults,
            output,
            reporter: args.format.reporter(look::of(args)),
            summary: Summary::new(lang, limits),
            recorder: args.write_baseline.as_deref().map(Recorder::new),
            outcome: Outcome::Clean,
        })
    }

    /// The language of the run.
    pub fn lang(&self) -> Lang {
        self.summary.lang
    }

    /// Whether nobody reads on.
    pub fn is_shut(&self) -> bool {
        self.output.is_shut()
    }

    /// Reports one draft.
    pub fn take(&mut self, draft: &DraftSource, result: Result<Checked, DraftFault>) {
        let Checked { result, mended, fails, baselined, storage } = match result {
            Ok(checked) => checked,
            Err(fault) => return self.faults.of_file(&draft.name, fault.line, &fault.message),
        };
        for note in &result.notes {
            self.faults.note_on(&draft.name, None, note);
        }
        self.summary.add(&result.draft, &result.findings);
        self.summary.baselined += baselined;
        if let Some(recorder) = &mut self.recorder {
            return recorder.add(draft, &result);
        }
        if fails {
            self.outcome = Outcome::Findings;
        }
        if self.args.diff {
            if let Some(mended) = mended {
                let diff = mended.diff(&draft.name);
                self.output.write(&mut self.faults, |out| out.write_all(diff.as_bytes()));
            }
            return;
        }
        self.write_mended(draft, &result, mended, storage);
        if let Some(copy) = &self.args.annotate_docx {
            annotated_copy::write(draft, &result, copy, self.language.of(&draft.project), &mut self.faults);
        }
        self.report(draft, &draft.project, &result);
    }

    fn report(&mut self, draft: &DraftSource, project: &Project, result: &CheckedDraft) {
        let lang = self.language.of(project);
        let report = DraftReport { path: &draft.name, project, draft: &result.draft, findings: &result.findings, lang };
        let reporter = &mut self.reporter;
        self.output.write(&mut self.faults, |out| reporter.draft(&report, out));
    }

    /// Writes a mended draft back, and says what was changed.
    fn write_mended(&mut self, draft: &DraftSource, result: &CheckedDraft, mended: Option<Mended>, storage: Storage) {
        match (&draft.input, mended) {
            (Input::Stdin, _) if self.args.fix => match storage.encode(&result.draft.text) {
                Ok(bytes) => Output::stdout(Content::ForPrograms).write(&mut self.faults, |out| out.write_all(&bytes)),
                Err(message) => self.faults.of_file(&draft.name, None, &message),
            },
            (Input::File(path), Some(mended)) => match mended.write_back(path, storage) {
                Ok(()) => mended
                    .changes(&draft.name, self.language.of(&draft.project))
                    .iter()
                    .for_each(|line| faults::say(line)),
                Err(message) => self.faults.of_file(&draft.name, None, &message),
            },
            _ => {}
        }
    }

    /// What follows the last draft, and how the run ended.
    pub fn finish(mut self) -> Outcome {
        if let Some(recorder) = &self.recorder {
            recorder.write(self.summary.lang, &mut self.faults);
            return self.faults.outcome();
        }
        let (reporter, summary) = (&mut self.reporter, &self.summary);
        if !self.args.diff {
            self.output.write(&mut self.faults, |out| reporter.finish(summary, out));
        }
        if self.args.statistics {
            // A report for programs has no place for them.
            match self.args.format.content() {
                Content::ForPeople => self.output.write(&mut self.faults, |out| tally::write_statistics(summary, out)),
                Content::ForPrograms => drop(tally::write_statistics(summary, &mut io::stderr())),
            }
        }
        if self.args.fail_on == FailOn::Limit && summary.exceeds_a_limit() {
            self.outcome = Outcome::Findings;
        }
        let _ = io::stderr().flush();
        self.outcome.max(self.faults.outcome())
    }
}
