// The extension starts one language server and gives its answers a place in the window.
import { commands, type ExtensionContext, l10n, languages, window } from 'vscode';
import { addToLexicon } from './addToLexicon';
import { chooseAsOf } from './asOf';
import { exportHtml, stripAnnotations } from './drafts';
import { LexiconTree } from './lexiconTree';
import { openEntry } from './openEntry';
import { Server } from './server';
import { StatusItem } from './statusItem';
import { checkWorkspace, registerTasks } from './tasks';

let server: Server | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel('hegao', { log: true });
  server = new Server(context, output);
  const running = server;
  const tree = new LexiconTree(running);
  const register = (name: string, run: () => unknown) =>
    commands.registerCommand(`hegao.editor.${name}`, async () => {
      try {
        await run();
      } catch (error) {
        output.error(String(error));
        window.showErrorMessage(l10n.t('hegao: {0}', error instanceof Error ? error.message : String(error)));
      }
    });
  context.subscriptions.push(
    output,
    running,
    tree,
    new StatusItem(running),
    registerTasks(running),
    register('chooseAsOf', () => chooseAsOf(running)),
    register('checkWorkspace', () => checkWorkspace(running)),
    register('openEntry', () => openEntry(running)),
    register('addToLexicon', () => addToLexicon()),
    register('stripAnnotations', () => stripAnnotations(running)),
    register('exportHtml', () => exportHtml(running)),
    register('refreshLexicon', () => tree.refresh()),
    register('restartServer', () => running.restart()),
    register('showOutput', () => output.show()),
  );
  languages.setLanguageConfiguration('plaintext', { comments: { blockComment: ['<!--', '-->'] } });
  await running.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
