"""Every feature of the language server at least once, under the client profiles of VS Code, Neovim and
Emacs. What exactly is answered is held by tests/server; here it is that each client gets it."""

import os
import pathlib
import sys

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities, make_test_lsp_client

HERE = pathlib.Path(__file__).parent
SAMPLES = HERE.parent.parent / "examples" / "jilin"
DRAFT = SAMPLES / "drafts" / "2022-07-11-posts.md"
LEXICON = SAMPLES / "lexicon" / "people.toml"
TEXT = """---
date: 2022-07-11
---
# 调研

省委宣传部部长胡家福到白山市通化县调研。

胡家福说，疫情要控住、经济要稳住、发展要安全。[胡家福](@hu-jiafu)出席。
"""


def document(uri):
    return types.TextDocumentIdentifier(uri=uri)


def place(client, words):
    """The position of the first occurrence of `words` in the unit agreed on; the text is in the basic
    plane, so a character is one UTF-16 unit."""
    before = TEXT[: TEXT.index(words)]
    line = before[before.rfind("\n") + 1 :]
    in_bytes = client.agreed.position_encoding == types.PositionEncodingKind.Utf8
    return types.Position(line=before.count("\n"), character=len(line.encode()) if in_bytes else len(line))


WHOLE = types.Range(start=types.Position(line=0, character=0), end=types.Position(line=99, character=0))


def answering_client():
    """A client that also answers what pytest-lsp leaves unanswered."""
    client = make_test_lsp_client()
    for method in (
        types.CLIENT_REGISTER_CAPABILITY,
        types.WORKSPACE_DIAGNOSTIC_REFRESH,
        types.WORKSPACE_SEMANTIC_TOKENS_REFRESH,
        types.WORKSPACE_INLAY_HINT_REFRESH,
    ):
        client.feature(method)(lambda *_: None)
    return client


@pytest_lsp.fixture(
    params=["visual-studio-code", "neovim", "emacs"],
    config=ClientServerConfig(
        client_factory=answering_client,
        server_command=[
            sys.executable,
            str(HERE / "record.py"),
            os.environ["HEGAO_LSP_LOGS"],
            os.environ["HEGAO_BINARY"],
            "lsp",
        ]
    ),
)
async def client(request, lsp_client: LanguageClient):
    capabilities = client_capabilities(request.param)
    result = await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=capabilities,
            process_id=os.getpid(),
            root_uri=SAMPLES.as_uri(),
            workspace_folders=[types.WorkspaceFolder(uri=SAMPLES.as_uri(), name="jilin")],
        )
    )
    lsp_client.agreed = result.capabilities
    yield
    await lsp_client.shutdown_session()


@pytest.fixture
def uri(client):
    uri = (SAMPLES / "drafts" / "unsaved.md").as_uri()
    item = types.TextDocumentItem(uri=uri, language_id="markdown", version=1, text=TEXT)
    client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))
    return uri


def at(client, uri, words, kind, **further):
    return kind(text_document=document(uri), position=place(client, words), **further)


async def diagnostics(client, uri):
    if client.agreed.diagnostic_provider:
        report = await client.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(text_document=document(uri))
        )
        return report.items
    while uri not in client.diagnostics:
        await client.wait_for_notification("textDocument/publishDiagnostics")
    return client.diagnostics[uri]


@pytest.mark.asyncio
async def test_diagnostics_and_actions(client, uri):
    found = await diagnostics(client, uri)
    assert {item.code for item in found} >= {"P201", "S101"}
    slip = next(item for item in found if item.code == "S101")
    context = types.CodeActionContext(diagnostics=[slip])
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(text_document=document(uri), range=slip.range, context=context)
    )
    preferred = next(action for action in actions if action.is_preferred)
    if client.agreed.code_action_provider.resolve_provider:
        assert preferred.edit is None
        preferred = await client.code_action_resolve_async(preferred)
    assert "防" in str(preferred.edit)


@pytest.mark.asyncio
async def test_rewording_a_post(client):
    uri = (SAMPLES / "drafts" / "2022-07-11-unsaved.md").as_uri()
    item = types.TextDocumentItem(uri=uri, language_id="markdown", version=1, text="省委统战部部长吴海英出席。")
    client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))
    start = types.Position(line=0, character=0)
    context = types.CodeActionContext(diagnostics=[], only=[types.CodeActionKind.RefactorRewrite])
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(
            text_document=document(uri), range=types.Range(start=start, end=start), context=context
        )
    )
    assert [action.title for action in actions] == ["写全职务：吉林省委统战部部长", "简写职务：统战部长"]


