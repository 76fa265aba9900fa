//! `textDocument/rename`: another id or another name for an entry, in the project's lexicon files and in
//! every draft of it.

use std::collections::{BTreeMap, HashMap};

use smol_str::SmolStr;
use tower_lsp::{
    jsonrpc::{Error, ErrorCode, Result},
    ls_types::{
        AnnotatedTextEdit, ChangeAnnotation, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, Position,
        PrepareRenameResponse, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
    },
};

use super::{
    mentions::{Sought, in_lexicon},
    references::is_of,
    subject::Subject,
};
use crate::{
    lang::{Lang, Message},
    lexicon::EntryIndex,
    server::{
        answer::Stop,
        projects::Loaded,
        scan, to_proto,
        world::{Document, World},
    },
};

/// LSP's `RequestFailed`: the request was sound, and the user is told why it cannot be done.
const REQUEST_FAILED: i64 = -32803;

/// What is renamed.
pub(in crate::server) struct Target {
    /// The entry.
    pub entry: EntryIndex,
    /// The id or name as it stands.
    pub old: SmolStr,
    /// Whether it is the id.
    pub is_id: bool,
}

/// What a rename at `position` would replace.
pub(in crate::server) fn prepare(
    world: &World,
    document: &Document,
    position: Position,
) -> Result<Option<PrepareRenameResponse>> {
    let Some(subject) = Subject::at(world, document, position) else { return Ok(None) };
    let Some(target) = target(&subject) else { return Ok(None) };
    refuse_packs(&subject.loaded, &target).map_err(|message| refuse(&message, world.lang()))?;
    let range = to_proto::range(&document.buffer, subject.spot.span, world.traits().encoding);
    Ok(Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: target.old.to_string() }))
}

/// The edits of a rename at `position`.
pub(in crate::server) fn run(
    world: &World,
    document: &Document,
    position: Position,
    new: &str,
    stop: &Stop,
) -> Result<Option<WorkspaceEdit>> {
    let Some(subject) = Subject::at(world, document, position) else { return Ok(None) };
    let Some(target) = target(&subject) else { return Ok(None) };
    edits(world, &subject.loaded, &target, new, stop).map(Some).map_err(|message| refuse(&message, world.lang()))
}

fn refuse(message: &Message, lang: Lang) -> Error {
    Error { message: message.get(lang).to_owned().into(), ..Error::new(ErrorCode::ServerError(REQUEST_FAILED)) }
}

/// The entry whose id or name stands at the place; a code is no name that could be another.
fn target(subject: &Subject) -> Option<Target> {
    let named = subject.named()?;
    let [entry] = named.entries[..] else { return None };
    if !named.is_id && subject.spot.target().is_some() {
        return None;
    }
    Some(Target { entry, old: subject.words().into(), is_id: named.is_id })
}

fn refuse_packs(loaded: &Loaded, target: &Target) -> std::result::Result<(), Message> {
    let lexicon = loaded.project.lexicon();
    match lexicon.file(lexicon.entry(target.entry).file).pack {
        None => Ok(()),
        Some(_) => Err(Message::new("内置词库的词条不能改名", "an entry of a built-in pack cannot be renamed")),
    }
}

/// The edits that rename an entry everywhere in its project.
///
/// # Errors
///
/// Why it cannot be done: the new id or name is none, or a file has unsaved changes.
pub(in crate::server) fn edits(
    world: &World,
    loaded: &Loaded,
    target: &Target,
    new: &str,
    stop: &Stop,
) -> std::result::Result<WorkspaceEdit, Message> {
    refuse_packs(loaded, target)?;
    match fault(loaded, target, new) {
        Some(fault) => Err(fault),
        None => Ok(Renaming { world, loaded, target, new, files: BTreeMap::new() }.run(stop)?),
    }
}

/// Why `new` is no name or id.
fn fault(loaded: &Loaded, target: &Target, new: &str) -> Option<Message> {
    if !target.is_id {
        let breaks =
            |c: char| c.is_control() || matches!(c, '"' | '\'' | '\\' | '[' | ']' | '`' | '<' | '>' | ',' | '|');
        return (new.trim() != new || new.is_empty() || new.contains(breaks)).then(|| {
            Message::new(
                "名称不能为空，首尾不能有空格，也不能含换行、半角引号、括号、逗号或竖线",
                "a name must not be empty, begin or end with a space, or hold line breaks, quotes, brackets, commas or bars",
            )
        });
    }
    let is_id = new.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && new.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !is_id {
        return Some(Message::new("id 由小写字母、数字和 - 组成", "an id is made of a-z, 0-9 and -"));
    }
    loaded.project.lexicon().find(new).filter(|other| *other != target.entry).map(|_| {
        Message::new(format!("已有 id 为 `{new}` 的词条"), format!("there is an entry with the id `{new}` already"))
    })
}

