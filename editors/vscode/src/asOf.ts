// Choosing the day for which drafts are checked. The server keeps it until the session ends.
import { l10n, type QuickPickItem, window } from 'vscode';
import { ExecuteCommandRequest } from 'vscode-languageclient/node';
import type { Server } from './server';

interface Choice extends QuickPickItem {
  date: string | null;
}

export async function chooseAsOf(server: Server): Promise<void> {
  const client = server.needed;
  const date = await ask(server);
  if (date !== undefined) {
    await client.sendRequest(ExecuteCommandRequest.type, { command: 'hegao.setAsOf', arguments: [date] });
  }
}

/** The date, null for each draft's own, or undefined if nothing was chosen. */
function ask(server: Server): Promise<string | null | undefined> {
  const own: Choice = {
    label: l10n.t("Each draft's own date"),
    description: l10n.t('front matter, file name, hegao.toml'),
    date: null,
  };
  const today: Choice = { label: l10n.t('Today'), date: 'today' };
  const status = server.statusOf(window.activeTextEditor?.document.uri);
  const picker = window.createQuickPick<Choice>();
  picker.title = l10n.t('Check facts as of');
  picker.placeholder = status
    ? l10n.t('Now {0} ({1}). Type a date: 2022-07-10, 2022-07 or 2022', status.asOf, status.originText)
    : l10n.t('Type a date: 2022-07-10, 2022-07 or 2022');
  picker.items = [own, today];
  picker.onDidChangeValue((value) => {
    const date = value.trim();
    picker.items = isDate(date) ? [{ label: date, date, alwaysShow: true }, own, today] : [own, today];
  });
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]?.date);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function isDate(text: string): boolean {
  return /^\d{4}(-\d{2}(-\d{2})?)?$/.test(text);
}
