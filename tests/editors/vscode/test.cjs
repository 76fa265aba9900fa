// VS Code (code-server) in headless Chromium with the packed extension, a fresh user data folder and a copy of
// examples/jilin. Screenshots go to ARTEFACTS.
const { execFileSync, spawn } = require('node:child_process');
const { mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:net');
const { loadavg } = require('node:os');
const { join } = require('node:path');
const { chromium } = require('playwright-core');

const { ARTEFACTS, CACHE, CODE_SERVER, VSIX } = process.env;
const workspace = join(CACHE, 'vscode-workspace');
const user = join(CACHE, 'vscode-user');
const extensions = join(CACHE, 'vscode-extensions');
let passed = 0;
let failed = 0;

async function step(what, run) {
  try {
    await run();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`vscode: FAILED ${what}: ${String(error.message ?? error).split('\n').slice(0, 6).join('\n  ')}`);
    await page.screenshot({ path: join(ARTEFACTS, `failed-${failed}.png`) });
    await page.keyboard.press('Escape');
  }
}
const holds = (ok, seen) => {
  if (!ok) throw new Error(`saw ${JSON.stringify(seen)}`);
};

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

let page;
const times = {};
const shot = (name) => page.screenshot({ path: join(ARTEFACTS, `${name}.png`) });
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