/// Where an edit is made, which decides whether people are asked first.
const IN_LEXICON: &str = "lexicon";
const IN_DRAFTS: &str = "drafts";

struct Renaming<'a> {
    world: &'a World,
    loaded: &'a Loaded,
    target: &'a Target,
    new: &'a str,
    /// The version and edits of each file, and where it belongs.
    files: BTreeMap<Uri, (Option<i32>, &'static str, Vec<TextEdit>)>,
}

impl Renaming<'_> {
    fn run(mut self, stop: &Stop) -> std::result::Result<WorkspaceEdit, Message> {
        let id = self.loaded.project.lexicon().entry(self.target.entry).id.clone();
        let old = self.target.old.clone();
        if self.target.is_id {
            self.lexicon(&Sought::Id(&id))?;
            self.lexicon(&Sought::References(std::slice::from_ref(&id)))?;
        } else {
            self.lexicon(&Sought::Form(&id, &old))?;
        }
        self.drafts(&id, stop);
        Ok(self.workspace_edit())
    }

    fn lexicon(&mut self, sought: &Sought<'_>) -> std::result::Result<(), Message> {
        for (path, file, spans) in in_lexicon(self.loaded, sought) {
            let buffer = self.loaded.lexicon_buffer(file);
            let open = {
                let state = self.world.state();
                state.documents.values().find(|document| document.path.as_deref() == Some(path.as_path())).cloned()
            };
            let is_current = open.as_ref().is_none_or(|open| open.buffer.text() == buffer.text());
            if !is_current || self.loaded.superseded.contains_key(&path) {
                let path = path.display();
                return Err(Message::new(
                    format!("{path} 正在修改，尚未采用；请稍后再试，有误请先改正"),
                    format!("{path} is being changed and not taken over yet; mend its faults, or try again shortly"),
                ));
            }
            let uri = open.as_ref().map(|open| open.uri.clone()).or_else(|| to_proto::uri(&path));
            let Some(uri) = uri else { continue };
            let range = |span| to_proto::range(&buffer, span, self.world.traits().encoding);
            let edits = spans.into_iter().map(|span| TextEdit { range: range(span), new_text: self.new.to_owned() });
            let version = open.map(|open| open.version);
            self.files.entry(uri).or_insert((version, IN_LEXICON, Vec::new())).2.extend(edits);
        }
        Ok(())
    }

    fn drafts(&mut self, id: &SmolStr, stop: &Stop) {
        for draft in scan::drafts(self.world, stop) {
            if draft.project.as_deref() != self.loaded.project.config_path() {
                continue;
            }
            let meant = draft.places.iter().filter(|place| is_of(&place.entries, id));
            let ranges = meant.filter_map(|place| match self.target.is_id {
                true => place.id_range,
                false => (place.is_plain && place.text == self.target.old).then_some(place.range),
            });
            let edits: Vec<_> = ranges.map(|range| TextEdit { range, new_text: self.new.to_owned() }).collect();
            if !edits.is_empty() {
                self.files.entry(draft.uri.clone()).or_insert((draft.version, IN_DRAFTS, Vec::new())).2.extend(edits);
            }
        }
    }

    fn workspace_edit(self) -> WorkspaceEdit {
        let traits = self.world.traits();
        if !traits.versioned_edits {
            let changes = self.files.into_iter().map(|(uri, (_, _, edits))| (uri, edits)).collect();
            return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
        }
        let annotated = traits.change_annotations;
        let annotations = annotated.then(|| self.annotations());
        let documents = self.files.into_iter().map(|(uri, (version, place, edits))| {
            let edit = |text_edit| match annotated {
                true => OneOf::Right(AnnotatedTextEdit { text_edit, annotation_id: place.to_owned() }),
                false => OneOf::Left(text_edit),
            };
            TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
                edits: edits.into_iter().map(edit).collect(),
            }
        });
        WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(documents.collect())),
            change_annotations: annotations,
            ..WorkspaceEdit::default()
        }
    }

    /// What is changed where. A name in a draft may be a quotation, so people look at each first; ids must
    /// change together or annotations lead nowhere.
    fn annotations(&self) -> HashMap<String, ChangeAnnotation> {
        let lang = self.loaded.project.lang(self.world.lang());
        let (old, new) = (&self.target.old, self.new);
        let annotation = |zh: &str, en: &str, asks: bool| ChangeAnnotation {
            label: Message::new(format!("{zh}：{old} → {new}"), format!("{en}: {old} → {new}")).get(lang).to_owned(),
            needs_confirmation: Some(asks),
            description: None,
        };
        let is_name = !self.target.is_id;
        let all =
            [(IN_LEXICON, annotation("词库", "Lexicon", false)), (IN_DRAFTS, annotation("稿件", "Drafts", is_name))];
        let used = |place: &str| self.files.values().any(|(_, other, _)| *other == place);
        all.into_iter().filter(|(place, _)| used(place)).map(|(place, label)| (place.to_owned(), label)).collect()
    }
}
