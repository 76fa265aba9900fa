//! What the client can do, as it said in `initialize`.

use tower_lsp::ls_types::{ClientCapabilities, DiagnosticTag, InitializeParams, MarkupKind, PositionEncodingKind};

use crate::{lang::Lang, text::Encoding};

/// The client's abilities that the server adapts to.
#[derive(Clone, Debug)]
pub(super) struct ClientTraits {
    /// The unit of positions agreed on.
    pub encoding: Encoding,
    /// The language of its user interface, if it is one that hegao speaks.
    pub lang: Option<Lang>,
    /// Hovers may be written in Markdown.
    pub hover_markdown: bool,
    /// Definitions may say where they come from.
    pub definition_links: bool,
    /// Diagnostics may point to their evidence.
    pub related_information: bool,
    /// Diagnostics come back with their `data`.
    pub diagnostic_data: bool,
    /// Code actions may be more than commands.
    pub code_action_literals: bool,
    /// Code actions that cannot be carried out are shown with the reason.
    pub disabled_actions: bool,
    /// The edit of a code action is asked for when the action is chosen.
    pub resolves_edits: bool,
    /// Completion items may be explained in Markdown.
    pub completion_markdown: bool,
    /// The outline may be nested.
    pub nested_symbols: bool,
    /// Workspace symbols may be of the newer kind.
    pub workspace_symbols: bool,
    /// Links may say where they lead.
    pub link_tooltips: bool,
    /// The most folding ranges of a document.
    pub folding_limit: usize,
    /// `prepareRename` is known.
    pub prepares_rename: bool,
    /// The client asks for diagnostics, also again when it is told to, and is sent none. One that cannot be told
    /// (Neovim 0.11) would keep what an edited lexicon or another as-of date has made wrong: it is sent them.
    pub pulls_diagnostics: bool,
    /// It can be told to ask for semantic tokens again.
    pub refreshes_tokens: bool,
    /// It can be told to ask for inlay hints again.
    pub refreshes_hints: bool,
    /// It shows the progress of long work.
    pub shows_progress: bool,
    /// Diagnostics may say where their rule is described.
    pub code_descriptions: bool,
    /// Diagnostics may be marked as deprecated.
    pub deprecated_tag: bool,
    /// Edits may be tied to a version.
    pub versioned_edits: bool,
    /// Edits may say what they belong to, and ask first.
    pub change_annotations: bool,
    /// `workspace/applyEdit` is carried out.
    pub applies_edits: bool,
    /// Watching files may be asked for.
    pub watches_files: bool,
    /// Changed settings may be asked for.
    pub registers_settings: bool,
    /// `workspace/configuration` is answered.
    pub answers_settings: bool,
}

impl Default for ClientTraits {
    fn default() -> Self {
        Self::of_capabilities(&ClientCapabilities::default(), None)
    }
}

impl ClientTraits {
    /// The traits that `initialize` tells.
    pub(super) fn new(params: &InitializeParams) -> Self {
        Self::of_capabilities(&params.capabilities, params.locale.as_deref())
    }

