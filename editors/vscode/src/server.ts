// The language server's life: found, started, restarted, stopped; and who listens to its status.
import {
  commands,
  type Disposable,
  EventEmitter,
  type ExtensionContext,
  env,
  type LogOutputChannel,
  l10n,
  Uri,
  window,
  workspace,
} from 'vscode';
import { LanguageClient, type LanguageClientOptions, State } from 'vscode-languageclient/node';
import { findBinary, type Search } from './binary';
import { type Status, StatusNotification } from './protocol';
import { Unopened } from './unopened';

const DRAFTS = ['markdown', 'plaintext'];
const RELEASES = 'https://crates.io/crates/hegao';

export class Server implements Disposable {
  private client: LanguageClient | undefined;
  private binary: string | undefined;
  private restarts = Promise.resolve();
  private readonly statuses = new Map<string, Status>();
  private readonly changes = new EventEmitter<Status | undefined>();
  private readonly subscriptions: Disposable[] = [this.changes];

  /** The drafts that are not open; asking for them holds until the server stops. */
  unopened = new Unopened();

  /** Told of each new status, and with `undefined` when the server has started or stopped. */
  readonly onStatus = this.changes.event;

  constructor(
    private readonly context: ExtensionContext,
    readonly output: LogOutputChannel,
  ) {
    this.subscriptions.push(
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('hegao.path')) {
          this.restart();
        }
      }),
      workspace.onDidGrantWorkspaceTrust(() => {
        // A relative `hegao.path` holds from here on; the workspace's own one comes as a changed setting.
        if (workspace.getConfiguration('hegao').get<string>('path', '') !== '') {
          this.restart();
        }
      }),
    );
  }

  /** The client, if the server runs. */
  get running(): LanguageClient | undefined {
    return this.client?.state === State.Running ? this.client : undefined;
  }

  /** The client; throws what to tell the user if the server does not run. */
  get needed(): LanguageClient {
    const client = this.running;
    if (!client) {
      throw new Error(l10n.t('The language server is not running.'));
    }
    return client;
  }

  /** Whether the server reports on drafts that are not open. */
  get reportsAll(): boolean {
    return this.running !== undefined && this.unopened.reported;
  }

  /** The program to run for one-off commands. */
  get program(): string {
    if (this.binary === undefined) {
      throw new Error(l10n.t('The program hegao was not found.'));
    }
    return this.binary;
  }

  /** The last status of a draft, else of the project told last. */
  statusOf(uri: Uri | undefined): Status | undefined {
    return (uri && this.statuses.get(key(uri.toString()))) ?? this.statuses.get('');
  }

  async start(): Promise<void> {
    const search = await findBinary(this.context);
    this.binary = search.binary?.path;
    for (const { path, reason } of search.refused) {
      this.output.warn(l10n.t('{0} cannot be used: {1}', path, reason));
    }
    if (!search.binary) {
      this.tellMissing(search);
      return;
    }
    if (search.refused.length > 0) {
      this.tellReplaced(search, search.binary.path);
    }
    this.output.info(`${search.binary.version}: ${search.binary.path}`);
    const client = new LanguageClient(
      'hegao',
      'hegao',
      { command: search.binary.path, args: ['lsp'] },
      this.options(),
    );
    client.onNotification(StatusNotification, (status) => {
      this.statuses.set(status.uri === undefined ? '' : key(status.uri), status);
      this.changes.fire(status);
    });
    this.client = client;
    await client.start();
    await commands.executeCommand('setContext', 'hegao.running', true);
    this.changes.fire(undefined);
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.statuses.clear();
    this.unopened = new Unopened();
    await client?.dispose();
  }

  /** Restarts asked for at once, by a changed setting and by granted trust, follow one another. */
  restart(): Promise<void> {
    const next = this.restarts.then(async () => {
      await this.stop();
      await commands.executeCommand('setContext', 'hegao.running', false);
      this.changes.fire(undefined);
      await this.start();
    });
    this.restarts = next.catch(() => undefined);
    return next;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }

  private options(): LanguageClientOptions {
    const schemes = ['file', 'untitled'];
    return {
      documentSelector: [
        ...DRAFTS.flatMap((language) => schemes.map((scheme) => ({ scheme, language }))),
        { scheme: 'file', pattern: '**/*.{toml,csv}' },
      ],
      outputChannel: this.output,
      synchronize: { configurationSection: 'hegao' },
      markdown: { isTrusted: false, supportHtml: false },
      middleware: { provideWorkspaceDiagnostics: this.unopened.provide },
    };
  }

  private async tellMissing({ refused }: Search): Promise<void> {
    const tried = refused.map(({ path, reason }) => `${path}: ${reason}`).join('; ');
    const message = tried
      ? l10n.t('hegao cannot run, so drafts are not checked. Tried: {0}', tried)
      : l10n.t(
          'The program hegao was not found, so drafts are not checked. It is not inside this extension and not on PATH.',
        );
    const settings = l10n.t('Set its path');
    const install = l10n.t('How to install');
    const output = l10n.t('Show output');
    const choice = await window.showErrorMessage(message, settings, install, output);
    if (choice === settings) {
      await commands.executeCommand('workbench.action.openSettings', 'hegao.path');
    } else if (choice === install) {
      await env.openExternal(Uri.parse(RELEASES));
    } else if (choice === output) {
      this.output.show();
    }
  }

  private async tellReplaced({ refused }: Search, used: string): Promise<void> {
    const first = refused[0];
    if (!first) {
      return;
    }
    const settings = l10n.t('Set its path');
    const message = l10n.t('{0} cannot be used ({1}); {2} is used instead.', first.path, first.reason, used);
    if ((await window.showWarningMessage(message, settings)) === settings) {
      await commands.executeCommand('workbench.action.openSettings', 'hegao.path');
    }
  }
}

/** A URI as both sides write it: VS Code escapes more characters than the server. */
function key(uri: string): string {
  return Uri.parse(uri).toString();
}
