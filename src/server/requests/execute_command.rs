//! `workspace/executeCommand`.

use serde_json::Value;
use tower_lsp::{
    jsonrpc::{Error, Result},
    ls_types::ExecuteCommandParams,
};

use crate::{
    lang::Message,
    server::{publisher::Event, settings::read_as_of, world::World, writing},
};

/// What carries out a command, given its arguments.
type Command = fn(&World, &[Value]) -> std::result::Result<Option<Value>, Message>;

/// Every command by its name.
pub(in crate::server) const COMMANDS: &[(&str, Command)] = &[
    ("hegao.setAsOf", set_as_of),
    ("hegao.addPerson", writing::add_person),
    ("hegao.addPost", writing::add_post),
    ("hegao.addAlias", writing::add_alias),
];

/// Whether a command reads or writes files, which the runtime must not wait for.
pub(in crate::server) fn takes_its_time(command: &str) -> bool {
    command.starts_with("hegao.add")
}

/// Carries out a command. All that changes state is done when this returns.
pub(in crate::server) fn run(world: &World, params: &ExecuteCommandParams) -> Result<Option<Value>> {
    let refuse = |message: Message| Error::invalid_params(message.get(world.lang()).to_owned());
    let Some((_, command)) = COMMANDS.iter().find(|(name, _)| *name == params.command) else {
        let name = &params.command;
        return Err(refuse(Message::new(format!("没有 `{name}` 这个命令"), format!("there is no command `{name}`"))));
    };
    command(world, &params.arguments).map_err(refuse)
}

/// `hegao.setAsOf`: checks every draft as of the day in the first argument; without one, or with
/// null, the drafts' own dates hold again.
fn set_as_of(world: &World, arguments: &[Value]) -> std::result::Result<Option<Value>, Message> {
    let date = read_as_of(arguments.first().unwrap_or(&Value::Null))?;
    world.state().commanded = date;
    world.tell(Event::FilesChanged);
    Ok(None)
}
