//! One session with one client, from its first byte to the exit code.

use std::{io, net::SocketAddr, process::ExitCode, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncWrite, duplex, stdin, stdout},
    net::TcpListener,
    runtime, select,
    sync::mpsc,
    time::timeout,
};
use tower_lsp::{LspService, Server};

use super::{
    ServerOptions, backend::Backend, batch::Batches, guard, outbox::Outbox, publisher::Publisher, world::World,
};

/// How long what is under way may take after the client has left; two such spans are less than the
/// second within which the process ends.
const GRACE: Duration = Duration::from_millis(400);

/// How many messages may be on their way at once. Each is first polled in the order of arrival, and
/// few of them compute at once; the bound only limits how many may wait before an edit waits too.
const CONCURRENCY: usize = 4096;

/// Room in bytes between the guard and `tower_lsp`.
const PIPE: usize = 64 << 10;

/// Serves one client.
pub(super) fn run(options: ServerOptions) -> ExitCode {
    let runtime = match runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&format!("hegao: the server cannot start: {error}")),
    };
    let result = runtime.block_on(async {
        match options.tcp {
            None => Ok(serve(options, stdin(), stdout()).await),
            Some(address) => serve_tcp(options, address).await,
        }
    });
    // A read of standard input cannot be cancelled; waiting for it would keep the process alive.
    runtime.shutdown_background();
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => failed(&error),
    }
}

fn failed(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(2)
}

/// Waits for one client at `address`. The session is as on standard input and output: when the client
/// leaves, it is over.
async fn serve_tcp(options: ServerOptions, address: SocketAddr) -> Result<bool, String> {
    let refused = |error: io::Error| format!("hegao: cannot listen at {address}: {error}");
    let listener = TcpListener::bind(address).await.map_err(refused)?;
    let bound = listener.local_addr().map_err(refused)?;
    eprintln!("hegao: listening at {bound}");
    let (stream, _) = listener.accept().await.map_err(refused)?;
    drop(listener);
    // Messages are small, and each is waited for.
    stream.set_nodelay(true).map_err(refused)?;
    let (read, write) = stream.into_split();
    Ok(serve(options, read, write).await)
}

/// Serves a client until it leaves; returns whether it asked to shut down before.
async fn serve(
    options: ServerOptions,
    input: impl AsyncRead + Unpin + Send + 'static,
    output: impl AsyncWrite + Unpin + Send + 'static,
) -> bool {
    let (messages, to_write) = mpsc::channel(16);
    let (outbox, letters) = Outbox::new(messages.downgrade());
    let (events, told) = mpsc::unbounded_channel();
    let backend = |client| Backend(Arc::new(World::new(options, client, outbox, events)));
    let (service, socket) = LspService::build(backend)
        .custom_method("hegao/entries", Backend::entries)
        .custom_method("hegao/text", Backend::text)
        .finish();
    let world = service.inner().0.clone();
    tokio::spawn(letters.deliver(world.client.clone()));
    tokio::spawn(Publisher::new(world.clone(), told).run());

    let (guarded, server_input) = duplex(PIPE);
    let (server_output, collected) = duplex(PIPE);
    let batches = Arc::new(Batches::default());
    let (known, answers) = (batches.clone(), messages.clone());
    let mut guard = tokio::spawn(async move { guard::guard_input(input, guarded, answers, &known).await });
    let collector = tokio::spawn(async move { guard::collect_output(collected, messages, &batches).await });
    let mut writer = tokio::spawn(guard::write_output(to_write, output));
    let server = Server::new(server_input, server_output, socket).concurrency_level(CONCURRENCY).serve(service);
    let mut server = tokio::spawn(server);

    select! {
        _ = &mut server => guard.abort(),
        // The client has said `exit` or closed its end: what is quick is still answered.
        _ = &mut guard => drop(timeout(GRACE, &mut server).await),
        // The client no longer reads.
        _ = &mut writer => return world.is_shut_down(),
    }
    server.abort();
    let rest = async {
        // Both end when there is nothing left to write, or nobody to read it.
        let _ = collector.await;
        let _ = writer.await;
    };
    let _ = timeout(GRACE, rest).await;
    world.is_shut_down()
}
