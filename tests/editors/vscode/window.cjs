// VS Code (code-server) in headless Chromium, with a fresh user data folder and the packed extension; and what the
// tests do in its window.
const { execFileSync, spawn } = require('node:child_process');
const { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:net');
const { join } = require('node:path');
const { chromium } = require('playwright-core');

const { ARTEFACTS, CACHE, CODE_SERVER, VSIX } = process.env;
const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Default Light Modern',
  'security.workspace.trust.enabled': false,
  'security.workspace.trust.startupPrompt': 'never',
  'editor.fontFamily': "'Noto Sans Mono CJK SC'",
  'editor.hover.delay': 100,
  'editor.minimap.enabled': false,
  'editor.wordWrap': 'on',
  'files.autoSave': 'off',
  'git.enabled': false,
};
/** Where programs are looked for: no hegao is there, whatever runs these tests. VSCODE_CLI keeps a login shell from adding to it. */
const BARE_PATH = '/usr/local/bin:/usr/bin:/bin';
const CHROMIUM = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until `look` gives something true; fails with what it gave last. */
async function until(look, ms = 20000) {
  const end = Date.now() + ms;
  let seen;
  do {
    seen = await look();
    if (seen) return seen;
    await sleep(100);
  } while (Date.now() < end);
  throw new Error(`nothing in ${ms} ms`);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts everything from nothing, runs `work` with the window, and ends everything. `window.setUser` writes the
 * user's settings, which hold from the next `openFolder` on; `window.onPath` is a folder on its PATH.
 */
async function withWindow(work) {
  const user = join(CACHE, 'vscode-user');
  const extensions = join(CACHE, 'vscode-extensions');
  const onPath = join(CACHE, 'vscode-path');
  for (const folder of [user, extensions, onPath]) rmSync(folder, { recursive: true, force: true });
  for (const folder of [join(user, 'User'), onPath]) mkdirSync(folder, { recursive: true });
  const setUser = (settings) =>
    writeFileSync(join(user, 'User', 'settings.json'), JSON.stringify({ ...SETTINGS, ...settings }));
  setUser({});
  const places = ['--user-data-dir', user, '--extensions-dir', extensions];
  execFileSync(process.execPath, [CODE_SERVER, '--install-extension', VSIX, ...places], { stdio: 'pipe' });
  const port = await freePort();
  const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
  const server = spawn(
    process.execPath,
    [CODE_SERVER, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, ...quiet, ...places],
    { stdio: 'ignore', detached: true, env: { ...process.env, PATH: `${onPath}:${BARE_PATH}`, VSCODE_CLI: '1' } },
  );
  let browser;
  try {
    const address = `http://127.0.0.1:${port}/`;
    await until(() => fetch(`${address}healthz`).then(() => true, () => false), 60000);
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: CHROMIUM });
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    return await work(Object.assign(new Window(page), { address, setUser, extensions, onPath, logs: join(user, 'logs') }));
  } finally {
    await browser?.close();
    process.kill(-server.pid);
  }
}

class Window {
  constructor(page) {
    this.page = page;
  }

  /** A path inside the installed extension. */
  extension(path) {
    const [folder] = readdirSync(this.extensions).filter((name) => name.startsWith('hegao.hegao-'));
    return join(this.extensions, folder, path);
  }

  shot(name) {
    return this.page.screenshot({ path: join(ARTEFACTS, `${name}.png`) });
  }

  /** Writes the workspace's settings, which VS Code takes over at once. */
  configure(settings) {
    mkdirSync(join(this.folder, '.vscode'), { recursive: true });
    writeFileSync(join(this.folder, '.vscode', 'settings.json'), JSON.stringify(settings));
  }

