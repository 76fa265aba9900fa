//! The properties and classes that terms and slogans have in RDF: SKOS (W3C, 2009), SKOS-XL, Dublin Core,
//! EDTF (Library of Congress), and hegao's own for what these lack.

pub(super) const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
pub(super) const RDF_FIRST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
pub(super) const RDF_REST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";
pub(super) const RDF_NIL: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil";
pub(super) const SKOS_CONCEPT: &str = "http://www.w3.org/2004/02/skos/core#Concept";
pub(super) const SKOS_CONCEPT_SCHEME: &str = "http://www.w3.org/2004/02/skos/core#ConceptScheme";
pub(super) const SKOS_PREF_LABEL: &str = "http://www.w3.org/2004/02/skos/core#prefLabel";
pub(super) const SKOS_ALT_LABEL: &str = "http://www.w3.org/2004/02/skos/core#altLabel";
pub(super) const SKOS_HIDDEN_LABEL: &str = "http://www.w3.org/2004/02/skos/core#hiddenLabel";
pub(super) const SKOS_NOTE: &str = "http://www.w3.org/2004/02/skos/core#note";
pub(super) const SKOS_EDITORIAL_NOTE: &str = "http://www.w3.org/2004/02/skos/core#editorialNote";
pub(super) const SKOS_SCOPE_NOTE: &str = "http://www.w3.org/2004/02/skos/core#scopeNote";
pub(super) const SKOS_DEFINITION: &str = "http://www.w3.org/2004/02/skos/core#definition";
pub(super) const SKOSXL_PREF_LABEL: &str = "http://www.w3.org/2008/05/skos-xl#prefLabel";
pub(super) const SKOSXL_ALT_LABEL: &str = "http://www.w3.org/2008/05/skos-xl#altLabel";
pub(super) const SKOSXL_HIDDEN_LABEL: &str = "http://www.w3.org/2008/05/skos-xl#hiddenLabel";
pub(super) const SKOSXL_LITERAL_FORM: &str = "http://www.w3.org/2008/05/skos-xl#literalForm";
pub(super) const DC_CREATOR: &str = "http://purl.org/dc/elements/1.1/creator";
pub(super) const DC_SOURCE: &str = "http://purl.org/dc/elements/1.1/source";
pub(super) const DCTERMS_SOURCE: &str = "http://purl.org/dc/terms/source";
pub(super) const DCTERMS_VALID: &str = "http://purl.org/dc/terms/valid";
pub(super) const DCTERMS_REPLACED_BY: &str = "http://purl.org/dc/terms/isReplacedBy";
pub(super) const HEGAO_SLOGAN: &str = "urn:x-hegao:vocab:Slogan";
pub(super) const HEGAO_EXCEPT: &str = "urn:x-hegao:vocab:except";
pub(super) const HEGAO_COMPONENTS: &str = "urn:x-hegao:vocab:components";
pub(super) const HEGAO_ORDERED: &str = "urn:x-hegao:vocab:ordered";
pub(super) const HEGAO_QUOTED: &str = "urn:x-hegao:vocab:quoted";
pub(super) const HEGAO_REVIEWED: &str = "urn:x-hegao:vocab:reviewed";

/// Every property that says something to the lexicon.
pub(super) const PROPERTIES: [&str; 23] = [
    RDF_TYPE,
    SKOS_PREF_LABEL,
    SKOS_ALT_LABEL,
    SKOS_HIDDEN_LABEL,
    SKOS_NOTE,
    SKOS_EDITORIAL_NOTE,
    SKOS_SCOPE_NOTE,
    SKOS_DEFINITION,
    SKOSXL_PREF_LABEL,
    SKOSXL_ALT_LABEL,
    SKOSXL_HIDDEN_LABEL,
    DC_CREATOR,
    DC_SOURCE,
    DCTERMS_SOURCE,
    DCTERMS_VALID,
    DCTERMS_REPLACED_BY,
    HEGAO_EXCEPT,
    HEGAO_COMPONENTS,
    HEGAO_ORDERED,
    HEGAO_QUOTED,
    HEGAO_REVIEWED,
    "http://www.w3.org/2004/02/skos/core#inScheme",
    "http://www.w3.org/2004/02/skos/core#topConceptOf",
];
