//! SKOS in Turtle: terms and slogans as concepts. Which property carries what is told with the importer.

use oxrdf::{Literal, NamedNode};

use crate::lexicon::{
    EntryKind,
    write::{EntryFields, Fields},
};

const PREFIXES: &str = "\
@prefix dc: <http://purl.org/dc/elements/1.1/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix hegao: <urn:x-hegao:vocab:> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix : <urn:x-hegao:entry:> .
";

/// The vocabulary.
pub(super) fn write(entries: &[EntryFields]) -> String {
    let mut text = PREFIXES.to_owned();
    for entry in entries {
        let fields = &entry.fields;
        let mut concept = Concept::default();
        match entry.kind {
            EntryKind::Term => term(fields, &mut concept),
            EntryKind::Slogan => slogan(fields, &mut concept),
            _ => continue,
        }
        concept.say("dcterms:source", fields.list("sources").iter().map(|source| address_or_literal(source)));
        let reviewed = Some(fields.text("reviewed")).filter(|date| !date.is_empty());
        concept.say("hegao:reviewed", reviewed.map(|date| format!("\"{date}\"^^edtf:EDTF")));
        concept.say("skos:editorialNote", zh(fields.text("note")));
        let class = if entry.kind == EntryKind::Slogan { "hegao:Slogan" } else { "hegao:Term" };
        text.push_str(&format!("\n:{} a skos:Concept, {class}", entry.id()));
        for statement in concept.statements {
            text.push_str(" ;\n    ");
            text.push_str(&statement);
        }
        text.push_str(" .\n");
    }
    text
}

fn term(term: &Fields, concept: &mut Concept) {
    concept.say("skos:prefLabel", zh(term.text("preferred")));
    concept.say("skos:hiddenLabel", term.list("deprecated").iter().flat_map(|form| zh(form)));
    concept.say("hegao:except", term.list("except").iter().flat_map(|context| zh(context)));
}

fn slogan(slogan: &Fields, concept: &mut Concept) {
    concept.say("skos:prefLabel", zh(slogan.text("text")));
    concept.say("skos:altLabel", slogan.list("variants").iter().flat_map(|variant| zh(variant)));
    let wrong = slogan.tables("wrong");
    concept.say("skos:hiddenLabel", wrong.iter().flat_map(|form| zh(form.text("text"))));
    let explained = wrong.iter().filter(|form| !form.text("note").is_empty());
    concept.say("skosxl:hiddenLabel", explained.map(label));
    let components: Vec<String> = slogan.list("components").iter().flat_map(|component| zh(component)).collect();
    concept.say("hegao:components", (!components.is_empty()).then(|| format!("( {} )", components.join(" "))));
    concept.say("hegao:ordered", slogan.flag("ordered").map(|flag| flag.to_string()));
    concept.say("skos:definition", zh(slogan.text("expands")));
    concept.say("hegao:quoted", slogan.flag("quoted").map(|flag| flag.to_string()));
    concept.say("dc:creator", slogan.list("attribution").iter().flat_map(|name| zh(name)));
    concept.say("dcterms:valid", period(slogan.text("start"), slogan.text("end")));
    let newer = Some(slogan.text("superseded_by")).filter(|id| !id.is_empty());
    concept.say("dcterms:isReplacedBy", newer.map(|id| format!(":{id}")));
}

/// A wrong form with the note on it.
fn label(form: &Fields) -> String {
    let (text, note) = (Literal::new_simple_literal(form.text("text")), Literal::new_simple_literal(form.text("note")));
    format!("[ a skosxl:Label ; skosxl:literalForm {text}@zh ; skos:note {note}@zh ]")
}

/// An EDTF interval; `..` is an open end.
fn period(start: &str, end: &str) -> Option<String> {
    let side = |date: &str| if date.is_empty() { "..".to_owned() } else { date.to_owned() };
    (!start.is_empty() || !end.is_empty()).then(|| format!("\"{}/{}\"^^edtf:EDTF", side(start), side(end)))
}

/// The statements on one concept.
#[derive(Default)]
struct Concept {
    statements: Vec<String>,
}

impl Concept {
    fn say(&mut self, property: &str, objects: impl IntoIterator<Item = String>) {
        let objects: Vec<String> = objects.into_iter().collect();
        if !objects.is_empty() {
            self.statements.push(format!("{property} {}", objects.join(", ")));
        }
    }
}

/// A text in Chinese; nothing for an empty one.
fn zh(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| format!("{}@zh", Literal::new_simple_literal(text)))
}

/// A source is a resource if it is an address, else a citation.
fn address_or_literal(source: &str) -> String {
    let address =
        NamedNode::new(source).ok().filter(|_| source.starts_with("http://") || source.starts_with("https://"));
    address.map_or_else(|| Literal::new_simple_literal(source).to_string(), |node| node.to_string())
}
