import { expect } from 'vitest';
import { countCalls, followBuffers } from '../../../bench/counts';
import { test } from '../../support/gpu';

const SIZE = 256;

test('whoever follows buffers goes on when somebody else has counted calls', async ({ gpu }) => {
  const { device } = gpu;
  const make = (): GPUBuffer =>
    device.createBuffer({ size: SIZE, usage: GPUBufferUsage.COPY_DST, mappedAtCreation: true });
  const bytes = followBuffers(device);
  const made: GPUBuffer[] = [];
  const counts = await countCalls(device, () => Promise.resolve(made.push(make())));
  made.push(make());
  expect(counts.uploadedBytes).toBe(SIZE);
  expect(bytes()).toEqual({ live: 2 * SIZE, peak: 2 * SIZE });
  for (const buffer of made) buffer.destroy();
  expect(bytes()).toEqual({ live: 0, peak: 2 * SIZE });
});
