//! Requests, one file each: a pure answer from a snapshot.

pub(super) mod code_action;
pub(super) mod definition;
pub(super) mod entries;
pub(super) mod execute_command;
pub(super) mod hover;
pub(super) mod initialize;
