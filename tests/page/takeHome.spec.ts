import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { checkOnnx } from '../../src/interchange/onnx/check';
import { parseSafetensors } from '../../src/interchange/safetensors';
import { dropFile } from './ownFiles';
import { figure, iteration, openLab, pause, press, reach, start } from './support';
import { expect, test } from './visitor';

/** ONNX Runtime's code. */
const WASM = /ort.*\.wasm/;

interface Saved {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Presses a button that hands out a file, and reads the file. */
const saved = async (page: Page, button: string | RegExp): Promise<Saved> => {
  const download = page.waitForEvent('download');
  await press(page, button);
  const file = await download;
  return {
    name: file.suggestedFilename(),
    bytes: Uint8Array.from(await readFile(await file.path())),
  };
};

test('a student goes home as ONNX, checked and tried, and comes back as a teacher', async ({
  page,
}) => {
  // ONNX Runtime makes its own kernels for each file, which takes a processor long.
  test.setTimeout(600_000);
  await openLab(page);
  await expect(page.getByRole('button', { name: 'Take it home' })).toBeDisabled();
  await start(page);
  await reach(page, 2);

  // Without ONNX Runtime there is no file, but a word, and training goes on.
  await page.context().route(WASM, (route) => route.abort());
  await press(page, 'Take it home');
  await press(page, 'Write and check');
  await expect(page.getByRole('alert')).toContainText('ONNX Runtime could not be loaded');
  await page.context().unroute(WASM);
  await page.keyboard.press('Escape');
  await reach(page, (await iteration(page)) + 2);

  await pause(page);
  await press(page, 'Take it home');
  const dialog = page.getByRole('dialog', { name: 'Take it home' });
  await dialog.getByRole('radio', { name: 'float16' }).check({ force: true });
  await press(page, 'Write and check');
  const check = dialog.getByRole('region', { name: 'Check' });
  await expect(check).toContainText('The file draws what the engine draws', { timeout: 150_000 });
  expect(Number(await page.getByTestId('export-difference').textContent())).toBeLessThan(1e-4);
  await expect(check).toContainText('ONNX Runtime on this GPU');

  // Only the file draws; another prompt, other pictures.
  const picture = dialog.getByRole('img', { name: 'Pictures: The file' });
  const pixels = () =>
    picture.evaluate((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ''));
  await expect(picture).toBeVisible();
  await expect(dialog.getByRole('img', { name: 'Pictures: The teacher' })).toBeVisible();
  const before = await pixels();
  await dialog.getByRole('button', { name: 'Hair colour: any' }).click();
  await page.getByRole('menuitemradio', { name: 'red' }).click();
  await expect.poll(pixels).not.toBe(before);
  const asked = await pixels();
  await press(page, 'Other noise');
  await expect.poll(pixels).not.toBe(asked);
  const { violations } = await new AxeBuilder({ page }).include('.take-home').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);

  const onnx = await saved(page, /^Save student-arm-1-\d+\.generator\.onnx$/);
  const { inputs, outputs, metadata } = checkOnnx(onnx.bytes);
  expect(inputs.map(({ name }) => name)).toEqual(['noise', 'prompt']);
  expect(outputs.map(({ name }) => name)).toEqual(['image']);
  expect(metadata).toMatchObject({ role: 'student', form: 'generator', precision: 'float16' });

  // Programs come with it, made for this very file.
  await check.getByText('student_onnx.py').first().click();
  const program = check.getByLabel('student_onnx.py', { exact: true });
  await expect(program).toContainText(`FILE = "${onnx.name}"`);
  const script = await saved(page, 'Save student_onnx.py');
  expect(new TextDecoder().decode(script.bytes)).toBe(await program.textContent());

  const weights = await saved(page, 'Weights as safetensors');
  expect(parseSafetensors(weights.bytes).metadata).toMatchObject({ role: 'student' });
  await dialog.getByText('student_torch.py').first().click();
  await expect(dialog.getByLabel('student_torch.py', { exact: true })).toContainText(
    `FILE = "${weights.name}"`,
  );
  const pictures = await saved(page, 'Pictures as PNG');
  expect([...pictures.bytes.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);

  // Another form is another file; a network can come back as a teacher.
  await dialog.getByRole('radio', { name: 'Network' }).check({ force: true });
  await expect(check).toHaveCount(0);
  await press(page, 'Write and check');
  await expect(check).toContainText('The file draws what the engine draws', { timeout: 150_000 });
  const network = await saved(page, /^Save student-arm-1-\d+\.network\.onnx$/);
  await page.keyboard.press('Escape');
  await press(page, 'Reset');
  await bring(page, network);
  await distil(page, network.name);
});

/** Describes a network first wrongly, then rightly, as its trial tells. */
const bring = async (page: Page, { name, bytes }: Saved): Promise<void> => {
  await dropFile(page, name, bytes);
  const dialog = page.getByRole('dialog', { name: 'Bring your own' });
  const network = dialog.getByRole('region', { name: 'The network' });
  await expect(network).toContainText('x_t float32 [batch, 3, 16, 16]', { timeout: 150_000 });
  await expect(network.getByLabel('It predicts')).toHaveValue('clean');
  // What the file does not say is a guess, and says so.
  await expect(network.getByLabel('It counts time as')).toHaveAccessibleDescription(/guess/);
  await network.getByLabel('It predicts').selectOption('noise');
  await press(page, 'Try it');
  const trial = page.getByTestId('onnx-trial');
  await expect(trial.getByRole('alert').first()).toContainText(
    /fits clean images .* better than noise .*: choose what it predicts anew/,
    { timeout: 150_000 },
  );
  await network.getByLabel('It predicts').selectOption('clean');
  await expect(trial).toHaveCount(0);
  await press(page, 'Try it');
  await expect(trial.getByRole('img', { name: '8 pictures by this network' })).toBeVisible();
  await expect(trial).toContainText('by ONNX Runtime on this GPU');
  await expect(trial).toContainText(/prompts move its prediction by \d/);
  await expect(trial.getByRole('alert')).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).include('.own').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
};

/** Distils from the network that was tried; then leaves it for the page's own teacher. */
const distil = async (page: Page, name: string): Promise<void> => {
  const dialog = page.getByRole('dialog', { name: 'Bring your own' });
  await dialog.getByLabel('Steps of imitation').fill('2');
  await dialog.getByText('Their sizes').click();
  for (const [label, value] of Object.entries({ Width: 16, Blocks: 1, Heads: 2, Patch: 8 })) {
    await dialog.getByRole('textbox', { name: label, exact: true }).fill(String(value));
  }
  await press(page, 'Use this teacher');
  await expect(page.getByRole('status').filter({ hasText: name })).toContainText(
    'first they imitate it',
  );
  await start(page);
  await reach(page, 2);
  await pause(page);
  expect(await figure(page, 'caNorm')).toBeGreaterThan(0);
  await press(page, 'Bring your own');
  await page.getByRole('tab', { name: 'ONNX network' }).click();
  const offer = page.getByRole('complementary', { name: 'A network of yours' });
  await expect(offer).toContainText(`Students are distilled from ${name}`);
  await press(page, 'Use the page’s teacher');
  await expect(offer).toContainText(`Kept here: ${name}`);
};
