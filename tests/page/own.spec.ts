import AxeBuilder from '@axe-core/playwright';
import type { Download, Page } from '@playwright/test';
import { decode } from 'fast-png';
import { dropFile, ownTeacher, picturesZip } from './ownFiles';
import { expect, test } from './visitor';
import { armRow, chart, openLab, pause, press, reach, start } from './support';

const SMALL = './?batch=4&images=4&samples=8';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Bring your own' });
const task = (page: Page) => page.getByRole('combobox', { name: 'Task' });

const bytesOf = async (download: Promise<Download>): Promise<Buffer> =>
  Buffer.concat(await (await (await download).createReadStream()).toArray());

test('broken files are refused in words; a teacher with attributes of its own is used, and there after a reload', async ({
  page,
}) => {
  await page.goto(SMALL);
  await test.step('a broken file of each kind is refused in words, and the page goes on', async () => {
    const text = (words: string): Uint8Array => new TextEncoder().encode(words);
    const alert = dialog(page).getByRole('alert');
    const broken: readonly (readonly [string, Uint8Array, RegExp])[] = [
      ['cut.safetensors', ownTeacher().slice(0, 5000), /Safetensors: .*download it again/],
      ['noise.safetensors', text('not a teacher at all'), /the header claims/],
      ['cut.zip', picturesZip().slice(0, 700), /damaged or cut off/],
      ['no.zip', text('PK, but not really'), /not a zip archive/],
      ['one.png', text('no picture'), /Only 0 of 1 files are pictures/],
      ['letter.txt', text('dear page'), /“letter.txt” is nothing that is read here/],
    ];
    for (const [name, bytes, message] of broken) {
      await dropFile(page, name, bytes);
      await expect(alert, name).toContainText(message);
      await expect(alert).toHaveCount(1);
      await page.keyboard.press('Escape');
      await expect(dialog(page)).toHaveCount(0);
    }
    for (const [name, words, message] of [
      ['cut.json', '{"kind":', 'not JSON'],
      ['record.json', '{"version":1}', 'no set-up of this page'],
    ] as const) {
      await dropFile(page, name, text(words));
      const notice = page.getByRole('status').filter({ hasText: `“${name}” was not opened` });
      await expect(notice).toContainText(message);
    }
    await expect(task(page).locator('option')).toHaveCount(2);
  });
  await dropFile(page, 'shapes.safetensors', ownTeacher());
  const summary = dialog(page).getByRole('region', { name: 'The teacher' });
  await expect(summary.getByRole('heading', { name: 'Shapes' })).toBeVisible();
  await expect(summary).toContainText('circle, square, star');
  await expect(summary).toContainText('8x8 pixels');
  const { violations } = await new AxeBuilder({ page }).include('.own').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  await press(page, 'Use this teacher');
  await expect(dialog(page)).toHaveCount(0);
  await expect(task(page).locator('option:checked')).toHaveText('Shapes');

  // What needs real pictures or a classifier says why it is not there.
  await expect(chart(page, 'Prompt accuracy')).toContainText('no classifier knows');
  await expect(chart(page, 'Saturation')).toContainText('Nothing has been measured yet');
  await expect(page.getByRole('switch', { name: 'GAN' })).toBeDisabled();
  await start(page);
  await reach(page, 2);
  await pause(page);
  await expect(page.getByRole('button', { name: /picture 1: shape: / }).first()).toBeVisible();

  const sheet = bytesOf(page.waitForEvent('download'));
  await press(page, 'Contact sheet');
  const { width, height } = decode(await sheet);
  // Four pictures a row of 64 pixels with gaps of 4; the student, and the teacher twice.
  expect([width, height]).toEqual([4 * 68 + 4, 3 * 68 + 4]);

  await page.goto(SMALL);
  await expect(task(page).locator('option:checked')).toHaveText('Shapes');
  const offer = page.getByRole('complementary', { name: 'A run is kept' });
  await offer.getByRole('button', { name: 'Go on' }).click();
  await reach(page, 3);

  await press(page, 'Bring your own');
  await press(page, 'Remove Shapes');
  await press(page, 'Really remove Shapes');
  await page.keyboard.press('Escape');
  await expect(task(page).locator('option:checked')).toHaveText('Avatars');
  await expect(task(page).locator('option', { hasText: 'Shapes' })).toHaveCount(0);
});

test('pictures become a task, a teacher is trained on them, and distilled from', async ({
  page,
}) => {
  await page.goto(SMALL);
  await press(page, 'Bring your own');
  await page.getByRole('tab', { name: 'Images' }).click();
  await dialog(page)
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'red_and_blue.zip',
      mimeType: 'application/zip',
      buffer: Buffer.from(picturesZip()),
    });
  const summary = dialog(page).getByRole('region', { name: 'The pictures' });
  await expect(summary).toContainText('24 pictures of 16x16 pixels');
  await expect(summary).toContainText('blue (12), red (12)');
  await summary.getByText('1 file was left out').click();
  await expect(summary).toContainText('notes.txt: it is no PNG');
  await expect(page.getByRole('textbox', { name: 'Name of the task' })).toHaveValue('red and blue');
  await press(page, 'Make it a task');

  const teacher = page.getByRole('dialog', { name: 'Train your own teacher' });
  await expect(teacher).toContainText('red and blue');
  await page.getByRole('radio', { name: 'Own' }).check({ force: true });
  const sizes = { Width: 16, Blocks: 1, Heads: 2, Patch: 8, Steps: 6, 'Images a step': 4 };
  for (const [name, value] of Object.entries(sizes)) {
    await page.getByRole('textbox', { name, exact: true }).fill(String(value));
  }
  await press(page, 'Train');
  const status = page.getByTestId('teacher-status');
  await expect(status).toHaveText('Trained: 6 steps.', { timeout: 120_000 });
  await expect(page.getByRole('button', { name: 'Measure' })).toBeDisabled();
  await press(page, 'Use this teacher');
  await expect(page.getByRole('complementary', { name: 'Your own teacher' })).toContainText(
    'distilled from your own teacher',
  );
  await page.keyboard.press('Escape');
  // Real pictures are there: the shields that need them can be had.
  await page.getByRole('switch', { name: 'GAN' }).click();
  await start(page);
  await reach(page, 1);
  await expect(page.getByTestId('targets')).toHaveCount(0);

  await page.reload();
  await expect(task(page).locator('option:checked')).toHaveText('red and blue');
  await expect(page.getByText('24 pictures of your own')).toBeVisible();
});

test('a set-up is saved, and opened by dropping it', async ({ page }) => {
  await openLab(page);
  await press(page, 'Duplicate');
  await page.getByRole('switch', { name: 'DM, the shield' }).click();
  const saved = bytesOf(page.waitForEvent('download'));
  await press(page, 'Save set-up');
  const file = await saved;
  const setUp: unknown = JSON.parse(file.toString());
  expect(setUp).toMatchObject({ version: 1, task: 'avatars', lab: { batch: 8 } });
  expect(setUp).toHaveProperty('teacher.sha256');

  await openLab(page);
  await expect(armRow(page, 'Arm 2')).toHaveCount(0);
  await dropFile(page, 'mine.json', file);
  await expect(page.getByRole('status').filter({ hasText: '“mine.json”' })).toContainText(
    '“mine.json” is set up: 2 arms.',
  );
  await expect(armRow(page, 'Arm 2')).toContainText('CA ×4 only');
});
