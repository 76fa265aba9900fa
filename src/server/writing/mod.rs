//! Writing to lexicons: what the commands `hegao.addPerson`, `hegao.addPost` and `hegao.addAlias` do.

mod offer;
mod place;

use std::{fs, path::PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use smol_str::SmolStr;
use tower_lsp::ls_types::{MessageType, Uri, WorkspaceEdit};

use super::{
    projects::Loaded,
    publisher::Event,
    to_proto,
    world::{Document, World},
};
use crate::{
    lang::Message,
    lexicon::{
        EntryKind, import,
        write::{Addition, EntryFields, Fields, ReplaceError, Target, Value as FieldValue, replace},
    },
    rules::Edit,
    text::Span,
};

pub(super) use offer::{actions, quiet_actions};
use place::Place;

/// A post to be added.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct PostArgument {
    /// The title written out.
    pub title: String,
    /// The jurisdiction: a code or the id of a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// The argument of `hegao.addPerson`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct AddPerson {
    /// The draft whose lexicon it is.
    pub uri: Uri,
    /// The name.
    pub name: String,
    /// The posts, in order.
    #[serde(default)]
    pub posts: Vec<PostArgument>,
}

/// The argument of `hegao.addPost`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct AddPost {
    /// The draft whose lexicon it is.
    pub uri: Uri,
    /// The person's id.
    pub entry: SmolStr,
    /// The posts, in order.
    pub posts: Vec<PostArgument>,
}

/// The argument of `hegao.addAlias`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct AddAlias {
    /// The draft whose lexicon it is.
    pub uri: Uri,
    /// The entry's id.
    pub entry: SmolStr,
    /// The form.
    pub form: String,
    /// The day on which it is used, `YYYY-MM-DD`: of a place whose name changed, the form belongs to the state
    /// in force then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
}

/// `hegao.addPerson`.
pub(super) fn add_person(world: &World, arguments: &[Value]) -> Result<Option<Value>, Message> {
    let argument: AddPerson = read(arguments)?;
    if argument.name.trim().is_empty() {
        return Err(Message::new("姓名为空", "the name is empty"));
    }
    add(world, &argument.uri, |loaded| {
        let lexicon = loaded.project.lexicon();
        let id = import::id_for(EntryKind::Person, &argument.name, |id| lexicon.find(id).is_none());
        let mut fields = Fields::default();
        fields.set_text("id", id.clone());
        fields.set_text("name", argument.name.trim());
        fields.set_tables("post", argument.posts.iter().map(post).collect());
        let place = Place::of_new(loaded, EntryKind::Person)?;
        Ok((id, place, Addition::Entry(EntryFields { kind: EntryKind::Person, fields })))
    })
}

/// `hegao.addPost`.
pub(super) fn add_post(world: &World, arguments: &[Value]) -> Result<Option<Value>, Message> {
    let argument: AddPost = read(arguments)?;
    add(world, &argument.uri, |loaded| {
        let entry = find(loaded, &argument.entry)?;
        if entry.person().is_none() || argument.posts.is_empty() {
            let id = &argument.entry;
            return Err(Message::new(format!("`{id}` 无职务可加"), format!("there is no post to add to `{id}`")));
        }
        let posts = argument.posts.iter().map(post).collect();
        let addition = Addition::Posts { person: argument.entry.clone(), posts };
        Ok((argument.entry.clone(), Place::of_entry(loaded, entry)?, addition))
    })
}

