//! Requests, one file each: a pure answer from a snapshot.

pub(super) mod code_action;
pub(super) mod completion;
pub(super) mod definition;
pub(super) mod diagnostic;
pub(super) mod document_link;
pub(super) mod document_symbol;
pub(super) mod entries;
pub(super) mod execute_command;
pub(super) mod folding_range;
pub(super) mod hover;
pub(super) mod initialize;
pub(super) mod inlay_hint;
pub(super) mod references;
pub(super) mod rename;
pub(super) mod selection_range;
pub(super) mod semantic_tokens;
pub(super) mod symbol;
pub(super) mod type_hierarchy;
pub(super) mod workspace_report;
