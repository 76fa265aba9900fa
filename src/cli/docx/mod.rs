//! Documents of Word (.docx, ECMA-376): their text, and comments in a copy.
//!
//! The text has a line for each paragraph: those of the body with its tables in the order of the file, then
//! those of footnotes and endnotes. So the line of a finding is the number of its paragraph, and its column
//! the character in it. A line break inside a paragraph is U+2028. Text that was deleted under change
//! tracking is none.

mod comments;
mod package;
mod unread;
mod walk;

pub(super) use self::comments::{Comment, annotate};
use self::{
    package::Package,
    walk::{Step, walk},
};
use crate::lang::Message;

/// The part that holds the body.
const BODY: &str = "word/document.xml";
/// The parts whose text follows the body.
const NOTES: [&str; 2] = ["word/footnotes.xml", "word/endnotes.xml"];

/// The text of a document, and remarks on what it shows besides.
pub(super) fn read(bytes: &[u8]) -> Result<(String, Vec<Message>), Message> {
    let mut package = Package::open(bytes)?;
    let mut text = String::new();
    add_text(&package.required(BODY)?, &mut text)?;
    for part in NOTES {
        if let Some(xml) = package.part(part)? {
            add_text(&xml, &mut text)?;
        }
    }
    Ok((text, unread::notes(&mut package)?))
}

fn add_text(xml: &str, text: &mut String) -> Result<(), Message> {
    walk(xml, |_, step| {
        if let Step::Text(words) = step {
            text.push_str(words);
        }
    })
}
