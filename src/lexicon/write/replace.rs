//! Putting a new file in the place of an old one, in one step.
//!
//! The new text is written to a hidden file in the same folder, forced to disk, and renamed over the old
//! one, so that at any moment, even when the process is killed or the power fails, the name stands for
//! either the whole old or the whole new text. A lock on the old file keeps a second writer out, and a
//! file that has changed since it was read is not overwritten. The hidden file of a process that was killed
//! is in nobody's way, and the next writer takes it away.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use tempfile::{NamedTempFile, PersistError};
use thiserror::Error;

use crate::lang::Message;

/// Why a file was not replaced. It is as it was.
#[derive(Debug, Error)]
pub enum ReplaceError {
    /// It is not what was read.
    #[error("{0} was changed by another program in the meantime")]
    Changed(PathBuf),
    /// Another writer is at work.
    #[error("{0} is being written by another program")]
    Locked(PathBuf),
    /// The operating system refused.
    #[error("{path} cannot be written: {error}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

impl ReplaceError {
    /// The error for people.
    pub fn message(&self) -> Message {
        match self {
            Self::Changed(path) => Message::new(
                format!("{} 在读取之后已被改动，未写入；请重新执行", path.display()),
                format!(
                    "{} was changed after it was read, and nothing was written; run the command again",
                    path.display()
                ),
            ),
            Self::Locked(path) => Message::new(
                format!("{} 正由另一程序写入，未写入；请稍后再试", path.display()),
                format!(
                    "{} is being written by another program, and nothing was written; try again later",
                    path.display()
                ),
            ),
            Self::Io { path, error } => Message::new(
                format!("{} 无法写入：{error}", path.display()),
                format!("{} cannot be written: {error}", path.display()),
            ),
        }
    }
}

/// The names of files that are being written begin and end so.
const HIDDEN: (&str, &str) = (".hegao-", ".tmp");
/// No file is being written for so long.
const LEFT_BEHIND: Duration = Duration::from_secs(3600);

/// The steps of a replacement, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Create,
    WriteHalf,
    WriteAll,
    Sync,
    Rename,
    Done,
}

/// Replaces the file at `path`, whose text was `old` when it was read (`None`: there was no file), by `new`.
/// A symbolic link is followed, and permissions are kept.
///
/// # Errors
///
/// [`ReplaceError`]; the file is then as it was.
pub fn replace(path: &Path, old: Option<&str>, new: &str) -> Result<(), ReplaceError> {
    replace_in_steps(path, old, new, &mut |_| Ok(()))
}

/// As [`replace`], asking `before` ahead of each step, which tests let fail.
pub(super) fn replace_in_steps(
    path: &Path,
    old: Option<&str>,
    new: &str,
    before: &mut dyn FnMut(Step) -> io::Result<()>,
) -> Result<(), ReplaceError> {
    if old == Some(new) {
        return Ok(());
    }
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let io_error = |error: io::Error| ReplaceError::Io { path: path.clone(), error };
    // Held until the end.
    let _lock = old.map(|old| lock_unchanged(path, old)).transpose()?;
    before(Step::Create).map_err(io_error)?;
    let file = write_beside(path, new, before).map_err(io_error)?;
    before(Step::Rename).map_err(io_error)?;
    let renamed = match old {
        Some(_) => file.persist(path),
        None => file.persist_noclobber(path),
    };
    renamed.map_err(|PersistError { error, .. }| match error.kind() {
        io::ErrorKind::AlreadyExists if old.is_none() => ReplaceError::Changed(path.clone()),
        _ => io_error(error),
    })?;
    sync_folder(path);
    before(Step::Done).map_err(io_error)
}

/// Locks the file and makes sure that it still is what was read. Whoever replaces a file changes which
/// file the name stands for, so the text is read by name after the lock is had.
fn lock_unchanged(path: &Path, old: &str) -> Result<File, ReplaceError> {
    let io_error = |error: io::Error| ReplaceError::Io { path: path.to_owned(), error };
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => ReplaceError::Changed(path.to_owned()),
        _ => io_error(error),
    })?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(ReplaceError::Locked(path.to_owned())),
        // Some network file systems have no locks; the comparison below still holds.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
        Err(TryLockError::Error(error)) => return Err(io_error(error)),
    }
    let current = fs::read(path).map_err(io_error)?;
    if current == old.as_bytes() { Ok(file) } else { Err(ReplaceError::Changed(path.to_owned())) }
}

