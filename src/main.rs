//! Arguments, then the front end, then the exit code.

use std::process::ExitCode;

use hegao::{
    cli::{self, Invocation},
    server::{self, ServerOptions},
};

fn main() -> ExitCode {
    match cli::parse(std::env::args_os()) {
        Ok(Invocation::Command(command)) => cli::run(*command),
        Ok(Invocation::Server { tcp, lang }) => server::run(ServerOptions { tcp, lang }),
        Err(exit) => exit,
    }
}
