//! A guard between the client and `tower_lsp`, which ends the session at the first frame, header or
//! body it cannot read. Here a fault is answered with the JSON-RPC error and the session goes on;
//! only sound messages pass.

use std::io;

use serde_json::{Map, Value, json};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::mpsc,
};
use tower_lsp::jsonrpc::{ErrorCode, Request, Response};

use super::{
    batch::{Batch, Batches},
    framing::{Frame, Frames, write_frame},
};

/// Passes sound messages from the client to the server and answers the others, until the stream ends
/// or the client says `exit`.
pub(super) async fn guard_input(
    client: impl AsyncRead + Unpin,
    mut server: impl AsyncWrite + Unpin,
    answers: mpsc::Sender<Vec<u8>>,
    batches: &Batches,
) {
    let mut frames = Frames::new(client);
    loop {
        let Input { messages, answer } = match frames.next().await {
            Frame::End => return,
            Frame::Malformed(reason) => Input { answer: Some(parse_error(&reason)), ..Input::default() },
            Frame::Body(body) => match serde_json::from_slice(&body) {
                Ok(Value::Array(messages)) if !messages.is_empty() => read_batch(messages, batches),
                Ok(message) => read_single(message, body),
                Err(error) => {
                    frames.recover(&body);
                    Input { answer: Some(parse_error(&error.to_string())), ..Input::default() }
                }
            },
        };
        if let Some(answer) = answer.and_then(|answer| serde_json::to_vec(&answer).ok())
            && answers.send(answer).await.is_err()
        {
            return;
        }
        for Message { body, is_exit, .. } in messages {
            if write_frame(&mut server, &body).await.is_err() || is_exit {
                return;
            }
        }
    }
}

/// What came in one frame: what passes, and what is answered at once.
#[derive(Default)]
struct Input {
    messages: Vec<Message>,
    answer: Option<Value>,
}

fn read_single(message: Value, body: Vec<u8>) -> Input {
    match read_message(message, Some(body)) {
        Ok(message) => Input { messages: vec![message], answer: None },
        Err(refusal) => Input { answer: Some(refusal), ..Input::default() },
    }
}

fn read_batch(messages: Vec<Value>, batches: &Batches) -> Input {
    let mut batch = Batch::default();
    let mut passed = Vec::new();
    for message in messages {
        match read_message(message, None) {
            Ok(message) => {
                if let Some(id) = &message.request {
                    batch.wait_for(id.clone());
                }
                passed.push(message);
            }
            Err(refusal) => batch.answer(refusal),
        }
    }
    Input { answer: batches.take(batch), messages: passed }
}

/// Passes the server's messages on, between those of the guard.
pub(super) async fn collect_output(server: impl AsyncRead + Unpin, client: mpsc::Sender<Vec<u8>>, batches: &Batches) {
    let mut frames = Frames::new(server);
    let mut is_initialized = false;
    while let Frame::Body(mut body) = frames.next().await {
        if !is_initialized && let Some(complete) = with_type_hierarchy(&body) {
            is_initialized = true;
            body = complete;
        }
        let Some(message) = batches.collect(body) else { continue };
        if client.send(message).await.is_err() {
            return;
        }
    }
}

/// The answer to `initialize` with `typeHierarchyProvider`, which `ls_types` has no field for; `None`
/// if the message is another one.
fn with_type_hierarchy(body: &[u8]) -> Option<Vec<u8>> {
    let mut message: Value = serde_json::from_slice(body).ok()?;
    let capabilities = message.get_mut("result")?.get_mut("capabilities")?.as_object_mut()?;
    capabilities.insert("typeHierarchyProvider".to_owned(), Value::Bool(true));
    serde_json::to_vec(&message).ok()
}

/// Writes messages to the client until none can come any more.
pub(super) async fn write_output(
    mut messages: mpsc::Receiver<Vec<u8>>,
    mut client: impl AsyncWrite + Unpin,
) -> io::Result<()> {
    while let Some(message) = messages.recv().await {
        write_frame(&mut client, &message).await?;
    }
    Ok(())
}

/// A message that passes.
struct Message {
    body: Vec<u8>,
    /// The id, if it is a request.
    request: Option<Value>,
    is_exit: bool,
}