@pytest.mark.asyncio
async def test_lookup(client, uri):
    hover = await client.text_document_hover_async(at(client, uri, "胡家福", types.HoverParams))
    assert "hu-jiafu" in hover.contents.value
    definition = await client.text_document_definition_async(at(client, uri, "胡家福", types.DefinitionParams))
    first = definition[0]
    assert (first.target_uri if hasattr(first, "target_uri") else first.uri) == LEXICON.as_uri()
    context = types.ReferenceContext(include_declaration=True)
    references = await client.text_document_references_async(at(client, uri, "胡家福", types.ReferenceParams, context=context))
    assert sum(reference.uri == uri for reference in references) == 3
    highlights = await client.text_document_document_highlight_async(
        at(client, uri, "胡家福", types.DocumentHighlightParams)
    )
    assert len(highlights) == 3


@pytest.mark.asyncio
async def test_rename(client, uri):
    prepared = await client.text_document_prepare_rename_async(at(client, uri, "胡家福", types.PrepareRenameParams))
    assert prepared is not None
    edit = await client.text_document_rename_async(at(client, uri, "胡家福", types.RenameParams, new_name="胡加福"))
    assert edit.document_changes or edit.changes


@pytest.mark.asyncio
async def test_completion(client, uri):
    change = types.TextDocumentContentChangeWholeDocument(text=TEXT + "\nhjf")
    version = types.VersionedTextDocumentIdentifier(uri=uri, version=2)
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(text_document=version, content_changes=[change])
    )
    end = types.Position(line=TEXT.count("\n") + 1, character=3)
    answer = await client.text_document_completion_async(
        types.CompletionParams(text_document=document(uri), position=end)
    )
    item = answer.items[0]
    assert item.text_edit.new_text == "省委常委、延边州委书记胡家福"
    resolved = await client.completion_item_resolve_async(item)
    assert resolved.documentation


@pytest.mark.asyncio
async def test_structure(client, uri):
    assert await client.text_document_document_symbol_async(
        types.DocumentSymbolParams(text_document=document(uri))
    )
    assert await client.workspace_symbol_async(types.WorkspaceSymbolParams(query="hjf"))
    assert await client.text_document_folding_range_async(types.FoldingRangeParams(text_document=document(uri)))
    links = await client.text_document_document_link_async(types.DocumentLinkParams(text_document=document(uri)))
    assert len(links) == 1
    ranges = await client.text_document_selection_range_async(
        types.SelectionRangeParams(text_document=document(uri), positions=[place(client, "家福")])
    )
    assert ranges[0].parent


@pytest.mark.asyncio
async def test_tokens_and_hints(client, uri):
    full = await client.text_document_semantic_tokens_full_async(
        types.SemanticTokensParams(text_document=document(uri))
    )
    assert len(full.data) % 5 == 0 and full.data
    delta = await client.text_document_semantic_tokens_full_delta_async(
        types.SemanticTokensDeltaParams(text_document=document(uri), previous_result_id=full.result_id)
    )
    assert not delta.edits
    assert await client.text_document_semantic_tokens_range_async(
        types.SemanticTokensRangeParams(text_document=document(uri), range=WHOLE)
    )
    hints = await client.text_document_inlay_hint_async(
        types.InlayHintParams(text_document=document(uri), range=WHOLE)
    )
    assert hints[0].label == "（省委常委、延边州委书记）"


@pytest.mark.asyncio
async def test_hierarchy(client, uri):
    items = await client.text_document_prepare_type_hierarchy_async(
        at(client, uri, "通化县", types.TypeHierarchyPrepareParams)
    )
    above = await client.type_hierarchy_supertypes_async(types.TypeHierarchySupertypesParams(item=items[0]))
    assert [item.name for item in above] == ["通化市"]
    below = await client.type_hierarchy_subtypes_async(types.TypeHierarchySubtypesParams(item=above[0]))
    assert "通化县" in [item.name for item in below]


@pytest.mark.asyncio
async def test_workspace_diagnostics(client, uri):
    await diagnostics(client, uri)
    report = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(previous_result_ids=[]))
    assert any(item.uri == DRAFT.as_uri() for item in report.items)


@pytest.mark.asyncio
async def test_as_of_command(client, uri):
    await diagnostics(client, uri)
    params = types.ExecuteCommandParams(command="hegao.setAsOf", arguments=["2022-07-11"])
    assert await client.workspace_execute_command_async(params) is None
    client.text_document_did_close(types.DidCloseTextDocumentParams(text_document=document(uri)))
