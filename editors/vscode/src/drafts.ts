// Commands on the draft in view that the program carries out: its publishable text, its marked page.
import { spawn } from 'node:child_process';
import { basename, dirname, extname } from 'node:path';
import { env, l10n, type TextDocument, Uri, ViewColumn, window, workspace } from 'vscode';
import type { Server } from './server';

/** Shows the draft without annotations and directives in a new editor; the draft stays as it is. */
export async function stripAnnotations(server: Server): Promise<void> {
  const draft = draftInView();
  const text = await run(server, ['strip', '-', '--stdin-filename', nameOf(draft)], draft);
  const document = await workspace.openTextDocument({ language: draft.languageId, content: text });
  await window.showTextDocument(document, ViewColumn.Beside);
}

/** Writes the draft with its mentions marked as a page that any browser shows. */
export async function exportHtml(server: Server): Promise<void> {
  const draft = draftInView();
  const name = nameOf(draft);
  const page = name.slice(0, name.length - extname(name).length).concat('.html');
  const target = await window.showSaveDialog({
    defaultUri:
      draft.uri.scheme === 'file' ? Uri.file(page) : (workspace.workspaceFolders?.[0]?.uri ?? Uri.file(page)),
    filters: { HTML: ['html'] },
    title: l10n.t('Export annotated page'),
  });
  if (!target) {
    return;
  }
  const html = await run(server, ['annotate', '-', '--format', 'html', '--stdin-filename', name], draft);
  await workspace.fs.writeFile(target, new TextEncoder().encode(html));
  const open = l10n.t('Open in browser');
  const choice = await window.showInformationMessage(
    l10n.t('{0} is written.', basename(target.fsPath)),
    open,
  );
  if (choice === open) {
    await env.openExternal(target);
  }
}

function draftInView(): TextDocument {
  const document = window.activeTextEditor?.document;
  if (!document || !['markdown', 'plaintext'].includes(document.languageId)) {
    throw new Error(l10n.t('Open a draft first.'));
  }
  return document;
}

/** The name from which format, date and configuration are found. */
function nameOf(draft: TextDocument): string {
  const suffix = draft.languageId === 'markdown' ? '.md' : '.txt';
  return draft.uri.scheme === 'file' ? draft.uri.fsPath : `untitled${suffix}`;
}

/** Runs the program on the text as it stands in the editor, saved or not. */
function run(server: Server, args: string[], draft: TextDocument): Promise<string> {
  const cwd =
    draft.uri.scheme === 'file' ? dirname(draft.uri.fsPath) : workspace.workspaceFolders?.[0]?.uri.fsPath;
  return new Promise((resolve, reject) => {
    const child = spawn(server.program, args, { ...(cwd === undefined ? {} : { cwd }), windowsHide: true });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) {
        resolve(Buffer.concat(out).toString('utf8'));
      } else {
        reject(
          new Error(
            Buffer.concat(err).toString('utf8').trim() || l10n.t('hegao ended with code {0}.', String(code)),
          ),
        );
      }
    });
    child.stdin.on('error', () => {
      // The program has ended early; its exit code and message tell why.
    });
    child.stdin.end(draft.getText());
  });
}
