//! `textDocument/didChange`.

use tower_lsp::ls_types::{DidChangeTextDocumentParams, MessageType, Range};

use crate::{
    lang::Message,
    server::{from_proto, publisher::Event, to_proto, world::World},
    text::{Buffer, Encoding},
};

/// Takes over the edits in their order, each on the text the one before has left.
pub(in crate::server) fn run(world: &World, params: DidChangeTextDocumentParams) {
    let encoding = world.traits().encoding;
    let uri = params.text_document.uri;
    let mut clamped = Vec::new();
    let mut state = world.state();
    let Some(document) = state.change(&uri, params.text_document.version) else {
        drop(state);
        let name = uri.as_str();
        let message = Message::new(
            format!("{name} 没有打开，对它的修改未采用"),
            format!("{name} is not open; the change is not taken over"),
        );
        return world.log(MessageType::WARNING, &message);
    };
    for change in params.content_changes {
        match change.range {
            Some(range) => {
                if !fits(&document.buffer, range, encoding) {
                    clamped.push(range);
                }
                let (start, end) = (from_proto::position(range.start), from_proto::position(range.end));
                document.buffer.edit(start, end, encoding, &change.text);
            }
            None => document.buffer = Buffer::new(&change.text),
        }
    }
    drop(state);
    for range in clamped {
        let place = format!(
            "{} {}:{}–{}:{}",
            uri.as_str(),
            range.start.line,
            range.start.character,
            range.end.line,
            range.end.character
        );
        let message = Message::new(
            format!("{place}：修改超出文本范围，已就近处理"),
            format!("{place}: the edit lies outside of the text and was moved to the nearest place in it"),
        );
        world.log(MessageType::WARNING, &message);
    }
    world.tell(Event::Changed(uri));
}

/// Whether a range lies in the text, its ends in order and between characters. The line after the
/// last counts as its end: clients name the whole text so.
fn fits(buffer: &Buffer, range: Range, encoding: Encoding) -> bool {
    let exists = |at| {
        let position = from_proto::position(at);
        let is_end = position.line as usize == buffer.line_count() && position.character == 0;
        is_end || to_proto::position(buffer.position(buffer.offset(position, encoding), encoding)) == at
    };
    range.start <= range.end && exists(range.start) && exists(range.end)
}
