//! Lexicon files and hegao.toml in the editor, one file per request. `requests` hands over here what
//! concerns such a document.

pub(super) mod code_action;
pub(super) mod diagnostics;
