// The status bar item: the as-of date, the findings of the draft in view and the lexicon's revision.
import {
  type Disposable,
  l10n,
  languages,
  MarkdownString,
  StatusBarAlignment,
  type StatusBarItem,
  ThemeColor,
  window,
} from 'vscode';
import type { Status } from './protocol';
import type { Server } from './server';

const DRAFTS = [{ language: 'markdown' }, { language: 'plaintext' }];

export class StatusItem implements Disposable {
  private readonly item: StatusBarItem;
  private readonly subscriptions: Disposable[];

  constructor(private readonly server: Server) {
    this.item = window.createStatusBarItem('hegao.status', StatusBarAlignment.Right, 90);
    this.item.name = 'hegao';
    this.item.command = 'hegao.editor.chooseAsOf';
    this.subscriptions = [
      this.item,
      server.onStatus(() => this.show()),
      window.onDidChangeActiveTextEditor(() => this.show()),
    ];
    this.show();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }

  private show(): void {
    const document = window.activeTextEditor?.document;
    const status = this.server.statusOf(document?.uri);
    if (!this.server.running || !status) {
      this.item.hide();
      return;
    }
    const isDraft =
      document !== undefined && languages.match(DRAFTS, document) > 0 && status.uri !== undefined;
    const revision = l10n.t('lexicon r{0}', status.revision);
    const parts = [status.asOf, ...(isDraft ? [findings(status)] : []), revision];
    this.item.text = `$(calendar) ${parts.join(' · ')}`;
    this.item.tooltip = tooltip(status);
    const wanting = status.counts.problems > 0;
    this.item.backgroundColor = wanting ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.show();
  }
}

function findings({ counts }: Status): string {
  const remarks = (counts.info ?? 0) + (counts.hint ?? 0);
  return `$(error) ${counts.error ?? 0} $(warning) ${counts.warning ?? 0} $(info) ${remarks}`;
}

function tooltip(status: Status): MarkdownString {
  const lines = [
    l10n.t('As of {0} ({1})', status.asOf, status.originText),
    l10n.t('Lexicon revision {0}: {1} entries of its own', status.revision, status.counts.entries),
  ];
  if (status.counts.problems > 0) {
    lines.push(l10n.t('{0} faults in hegao.toml and the lexicon files', status.counts.problems));
  }
  lines.push(l10n.t('Click to choose another date.'));
  const text = new MarkdownString();
  for (const line of lines) {
    text.appendText(line).appendMarkdown('\n\n');
  }
  return text;
}
