//! Frames of the base protocol: `Content-Length: N`, an empty line, N bytes.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// A longer body is refused: no draft comes near it.
const MAX_BODY: usize = 256 << 20;

/// A header line that is longer is no header.
const MAX_LINE: usize = 8 << 10;

/// What stands in the stream next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// The body of a frame.
    Body(Vec<u8>),
    /// Something that is no frame, and why.
    Malformed(String),
    /// The end of the stream.
    End,
}

/// Reads frames, and finds the next one after a fault.
pub(super) struct Frames<R> {
    reader: R,
    buffer: Vec<u8>,
    /// How much of `buffer` is used up.
    used: usize,
}

impl<R: AsyncRead + Unpin> Frames<R> {
    /// The frames of `reader`.
    pub(super) fn new(reader: R) -> Self {
        Self { reader, buffer: Vec::new(), used: 0 }
    }

    /// The next frame; the end is also what a read error gives.
    pub(super) async fn next(&mut self) -> Frame {
        let length = match self.header().await {
            Some(Ok(length)) => length,
            Some(Err(reason)) => return Frame::Malformed(reason),
            None => return Frame::End,
        };
        while self.rest().len() < length {
            if !self.fill().await {
                return Frame::End;
            }
        }
        let body = self.rest()[..length].to_vec();
        self.used += length;
        Frame::Body(body)
    }

    /// Gives back the frames inside an unreadable body: a length that was too great has swallowed them.
    pub(super) fn recover(&mut self, body: &[u8]) {
        if let Some(at) = swallowed_frame(body).or_else(|| begun_frame(body)) {
            let rest = [&body[at..], self.rest()].concat();
            self.buffer = rest;
            self.used = 0;
        }
    }

    /// The length from the next header block.
    async fn header(&mut self) -> Option<Result<usize, String>> {
        let mut length: Option<usize> = None;
        let mut fault: Option<String> = None;
        let mut seen = false;
        loop {
            let line = self.line().await?;
            if line.is_empty() {
                match (length, fault) {
                    (Some(length), None) => return Some(Ok(length)),
                    (_, Some(fault)) => return Some(Err(fault)),
                    (None, None) if seen => return Some(Err("header without Content-Length".to_owned())),
                    // A line break behind the message before.
                    (None, None) => {
                        fault = None;
                        continue;
                    }
                }
            }
            seen = true;
            match header_field(&line) {
                Some((name, value)) if name.eq_ignore_ascii_case("Content-Length") => match value.parse() {
                    Ok(value) if value <= MAX_BODY && value > 0 => {
                        if fault.is_some() {
                            // The start of a sound frame after something else: the fault is told
                            // first, the frame follows.
                            self.unread(&line);
                            return fault.map(Err);
                        }
                        length = Some(value);
                    }
                    _ => fault = Some(format!("Content-Length is `{value}`")),
                },
                Some(_) => {}
                None => {
                    fault = Some("text between messages that is no header".to_owned());
                    if let Some(at) = find_length(line.as_bytes()) {
                        self.unread(&line[at..]);
                    }
                }
            }
        }
    }

    /// The next line without its break.
    async fn line(&mut self) -> Option<String> {
        let mut searched = 0;
        loop {
            let rest = self.rest();
            if let Some(end) = memchr::memchr(b'\n', &rest[searched..]).map(|at| searched + at) {
                let line = rest[..end].strip_suffix(b"\r").unwrap_or(&rest[..end]);
                let line = String::from_utf8_lossy(line).into_owned();
                self.used += end + 1;
                return Some(line);
            }
            if rest.len() > MAX_LINE {
                let line = String::from_utf8_lossy(&rest[..MAX_LINE]).into_owned();
                self.used += MAX_LINE;
                return Some(line);
            }
            searched = rest.len();
            if !self.fill().await {
                return None;
            }
        }
    }

    fn unread(&mut self, line: &str) {
        let rest = [line.as_bytes(), b"\r\n", self.rest()].concat();
        self.buffer = rest;
        self.used = 0;
    }

    fn rest(&self) -> &[u8] {
        &self.buffer[self.used..]
    }

    async fn fill(&mut self) -> bool {
        self.buffer.drain(..self.used);
        self.used = 0;
        matches!(self.reader.read_buf(&mut self.buffer).await, Ok(read) if read > 0)
    }
}

/// Name and value of a header line.
fn header_field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_name.then(|| (name, value.trim()))
}

/// The header that every frame has; its name may be written in any case.
const LENGTH: &[u8] = b"Content-Length:";

fn find_length(bytes: &[u8]) -> Option<usize> {
    bytes.windows(LENGTH.len()).position(|window| window.eq_ignore_ascii_case(LENGTH))
}

/// Where a frame begins inside an unreadable body. A line break within a JSON string is escaped, so
/// a header that ends with one is a header indeed.
fn swallowed_frame(body: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = find_length(&body[from..]).map(|at| from + at) {
        let line = body[at..].split(|byte| *byte == b'\r').next()?;
        let value = line.split(|byte| *byte == b':').nth(1).and_then(|value| std::str::from_utf8(value).ok())?;
        if value.trim().parse::<usize>().is_ok() && body[at + line.len()..].starts_with(b"\r\n") {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// Where a header begins of which an unreadable body has swallowed only the first part: behind the end of
/// a message.
fn begun_frame(body: &[u8]) -> Option<usize> {
    let at = body.iter().rposition(|byte| *byte == b'}')? + 1;
    let header = &body[at..];
    let name = &header[..header.len().min(LENGTH.len())];
    let value = header.get(LENGTH.len()..).unwrap_or_default();
    let is_length = value.iter().all(|byte| byte.is_ascii_digit() || b" \r\n".contains(byte));
    (!header.is_empty() && name.eq_ignore_ascii_case(&LENGTH[..name.len()]) && is_length).then_some(at)
}

/// Writes the frame of a body.
pub(super) async fn write_frame(writer: &mut (impl AsyncWrite + Unpin), body: &[u8]) -> io::Result<()> {
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(body);
    writer.write_all(&frame).await?;
    writer.flush().await
}
