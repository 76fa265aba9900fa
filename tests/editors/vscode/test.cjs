// A session in VS Code on a copy of examples/jilin, and one in a workspace that is not trusted. Screenshots go to
// ARTEFACTS; STEPS=1 tells each step's time.
const { join } = require('node:path');
const { looks } = require('./appearance.cjs');
const { commands } = require('./commands.cjs');
const { measure } = require('./first_squiggle.cjs');
const { restricted } = require('./restricted.cjs');
const { step, verdict } = require('./steps.cjs');
const { withWindow } = require('./window.cjs');
const { writing } = require('./writing.cjs');

async function main() {
  const workspace = join(process.env.CACHE, 'vscode-workspace');
  await withWindow(async (window) => {
    await step(window, 'squiggles', () => measure(window, workspace));
    await writing(window, workspace);
    await looks(window);
    await commands(window, workspace);
    await restricted(window);
  });
  process.exit(verdict());
}

main().catch((error) => {
  console.log(`vscode: FAILED ${error.stack ?? error}`);
  process.exit(1);
});