fn write_beside(path: &Path, text: &str, before: &mut dyn FnMut(Step) -> io::Result<()>) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    remove_left_behind(folder);
    let mut builder = tempfile::Builder::new();
    builder.prefix(HIDDEN.0).suffix(HIDDEN.1);
    let permissions = fs::metadata(path).map(|metadata| metadata.permissions());
    #[cfg(unix)]
    let builder = builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    let (first, second) = text.as_bytes().split_at(text.len() / 2);
    before(Step::WriteHalf)?;
    file.write_all(first)?;
    before(Step::WriteAll)?;
    file.write_all(second)?;
    if let Ok(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    before(Step::Sync)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Takes away what writers that were killed left in the folder. What cannot be taken away harms nobody.
fn remove_left_behind(folder: &Path) {
    let now = SystemTime::now();
    for item in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = item.file_name();
        let is_hidden = name.to_str().is_some_and(|name| name.starts_with(HIDDEN.0) && name.ends_with(HIDDEN.1));
        let written = item.metadata().and_then(|metadata| metadata.modified()).ok().filter(|_| is_hidden);
        if written.and_then(|written| now.duration_since(written).ok()).is_some_and(|age| age > LEFT_BEHIND) {
            let _ = fs::remove_file(item.path());
        }
    }
}

/// Makes the new name last a power failure. Not every system lets one sync a folder, and the file itself is
/// whole either way.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [Step; 6] = [Step::Create, Step::WriteHalf, Step::WriteAll, Step::Sync, Step::Rename, Step::Done];

    fn check_failure(at: Step, old: Option<&str>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people.toml");
        if let Some(old) = old {
            fs::write(&path, old).unwrap();
        }
        let mut fail = |step| if step == at { Err(io::Error::other("injected")) } else { Ok(()) };
        let result = replace_in_steps(&path, old, "new text", &mut fail);
        assert!(matches!(result, Err(ReplaceError::Io { .. })), "{at:?}");
        let text = fs::read_to_string(&path).ok();
        let expected = if at == Step::Done { Some("new text") } else { old };
        assert_eq!(text.as_deref(), expected, "after a failure at {at:?}");
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|item| item.unwrap().file_name()).collect();
        assert_eq!(left.len(), usize::from(text.is_some()), "files left after a failure at {at:?}: {left:?}");
    }

    #[test]
    fn a_failure_at_any_step_leaves_the_old_or_the_new_file() {
        for step in STEPS {
            check_failure(step, Some("old text"));
            check_failure(step, None);
        }
    }

    #[test]
    fn a_file_that_changed_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people.toml");
        fs::write(&path, "by another hand").unwrap();
        assert!(matches!(replace(&path, Some("as read"), "new"), Err(ReplaceError::Changed(_))));
        assert!(matches!(replace(&path, None, "new"), Err(ReplaceError::Changed(_))));
        assert_eq!(fs::read_to_string(&path).unwrap(), "by another hand");
        fs::remove_file(&path).unwrap();
        assert!(matches!(replace(&path, Some("as read"), "new"), Err(ReplaceError::Changed(_))));
    }

    #[test]
    fn a_second_writer_is_kept_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people.toml");
        fs::write(&path, "old").unwrap();
        let first = lock_unchanged(&path, "old").unwrap();
        assert!(matches!(replace(&path, Some("old"), "new"), Err(ReplaceError::Locked(_))));
        drop(first);
        replace(&path, Some("old"), "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    }

    #[test]
    fn what_a_killed_writer_left_is_taken_away_later() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for (name, age) in [(".hegao-a.tmp", 7200), (".hegao-b.tmp", 60), (".hegao-c.toml", 7200)] {
            let file = File::create(path(name)).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(age)).unwrap();
        }
        replace(&path("people.toml"), None, "new").unwrap();
        let left = [".hegao-a.tmp", ".hegao-b.tmp", ".hegao-c.toml"].map(|name| path(name).exists());
        assert_eq!(left, [false, true, true]);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_symbolic_links_are_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("people.toml"), folder.path().join("link.toml"));
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&path, &link).unwrap();
        replace(&link, Some("old"), "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
