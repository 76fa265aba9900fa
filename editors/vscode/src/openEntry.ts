// Finding an entry by characters, pinyin or initials, and going to where it is written.
import { l10n, type QuickPickItem, Range, Selection, Uri, window, workspace } from 'vscode';
import {
  CancellationTokenSource,
  type Range as ProtocolRange,
  WorkspaceSymbolRequest,
  WorkspaceSymbolResolveRequest,
} from 'vscode-languageclient/node';
import type { Server } from './server';

interface Choice extends QuickPickItem {
  symbol: Parameters<typeof locate>[1];
}

export async function openEntry(server: Server): Promise<void> {
  const client = server.needed;
  const picker = window.createQuickPick<Choice>();
  picker.title = l10n.t('Open lexicon entry');
  picker.placeholder = l10n.t('Name, pinyin or initials: 胡家福, hujiafu, hjf');
  let asking: CancellationTokenSource | undefined;
  picker.onDidChangeValue(async (query) => {
    asking?.cancel();
    const mine = new CancellationTokenSource();
    asking = mine;
    if (query.trim() === '') {
      picker.items = [];
      return;
    }
    picker.busy = true;
    try {
      const found = await client.sendRequest(WorkspaceSymbolRequest.type, { query }, mine.token);
      if (asking === mine) {
        picker.items = (found ?? []).map((symbol) => ({
          label: symbol.name,
          description: symbol.containerName ?? '',
          // The server has matched already; what fits by pinyin would be filtered out here.
          alwaysShow: true,
          symbol: symbol as Choice['symbol'],
        }));
        picker.busy = false;
      }
    } catch (error) {
      if (asking === mine) {
        picker.busy = false;
        server.output.error(String(error));
      }
    }
  });
  picker.onDidAccept(async () => {
    const chosen = picker.selectedItems[0];
    picker.hide();
    if (chosen) {
      await locate(server, chosen.symbol);
    }
  });
  picker.onDidHide(() => picker.dispose());
  picker.show();
}

/** Opens a place of the protocol in an editor. */
export async function reveal(uri: string, range: ProtocolRange): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const { start, end } = range;
  const target = new Range(start.line, start.character, end.line, end.character);
  const editor = await window.showTextDocument(document);
  editor.selection = new Selection(target.start, target.start);
  editor.revealRange(target);
}

async function locate(
  server: Server,
  symbol: { name: string; kind: number; location: { uri: string; range?: ProtocolRange } },
): Promise<void> {
  let { uri, range } = symbol.location;
  if (range === undefined) {
    const resolved = await server.needed.sendRequest(WorkspaceSymbolResolveRequest.type, symbol as never);
    ({ uri, range } = resolved.location as { uri: string; range: ProtocolRange });
  }
  await reveal(uri, range);
}