/// A message in a form that `tower_lsp` reads, or the answer to one that does not pass. `body` is how it
/// was written.
fn read_message(mut message: Value, body: Option<Vec<u8>>) -> Result<Message, Value> {
    let id = message.get("id").cloned().unwrap_or(Value::Null);
    let invalid = |reason: &str| error(&id, ErrorCode::InvalidRequest, reason);
    let Some(fields) = message.as_object_mut() else {
        return Err(invalid("a message must be an object, or an array of objects"));
    };
    let mut changed = encode_uris(fields);
    let is_call = fields.contains_key("method");
    let calls = |name: &str| fields.get("method").is_some_and(|method| method == name);
    let is_exit = calls("exit");
    if calls("shutdown") {
        // The request has no parameters, but some clients send `{}`.
        changed |= fields.remove("params").is_some();
    }
    if !is_call && fields.contains_key("id") && !fields.contains_key("result") && !fields.contains_key("error") {
        // Some clients leave out a result of null.
        fields.insert("result".to_owned(), Value::Null);
        changed = true;
    }
    let request = fields.get("id").filter(|_| is_call).cloned();
    let body = body.filter(|_| !changed).unwrap_or_else(|| message.to_string().into_bytes());
    let sound = if is_call {
        serde_json::from_value::<Request>(message).map(drop)
    } else {
        serde_json::from_value::<Response>(message).map(drop)
    };
    sound.map_err(|error| invalid(&error.to_string()))?;
    Ok(Message { body, request, is_exit })
}

/// Percent-encodes what is not ASCII in the URIs of a message: RFC 3986 forbids it, some clients
/// send it, and drafts have Chinese names. Returns whether anything was changed.
fn encode_uris(fields: &mut Map<String, Value>) -> bool {
    let mut changed = false;
    for (key, value) in fields {
        match value {
            Value::String(text) if is_uri(key) && !text.bytes().all(|byte| byte.is_ascii_graphic()) => {
                *text = encode_uri(text);
                changed = true;
            }
            Value::Object(fields) => changed |= encode_uris(fields),
            Value::Array(items) => {
                for item in items.iter_mut().filter_map(Value::as_object_mut) {
                    changed |= encode_uris(item);
                }
            }
            _ => {}
        }
    }
    changed
}

fn is_uri(key: &str) -> bool {
    key == "uri" || key.ends_with("Uri")
}

