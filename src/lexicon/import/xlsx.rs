//! Workbooks in the format of Office Open XML, `.xlsx`.

use std::{
    collections::{BTreeMap, HashMap},
    io::{Read, Seek},
    panic::{self, AssertUnwindSafe},
};

use calamine::{Data, Dimensions, Reader, Xlsx, XlsxError};

use super::{
    cells::Cell,
    sheet::{Sheet, SheetRow},
};
use crate::lang::Message;

/// The cells of a sheet that hold something, by row and column from 0: one far away costs no more than one
/// at hand.
type Cells = BTreeMap<u32, BTreeMap<u32, Cell>>;

/// The rows and columns that a sheet can have.
const SIZE: (u32, u32) = (1_048_576, 16_384);

/// Reads the sheet called `name`, or the first one that is not empty.
///
/// # Errors
///
/// Why the workbook cannot be read, or which sheets there are.
pub(super) fn read(file: impl Read + Seek, name: Option<&str>) -> Result<Sheet, Message> {
    // On some malformed workbooks the library panics; nothing of it is used after that.
    panic::catch_unwind(AssertUnwindSafe(|| read_workbook(file, name)))
        .unwrap_or_else(|_| Err(unreadable(&XlsxError::Unexpected("malformed"))))
}

fn read_workbook(file: impl Read + Seek, name: Option<&str>) -> Result<Sheet, Message> {
    let mut workbook = Xlsx::new(file).map_err(|error| unreadable(&error))?;
    let names = workbook.sheet_names();
    let wanted: Vec<String> = match name {
        Some(name) if names.iter().any(|known| known == name) => vec![name.to_owned()],
        Some(name) => {
            let (zh, en) = (names.join("、"), names.join(", "));
            return Err(Message::new(
                format!("没有工作表 `{name}`；有：{zh}"),
                format!("there is no sheet `{name}`; there are: {en}"),
            ));
        }
        None => names.clone(),
    };
    for name in wanted {
        let mut cells = cells(&mut workbook, &name).map_err(|error| unreadable(&error))?;
        if !cells.is_empty() {
            let merged = workbook.merge_cells_by_sheet_name(&name).map_err(|error| unreadable(&error))?;
            spread(&mut cells, &merged);
            return Ok(Sheet { rows: rows(cells), is_workbook: true, remarks: other_sheets(&name, &names) });
        }
    }
    Err(Message::new("工作簿里没有内容", "the workbook is empty"))
}

fn unreadable(error: &XlsxError) -> Message {
    Message::new(
        format!("不是可读的 .xlsx 工作簿（{error}）；其他格式请另存为 .xlsx 或 CSV"),
        format!("no .xlsx workbook that can be read ({error}); save other formats as .xlsx or CSV"),
    )
}

fn cells<RS: Read + Seek>(workbook: &mut Xlsx<RS>, name: &str) -> Result<Cells, XlsxError> {
    let mut cells = Cells::new();
    let mut reader = workbook.worksheet_cells_reader(name)?;
    while let Some(found) = reader.next_cell()? {
        let (row, column) = found.get_position();
        if row >= SIZE.0 || column >= SIZE.1 {
            return Err(XlsxError::Unexpected("a cell outside the sheet"));
        }
        let value = cell(&Data::from(found.get_value().clone()));
        if !value.is_empty() {
            cells.entry(row).or_default().insert(column, value);
        }
    }
    Ok(cells)
}

/// Lets a cell that is merged over several rows hold for all of them that have cells of their own.
fn spread(cells: &mut Cells, merged: &[Dimensions]) {
    let first_cells: HashMap<(u32, u32), Cell> = merged
        .iter()
        .filter_map(|region| Some((region.start, cells.get(&region.start.0)?.get(&region.start.1)?.clone())))
        .collect();
    for region in merged.iter().filter(|region| region.end.0 > region.start.0) {
        let Some(first) = first_cells.get(&region.start) else { continue };
        for (_, row) in cells.range_mut(region.start.0 + 1..=region.end.0) {
            row.insert(region.start.1, first.clone());
        }
    }
}

fn rows(cells: Cells) -> Vec<SheetRow> {
    let row = |(number, mut row): (u32, BTreeMap<u32, Cell>)| {
        let width = row.last_key_value().map_or(0, |(column, _)| column + 1);
        let cells = (0..width).map(|column| row.remove(&column).unwrap_or(Cell::Text(String::new()))).collect();
        SheetRow { number: number as usize + 1, cells }
    };
    cells.into_iter().map(row).collect()
}

fn other_sheets(name: &str, names: &[String]) -> Vec<Message> {
    let others: Vec<&str> = names.iter().map(String::as_str).filter(|other| *other != name).collect();
    if others.is_empty() {
        return Vec::new();
    }
    let (zh, en) = (others.join("、"), others.join(", "));
    vec![Message::new(
        format!("读取工作表 `{name}`；其他工作表未读：{zh}（可用 --sheet 指定）"),
        format!("the sheet `{name}` was read; the others were not: {en} (choose one with --sheet)"),
    )]
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Text(String::new()),
        Data::String(text) => Cell::Text(text.clone()),
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        Data::Bool(flag) => Cell::Text(flag.to_string()),
        Data::DateTime(time) if time.is_datetime() => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            Cell::Date(format!("{year:04}-{month:02}-{day:02}"))
        }
        Data::DateTime(time) => Cell::Number(time.as_f64()),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Cell::Text(text.clone()),
        Data::Error(error) => Cell::Error(error.to_string()),
    }
}
