//! Batches of JSON-RPC 2.0 (section 6): several messages in one array, whose answers come back in one.
//! `tower_lsp` knows no batches, so it gets the messages one by one.

use std::sync::Mutex;

use serde_json::Value;

use super::world::lock;

/// The batches that wait for answers.
#[derive(Debug, Default)]
pub(super) struct Batches(Mutex<Vec<Batch>>);

/// The answers to a batch.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// The ids of the requests that are still to be answered.
    waiting: Vec<Value>,
    answers: Vec<Value>,
}

impl Batch {
    /// A request that will be answered.
    pub(super) fn wait_for(&mut self, id: Value) {
        self.waiting.push(id);
    }

    /// An answer that is there already.
    pub(super) fn answer(&mut self, answer: Value) {
        self.answers.push(answer);
    }

    /// All answers, if none is to come; `None` also for a batch of notifications, which has no answer.
    fn complete(&self) -> Option<Value> {
        (self.waiting.is_empty() && !self.answers.is_empty()).then(|| Value::Array(self.answers.clone()))
    }
}

impl Batches {
    /// Takes a batch before any of its requests can be answered. Returns its answer if that is complete.
    pub(super) fn take(&self, batch: Batch) -> Option<Value> {
        if batch.waiting.is_empty() {
            return batch.complete();
        }
        lock(&self.0).push(batch);
        None
    }

    /// What to send for a message of the server: itself, or for an answer to a batch all its answers once
    /// they are there, and until then nothing.
    pub(super) fn collect(&self, body: Vec<u8>) -> Option<Vec<u8>> {
        let mut batches = lock(&self.0);
        if batches.is_empty() {
            return Some(body);
        }
        let Ok(message) = serde_json::from_slice::<Value>(&body) else { return Some(body) };
        let id = message.get("id").filter(|_| message.get("method").is_none());
        let found = batches.iter().enumerate().find_map(|(position, batch)| {
            let id = batch.waiting.iter().position(|waiting| Some(waiting) == id)?;
            Some((position, id))
        });
        let Some((position, id)) = found else { return Some(body) };
        let batch = &mut batches[position];
        batch.waiting.swap_remove(id);
        batch.answer(message);
        let complete = batch.complete()?;
        batches.remove(position);
        serde_json::to_vec(&complete).ok()
    }
}
