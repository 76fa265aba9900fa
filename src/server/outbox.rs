//! Notifications to the client that nobody waits for.

use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, WeakSender, unbounded_channel};
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
pub(super) struct Outbox {
    letters: UnboundedSender<Letter>,
    /// The way past `tower_lsp`, whose answers may overtake its notifications.
    writer: WeakSender<Vec<u8>>,
}

/// The other end of an [`Outbox`].
#[derive(Debug)]
pub(super) struct Letters(UnboundedReceiver<Letter>);

impl Outbox {
    /// An outbox and the end that sends what is put in. Who writes the messages to the client takes
    /// them from the other end of `writer`.
    pub(super) fn new(writer: WeakSender<Vec<u8>>) -> (Self, Letters) {
        let (letters, receiver) = unbounded_channel();
        (Self { letters, writer }, Letters(receiver))
    }

    /// Sends a message before every answer that is given from now on.
    pub(super) async fn at_once(&self, message: &Value) {
        let Some(writer) = self.writer.upgrade() else { return };
        // Fails only when the session is over.
        let _ = writer.send(message.to_string().into_bytes()).await;
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
        let _ = self.letters.send(letter);
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
