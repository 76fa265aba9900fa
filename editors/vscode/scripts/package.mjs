// Packs the extension for one platform with the program inside.
//   HEGAO_BINARY  the program; else target/release/hegao of this repository
//   HEGAO_TARGET  the platform as VS Code names it (linux-x64, win32-arm64 …); else this machine's
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(dirname(here));
const target = process.env.HEGAO_TARGET ?? `${process.platform}-${process.arch}`;
const name = target.startsWith('win32') ? 'hegao.exe' : 'hegao';
const binary = resolve(process.env.HEGAO_BINARY ?? join(root, 'target', 'release', name));
if (!existsSync(binary)) {
  console.error(`There is no ${binary}: run "cargo build --release" first, or set HEGAO_BINARY.`);
  process.exit(1);
}

process.chdir(here);
rmSync('bin', { recursive: true, force: true });
mkdirSync('bin');
copyFileSync(binary, join('bin', name));
chmodSync(join('bin', name), 0o755);
copyFileSync(join(root, 'LICENSE-MIT'), 'LICENSE');

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const file = `hegao-${target}-${version}.vsix`;
const script = (path) => join('node_modules', ...path);
const run = (...args) => execFileSync(process.execPath, args, { stdio: 'inherit' });
rmSync('dist', { recursive: true, force: true });
execFileSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['run', '--silent', 'build'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
run(
  script(['@vscode', 'vsce', 'vsce']),
  'package',
  '--target',
  target,
  '--no-dependencies',
  '--allow-missing-repository',
  '--out',
  file,
);
