//! `hegao check`: the findings of drafts.

mod fixing;
mod stream;

use std::sync::Arc;

use rayon::{ThreadPool, ThreadPoolBuilder, prelude::*};

use self::fixing::Mended;
use super::{
    Outcome,
    args::CheckArgs,
    drafts::{self, BATCH, DraftFault, DraftSource, Input, guarded},
    faults::Faults,
    locale::Language,
    output::{Content, Output},
    projects::Projects,
    report::{DraftReport, Reporter, Summary},
};
use crate::{
    check::{BlockCache, CheckedDraft, Project, RuleSelection},
    lang::Message,
    rules::{Finding, Severity},
};

/// Checks what the arguments name and reports it.
pub(super) fn run(args: &CheckArgs, language: Language) -> Outcome {
    let mut faults = Faults::new(language.general());
    let selection = RuleSelection { select: args.select.clone(), ignore: args.ignore.clone() };
    if let Err(unknown) = selection.validate() {
        faults.general(&unknown.message());
        return Outcome::Fault;
    }
    let Some(pool) = thread_pool(args, &mut faults) else { return Outcome::Fault };
    let mut projects = Projects::new(&args.project, &args.as_of, selection, language);
    if args.stdin_jsonl {
        return stream::run(args, &pool, projects, language, faults);
    }
    let drafts = drafts::find(&args.drafts, args.output.as_deref(), &mut projects, &mut faults);
    let Some(drafts) = drafts else { return Outcome::Fault };
    let Some(mut session) = Session::open(args, language, &drafts, faults) else { return Outcome::Fault };
    for batch in drafts.chunks(BATCH) {
        let results: Vec<_> = pool.install(|| batch.par_iter().map(|draft| check_draft(draft, args)).collect());
        for (draft, result) in batch.iter().zip(results) {
            session.take(draft, result);
        }
        if session.output.is_shut() {
            break;
        }
    }
    session.finish()
}

/// A draft that was checked, with its changes if fixes were applied or asked for.
struct Checked {
    /// The check of the draft as it is now; with fixes, of the mended one.
    result: CheckedDraft,
    mended: Option<Mended>,
    /// Whether the draft as it stays on disk has findings that `--fail-on` includes.
    fails: bool,
}

/// The threads that drafts are checked on.
fn thread_pool(args: &CheckArgs, faults: &mut Faults) -> Option<ThreadPool> {
    let pool = ThreadPoolBuilder::new().num_threads(args.jobs.map_or(0, usize::from)).build();
    let refused = |error| Message::new(format!("无法并行：{error}"), format!("no threads can be had: {error}"));
    pool.map_err(|error| faults.general(&refused(error))).ok()
}

fn check_draft(draft: &DraftSource, args: &CheckArgs) -> Result<Checked, DraftFault> {
    let text: Arc<str> = draft.read()?.into();
    guarded(|| {
        let check = |text: Arc<str>| {
            let mut result = draft.project.check(draft.path.as_deref(), text, draft.format, &mut BlockCache::new());
            leave_out_lighter(&mut result.findings, args.min_severity);
            result
        };
        let fails =
            |result: &CheckedDraft| result.findings.iter().any(|finding| args.fail_on.includes(finding.severity));
        let result = check(text);
        if !args.fix && !args.diff {
            return Checked { fails: fails(&result), result, mended: None };
        }
        let failed = fails(&result);
        let (result, mended) = fixing::mend(result, args.unsafe_fixes, check);
        Checked { fails: if args.diff { failed } else { fails(&result) }, result, mended }
    })
}

/// Leaves out what lies below `--min-severity`.
fn leave_out_lighter(findings: &mut Vec<Finding>, least: Option<Severity>) {
    findings.retain(|finding| least.is_none_or(|least| finding.severity >= least));
}

/// One run: where findings go and what was found so far.
struct Session<'a> {
    args: &'a CheckArgs,
    language: Language,
    faults: Faults,
    output: Output,
    reporter: Box<dyn Reporter>,
    summary: Summary,
    outcome: Outcome,
}

impl<'a> Session<'a> {
    fn open(args: &'a CheckArgs, language: Language, drafts: &[DraftSource], mut faults: Faults) -> Option<Self> {
        // With --fix a draft on standard input goes to standard output, mended.
        let takes_stdout = args.fix && !args.diff && drafts.iter().any(|draft| draft.input == Input::Stdin);
        let content = if args.diff { Content::ForPrograms } else { args.format.content() };
        let output = match &args.output {
            None if takes_stdout => Output::stderr(),
            file => Output::open(file.as_deref(), content, &mut faults)?,
        };
        let lang = drafts.first().map_or(language.general(), |draft| language.of(&draft.project));
        let (reporter, summary) = (args.format.reporter(), Summary::new(lang));
        Some(Self { args, language, faults, output, reporter, summary, outcome: Outcome::Clean })
    }

    /// Reports one draft.
    fn take(&mut self, draft: &DraftSource, result: Result<Checked, DraftFault>) {
        let Checked { result, mended, fails } = match result {
            Ok(checked) => checked,
            Err(fault) => return self.faults.of_file(&draft.name, fault.line, &fault.message),
        };
        for note in &result.notes {
            self.faults.note_on(&draft.name, None, note);
        }
        self.summary.add(&result.findings);
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
        self.write_mended(draft, &result, mended);
        self.report(draft, &draft.project, &result);
    }

    fn report(&mut self, draft: &DraftSource, project: &Project, result: &CheckedDraft) {
        let lang = self.language.of(project);
        let report = DraftReport { path: &draft.name, project, draft: &result.draft, findings: &result.findings, lang };
        let reporter = &mut self.reporter;
        self.output.write(&mut self.faults, |out| reporter.draft(&report, out));
    }

    /// Writes a mended draft back, and says what was changed.
    fn write_mended(&mut self, draft: &DraftSource, result: &CheckedDraft, mended: Option<Mended>) {
        match (&draft.input, mended) {
            (Input::Stdin, _) if self.args.fix => {
                let text = &result.draft.text;
                Output::stdout(Content::ForPrograms).write(&mut self.faults, |out| out.write_all(text.as_bytes()));
            }
            (Input::File(path), Some(mended)) => match mended.write_back(path) {
                Ok(()) => mended
                    .changes(&draft.name, self.language.of(&draft.project))
                    .iter()
                    .for_each(|line| super::faults::say(line)),
                Err(message) => self.faults.of_file(&draft.name, None, &message),
            },
            _ => {}
        }
    }

    fn finish(mut self) -> Outcome {
        if !self.args.diff {
            let (reporter, summary) = (&mut self.reporter, &self.summary);
            self.output.write(&mut self.faults, |out| reporter.finish(summary, out));
        }
        self.outcome.max(self.faults.outcome())
    }
}
