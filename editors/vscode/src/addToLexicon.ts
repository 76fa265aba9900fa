// Adding the name at the cursor to the lexicon: the server offers it as code actions and writes the file.
import { type CodeAction, commands, l10n, type QuickPickItem, window } from 'vscode';

interface Choice extends QuickPickItem {
  action: CodeAction;
}

export async function addToLexicon(): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) {
    throw new Error(l10n.t('Open a draft first.'));
  }
  const actions = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    editor.document.uri,
    editor.selection,
  );
  // Fixes are edits; what writes to the lexicon is a command of the server.
  const writing = actions.filter(
    (action) => action.edit === undefined && action.command?.command.startsWith('hegao.'),
  );
  const chosen = writing.length > 1 ? await choose(writing) : writing[0];
  if (chosen?.command) {
    await commands.executeCommand(chosen.command.command, ...(chosen.command.arguments ?? []));
  } else if (writing.length === 0) {
    window.showInformationMessage(
      l10n.t('Nothing here to add: put the cursor on a name that the lexicon does not have, or select one.'),
    );
  }
}

async function choose(actions: CodeAction[]): Promise<CodeAction | undefined> {
  const items: Choice[] = actions.map((action) => ({ label: action.title, action }));
  return (await window.showQuickPick(items, { title: l10n.t('Add to lexicon') }))?.action;
}
