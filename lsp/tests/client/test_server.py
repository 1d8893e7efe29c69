"""The language server, asked by a client that is not ours, which holds every answer against the protocol's own types."""

import os
import pathlib

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

PLAN = """plan june { period 2026-06; currency CNY }
metric revenue { unit CNY }
metric visits { kind activity }
team north { person liu "刘"; person chen }
funnel field { revenue <- visits 2k CNY each }
objective win "赢得北方 😀" {
  owner north; scope "dealers"
  key-result book { measure revenue 1M CNY by 2026-06-30; through field; share north evenly }
}
"""


@pytest_lsp.fixture(
    params=["visual-studio-code", "neovim", "emacs"],
    config=ClientServerConfig(server_command=[os.environ["MILEPOST_LSP"]]),
)
async def client(request, lsp_client: LanguageClient, tmp_path: pathlib.Path):
    capabilities = client_capabilities(request.param)
    params = types.InitializeParams(
        capabilities=capabilities,
        workspace_folders=[types.WorkspaceFolder(uri=tmp_path.as_uri(), name="plans")],
    )
    lsp_client.folder = tmp_path
    for asked in [
        types.CLIENT_REGISTER_CAPABILITY,
        types.WORKSPACE_CODE_LENS_REFRESH,
        types.WORKSPACE_INLAY_HINT_REFRESH,
    ]:
        lsp_client.feature(asked)(lambda *_: None)
    await lsp_client.initialize_session(params)
    yield
    await lsp_client.shutdown_session()


async def opened(client, text=PLAN):
    uri = (client.folder / "june.plan").as_uri()
    item = types.TextDocumentItem(uri=uri, language_id="milepost", version=1, text=text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))
    await client.wait_for_notification("textDocument/publishDiagnostics")
    return types.TextDocumentIdentifier(uri=uri)


def place(what):
    lines = PLAN.splitlines()
    line = next(number for number, text in enumerate(lines) if what in text)
    return types.Position(line=line, character=lines[line].index(what))


@pytest.mark.asyncio
async def test_what_is_wrong_is_published(client):
    document = await opened(client, PLAN.replace("through field", "through feild"))
    said = client.diagnostics[document.uri]
    assert [one.code for one in said if one.severity == types.DiagnosticSeverity.Error] == ["name::unknown"]
    at = said[0].range
    context = types.CodeActionContext(diagnostics=said)
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(text_document=document, range=at, context=context)
    )
    assert [edit.new_text for edit in actions[0].edit.changes[document.uri]] == ["field"]


@pytest.mark.asyncio
async def test_what_is_shown(client):
    document = await opened(client)
    hover = await client.text_document_hover_async(types.HoverParams(text_document=document, position=place("1M CNY")))
    assert "500 visits in all" in hover.contents.value
    completion = await client.text_document_completion_async(
        types.CompletionParams(text_document=document, position=place("evenly"))
    )
    assert any(item.label == "evenly" for item in completion.items)
    resolved = await client.completion_item_resolve_async(completion.items[0])
    assert resolved.label == completion.items[0].label
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(text_document=document))
    assert symbols[-1].children[0].name == "book"
    tokens = await client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(text_document=document))
    assert len(tokens.data) % 5 == 0 and tokens.data
    whole = types.Range(start=types.Position(0, 0), end=types.Position(99, 0))
    hints = await client.text_document_inlay_hint_async(types.InlayHintParams(text_document=document, range=whole))
    assert any("500 visits" in hint.label for hint in hints)
    lenses = await client.text_document_code_lens_async(types.CodeLensParams(text_document=document))
    assert (await client.code_lens_resolve_async(lenses[-1])).command.title


@pytest.mark.asyncio
async def test_what_is_changed(client):
    document = await opened(client)
    edit = await client.text_document_rename_async(
        types.RenameParams(text_document=document, position=place("north"), new_name="北区")
    )
    assert len(edit.changes[document.uri]) == 3
    options = types.FormattingOptions(tab_size=8, insert_spaces=False)
    edits = await client.text_document_formatting_async(
        types.DocumentFormattingParams(text_document=document, options=options)
    )
    assert all(isinstance(edit, types.TextEdit) for edit in edits)
    found = await client.text_document_references_async(
        types.ReferenceParams(
            text_document=document,
            position=place("north"),
            context=types.ReferenceContext(include_declaration=True),
        )
    )
    assert len(found) == 3
    folds = await client.text_document_folding_range_async(types.FoldingRangeParams(text_document=document))
    assert folds
    selections = await client.text_document_selection_range_async(
        types.SelectionRangeParams(text_document=document, positions=[place("1M CNY")])
    )
    assert selections[0].parent
    links = await client.text_document_document_link_async(types.DocumentLinkParams(text_document=document))
    assert len(links) == 0
