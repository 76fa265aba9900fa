//! Notifications to the client that nobody waits for.

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::{Client, ls_types::MessageType};

use super::status::{Status, StatusNotification};

/// A notification on its way.
#[derive(Debug)]
enum Letter {
    Log(MessageType, String),
    Show(MessageType, String),
    Status(Box<Status>),
}

/// Takes notifications at any time without waiting; they leave in order.
#[derive(Clone, Debug)]
pub(super) struct Outbox(UnboundedSender<Letter>);

/// The other end of an [`Outbox`].
#[derive(Debug)]
pub(super) struct Letters(UnboundedReceiver<Letter>);

impl Outbox {
    /// An outbox and the end that sends what is put in.
    pub(super) fn new() -> (Self, Letters) {
        let (sender, receiver) = unbounded_channel();
        (Self(sender), Letters(receiver))
    }

    /// Puts a line into the client's log.
    pub(super) fn log(&self, kind: MessageType, message: impl Into<String>) {
        self.put(Letter::Log(kind, message.into()));
    }

    /// Shows a message to the user.
    pub(super) fn show(&self, kind: MessageType, message: impl Into<String>) {
        self.put(Letter::Show(kind, message.into()));
    }

    /// Sends `hegao/status`.
    pub(super) fn status(&self, status: Status) {
        self.put(Letter::Status(Box::new(status)));
    }

    fn put(&self, letter: Letter) {
        // Fails only when the session is over and nobody reads any more.
        let _ = self.0.send(letter);
    }
}

impl Letters {
    /// Sends what is put into the outbox until the session is over.
    pub(super) async fn deliver(mut self, client: Client) {
        while let Some(letter) = self.0.recv().await {
            match letter {
                Letter::Log(kind, message) => client.log_message(kind, message).await,
                Letter::Show(kind, message) => client.show_message(kind, message).await,
                Letter::Status(status) => client.send_notification::<StatusNotification>(*status).await,
            }
        }
    }
}
