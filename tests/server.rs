//! The language server from outside: a client, a workspace, and the messages between them.

#[path = "server/client.rs"]
mod client;
#[path = "server/workspace.rs"]
mod workspace;

#[path = "server/actions.rs"]
mod actions;
#[path = "server/entries.rs"]
mod entries;
#[path = "server/lookup.rs"]
mod lookup;
#[path = "server/reload.rs"]
mod reload;
#[path = "server/session.rs"]
mod session;
#[path = "server/sync.rs"]
mod sync;
