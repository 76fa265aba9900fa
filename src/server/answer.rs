//! Answers to requests: computed off the runtime, a few at a time, and given up when the client
//! cancels.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tokio::{sync::Semaphore, task::spawn_blocking};
use tower_lsp::{
    jsonrpc::{Error, Result},
    ls_types::{MessageType, Uri},
};

use super::world::{Document, World};

/// How many answers are computed at once. The others wait without holding a thread, so that a
/// cancelled one costs nothing and an edit is never behind them.
const AT_ONCE: usize = 4;

/// The turns of those who compute.
#[derive(Debug)]
pub(super) struct Turns(Arc<Semaphore>);

/// Whether anybody still waits for what is being computed. Long work looks at it again and again.
#[derive(Clone, Debug, Default)]
pub(super) struct Stop(Arc<AtomicBool>);

/// Stops the work when the request's future is dropped.
struct StopOnDrop(Stop);

impl Default for Turns {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Stop {
    /// Whether nobody waits any more.
    pub(super) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

impl World {
    /// Answers a request from the snapshot of a document; `None` if the document is not open.
    pub(super) async fn answer<T: Send + 'static>(
        self: &Arc<Self>,
        uri: &Uri,
        compute: impl FnOnce(&World, &Document) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        // Before the first await: the text is that of the moment the request came.
        let Some(document) = self.document(uri) else { return Ok(None) };
        self.compute(move |world, _| compute(world, &document)).await
    }

    /// Computes an answer when its turn comes. A panic answers this request with an error; a client
    /// that cancels stops the work.
    pub(super) async fn compute<T: Send + 'static>(
        self: &Arc<Self>,
        compute: impl FnOnce(&Arc<World>, &Stop) -> T + Send + 'static,
    ) -> Result<T> {
        let turn = self.turns.0.clone().acquire_owned().await.map_err(|_| Error::internal_error())?;
        let stop = Stop::default();
        let _stops = StopOnDrop(stop.clone());
        let world = self.clone();
        let work = spawn_blocking(move || {
            let _turn = turn;
            (!stop.is_set()).then(|| compute(&world, &stop))
        });
        match work.await {
            Ok(Some(answer)) => Ok(answer),
            Ok(None) => Err(Error::request_cancelled()),
            Err(fault) => {
                let message = format!("hegao: internal error: {fault}");
                self.outbox.log(MessageType::ERROR, message.clone());
                Err(Error { message: message.into(), ..Error::internal_error() })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::{channel, unbounded_channel};
    use tower_lsp::LspService;

    use super::*;
    use crate::server::{ServerOptions, backend::Backend, outbox::Outbox, world::lock};

    /// Runs a session without a client.
    fn with_world<F: Future<Output = ()>>(run: impl FnOnce(Arc<World>) -> F) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
        runtime.block_on(async {
            let (outbox, _letters) = Outbox::new(channel(1).0.downgrade());
            let (events, _told) = unbounded_channel();
            let (service, _socket) = LspService::new(|client| {
                Backend(Arc::new(World::new(ServerOptions::default(), client, outbox, events)))
            });
            run(service.inner().0.clone()).await;
        });
    }

    #[test]
    fn a_panic_in_one_request_answers_it_with_an_error_and_harms_no_other() {
        with_world(|world| async move {
            let uri: Uri = "untitled:a".parse().unwrap();
            world.state().open(uri.clone(), "markdown", 1, "甲。");
            let answer: Result<Option<()>> = world
                .answer(&uri, |world, document| {
                    let _state = world.state();
                    let _check = lock(&document.check);
                    panic!("a fault")
                })
                .await;
            assert_eq!(answer.unwrap_err().code.code(), -32603);
            let checked = world
                .answer(&uri, |world, document| world.checked(document).map(|checked| checked.document.version))
                .await;
            assert_eq!(checked, Ok(Some(1)));
        });
    }

    #[test]
    fn a_cancelled_request_stops_its_work_and_those_that_wait_never_begin() {
        with_world(|world| async move {
            let (seen, mut stopped) = unbounded_channel();
            let (begun, mut running) = unbounded_channel();
            let begin = |waits: bool| {
                let (world, seen, begun) = (world.clone(), seen.clone(), begun.clone());
                tokio::spawn(async move {
                    let work = world.compute(move |_, stop| {
                        begun.send(()).unwrap();
                        while waits && !stop.is_set() {
                            std::thread::yield_now();
                        }
                        seen.send(()).unwrap();
                    });
                    work.await
                })
            };
            let long: Vec<_> = (0..AT_ONCE).map(|_| begin(true)).collect();
            for _ in 0..AT_ONCE {
                running.recv().await.unwrap();
            }
            let waiting: Vec<_> = (0..100).map(|_| begin(true)).collect();
            waiting.iter().chain(&long).for_each(|task| task.abort());
            for _ in 0..AT_ONCE {
                stopped.recv().await.unwrap();
            }
            assert_eq!(begin(false).await.unwrap(), Ok(()), "there is a turn again");
            running.recv().await.unwrap();
            assert!(running.try_recv().is_err(), "what was cancelled while it waited was never begun");
        });
    }
}
