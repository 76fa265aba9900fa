//! What is being written at a place of a draft, by the text before it.

use crate::text::{Draft, Span};

/// What is being written. Spans are bytes in the draft and end where the word ends that the place is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A line of the front matter, from its start to the place.
    FrontMatter { line: Span },
    /// The word behind `<!-- hegao:`.
    Directive { word: Span },
    /// A rule's code behind the word.
    Codes { word: Span },
    /// The id in `[text](@id)`.
    Id { id: Span, text: Span },
    /// An `@` that is in no annotation yet, and what is typed behind it.
    At { id: Span },
    /// Running text.
    Text,
    /// A comment, or text behind which nothing is to come.
    Nothing,
}

/// What is being written at byte `at`.
pub(super) fn place(draft: &Draft, at: usize) -> Place {
    let text = &*draft.text;
    let line_start = text[..at].rfind(['\n', '\r']).map_or(0, |newline| newline + 1);
    let line = Span::new(line_start, at);
    let head = line.slice(text);
    let in_front_matter = match draft.front_matter.span {
        Some(span) => span.start < at && at < span.end && line_start > span.start,
        // While it is being written it has no end yet.
        None => {
            text.starts_with("---") && line_start > 0 && !text[..at].contains("\n\n") && !text[3..at].contains("---")
        }
    };
    if in_front_matter {
        return Place::FrontMatter { line };
    }
    if let Some(open) = head.rfind("<!--").filter(|open| !head[*open..].contains("-->")) {
        return in_comment(text, line_start + open + "<!--".len(), at);
    }
    let id_start = at - head.chars().rev().take_while(|c| is_of_id(*c)).count();
    if draft.format.has_annotations() && text[..id_start].ends_with('@') && id_start > line_start {
        let id = Span::new(id_start, at + text[at..].chars().take_while(|c| is_of_id(*c)).count());
        return in_annotation(text, line, id).unwrap_or(Place::At { id });
    }
    Place::Text
}

fn is_of_id(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-'
}

fn in_annotation(text: &str, line: Span, id: Span) -> Option<Place> {
    let before = text[line.start..id.start].strip_suffix("](@")?;
    let open = before.rfind('[')?;
    Some(Place::Id { id, text: Span::new(line.start + open + 1, line.start + before.len()) })
}

fn in_comment(text: &str, start: usize, at: usize) -> Place {
    let inside = &text[start..at];
    let Some(colon) = inside.find("hegao:").filter(|colon| inside[..*colon].trim().is_empty()) else {
        return Place::Nothing;
    };
    let words = start + colon + "hegao:".len();
    let word_start = text[words..at]
        .rfind([' ', ',', '，'])
        .map_or(words, |space| words + space + text[words + space..].chars().next().map_or(0, char::len_utf8));
    let word = Span::new(word_start, at);
    if text[words..word_start].trim().is_empty() { Place::Directive { word } } else { Place::Codes { word } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::DraftFormat;

    /// The place is at `|`; `expected` is its kind and what the word at it is.
    #[track_caller]
    fn check(marked: &str, expected: &str) {
        let at = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        let draft = Draft::parse(text.as_str(), DraftFormat::Markdown);
        let found = match place(&draft, at) {
            Place::FrontMatter { line } => format!("front matter {}", line.slice(&text)),
            Place::Directive { word } => format!("directive {}", word.slice(&text)),
            Place::Codes { word } => format!("codes {}", word.slice(&text)),
            Place::Id { id, text: words } => format!("id {} of {}", id.slice(&text), words.slice(&text)),
            Place::At { id } => format!("at {}", id.slice(&text)),
            Place::Text => "text".to_owned(),
            Place::Nothing => "nothing".to_owned(),
        };
        assert_eq!(found, expected, "{marked}");
    }

    #[test]
    fn the_text_before_tells_what_is_being_written() {
        check("|", "text");
        check("甲|", "text");
        check("hjf|", "text");
        check("会上，hjf|说", "text");
        check("---\nda|\n---\n甲", "front matter da");
        check("---\nda|", "front matter da");
        check("---\ndate: 2022\nhome: |\n---\n", "front matter home: ");
        check("---\n---\n甲|", "text");
        check("<!-- |", "nothing");
        check("<!-- hegao: |", "directive ");
        check("<!-- hegao: ign| -->", "directive ign");
        check("<!--hegao:ignore P2|", "codes P2");
        check("<!-- hegao: ignore P201,|", "codes ");
        check("<!-- hegao: ignore --> 甲|", "text");
        check("[刘伟](@|)", "id  of 刘伟");
        check("甲[刘伟](@liu-w|ei)", "id liu-wei of 刘伟");
        check("由@liu|", "at liu");
        check("@|", "at ");
        check("甲@\n|", "text");
    }
}
