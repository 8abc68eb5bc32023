// HTML files in Chromium: axe-core, light and dark, at several widths; overflow; what a page asks of the network or complains of.
//   node pages.mjs --modules DIR --chromium PATH --views 1280:light,360:dark --widths 320 FILE.html...
// `views` are judged by axe, `widths` only measured.  One JSON line a file: {file, faults: [text, ...]}.  Exit status 2: did not run.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import fs from 'node:fs';
import path from 'node:path';

const given = { modules: '.', chromium: 'chromium', views: '1280:light', widths: '' };
const files = [];
for (let i = 2; i < process.argv.length; i++) {
  const word = process.argv[i];
  if (word.startsWith('--')) given[word.slice(2)] = process.argv[++i];
  else files.push(word);
}
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--hide-scrollbars'];

const overflow = page => page.evaluate(() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return '';
  const edge = document.documentElement.clientWidth + 0.5;
  const guilty = [...document.querySelectorAll('body *')].find(e => e.getBoundingClientRect().right > edge);
  return `${wide} px too wide` + (guilty ? `: ${guilty.tagName.toLowerCase()}.${guilty.className}` : '');
});

async function judge(context, axe, file) {
  const faults = new Set();
  const page = await context.newPage();
  await page.route('**/*', route => {  // nothing leaves the machine
    const url = route.request().url();
    if (/^(file|data|blob|about):/.test(url)) return route.continue();
    faults.add(`asks for ${url}`);
    return route.abort();
  });
  page.on('console', message => { if (message.type() === 'error') faults.add(`console: ${message.text()}`); });
  page.on('pageerror', error => faults.add(`script: ${error}`));
  await page.goto(pathToFileURL(path.resolve(file)).href, { waitUntil: 'load' });
  await page.evaluate(() => document.fonts.ready.then(() => true));
  await page.evaluate(axe);
  for (const view of given.views.split(',')) {
    const [width, scheme] = view.split(':');
    await page.setViewportSize({ width: +width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    const wide = await overflow(page);
    if (wide) faults.add(`${width}: ${wide}`);
    const { violations } = await page.evaluate(tags => window.axe.run(document, { runOnly: { type: 'tag', values: tags } }), TAGS);
    for (const v of violations) faults.add(`${view} axe ${v.id} × ${v.nodes.length}: ${v.nodes[0].target.join(' ')}`);
  }
  for (const width of given.widths.split(',').filter(Boolean)) {
    await page.setViewportSize({ width: +width, height: 900 });
    const wide = await overflow(page);
    if (wide) faults.add(`${width}: ${wide}`);
  }
  await page.close();
  return [...faults];
}

try {
  const need = createRequire(path.join(path.resolve(given.modules), '..', 'package.json'));
  const axe = fs.readFileSync(need.resolve('axe-core/axe.min.js'), 'utf8');
  const browser = await need('playwright-core').chromium.launch({ executablePath: given.chromium, args: FLAGS, headless: true });
  const context = await browser.newContext({ bypassCSP: true, serviceWorkers: 'block' });
  for (const file of files) console.log(JSON.stringify({ file, faults: await judge(context, axe, file) }));
  await browser.close();
} catch (error) {
  console.error(String((error && error.stack) || error));
  process.exit(2);
}
