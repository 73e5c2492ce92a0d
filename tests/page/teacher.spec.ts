import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './visitor';
import type { Page } from '@playwright/test';
import { parseSafetensors } from '../../src/interchange/safetensors';
import { press, reach, start } from './support';

const openDialog = async (page: Page): Promise<void> => {
  await press(page, 'Train your own teacher');
  await expect(page.getByRole('dialog', { name: 'Train your own teacher' })).toBeVisible();
};

/** Sizes of a teacher as small as ours get. */
const chooseTiny = async (page: Page): Promise<void> => {
  await page.getByRole('radio', { name: 'Own' }).check({ force: true });
  const sizes = {
    ...{ Width: 32, Blocks: 1, Heads: 2, Patch: 8, Steps: 100 },
    ...{ 'Images a step': 8, 'Images to learn from': 32 },
  };
  for (const [name, value] of Object.entries(sizes)) {
    await page.getByRole('textbox', { name, exact: true }).fill(String(value));
  }
};

const status = (page: Page) => page.getByTestId('teacher-status');

const step = async (page: Page): Promise<number> =>
  Number(/Step (\d+)/.exec((await status(page).textContent()) ?? '')?.[1] ?? NaN);

test('a visitor trains a teacher, goes on after a reload, and distils from it', async ({
  page,
}) => {
  await page.goto('./?batch=4&images=4&samples=8');
  await openDialog(page);
  await chooseTiny(page);

  // Sizes that do not go together are refused in words.
  await page.getByRole('textbox', { name: 'Patch', exact: true }).fill('5');
  await press(page, 'Train');
  await expect(page.getByRole('alert')).toContainText('the patch must tile the image');
  await page.getByRole('textbox', { name: 'Patch', exact: true }).fill('8');

  await press(page, 'How long will it take?');
  await expect(page.getByTestId('teacher-estimate')).toContainText(/About .+ ms a step/);
  await expect(page.getByRole('complementary', { name: 'Software adapter' })).toContainText(
    'hours',
  );

  await press(page, 'Train');
  await expect.poll(() => step(page), { timeout: 120_000 }).toBeGreaterThanOrEqual(5);
  await press(page, 'Pause');
  await expect(status(page)).toContainText('kept: it outlives a reload');
  const held = await step(page);
  expect(held).toBeLessThan(100);
  await expect(
    page.getByRole('img', { name: /Pictures of the teacher, guidance 3/ }),
  ).toBeVisible();
  await expect(page.getByRole('list', { name: 'Loss by noise level' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('.teacher').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);

  await page.reload();
  await openDialog(page);
  const offer = page.getByRole('complementary', { name: 'A training is kept' });
  await expect(offer).toContainText(`avatars, step ${held} of 100`);
  await offer.getByRole('button', { name: 'Go on' }).click();
  await expect(status(page)).toHaveText('Trained: 100 steps.', { timeout: 120_000 });
  const loss = Number(await page.getByTestId('teacher-loss').textContent());
  expect(loss).toBeLessThan(1.4);

  await press(page, 'Measure');
  const figures = page.getByRole('region', { name: 'Figures' });
  await expect(figures.getByRole('row')).toHaveCount(3, { timeout: 120_000 });
  await expect(figures).toContainText('At step 100');

  const download = page.waitForEvent('download');
  await press(page, 'Save file');
  const stream = await (await download).createReadStream();
  const bytes = Buffer.concat(await stream.toArray());
  const { metadata, tensors } = parseSafetensors(Uint8Array.from(bytes));
  expect(metadata).toMatchObject({ kind: 'teacher', task: 'avatars', width: '32', steps: '100' });
  expect(JSON.parse(metadata['figures'] ?? '{}')).toHaveProperty('settings');
  expect(tensors.get('posEmbed')?.shape).toEqual([1, 4, 32]);

  await press(page, 'Use this teacher');
  const own = page.getByRole('complementary', { name: 'Your own teacher' });
  await expect(own).toContainText('distilled from your own teacher');
  await page.keyboard.press('Escape');
  await start(page);
  await reach(page, 2);

  // It outlives a reload as well.
  await page.reload();
  await openDialog(page);
  await own.getByRole('button', { name: 'Use it' }).click();
  await expect(own).toContainText('distilled from your own teacher');
});