    fn of_capabilities(capabilities: &ClientCapabilities, locale: Option<&str>) -> Self {
        let document = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let hover = document.and_then(|document| document.hover.as_ref());
        let definition = document.and_then(|document| document.definition.as_ref());
        let diagnostics = document.and_then(|document| document.publish_diagnostics.as_ref());
        let actions = document.and_then(|document| document.code_action.as_ref());
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let watching = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        let settings = workspace.and_then(|workspace| workspace.did_change_configuration.as_ref());
        let offered = capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        Self {
            encoding: negotiate(offered.unwrap_or_default()),
            lang: locale.and_then(Lang::from_tag),
            hover_markdown: hover
                .and_then(|hover| hover.content_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            definition_links: definition.and_then(|definition| definition.link_support).unwrap_or(false),
            related_information: diagnostics.and_then(|diagnostics| diagnostics.related_information).unwrap_or(false),
            diagnostic_data: diagnostics.and_then(|diagnostics| diagnostics.data_support).unwrap_or(false),
            code_action_literals: actions.is_some_and(|actions| actions.code_action_literal_support.is_some()),
            disabled_actions: actions.and_then(|actions| actions.disabled_support).unwrap_or(false),
            resolves_edits: actions.is_some_and(|actions| {
                let properties = actions.resolve_support.as_ref().map(|support| support.properties.as_slice());
                // What is to be resolved is found again by the data.
                actions.data_support == Some(true)
                    && properties.unwrap_or_default().iter().any(|property| property == "edit")
            }),
            completion_markdown: document
                .and_then(|document| {
                    document.completion.as_ref()?.completion_item.as_ref()?.documentation_format.as_ref()
                })
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            nested_symbols: document
                .and_then(|document| document.document_symbol.as_ref()?.hierarchical_document_symbol_support)
                .unwrap_or(false),
            workspace_symbols: workspace
                .and_then(|workspace| workspace.symbol.as_ref()?.resolve_support.as_ref())
                .is_some(),
            link_tooltips: document
                .and_then(|document| document.document_link.as_ref()?.tooltip_support)
                .unwrap_or(false),
            folding_limit: document
                .and_then(|document| document.folding_range.as_ref()?.range_limit)
                .map_or(usize::MAX, |limit| limit as usize),
            prepares_rename: document.and_then(|document| document.rename.as_ref()?.prepare_support).unwrap_or(false),
            refreshes_tokens: workspace
                .and_then(|workspace| workspace.semantic_tokens.as_ref()?.refresh_support)
                .unwrap_or(false),
            refreshes_hints: workspace
                .and_then(|workspace| workspace.inlay_hint.as_ref()?.refresh_support)
                .unwrap_or(false),
            shows_progress: capabilities.window.as_ref().and_then(|window| window.work_done_progress).unwrap_or(false),
            code_descriptions: diagnostics
                .and_then(|diagnostics| diagnostics.code_description_support)
                .unwrap_or(false),
            deprecated_tag: diagnostics
                .and_then(|diagnostics| diagnostics.tag_support.as_ref())
                .is_some_and(|tags| tags.value_set.contains(&DiagnosticTag::DEPRECATED)),
            pulls_diagnostics: document.is_some_and(|document| document.diagnostic.is_some())
                && workspace.and_then(|workspace| workspace.diagnostics.as_ref()?.refresh_support).unwrap_or(false),
            versioned_edits: edits.and_then(|edits| edits.document_changes).unwrap_or(false),
            change_annotations: edits.is_some_and(|edits| edits.change_annotation_support.is_some()),
            applies_edits: workspace.and_then(|workspace| workspace.apply_edit).unwrap_or(false),
            watches_files: watching.and_then(|watching| watching.dynamic_registration).unwrap_or(false),
            registers_settings: settings.and_then(|settings| settings.dynamic_registration).unwrap_or(false),
            answers_settings: workspace.and_then(|workspace| workspace.configuration).unwrap_or(false),
        }
    }
}

/// UTF-8 if it is offered, since that needs no conversion; UTF-16, which every client has, unless
/// UTF-32 is all that is offered.
fn negotiate(offered: &[PositionEncodingKind]) -> Encoding {
    if offered.contains(&PositionEncodingKind::UTF8) {
        Encoding::Utf8
    } else if offered == [PositionEncodingKind::UTF32] {
        Encoding::Utf32
    } else {
        Encoding::Utf16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_one_the_client_offers() {
        let check = |offered: &[&'static str], expected| {
            let offered: Vec<_> = offered.iter().map(|name| PositionEncodingKind::new(name)).collect();
            assert_eq!(negotiate(&offered), expected, "{offered:?}");
        };
        check(&[], Encoding::Utf16);
        check(&["utf-16"], Encoding::Utf16);
        check(&["utf-16", "utf-8"], Encoding::Utf8);
        check(&["utf-32"], Encoding::Utf32);
        check(&["utf-32", "utf-16"], Encoding::Utf16);
        check(&["utf-32", "utf-8", "utf-16"], Encoding::Utf8);
        check(&["utf-7"], Encoding::Utf16);
    }
}
