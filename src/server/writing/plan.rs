//! What is to be added where: the arguments of the commands, and what becomes of them.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use tower_lsp::ls_types::Uri;

use super::place::Place;
use crate::{
    lang::Message,
    lexicon::{
        Entry, EntryKind, import,
        write::{Addition, EntryFields, Fields, Value as FieldValue},
    },
    server::projects::Loaded,
};

/// An addition with its place.
pub(super) struct Plan {
    /// The id of the entry.
    pub id: SmolStr,
    /// The file.
    pub place: Place,
    /// What is added.
    pub addition: Addition,
}

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

impl AddPerson {
    /// A new entry, with an id made from the name.
    pub(super) fn plan(&self, loaded: &Loaded) -> Result<Plan, Message> {
        let name = self.name.trim();
        if name.is_empty() {
            return Err(Message::new("姓名为空", "the name is empty"));
        }
        let lexicon = loaded.project.lexicon();
        let id = import::id_for(EntryKind::Person, &self.name, |id| lexicon.find(id).is_none());
        let mut fields = Fields::default();
        fields.set_text("id", id.clone());
        fields.set_text("name", name);
        fields.set_tables("post", self.posts.iter().map(post).collect());
        let place = Place::of_new(loaded, EntryKind::Person)?;
        let addition = Addition::Entry(EntryFields { kind: EntryKind::Person, fields });
        Ok(Plan { id, place, addition })
    }
}

impl AddPost {
    /// Posts for a person of the project's own lexicon.
    pub(super) fn plan(&self, loaded: &Loaded) -> Result<Plan, Message> {
        let (id, entry) = (self.entry.clone(), find(loaded, &self.entry)?);
        if entry.person().is_none() || self.posts.is_empty() {
            return Err(Message::new(format!("`{id}` 无职务可加"), format!("there is no post to add to `{id}`")));
        }
        let posts = self.posts.iter().map(post).collect();
        let addition = Addition::Posts { person: id.clone(), posts };
        Ok(Plan { id, place: Place::of_entry(loaded, entry)?, addition })
    }
}

impl AddAlias {
    /// A form for an entry; one of a pack is copied into the project's own lexicon, with the new form.
    pub(super) fn plan(&self, loaded: &Loaded) -> Result<Plan, Message> {
        let (id, entry) = (self.entry.clone(), find(loaded, &self.entry)?);
        let form = SmolStr::from(self.form.as_str());
        let on = self.on.as_deref().and_then(|day| day.parse().ok());
        if loaded.project.lexicon().file(entry.file).pack.is_none() {
            let addition = Addition::Alias { entry: id.clone(), form, on };
            return Ok(Plan { id, place: Place::of_entry(loaded, entry)?, addition });
        }
        let mut copy = EntryFields::of(entry);
        if !copy.add_form(&form, on) {
            return Err(Message::new(format!("`{id}` 不能加别名"), format!("`{id}` can have no other names")));
        }
        let place = Place::of_new(loaded, copy.kind)?;
        Ok(Plan { id, place, addition: Addition::Entry(copy) })
    }
}

fn post(argument: &PostArgument) -> Fields {
    let mut fields = Fields::default();
    fields.set("title", FieldValue::Text(argument.title.as_str().into()));
    fields.set_text("place", argument.place.clone().unwrap_or_default());
    fields
}

fn find<'l>(loaded: &'l Loaded, id: &str) -> Result<&'l Entry, Message> {
    let lexicon = loaded.project.lexicon();
    let found = lexicon.find(id).map(|index| lexicon.entry(index));
    found.ok_or_else(|| Message::new(format!("词库中没有 `{id}`"), format!("`{id}` is in no lexicon")))
}
