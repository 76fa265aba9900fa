// The commands, the task, the walkthrough, the snippets; and what is told when there is no program.
const { readFileSync, renameSync, symlinkSync } = require('node:fs');
const { join } = require('node:path');
const { holds, step } = require('./steps.cjs');
const { sleep, until } = require('./window.cjs');

async function commands(window, workspace) {
  const { page } = window;
  const hasText = (words, isThere = true) => until(async () => (await window.text()).includes(words) === isThere);
  const threeOf = (code) => until(async () => (await window.problems()).split(code).length === 4);
  await step(window, 'drafts that are not open', async () => {
    await window.listOnly('2022-07-11');
    await threeOf('P201');
    window.configure({ 'hegao.workspaceDiagnostics': false });
    await window.untilProblem('P201', false);
  });
  await step(window, 'check workspace', async () => {
    await window.command('Check Workspace');
    await threeOf('P201');
    window.configure({});
  });
  await step(window, 'task with a problem matcher', async () => {
    window.configure({ 'hegao.workspaceDiagnostics': false });
    await window.command('hegao: Restart Server');
    await window.untilProblem('P201', false);
    await page.waitForSelector('.squiggly-warning');
    await sleep(1000);
    holds(!(await window.problems()).includes('P201'), await window.problems());
    await page.keyboard.press('F1');
    await window.type('Tasks: Run Task');
    await page.locator('.quick-input-list .monaco-list-row[aria-label^="Tasks: Run Task"]').click();
    await window.choice('hegao').click();
    await window.choice('check drafts').click();
    await threeOf('P201');
    window.configure({});
  });
  await step(window, 'open lexicon entry', async () => {
    await window.command('Open Lexicon Entry');
    await window.type('wuhaiying');
    await window.choice('吴海英').click();
    await window.tab('people.toml');
    await hasText('wu-haiying');
  });
  await step(window, 'publishable text', async () => {
    await window.open('2022-07-12-places-and-order.md');
    await hasText('](@');
    await window.command('Show Publishable Text');
    const aside = page.locator('.editor-instance .view-lines').nth(1);
    await until(async () => (await aside.innerText()).includes('通化县'));
    holds(!(await aside.innerText()).includes('](@'), await aside.innerText());
    await window.command('View: Revert and Close Editor');
  });
  await step(window, 'annotated page', async () => {
    await window.open('2022-07-11-posts.md');
    await window.command('Export Annotated HTML');
    await page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).click();
    const html = () => readFileSync(join(workspace, 'drafts/2022-07-11-posts.html'), 'utf8');
    await until(() => {
      try {
        return html().includes('张恩惠');
      } catch {
        return false;
      }
    });
    await page.locator('.notification-list-item', { hasText: '2022-07-11-posts.html' }).waitFor();
  });
  await step(window, 'snippets', async () => {
    await window.open('2022-07-14-names.md');
    await window.find('本报7月14日讯');
    await window.command('Insert Snippet');
    await window.type('hegao-ignore');
    await window.choice('hegao-ignore').click();
    await hasText('<!-- hegao: ignore-next-line');
  });
  await step(window, 'walkthrough', async () => {
    await window.command('Welcome: Open Walkthrough');
    await window.type('Check a draft');
    await window.choice('Check a draft with hegao').click();
    const page1 = page.locator('.gettingStartedContainer');
    for (const title of ['Write or open a draft', 'Say which day', 'Keep your own lexicon', 'Check all drafts']) {
      await page1.locator('.step-title', { hasText: title }).waitFor();
    }
    await window.shot('walkthrough');
  });
  await step(window, 'restart, and the output', async () => {
    await window.open('2022-07-11-posts.md');
    await window.command('hegao: Restart Server');
    await page.waitForSelector('.squiggly-error');
    await window.command('hegao: Show Output');
    // The view takes over the filter of the problems, at a time of its own.
    await page.locator('.panel .output-view').waitFor();
    await until(async () => {
      await page.locator('.panel input[placeholder^="Filter"]:visible').fill('');
      const lines = await page.locator('.panel .view-lines').innerText();
      return /hegao \d+\.\d+/.test(lines.replaceAll('\u00a0', ' '));
    });
  });
  await step(window, 'no program is told, with buttons, and PATH is looked at', async () => {
    const inside = window.extension('bin');
    renameSync(inside, `${inside}-away`);
    try {
      await withoutProgram(window, join(`${inside}-away`, 'hegao'));
    } finally {
      renameSync(`${inside}-away`, inside);
    }
  });
}

/** Restarts without a program anywhere, then with one on PATH, which is a link to `elsewhere`. */
async function withoutProgram(window, elsewhere) {
  const { page } = window;
  await window.command('hegao: Restart Server');
  const notice = page.locator('.notification-list-item', { hasText: 'drafts are not checked' });
  for (const button of ['Set its path', 'How to install', 'Show output']) {
    await notice.locator('.monaco-button', { hasText: button }).waitFor();
  }
  await window.shot('no-program');
  symlinkSync(elsewhere, join(window.onPath, 'hegao'));
  await window.command('hegao: Restart Server');
  await page.waitForSelector('.squiggly-error');
}

module.exports = { commands };
