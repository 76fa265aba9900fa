// Every text that l10n.t shows has a translation, and no translation is left over.
import { readdirSync, readFileSync } from 'node:fs';

const texts = new Set();
for (const file of readdirSync('src')) {
  for (const [, quote, text] of readFileSync(`src/${file}`, 'utf8').matchAll(
    /l10n\.t\(\s*(['"])(.*?)\1\s*[,)]/g,
  )) {
    texts.add(text.replaceAll(`\\${quote}`, quote));
  }
}
const read = (path) => Object.keys(JSON.parse(readFileSync(path, 'utf8')));
const faults = [];
const compare = (name, wanted, there) => {
  for (const key of wanted) {
    if (!there.has(key)) faults.push(`${name} lacks: ${key}`);
  }
  for (const key of there) {
    if (!wanted.has(key)) faults.push(`${name} has what nobody uses: ${key}`);
  }
};
compare('l10n/bundle.l10n.zh-cn.json', texts, new Set(read('l10n/bundle.l10n.zh-cn.json')));
const used = new Set(
  [...readFileSync('package.json', 'utf8').matchAll(/"%(.+?)%"/g)].map((match) => match[1]),
);
compare('package.nls.json', used, new Set(read('package.nls.json')));
compare('package.nls.zh-cn.json', used, new Set(read('package.nls.zh-cn.json')));
if (texts.size === 0 || faults.length > 0) {
  console.error(faults.join('\n') || 'no texts found in src');
  process.exit(1);
}
