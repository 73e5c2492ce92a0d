// npm run screens [-- --iterations N] [--only run,charts]: builds the page, trains E1 for N iterations on
// this machine's adapter, and writes pictures of the page's main states to docs/screens, each in light and
// dark, at the widths of a desktop and of a phone: to be looked at before the page is called done.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromiumLaunchOptions } from './chromium.mjs';
import { ensureChromium, ensurePackages, root } from './setup.mjs';

/** @typedef {import('playwright').Page} Page */

/**
 * @typedef {object} State
 * @property {string} name of its files
 * @property {(page: Page) => Promise<unknown>} [enter] what a person does to see it
 * @property {string} [anchor] what is brought to the upper edge
 */

const SIZES = [
  { width: 1440, height: 900 },
  { width: 375, height: 812 },
];
const SCHEMES = /** @type {const} */ (['light', 'dark']);
const QUALITY = 0.86;
const PLANE_ITERATIONS = 120;
const PATIENCE = 1_800_000;
/** The page's own teacher, with as little to compute as its pictures need. */
const ADDRESS = '?batch=8&images=9&samples=16';

const { values } = parseArgs({
  options: { iterations: { type: 'string', default: '60' }, only: { type: 'string' } },
});
const chosen = values.only?.split(',');

ensurePackages();
ensureChromium();
const { build, preview } = await import('vite');
const { chromium } = await import('playwright');

const press = (/** @type {Page} */ page, /** @type {string | RegExp} */ name) =>
  page.getByRole('button', { name }).first().click();

/**
 * Waits until a run that was started has come to that iteration, and pauses it.
 * @param {Page} page
 * @param {number} iterations
 */
const train = async (page, iterations) => {
  await page.waitForFunction(
    (least) =>
      Number(document.querySelector('[data-testid=iteration-value]')?.textContent) >= least,
    iterations,
    { timeout: PATIENCE },
  );
  await press(page, 'Pause');
  await page.getByRole('button', { name: 'Resume' }).waitFor({ timeout: PATIENCE });
};

/** @type {State[]} */
const IDLE = [
  { name: 'first' },
  {
    name: 'tour',
    enter: (page) => press(page, /^Take the tour/),
    anchor: '[data-tour-here]',
  },
];

/** @type {State[]} */
const TRAINED = [
  { name: 'run', anchor: '.samples' },
  { name: 'settings', anchor: '.arms' },
  { name: 'charts', anchor: '.charts' },
  { name: 'experiments', enter: (page) => press(page, /^Experiments/) },
  {
    name: 'microscope',
    enter: async (page) => {
      await page.getByRole('button', { name: /^CA only, one step, picture 2/ }).click();
      await page.getByRole('img', { name: /^Renoised/ }).waitFor({ timeout: PATIENCE });
    },
  },
  {
    name: 'vote',
    enter: async (page) => {
      await press(page, /^Blind vote/);
      await press(page, /^Begin/);
    },
  },
  { name: 'take-home', enter: (page) => press(page, /^Take it home/) },
  {
    name: 'own',
    enter: async (page) => {
      await press(page, /^Bring your own/);
      await page.getByRole('tab', { name: 'ONNX network' }).click();
    },
  },
  {
    name: 'prompts',
    enter: (page) => page.getByRole('button', { name: 'Prompts', exact: true }).click(),
    anchor: '.samples',
  },
];

await build({ root, logLevel: 'warn' });
const server = await preview({ root, preview: { port: 0 }, logLevel: 'silent' });
const site = server.resolvedUrls?.local[0] ?? '';
const browser = await chromium.launch(chromiumLaunchOptions());
const folder = join(root, 'docs/screens');
mkdirSync(folder, { recursive: true });
const encoder = await browser.newPage();

/**
 * A PNG as WebP, which the browser itself can write.
 * @param {Buffer} png
 */
const toWebp = async (png) => {
  const base64 = await encoder.evaluate(
    async ({ source, quality }) => {
      const image = new Image();
      image.src = `data:image/png;base64,${source}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', quality).split(',')[1] ?? '';
    },
    { source: png.toString('base64'), quality: QUALITY },
  );
  return Buffer.from(base64, 'base64');
};

/**
 * Goes into a state, takes its four pictures and leaves it.
 * @param {Page} page
 * @param {State} state
 */
const shoot = async (page, { name, enter, anchor }) => {
  if (chosen !== undefined && !chosen.includes(name)) return;
  await page.setViewportSize(SIZES[0] ?? { width: 1440, height: 900 });
  await enter?.(page);
  for (const size of SIZES) {
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate((selector) => {
        const target = selector === undefined ? null : document.querySelector(selector);
        const bar = document.querySelector('.run-bar')?.getBoundingClientRect().height ?? 0;
        const top = target?.getBoundingClientRect().top;
        if (top !== undefined) window.scrollBy(0, top - bar - 16);
      }, anchor);
      await page.waitForTimeout(1200);
      const picture = await toWebp(await page.screenshot());
      writeFileSync(join(folder, `${name}-${size.width}-${colorScheme}.webp`), picture);
    }
  }
  console.log(name);
  await page.keyboard.press('Escape');
};

try {
  const page = await browser.newPage();
  await page.goto(new URL(ADDRESS, site).href);
  const watch = page.getByRole('button', { name: 'Watch it happen' });
  await watch.waitFor();
  for (const state of IDLE) await shoot(page, state);
  if (chosen === undefined || TRAINED.some(({ name }) => chosen.includes(name))) {
    await watch.click();
    await train(page, Number(values.iterations));
    for (const state of TRAINED) await shoot(page, state);
  }
  await page.close();

  const broken = await browser.newPage();
  await broken.goto(new URL('#s=1.not-a-link', site).href);
  await broken.getByRole('button', { name: 'Dismiss this notice' }).waitFor();
  await shoot(broken, { name: 'broken-link' });
  await broken.close();

  const plane = await browser.newPage();
  await plane.goto(new URL('?view=plane', site).href);
  await shoot(plane, {
    name: 'plane',
    enter: async () => {
      await press(plane, 'Start');
      await train(plane, PLANE_ITERATIONS);
    },
    anchor: '.plane-main',
  });
  await plane.close();

  const bench = await browser.newPage();
  await bench.goto(new URL('bench/?batches=4&repetitions=3&squares=64,128,256,512', site).href);
  await shoot(bench, {
    name: 'bench',
    enter: async () => {
      await press(bench, 'Measure');
      await bench.getByText('Done.').waitFor({ timeout: PATIENCE });
      await bench.getByRole('figure').waitFor();
    },
  });
  await bench.close();

  const without = await browser.newPage();
  await without.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'gpu', { value: undefined }),
  );
  await without.goto(site);
  await without.getByRole('slider', { name: 'Iteration' }).waitFor();
  await shoot(without, { name: 'recorded', anchor: '.recorded' });
} finally {
  await browser.close();
  server.httpServer.close();
}
console.log(`written to ${folder}`);
process.exit(0);
