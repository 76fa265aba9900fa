//! `textDocument/rename` from a draft: another name, or another id, for an entry, in the lexicon and in
//! every draft of its project.

use std::collections::HashMap;

use smol_str::SmolStr;
use tower_lsp::{
    jsonrpc::{Error, ErrorCode, Result},
    ls_types::{
        DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, Position, PrepareRenameResponse, Range,
        TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
    },
};

use crate::{
    lang::Message,
    lexicon::{Entry, EntryIndex},
    server::{
        answer::Stop,
        diagnostics::location,
        from_proto, scan,
        subject::subject_near,
        to_proto,
        world::{Checked, Document, World},
    },
    text::Span,
};

/// What is to be renamed.
struct Target {
    entry: EntryIndex,
    /// The words or the id as they stand.
    old: SmolStr,
    is_id: bool,
    range: Range,
}

/// Edits of one document and, if it is open, its version.
type Edits = HashMap<Uri, (Option<i32>, Vec<TextEdit>)>;

/// What a rename at `position` would replace, and with what it begins.
pub(in crate::server) fn prepare(
    world: &World,
    document: &Document,
    position: Position,
) -> Result<Option<PrepareRenameResponse>> {
    let Some(checked) = world.checked(document) else { return Ok(None) };
    let Some(target) = target(world, &checked, position)? else { return Ok(None) };
    Ok(Some(PrepareRenameResponse::RangeWithPlaceholder { range: target.range, placeholder: target.old.to_string() }))
}

/// The edits of a rename.
pub(in crate::server) fn run(
    world: &World,
    document: &Document,
    position: Position,
    new: &str,
    stop: &Stop,
) -> Result<Option<WorkspaceEdit>> {
    let Some(checked) = world.checked(document) else { return Ok(None) };
    let Some(target) = target(world, &checked, position)? else { return Ok(None) };
    let refuse = |message: Message| refuse(message.get(checked.lang));
    if let Some(message) = fault(&checked, &target, new) {
        return Err(refuse(message));
    }
    let mut edits = Edits::new();
    in_lexicon(world, &checked, &target, new, &mut edits).map_err(refuse)?;
    in_drafts(world, &checked, &target, new, stop, &mut edits);
    Ok(Some(workspace_edit(world, edits)))
}

fn refuse(message: &str) -> Error {
    Error { message: message.to_owned().into(), ..Error::new(ErrorCode::ServerError(REQUEST_FAILED)) }
}

/// LSP's `RequestFailed`: the request was sound, and the user is told why it cannot be done.
const REQUEST_FAILED: i64 = -32803;

fn target(world: &World, checked: &Checked, position: Position) -> Result<Option<Target>> {
    let (buffer, encoding) = (&checked.document.buffer, world.traits().encoding);
    let at = from_proto::offset(buffer, position, encoding);
    let draft = &checked.draft.draft;
    let lexicon = checked.loaded.project.lexicon();
    let on_id = draft.annotations().find(|annotation| annotation.id_span.touches(Span::empty(at)));
    let target = match on_id {
        Some(annotation) => lexicon.find(&annotation.id).map(|entry| Target {
            entry,
            old: annotation.id.as_str().into(),
            is_id: true,
            range: to_proto::range(buffer, annotation.id_span, encoding),
        }),
        None => {
            let Some(subject) = subject_near(checked, at).filter(|subject| subject.role.is_some()) else {
                return Ok(None);
            };
            let [entry] = subject.entries[..] else {
                let message = Message::new(
                    format!("“{}”所指不止一个词条，请先标明是哪一个", subject.text),
                    format!("“{}” can mean several entries; say first which one is meant", subject.text),
                );
                return Err(refuse(message.get(checked.lang)));
            };
            let range = to_proto::range(buffer, subject.span, encoding);
            Some(Target { entry, old: subject.text.into(), is_id: false, range })
        }
    };
    let is_pack = |target: &Target| lexicon.file(lexicon.entry(target.entry).file).pack.is_some();
    if target.as_ref().is_some_and(is_pack) {
        let message = Message::new("内置词库的词条不能改名", "an entry of a built-in pack cannot be renamed");
        return Err(refuse(message.get(checked.lang)));
    }
    Ok(target)
}

