// Names have colours of their own, and read well in the light and in the dark theme.
const { holds, step } = require('./steps.cjs');
const { sleep, until } = require('./window.cjs');

/** The least contrast for text by WCAG 2.1, level AA. */
const READABLE = 4.5;
const NAMES = { person: '胡家福', place: '敦化市', slogan: '止跌、回升、增长', organization: '延边州委' };

async function looks(window) {
  for (const [name, theme] of [['light', 'Default Light Modern'], ['dark', 'Default Dark Modern']]) {
    await step(window, `colours in the ${name} theme`, async () => {
      window.configure({ 'workbench.colorTheme': theme });
      await window.page.waitForSelector(`.monaco-workbench.${name === 'light' ? 'vs' : 'vs-dark'}`);
      await window.open('2022-07-10-clean.md');
      await until(() => colourOf(window, NAMES.slogan));
      const seen = {};
      for (const [kind, words] of Object.entries(NAMES)) seen[kind] = contrast(await colourOf(window, words), await ground(window));
      seen.colours = new Set(await Promise.all(Object.values(NAMES).map((words) => colourOf(window, words)))).size;
      if (process.env.STEPS) console.log(`vscode: contrasts in the ${name} theme ${JSON.stringify(seen)}`);
      holds(seen.colours === Object.keys(NAMES).length, seen);
      for (const kind of Object.keys(NAMES)) holds(seen[kind] >= READABLE, seen);
      await window.shot(`names-${name}`);
      await window.open('2022-07-14-names.md');
      await window.page.waitForSelector('.squiggly-warning');
      await sleep(500);
      await window.shot(`findings-${name}`);
    });
  }
  window.configure({});
  await window.page.waitForSelector('.monaco-workbench.vs');
}

/** The colour of the words in the editor. */
const colourOf = (window, words) =>
  window.page.evaluate((words) => {
    const spans = [...document.querySelectorAll('.editor-instance .view-line span span')];
    const span = spans.find((span) => span.textContent === words);
    return span && getComputedStyle(span).color;
  }, words);

const ground = (window) =>
  window.page.evaluate(() => getComputedStyle(document.querySelector('.monaco-editor-background')).backgroundColor);

/** The contrast of two colours, `rgb(r, g, b)`, by WCAG 2.1. */
function contrast(one, other) {
  const luminance = (colour) => {
    const [red, green, blue] = colour.match(/\d+/g).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return Math.round(((bright + 0.05) / (dark + 0.05)) * 10) / 10;
}

module.exports = { looks };
