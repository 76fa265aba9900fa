//! The archive that a document is, read with care: nothing in it may grow without bound.

use std::io::{Cursor, Read, Write};

use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::lang::Message;

/// Files in an archive beyond which it is refused.
const MAX_FILES: usize = 4096;
/// Bytes of a part, unpacked, beyond which it is refused. A page of text is some 10 kB.
const MAX_PART: u64 = 64 << 20;
/// How many times larger than the archive all its files may be, unpacked, once they are larger than a part
/// may be.
const MAX_RATIO: u64 = 200;

/// An open archive.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
}

impl<'b> Package<'b> {
    /// Opens a document; one with macros, or that could unpack to more than is sound, is refused.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Message> {
        if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            return Err(Message::new(
                "是加密的文档或旧版 .doc，无法读取；请另存为不加密的 .docx",
                "is encrypted or an old .doc and cannot be read; save it as .docx without a password",
            ));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            Message::new(format!("不是 .docx 文档：{error}"), format!("is no .docx document: {error}"))
        })?;
        let mut package = Self { archive };
        package.refuse_bombs(bytes.len() as u64)?;
        if package.archive.file_names().flatten().any(|name| name.to_ascii_lowercase().ends_with("vbaproject.bin")) {
            return Err(Message::new(
                "含有宏，不予读取；请另存为不含宏的 .docx",
                "holds macros and is refused; save it as .docx without macros",
            ));
        }
        Ok(package)
    }

    fn refuse_bombs(&mut self, packed: u64) -> Result<(), Message> {
        let count = self.archive.len();
        let mut unpacked: u64 = 0;
        for index in 0..count.min(MAX_FILES) {
            let file = self.archive.by_index_raw(index).map_err(|error| damaged(&error.to_string()))?;
            unpacked = unpacked.saturating_add(file.size());
        }
        let is_bomb = count > MAX_FILES || (unpacked > MAX_PART && unpacked / packed.max(1) > MAX_RATIO);
        if is_bomb { Err(too_large()) } else { Ok(()) }
    }

    /// The names of its parts, in order.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.archive.file_names().flatten().map(|name| name.to_string()).collect();
        names.sort();
        names
    }

    /// The text of a part, if it is there.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Message> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(&error.to_string())),
        };
        let mut bytes = Vec::new();
        // What the archive says of sizes need not be true.
        file.take(MAX_PART + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error.to_string()))?;
        if bytes.len() as u64 > MAX_PART {
            return Err(too_large());
        }
        let text = String::from_utf8(bytes).map_err(|_| damaged(&format!("{name}: UTF-8")))?;
        Ok(Some(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text)))
    }

    /// The text of a part without which there is no document.
    pub fn required(&mut self, name: &str) -> Result<String, Message> {
        self.part(name)?.ok_or_else(|| {
            Message::new(format!("不是 .docx 文档：没有 {name}"), format!("is no .docx document: it has no {name}"))
        })
    }

    /// A copy of the archive with these parts in place of those of their names, or added.
    pub fn with(mut self, parts: &[(&str, String)]) -> Result<Vec<u8>, Message> {
        let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
        let failed = |error: zip::result::ZipError| damaged(&error.to_string());
        for index in 0..self.archive.len() {
            let file = self.archive.by_index_raw(index).map_err(failed)?;
            let present = file.name().map_err(failed)?.into_owned();
            if !parts.iter().any(|(name, _)| *name == present) {
                copy.raw_copy_file(file).map_err(failed)?;
            }
        }
        for (name, text) in parts {
            copy.start_file(*name, SimpleFileOptions::default()).map_err(failed)?;
            copy.write_all(text.as_bytes()).map_err(|error| damaged(&error.to_string()))?;
        }
        Ok(copy.finish().map_err(failed)?.into_inner())
    }
}

fn damaged(reason: &str) -> Message {
    Message::new(format!("文档已损坏：{reason}"), format!("the document is damaged: {reason}"))
}

fn too_large() -> Message {
    Message::new(
        "解压后过大，可能是压缩炸弹，不予读取",
        "unpacks to far more than a document holds (a zip bomb?) and is refused",
    )
}
