//! A language client over standard input and output that waits for what it expects and records all
//! traffic: `-> json` from client to server, `<- json` back, one message a line.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Read, Write},
    net::{Shutdown, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, RecvTimeoutError, channel},
    },
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tempfile::TempDir;

/// After this long without the message that is waited for, a test has failed.
const DEADLINE: Duration = Duration::from_secs(60);

/// Where traffic is recorded.
type Log = Arc<Mutex<Box<dyn Write + Send>>>;

/// A connection that is closed when it is dropped, though another handle still reads from it.
struct Hangup(TcpStream);

impl Write for Hangup {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Drop for Hangup {
    fn drop(&mut self) {
        // Fails only if the server has closed it.
        let _ = self.0.shutdown(Shutdown::Both);
    }
}

/// A running server and the client's side of the session.
pub struct Client {
    child: Child,
    output: Option<Box<dyn Write>>,
    incoming: Receiver<Value>,
    /// Messages that have arrived and that nobody has waited for yet.
    inbox: Vec<Value>,
    log: Log,
    next_id: i64,
    /// What `workspace/configuration` is answered with.
    pub settings: Value,
    /// Where the server listens, if not on standard input.
    pub address: Option<String>,
    _cache: TempDir,
}

impl Client {
    /// Starts `hegao lsp` for the test of this name.
    pub fn start(test: &str) -> Self {
        Self::start_with(test, &[])
    }

    /// Starts `hegao lsp` with further arguments.
    pub fn start_with(test: &str, arguments: &[&str]) -> Self {
        Self::over_stdio(arguments, Box::new(File::create(log_path(test)).unwrap()))
    }

    /// Starts `hegao lsp` without a record of what is sent, for traffic that is wrong on purpose.
    pub fn start_unrecorded() -> Self {
        Self::over_stdio(&[], Box::new(io::sink()))
    }

    /// Starts `hegao lsp --tcp` with this address or port and connects.
    pub fn start_over_tcp(test: &str, listen: &str) -> Self {
        let cache = tempfile::tempdir().unwrap();
        let mut child = command(&cache).args(["--tcp", listen]).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim_end().rsplit(' ').next().unwrap().to_owned();
        let stream = TcpStream::connect(&address).unwrap();
        let input = stream.try_clone().unwrap();
        let log = Box::new(File::create(log_path(test)).unwrap());
        let mut client = Self::new(child, cache, Box::new(input), Box::new(Hangup(stream)), log);
        client.address = Some(address);
        client
    }

    fn over_stdio(arguments: &[&str], log: Box<dyn Write + Send>) -> Self {
        let cache = tempfile::tempdir().unwrap();
        let mut child = command(&cache).args(arguments).spawn().unwrap();
        let (input, output) = (child.stdout.take().unwrap(), child.stdin.take().unwrap());
        Self::new(child, cache, Box::new(input), Box::new(output), log)
    }

    fn new(
        child: Child,
        cache: TempDir,
        input: Box<dyn Read + Send>,
        output: Box<dyn Write>,
        log: Box<dyn Write + Send>,
    ) -> Self {
        let log = Arc::new(Mutex::new(log));
        let (sender, incoming) = channel();
        let received = log.clone();
        let mut input = BufReader::new(input);
        std::thread::spawn(move || {
            while let Some(message) = read_message(&mut input) {
                writeln!(received.lock().unwrap(), "<- {message}").unwrap();
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let settings = Value::Null;
        let (output, inbox, address) = (Some(output), Vec::new(), None);
        Self { child, output, incoming, inbox, log, next_id: 1, settings, address, _cache: cache }
    }

    /// Initializes with the given capabilities and waits for the answer; `initialized` follows.
    pub fn initialize(&mut self, root: Option<&Path>, capabilities: Value) -> Value {
        self.initialize_with(root, capabilities, json!({}))
    }

    /// As [`Client::initialize`], with further parameters.
    pub fn initialize_with(&mut self, root: Option<&Path>, capabilities: Value, further: Value) -> Value {
        let mut params = json!({
            "processId": std::process::id(),
            "clientInfo": {"name": "hegao-tests"},
            "rootUri": root.map(uri),
            "workspaceFolders": root.map(|root| json!([{"uri": uri(root), "name": "workspace"}])),
            "capabilities": capabilities,
        });
        let further = further.as_object().unwrap().clone();
        params.as_object_mut().unwrap().extend(further);
        let result = self.request("initialize", params).unwrap();
        self.notify("initialized", json!({}));
        result
    }

    /// Sends a request and waits for its result or error. Requests of the server that arrive in the
    /// meantime are answered.
    pub fn request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.send_request(method, params);
        self.response(id)
    }

    /// Sends a request without waiting, and returns its id.
    pub fn send_request(&mut self, method: &str, params: Value) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        let mut message = json!({"jsonrpc": "2.0", "id": id, "method": method});
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message);
        id
    }

