//! Faults of frames and messages, and the ways to connect.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
};

use serde_json::{Value, json};

use crate::{
    client::Client,
    workspace::{Workspace, able, codes},
};

fn framed(body: &str) -> String {
    format!("Content-Length: {}\r\n\r\n{body}", body.len())
}

/// Sends bytes and waits for the errors they are answered with; a request behind them is answered as ever.
fn check(client: &mut Client, bytes: &[u8], codes: &[i64]) {
    client.send_raw(bytes);
    let next = client.send_request("textDocument/unheardOf", json!({}));
    for code in codes {
        let is_answer = |message: &Value| message["id"].is_null() && message.get("error").is_some();
        let answer = client.wait("the error", is_answer);
        assert_eq!(answer["error"]["code"], *code, "{}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(client.response(next).unwrap_err()["code"], -32601, "the session goes on");
    let further = |message: &Value| message.get("error").is_some();
    assert!(!client.unread().iter().any(further), "{:?}", client.unread());
}

#[test]
fn the_session_survives_malformed_frames() {
    let mut client = Client::start_unrecorded();
    client.initialize(None, json!({}));
    let call = r#"{"jsonrpc":"2.0","method":"$/nothing"}"#;
    let too_long = format!("Content-Length: {}\r\n\r\n{call}", call.len() + 5);
    let much_too_long = format!("Content-Length: {}\r\n\r\n{call}", call.len() + 60);
    let faults: [(&[u8], &[i64]); 15] = [
        (b"Content-Length: 9\r\n\r\n{nonsense", &[-32700]),
        (b"Content-Length: 4\r\n\r\n\"\xff\xfe\"", &[-32700]),
        (b"Content-Length: 31\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"\xe7\xa8\"}", &[-32700]),
        (b"Content-Length: many\r\n\r\n", &[-32700]),
        (b"Content-Length: -5\r\n\r\n", &[-32700]),
        (b"Content-Length: 0\r\n\r\n", &[-32700]),
        (b"Content-Length:\r\n\r\n", &[-32700]),
        (b"Content-Type: text/plain\r\n\r\n", &[-32700]),
        (b"no header\r\n\r\n", &[-32700]),
        (b"Content-Length: 12\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"$/nothing\"}", &[-32700, -32700]),
        (too_long.as_bytes(), &[-32700]),
        (much_too_long.as_bytes(), &[-32700]),
        (b"Content-Length: 2\r\n\r\n[]", &[-32600]),
        (b"Content-Length: 1\r\n\r\n7", &[-32600]),
        (b"Content-Length: 30\r\n\r\n{\"jsonrpc\":\"3.0\",\"method\":\"x\"}", &[-32600]),
    ];
    for (fault, codes) in faults {
        check(&mut client, fault, codes);
    }
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_wrong_request_is_answered_with_its_id() {
    let mut client = Client::start_unrecorded();
    client.initialize(None, json!({}));
    let faults = [
        (r#"{"jsonrpc":"3.0","id":"a","method":"textDocument/hover"}"#, "a", -32600),
        (r#"{"jsonrpc":"2.0","id":"b","method":7}"#, "b", -32600),
        (r#"{"jsonrpc":"2.0","id":"c","method":"textDocument/unheardOf"}"#, "c", -32601),
        (r#"{"jsonrpc":"2.0","id":"d","method":"textDocument/hover","params":{}}"#, "d", -32602),
        (r#"{"jsonrpc":"2.0","id":"e","method":"textDocument/hover"}"#, "e", -32602),
        (r#"{"jsonrpc":"2.0","id":"f","method":"initialize","params":{"capabilities":{}}}"#, "f", -32600),
    ];
    for (message, id, code) in faults {
        client.send_raw(framed(message).as_bytes());
        let answer = client.wait("the error", |answer| answer["id"] == id);
        assert_eq!(answer["error"]["code"], code, "{message}");
    }
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn header_names_may_be_written_in_any_case() {
    let mut client = Client::start_unrecorded();
    client.initialize(None, json!({}));
    for (number, header) in [
        "content-length",
        "CONTENT-LENGTH",
        "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-Length",
    ]
    .into_iter()
    .enumerate()
    {
        let body = json!({"jsonrpc": "2.0", "id": format!("case {number}"), "method": "textDocument/unheardOf"});
        let frame = framed(&body.to_string()).replace("Content-Length", header);
        client.send_raw(frame.as_bytes());
        let answer = client.wait("the answer", |answer| answer["id"] == body["id"]);
        assert_eq!(answer["error"]["code"], -32601);
    }
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn the_answers_to_a_batch_come_in_one_array() {
    let workspace = Workspace::new();
    let mut client = Client::start_unrecorded();
    client.initialize(Some(workspace.root()), able());
    let uri = workspace.uri("a.md");
    let document = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": "林一鸣。"});
    let hover = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}});
    let batch = json!([
        {"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}},
        {"jsonrpc": "2.0", "id": "a", "method": "textDocument/hover", "params": hover},
        {"jsonrpc": "2.0", "id": "b", "method": "textDocument/unheardOf"},
        7,
    ]);
    client.send_raw(framed(&batch.to_string()).as_bytes());
    let answers = client.wait("the answers", Value::is_array);
    let answer = |id: Value| answers.as_array().unwrap().iter().find(|answer| answer["id"] == id).unwrap();
    assert_eq!(answers.as_array().unwrap().len(), 3, "{answers}");
    assert!(answer(json!("a"))["result"]["contents"].is_object(), "{answers}");
    assert_eq!(answer(json!("b"))["error"]["code"], -32601);
    assert_eq!(answer(Value::Null)["error"]["code"], -32600);
    // A batch of notifications has no answer, and the session goes on.
    client.send_raw(framed(r#"[{"jsonrpc":"2.0","method":"$/nothing"}]"#).as_bytes());
    assert!(client.request("textDocument/hover", hover).unwrap()["contents"].is_object());
    assert!(!client.unread().iter().any(Value::is_array), "{:?}", client.unread());
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn one_client_is_served_over_tcp() {
    let workspace = Workspace::new();
    let mut client = Client::start_over_tcp("tcp", "0");
    let address: SocketAddr = client.address.clone().unwrap().parse().unwrap();
    assert!(address.ip().is_loopback(), "{address}");
    client.initialize(Some(workspace.root()), able());
    let uri = workspace.uri("a.md");
    client.open(&uri, "markdown", 1, "[某人](@nobody)出席。");
    assert_eq!(codes(&client.diagnostics_of(&uri, 1)), ["A101"]);
    // Nobody else is let in meanwhile: refused, or cut off without an answer.
    if let Ok(mut second) = TcpStream::connect(address) {
        let request = framed(r#"{"jsonrpc":"2.0","id":1,"method":"shutdown"}"#);
        let sent = second.write_all(request.as_bytes());
        let mut answer = Vec::new();
        let read = sent.and_then(|()| second.read_to_end(&mut answer));
        assert!(read.is_err() || answer.is_empty(), "{answer:?}");
    }
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_client_that_leaves_over_tcp_ends_the_process() {
    let mut client = Client::start_over_tcp("tcp_left", "127.0.0.1:0");
    client.initialize(None, json!({}));
    assert_eq!(client.vanish(), 1);
}