/** Runs a command of the palette by its title. */
async function command(title) {
  await page.keyboard.press('F1');
  await page.waitForSelector('.quick-input-widget:not([style*="display: none"]) input');
  await page.keyboard.insertText(title);
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  await row.waitFor();
  await row.click();
}
/** Opens a file of the workspace by name. */
async function open(name) {
  await page.keyboard.press('Control+p');
  await page.waitForSelector('.quick-input-widget input');
  await page.keyboard.insertText(name);
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
  await row.waitFor();
  await row.click();
  await page.locator('.tab.active', { hasText: name }).waitFor();
}
/** Puts the cursor on the words and gives its box on the page. */
async function boxOf(words) {
  await find(words);
  await page.keyboard.press('ArrowLeft');
  await sleep(200);
  const box = await page.locator('.cursors-layer .cursor').first().boundingBox();
  holds(box, `no cursor at ${words}`);
  return box;
}
/** Has the problems view show one file: what is out of view is not on the page. */
async function listOnly(file) {
  const filter = page.locator('.panel input[placeholder^="Filter"]').first();
  await filter.fill(file);
}
/** The lines of the problems view. */
async function problems() {
  const rows = await page.locator('.markers-panel .monaco-list-row').allTextContents();
  return rows.join('\n');
}
/** Selects the words in the editor with its own search, and leaves the cursor on them. */
async function find(words) {
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
/** A draft for typing; a name the lexicon lacks, and one without his post. */
const TYPED = '2022-07-15-typed.md';
const TYPED_TEXT = `---
date: 2022-07-15
home: "220000"
---

省交通运输厅厅长何文川出席会议。

胡家福说，要抓紧。

会上，
`;
/** The colour of the words in the editor. */
const colourOf = (words) =>
  page.evaluate((words) => {
    const spans = [...document.querySelectorAll('.view-line span span')];
    const span = spans.find((span) => span.textContent === words);
    return span && getComputedStyle(span).color;
  }, words);
const editorText = async () => (await page.locator('.view-lines').first().innerText()).replaceAll('\u00a0', ' ');

async function main() {
  for (const folder of [user, extensions]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(user, 'User'), { recursive: true });
  writeFileSync(join(workspace, 'drafts', TYPED), TYPED_TEXT);
  writeFileSync(
    join(user, 'User', 'settings.json'),
    JSON.stringify({
      'workbench.startupEditor': 'none',
      'editor.fontFamily': "'Noto Sans Mono CJK SC'",
      'editor.hover.delay': 100,
      'editor.minimap.enabled': false,
      'editor.wordWrap': 'on',
      'files.autoSave': 'off',
      'git.enabled': false,
    }),
  );
  const places = ['--user-data-dir', user, '--extensions-dir', extensions];
  execFileSync(process.execPath, [CODE_SERVER, '--install-extension', VSIX, ...places], { stdio: 'pipe' });
  const port = await freePort();
  const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--disable-getting-started-override'];
  const server = spawn(
    process.execPath,
    [CODE_SERVER, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, ...quiet, ...places],
    { stdio: 'ignore', detached: true },
  );
  let browser;
  try {
    await until(() => fetch(`http://127.0.0.1:${port}/healthz`).then(() => true, () => false), 60000);
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync'],
    });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    times.page = Date.now();
    await page.goto(`http://127.0.0.1:${port}/?folder=${workspace}`);
    await page.waitForSelector('.monaco-workbench', { timeout: 60000 });
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60000 });
    await steps();
  } finally {
    await browser?.close();
    process.kill(-server.pid);
  }
  console.log(`vscode: ${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

async function steps() {
  await step('squiggles', async () => {
    await page.keyboard.press('Control+p');
    await page.waitForSelector('.quick-input-widget input');
    await page.keyboard.insertText('2022-07-12');
    const row = page.locator('.quick-input-list .monaco-list-row', { hasText: '2022-07-12' }).first();
    await row.waitFor();
    const start = Date.now();
    await row.click();
    await page.locator('.view-line', { hasText: '白山市通化县' }).first().waitFor({ timeout: 30000 });
    const shown = Date.now();
    await page.waitForSelector('.squiggly-error', { timeout: 30000 });
    const found = Date.now();
    console.log(
      `vscode: first squiggle ${found - start} ms after the draft was opened (its text after ${shown - start} ms), ` +
        `${found - times.page} ms after the page was asked for; load ${loadavg()[0].toFixed(1)}`,
    );
  });
  await step('problems', async () => {
    await page.keyboard.press('Control+Shift+m');
    await listOnly('2022-07-12-places');
    await until(async () => (await problems()).includes('L101'));
    const seen = await problems();
    for (const code of ['P301', 'A101', 'A102']) holds(seen.includes(code), seen);
  });
  await step('status bar', async () => {
    const item = page.locator('.statusbar-item[id*="hegao"]').first();
    await until(async () => (await item.textContent())?.includes('2022-07-12'));
    const seen = await item.textContent();
    holds(/r\d+/.test(seen), seen);
  });
  await step('hover card', async () => {
    const box = await boxOf('白山市通化县');
    await page.mouse.move(box.x + 20, box.y + 8);
    await sleep(200);
    await page.mouse.move(box.x + 24, box.y + 9);
    const card = page.locator('.monaco-hover:not(.hidden) .hover-row').first();
    await card.waitFor();
    await until(async () => (await card.textContent())?.includes('通化县'));
    await until(async () => (await page.locator('.monaco-hover:not(.hidden) .hover-row').count()) > 1);
    const seen = (await page.locator('.monaco-hover:not(.hidden) .hover-row').allTextContents()).join('\n');
    await shot('hover');
    holds(seen.includes('通化县不属于白山市') && seen.includes('白山市'), seen);
  });
  await step('quick fix', async () => {
    await boxOf('白山市通化县');
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget .monaco-list-row', { hasText: '通化市' }).first().waitFor();
    await shot('quick-fix');
    // The preferred fix is chosen already.
    await page.keyboard.press('Enter');
    await until(async () => (await editorText()).includes('通化市通化县'));
    await until(async () => !(await problems()).includes('L101'));
  });
  await step('go to definition', async () => {
    await find('胡家福到');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('F12');
    await page.locator('.tab.active', { hasText: 'people.toml' }).waitFor();
    await until(async () => (await editorText()).includes('hu-jiafu'));
  });
  await step('findings follow the lexicon edited in another tab', async () => {
    // The cursor stands on the name after the jump; the entry gets another name.
    await find('name = "胡家福"');
    await page.keyboard.insertText('name = "胡佳福"');
    await page.keyboard.press('Control+s');
    await until(() => readFileSync(join(workspace, 'lexicon/people.toml'), 'utf8').includes('胡佳福'));
    await until(async () => !(await problems()).includes('P301'));
    await find('name = "胡佳福"');
    await page.keyboard.insertText('name = "胡家福"');
    await page.keyboard.press('Control+s');
    await until(async () => (await problems()).includes('P301'));
  });
  await step('fix all', async () => {
    await open('2022-07-13-formulations.md');
    await listOnly('2022-07-13');
    await until(async () => (await problems()).includes('S101'));
    await page.locator('.view-line').first().click();
    await command('Fix All');
    await until(async () => !(await problems()).includes('S101'));
    const seen = await editorText();
    holds(!seen.includes('疫情要控住'), seen);
  });
  await step('lexicon view', async () => {
    await listOnly('2022-07-12');
    await page.locator('.activitybar .action-item', { has: page.locator('[aria-label*="hegao"]') }).first().click();
    const people = page.locator('.sidebar .pane-body .monaco-list-row', { hasText: 'People by post' }).first();
    await people.waitFor();
    await people.click();
    const post = page.locator('.sidebar .pane-body .monaco-list-row', { hasText: '吴海英' }).first();
    await post.waitFor();
    await post.click();
    await sleep(300);
    await shot('lexicon');
  });
  await step('inlay hint', async () => {
    await open(TYPED);
    await until(async () => (await editorText()).includes('胡家福（省委常委、延边州委书记）说'));
  });
  await step('colours of names', async () => {
    const plain = await until(() => colourOf('说，要抓紧。'));
    const seen = await until(async () => {
      const colour = await colourOf('胡家福');
      return colour !== plain && colour;
    });
    holds(seen !== plain, seen);
  });
  await step('completion by pinyin initials', async () => {
    await find('会上，');
    await page.keyboard.press('End');
    await page.keyboard.type('hjf', { delay: 60 });
    const row = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: '胡家福' }).first();
    await row.waitFor();
    await shot('completion');
    await page.keyboard.press('Enter');
    await until(async () => (await editorText()).includes('会上，省委常委、延边州委书记胡家福'));
  });
  await step('add to lexicon writes the file', async () => {
    await listOnly('2022-07-15');
    await until(async () => (await problems()).includes('P501'));
    await find('何文川');
    await shot('add-to-lexicon');
    await command('Add to Lexicon');
    await until(() => readFileSync(join(workspace, 'lexicon/people.toml'), 'utf8').includes('name = "何文川"'));
    await until(async () => !(await problems()).includes('P501'));
  });
  await step('as-of date turns findings on and off', async () => {
    await open('2022-07-10-clean.md');
    await listOnly('2022-07-10');
    await page.locator('.statusbar-item[id*="hegao"]').first().click();
    await page.waitForSelector('.quick-input-widget input');
    await page.keyboard.insertText('2025-01-01');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: '2025-01-01' }).first().waitFor();
    await page.keyboard.press('Enter');
    await until(async () => (await problems()).includes('P202'));
    await shot('as-of');
    await page.locator('.statusbar-item[id*="hegao"]').first().click();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: /own date|自己的日期/ }).first().click();
    await until(async () => !(await problems()).includes('P202'));
  });
  await step('check workspace', async () => {
    await page.locator('.panel .action-label', { hasText: 'Output' }).first().click();
    await command('Check Workspace');
    await listOnly('2022-07-11');
    const codes = async () => (await problems()).match(/P201/g)?.length;
    await until(async () => (await codes()) > 0);
    await sleep(1000);
    holds((await codes()) === 3, await problems());
    await shot('workspace');
  });
}

main().catch((error) => {
  console.log(`vscode: FAILED ${error.stack ?? error}`);
  process.exit(1);
});
