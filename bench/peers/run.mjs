// node bench/peers/run.mjs [--batch N] [--rounds N] [--only engine,jax,tensorflow] [--json FILE]
// Does the same work with this engine, jax-js and TensorFlow.js in one page of Chromium and prints
// medians taken in turns. Installs the two beside this file when they are not there: nothing else in
// the project needs them.

import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const outDir = join(here, 'node_modules/.bench');

const { values } = parseArgs({
  options: {
    batch: { type: 'string', default: '16' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: 'engine,jax,tensorflow' },
    json: { type: 'string' },
  },
});

if (!existsSync(join(here, 'node_modules/@jax-js'))) {
  spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit' });
}

await build({
  root: here,
  configFile: false,
  logLevel: 'warn',
  publicDir: join(here, '../../public/teachers'),
  build: { outDir, emptyOutDir: true, target: 'esnext', chunkSizeWarningLimit: 4096 },
});
const server = await preview({
  root: here,
  configFile: false,
  build: { outDir },
  preview: { port: 0, host: '127.0.0.1' },
});
const browser = await chromium.launch(chromiumLaunchOptions());
try {
  const page = await browser.newPage();
  page.on('console', (message) => {
    console.error(`... ${message.text()}`);
  });
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  await page.waitForFunction(() => 'comparePeers' in window);
  const asked = { names: values.only.split(','), batch: values.batch, rounds: values.rounds };
  const reports = await page.evaluate(
    ({ names, batch, rounds }) =>
      window.comparePeers(names, Number(batch), Number(rounds), (text) => {
        console.log(text);
      }),
    asked,
  );
  const [first] = reports;
  console.log(`Batch ${values.batch}, medians of ${values.rounds} rounds in turns, milliseconds`);
  for (const { name, forward, step, difference, losses } of reports) {
    const slower = (/** @type {number} */ own, /** @type {number} */ ours) =>
      `${own.toFixed(0).padStart(7)} (${(own / ours).toFixed(2)})`;
    console.log(
      name.padEnd(14),
      'forward',
      slower(forward.median, first?.forward.median ?? NaN),
      '  step',
      slower(step.median, first?.step.median ?? NaN),
      `  differs by ${difference.toExponential(1)}, losses ${losses.map((loss) => loss.toFixed(5)).join(' ')}`,
    );
  }
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify(reports, null, 2)}\n`);
} finally {
  await browser.close();
  await server.close();
}
