//! Pinning who or what is meant where the words leave it open.

use tower_lsp::ls_types::{CodeAction, CodeActionKind};

use crate::{
    analysis::Resolution,
    lang::Message,
    rules::Edit,
    server::{
        printed_post, subject, to_proto,
        world::{Checked, World},
    },
    text::Span,
};

/// An annotation for every entry that a name in `range` can stand for, if that is open.
pub(super) fn actions(world: &World, checked: &Checked, range: Span) -> Vec<CodeAction> {
    let traits = world.traits();
    let lexicon = checked.loaded.project.lexicon();
    let open = checked.draft.analysis.mentions.iter().filter(|mention| {
        let block = &checked.draft.draft.blocks[mention.block];
        checked.draft.draft.format.has_annotations()
            && mention.span.touches(range)
            && mention.resolution != Resolution::Annotation
            && mention.candidates.len() > 1
            && block.is_contiguous(mention.content)
    });
    let offered = open.filter_map(|mention| Some((mention, subject::entries(mention)?)));
    let actions = offered.flat_map(|(mention, _)| mention.candidates.iter().map(move |entry| (mention, *entry)));
    let actions = actions.map(|(mention, entry)| {
        let id = &lexicon.entry(entry).id;
        let posts = Some(printed_post::on_that_day(checked, entry)).filter(|posts| !posts.is_empty());
        let (zh, en) = posts.map_or_else(Default::default, |posts| (format!("（{posts}）"), format!(" ({posts})")));
        let title = Message::new(format!("标明为 @{id}{zh}"), format!("Annotate as @{id}{en}"));
        let edit = Edit { span: mention.span, text: format!("[{}](@{id})", mention.text) };
        CodeAction {
            title: title.get(checked.lang).to_owned(),
            kind: Some(CodeActionKind::REFACTOR_REWRITE),
            edit: Some(to_proto::workspace_edit(&checked.document, [&edit], traits.encoding, traits.versioned_edits)),
            ..CodeAction::default()
        }
    });
    actions.collect()
}
