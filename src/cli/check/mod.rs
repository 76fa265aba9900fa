//! `hegao check`: the findings of drafts.

mod annotated_copy;
mod baseline;
mod fixing;
mod look;
mod progress;
mod session;
mod since;
mod stream;
mod watch;

use std::{path::Path, sync::Arc};

use rayon::{ThreadPool, ThreadPoolBuilder, prelude::*};

use self::{baseline::Baseline, fixing::Mended, progress::Progress, session::Session};
use super::{
    Outcome,
    args::{CheckArgs, FailOn, ReportFormat},
    decode::{Decoded, Storage},
    drafts::{self, BATCH, DraftFault, DraftSource, guarded},
    faults::Faults,
    locale::Language,
    projects::Projects,
};
use crate::{
    check::{BlockCache, CheckedDraft, RuleSelection},
    lang::Message,
    rules::{Finding, Severity},
};

/// Checks what the arguments name and reports it; with `--watch`, again whenever something changes.
pub(super) fn run(args: &CheckArgs, language: Language) -> Outcome {
    look::choose_colors(args);
    if args.watch { watch::run(args, language, || once(args, language)) } else { once(args, language) }
}

fn once(args: &CheckArgs, language: Language) -> Outcome {
    let mut faults = Faults::new(language.general());
    let selection = RuleSelection { select: args.select.clone(), ignore: args.ignore.clone() };
    if let Some(message) = refusal(args).or_else(|| selection.validate().err().map(|unknown| unknown.message())) {
        faults.general(&message);
        return Outcome::Fault;
    }
    let Some(pool) = thread_pool(args, &mut faults) else { return Outcome::Fault };
    let mut projects = Projects::new(&args.project, &args.as_of, selection, language);
    if args.stdin_jsonl {
        return stream::run(args, &pool, projects, language, faults);
    }
    let Ok(baseline) = args.baseline.as_deref().map(|path| Baseline::read(path, &mut faults)).transpose() else {
        return Outcome::Fault;
    };
    let Some(drafts) = find(args, &mut projects, &mut faults) else { return Outcome::Fault };
    if !args.watch {
        // The memory goes back when the program ends: to give it back entry by entry would take longer than
        // to check a draft.
        std::mem::forget(projects);
    }
    let Some(mut session) = Session::open(args, language, &drafts, faults) else { return Outcome::Fault };
    let progress = Progress::new(args, drafts.len(), session.lang());
    for batch in drafts.chunks(BATCH) {
        let check = |draft| check_draft(draft, args, baseline.as_ref());
        let results: Vec<_> = pool.install(|| batch.par_iter().map(check).collect());
        progress.aside(|| {
            for (draft, result) in batch.iter().zip(results) {
                session.take(draft, result);
            }
        });
        progress.advance(batch.len());
        if session.is_shut() {
            break;
        }
    }
    progress.finish();
    session.finish()
}

/// What is wrong with options that do not go together.
fn refusal(args: &CheckArgs) -> Option<Message> {
    if args.explain && args.format != ReportFormat::Full {
        return Some(Message::new("--explain 只用于 --format full", "--explain goes with --format full"));
    }
    if args.stdin_jsonl && args.fail_on == FailOn::Limit {
        return Some(Message::new(
            "--fail-on limit 不能与 --stdin-jsonl 同用",
            "--fail-on limit does not go with --stdin-jsonl",
        ));
    }
    None
}

/// The drafts that the arguments name, without those that did not change if that was asked for.
fn find(args: &CheckArgs, projects: &mut Projects, faults: &mut Faults) -> Option<Vec<DraftSource>> {
    let mut drafts = drafts::find(&args.drafts, args.output.as_deref(), projects, faults)?;
    if let Some(revision) = &args.since {
        match since::changed_files(revision, Path::new(".")) {
            Ok(changed) => drafts.retain(|draft| draft.path.as_ref().is_none_or(|path| changed.contains(path))),
            Err(message) => {
                faults.general(&message);
                return None;
            }
        }
    }
    if args.annotate_docx.is_some() && !matches!(drafts.as_slice(), [draft] if draft.is_docx) {
        faults
            .general(&Message::new("--annotate-docx 用于一篇 .docx 稿件", "--annotate-docx is for one draft, a .docx"));
        return None;
    }
    Some(drafts)
}

/// A draft that was checked, with its changes if fixes were applied or asked for.
struct Checked {
    /// The check of the draft as it is now; with fixes, of the mended one.
    result: CheckedDraft,
    mended: Option<Mended>,
    /// Whether the draft as it stays on disk has findings that `--fail-on` includes.
    fails: bool,
    /// Findings left out because the baseline holds them.
    baselined: usize,
    /// How its text is stored.
    storage: Storage,
}

/// The threads that drafts are checked on.
fn thread_pool(args: &CheckArgs, faults: &mut Faults) -> Option<ThreadPool> {
    let pool = ThreadPoolBuilder::new().num_threads(args.jobs.map_or(0, usize::from)).build();
    let refused = |error| Message::new(format!("无法并行：{error}"), format!("no threads can be had: {error}"));
    pool.map_err(|error| faults.general(&refused(error))).ok()
}

fn check_draft(draft: &DraftSource, args: &CheckArgs, baseline: Option<&Baseline>) -> Result<Checked, DraftFault> {
    let Decoded { text, storage, notes } = draft.read()?;
    guarded(|| {
        let check = |text: Arc<str>| {
            let mut result = draft.project.check(draft.path.as_deref(), text, draft.format, &mut BlockCache::new());
            leave_out_lighter(&mut result.findings, args.min_severity);
            result.notes.extend_from_slice(&notes);
            result
        };
        let fails =
            |result: &CheckedDraft| result.findings.iter().any(|finding| args.fail_on.includes(finding.severity));
        let mut result = check(text.into());
        let baselined = baseline.map_or(0, |baseline| baseline.leave_out(draft, &mut result));
        if !args.fix && !args.diff {
            return Checked { fails: fails(&result), result, mended: None, baselined, storage };
        }
        let failed = fails(&result);
        let (result, mended) = fixing::mend(result, args.unsafe_fixes, check);
        Checked { fails: if args.diff { failed } else { fails(&result) }, result, mended, baselined, storage }
    })
}

/// Leaves out what lies below `--min-severity`.
fn leave_out_lighter(findings: &mut Vec<Finding>, least: Option<Severity>) {
    findings.retain(|finding| least.is_none_or(|least| finding.severity >= least));
}
