//! `--since REV`: which files changed, by asking git.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    process::Command,
};

use crate::lang::Message;

/// The files of the repository around `folder` that differ from `revision` in the working tree, and those
/// that git does not know and does not ignore; absolute, without symbolic links in their folders.
pub(super) fn changed_files(revision: &str, folder: &Path) -> Result<HashSet<PathBuf>, Message> {
    let top = git(folder, &["rev-parse", "--show-toplevel"])?;
    let top = PathBuf::from(String::from_utf8_lossy(&top).trim_end_matches(['\n', '\r']).to_owned());
    let top = top.canonicalize().unwrap_or(top);
    let commit = format!("{revision}^{{commit}}");
    let commit = git(&top, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])
        .map_err(|_| unknown_revision(revision))?;
    let commit = String::from_utf8_lossy(&commit).trim().to_owned();
    let changed =
        git(&top, &["diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", "--diff-filter=d", &commit])?;
    let added = git(&top, &["ls-files", "--others", "--exclude-standard", "-z"])?;
    let names = [changed, added].concat();
    let names = names.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    Ok(names.map(|name| top.join(&*String::from_utf8_lossy(name))).collect())
}

/// The standard output of a git command.
fn git(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, Message> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output().map_err(|error| {
        Message::new(
            format!("--since 要用 git，无法运行：{error}"),
            format!("--since wants git, which cannot be run: {error}"),
        )
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let reason = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(Message::new(format!("--since：git 报告：{reason}"), format!("--since: git says: {reason}")))
}

fn unknown_revision(revision: &str) -> Message {
    Message::new(
        format!("--since：git 中没有 `{revision}` 这个版本"),
        format!("--since: git knows no revision `{revision}`"),
    )
}
