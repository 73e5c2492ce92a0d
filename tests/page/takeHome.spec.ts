import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { checkOnnx } from '../../src/interchange/onnx/check';
import { parseSafetensors } from '../../src/interchange/safetensors';
import { iteration, openLab, pause, press, reach, start } from './support';
import { expect, test } from './visitor';

/** ONNX Runtime's code. */
const WASM = /ort.*\.wasm/;

/** Presses a button that hands out a file, and reads the file. */
const saved = async (page: Page, button: string | RegExp) => {
  const download = page.waitForEvent('download');
  await press(page, button);
  const file = await download;
  return {
    name: file.suggestedFilename(),
    bytes: Uint8Array.from(await readFile(await file.path())),
  };
};

test('a student is written as ONNX, checked, tried and saved', async ({ page }) => {
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
  await dialog.getByRole('combobox', { name: 'Hair colour' }).selectOption('red');
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

  const weights = await saved(page, 'Weights as safetensors');
  expect(parseSafetensors(weights.bytes).metadata).toMatchObject({ role: 'student' });
  const pictures = await saved(page, 'Pictures as PNG');
  expect([...pictures.bytes.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);

  // Another form is another file.
  await dialog.getByRole('radio', { name: 'Network' }).check({ force: true });
  await expect(check).toHaveCount(0);
});
