//! Writing to lexicons: what the commands `hegao.addPerson`, `hegao.addPost` and `hegao.addAlias` do.

mod offer;
mod place;
mod plan;

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use serde_json::Value;
use tower_lsp::ls_types::{MessageType, Uri, WorkspaceEdit};

use super::{
    projects::Loaded,
    publisher::Event,
    to_proto,
    world::{Document, World},
};
use crate::{
    lang::Message,
    lexicon::write::{Addition, ReplaceError, Target, replace},
    rules::Edit,
    text::Span,
};

pub(super) use offer::{action, quiet_actions};
use place::Place;
use plan::{AddAlias, AddPerson, AddPost, Plan};

/// `hegao.addPerson`.
pub(super) fn add_person(world: &World, arguments: &[Value]) -> Result<Option<Value>, Message> {
    let argument: AddPerson = read(arguments)?;
    add(world, &argument.uri, |loaded| argument.plan(loaded))
}

/// `hegao.addPost`.
pub(super) fn add_post(world: &World, arguments: &[Value]) -> Result<Option<Value>, Message> {
    let argument: AddPost = read(arguments)?;
    add(world, &argument.uri, |loaded| argument.plan(loaded))
}

/// `hegao.addAlias`. An entry of a pack is copied into the project's own lexicon, with the new form.
pub(super) fn add_alias(world: &World, arguments: &[Value]) -> Result<Option<Value>, Message> {
    let argument: AddAlias = read(arguments)?;
    add(world, &argument.uri, |loaded| argument.plan(loaded))
}

fn read<T: for<'de> Deserialize<'de>>(arguments: &[Value]) -> Result<T, Message> {
    let argument = arguments.first().cloned().unwrap_or_default();
    serde_json::from_value(argument)
        .map_err(|error| Message::new(format!("参数有误：{error}"), format!("the argument is not valid: {error}")))
}

/// Carries an addition out. What stands in its way is shown to the user; only a wrong argument is an
/// error.
fn add(
    world: &World,
    draft: &Uri,
    plan: impl FnOnce(&Loaded) -> Result<Plan, Message>,
) -> Result<Option<Value>, Message> {
    let loaded = world.project_of(draft);
    let Plan { id, place, addition } = plan(&loaded)?;
    match write(world, &loaded, &place, &addition) {
        Ok(path) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let message = Message::new(format!("已写入 {name}：{id}"), format!("{id} was written to {name}"));
            world.log(MessageType::INFO, &message);
            Ok(Some(serde_json::json!({"uri": to_proto::uri(&path), "entry": id})))
        }
        Err(message) => {
            world.outbox.show(MessageType::WARNING, message.get(world.lang()));
            Ok(None)
        }
    }
}

fn write(world: &World, loaded: &Loaded, place: &Place, addition: &Addition) -> Result<PathBuf, Message> {
    let path = &place.path;
    if let Some(obstacle) = obstacle(world, loaded, path) {
        return Err(obstacle);
    }
    let open = open_file(world, path);
    let unsaved = open.as_ref().filter(|open| is_unsaved(open, path));
    let base = match unsaved {
        Some(open) => Some(open.buffer.text()),
        None => place.text.clone(),
    };
    let target = Target::with_text(path, base).map_err(|_| faulty(path))?;
    let written = target.with(addition).map_err(|error| error.message())?;
    if let Some(open) = unsaved {
        edit(world, open, &written.new);
        return Ok(path.clone());
    }
    if let Some(folder) = path.parent().filter(|_| written.old.is_none()) {
        fs::create_dir_all(folder).map_err(|error| ReplaceError::Io { path: path.clone(), error }.message())?;
    }
    let replaced = replace(path, written.old.as_deref(), &written.new);
    if let (Ok(()), Some(open)) = (&replaced, &open)
        && let Some(document) = world.state().documents.get_mut(&open.uri)
    {
        document.is_behind = true;
    }
    // Also after a refusal: what is on disk is news then.
    world.projects.files_changed(std::slice::from_ref(path));
    world.tell(Event::FilesChanged);
    replaced.map(|()| path.clone()).map_err(|error| error.message())
}

