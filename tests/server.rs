//! The language server from outside: a client, a workspace, and the messages between them.

#[path = "server/client.rs"]
mod client;
#[path = "server/workspace.rs"]
mod workspace;

#[path = "server/abilities.rs"]
mod abilities;
#[path = "server/actions.rs"]
mod actions;
#[path = "server/completion.rs"]
mod completion;
#[path = "server/entries.rs"]
mod entries;
#[path = "server/features.rs"]
mod features;
#[path = "server/killed.rs"]
mod killed;
#[path = "server/lexicon_editing.rs"]
mod lexicon_editing;
#[path = "server/lexicon_requests.rs"]
mod lexicon_requests;
#[path = "server/lexicon_writing.rs"]
mod lexicon_writing;
#[path = "server/lookup.rs"]
mod lookup;
#[path = "server/pull.rs"]
mod pull;
#[path = "server/reload.rs"]
mod reload;
#[path = "server/session.rs"]
mod session;
#[path = "server/stress.rs"]
mod stress;
#[path = "server/sync.rs"]
mod sync;
#[path = "server/transport.rs"]
mod transport;
#[path = "server/unopened.rs"]
mod unopened;
