// npm run measure [-- --address URL] [--seconds N]: builds and serves the page, opens it in Chromium as a
// first visitor, and prints what that costs: script, time to the first paint and until it can be used, long
// tasks; how long a start takes, for a first visitor, for one who comes again and once more; then, while a run trains,
// frames a second and how long the page takes to answer a key.
// Reported, never asserted: times are this machine's. The budget of script is held by tests/page/quality.spec.ts.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromiumLaunchOptions } from './chromium.mjs';
import { firstScripts, SCRIPT_BUDGET } from './page-bytes.mjs';
import { ensureChromium, ensurePackages, root } from './setup.mjs';
import { stagesOf, startSeen, watchStart } from './start-watch.mjs';

/** Milliseconds for what a page does once it is there. */
const SETTLE = 3000;
/** Milliseconds for what was under way when a run ended: it is none of the next start's. */
const QUIET = 10_000;
const START_TIMEOUT = 600_000;

const { values } = parseArgs({
  options: {
    address: { type: 'string', default: './?batch=8&images=16&samples=8' },
    seconds: { type: 'string', default: '20' },
  },
});

const seconds = Number(values.seconds);
if (!(seconds > 0)) {
  console.error(`--seconds must be a number above 0, not ${values.seconds}`);
  process.exit(2);
}

ensurePackages();
ensureChromium();
const { build, preview } = await import('vite');
const { chromium } = await import('playwright');

await build({ root, logLevel: 'warn' });
const scripts = firstScripts(join(root, 'dist'));
const total = scripts.reduce((sum, { gzip }) => sum + gzip, 0);
const kB = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`;
console.log(`Script of the first load, gzip: ${kB(total)} of ${kB(SCRIPT_BUDGET)}`);
for (const { file, gzip } of scripts) console.log(`  ${kB(gzip).padStart(9)}  ${file}`);

const server = await preview({ root, preview: { port: 0 }, logLevel: 'silent' });
const [site = ''] = server.resolvedUrls?.local ?? [];
// A profile of its own, in which a visit leaves behind for the next what page and browser remember.
const profile = mkdtempSync(join(tmpdir(), 'measure-page-'));
try {
  await visit(async (page, usable) => {
    const load = await page.evaluate(seen);
    console.log(`First paint ${ms(load.paint)}, can be used after ${ms(usable)}`);
    console.log(
      `Long tasks while loading: ${load.longTasks.length}, the longest ${ms(Math.max(0, ...load.longTasks))}`,
    );
    await start(page, 'a first visit');
  });
  await visit(async (page) => {
    await start(page, 'a second visit, which knows the kernels');
    await train(page);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.waitForTimeout(QUIET);
    await start(page, 'once more in the same page, which has the pipelines');
  });
} finally {
  await server.close();
  rmSync(profile, { recursive: true, force: true });
}

/**
 * Opens the page with the profile, waits until it can be used and has settled, and does something with it.
 * @param {(page: import('playwright').Page, usable: number) => Promise<void>} work is told after how many
 * milliseconds it could be used
 */
async function visit(work) {
  const context = await chromium.launchPersistentContext(profile, {
    ...chromiumLaunchOptions(),
    viewport: { width: 1440, height: 900 },
  });
  try {
    const page = await context.newPage();
    await page.addInitScript(watch);
    await page.addInitScript(watchStart);
    await page.goto(new URL(values.address, site).href);
    await page.getByRole('button', { name: 'Start' }).waitFor();
    const usable = await page.evaluate(() => performance.now());
    await page.waitForTimeout(SETTLE);
    await work(page, usable);
  } finally {
    await context.close();
  }
}

/**
 * Presses a key a second while a run trains, and prints how smooth the page is meanwhile.
 * @param {import('playwright').Page} page
 */
async function train(page) {
  await page.evaluate(seen);
  const slider = page.getByRole('slider', { name: 'Guidance scale' });
  await slider.focus();
  for (let second = 0; second < seconds; second++) {
    await page.keyboard.press(second % 2 === 0 ? 'ArrowRight' : 'ArrowLeft');
    await page.waitForTimeout(1000);
  }
  const run = await page.evaluate(seen);
  const gaps = run.frames.slice(1).map((at, index) => at - (run.frames[index] ?? at));
  const lasted = gaps.reduce((sum, gap) => sum + gap, 0) / 1000;
  console.log(
    `While training: ${(gaps.length / lasted).toFixed(1)} frames a second, ` +
      `gaps: median ${ms(quantile(gaps, 0.5))}, 95 % ${ms(quantile(gaps, 0.95))}, longest ${ms(Math.max(...gaps))}`,
  );
  console.log(
    `Answer to a key, to the next paint: median ${ms(quantile(run.answers, 0.5))}, ` +
      `longest ${ms(Math.max(0, ...run.answers))} (${run.answers.length} measured)`,
  );
  console.log(`Long tasks while training: ${run.longTasks.length}`);
}

/**
 * Presses Start, waits for the first iteration that the page shows, and prints what that took.
 * @param {import('playwright').Page} page
 * @param {string} title
 */
async function start(page, title) {
  await page.getByRole('button', { name: 'Start' }).click();
  const shown = await page.waitForFunction(startSeen, undefined, { timeout: START_TIMEOUT });
  const notes = await shown.jsonValue();
  if (notes === null) throw new RangeError('No iteration was shown.');
  const { total, stages } = stagesOf(notes);
  console.log(`From Start to the first iteration shown, ${title}: ${ms(total)}`);
  for (const { stage, milliseconds } of stages) {
    console.log(`  ${ms(milliseconds).padStart(9)}  ${stage}`);
  }
}

/** @typedef {{ paint: number, longTasks: number[], answers: number[], frames: number[] }} Seen */

/** Runs in the page, before it: notes what the browser tells of itself. */
function watch() {
  /** @type {Seen} */
  const notes = { paint: 0, longTasks: [], answers: [], frames: [] };
  Object.assign(window, { notes });
  const on = (
    /** @type {PerformanceObserverInit & { durationThreshold?: number }} */ options,
    /** @type {(entry: PerformanceEntry) => void} */ note,
  ) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe(options);
  on({ type: 'paint', buffered: true }, (entry) => {
    if (entry.name === 'first-contentful-paint') notes.paint = entry.startTime;
  });
  on({ type: 'longtask', buffered: true }, (entry) => notes.longTasks.push(entry.duration));
  // 16 ms is the least that a browser may be asked for.
  on({ type: 'event', durationThreshold: 16 }, (entry) => {
    if (entry.name === 'keydown') notes.answers.push(entry.duration);
  });
  const frame = (/** @type {number} */ at) => {
    notes.frames.push(at);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** Runs in the page: what was noted since it was last asked. */
function seen() {
  const { notes } = /** @type {{ notes: Seen }} */ (/** @type {unknown} */ (window));
  const copy = structuredClone(notes);
  for (const list of [notes.longTasks, notes.answers, notes.frames]) list.length = 0;
  return copy;
}

/** @param {number} value */
function ms(value) {
  return `${value.toFixed(0)} ms`;
}

/**
 * @param {readonly number[]} values
 * @param {number} share
 */
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}