/// What stands in the way of writing to a file, as far as it is known before trying.
fn obstacle(world: &World, loaded: &Loaded, path: &Path) -> Option<Message> {
    let is_faulty = loaded.problems.iter().any(|problem| problem.path == *path && problem.code.leaves_out());
    if is_faulty || loaded.superseded.contains_key(path) {
        return Some(faulty(path));
    }
    if let Some(open) = open_file(world, path).filter(|open| is_unsaved(open, path)) {
        return (!world.traits().applies_edits).then(|| unsaved(open.path.as_deref().unwrap_or(path)));
    }
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly()).then(|| read_only(path))
}

fn read_only(path: &Path) -> Message {
    let path = path.display();
    Message::new(format!("{path} 是只读文件"), format!("{path} is read-only"))
}

fn unsaved(path: &Path) -> Message {
    let path = path.display();
    Message::new(
        format!("{path} 有未保存的改动，请先保存；未写入任何内容"),
        format!("{path} has unsaved changes; save it first. Nothing was written"),
    )
}

fn faulty(path: &Path) -> Message {
    let path = path.display();
    Message::new(
        format!("{path} 有误，请先改正；未写入任何内容"),
        format!("{path} has faults; mend them first. Nothing was written"),
    )
}

/// The lexicon file at `path`, if it is open.
fn open_file(world: &World, path: &Path) -> Option<Document> {
    let state = world.state();
    state
        .documents
        .values()
        .find(|document| document.is_lexicon_file() && document.path.as_deref() == Some(path))
        .cloned()
}

fn is_unsaved(open: &Document, path: &Path) -> bool {
    !open.is_behind && Some(open.buffer.text()) != fs::read_to_string(path).ok()
}

/// Has the client put `new` in the place of an open file's text, so that unsaved changes are kept and the
/// edit can be undone. Nobody waits for the answer.
fn edit(world: &World, open: &Document, new: &str) {
    let traits = world.traits();
    let edit = difference(&open.buffer.text(), new);
    let edit: WorkspaceEdit = to_proto::workspace_edit(open, &[edit], traits.encoding, traits.versioned_edits);
    let (client, outbox, lang) = (world.client.clone(), world.outbox.clone(), world.lang());
    tokio::spawn(async move {
        let refused = match client.apply_edit(edit).await {
            Ok(answer) if answer.applied => return,
            Ok(answer) => answer.failure_reason.unwrap_or_default(),
            Err(error) => error.to_string(),
        };
        let message = Message::new(
            format!("编辑器没有采用对词库的修改 {refused}"),
            format!("the editor did not take the edit of the lexicon {refused}"),
        );
        outbox.show(MessageType::WARNING, message.get(lang));
    });
}

/// The one edit that turns `old` into `new`.
pub(super) fn difference(old: &str, new: &str) -> Edit {
    let same = |(a, b): &(char, char)| a == b;
    let start: usize = old.chars().zip(new.chars()).take_while(same).map(|(a, _)| a.len_utf8()).sum();
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let end: usize =
        old_rest.chars().rev().zip(new_rest.chars().rev()).take_while(same).map(|(a, _)| a.len_utf8()).sum();
    Edit { span: Span::new(start, old.len() - end), text: new_rest[..new_rest.len() - end].to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_is_one_edit() {
        let check = |old: &str, new: &str, start: usize, end: usize, text: &str| {
            assert_eq!(difference(old, new), Edit { span: Span::new(start, end), text: text.to_owned() });
        };
        check("甲乙", "甲丙乙", 3, 3, "丙");
        check("aa", "aaa", 2, 2, "a");
        check("甲乙丙", "甲丙", 3, 6, "");
        check("", "甲", 0, 0, "甲");
        check("甲", "甲", 3, 3, "");
    }
}
