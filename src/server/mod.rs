//! Floor 5: the language server, and the only place that names tower_lsp or LSP types.
//!
//! ```text
//! client ──guard────> tower_lsp ──backend──> notifications/ ──> World (documents, settings, projects)
//!                                        ├─> requests/ ──snapshot──> spawn_blocking ──> answer
//! client <──guard──── tower_lsp <──────────── publisher (debounce, check, publish), outbox
//! ```
//!
//! # Invariants
//!
//! - A notification that changes state does all its work before any await, so that messages take
//!   effect in the order in which they arrive.
//! - A request takes a snapshot and computes in `spawn_blocking`; its panic answers that request
//!   alone. Nothing in a handler waits for the client.
//! - The publisher checks open drafts on one thread, the workbench, for the sake of memory.
//! - Diagnostics leave through the one publisher task, other notifications through the outbox.
//! - `from_proto` and `to_proto` are the only doors between LSP types and hegao's own.
//! - `initialize` loads nothing; projects are loaded by whoever needs them first, off the runtime.
//!
//! # Commands
//!
//! `workspace/executeCommand` takes these; each has one argument.
//!
//! - `hegao.setAsOf`: a date such as `"2022-06-24"`, `"today"`, or null for the drafts' own dates.
//! - `hegao.addPerson`: `{"uri", "name", "posts": [{"title", "place"?}]}` adds a person to the lexicon in
//!   force for the draft `uri`, with an id made from the name.
//! - `hegao.addPost`: `{"uri", "entry", "posts": […]}` adds posts to the person with this id.
//! - `hegao.addAlias`: `{"uri", "entry", "form"}` adds another written form to the entry with this id.
//!
//! The three that write answer `{"uri", "entry"}`, the file and the id, or null if nothing was written,
//! which `window/showMessage` then explains. They are offered as code actions, and carried out by the
//! server itself; only a file with unsaved changes is edited through the client.

mod answer;
mod backend;
mod batch;
mod card;
mod client_traits;
mod diagnostics;
mod folder_watcher;
mod framing;
mod from_proto;
mod guard;
mod lexicon_file;
mod markup;
mod notifications;
mod outbox;
mod outline;
mod pack_files;
mod parent;
mod printed_post;
mod progress;
mod projects;
mod publisher;
mod requests;
mod rule_page;
mod scan;
mod session;
mod settings;
mod status;
mod subject;
mod to_proto;
mod watch;
mod workbench;
mod workspace_scan;
mod world;
mod writing;

use std::{net::SocketAddr, process::ExitCode};

use crate::lang::Lang;

/// What the command line decides for the language server.
#[derive(Clone, Debug, Default)]
pub struct ServerOptions {
    /// Serves one client at this address instead of standard input and output.
    pub tcp: Option<SocketAddr>,
    /// The language of messages, whatever the configuration and the client say.
    pub lang: Option<Lang>,
}

/// Serves one client until it leaves. The exit code is 0 if it asked to shut down before, 1 if it
/// did not, and 2 if the server could not start, which standard error then explains.
pub fn run(options: ServerOptions) -> ExitCode {
    session::run(options)
}
