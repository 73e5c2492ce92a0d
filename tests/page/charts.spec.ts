import { readFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import { expect, test } from './visitor';
import { chart, figure, iteration, openLab, overflow, pause, press, reach, start } from './support';

const VARIANCE = 'Variance of the pictures';
const COSINE = 'CA against DM';

/** What follows pointer and keys in a chart. */
const cursor = (page: Page, title: string) =>
  chart(page, title).getByRole('slider', { name: `Iteration, ${title}` });

const curves = (page: Page, title: string) =>
  chart(page, title).locator('path.recharts-line-curve');

/** The first and the last iteration that the charts show. */
const shown = async (page: Page): Promise<number[]> =>
  ((await page.getByTestId('span').textContent()) ?? '').match(/\d+/g)?.map(Number) ?? [];

/** Saves a chart by its menu. */
const save = async (page: Page, title: string, words: string): Promise<Download> => {
  await press(page, `Save or hide ${title}`);
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: words }).click();
  return download;
};

const textOf = async (download: Download): Promise<string> =>
  readFile(await download.path(), 'utf8');

test('charts are compared, zoomed, put away and saved', async ({ page }) => {
  await openLab(page);
  await press(page, 'Duplicate');
  await start(page);
  await reach(page, 12);
  await pause(page);
  await expect.poll(() => page.getByTestId('meanAccuracy-arm-2').textContent()).not.toBe('–');
  const held = await iteration(page);

  // One cursor on all charts, with the values of all arms.
  await chart(page, VARIANCE).scrollIntoViewIfNeeded();
  await expect(page.getByTestId('span')).toHaveText(`Iterations 0 to ${held}`);
  await cursor(page, VARIANCE).focus();
  await page.keyboard.press('Home');
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight');
  await expect(cursor(page, VARIANCE)).toHaveAttribute(
    'aria-valuetext',
    /^Iteration 3: Arm 1 [\d.]+, Arm 2 [\d.]+$/,
  );
  for (const title of [VARIANCE, 'Size of the updates']) {
    await expect(chart(page, title).getByTestId('chart-tooltip')).toContainText('Iteration 3');
  }
  await expect(
    chart(page, VARIANCE).getByRole('row', { name: /^Arm 2/, includeHidden: true }),
  ).toContainText(String(held));

  // An arm is hidden in all charts at once.
  await chart(page, VARIANCE).getByRole('button', { name: 'Arm 2' }).click();
  await expect(curves(page, VARIANCE)).toHaveCount(1);
  await chart(page, COSINE).scrollIntoViewIfNeeded();
  await expect(curves(page, COSINE)).toHaveCount(1);
  await chart(page, COSINE).getByRole('button', { name: 'Arm 2' }).click();
  await expect(curves(page, COSINE)).toHaveCount(2);

  // The spectrum stands beside those of the real pictures and the guided teacher.
  const spectrum = chart(page, 'Spectrum of the pictures');
  await spectrum.scrollIntoViewIfNeeded();
  await expect(curves(page, 'Spectrum of the pictures')).toHaveCount(4);
  await expect(spectrum.getByRole('button', { name: 'real pictures' })).toBeVisible();

  // All charts follow one range, marked by keyboard here.
  await cursor(page, VARIANCE).focus();
  await page.keyboard.press('Home');
  for (const key of ['ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  for (let step = 0; step < 6; step++) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('span')).toHaveText('Iterations 2 to 8');
  for (const title of [VARIANCE, COSINE]) {
    await chart(page, title).scrollIntoViewIfNeeded();
    await expect(cursor(page, title)).toHaveAttribute('aria-valuemin', '2');
    await expect(cursor(page, title)).toHaveAttribute('aria-valuemax', '8');
  }

  // What is saved is what is shown, alone and legible.
  const csv = await save(page, VARIANCE, 'Save as CSV');
  expect(csv.suggestedFilename()).toBe('spear-and-shield-variance-of-the-pictures.csv');
  const lines = (await textOf(csv)).trimEnd().split('\n');
  expect(lines[0]).toBe('iteration,Arm 1,Arm 2');
  expect(lines.slice(1).map((line) => Number(line.split(',')[0]))).toEqual([2, 3, 4, 5, 6, 7, 8]);
  await page
    .getByRole('group', { name: 'Iterations shown' })
    .getByRole('button', { name: 'All' })
    .click();
  await expect(page.getByTestId('span')).toHaveText(`Iterations 0 to ${held}`);
  const all = (await textOf(await save(page, VARIANCE, 'Save as CSV'))).trimEnd().split('\n');
  expect(all).toHaveLength(held + 1);
  const [at, variance] = (all.at(-1) ?? '').split(',').map(Number);
  expect(at).toBe(held);
  expect(variance).toBeCloseTo(await figure(page, 'imageVariance'), 2);

  const log = chart(page, COSINE).getByRole('button', { name: /^Logarithmic scale/ });
  await log.click();
  await expect(log).toHaveAttribute('aria-pressed', 'true');
  await log.click();
  await chart(page, VARIANCE)
    .getByRole('button', { name: /^Logarithmic scale/ })
    .click();
  const svg = await textOf(await save(page, VARIANCE, 'Save as SVG'));
  for (const words of [VARIANCE, 'logarithmic', 'Arm 1', 'Arm 2', 'Iteration', 'guided teacher']) {
    expect(svg).toContain(words);
  }
  expect(svg).toMatch(/<rect [^>]*fill="#fff(fff)?"/);
  expect(svg).not.toContain('var(');
  const png = await readFile(await (await save(page, VARIANCE, 'Save as PNG')).path());
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16)).toBe(1920);

  // A chart is put away and got back.
  await press(page, `Save or hide ${COSINE}`);
  await page.getByRole('menuitem', { name: 'Hide this chart' }).click();
  await expect(chart(page, COSINE)).toHaveCount(0);
  const show = page.getByRole('button', { name: `Show ${COSINE}` });
  await expect(show).toBeFocused();
  await show.click();
  await expect(chart(page, COSINE)).toBeVisible();

  // By mouse: a drag zooms, a double press shows all; on a phone nothing sticks out.
  await chart(page, VARIANCE).scrollIntoViewIfNeeded();
  await cursor(page, VARIANCE).scrollIntoViewIfNeeded();
  const box = await cursor(page, VARIANCE).boundingBox();
  if (box === null) throw new Error('The chart is not on the page.');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + 0.25 * box.width, y);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.75 * box.width, y, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByTestId('span')).not.toHaveText(`Iterations 0 to ${held}`);
  const [first = 0, last = 0] = await shown(page);
  expect(Math.abs(first - held / 4)).toBeLessThanOrEqual(1);
  expect(Math.abs(last - (3 * held) / 4)).toBeLessThanOrEqual(1);
  await page.mouse.dblclick(box.x + 0.5 * box.width, y);
  await expect(page.getByTestId('span')).toHaveText(`Iterations 0 to ${held}`);

  // By two fingers, which spread from the middle half to all of the width.
  await cursor(page, VARIANCE).evaluate((target) => {
    const { left, width } = target.getBoundingClientRect();
    const touch = (type: string, pointerId: number, share: number): boolean =>
      target.dispatchEvent(
        new PointerEvent(type, {
          ...{ bubbles: true, pointerType: 'touch', pointerId },
          clientX: left + share * width,
        }),
      );
    touch('pointerdown', 11, 0.25);
    touch('pointerdown', 12, 0.75);
    touch('pointermove', 11, 0);
    touch('pointermove', 12, 1);
    touch('pointerup', 11, 0);
    touch('pointerup', 12, 1);
  });
  await expect(page.getByTestId('span')).not.toHaveText(`Iterations 0 to ${held}`);
  const [left = 0, right = 0] = await shown(page);
  expect(Math.abs(left - held / 4)).toBeLessThanOrEqual(1);
  expect(Math.abs(right - (3 * held) / 4)).toBeLessThanOrEqual(1);
  // A pointer that lies on a chart takes the cursor with it when the page moves under it.
  await page.mouse.move(0, 0);
  await page.setViewportSize({ width: 375, height: 812 });
  await cursor(page, VARIANCE).focus();
  for (const key of ['Home', 'End']) {
    await page.keyboard.press(key);
    await expect(chart(page, VARIANCE).getByTestId('chart-tooltip')).toBeVisible();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  }
});
