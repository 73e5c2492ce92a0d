import { expect, test } from '@playwright/test';
import { chart, openLab, pause, press, reach, start, variance } from './support';

/** Iterations of each run. */
const LENGTH = 40;

test('without the shield the variance of the pictures runs away', async ({ page }) => {
  await openLab(page);
  await start(page);
  await reach(page, LENGTH);
  await pause(page);
  const shielded = await variance(page);

  await press(page, 'Reset');
  await expect(page.getByTestId('iteration-value')).toHaveText('0');
  const shield = page.getByRole('switch', { name: 'DM, the shield' });
  await shield.click();
  await expect(shield).not.toBeChecked();
  await expect(chart(page, 'Variance of the pictures')).toContainText('previous run: CA + DM');

  await start(page);
  await reach(page, LENGTH);
  await pause(page);
  expect(await variance(page)).toBeGreaterThan(1.1 * shielded);
  await expect(page.getByTestId('dm-norm-value')).toHaveText('–');

  await chart(page, 'Variance of the pictures').scrollIntoViewIfNeeded();
  const curves = chart(page, 'Variance of the pictures').locator('path.recharts-line-curve');
  await expect(curves).toHaveCount(2);
});

test('the shield may be dropped in the middle of a run', async ({ page }) => {
  await openLab(page);
  await start(page);
  await reach(page, 3);
  await page.getByRole('switch', { name: 'DM, the shield' }).click();
  await expect(page.getByTestId('dm-norm-value')).toHaveText('–', { timeout: 120_000 });
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.getByRole('switch', { name: 'DM, the shield' }).click();
  await expect(page.getByTestId('dm-norm-value')).not.toHaveText('–', { timeout: 120_000 });
});
