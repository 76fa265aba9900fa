//! Lexicon files and hegao.toml in the editor, one file per request. `requests` hands over here what
//! concerns such a document.

mod mentions;
mod spot;
mod subject;

pub(super) mod code_action;
pub(super) mod code_lens;
pub(super) mod completion;
pub(super) mod definition;
pub(super) mod diagnostics;
pub(super) mod formatting;
pub(super) mod hover;
pub(super) mod links;
pub(super) mod references;
pub(super) mod rename;
pub(super) mod symbols;
