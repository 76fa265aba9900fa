// Findings in drafts that are not open: the client asks for them every few seconds. A setting switches that off,
// until all drafts are to be checked.
import { workspace } from 'vscode';
import { type DiagnosticProviderMiddleware, vsdiag } from 'vscode-languageclient/node';

type Provide = NonNullable<DiagnosticProviderMiddleware['provideWorkspaceDiagnostics']>;

export class Unopened {
  private asked = false;

  get reported(): boolean {
    return this.asked || workspace.getConfiguration('hegao').get<boolean>('workspaceDiagnostics', true);
  }

  /** From here on they are reported, whatever the setting says. */
  ask(): void {
    this.asked = true;
  }

  /** Asks the server, or takes back what it has reported before. */
  readonly provide: Provide = (previous, token, report, next) => {
    if (this.reported) {
      return next(previous, token, report);
    }
    const items = previous.map(({ uri }) => ({
      kind: vsdiag.DocumentDiagnosticReportKind.full as const,
      uri,
      version: null,
      items: [],
    }));
    report({ items });
    return { items: [] };
  };
}