  /** Opens a workspace folder, and waits for its files. */
  async openFolder(folder) {
    this.folder = folder;
    await this.page.goto(`${this.address}?folder=${folder}`);
    await this.page.waitForSelector('.monaco-workbench', { timeout: 60000 });
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60000 });
  }

  /** Waits until the extension host has started what starts with the window, as its log tells. */
  untilUp() {
    return until(() =>
      readdirSync(this.logs, { recursive: true })
        .filter((name) => name.endsWith('remoteexthost.log'))
        .some((name) => readFileSync(join(this.logs, name), 'utf8').includes('Eager extensions activated')),
    );
  }

  /** The line of the explorer with this name. */
  file(name) {
    return this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();
  }

  /** The line of the list under the command palette, a file search or a choice. */
  choice(text) {
    return this.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  }

  /** Takes the first choice once it has the text. A click could meet a list that is still being sorted. */
  async takeFirst(text) {
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text }).waitFor();
    await this.page.keyboard.press('Enter');
  }

  async type(text) {
    await this.page.waitForSelector('.quick-input-widget:not([style*="display: none"]) input');
    await this.page.keyboard.insertText(text);
  }

  /** Runs a command of the palette by its title. */
  async command(title) {
    await this.page.keyboard.press('F1');
    await this.type(title);
    await this.takeFirst(title);
  }

  /** Opens a file of the workspace by name. */
  async open(name) {
    await this.page.keyboard.press('Control+p');
    await this.type(name);
    await this.takeFirst(name);
    await this.tab(name);
  }

  tab(name) {
    return this.page.locator('.tab.active', { hasText: name }).waitFor();
  }

  /** Selects the words in the editor with its own search, and leaves the cursor on them. */
  async find(words) {
    const { page } = this;
    await page.locator('.editor-instance .monaco-editor').first().click({ position: { x: 300, y: 12 } });
    await page.keyboard.press('Control+f');
    await page.waitForSelector('.find-widget.visible');
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(words);
    await page.keyboard.press('Enter');
    await page.locator('.find-widget .matchesCount', { hasText: /^\d+ of \d+$/ }).waitFor();
    // Under load the first one can come before the widget listens.
    await until(async () => {
      await page.keyboard.press('Escape');
      await sleep(200);
      return (await page.locator('.find-widget.visible').count()) === 0;
    });
  }

  /** Puts the cursor before the words and gives its box on the page. */
  async boxOf(words) {
    await this.find(words);
    await this.page.keyboard.press('ArrowLeft');
    return until(() => this.page.locator('.cursors-layer .cursor').first().boundingBox());
  }

  /** Points at the words, and gives the lines of the card that comes up; away and back again if a redraw has closed it. */
  async hover(words, expected) {
    const box = await this.boxOf(words);
    const rows = this.page.locator('.monaco-hover:not(.hidden) .hover-row');
    const has = async () => {
      const card = (await rows.allTextContents()).join('\n');
      return expected.every((part) => card.includes(part)) && card;
    };
    return until(async () => {
      await this.page.mouse.move(box.x + 20, box.y + 8);
      await sleep(200);
      await this.page.mouse.move(box.x + 24, box.y + 9);
      return until(has, 3000).catch(() => this.page.mouse.move(10, 10));
    });
  }

  /** Has the problems view show one file: what is out of view is not on the page. */
  async listOnly(file) {
    if ((await this.page.locator('.markers-panel').count()) === 0) await this.page.keyboard.press('Control+Shift+m');
    await this.page.locator('.markers-panel').waitFor();
    await this.page.locator('.panel input[placeholder*="**/*.ts"]').fill(file);
  }

  /** The lines of the problems view. */
  async problems() {
    return (await this.page.locator('.markers-panel .monaco-list-row').allTextContents()).join('\n');
  }

  /** Waits until the problems view has the code, or with `isThere` false no longer has it. */
  untilProblem(code, isThere = true) {
    return until(async () => (await this.problems()).includes(code) === isThere);
  }

  async text() {
    return (await this.page.locator('.view-lines').first().innerText()).replaceAll('\u00a0', ' ');
  }

  get status() {
    return this.page.locator('.statusbar-item[id*="hegao"]').first();
  }
}

module.exports = { sleep, until, withWindow };
