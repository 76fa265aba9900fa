//! Progress of long work, and results that are sent in parts.

use serde::Serialize;
use serde_json::{Value, json};
use tower_lsp::ls_types::{
    NumberOrString, ProgressToken, WorkDoneProgress, WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport,
};

use super::world::World;
use crate::lang::Message;

/// Long work that the client is shown, if it wants to.
pub(super) struct Progress {
    token: Option<ProgressToken>,
}

impl Progress {
    /// Begins work for which the client gave `token`.
    pub(super) async fn asked(world: &World, token: Option<ProgressToken>, title: &Message) -> Self {
        let progress = Self { token };
        progress.send(world, &begin(world, title)).await;
        progress
    }

    /// Begins work of the server's own; the client is asked for a place to show it.
    pub(super) async fn of_server(world: &World, name: &str, title: &Message) -> Self {
        let token = NumberOrString::String(format!("hegao/{name}"));
        let shows =
            world.traits().shows_progress && world.client.create_work_done_progress(token.clone()).await.is_ok();
        Self::asked(world, shows.then_some(token), title).await
    }

    /// So much of `total` is done.
    pub(super) async fn report(&self, world: &World, done: usize, total: usize) {
        let percentage = u32::try_from(done * 100 / total.max(1)).ok();
        let report = WorkDoneProgressReport { cancellable: None, message: Some(format!("{done}/{total}")), percentage };
        self.send(world, &WorkDoneProgress::Report(report)).await;
    }

    /// The work is over.
    pub(super) async fn end(self, world: &World) {
        self.send(world, &WorkDoneProgress::End(WorkDoneProgressEnd { message: None })).await;
    }

    async fn send(&self, world: &World, value: &WorkDoneProgress) {
        if let Some(token) = &self.token {
            part(world, token, value).await;
        }
    }
}

fn begin(world: &World, title: &Message) -> WorkDoneProgress {
    WorkDoneProgress::Begin(WorkDoneProgressBegin {
        title: title.get(world.lang()).to_owned(),
        cancellable: Some(false),
        message: None,
        percentage: Some(0),
    })
}

/// Sends `$/progress` before anything that is answered later.
pub(super) async fn part(world: &World, token: &ProgressToken, value: &impl Serialize) {
    let Ok(value) = serde_json::to_value(value) else { return };
    let message: Value = json!({"jsonrpc": "2.0", "method": "$/progress", "params": {"token": token, "value": value}});
    world.outbox.at_once(&message).await;
}