/// `hegao.addAlias`. An entry of a pack is copied into the project's own lexicon, with the new form.
pub(super) fn add_alias(world: &World, arguments: &[Value]) -> Result<Option<Value>, Message> {
    let argument: AddAlias = read(arguments)?;
    add(world, &argument.uri, |loaded| {
        let entry = find(loaded, &argument.entry)?;
        let (id, form) = (argument.entry.clone(), SmolStr::from(argument.form.as_str()));
        let on = argument.on.as_deref().and_then(|day| day.parse().ok());
        if loaded.project.lexicon().file(entry.file).pack.is_none() {
            let addition = Addition::Alias { entry: id.clone(), form, on };
            return Ok((id, Place::of_entry(loaded, entry)?, addition));
        }
        let mut copy = EntryFields::of(entry);
        if !copy.add_form(&form, on) {
            return Err(Message::new(format!("`{id}` 不能加别名"), format!("`{id}` can have no other names")));
        }
        let place = Place::of_new(loaded, copy.kind)?;
        Ok((id, place, Addition::Entry(copy)))
    })
}

fn read<T: for<'de> Deserialize<'de>>(arguments: &[Value]) -> Result<T, Message> {
    let argument = arguments.first().cloned().unwrap_or_default();
    serde_json::from_value(argument)
        .map_err(|error| Message::new(format!("参数有误：{error}"), format!("the argument is not valid: {error}")))
}

fn post(argument: &PostArgument) -> Fields {
    let mut fields = Fields::default();
    fields.set("title", FieldValue::Text(argument.title.as_str().into()));
    fields.set_text("place", argument.place.clone().unwrap_or_default());
    fields
}

fn find<'l>(loaded: &'l Loaded, id: &str) -> Result<&'l crate::lexicon::Entry, Message> {
    let lexicon = loaded.project.lexicon();
    let found = lexicon.find(id).map(|index| lexicon.entry(index));
    found.ok_or_else(|| Message::new(format!("词库中没有 `{id}`"), format!("`{id}` is in no lexicon")))
}

/// Carries an addition out. What stands in its way is shown to the user; only a wrong argument is an
/// error.
fn add(
    world: &World,
    draft: &Uri,
    plan: impl FnOnce(&Loaded) -> Result<(SmolStr, Place, Addition), Message>,
) -> Result<Option<Value>, Message> {
    let loaded = world.project_of(draft);
    let (id, place, addition) = plan(&loaded)?;
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
    if loaded.superseded.contains_key(path) {
        return Err(faulty(path));
    }
    let open = open_file(world, path);
    let on_disk = fs::read_to_string(path).ok();
    let unsaved = open.as_ref().filter(|open| !open.is_behind && Some(open.buffer.text()) != on_disk);
    let base = match unsaved {
        Some(open) => Some(open.buffer.text()),
        None => place.text.clone(),
    };
    let is_faulty = loaded.problems.iter().any(|problem| problem.path == *path && problem.code.leaves_out());
    let target = match Target::with_text(path, base) {
        Ok(target) if !is_faulty => target,
        _ => return Err(faulty(path)),
    };
    let written = target.with(addition).map_err(|error| error.message())?;
    if let Some(open) = unsaved {
        edit(world, open, &written.new)?;
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

fn faulty(path: &std::path::Path) -> Message {
    let path = path.display();
    Message::new(
        format!("{path} 有误，请先改正；未写入任何内容"),
        format!("{path} has faults; mend them first. Nothing was written"),
    )
}

/// The lexicon file at `path`, if it is open.
fn open_file(world: &World, path: &std::path::Path) -> Option<Document> {
    let state = world.state();
    state
        .documents
        .values()
        .find(|document| document.is_lexicon_file() && document.path.as_deref() == Some(path))
        .cloned()
}

/// Has the client put `new` in the place of an open file's text, so that unsaved changes are kept and the
/// edit can be undone. Nobody waits for the answer.
fn edit(world: &World, open: &Document, new: &str) -> Result<(), Message> {
    let traits = world.traits();
    if !traits.applies_edits {
        let name = open.path.as_deref().unwrap_or_else(|| "".as_ref()).display().to_string();
        return Err(Message::new(
            format!("{name} 有未保存的改动，请先保存；未写入任何内容"),
            format!("{name} has unsaved changes; save it first. Nothing was written"),
        ));
    }
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
    Ok(())
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
