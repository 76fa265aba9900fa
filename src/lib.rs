//! hegao (核稿) verifies drafts of policy and news writing in Chinese: who an official is and which post
//! was held that day, where a place belongs and since when, how a formulation is worded exactly.
//!
//! # Architecture
//!
//! Five floors; a module imports only lower ones:
//!
//! - floor 0: [`lang`] (messages in two languages), [`text`] (spans, positions, drafts, blocks)
//! - floor 1: [`lexicon`] (entries, valid time, loading, packs, surface forms), [`config`] (hegao.toml)
//! - floor 2: [`analysis`] (draft + lexicon -> mentions, posts, lists; pure functions)
//! - floor 3: [`rules`] (one file per rule, one table, findings, suppression)
//! - floor 4: [`check`] (the facade both front ends call)
//! - floor 5: [`cli`] and [`server`] (never importing each other)
//!
//! # Invariants, each held by a test
//!
//! - A module imports only lower floors; `cli` and `server` never import each other.
//! - No LSP type, no tokio, no URL below floor 5. Spans are bytes; encodings are known to `text` only.
//! - The core does no I/O except loading lexicon and configuration, and is total: any bytes give
//!   findings or a clear error, never a panic.
//! - Output is deterministic: the same draft, lexicon and date give the same bytes.
//! - Analysing a draft after edits gives exactly what analysing its text afresh gives.

pub mod lang;
pub mod text;

pub mod config;
pub mod lexicon;

pub mod analysis;

pub mod rules;

pub mod check;

pub mod cli;
pub mod server;
