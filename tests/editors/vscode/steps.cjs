// Counts what holds, and keeps a picture of what does not.
let passed = 0;
let failed = 0;

async function step(window, what, run) {
  const start = Date.now();
  try {
    await run();
    passed += 1;
    if (process.env.STEPS) console.log(`vscode: ${what}, ${Date.now() - start} ms`);
  } catch (error) {
    failed += 1;
    console.log(`vscode: FAILED ${what}: ${String(error.message ?? error).split('\n').slice(0, 6).join('\n  ')}`);
    await window.shot(`failed-${failed}`);
    await window.page.keyboard.press('Escape');
  }
}

function holds(ok, seen) {
  if (!ok) throw new Error(`saw ${JSON.stringify(seen)}`);
}

/** Prints the counts; the exit code for them. */
function verdict() {
  console.log(`vscode: ${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

module.exports = { holds, step, verdict };