    /// Waits for the response to a request.
    pub fn response(&mut self, id: i64) -> Result<Value, Value> {
        let what = format!("the response to request {id}");
        let response = self.wait(&what, |message| message.get("method").is_none() && message["id"] == id);
        match response.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(response["result"].clone()),
        }
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Waits for a notification or request of the server and returns its parameters.
    pub fn notification(&mut self, method: &str, accept: impl Fn(&Value) -> bool) -> Value {
        let message = self.wait(method, |message| message["method"] == method && accept(&message["params"]));
        message["params"].clone()
    }

    /// Waits for the diagnostics of a document that `accept` takes, and returns them.
    pub fn diagnostics(&mut self, uri: &str, accept: impl Fn(&Value) -> bool) -> Vec<Value> {
        let params =
            self.notification("textDocument/publishDiagnostics", |params| params["uri"] == uri && accept(params));
        params["diagnostics"].as_array().unwrap().clone()
    }

    /// Waits for the diagnostics of this version of a document.
    pub fn diagnostics_of(&mut self, uri: &str, version: i64) -> Vec<Value> {
        self.diagnostics(uri, |params| params["version"] == version)
    }

    /// Opens a document.
    pub fn open(&mut self, uri: &str, language: &str, version: i64, text: &str) {
        let document = json!({"uri": uri, "languageId": language, "version": version, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// Changes a document.
    pub fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let params = json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": changes});
        self.notify("textDocument/didChange", params);
    }

    /// Shuts the server down in order and returns its exit code.
    pub fn shut_down(mut self) -> i32 {
        assert_eq!(self.request("shutdown", Value::Null), Ok(Value::Null));
        self.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
        self.exit_code()
    }

    /// Closes the server's standard input and returns its exit code.
    pub fn vanish(mut self) -> i32 {
        self.output = None;
        self.exit_code()
    }

    /// Waits for the end of the server.
    pub fn exit_code(mut self) -> i32 {
        let start = Instant::now();
        while start.elapsed() < DEADLINE {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code().unwrap();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("the server does not end");
    }

    /// Sends bytes as they are, outside of the log.
    pub fn send_raw(&mut self, bytes: &[u8]) {
        let output = self.output.as_mut().unwrap();
        output.write_all(bytes).unwrap();
        output.flush().unwrap();
    }

    /// Sends a message.
    pub fn send(&mut self, message: &Value) {
        writeln!(self.log.lock().unwrap(), "-> {message}").unwrap();
        let body = message.to_string();
        self.send_raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// Waits for the first message that `accept` takes; others are kept for later.
    pub fn wait(&mut self, what: &str, accept: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.inbox.iter().position(&accept) {
            return self.inbox.remove(at);
        }
        let start = Instant::now();
        loop {
            let left = DEADLINE.saturating_sub(start.elapsed());
            let message = match self.incoming.recv_timeout(left) {
                Ok(message) => message,
                Err(RecvTimeoutError::Timeout) => panic!("{what} does not come; so far: {:#?}", self.inbox),
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("the server is gone before {what}; so far: {:#?}", self.inbox)
                }
            };
            self.answer(&message);
            if accept(&message) {
                return message;
            }
            self.inbox.push(message);
        }
    }

    /// Messages that have arrived and that nobody has waited for.
    pub fn unread(&self) -> &[Value] {
        &self.inbox
    }

    /// Drops the messages that have arrived and that nobody has waited for.
    pub fn forget_unread(&mut self) {
        self.inbox.clear();
    }

    /// Kills the server without a word.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn answer(&mut self, message: &Value) {
        let (Some(id), Some(method)) = (message.get("id"), message.get("method")) else { return };
        let result = match method.as_str().unwrap() {
            "workspace/configuration" => json!([self.settings]),
            "workspace/applyEdit" => json!({"applied": true}),
            _ => Value::Null,
        };
        self.send(&json!({"jsonrpc": "2.0", "id": id, "result": result}));
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // Both fail only if the server has ended, which is what they are for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(cache: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hegao"));
    command.arg("lsp").env("XDG_CACHE_HOME", cache.path()).stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

/// The `file:` URI of a path.
pub fn uri(path: &Path) -> String {
    let encoded = path.to_str().unwrap().bytes().map(|byte| match byte {
        b'/' | b'.' | b'-' | b'_' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    format!("file://{}", encoded.collect::<String>())
}

fn log_path(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("lsp-traffic");
    fs::create_dir_all(&folder).unwrap();
    folder.join(format!("{test}.log"))
}

/// The next message, strictly framed; `None` at the end of the stream.
fn read_message(stream: &mut impl BufRead) -> Option<Value> {
    let mut header = String::new();
    if stream.read_line(&mut header).unwrap() == 0 {
        return None;
    }
    let length: usize = header.strip_prefix("Content-Length: ").unwrap().trim_end().parse().unwrap();
    let mut separator = String::new();
    stream.read_line(&mut separator).unwrap();
    assert_eq!(separator, "\r\n");
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    Some(serde_json::from_slice(&body).unwrap())
}
