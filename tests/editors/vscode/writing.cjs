// What a writer meets in a draft: findings, cards, fixes, completion, hints, and the lexicon behind them.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { holds, step } = require('./steps.cjs');
const { sleep, until } = require('./window.cjs');

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

async function writing(window, workspace) {
  const { page } = window;
  const people = () => readFileSync(join(workspace, 'lexicon/people.toml'), 'utf8');
  const hasText = (words) => until(async () => (await window.text()).includes(words));
  writeFileSync(join(workspace, 'drafts', TYPED), TYPED_TEXT);

  await step(window, 'problems', async () => {
    await window.listOnly('2022-07-12-places');
    await window.untilProblem('L101');
    const seen = await window.problems();
    for (const code of ['P301', 'A101', 'A102']) holds(seen.includes(code), seen);
  });
  await step(window, 'status bar', async () => {
    await until(async () => /2022-07-12.* 4 .*r\d+/.test(await window.status.textContent()));
  });
  await step(window, 'hover card', async () => {
    await window.hover('白山市通化县', ['通化县不属于白山市', '1985年']);
    await window.shot('hover');
  });
  await step(window, 'quick fix', async () => {
    await window.boxOf('白山市通化县');
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget .monaco-list-row', { hasText: '通化市' }).first().waitFor();
    await window.shot('quick-fix');
    // The preferred fix is chosen already.
    await page.keyboard.press('Enter');
    await hasText('通化市通化县');
    await window.untilProblem('L101', false);
  });
  await step(window, 'go to definition', async () => {
    await window.find('胡家福到');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('F12');
    await window.tab('people.toml');
    await hasText('hu-jiafu');
  });
  await step(window, 'findings follow the lexicon edited in another tab', async () => {
    await window.find('name = "胡家福"');
    await page.keyboard.insertText('name = "胡佳福"');
    await page.keyboard.press('Control+s');
    await until(() => people().includes('胡佳福'));
    await window.untilProblem('P301', false);
    await window.find('name = "胡佳福"');
    await page.keyboard.insertText('name = "胡家福"');
    await page.keyboard.press('Control+s');
    await window.untilProblem('P301');
  });
  await step(window, 'fix all', async () => {
    await window.open('2022-07-13-formulations.md');
    await window.listOnly('2022-07-13');
    await window.untilProblem('S101');
    await page.locator('.view-line').first().click();
    await window.command('Fix All');
    await window.untilProblem('S101', false);
    const seen = await window.text();
    holds(!seen.includes('疫情要控住'), seen);
  });
  await step(window, 'inlay hint', async () => {
    await window.open(TYPED);
    await hasText('胡家福（省委常委、延边州委书记）说');
  });
  await step(window, 'completion by pinyin initials', async () => {
    await window.find('会上，');
    await page.keyboard.press('End');
    await page.keyboard.type('hjf', { delay: 60 });
    await page.locator('.suggest-widget.visible .monaco-list-row', { hasText: '胡家福' }).first().waitFor();
    await window.shot('completion');
    await page.keyboard.press('Enter');
    await hasText('会上，省委常委、延边州委书记胡家福');
  });
  await step(window, 'add to lexicon writes the file', async () => {
    await window.listOnly('2022-07-15');
    await window.untilProblem('P501');
    await window.find('何文川');
    await window.command('Add to Lexicon');
    await until(() => people().includes('name = "何文川"'));
    await window.untilProblem('P501', false);
  });
  await step(window, 'as-of date turns findings on and off', async () => {
    await window.open('2022-07-10-clean.md');
    await window.listOnly('2022-07-10');
    await window.status.click();
    await window.type('2025-01-01');
    await window.choice('2025-01-01').waitFor();
    await page.keyboard.press('Enter');
    await window.untilProblem('P202');
    await window.shot('as-of');
    await window.status.click();
    await window.choice(/own date/).click();
    await window.untilProblem('P202', false);
  });
  await step(window, 'lexicon view', async () => {
    await page.locator('.activitybar .action-item', { has: page.locator('[aria-label*="hegao"]') }).first().click();
    const row = (name) =>
      page.locator('.sidebar .pane-body .monaco-list-row', { has: page.getByText(name, { exact: true }) }).first();
    await row('People by post').click();
    await row('吉林省委统战部部长').click();
    await page.locator('.sidebar .monaco-list-row[aria-level="3"]', { hasText: '吴海英' }).click();
    await window.tab('people.toml');
    await hasText('wu-haiying');
    await row('People by post').click();
    await row('Places').click();
    await row('吉林省').click();
    await page.locator('.sidebar .monaco-list-row[aria-level="3"]').first().waitFor();
    await sleep(300);
    await window.shot('places');
  });
}

module.exports = { writing };
