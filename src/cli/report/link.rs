//! Hyperlinks of terminals (OSC 8).

/// The text as a link to `url`, if links are wanted.
pub(super) fn linked(text: &str, url: &str, wanted: bool) -> String {
    // A control character would end the sequence early.
    if !wanted || url.chars().any(char::is_control) {
        return text.to_owned();
    }
    format!("\u{1b}]8;;{url}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
}
