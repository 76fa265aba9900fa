//! `initialized`: asks the client for what it offers, and loads projects in the background.

use std::sync::Arc;

use serde_json::json;
use tower_lsp::ls_types::{MessageType, Registration};

use super::did_change_configuration;
use crate::{
    lang::Message,
    server::{publisher::Event, scan, settings::SECTION, watch, world::World},
};

/// Starts what goes on beside the requests.
pub(in crate::server) fn run(world: &Arc<World>) {
    world.tell(Event::FilesChanged);
    if world.traits().answers_settings {
        tokio::spawn(did_change_configuration::ask(world.clone()));
    }
    if world.traits().registers_settings {
        tokio::spawn(register_settings(world.clone()));
    }
    tokio::spawn(watch_files(world.clone()));
    tokio::spawn(read_workspace(world.clone()));
}

async fn register_settings(world: Arc<World>) {
    let registration = Registration {
        id: "hegao-settings".to_owned(),
        method: "workspace/didChangeConfiguration".to_owned(),
        register_options: Some(json!({"section": SECTION})),
    };
    if let Err(error) = world.client.register_capability(vec![registration]).await {
        let message = Message::new(
            format!("编辑器未登记设置变更：{error}"),
            format!("the client did not register for changed settings: {error}"),
        );
        world.log(MessageType::WARNING, &message);
    }
}

/// Reads the drafts of the workspace once, so that completion knows what is used most.
async fn read_workspace(world: Arc<World>) {
    // A fault is in the log.
    let _ = world.compute(|world, stop| scan::drafts(world, stop).len()).await;
}

/// Lexicon and configuration files, and drafts.
const WATCHED: [&str; 5] = ["**/*.toml", "**/*.csv", "**/*.md", "**/*.markdown", "**/*.txt"];

/// Has files watched by the client if it can, and looks after the others itself.
async fn watch_files(world: Arc<World>) {
    let mut client_watches = false;
    if world.traits().watches_files {
        let registration = Registration {
            id: "hegao-files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: Some(json!({"watchers": WATCHED.map(|pattern| json!({"globPattern": pattern}))})),
        };
        client_watches = world.client.register_capability(vec![registration]).await.is_ok();
    }
    watch::look_after_files(world, client_watches).await;
}
