import { fileURLToPath } from 'node:url';
import { firstScripts, SCRIPT_BUDGET } from '../../scripts/page-bytes.mjs';
import { chart, press, start } from './support';
import { expect, test } from './visitor';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

/** The page's own teacher and classifier, and as little work as there is. */
const SMALL = './?batch=1&images=1&samples=8';

/** Nothing is kept of plain `localhost`, where all that a person develops is served. */
test.use({
  serviceWorkers: 'allow',
  storageState: undefined,
  baseURL: ({ baseURL }, use) => use((baseURL ?? '').replace('//', '//page.')),
});

test('the first visit loads less than 300 kB of script, and later ones need no network', async ({
  page,
  context,
}) => {
  const scripts = firstScripts(DIST);
  const total = scripts.reduce((sum, { gzip }) => sum + gzip, 0);
  expect(total).toBeGreaterThan(0);
  expect(total, JSON.stringify(scripts, null, 1)).toBeLessThan(SCRIPT_BUDGET);

  await page.goto(SMALL);
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null))
    .toBe(true);

  await context.setOffline(true);
  await page.reload();
  await start(page);
  await expect(chart(page, 'Variance of the pictures')).toBeVisible();
  await press(page, 'Reset');
  await page.getByRole('link', { name: 'Plane' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('in the plane');
});
