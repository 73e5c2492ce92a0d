import { readFile } from 'node:fs/promises';
import { decode } from 'fast-png';
import { expect, inject, test } from 'vitest';
import { contactSheet } from '../../../src/interchange/contactSheet';
import { encodePng } from '../../../src/interchange/png';
import { realAvatars } from '../../../src/tasks/avatars/generator';

test('the strip of faces on top of the page is real avatars, seed 1, and a few thousand bytes', async () => {
  const file = await readFile(`${inject('rootDir')}public/avatars.png`);
  const { images } = realAvatars(1, 24);
  const sheet = contactSheet(images, { width: 16, height: 16, columns: 24, scale: 1, gap: 0 });
  const [shown, real] = [decode(file), decode(encodePng(sheet))];
  expect([shown.width, shown.height]).toEqual([384, 16]);
  expect(shown.data).toEqual(real.data);
  expect(file.byteLength).toBeLessThan(16_000);
});
