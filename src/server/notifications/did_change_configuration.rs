//! `workspace/didChangeConfiguration`.

use std::sync::Arc;

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
        Some((settings, fault)) => take_over(world, Some(settings), fault),
        None if world.traits().answers_settings => drop(tokio::spawn(ask(world.clone()))),
        None => {}
    }
}

/// Asks the client for its settings and takes them over.
pub(in crate::server) async fn ask(world: Arc<World>) {
    let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
    let Ok(answer) = world.client.configuration(vec![item]).await else { return };
    let Some(section) = answer.first().filter(|section| !section.is_null()) else {
        return take_over(&world, None, None);
    };
    let (settings, fault) = Settings::of_section(section);
    take_over(&world, Some(settings), fault);
}

fn take_over(world: &World, settings: Option<Settings>, fault: Option<Message>) {
    if let Some(fault) = fault {
        world.outbox.show(MessageType::WARNING, fault.get(world.lang()));
    }
    let mut state = world.state();
    let before = (state.as_of(), state.settings());
    state.settings = settings;
    let after = (state.as_of(), state.settings());
    drop(state);
    if after.0 != before.0 {
        world.tell(Event::FilesChanged);
    } else if after.1 != before.1 {
        world.tell(Event::DraftsChanged);
    }
}
