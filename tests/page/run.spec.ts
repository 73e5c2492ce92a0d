import { expect, test } from './visitor';
import { chart, figure, iteration, openLab, pause, pixels, press, reach } from './support';

test.use({ storageState: undefined });

test('a new visitor starts a run, holds it, and steers it', async ({ page }) => {
  await openLab(page);
  await test.step('pressing Start shows a student learn', async () => {
    await expect(page.getByRole('heading', { name: 'Spear & Shield' })).toBeVisible();
    await expect(page.getByTestId('run-status')).toContainText('Press Start');

    await press(page, 'Start');
    await expect(page.getByRole('progressbar')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible({ timeout: 120_000 });
    await expect(page.getByTestId('adapter-value')).not.toHaveText('–');
    await expect(page.getByTestId('memory-value')).toContainText('MB');

    await reach(page, 2);
    const early = await pixels(page, /Student/);
    const teacher = await pixels(page, /Teacher, guided/);
    expect(early).not.toBe(teacher);
    await reach(page, 6);
    await expect(page.getByTestId('rate-value')).not.toHaveText('–');
    await expect.poll(() => pixels(page, /Student/)).not.toBe(early);
    expect(await pixels(page, /Teacher, guided/)).toBe(teacher);

    for (const [title, curves] of [
      ['Variance of the pictures', 1],
      ['Size of the updates', 2],
      ['Mean of the pictures', 1],
      ['Loss of the critic', 1],
    ] as const) {
      await chart(page, title).scrollIntoViewIfNeeded();
      const paths = chart(page, title).locator('path.recharts-line-curve');
      await expect(paths).toHaveCount(curves);
      await expect(paths.first()).toHaveAttribute('d', /L|C/);
    }
  });
  await test.step('pausing holds the run; one iteration and Resume go on with it', async () => {
    await pause(page);
    // Figures are shown with a short delay.
    await page.waitForTimeout(1000);
    const held = await iteration(page);
    await page.waitForTimeout(3000);
    expect(await iteration(page)).toBe(held);

    await press(page, 'One iteration');
    await expect.poll(() => iteration(page)).toBe(held + 1);
    await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();

    // What is seen while it is held is the student as it stands.
    await expect(page.getByTestId('note-arm-1')).toHaveText(`iteration ${held + 1}`);

    await press(page, 'Resume');
    await reach(page, held + 3);
  });
  await test.step('the guidance scale may be moved while it trains, noise and prompts while it is held', async () => {
    const before = await figure(page, 'caNorm');

    const slider = page.getByRole('slider', { name: 'Guidance scale' });
    await slider.focus();
    await page.keyboard.press('End');
    await expect(slider).toHaveAttribute('aria-valuenow', '10');
    const changed = await iteration(page);
    await reach(page, changed + 4);

    // From 4 to 10 the weight of CA grows threefold, from alpha - 1 = 3 to 9.
    await expect.poll(() => figure(page, 'caNorm')).toBeGreaterThan(1.5 * before);
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();

    await pause(page);
    for (const button of ['New noise', 'New prompts']) {
      const drawn = await pixels(page, /Teacher, one step/);
      await press(page, button);
      await expect.poll(() => pixels(page, /Teacher, one step/)).not.toBe(drawn);
    }
  });
});
