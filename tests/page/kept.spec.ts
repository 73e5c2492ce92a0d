import { expect, test } from './visitor';
import { armRow, iteration, openLab, pause, press, reach, start } from './support';

test('a run outlives a reload, and goes on where nothing more can be kept', async ({ page }) => {
  await openLab(page);
  await press(page, 'Duplicate');
  await page.getByRole('switch', { name: 'DM, the shield' }).click();
  await start(page);
  await reach(page, 3);
  await pause(page);
  const held = await iteration(page);
  await expect(page.getByTestId('run-status')).toHaveText(
    'Paused, and kept: it outlives a reload.',
  );

  await page.reload();
  const offer = page.getByRole('complementary', { name: 'A run is kept' });
  await expect(offer).toContainText(`2 arms, iteration ${held}`);
  await offer.getByRole('button', { name: 'Go on' }).click();
  await reach(page, held);
  await expect(armRow(page, 'Arm 2')).toContainText('CA ×4 only');
  await reach(page, held + 2);
  await expect(offer).toHaveCount(0);

  // A full storage is told once, and training goes on.
  const [worker] = page.workers();
  if (worker === undefined) throw new Error('The lab runs in no Worker.');
  await worker.evaluate(() => {
    FileSystemFileHandle.prototype.createWritable = () =>
      Promise.reject(new DOMException('The quota has been exceeded.', 'QuotaExceededError'));
  });
  await pause(page);
  const notice = page.getByRole('status').filter({ hasText: 'There is no room' });
  await expect(notice).toHaveCount(1);
  await expect(notice).toContainText('Training goes on');
  const then = await iteration(page);
  await press(page, 'Resume');
  await reach(page, then + 2);

  await press(page, 'Reset');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
  await expect(offer).toHaveCount(0);
});
