//! Tables as files have them: CSV in the encodings and with the separators that spreadsheets write.

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::{cells::Cell, imported::At};
use crate::lang::Message;

/// A table: rows of cells, the heading among them.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub rows: Vec<SheetRow>,
    /// Whether rows are counted as in a spreadsheet, and not as lines of a text.
    pub is_workbook: bool,
    /// What is to be said of the file as a whole.
    pub remarks: Vec<Message>,
}

impl Sheet {
    /// How a place in the table is named.
    pub fn at(&self) -> fn(usize) -> At {
        if self.is_workbook { At::Row } else { At::Line }
    }
}

/// A row with its number, or its first line's, from 1.
#[derive(Debug)]
pub(super) struct SheetRow {
    pub number: usize,
    pub cells: Vec<Cell>,
}

/// Reads a CSV file: UTF-8 or, as Chinese spreadsheets save it, GB18030, or with a byte order mark UTF-16;
/// separated by commas, semicolons or tabs.
///
/// # Errors
///
/// The line and what is wrong with it.
pub(super) fn read_csv(bytes: &[u8]) -> Result<Sheet, (usize, Message)> {
    let (text, encoding) = decode(bytes)?;
    let mut remarks = Vec::new();
    if encoding != UTF_8 {
        let name = encoding.name();
        remarks.push(Message::new(format!("文件编码为 {name}，已按此读取"), format!("the file was read as {name}")));
    }
    let delimiter = delimiter(&text);
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).has_headers(false).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, |position| position.line() as usize);
            (line, Message::new(format!("CSV 无法读取：{error}"), format!("not valid CSV: {error}")))
        })?;
        let number = record.position().map_or(0, |position| position.line() as usize);
        rows.push(SheetRow { number, cells: record.iter().map(|cell| Cell::Text(cell.to_owned())).collect() });
    }
    Ok(Sheet { rows, is_workbook: false, remarks })
}

fn decode(bytes: &[u8]) -> Result<(String, &'static Encoding), (usize, Message)> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return Ok((text.into_owned(), encoding));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), UTF_8));
    }
    let invalid = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
    let line = memchr::memchr_iter(b'\n', &bytes[..invalid]).count() + 1;
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    let unreadable = Message::new(
        "既不是 UTF-8 也不是 GB18030 文本，请另存为 UTF-8",
        "neither UTF-8 nor GB18030 text; save the file as UTF-8",
    );
    text.map(|text| (text.into_owned(), GB18030)).ok_or((line, unreadable))
}

/// The separator that stands most often in the first line.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |delimiter: &u8| first.bytes().filter(|byte| byte == delimiter).count();
    // Of equally frequent ones the last: a comma unless another is more frequent.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8]) {
        let sheet = read_csv(bytes).unwrap();
        let shown: Vec<Vec<String>> =
            sheet.rows.iter().map(|row| row.cells.iter().map(Cell::shown).collect()).collect();
        assert_eq!(shown, [["姓名", "职务"], ["吴海英", "部长"]]);
    }

    #[test]
    fn tables_are_read_in_the_encodings_of_spreadsheets() {
        let text = "姓名,职务\r\n吴海英,部长\r\n";
        check(text.as_bytes());
        check(format!("\u{feff}{text}").as_bytes());
        check(&GB18030.encode(text).0);
        check(text.replace(',', "\t").as_bytes());
        check(text.replace(',', ";").as_bytes());
        let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        check(&utf16);
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_line() {
        let (line, _) = read_csv(b"a,b\n\xff\xff,c\n").unwrap_err();
        assert_eq!(line, 2);
    }
}
