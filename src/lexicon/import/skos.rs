//! SKOS in Turtle: concepts with preferred, alternative and hidden labels.
//!
//! A concept is a term of the lexicon: its preferred label is the form to use, its hidden labels, by which
//! SKOS lets misspelt and outdated forms be found, are the deprecated ones. A concept that is also typed
//! `hegao:Slogan` is a slogan: alternative labels are its variants, hidden labels its wrong forms. What SKOS
//! and Dublin Core have no term for stands in the vocabulary `urn:x-hegao:vocab:`.

use std::{collections::HashMap, io::BufRead};

use oxrdf::{Literal, NamedOrBlankNode, Term};
use oxttl::{TurtleParseError, TurtleParser};
use smol_str::SmolStr;

use super::{
    Fault, ImportOptions,
    han::is_chinese,
    ids::is_id,
    imported::{At, Collector, Imported},
};
use crate::{
    lang::Message,
    lexicon::{
        entry::EntryKind,
        keys,
        skos_terms::*,
        write::{Fields, Naming, Value},
    },
};

/// Relative addresses are read below this one; only their last part is used.
const BASE: &str = "https://example.org/";

type Statements = Vec<(String, Term)>;

/// Reads the concepts of a vocabulary.
pub(super) fn import(source: impl BufRead, options: &ImportOptions<'_>) -> Result<Imported, Fault> {
    let mut graph = Graph::default();
    let parser = TurtleParser::new();
    let parser =
        parser.with_base_iri(BASE).map_err(|error| (At::File, Message::new(error.to_string(), error.to_string())))?;
    for triple in parser.for_reader(source) {
        let triple = triple.map_err(|error| match error {
            TurtleParseError::Io(error) => Fault::Unreadable(error),
            TurtleParseError::Syntax(error) => {
                let line = error.location().start.line as usize + 1;
                let (zh, en) =
                    (format!("Turtle 有误：{}", error.message()), format!("not valid Turtle: {}", error.message()));
                Fault::from((At::Line(line), Message::new(zh, en)))
            }
        })?;
        graph.add(triple.subject, triple.predicate.into_string(), triple.object);
    }
    let concepts: Vec<&String> = graph.subjects.iter().filter(|subject| graph.is_concept(subject)).collect();
    if concepts.is_empty() {
        let zh = "没有 skos:Concept；应为 SKOS 词表";
        return Err((At::File, Message::new(zh, "there is no skos:Concept; a SKOS vocabulary is expected")).into());
    }
    let mut import = Import { graph: &graph, kind: options.kind, collector: Collector::default(), ids: HashMap::new() };
    for own in [true, false] {
        concepts.iter().filter(|iri| is_id(local_name(iri)) == own).for_each(|iri| import.name(iri));
    }
    concepts.iter().for_each(|iri| import.push(iri));
    Ok(import.collector.finish())
}

#[derive(Default)]
struct Graph {
    /// Subjects in the order in which they first come.
    subjects: Vec<String>,
    statements: HashMap<String, Statements>,
}

impl Graph {
    fn add(&mut self, subject: NamedOrBlankNode, predicate: String, object: Term) {
        let subject = subject.to_string();
        let subject = subject.trim_start_matches('<').trim_end_matches('>');
        if !self.statements.contains_key(subject) {
            self.subjects.push(subject.to_owned());
        }
        self.statements.entry(subject.to_owned()).or_default().push((predicate, object));
    }

    fn objects<'g>(&'g self, subject: &str, predicate: &str) -> impl Iterator<Item = &'g Term> {
        let statements = self.statements.get(subject).map(Vec::as_slice).unwrap_or_default();
        statements.iter().filter(move |(known, _)| known == predicate).map(|(_, object)| object)
    }

    fn has_type(&self, subject: &str, class: &str) -> bool {
        self.objects(subject, RDF_TYPE).any(|object| matches!(object, Term::NamedNode(node) if node.as_str() == class))
    }

    fn is_concept(&self, subject: &str) -> bool {
        let is_labelled = self.objects(subject, SKOS_PREF_LABEL).next().is_some();
        self.has_type(subject, SKOS_CONCEPT) || is_labelled && !self.has_type(subject, SKOS_CONCEPT_SCHEME)
    }

    /// The texts in Chinese, or in no language, under a label property and its counterpart in SKOS-XL.
    fn labels(&self, subject: &str, property: &str, extended: &str) -> Vec<SmolStr> {
        let plain = self.objects(subject, property).filter_map(chinese);
        let mut labels: Vec<SmolStr> = plain.collect();
        for text in self.objects(subject, extended).filter_map(|label| self.literal_form(label)) {
            if !labels.contains(&text) {
                labels.push(text);
            }
        }
        labels
    }

    fn literal_form(&self, label: &Term) -> Option<SmolStr> {
        self.objects(&node(label)?, SKOSXL_LITERAL_FORM).find_map(chinese)
    }

    fn text(&self, subject: &str, property: &str) -> SmolStr {
        self.objects(subject, property).find_map(any_text).unwrap_or_default()
    }

    fn flag(&self, subject: &str, property: &str) -> Option<bool> {
        self.objects(subject, property).find_map(any_text).and_then(|text| text.parse().ok())
    }

    /// The texts of an RDF list.
    fn list(&self, head: &Term) -> Vec<SmolStr> {
        let mut items = Vec::new();
        let mut at = node(head);
        // A list is no longer than there are subjects, unless it bites its own tail.
        for _ in 0..self.subjects.len() {
            let Some(current) = at.filter(|current| current != RDF_NIL) else { break };
            items.extend(self.objects(&current, RDF_FIRST).find_map(any_text));
            at = self.objects(&current, RDF_REST).next().and_then(node);
        }
        items
    }
}

