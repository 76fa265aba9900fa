// A workspace that is not trusted, in a Chinese window: drafts are checked, and nothing from it is run until it is
// trusted.
const { chmodSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { holds, step } = require('./steps.cjs');
const { sleep, until } = require('./window.cjs');

async function restricted(window) {
  const { page } = window;
  const folder = join(process.env.CACHE, 'vscode-restricted');
  const ran = join(folder, 'ran');
  rmSync(folder, { recursive: true, force: true });
  cpSync('examples/jilin', folder, { recursive: true });
  mkdirSync(join(folder, '.vscode'));
  writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify({ 'hegao.path': 'own/hegao' }));
  mkdirSync(join(folder, 'own'));
  writeFileSync(join(folder, 'own/hegao'), `#!/bin/sh\necho "$@" >>'${ran}'\nexec '${process.env.HEGAO_BINARY}' "$@"\n`);
  chmodSync(join(folder, 'own/hegao'), 0o755);

  await step(window, 'a workspace that is not trusted', async () => {
    window.setUser({ 'security.workspace.trust.enabled': true, 'workbench.colorTheme': 'Default Dark Modern' });
    // No language pack is to be had; the extension's own texts follow the window's language without one.
    await page.addInitScript(() => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: 'zh-cn' }));
    await window.openFolder(folder);
    await window.open('2022-07-12-places-and-order.md');
    await page.waitForSelector('.squiggly-error');
    holds((await page.locator('.statusbar').textContent()).includes('Restricted Mode'), 'a trusted workspace');
    await window.hover('白山市通化县', ['通化县不属于白山市']);
    await window.shot('restricted');
    await sleep(1000);
    holds(!existsSync(ran), 'the workspace’s own program ran');
  });
  await step(window, 'texts in Chinese', async () => {
    await until(async () => /2022-07-12.*词库 r\d+/.test(await window.status.textContent()));
    await page.keyboard.press('F1');
    await window.type('选择核对日期');
    await window.choice('核稿: 选择核对日期').waitFor();
    await page.keyboard.press('Escape');
  });
  await step(window, 'the same workspace, trusted', async () => {
    await window.command('Manage Workspace Trust');
    await page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ }).first().click();
    await until(() => existsSync(ran));
    await window.open('2022-07-11-posts.md');
    await page.waitForSelector('.squiggly-error');
  });
}

module.exports = { restricted };
