//! `--fix` and `--diff`: applying fixes and writing drafts back.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::Path,
    sync::Arc,
};

use similar::TextDiff;

use crate::{
    check::CheckedDraft,
    cli::{
        decode::Storage,
        faults::io_message,
        place::{Lines, Point},
    },
    lang::{Lang, Message},
    rules::{self, Fix},
    text::Span,
};

/// A fix can bring another to light; more rounds than this mean that two of them undo each other.
const MAX_ROUNDS: usize = 10;

/// A draft before and after its fixes.
pub(super) struct Mended {
    before: Arc<str>,
    after: Arc<str>,
    changes: Vec<Change>,
}

/// One fix that was applied.
struct Change {
    /// Where, in the draft as it stood in that round.
    at: Point,
    code: &'static str,
    title: Message,
}

/// Applies the first fix of each finding, if it is safe or `unsafe_too`, and checks the draft again
/// until nothing more is fixed. Returns the last check, and what was changed.
pub(super) fn mend(
    first: CheckedDraft,
    unsafe_too: bool,
    check: impl Fn(Arc<str>) -> CheckedDraft,
) -> (CheckedDraft, Option<Mended>) {
    let before = first.draft.text.clone();
    let mut changes = Vec::new();
    let mut result = first;
    for _ in 0..MAX_ROUNDS {
        let chosen = choose(&result, unsafe_too);
        if chosen.is_empty() {
            break;
        }
        let lines = Lines::new(&result.draft.text);
        changes.extend(chosen.iter().map(|(code, fix)| Change {
            at: lines.point(fix.edits[0].span.start),
            code,
            title: fix.title.clone(),
        }));
        let (text, _) = rules::apply(&result.draft.text, chosen.into_iter().map(|(_, fix)| fix));
        result = check(text.into());
    }
    let after = result.draft.text.clone();
    let mended = (before != after).then_some(Mended { before, after, changes });
    (result, mended)
}

/// The fixes of one round. Of two that touch each other the first is taken; the other, if still
/// needed, comes in the next round.
fn choose(result: &CheckedDraft, unsafe_too: bool) -> Vec<(&'static str, &Fix)> {
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let is_free = |taken: &BTreeMap<usize, usize>, span: Span| {
        // Taken spans do not touch, so the last one that starts no later than the end decides.
        taken.range(..=span.end).next_back().is_none_or(|(_, end)| *end < span.start)
    };
    let mut chosen = Vec::new();
    for finding in &result.findings {
        let Some(fix) = finding.fixes.first().filter(|fix| (fix.safe || unsafe_too) && !fix.edits.is_empty()) else {
            continue;
        };
        if fix.edits.iter().all(|edit| is_free(&taken, edit.span)) {
            taken.extend(fix.edits.iter().map(|edit| (edit.span.start, edit.span.end)));
            chosen.push((finding.code, fix));
        }
    }
    chosen
}

impl Mended {
    /// The change as a unified diff.
    pub fn diff(&self, name: &str) -> String {
        TextDiff::from_lines(&*self.before, &*self.after).unified_diff().header(name, name).to_string()
    }

    /// What was changed, a line for each fix under one for the draft.
    pub fn changes(&self, name: &str, lang: Lang) -> Vec<String> {
        let count = self.changes.len();
        let head = match lang {
            Lang::Zh => format!("已修正 {name}：{count} 处"),
            Lang::En => format!("fixed {name}: {count} {}", if count == 1 { "place" } else { "places" }),
        };
        let lines = self
            .changes
            .iter()
            .map(|Change { at, code, title }| format!("  {}:{} {code} {}", at.line, at.column, title.get(lang)));
        [head].into_iter().chain(lines).collect()
    }

    /// Puts the mended draft in the place of the file in one step: a reader sees the old text or the
    /// new one, and a failure leaves the old one.
    pub fn write_back(&self, path: &Path, storage: Storage) -> Result<(), Message> {
        let refused = |error: io::Error| {
            let reason = io_message(path, &error);
            Message::new(
                format!("修正未能写回：{}", reason.zh),
                format!("the fixes could not be written: {}", reason.en),
            )
        };
        // A link stays a link: the file it means is replaced.
        let file = path.canonicalize().map_err(refused)?;
        let (before, after) = (storage.encode(&self.before)?, storage.encode(&self.after)?);
        if fs::read(&file).map_err(refused)? != before {
            return Err(Message::new(
                "核对期间文件有改动，未写回；请重新运行",
                "the file changed in the meantime and was left alone; run again",
            ));
        }
        replace(&file, &after).map_err(refused)
    }
}

fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut fresh = tempfile::Builder::new().prefix(".hegao-").tempfile_in(folder)?;
    fresh.write_all(bytes)?;
    fresh.as_file().set_permissions(fs::metadata(file)?.permissions())?;
    fresh.as_file().sync_all()?;
    fresh.persist(file).map_err(|error| error.error)?;
    Ok(())
}