struct Import<'a> {
    graph: &'a Graph,
    kind: Option<EntryKind>,
    collector: Collector,
    ids: HashMap<String, (SmolStr, Naming)>,
}

impl Import<'_> {
    fn kind(&self, iri: &str) -> EntryKind {
        let own = if self.graph.has_type(iri, HEGAO_SLOGAN) { EntryKind::Slogan } else { EntryKind::Term };
        self.kind.unwrap_or(own)
    }

    fn name(&mut self, iri: &str) {
        let name = self.preferred(iri).unwrap_or_default();
        let given = self.collector.id(self.kind(iri), local_name(iri), &name);
        self.ids.insert(iri.to_owned(), given);
    }

    fn preferred(&self, iri: &str) -> Option<SmolStr> {
        self.graph.labels(iri, SKOS_PREF_LABEL, SKOSXL_PREF_LABEL).into_iter().next()
    }

    fn push(&mut self, iri: &str) {
        let Some(preferred) = self.preferred(iri) else {
            return self.collector.leave_out("concept without a Chinese label");
        };
        let kind = self.kind(iri);
        let (id, naming) = self.ids.get(iri).cloned().unwrap_or((SmolStr::default(), Naming::Made));
        let mut fields = Fields::default();
        fields.set_text("id", id);
        fields.set_text(keys::name_key(kind), preferred);
        let sound = match kind {
            EntryKind::Slogan => self.slogan(iri, &mut fields),
            _ => self.term(iri, &mut fields),
        };
        let sources: Vec<SmolStr> = self
            .graph
            .objects(iri, DC_SOURCE)
            .chain(self.graph.objects(iri, DCTERMS_SOURCE))
            .filter_map(source)
            .collect();
        fields.set_list("sources", &sources);
        fields.set_text("reviewed", self.graph.text(iri, HEGAO_REVIEWED));
        let notes = [SKOS_EDITORIAL_NOTE, SKOS_NOTE, SKOS_SCOPE_NOTE].map(|property| self.graph.text(iri, property));
        let definition =
            if kind == EntryKind::Slogan { SmolStr::default() } else { self.graph.text(iri, SKOS_DEFINITION) };
        fields
            .set_text("note", notes.into_iter().chain([definition]).find(|note| !note.is_empty()).unwrap_or_default());
        self.leave_out_rest(iri);
        if sound {
            self.collector.push(At::Record(iri.to_owned()), kind, &fields, naming);
        }
    }

    fn term(&mut self, iri: &str, fields: &mut Fields) -> bool {
        fields.set_list("deprecated", &self.graph.labels(iri, SKOS_HIDDEN_LABEL, SKOSXL_HIDDEN_LABEL));
        let except: Vec<SmolStr> = self.graph.objects(iri, HEGAO_EXCEPT).filter_map(any_text).collect();
        fields.set_list("except", &except);
        for _ in self.graph.labels(iri, SKOS_ALT_LABEL, SKOSXL_ALT_LABEL) {
            self.collector.leave_out("skos:altLabel");
        }
        true
    }

    fn slogan(&mut self, iri: &str, fields: &mut Fields) -> bool {
        let graph = self.graph;
        fields.set_list("variants", &graph.labels(iri, SKOS_ALT_LABEL, SKOSXL_ALT_LABEL));
        let wrong = graph.labels(iri, SKOS_HIDDEN_LABEL, SKOSXL_HIDDEN_LABEL);
        fields.set_tables("wrong", wrong.into_iter().map(|text| self.wrong_form(iri, text)).collect());
        let components: Vec<SmolStr> = graph.objects(iri, HEGAO_COMPONENTS).flat_map(|head| graph.list(head)).collect();
        fields.set_list("components", &components);
        for (key, property) in [("ordered", HEGAO_ORDERED), ("quoted", HEGAO_QUOTED)] {
            if let Some(flag) = graph.flag(iri, property) {
                fields.set(key, Value::Flag(flag));
            }
        }
        fields.set_text("expands", graph.text(iri, SKOS_DEFINITION));
        let attribution: Vec<SmolStr> = graph.objects(iri, DC_CREATOR).filter_map(any_text).collect();
        fields.set_list("attribution", &attribution);
        self.superseded_by(iri, fields);
        self.period(iri, fields)
    }

    fn wrong_form(&self, iri: &str, text: SmolStr) -> Fields {
        let labels = self.graph.objects(iri, SKOSXL_HIDDEN_LABEL);
        let own = labels.filter(|label| self.graph.literal_form(label).as_ref() == Some(&text)).filter_map(node);
        let note = own.map(|label| self.graph.text(&label, SKOS_NOTE)).find(|note| !note.is_empty());
        let mut form = Fields::default();
        form.set_text("text", text);
        form.set_text("note", note.unwrap_or_default());
        form
    }

    fn superseded_by(&mut self, iri: &str, fields: &mut Fields) {
        let Some(newer) = self.graph.objects(iri, DCTERMS_REPLACED_BY).find_map(node) else { return };
        match self.ids.get(&newer) {
            Some((id, _)) => fields.set_text("superseded_by", id.clone()),
            None if is_id(local_name(&newer)) => fields.set_text("superseded_by", local_name(&newer)),
            None => self.collector.leave_out(&format!("dcterms:isReplacedBy {newer}")),
        }
    }

    /// The time in which a wording is in use, an EDTF interval `2022-04-29/..`.
    fn period(&mut self, iri: &str, fields: &mut Fields) -> bool {
        let written = self.graph.text(iri, DCTERMS_VALID);
        if written.is_empty() {
            return true;
        }
        let Some((start, end)) = written.split_once('/') else {
            let zh = format!("dcterms:valid 的 `{written}` 不是时段；应如 2022-04-29/2022-12 或 2022-04-29/..");
            let en = format!(
                "dcterms:valid: `{written}` is no period; expected is one such as 2022-04-29/2022-12 or 2022-04-29/.."
            );
            self.collector.fault(At::Record(iri.to_owned()), zh, en);
            return false;
        };
        fields.set_text("start", start.trim_matches('.'));
        fields.set_text("end", end.trim_matches('.'));
        true
    }

    fn leave_out_rest(&mut self, iri: &str) {
        let known = |property: &str| PROPERTIES.contains(&property);
        let statements = self.graph.statements.get(iri).map(Vec::as_slice).unwrap_or_default();
        for (property, object) in statements {
            let is_foreign =
                matches!(object, Term::Literal(literal) if literal.language().is_some() && chinese(object).is_none());
            if !known(property) {
                self.collector.leave_out(property);
            } else if is_foreign {
                self.collector.leave_out("label in another language");
            }
        }
    }
}