/// Why `new` is no name or id.
fn fault(checked: &Checked, target: &Target, new: &str) -> Option<Message> {
    if !target.is_id {
        let breaks = |c: char| c.is_control() || matches!(c, '"' | '\\' | '[' | ']' | '`' | '<' | '>');
        return (new.trim() != new || new.is_empty() || new.contains(breaks)).then(|| {
            Message::new(
                "名称不能为空，首尾不能有空格，也不能含换行、半角引号或括号",
                "a name must not be empty, begin or end with a space, or hold line breaks, quotes or brackets",
            )
        });
    }
    let is_id = new.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && new.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !is_id {
        return Some(Message::new("id 由小写字母、数字和 - 组成", "an id is made of a-z, 0-9 and -"));
    }
    checked.loaded.project.lexicon().find(new).filter(|other| *other != target.entry).map(|_| {
        Message::new(format!("已有 id 为 `{new}` 的词条"), format!("there is an entry with the id `{new}` already"))
    })
}

/// The entry itself, and for an id every reference to it in the project's files.
fn in_lexicon(
    world: &World,
    checked: &Checked,
    target: &Target,
    new: &str,
    edits: &mut Edits,
) -> std::result::Result<(), Message> {
    let lexicon = checked.loaded.project.lexicon();
    let own = lexicon.written_entries().filter(|(_, entry)| lexicon.file(entry.file).pack.is_none());
    let concerned = own.filter(|(index, _)| target.is_id || *index == target.entry);
    for (index, entry) in concerned {
        for span in spans(&lexicon.file(entry.file).text, entry, &target.old) {
            let Some(place) = location(world, &checked.loaded, index, span) else { continue };
            let version = unsaved(world, &place.uri, &lexicon.file(entry.file).text)?;
            let edit = TextEdit { range: place.range, new_text: new.to_owned() };
            edits.entry(place.uri).or_insert((version, Vec::new())).1.push(edit);
        }
    }
    Ok(())
}

/// The version of a lexicon file that is open; refuses one whose text is not what was loaded.
fn unsaved(world: &World, uri: &Uri, loaded: &str) -> std::result::Result<Option<i32>, Message> {
    let Some(document) = world.document(uri) else { return Ok(None) };
    if document.buffer.text() != loaded {
        let path = document.path.unwrap_or_default();
        let path = path.display();
        return Err(Message::new(format!("{path} 尚未保存，请先保存"), format!("{path} is not saved; save it first")));
    }
    Ok(Some(document.version))
}

/// Where `text` stands as a whole value among the fields of an entry, without its quotation marks.
fn spans(file: &str, entry: &Entry, text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for (_, field) in &entry.fields {
        let written = field.slice(file);
        if written.trim_matches(['"', '\'']) == text {
            let start = field.start + written.find(text).unwrap_or_default();
            found.push(Span::new(start, start + text.len()));
        } else if written.starts_with('[') && !written.starts_with("[[") {
            for quote in ['"', '\''] {
                let quoted = format!("{quote}{text}{quote}");
                let items = written.match_indices(&quoted);
                found.extend(items.map(|(at, _)| Span::new(field.start + at + 1, field.start + at + 1 + text.len())));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn in_drafts(world: &World, checked: &Checked, target: &Target, new: &str, stop: &Stop, edits: &mut Edits) {
    let id = &checked.loaded.project.lexicon().entry(target.entry).id;
    for draft in scan::drafts(world, stop) {
        if draft.project.as_deref() != checked.loaded.project.config_path() {
            continue;
        }
        let meant = draft.places.iter().filter(|place| place.entries.as_slice() == std::slice::from_ref(id));
        let ranges = meant.filter_map(|place| {
            if target.is_id {
                place.id_range
            } else {
                (place.is_plain && place.text == target.old).then_some(place.range)
            }
        });
        let ranges: Vec<_> = ranges.map(|range| TextEdit { range, new_text: new.to_owned() }).collect();
        if !ranges.is_empty() {
            edits.entry(draft.uri.clone()).or_insert((draft.version, Vec::new())).1.extend(ranges);
        }
    }
}

fn workspace_edit(world: &World, edits: Edits) -> WorkspaceEdit {
    if !world.traits().versioned_edits {
        let changes = edits.into_iter().map(|(uri, (_, edits))| (uri, edits)).collect();
        return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let mut documents: Vec<_> = edits
        .into_iter()
        .map(|(uri, (version, edits))| TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: edits.into_iter().map(OneOf::Left).collect(),
        })
        .collect();
    documents.sort_by(|a, b| a.text_document.uri.cmp(&b.text_document.uri));
    WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(documents)), ..WorkspaceEdit::default() }
}
