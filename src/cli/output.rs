//! Where a report goes: standard output or a file.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

use super::faults::{Faults, io_message};
use crate::lang::Message;

/// A place to write to. When the reader of a pipe has gone away, what is left is dropped in silence,
/// as `head` and pagers expect.
pub(super) struct Output {
    inner: Box<dyn Write>,
    name: String,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    /// The reader has gone away.
    Closed,
    /// A fault was said.
    Broken,
}

/// What is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Text for people, with colours where a terminal shows them (`NO_COLOR` and the like hold).
    ForPeople,
    /// Bytes for programs.
    ForPrograms,
}

impl Output {
    /// Opens `file`, or standard output. `None` if that fails, which is said.
    pub fn open(file: Option<&Path>, content: Content, faults: &mut Faults) -> Option<Self> {
        let Some(path) = file else { return Some(Self::stdout(content)) };
        let name = super::place::as_given(path);
        match File::create(path) {
            Ok(file) => {
                // Colours are for terminals.
                let inner: Box<dyn Write> = match content {
                    Content::ForPeople => Box::new(BufWriter::new(anstream::StripStream::new(file))),
                    Content::ForPrograms => Box::new(BufWriter::new(file)),
                };
                Some(Self { inner, name, state: State::Open })
            }
            Err(error) => {
                faults.of_file(&name, None, &io_message(path, &error));
                None
            }
        }
    }

    /// Standard output.
    pub fn stdout(content: Content) -> Self {
        let inner: Box<dyn Write> = match content {
            Content::ForPeople => Box::new(BufWriter::new(anstream::AutoStream::auto(io::stdout()))),
            Content::ForPrograms => Box::new(BufWriter::new(io::stdout())),
        };
        Self { inner, name: "-".to_owned(), state: State::Open }
    }

    /// Standard error, for reports whose standard output is taken by the draft itself.
    pub fn stderr() -> Self {
        let inner = Box::new(BufWriter::new(anstream::AutoStream::auto(io::stderr())));
        Self { inner, name: "-".to_owned(), state: State::Open }
    }

    /// Writes through `write` and on to the reader. A failure other than a closed pipe is said once.
    pub fn write(&mut self, faults: &mut Faults, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        if self.state != State::Open {
            return;
        }
        let result = write(&mut self.inner).and_then(|()| self.inner.flush());
        if let Err(error) = result {
            self.state = if error.kind() == io::ErrorKind::BrokenPipe { State::Closed } else { State::Broken };
            if self.state == State::Broken {
                let message =
                    Message::new(format!("结果无法写出：{error}"), format!("the report cannot be written: {error}"));
                faults.of_file(&self.name, None, &message);
            }
        }
    }

    /// Whether nothing more can be written.
    pub fn is_shut(&self) -> bool {
        self.state != State::Open
    }
}