fn node(term: &Term) -> Option<String> {
    match term {
        Term::NamedNode(node) => Some(node.as_str().to_owned()),
        Term::BlankNode(node) => Some(node.to_string()),
        Term::Literal(_) => None,
    }
}

fn literal(term: &Term) -> Option<&Literal> {
    if let Term::Literal(literal) = term { Some(literal) } else { None }
}

fn any_text(term: &Term) -> Option<SmolStr> {
    literal(term).map(|literal| literal.value().into()).filter(|text: &SmolStr| !text.is_empty())
}

/// The text of a literal in Chinese, or of one without a language that is written in Chinese characters.
fn chinese(term: &Term) -> Option<SmolStr> {
    let literal = literal(term)?;
    let is_chinese = match literal.language() {
        Some(tag) => ["zh", "cmn"].contains(&tag.split('-').next().unwrap_or_default()),
        None => is_chinese(literal.value()),
    };
    is_chinese.then(|| literal.value().into()).filter(|text: &SmolStr| !text.is_empty())
}

fn source(term: &Term) -> Option<SmolStr> {
    match term {
        Term::NamedNode(node) => Some(node.as_str().into()),
        term => any_text(term),
    }
}

/// What an address ends in.
fn local_name(iri: &str) -> &str {
    iri.rsplit(['#', '/', ':']).next().unwrap_or_default()
}
