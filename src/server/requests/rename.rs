//! `textDocument/rename` from a draft: another name, or another id, for an entry, in the lexicon and in
//! every draft of its project.

use smol_str::SmolStr;
use tower_lsp::{
    jsonrpc::{Error, ErrorCode, Result},
    ls_types::{Position, PrepareRenameResponse, Range, WorkspaceEdit},
};

use crate::{
    lang::Message,
    lexicon::EntryIndex,
    server::{
        answer::Stop,
        from_proto, lexicon_file,
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

/// What a rename at `position` would replace, and with what it begins.
pub(in crate::server) fn prepare(
    world: &World,
    document: &Document,
    position: Position,
) -> Result<Option<PrepareRenameResponse>> {
    if document.is_lexicon_file() {
        return lexicon_file::rename::prepare(world, document, position);
    }
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
    if document.is_lexicon_file() {
        return lexicon_file::rename::run(world, document, position, new, stop);
    }
    let Some(checked) = world.checked(document) else { return Ok(None) };
    let Some(target) = target(world, &checked, position)? else { return Ok(None) };
    let refuse = |message: Message| refuse(message.get(checked.lang));
    let target = lexicon_file::rename::Target { entry: target.entry, old: target.old, is_id: target.is_id };
    lexicon_file::rename::edits(world, &checked.loaded, &target, new, stop).map(Some).map_err(refuse)
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
