//! `workspace/didChangeConfiguration`.

use std::sync::Arc;

use serde_json::Value;
use tower_lsp::ls_types::{ConfigurationItem, DidChangeConfigurationParams, MessageType};

use crate::{
    lang::Message,
    server::{
        publisher::Event,
        settings::{SECTION, Settings},
        world::World,
    },
};

/// Takes over the settings that come along; without any, asks for them, which nobody waits for.
pub(in crate::server) fn run(world: &Arc<World>, params: &DidChangeConfigurationParams) {
    match Settings::pushed(&params.settings) {
        Some((settings, fault)) => take_over(world, settings, fault),
        None if world.traits().answers_settings => drop(tokio::spawn(ask(world.clone()))),
        None => {}
    }
}

/// Asks the client for its settings and takes them over.
pub(in crate::server) async fn ask(world: Arc<World>) {
    let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
    let Ok(answer) = world.client.configuration(vec![item]).await else { return };
    let (settings, fault) = Settings::of_section(answer.first().unwrap_or(&Value::Null));
    take_over(&world, settings, fault);
}

fn take_over(world: &World, settings: Settings, fault: Option<Message>) {
    if let Some(fault) = fault {
        world.outbox.show(MessageType::WARNING, fault.get(world.lang()));
    }
    let mut state = world.state();
    let before = state.as_of();
    state.settings = settings;
    let changed = state.as_of() != before;
    drop(state);
    if changed {
        world.projects.all_changed();
        world.tell(Event::FilesChanged);
    }
}
