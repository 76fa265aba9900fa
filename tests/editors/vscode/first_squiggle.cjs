// How long the first finding takes: from the double click on the draft to the squiggle. Run on its own, RUNS times
// from nothing each: in a project, clicked as soon as the explorer shows the draft, while VS Code still starts its
// extension host; and in a folder without hegao.toml, clicked when VS Code is up, where only the draft has hegao's
// extension activated and the server started.
const { cpSync, mkdirSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const { loadavg } = require('node:os');
const { withWindow } = require('./window.cjs');

const DRAFT = '2022-07-12-places-and-order.md';

async function measure(window, folder, isUp = false) {
  const asked = Date.now();
  await window.openFolder(folder);
  await window.file('drafts').click();
  await window.file(DRAFT).waitFor();
  const listed = Date.now();
  if (isUp) await window.untilUp();
  const clicked = Date.now();
  await window.file(DRAFT).dblclick();
  await window.tab(DRAFT);
  const opened = Date.now();
  await window.page.locator('.view-line', { hasText: '白山市通化县' }).first().waitFor({ timeout: 30000 });
  const shown = Date.now();
  await window.page.waitForSelector('.squiggly-error', { timeout: 30000 });
  const found = Date.now();
  console.log(
    `vscode: ${isUp ? 'window up' : 'at once'}; page and explorer ${listed - asked} ms; from the double click on the draft: tab ${opened - clicked} ms, ` +
      `text ${shown - clicked} ms, first squiggle ${found - clicked} ms; load ${loadavg()[0].toFixed(1)}`,
  );
}

async function main() {
  const project = join(process.env.CACHE, 'vscode-workspace');
  const bare = join(process.env.CACHE, 'vscode-bare');
  rmSync(bare, { recursive: true, force: true });
  mkdirSync(bare);
  cpSync(join(project, 'drafts'), join(bare, 'drafts'), { recursive: true });
  for (let run = 0; run < Number(process.env.RUNS ?? 5); run += 1) {
    await withWindow((window) => measure(window, project));
    await withWindow((window) => measure(window, bare, true));
  }
}

module.exports = { measure };
if (require.main === module) {
  main().catch((error) => {
    console.log(`vscode: FAILED ${error.stack ?? error}`);
    process.exit(1);
  });
}
