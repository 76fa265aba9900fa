//! `--stdin-jsonl`: a corpus through a pipe. One `{"id":…,"date":…,"text":…}` a line in, one
//! `{"id":…,"findings":[…]}` a line out, in order and in constant memory.
//!
//! A line is answered before the next one is needed: what has arrived is checked together, on all
//! processors, and nothing waits for more to arrive.

use std::{
    borrow::Cow,
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use rayon::{ThreadPool, prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::leave_out_lighter;
use crate::{
    check::{BlockCache, Project},
    cli::{
        Outcome,
        args::CheckArgs,
        drafts::{BATCH, guarded},
        faults::{Faults, io_message},
        locale::Language,
        output::{Content, Output},
        place::as_given,
        projects::{Projects, resolved},
        report::{DraftReport, record::FindingRecord},
    },
    lang::{Lang, Message},
    lexicon::EdtfDate,
    text::DraftFormat,
};

/// Bytes of a line beyond which it is refused, so that memory stays bounded.
const LONGEST_LINE: u64 = 256 << 20;

/// One line of the corpus.
#[derive(Deserialize)]
struct Request<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    date: Option<Cow<'a, str>>,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

/// As much of a line as its answer needs.
#[derive(Deserialize)]
struct Identified<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: Option<&'a RawValue>,
    findings: Vec<FindingRecord<'a>>,
}

#[derive(Serialize)]
struct Refusal<'a> {
    id: Option<&'a RawValue>,
    error: &'a str,
}

/// What comes in.
enum Line {
    Text(Vec<u8>),
    TooLong,
    Unreadable(io::Error),
}

/// What all lines are checked with.
struct Stream<'a> {
    args: &'a CheckArgs,
    project: &'a Project,
    name: String,
    path: Option<PathBuf>,
    format: DraftFormat,
    lang: Lang,
}

pub(super) fn run(
    args: &CheckArgs,
    pool: &ThreadPool,
    mut projects: Projects,
    language: Language,
    mut faults: Faults,
) -> Outcome {
    let name = args.drafts.stdin_filename.as_deref();
    let path = name.map(resolved);
    let folder = path.clone().unwrap_or_else(|| resolved(Path::new("-")));
    let project = projects.of_folder(folder.parent().unwrap_or(&folder), &mut faults).project;
    let stream = Stream {
        args,
        project: &project,
        name: as_given(name.unwrap_or(Path::new("-"))),
        path,
        // A corpus is plain text: four spaces before a paragraph do not make it code.
        format: name.and_then(DraftFormat::from_path).unwrap_or(DraftFormat::Plain),
        lang: language.of(&project),
    };
    let mut output = Output::stdout(Content::ForPrograms);
    let mut outcome = Outcome::Clean;
    let lines = lines_of_stdin();
    while let Some(batch) = next_batch(&lines) {
        let answers: Vec<_> = pool.install(|| batch.into_par_iter().map(|line| stream.answer(line)).collect());
        for (answer, ended) in answers {
            outcome = outcome.max(ended);
            output.write(&mut faults, |out| out.write_all(&answer));
        }
        if output.is_shut() {
            break;
        }
    }
    outcome.max(faults.outcome())
}

/// The lines that have arrived, at least one; `None` at the end.
fn next_batch(lines: &Receiver<Line>) -> Option<Vec<Line>> {
    let mut batch = vec![lines.recv().ok()?];
    batch.extend(lines.try_iter().take(BATCH - 1));
    Some(batch)
}

/// The lines of standard input, read by a thread of their own as far ahead as one batch.
fn lines_of_stdin() -> Receiver<Line> {
    let (sender, receiver) = sync_channel(BATCH);
    thread::spawn(move || read_lines(BufReader::new(io::stdin()), &sender));
    receiver
}

fn read_lines(mut input: impl BufRead, sender: &SyncSender<Line>) {
    loop {
        let mut line = Vec::new();
        let sent = match input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
            Ok(0) => return,
            Ok(length) if length as u64 == LONGEST_LINE && !line.ends_with(b"\n") => {
                drop(line);
                match input.skip_until(b'\n') {
                    Ok(_) => sender.send(Line::TooLong),
                    Err(error) => sender.send(Line::Unreadable(error)),
                }
            }
            Ok(_) => sender.send(Line::Text(line)),
            Err(error) => {
                let _ = sender.send(Line::Unreadable(error));
                return;
            }
        };
        if sent.is_err() {
            return;
        }
    }
}

impl Stream<'_> {
    /// The answer to a line, with its line break, and what it means for the exit code.
    fn answer(&self, line: Line) -> (Vec<u8>, Outcome) {
        let line = match line {
            Line::Text(line) => line,
            Line::TooLong => {
                return self.refuse(None, &Message::new("此行过长（超过 256 MiB）", "the line is longer than 256 MiB"));
            }
            Line::Unreadable(error) => return self.refuse(None, &io_message(Path::new("-"), &error)),
        };
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line);
        let id = serde_json::from_slice::<Identified<'_>>(line).ok().and_then(|identified| identified.id);
        let request = match serde_json::from_slice::<Request<'_>>(line) {
            Ok(request) => request,
            Err(error) => {
                let zh = format!("此行有误，应为 {{\"id\":…,\"date\":…,\"text\":…}}：{error}");
                let en = format!("not a line of the form {{\"id\":…,\"date\":…,\"text\":…}}: {error}");
                return self.refuse(id, &Message::new(zh, en));
            }
        };
        let date = match request.date.as_deref().map(str::parse::<EdtfDate>).transpose() {
            Ok(date) => date,
            Err(error) => {
                let zh = format!("date 有误：`{}` 不是日期；应为 2022、2022-06 或 2022-06-24", error.0);
                return self.refuse(id, &Message::new(zh, format!("date: {error}")));
            }
        };
        match guarded(|| self.check(&request, date)) {
            Ok(answer) => answer,
            Err(fault) => self.refuse(id, &fault.message),
        }
    }

    fn check(&self, request: &Request<'_>, date: Option<EdtfDate>) -> (Vec<u8>, Outcome) {
        let text = request.text.as_ref();
        let mut result =
            self.project.check_dated(date, self.path.as_deref(), text, self.format, &mut BlockCache::new());
        leave_out_lighter(&mut result.findings, self.args.min_severity);
        let report = DraftReport {
            path: &self.name,
            project: self.project,
            draft: &result.draft,
            findings: &result.findings,
            lang: self.lang,
        };
        let findings = FindingRecord::all(&report);
        let fails = result.findings.iter().any(|finding| self.args.fail_on.includes(finding.severity));
        let outcome = if fails { Outcome::Findings } else { Outcome::Clean };
        (json_line(&Answer { id: request.id, findings }), outcome)
    }

    fn refuse(&self, id: Option<&RawValue>, message: &Message) -> (Vec<u8>, Outcome) {
        (json_line(&Refusal { id, error: message.get(self.lang) }), Outcome::Fault)
    }
}

fn json_line(value: &impl Serialize) -> Vec<u8> {
    // Strings, numbers and lists of them cannot fail to be written to memory.
    let mut line = serde_json::to_vec(value).unwrap_or_default();
    line.push(b'\n');
    line
}
