import { expect, test } from './visitor';
import type { Page } from '@playwright/test';
import { armRow, iteration, openLab, press, reach, start } from './support';

/** How much higher the bars of CA's histogram stand inside a range of noise levels than outside. */
const concentration = (page: Page, lo: number, hi: number): Promise<number> =>
  page
    .getByRole('img', { name: /noise levels drawn for CA$/ })
    .locator('rect')
    .evaluateAll(
      (bars, [low, high]) => {
        const mean = (heights: number[]): number =>
          heights.reduce((sum, height) => sum + height, 0) / Math.max(1, heights.length);
        const isIn = (bin: number): boolean => {
          const level = (bin + 0.5) / bars.length;
          return level > low && level < high;
        };
        const heights = bars.map((bar) => Number(bar.getAttribute('height')));
        const inside = mean(heights.filter((_, bin) => isIn(bin)));
        return inside / Math.max(1e-6, mean(heights.filter((_, bin) => !isIn(bin))));
      },
      [lo, hi] as const,
    );

/** Where the middle of a slider's thumb is. */
const middle = async (page: Page, name: string): Promise<{ x: number; y: number }> => {
  const box = await page.getByRole('slider', { name }).boundingBox();
  if (box === null) throw new Error(`${name} is not on the page.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

test('a tau rail is moved by keyboard and mouse while it trains; one setting is restored; keys steer the run', async ({
  page,
}) => {
  await openLab(page);
  const seed = page.getByRole('textbox', { name: 'Seed' });
  await expect(seed).toBeEditable();
  const first = await seed.inputValue();
  await seed.fill('4294967295');
  await press(page, `seed: back to ${first}`);
  await expect(seed).toHaveValue(first);
  await expect(seed).toBeFocused();
  await expect(page.getByRole('button', { name: /^seed: back/ })).toHaveCount(0);
  await start(page);
  await press(page, 'Duplicate');
  await expect(page.getByTestId('note-arm-2')).toContainText('iteration');
  await expect(armRow(page, 'Arm 2')).toContainText('Set up like the first arm.');
  await expect(seed).not.toBeEditable();

  const noisiest = page.getByRole('slider', { name: 'Noisiest level of CA' });
  await noisiest.focus();
  for (let times = 0; times < 4; times++) await page.keyboard.press('Shift+ArrowRight');
  await expect(noisiest).toHaveAttribute('aria-valuetext', '0.42');
  await expect(armRow(page, 'Arm 2')).toContainText('τ of CA 0.42 to 0.98 instead of 0.02 to 0.98');

  const cleanest = page.getByRole('slider', { name: 'Cleanest level of CA' });
  await cleanest.scrollIntoViewIfNeeded();
  const [from, to] = [
    await middle(page, 'Cleanest level of CA'),
    await middle(page, 'Noisiest level of CA'),
  ];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 0.75 * (to.x - from.x), from.y, { steps: 8 });
  await page.mouse.up();
  const hi = Number(await cleanest.getAttribute('aria-valuetext'));
  expect(hi).toBeGreaterThan(0.5);
  expect(hi).toBeLessThan(0.62);
  await expect(armRow(page, 'Arm 2')).toContainText(`τ of CA 0.42 to ${hi.toFixed(2)} instead`);
  await expect.poll(() => concentration(page, 0.42, hi), { timeout: 120_000 }).toBeGreaterThan(3);

  // With several steps the rail shows what each of them draws above its own t.
  await page
    .getByRole('checkbox', { name: /Only above the student’s own step/ })
    .first()
    .check();
  await expect(page.getByText('With one step t is 0')).toBeVisible();
  await page
    .getByRole('group', { name: 'Student’s steps' })
    .getByRole('radio', { name: '4' })
    .check();
  await expect(
    page.getByRole('img', { name: new RegExp(`step 3 draws 0.50 to ${hi.toFixed(2)}`) }),
  ).toBeVisible();
  await expect(armRow(page, 'Arm 2')).toContainText('4 steps instead of one step');

  await press(page, 'τ of CA: back to 0.02 to 0.98');
  await expect(noisiest).toBeFocused();
  await expect(armRow(page, 'Arm 2')).not.toContainText('instead of 0.02');
  await press(page, 'Restore Arm 2');
  await expect(armRow(page, 'Arm 2')).toContainText('Set up like the first arm.');

  // Space is heard anywhere but on a button or in a field.
  await noisiest.focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  await expect(page.getByTestId('note-arm-1')).toHaveText(/^iteration \d+$/);
  await page.waitForTimeout(1000);
  const held = await iteration(page);
  await page.keyboard.press('c');
  await expect.poll(() => iteration(page)).toBe(held + 1);
  await press(page, 'Student only');
  await expect.poll(() => iteration(page)).toBe(held + 2);
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();

  await press(page, 'Rename Arm 2');
  await page.keyboard.type('d .s');
  await page.keyboard.press('Enter');
  await expect(armRow(page, 'd .s')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Arms' }).getByRole('listitem')).toHaveCount(2);
  expect(await iteration(page)).toBe(held + 2);

  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(list).toContainText('Start, pause or go on');
  await list.getByRole('checkbox', { name: /Single keys/ }).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  await expect(page.getByRole('region', { name: 'Arms' }).getByRole('listitem')).toHaveCount(2);
  await press(page, 'Resume');
  await reach(page, held + 3);
});

test('the tour goes through and is remembered; the formula and what belongs to it are marked together', async ({
  page,
}) => {
  await page.goto('./');
  await page.getByRole('button', { name: /Take the tour/ }).press('Enter');
  const stops = ['The spear', 'The shield', 'Other shields', 'Schedules', 'Take it home'];
  for (const [place, name] of stops.entries()) {
    const stop = page.getByRole('dialog', { name });
    await expect(stop).toBeFocused();
    await expect(page.locator('[data-tour-here]')).toHaveCount(1);
    await expect(page.locator('[data-tour-here]')).toBeInViewport();
    await stop.getByRole('button', { name: place < 4 ? 'Next' : 'Done' }).press('Enter');
  }
  await expect(page.getByRole('button', { name: 'Tour again' })).toBeFocused();
  await expect(page.locator('[data-tour-here]')).toHaveCount(0);
  await page.reload();

  // On a phone it is a sheet at the lower edge; Escape leaves it.
  await page.setViewportSize({ width: 375, height: 812 });
  await press(page, 'Tour again');
  const sheet = page.getByRole('dialog', { name: 'The spear' });
  await expect(sheet).toBeVisible();
  await expect
    .poll(async () => {
      const box = await sheet.boundingBox();
      return box === null ? null : [box.x, Math.round(box.y + box.height)];
    })
    .toEqual([0, 812]);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);

  // KaTeX has typeset the formula, with MathML for those who hear it.
  const formula = page.getByRole('region', { name: 'The update of the student' });
  await expect(formula.locator('.katex')).toHaveCount(5);
  await expect(formula.locator('math')).toHaveCount(5);
  const card = page.locator('.term-card[data-term="dm"]');
  const unmarked = await card.evaluate((element) => getComputedStyle(element).boxShadow);
  await formula.getByText('the shield').hover();
  await expect
    .poll(() => card.evaluate((element) => getComputedStyle(element).boxShadow))
    .not.toBe(unmarked);
  await formula.getByRole('button', { name: /the shield/ }).press('Enter');
  const shield = page.getByRole('switch', { name: 'DM, the shield' });
  await expect(shield).toBeFocused();
  await expect(shield).toBeInViewport();
  await page.keyboard.press('Space');
  await expect(formula.getByRole('button', { name: /the shield \(off\)/ })).toBeVisible();
});
