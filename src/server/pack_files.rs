//! Files that an editor can open though the workspace does not have them: the built-in packs, and a page
//! for each rule.

use std::{
    collections::{HashMap, hash_map::DefaultHasher},
    env, fs,
    hash::Hasher,
    io,
    path::{Path, PathBuf},
    process,
    sync::Mutex,
};

use super::world::lock;
use crate::lexicon::LexiconFile;

/// Writes files to the cache folder on first use. A cache that cannot be used costs locations, never a
/// finding.
#[derive(Default)]
pub(super) struct PackFiles {
    written: Mutex<HashMap<PathBuf, Option<PathBuf>>>,
}

impl PackFiles {
    /// The path at which a lexicon file can be opened: its own, or for a pack that of a read-only
    /// copy. `None` if there can be no copy.
    pub(super) fn path(&self, file: &LexiconFile) -> Option<PathBuf> {
        if file.pack.is_none() {
            return Some(file.path.clone());
        }
        self.copy_with(&file.path, || file.text.to_string())
    }

    /// The path at which a text can be opened that is known as `name`, relative to nothing.
    pub(super) fn copy_with(&self, name: &Path, text: impl FnOnce() -> String) -> Option<PathBuf> {
        let write = || write_copy(&cache_folder()?, name, &text()).ok();
        lock(&self.written).entry(name.to_owned()).or_insert_with(write).clone()
    }
}

/// `$XDG_CACHE_HOME` or `~/.cache` (XDG Base Directory Specification 0.8), `%LOCALAPPDATA%` on
/// Windows. Relative paths there are invalid and passed over.
fn cache_folder() -> Option<PathBuf> {
    let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("LOCALAPPDATA"))
        .or_else(|| Some(absolute("HOME")?.join(".cache")))?;
    Some(base.join("hegao"))
}

/// The copy of a text, for `packs/NAME/FILE` at `packs/<version>-<hash>/NAME/FILE` in `cache`, written
/// unless it is there already with the same content.
fn write_copy(cache: &Path, name: &Path, text: &str) -> io::Result<PathBuf> {
    // The hash only keeps different contents apart; the content itself is compared below.
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    let release = format!("{}-{:016x}", env!("CARGO_PKG_VERSION"), hasher.finish());
    let mut parts = name.iter();
    let path = cache.join(parts.next().unwrap_or_default()).join(release).join(parts.as_path());
    if fs::read(&path).is_ok_and(|content| content == text.as_bytes()) {
        return Ok(path);
    }
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    fs::create_dir_all(folder)?;
    let draft = folder.join(format!(".{}.tmp", process::id()));
    let written = write_read_only(&draft, text).and_then(|()| fs::rename(&draft, &path));
    if written.is_err() {
        // What is left of a failed copy helps nobody.
        let _ = fs::remove_file(&draft);
    }
    written.map(|()| path)
}

fn write_read_only(path: &Path, text: &str) -> io::Result<()> {
    fs::write(path, text)?;
    let mut permissions = fs::metadata(path)?.permissions();
    permissions.set_readonly(true);
    fs::set_permissions(path, permissions)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(cache: &Path, text: &str) -> io::Result<PathBuf> {
        write_copy(cache, Path::new("packs/divisions/places.csv"), text)
    }

    #[test]
    fn a_pack_file_is_copied_once_and_is_read_only() {
        let cache = tempfile::tempdir().unwrap();
        let path = copy(cache.path(), "id,name\n").unwrap();
        assert!(path.ends_with("divisions/places.csv"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "id,name\n");
        assert!(fs::metadata(&path).unwrap().permissions().readonly());
        let written = fs::metadata(&path).unwrap().modified().unwrap();
        assert_eq!(copy(cache.path(), "id,name\n").unwrap(), path);
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), written);
        assert_ne!(copy(cache.path(), "id,name,level\n").unwrap(), path);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing else is left in the folder");
    }

    #[test]
    fn a_damaged_copy_is_replaced() {
        let cache = tempfile::tempdir().unwrap();
        let path = copy(cache.path(), "id,name\n").unwrap();
        fs::remove_file(&path).unwrap();
        fs::write(&path, "something else").unwrap();
        assert_eq!(copy(cache.path(), "id,name\n").unwrap(), path);
        assert_eq!(fs::read_to_string(&path).unwrap(), "id,name\n");
    }

    #[test]
    fn an_unusable_cache_is_an_error_and_no_panic() {
        let cache = tempfile::tempdir().unwrap();
        let file = cache.path().join("file");
        fs::write(&file, "").unwrap();
        assert!(copy(&file, "id,name\n").is_err());
    }
}
