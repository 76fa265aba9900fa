//! Arrays in TOML: on one line while they are short, else one item a line; comments stay with the item
//! they follow.

use toml_edit::{Array, Decor, RawString, Value};

/// How many columns a line may take, a Chinese character counting two.
const LINE_WIDTH: usize = 100;
const INDENT: &str = "\n    ";

/// The value of `key` with these items.
pub(super) fn of(key: &str, items: Vec<Value>) -> Value {
    let mut array: Array = items.into_iter().collect();
    array.fmt();
    let line = format!("{key} = {array}");
    if width(&line) > LINE_WIDTH && array.len() > 1 {
        for item in array.iter_mut() {
            *item.decor_mut() = Decor::new(INDENT, "");
        }
        array.set_trailing("\n");
        array.set_trailing_comma(true);
    }
    Value::Array(array)
}

/// Adds an item at the end, in the layout of the others.
pub(super) fn push(array: &mut Array, mut item: Value) {
    let tail = take_tail(array);
    let last = array.len().checked_sub(1).and_then(|last| array.get(last));
    let layout = last.and_then(|last| last.decor().prefix()).and_then(RawString::as_str).unwrap_or("");
    let one_a_line = layout.contains('\n') || tail.contains('\n');
    let indent = layout.rsplit_once('\n').map_or(INDENT, |(_, indent)| indent).trim_start_matches('\n').to_owned();
    let comment = tail.trim_end();
    let prefix = match (one_a_line, array.is_empty()) {
        (true, _) => format!("{comment}\n{indent}"),
        (false, true) => String::new(),
        (false, false) => " ".to_owned(),
    };
    *item.decor_mut() = Decor::new(prefix, "");
    array.push_formatted(item);
    array.set_trailing(if one_a_line { "\n" } else { "" });
    array.set_trailing_comma(one_a_line);
}

/// What stands between the last item and the closing bracket.
fn take_tail(array: &mut Array) -> String {
    let trailing = array.trailing().as_str().unwrap_or_default().to_owned();
    let Some(last) = array.len().checked_sub(1).and_then(|last| array.get_mut(last)) else { return trailing };
    let suffix = last.decor().suffix().and_then(RawString::as_str).unwrap_or_default().to_owned();
    last.decor_mut().set_suffix("");
    suffix + &trailing
}

/// Columns on a screen: characters above Latin and its neighbours take two.
fn width(text: &str) -> usize {
    text.chars().map(|character| if character >= '\u{1100}' { 2 } else { 1 }).sum()
}
