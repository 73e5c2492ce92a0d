import type { Page } from '@playwright/test';
import { encode } from 'fast-png';
import { zipSync } from 'fflate';
import { writeSafetensors } from '../../src/interchange/safetensors';

const WIDTH = 8;
const PATCH = 4;
const TOKENS = 4;
const PIXELS = 3 * PATCH * PATCH;

/** Names and shapes of a DiT of one block for images of 8x8, as the golden data's README states them. */
const SHAPES: Readonly<Record<string, readonly number[]>> = {
  posEmbed: [1, TOKENS, WIDTH],
  'patchEmbed.weight': [WIDTH, PIXELS],
  'patchEmbed.bias': [WIDTH],
  'timeEmbed.fc1.weight': [WIDTH, 64],
  'timeEmbed.fc1.bias': [WIDTH],
  'timeEmbed.fc2.weight': [WIDTH, WIDTH],
  'timeEmbed.fc2.bias': [WIDTH],
  'attrEmbed.shape.weight': [4, WIDTH],
  'attrEmbed.shade.weight': [3, WIDTH],
  'blocks.0.attn.qkv.weight': [3 * WIDTH, WIDTH],
  'blocks.0.attn.qkv.bias': [3 * WIDTH],
  'blocks.0.attn.out.weight': [WIDTH, WIDTH],
  'blocks.0.attn.out.bias': [WIDTH],
  'blocks.0.mlp.fc1.weight': [4 * WIDTH, WIDTH],
  'blocks.0.mlp.fc1.bias': [4 * WIDTH],
  'blocks.0.mlp.fc2.weight': [WIDTH, 4 * WIDTH],
  'blocks.0.mlp.fc2.bias': [WIDTH],
  'blocks.0.modulation.weight': [6 * WIDTH, WIDTH],
  'blocks.0.modulation.bias': [6 * WIDTH],
  'final.modulation.weight': [2 * WIDTH, WIDTH],
  'final.modulation.bias': [2 * WIDTH],
  'final.linear.weight': [PIXELS, WIDTH],
  'final.linear.bias': [PIXELS],
};

/** A teacher whose attributes no task of the page has; its weights are small waves. */
export const ownTeacher = (): Uint8Array<ArrayBuffer> =>
  writeSafetensors(
    Object.entries(SHAPES).map(([name, shape], place) => {
      const length = shape.reduce((product, edge) => product * edge, 1);
      const data = Float32Array.from({ length }, (_, at) => 0.2 * Math.sin(at + 7 * place));
      return { name, shape, data };
    }),
    {
      ...{ width: String(WIDTH), depth: '1', heads: '2', patch: String(PATCH), image: '3x8x8' },
      attributes: JSON.stringify({ shape: 3, shade: 2 }),
      title: 'Shapes',
      prompts: JSON.stringify([
        { name: 'shape', title: 'shape', values: ['circle', 'square', 'star'] },
        { name: 'shade', title: 'shade', values: ['dark', 'light'] },
      ]),
    },
  );

/** A zip of two dozen pictures in two folders, and a note that is none. */
export const picturesZip = (): Uint8Array => {
  const picture = (red: number, blue: number): Uint8Array => {
    const data = Uint8Array.from({ length: 20 * 20 * 3 }, (_, at) => [red, 40, blue][at % 3] ?? 0);
    return encode({ width: 20, height: 20, data, channels: 3, depth: 8 });
  };
  const files = Array.from({ length: 24 }, (_, index) =>
    index % 2 === 0
      ? ([`plain/red/${index}.png`, picture(255 - index, 0)] as const)
      : ([`plain/blue/${index}.png`, picture(0, 255 - index)] as const),
  );
  const note = new TextEncoder().encode('made for a test');
  return zipSync({ ...Object.fromEntries(files), 'plain/notes.txt': note });
};

/** Drops a file on the page, as a person would from a folder. */
export const dropFile = async (page: Page, name: string, bytes: Uint8Array): Promise<void> => {
  const base64 = Buffer.from(bytes).toString('base64');
  const data = await page.evaluateHandle(
    ([fileName, text]) => {
      const content = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], fileName));
      return transfer;
    },
    [name, base64] as const,
  );
  for (const event of ['dragenter', 'dragover', 'drop']) {
    await page.dispatchEvent('body', event, { dataTransfer: data });
  }
};
