//! TBX-Basic (ISO 30042:2019, data categories as attributes): terms and slogans.
//!
//! The form to use is the preferred term; deprecated and wrong forms are deprecated terms, variants admitted
//! ones. The preferred term of a slogan has the term type `phrase`.

use quick_xml::escape::escape;

use crate::lexicon::{
    EntryKind,
    write::{EntryFields, Fields},
};

/// The termbase.
pub(super) fn write(entries: &[EntryFields]) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <tbx style=\"dca\" type=\"TBX-Basic\" xml:lang=\"zh\" xmlns=\"urn:iso:std:iso:30042:ed-2\">\n  \
         <tbxHeader>\n    <fileDesc>\n      <sourceDesc>\n        <p>hegao</p>\n      </sourceDesc>\n    </fileDesc>\n  </tbxHeader>\n  \
         <text>\n    <body>\n",
    );
    for entry in entries {
        match entry.kind {
            EntryKind::Term => concept(&mut text, &entry.fields, &term_sections(&entry.fields)),
            EntryKind::Slogan => concept(&mut text, &entry.fields, &slogan_sections(&entry.fields)),
            _ => {}
        }
    }
    text.push_str("    </body>\n  </text>\n</tbx>\n");
    text
}

struct Section<'a> {
    term: &'a str,
    status: &'static str,
    is_phrase: bool,
    note: &'a str,
}

const PREFERRED: &str = "preferredTerm-admn-sts";
const ADMITTED: &str = "admittedTerm-admn-sts";
const DEPRECATED: &str = "deprecatedTerm-admn-sts";

fn term_sections(term: &Fields) -> Vec<Section<'_>> {
    let preferred = Section { term: term.text("preferred"), status: PREFERRED, is_phrase: false, note: "" };
    let deprecated = term.list("deprecated").iter();
    let deprecated = deprecated.map(|form| Section { term: form, status: DEPRECATED, is_phrase: false, note: "" });
    std::iter::once(preferred).chain(deprecated).collect()
}

fn slogan_sections(slogan: &Fields) -> Vec<Section<'_>> {
    let preferred = Section { term: slogan.text("text"), status: PREFERRED, is_phrase: true, note: "" };
    let variants = slogan.list("variants").iter();
    let variants = variants.map(|variant| Section { term: variant, status: ADMITTED, is_phrase: true, note: "" });
    let wrong = slogan.tables("wrong").iter();
    let wrong = wrong.map(|form| Section {
        term: form.text("text"),
        status: DEPRECATED,
        is_phrase: true,
        note: form.text("note"),
    });
    std::iter::once(preferred).chain(variants).chain(wrong).collect()
}

fn concept(text: &mut String, entry: &Fields, sections: &[Section<'_>]) {
    let mut line = |indent: usize, markup: String| {
        text.push_str(&" ".repeat(indent));
        text.push_str(&markup);
        text.push('\n');
    };
    line(6, format!("<conceptEntry id=\"{}\">", content(entry.text("id"))));
    for source in entry.list("sources") {
        line(8, format!("<admin type=\"source\">{}</admin>", content(source)));
    }
    if !entry.text("note").is_empty() {
        line(8, format!("<note>{}</note>", content(entry.text("note"))));
    }
    line(8, "<langSec xml:lang=\"zh\">".to_owned());
    for section in sections {
        line(10, "<termSec>".to_owned());
        line(12, format!("<term>{}</term>", content(section.term)));
        line(12, format!("<termNote type=\"administrativeStatus\">{}</termNote>", section.status));
        if section.is_phrase {
            line(12, "<termNote type=\"termType\">phrase</termNote>".to_owned());
        }
        if !section.note.is_empty() {
            line(12, format!("<note>{}</note>", content(section.note)));
        }
        line(10, "</termSec>".to_owned());
    }
    line(8, "</langSec>".to_owned());
    line(6, "</conceptEntry>".to_owned());
}

/// Character data. XML has no way to write most control characters; they are left out, which reading back
/// brings to light.
fn content(text: &str) -> String {
    let allowed = |character: &char| !matches!(character, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    let text: String = text.chars().filter(allowed).collect();
    escape(text.as_str()).replace('\r', "&#13;")
}
