// The lexicon view: people by post, places by hierarchy, formulations and the rest by name.
import {
  commands,
  type Disposable,
  EventEmitter,
  l10n,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  window,
} from 'vscode';
import { reveal } from './openEntry';
import { EntriesRequest, type Entry } from './protocol';
import type { Server } from './server';

/** A line of the tree: a heading with lines below it, or an entry. */
export interface Node {
  label: string;
  description?: string;
  icon?: string;
  entry?: Entry;
  children: Node[];
}

export class LexiconTree implements TreeDataProvider<Node>, Disposable {
  private readonly changes = new EventEmitter<void>();
  private readonly view: TreeView<Node>;
  private readonly subscriptions: Disposable[];
  /** The state of the lexicon that is shown. */
  private shown = '';

  readonly onDidChangeTreeData = this.changes.event;

  constructor(private readonly server: Server) {
    this.view = window.createTreeView('hegao.lexicon', { treeDataProvider: this, showCollapseAll: true });
    this.subscriptions = [
      this.changes,
      this.view,
      commands.registerCommand('hegao.editor.revealEntry', (entry: Entry) => reveal(entry.uri, entry.range)),
      server.onStatus((status) => {
        const state = status ? `${status.revision} ${status.asOf}` : '';
        if (state !== this.shown) {
          this.shown = state;
          this.refresh();
        }
      }),
    ];
  }

  refresh(): void {
    this.changes.fire();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }

  getTreeItem(node: Node): TreeItem {
    const isHeading = node.children.length > 0;
    const item = new TreeItem(
      node.label,
      isHeading ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None,
    );
    if (node.description !== undefined) {
      item.description = node.description;
    }
    if (node.icon !== undefined) {
      item.iconPath = new ThemeIcon(node.icon);
    }
    if (node.entry) {
      item.tooltip = `${node.entry.name} @${node.entry.id}`;
      item.command = { command: 'hegao.editor.revealEntry', title: l10n.t('Open'), arguments: [node.entry] };
    }
    return item;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node) {
      return node.children;
    }
    const client = this.server.running;
    if (!client) {
      return [];
    }
    const uri = window.activeTextEditor?.document.uri;
    const file = uri?.scheme === 'file' ? { uri: uri.toString() } : {};
    const { asOf, entries } = await client.sendRequest(EntriesRequest, file);
    this.view.description = entries.length > 0 ? asOf : '';
    return groups(entries);
  }
}

function groups(entries: Entry[]): Node[] {
  const of = (kind: Entry['kind']) => entries.filter((entry) => entry.kind === kind);
  const group = (label: string, icon: string, children: Node[], count: number): Node[] =>
    children.length > 0 ? [{ label, icon, description: String(count), children }] : [];
  const people = of('person');
  const places = of('place');
  const plain = (label: string, icon: string, kind: Entry['kind']) =>
    group(label, icon, of(kind).map(leaf), of(kind).length);
  return [
    ...group(l10n.t('People by post'), 'organization', byPost(people), people.length),
    ...group(l10n.t('Places'), 'globe', byHierarchy(places), places.length),
    ...plain(l10n.t('Formulations'), 'quote', 'slogan'),
    ...plain(l10n.t('Organizations'), 'home', 'organization'),
    ...plain(l10n.t('Terms'), 'symbol-string', 'term'),
    ...plain(l10n.t('Documents'), 'book', 'document'),
    ...plain(l10n.t('Orders of precedence'), 'list-ordered', 'precedence'),
  ];
}

function leaf(entry: Entry): Node {
  return { label: entry.name, description: `@${entry.id}`, entry, children: [] };
}

/** Each post of the day with who holds it; then those who hold none. */
function byPost(people: Entry[]): Node[] {
  const posts = new Map<string, Node>();
  const without: Node[] = [];
  for (const person of people) {
    const held = (person.posts ?? []).filter((post) => post.held);
    for (const { title, time } of held) {
      const post = posts.get(title) ?? { label: title, icon: 'briefcase', children: [] };
      post.children.push({ ...leaf(person), description: time, icon: 'person' });
      posts.set(title, post);
    }
    if (held.length === 0) {
      without.push({ ...leaf(person), icon: 'person' });
    }
  }
  const headings = [...posts.values()].map((post) => ({
    ...post,
    description: post.children.map((child) => child.label).join('、'),
  }));
  const rest = { label: l10n.t('No post known on that day'), children: without };
  return without.length > 0 ? [...headings, rest] : headings;
}

/** Each place below what it lies in. */
function byHierarchy(places: Entry[]): Node[] {
  const root: Node = { label: '', children: [] };
  const below = (parent: Node, label: string): Node => {
    const known = parent.children.find((child) => child.label === label);
    const child = known ?? { label, children: [] };
    if (!known) {
      parent.children.push(child);
    }
    return child;
  };
  for (const place of places) {
    const parent = (place.within ?? []).reduce(below, root);
    Object.assign(below(parent, place.name), { entry: place, icon: 'location', description: `@${place.id}` });
  }
  return root.children;
}
