//! How the text of a draft is stored, and reading and writing it so.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::{docx, drafts::DraftFault};
use crate::lang::Message;

/// How a draft's text is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Storage {
    Utf8,
    /// With a byte order mark.
    Utf16Le,
    /// With a byte order mark.
    Utf16Be,
    /// GB 18030, and so GBK and GB 2312.
    Gb18030,
    /// A document of Word.
    Docx,
}

/// A draft's text, a byte order mark included.
pub(super) struct Decoded {
    pub text: String,
    pub storage: Storage,
    /// Remarks on how it was read, and on what was not.
    pub notes: Vec<Message>,
}

/// Share of two-byte characters that must lie in GB 2312 for bytes to be taken for GB 18030: in Chinese
/// text nearly all do, in other encodings read as it about half.
const LEAST_COMMON: (usize, usize) = (9, 10);

/// Reads text: UTF-8, UTF-16 with a byte order mark, or GB 18030, which is told by its bytes.
pub(super) fn decode(bytes: Vec<u8>) -> Result<Decoded, DraftFault> {
    let utf16 = match bytes.as_slice() {
        [0xFF, 0xFE, ..] => Some((UTF_16LE, Storage::Utf16Le)),
        [0xFE, 0xFF, ..] => Some((UTF_16BE, Storage::Utf16Be)),
        _ => None,
    };
    if let Some((encoding, storage)) = utf16 {
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes).ok_or_else(|| {
            let message =
                Message::new("有 UTF-16 的字节序标记，内容却不是 UTF-16", "has the mark of UTF-16 but is not");
            DraftFault { line: None, message }
        })?;
        return Ok(decoded(text.into_owned(), storage));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(decoded(text, Storage::Utf8)),
        Err(error) => gb18030(error.as_bytes())
            .map(|text| decoded(text, Storage::Gb18030))
            .ok_or_else(|| not_text(error.as_bytes(), error.utf8_error().valid_up_to())),
    }
}

/// Reads the text of a document of Word.
pub(super) fn decode_docx(bytes: &[u8]) -> Result<Decoded, DraftFault> {
    let (text, notes) = docx::read(bytes).map_err(|message| DraftFault { line: None, message })?;
    Ok(Decoded { text, storage: Storage::Docx, notes })
}

fn decoded(text: String, storage: Storage) -> Decoded {
    Decoded { text, storage, notes: storage.note().into_iter().collect() }
}

fn gb18030(bytes: &[u8]) -> Option<String> {
    let (mut pairs, mut common, mut at) = (0, 0, 0);
    while at < bytes.len() {
        match bytes[at..] {
            [0x81..=0xFE, 0x30..=0x39, ..] => at += 4,
            [0x81..=0xFE, trail, ..] => {
                pairs += 1;
                common += usize::from((0xA1..=0xF7).contains(&bytes[at]) && trail >= 0xA1);
                at += 2;
            }
            _ => at += 1,
        }
    }
    let is_chinese = pairs > 0 && common * LEAST_COMMON.1 >= pairs * LEAST_COMMON.0;
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes).filter(|_| is_chinese)?;
    let is_text = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    text.chars().all(is_text).then(|| text.into_owned())
}

fn not_text(bytes: &[u8], at: usize) -> DraftFault {
    let line = memchr::memchr_iter(b'\n', &bytes[..at]).count() + 1;
    let message = Message::new(
        format!("第 {line} 行（第 {at} 字节）不是 UTF-8 文本，也不像 GB18030，请另存为 UTF-8"),
        format!("not UTF-8 text in line {line} (byte {at}), nor GB18030; save the file as UTF-8"),
    );
    DraftFault { line: Some(line), message }
}

impl Storage {
    /// The text as it is stored; the reason why if it cannot be.
    pub fn encode(self, text: &str) -> Result<Vec<u8>, Message> {
        match self {
            Self::Utf8 => Ok(text.as_bytes().to_vec()),
            Self::Utf16Le => Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            Self::Utf16Be => Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            Self::Gb18030 => match GB18030.encode(text) {
                (bytes, _, false) => Ok(bytes.into_owned()),
                _ => {
                    Err(Message::new("修正后的文字无法用 GB18030 表示", "the fixed text cannot be written in GB18030"))
                }
            },
            Self::Docx => Err(Message::new(
                "不能写回 .docx；请用 --annotate-docx 把问题写成批注",
                "a .docx is not written back; --annotate-docx writes the findings into a copy as comments",
            )),
        }
    }

    /// What is to be said of a draft that is not UTF-8.
    fn note(self) -> Option<Message> {
        match self {
            Self::Utf8 | Self::Docx => None,
            Self::Utf16Le | Self::Utf16Be => Some(Message::new("按 UTF-16 读取", "read as UTF-16")),
            Self::Gb18030 => Some(Message::new("不是 UTF-8，按 GB18030 读取", "not UTF-8, read as GB18030")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_and_written_back_as_it_is_stored() {
        let text = "会议在长春召开，䶮、𠮷。\r\n";
        let check = |bytes: Vec<u8>, storage: Storage, expected: &str| {
            let decoded = decode(bytes.clone()).unwrap_or_else(|fault| panic!("{}", fault.message));
            assert_eq!((decoded.storage, decoded.text.as_str()), (storage, expected));
            assert_eq!(storage.encode(expected).unwrap(), bytes);
        };
        check(text.as_bytes().to_vec(), Storage::Utf8, text);
        let marked = format!("\u{FEFF}{text}");
        check(marked.encode_utf16().flat_map(u16::to_le_bytes).collect(), Storage::Utf16Le, &marked);
        check(marked.encode_utf16().flat_map(u16::to_be_bytes).collect(), Storage::Utf16Be, &marked);
        check(GB18030.encode(text).0.into_owned(), Storage::Gb18030, text);
    }

    #[test]
    fn other_bytes_are_no_text() {
        let check = |bytes: &[u8]| assert!(decode(bytes.to_vec()).is_err(), "{bytes:x?}");
        check(b"\xff");
        check(b"\xff\xfe\x00\xd8");
        check(b"\xd6\xd0\x00\x01\xce\xc4");
        // 吉林省 in Big5, a word in Latin-1, and Shift JIS.
        check(b"\xa6\x4e\xaa\x4c\xac\xd9");
        check(b"caf\xe9 cr\xe8me");
        check(b"\x83\x4e\x83\x89\x83\x58");
    }
}
