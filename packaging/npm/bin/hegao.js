#!/usr/bin/env node
// Runs the program of this platform, which the package carries in platforms/<platform>-<arch>/.
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const platform = `${process.platform}-${process.arch}`;
const program = join(__dirname, '..', 'platforms', platform, process.platform === 'win32' ? 'hegao.exe' : 'hegao');
if (!existsSync(program)) {
  console.error(`hegao: this package has no program for ${platform}; use "cargo install hegao"`);
  process.exit(2);
}
const { status, signal, error } = spawnSync(program, process.argv.slice(2), { stdio: 'inherit' });
if (error) {
  console.error(`hegao: ${error.message}`);
  process.exit(2);
}
if (signal) {
  process.kill(process.pid, signal);
}
process.exit(status ?? 2);
