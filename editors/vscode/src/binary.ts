// Which hegao is run: the one the setting names, else the one inside the extension, else one on PATH.
// In a workspace that is not trusted nothing from the workspace is run: VS Code withholds the
// workspace's own `hegao.path`, and a folder of the workspace that stands on PATH is passed over.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { type ExtensionContext, l10n, workspace } from 'vscode';

const NAME = process.platform === 'win32' ? 'hegao.exe' : 'hegao';

/** What was tried, with the reason why it cannot be used. */
export interface Refusal {
  path: string;
  reason: string;
}

export interface Search {
  binary?: { path: string; version: string };
  refused: Refusal[];
}

export async function findBinary(context: ExtensionContext): Promise<Search> {
  const refused: Refusal[] = [];
  for (const candidate of candidates(context)) {
    const path = absolute(candidate);
    if (path === undefined) {
      refused.push({ path: candidate, reason: l10n.t('a relative path needs a trusted workspace folder') });
      continue;
    }
    try {
      const { stdout } = await promisify(execFile)(path, ['--version'], {
        timeout: 10_000,
        windowsHide: true,
      });
      return { binary: { path, version: stdout.trim() }, refused };
    } catch (error) {
      refused.push({ path, reason: reason(error) });
    }
  }
  return { refused };
}

function candidates(context: ExtensionContext): string[] {
  const configured = workspace.getConfiguration('hegao').get<string>('path', '').trim();
  const inside = join(context.extensionPath, 'bin', NAME);
  return [...(configured ? [configured] : []), ...(existsSync(inside) ? [inside] : []), ...onPath()];
}

function onPath(): string[] {
  const folders = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && isAllowed(folder));
  const found = folders.map((folder) => join(folder, NAME)).find((path) => existsSync(path));
  return found === undefined ? [] : [found];
}

/** A path of the setting may be relative to the first workspace folder, if that is trusted. */
function absolute(path: string): string | undefined {
  if (isAbsolute(path)) {
    return isAllowed(path) ? path : undefined;
  }
  const folder = workspace.workspaceFolders?.[0];
  return workspace.isTrusted && folder ? join(folder.uri.fsPath, path) : undefined;
}

function isAllowed(path: string): boolean {
  const folders = workspace.workspaceFolders ?? [];
  return workspace.isTrusted || folders.every((folder) => isOutside(relative(folder.uri.fsPath, path)));
}

function isOutside(way: string): boolean {
  return way.startsWith('..') || isAbsolute(way);
}

function reason(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  if (code === 'ENOENT') {
    return l10n.t('there is no such file');
  }
  if (code === 'EACCES') {
    return l10n.t('the file may not be executed');
  }
  return error instanceof Error ? (error.message.split('\n')[0] ?? error.message) : String(error);
}
