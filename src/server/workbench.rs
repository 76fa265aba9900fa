//! The one thread on which the publisher has projects loaded and open drafts checked. Both take and give back memory
//! by the megabyte, and allocators keep what a thread has given back for that thread: on many threads in
//! turn the process would grow to the sum of what each has ever used.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Sender, channel},
    thread,
};

use tokio::sync::oneshot;

/// A piece of work.
type Job = Box<dyn FnOnce() + Send>;

/// The thread, which ends when this is dropped.
#[derive(Debug)]
pub(super) struct Workbench(Sender<Job>);

/// The work was not done: it panicked, which standard error tells.
#[derive(Debug, thiserror::Error)]
#[error("the check has failed")]
pub(super) struct Undone;

impl Default for Workbench {
    fn default() -> Self {
        let (jobs, todo) = channel::<Job>();
        thread::spawn(move || {
            for job in todo {
                // Who waits for it learns of a panic, since nothing is sent.
                let _ = catch_unwind(AssertUnwindSafe(job));
            }
        });
        Self(jobs)
    }
}

impl Workbench {
    /// Does `work` when what came before is done. It is left out if nobody waits for it any more.
    pub(super) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Undone> {
        let (done, result) = oneshot::channel();
        let job = move || {
            if !done.is_closed() {
                // Fails only if nobody waits any more.
                let _ = done.send(work());
            }
        };
        self.0.send(Box::new(job)).map_err(|_| Undone)?;
        result.await.map_err(|_| Undone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_and_harms_no_later_work() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let workbench = Workbench::default();
        assert!(runtime.block_on(workbench.run(|| panic!("a fault"))).is_err());
        let first = runtime.block_on(workbench.run(|| thread::current().id())).unwrap();
        let second = runtime.block_on(workbench.run(|| thread::current().id())).unwrap();
        assert_eq!(first, second, "there is one thread");
    }
}
