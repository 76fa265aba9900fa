// `hegao check` as a task: all drafts of a folder, with findings in the problems view.
import {
  commands,
  type Disposable,
  l10n,
  ProcessExecution,
  Task,
  type TaskDefinition,
  TaskGroup,
  TaskPanelKind,
  TaskRevealKind,
  tasks,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode';
import type { Server } from './server';

const TYPE = 'hegao';

interface Definition extends TaskDefinition {
  paths?: string[];
  args?: string[];
}

export function registerTasks(server: Server): Disposable {
  return tasks.registerTaskProvider(TYPE, {
    provideTasks: () =>
      (workspace.workspaceFolders ?? []).map((folder) => checkTask(server, folder, { type: TYPE })),
    resolveTask: (task) => {
      const folder = typeof task.scope === 'object' ? task.scope : workspace.workspaceFolders?.[0];
      return folder && checkTask(server, folder, task.definition as Definition);
    },
  });
}

/** Has the server report on all drafts, also those that are not open; without it the task does. */
export async function checkWorkspace(server: Server): Promise<void> {
  if (server.running) {
    server.unopened.ask();
    await commands.executeCommand('workbench.actions.view.problems');
    return;
  }
  const folders = workspace.workspaceFolders ?? [];
  const folder = folders.length > 1 ? await window.showWorkspaceFolderPick() : folders[0];
  if (folder) {
    await tasks.executeTask(checkTask(server, folder, { type: TYPE }));
  } else if (folders.length === 0) {
    throw new Error(l10n.t('Open a folder first.'));
  }
}

function checkTask(server: Server, folder: WorkspaceFolder, definition: Definition): Task {
  const args = [
    'check',
    '--format',
    'concise',
    '--no-progress',
    ...(definition.args ?? []),
    ...(definition.paths ?? ['.']),
  ];
  const execution = new ProcessExecution(server.program, args, { cwd: folder.uri.fsPath });
  // What the server reports is not to stand in the problems view twice.
  const matchers = server.reportsAll ? [] : ['$hegao'];
  const task = new Task(definition, folder, l10n.t('check drafts'), 'hegao', execution, matchers);
  const reveal = server.reportsAll ? TaskRevealKind.Always : TaskRevealKind.Never;
  task.group = TaskGroup.Test;
  task.presentationOptions = { reveal, panel: TaskPanelKind.Dedicated, clear: true };
  return task;
}
