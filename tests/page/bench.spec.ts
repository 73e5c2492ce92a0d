import { readFile } from 'node:fs/promises';
import { overflow, press, seriousFaults } from './support';
import { expect, test } from './visitor';

/** As little to measure as there is. */
const SMALL = './bench/?batches=1&repetitions=1&squares=64';

test('a visitor measures the GPU, sees every product under its roof, and saves the figures', async ({
  page,
}) => {
  await page.goto(`${SMALL}&networks=all`);
  await expect(page.getByRole('alert')).toContainText('networks is to be default or both');
  await press(page, 'Measure');
  await expect(page.getByRole('status')).toContainText('Timing iterations: avatars, batch 1');
  await expect(page.getByTestId('peak')).toHaveText(/[\d.]+ GFLOP\/s, [\d.]+ GB\/s/);
  await expect(page.getByRole('status')).toHaveText('Done.', { timeout: 150_000 });
  const networks = page.getByRole('region', { name: 'Networks' }).getByRole('row');
  await expect(networks).toHaveCount(2);
  await expect(networks.last()).toContainText('1.27 M');
  await expect(page.getByRole('region', { name: 'Where the time goes' })).toContainText(
    'linalg/matmul',
  );
  await expect(page.getByRole('figure', { name: 'Products under' })).toBeVisible();
  await page.setViewportSize({ width: 375, height: 812 });
  expect(await overflow(page)).toBe(0);
  expect(await seriousFaults(page)).toEqual([]);

  const download = page.waitForEvent('download');
  await press(page, 'Save as JSON');
  const file = await readFile(await (await download).path(), 'utf8');
  const { peak, products, scales } = JSON.parse(file) as {
    peak: { gflops: number };
    products: { layer: string; variants: { gflops: number }[] }[];
    scales: { peakBytes: number; leastBytes: number }[];
  };
  expect(products.map(({ layer }) => layer)).toContain('square 64');
  for (const { variants } of products) {
    expect(variants[0]?.gflops).toBeGreaterThan(0);
    expect(variants[0]?.gflops).toBeLessThan(2 * peak.gflops);
  }
  expect(scales[0]?.peakBytes).toBeGreaterThan(scales[0]?.leastBytes ?? Infinity);
});

test('without WebGPU the bench says so', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'gpu', { value: undefined });
  });
  await page.goto(SMALL);
  await expect(page.getByRole('alert')).toContainText('There is no WebGPU adapter here');
  await expect(page.getByRole('button', { name: 'Measure' })).toBeDisabled();
});
