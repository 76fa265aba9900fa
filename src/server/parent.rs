//! The process that started the session: when it has died, nobody is left to serve.

use std::{process, sync::Arc, thread, time::Duration};

use super::world::World;

/// How often the process is looked for: the session ends within a second.
const INTERVAL: Duration = Duration::from_millis(300);

/// Ends this process when the one with this id is gone. One that cannot be seen at all is that of a client
/// outside of this container: the end of standard input tells of its death.
pub(super) fn watch(world: Arc<World>, id: u32) {
    if !is_alive(id) {
        return;
    }
    thread::spawn(move || {
        while is_alive(id) {
            thread::sleep(INTERVAL);
        }
        process::exit(i32::from(!world.is_shut_down()));
    });
}

#[cfg(unix)]
fn is_alive(id: u32) -> bool {
    let id = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw);
    // One that may not be asked is there all the same.
    id.is_some_and(|id| rustix::process::test_kill_process(id) != Err(rustix::io::Errno::SRCH))
}

/// Elsewhere the end of standard input alone tells.
#[cfg(not(unix))]
fn is_alive(_: u32) -> bool {
    false
}
