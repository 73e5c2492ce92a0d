// node bench/peers/run.mjs [OPTIONS]: does the same work with this engine, jax-js and TensorFlow.js in one
// page of Chromium, and prints medians taken in turns. Installs the two beside this file when they are not
// there: nothing else in the project needs them.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';
import { ensureChromium } from '../../scripts/setup.mjs';
import { agreement, table } from './table.mjs';

const USAGE = `Times the same work in this engine, jax-js and TensorFlow.js, after checking that all compute the same.

  node bench/peers/run.mjs --what iteration --batch 8 --rounds 3

  --what LIST            of forward, step, products, iteration (default: all)
  --only LIST            of engine, jax, tensorflow (default: all); the first is the measure of others
  --batch N              images an update (default 16)
  --rounds N             timed rounds (default 5)
  --critic-updates N     of an iteration (default 3)
  --hardware             use the machine's GPU; without it, SwiftShader on the processor
  --json FILE            write the figures there as well
  --help`;

const here = dirname(fileURLToPath(import.meta.url));
const outDir = join(here, 'node_modules/.bench');

const { values } = parseArgs({
  options: {
    what: { type: 'string', default: 'forward,step,products,iteration' },
    only: { type: 'string', default: 'engine,jax,tensorflow' },
    batch: { type: 'string', default: '16' },
    rounds: { type: 'string', default: '5' },
    'critic-updates': { type: 'string', default: '3' },
    hardware: { type: 'boolean', default: false },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit();
}

if (!existsSync(join(here, 'node_modules/@jax-js'))) {
  spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit' });
}

/** @param {string} name */
const versionOf = (name) => {
  const file = readFileSync(join(here, 'node_modules', name, 'package.json'), 'utf8');
  /** @type {unknown} */
  const manifest = JSON.parse(file);
  return `${name} ${/** @type {{ version: string }} */ (manifest).version}`;
};

await build({
  root: here,
  configFile: false,
  logLevel: 'warn',
  publicDir: join(here, '../../public/teachers'),
  build: { outDir, emptyOutDir: true, target: 'esnext', chunkSizeWarningLimit: 4096 },
});
if (ensureChromium() === undefined) process.exit(1);
const server = await preview({
  root: here,
  configFile: false,
  build: { outDir },
  preview: { port: 0, host: '127.0.0.1' },
});
const launch = chromiumLaunchOptions();
const args = launch.args.filter((flag) => !values.hardware || !flag.endsWith('=swiftshader'));
const browser = await chromium.launch({ ...launch, args });
try {
  const page = await browser.newPage();
  page.on('console', (message) => {
    console.error(`... ${message.text()}`);
  });
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  await page.waitForFunction(() => 'comparePeers' in window);
  const asked = {
    names: values.only.split(','),
    what: values.what.split(','),
    batch: Number(values.batch),
    rounds: Number(values.rounds),
    criticUpdates: Number(values['critic-updates']),
  };
  const report = await page.evaluate(
    (request) =>
      window.comparePeers(request, (text) => {
        console.log(text);
      }),
    asked,
  );
  const { adapter, rows } = report;
  const versions = [
    `Chromium ${browser.version()}`,
    ...['@jax-js/jax', '@tensorflow/tfjs-backend-webgpu'].map(versionOf),
  ];
  console.log(`${adapter.name}${adapter.software ? ' (software)' : ''}; ${versions.join(', ')}`);
  console.log(`batch ${values.batch}, medians of ${values.rounds} rounds in turns\n`);
  console.log(`${table(rows)}\n`);
  console.log(agreement(rows));
  if (values.json !== undefined) {
    const text = JSON.stringify({ ...asked, versions, ...report }, null, 2);
    writeFileSync(values.json, `${text}\n`);
  }
} finally {
  await browser.close();
  await server.close();
}
