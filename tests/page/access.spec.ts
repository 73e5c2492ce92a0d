import { expect, test } from './visitor';
import type { Page } from '@playwright/test';
import { openLab, overflow, reach, seriousFaults } from './support';

/** What axe finds serious in light and in dark. */
const serious = async (page: Page): Promise<string[]> => {
  const found = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await seriousFaults(page)).map((fault) => `${colorScheme}: ${fault}`));
  }
  return found;
};

test('idle, all works by keyboard, fits, and is sound, in light and dark', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openLab(page, '&colour=red');
  await test.step('axe finds nothing serious', async () => {
    await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
    expect(await serious(page)).toEqual([]);
  });
  await test.step('switches, sliders and pictures work by keyboard', async () => {
    const spear = page.getByRole('switch', { name: 'CA, the spear' });
    await spear.focus();
    await page.keyboard.press('Space');
    await expect(spear).not.toBeChecked();
    await page.keyboard.press('Space');
    await expect(spear).toBeChecked();

    const guidance = page.getByRole('slider', { name: 'Guidance scale' });
    await guidance.focus();
    await page.keyboard.press('ArrowRight');
    await expect(guidance).toHaveAttribute('aria-valuetext', '4.1');

    const noisiest = page.getByRole('slider', { name: 'Noisiest level of DM' });
    await noisiest.focus();
    await page.keyboard.press('ArrowRight');
    await expect(noisiest).toHaveAttribute('aria-valuetext', '0.03');

    const steps = page.getByRole('group', { name: 'Student’s steps' });
    await steps.getByRole('radio', { name: '1' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(steps.getByRole('radio', { name: '2' })).toBeChecked();

    const pictures = page.getByRole('button', { name: /^Student, 2 steps, picture/ });
    await pictures.first().focus();
    const first = await page.getByTestId('pointed-prompt').textContent();
    await page.keyboard.press('ArrowRight');
    await expect(pictures.nth(1)).toBeFocused();
    await expect(page.getByTestId('pointed-prompt')).not.toHaveText(first ?? '');
  });
  await test.step('nothing sticks out sideways from 375 to 1920 pixels', async () => {
    await page.getByText('More settings', { exact: true }).click();
    for (const width of [375, 768, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      await expect.poll(() => overflow(page), `at ${width} pixels`).toBeLessThanOrEqual(0);
    }
  });
  await test.step('light and dark may be chosen, and are remembered', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.getByRole('button', { name: 'Switch to dark colours' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });
});

test('in a run, the focus stays on the main button, all is sound, and a change that waits says so', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openLab(page);
  await page.getByRole('switch', { name: 'CA, the spear' }).click();
  await page.getByRole('button', { name: 'Start' }).focus();
  await page.keyboard.press('Enter');
  await reach(page, 1);
  await expect(page.getByRole('button', { name: 'Pause' })).toBeFocused();

  // axe, in light and dark.
  await reach(page, 2);
  expect(await serious(page)).toEqual([]);

  // A change that needs a reset says so.
  await page.getByText('More settings', { exact: true }).click();
  const batch = page.getByRole('textbox', { name: 'Batch' });
  await expect(batch).not.toHaveAccessibleDescription(/Takes effect on reset/);
  await batch.fill('4');
  await expect(batch).toHaveAccessibleDescription(/Takes effect on reset/);
});