fn encode_uri(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_graphic() {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

fn parse_error(reason: &str) -> Value {
    error(&Value::Null, ErrorCode::ParseError, reason)
}

fn error(id: &Value, code: ErrorCode, reason: &str) -> Value {
    let id = if id.is_string() || id.is_i64() { id.clone() } else { Value::Null };
    let message = format!("{}: {reason}", code.description());
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": code.code(), "message": message}})
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tokio::io::AsyncWriteExt;

    use super::*;

    /// What the guard lets through, and the codes of what it answers, whether the input comes at once
    /// or byte by byte.
    #[track_caller]
    fn check(input: &str, passed: &[&str], codes: &[i64]) {
        let expected: String = passed.iter().map(|body| framed(body)).collect();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for piece in [1, 1 << 16] {
            let (through, answered) = runtime.block_on(guarded(input.as_bytes(), piece));
            assert_eq!(String::from_utf8(through).unwrap(), expected, "{input}");
            assert_eq!(answered, codes, "{input}");
        }
    }

    async fn guarded(input: &[u8], piece: usize) -> (Vec<u8>, Vec<i64>) {
        let (mut client, stream) = tokio::io::duplex(piece);
        let input = input.to_vec();
        let (answers, mut answered) = mpsc::channel(1000);
        let mut through = Vec::new();
        let batches = Batches::default();
        tokio::join!(
            async move { client.write_all(&input).await.unwrap() },
            guard_input(stream, &mut through, answers, &batches),
        );
        let mut codes = Vec::new();
        while let Some(answer) = answered.recv().await {
            let answer: Value = serde_json::from_slice(&answer).unwrap();
            let answers = if let Value::Array(answers) = answer { answers } else { vec![answer] };
            codes.extend(answers.iter().map(|answer| answer["error"]["code"].as_i64().unwrap()));
        }
        (through, codes)
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    const CALL: &str = r#"{"jsonrpc":"2.0","id":1,"method":"x"}"#;

    #[test]
    fn sound_messages_pass_unchanged() {
        check(&framed(CALL).repeat(2), &[CALL, CALL], &[]);
        let with_type =
            framed(CALL).replacen("\r\n", "\r\nContent-Type: application/vscode-jsonrpc\r\nX-More: 1\r\n", 1);
        check(&with_type, &[CALL], &[]);
        check(&framed(CALL).replace("Content-Length", "content-length"), &[CALL], &[]);
        check(&format!("{0}\n{0}", framed(CALL)), &[CALL, CALL], &[]);
    }

    #[test]
    fn the_session_goes_on_after_a_malformed_frame() {
        let sound = framed(CALL);
        check(&format!("{}{sound}", framed("{nonsense")), &[CALL], &[-32700]);
        check(&format!("Content-Length: abc\r\n\r\n{sound}"), &[CALL], &[-32700]);
        check(&format!("Content-Length: -1\r\n\r\n{sound}"), &[CALL], &[-32700]);
        check(&format!("Content-Length: 99999999999999999999\r\n\r\n{sound}"), &[CALL], &[-32700]);
        check(&format!("X: 1\r\n\r\n{sound}"), &[CALL], &[-32700]);
        check(&format!("garbage\r\n{sound}"), &[CALL], &[-32700]);
        check(&format!("{{\"half\": {sound}"), &[CALL], &[-32700]);
        check(&format!("X: 1\r\nY: 2\r\n\r\n\r\n{sound}"), &[CALL], &[-32700]);
        check(&format!("{}{sound}", framed("[]")), &[CALL], &[-32600]);
        check(&format!("{}{sound}", framed(r#"{"jsonrpc":"1.0","id":7,"method":"x"}"#)), &[CALL], &[-32600]);
        check(&format!("Content-Length: 5\r\n\r\n{CALL}{sound}"), &[CALL], &[-32700, -32700]);
    }

    #[test]
    fn a_length_that_is_too_great_does_not_swallow_the_next_message() {
        let sound = framed(CALL);
        let length = CALL.len() + sound.len();
        check(&format!("Content-Length: {length}\r\n\r\n{CALL}{sound}"), &[CALL], &[-32700]);
    }

    #[test]
    fn a_length_that_ends_within_the_next_header_does_not_swallow_its_message() {
        let sound = framed(CALL);
        for excess in 1..sound.len() {
            let wrong = format!("Content-Length: {}\r\n\r\n{CALL}", CALL.len() + excess);
            check(&format!("{wrong}{sound}"), &[CALL], &[-32700]);
            check(&format!("{wrong}{sound}").replace("Content-Length", "content-length"), &[CALL], &[-32700]);
        }
    }

    #[test]
    fn the_messages_of_a_batch_pass_one_by_one() {
        let note = r#"{"jsonrpc":"2.0","method":"y"}"#;
        let passed = [r#"{"id":1,"jsonrpc":"2.0","method":"x"}"#, note];
        check(&framed(&format!("[{CALL},{note}]")), &passed, &[]);
        check(&framed(&format!("[7,{CALL},{note},[]]")), &passed, &[]);
        check(&framed(&format!("[7,{note},[]]")), &passed[1..], &[-32600, -32600]);
    }

    #[test]
    fn what_clients_are_known_to_send_is_put_right() {
        let shutdown = r#"{"jsonrpc":"2.0","id":1,"method":"shutdown","params":{}}"#;
        check(&framed(shutdown), &[r#"{"id":1,"jsonrpc":"2.0","method":"shutdown"}"#], &[]);
        check(&framed(r#"{"jsonrpc":"2.0","id":1}"#), &[r#"{"id":1,"jsonrpc":"2.0","result":null}"#], &[]);
        let raw = r#"{"jsonrpc":"2.0","method":"x","params":{"textDocument":{"uri":"file:///稿 1.md"}}}"#;
        let encoded = r#"{"jsonrpc":"2.0","method":"x","params":{"textDocument":{"uri":"file:///%E7%A8%BF%201.md"}}}"#;
        check(&framed(raw), &[encoded], &[]);
    }

    proptest! {
        #[test]
        fn whatever_comes_is_no_panic(input in prop::collection::vec(piece(), 0..12)) {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            runtime.block_on(guarded(&input.concat(), 1 << 16));
        }
    }

    /// Pieces of frames, sound and not.
    fn piece() -> impl Strategy<Value = Vec<u8>> {
        let known = [
            "Content-Length: ",
            "Content-Length: 2\r\n\r\n",
            "\r\n",
            "\n",
            "{}",
            "[1]",
            "7",
            ":",
            CALL,
            "{\"id\":null}",
        ];
        prop_oneof![
            prop::sample::select(known.to_vec()).prop_map(|text| text.as_bytes().to_vec()),
            Just(framed(CALL).into_bytes()),
            prop::collection::vec(any::<u8>(), 0..20),
        ]
    }
}
