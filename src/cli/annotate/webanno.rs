//! `--format webanno`: W3C Web Annotation (<https://www.w3.org/TR/annotation-model/>), one page of
//! annotations for all drafts, as JSON-LD.
//!
//! Positions are Unicode code points of the draft's text. The body identifies the entry by its id; a
//! mention that can stand for several entries has a choice of bodies.

use std::io::{self, Write};

use serde::Serialize;

use super::{Annotated, Annotator, brat::Characters, certain_mentions};
use crate::{
    analysis::Mention,
    text::{DraftFormat, Span},
};

/// Characters of context before and behind a quotation.
const CONTEXT: usize = 24;

/// One annotation page.
#[derive(Default)]
pub(super) struct WebAnnotation {
    /// Annotations written so far.
    count: usize,
}

#[derive(Serialize)]
struct Annotation<'a> {
    id: String,
    r#type: &'static str,
    motivation: &'static str,
    body: [Body<'a>; 2],
    target: Target<'a>,
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Body<'a> {
    TextualBody { purpose: &'static str, value: &'a str },
    Choice { items: Vec<Body<'a>> },
}

#[derive(Serialize)]
struct Target<'a> {
    source: Source,
    selector: (Position, Quote<'a>),
}

#[derive(Serialize)]
struct Source {
    id: String,
    r#type: &'static str,
    format: &'static str,
}

#[derive(Serialize)]
struct Position {
    r#type: &'static str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Quote<'a> {
    r#type: &'static str,
    exact: &'a str,
    prefix: &'a str,
    suffix: &'a str,
}

impl Annotator for WebAnnotation {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(
            b"{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"#page\",\"type\":\"AnnotationPage\",\"items\":[",
        )
    }

    fn draft(&mut self, draft: &Annotated<'_>, out: &mut dyn Write) -> io::Result<()> {
        let characters = Characters::new(draft.text());
        for mention in certain_mentions(draft.checked) {
            out.write_all(if self.count == 0 { b"\n" } else { b",\n" })?;
            self.count += 1;
            serde_json::to_writer(&mut *out, &annotation(self.count, mention, draft, &characters))?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"\n]}\n")
    }
}

fn annotation<'a>(
    number: usize,
    mention: &'a Mention,
    draft: &Annotated<'a>,
    characters: &Characters<'_>,
) -> Annotation<'a> {
    let identifying = |value| Body::TextualBody { purpose: "identifying", value };
    let mut bodies: Vec<Body<'_>> = draft.ids(mention).into_iter().map(identifying).collect();
    let entry = if bodies.len() == 1 { bodies.remove(0) } else { Body::Choice { items: bodies } };
    let kind = Body::TextualBody { purpose: "classifying", value: mention.kind.name() };
    let format = match draft.checked.draft.format {
        DraftFormat::Markdown => "text/markdown",
        DraftFormat::Plain => "text/plain",
        DraftFormat::Html => "text/html",
    };
    Annotation {
        id: format!("#{number}"),
        r#type: "Annotation",
        motivation: "identifying",
        body: [entry, kind],
        target: Target {
            source: Source { id: reference(draft.path), r#type: "Text", format },
            selector: (
                Position {
                    r#type: "TextPositionSelector",
                    start: characters.before(mention.span.start),
                    end: characters.before(mention.span.end),
                },
                quote(mention.span, draft.text()),
            ),
        },
    }
}

fn quote(span: Span, text: &str) -> Quote<'_> {
    let (before, after) = (Span::new(0, span.start).slice(text), Span::new(span.end, text.len()).slice(text));
    let prefix = before.char_indices().rev().take(CONTEXT).last().map_or("", |(at, _)| &before[at..]);
    let suffix = after.char_indices().nth(CONTEXT).map_or(after, |(at, _)| &after[..at]);
    Quote { r#type: "TextQuoteSelector", exact: span.slice(text), prefix, suffix }
}

/// A path as a relative IRI reference: what has a meaning there, and what cannot stand there, is
/// written with `%` (RFC 3987).
fn reference(path: &str) -> String {
    let mut out = String::new();
    // `a:b.md` would be read as a scheme.
    if path.split('/').next().is_some_and(|first| first.contains(':')) {
        out.push_str("./");
    }
    for c in path.chars() {
        if c.is_ascii_alphanumeric() || "-._~/!$&'()*+,;=:@".contains(c) || (!c.is_ascii() && !c.is_control()) {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            out.extend(c.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_references() {
        let check = |path: &str, expected: &str| assert_eq!(reference(path), expected);
        check("drafts/2022-07-10 要闻.md", "drafts/2022-07-10%20要闻.md");
        check("100%#a?.md", "100%25%23a%3F.md");
        check("a:b.md", "./a:b.md");
    }

    #[test]
    fn a_quotation_has_its_context() {
        let text = "前".repeat(30) + "刘伟" + "后";
        let quote = quote(Span::new(90, 96), &text);
        assert_eq!((quote.prefix, quote.exact, quote.suffix), (&*"前".repeat(CONTEXT), "刘伟", "后"));
    }
}
