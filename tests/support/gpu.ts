import { test as base } from 'vitest';
import { ADAPTER_OPTIONS, extensionsOf, Gpu, type Extension } from '../../src/gpu/gpu';
import { inBrowser } from './files';

/** GPU errors that no test has been blamed for yet. */
const errors: string[] = [];

/**
 * Vitest's `test` with a fixture `gpu`: one device for all files of a run, so that pipelines compile
 * once. Fails, never skips, where there is no adapter. A GPU error that nothing in a test caught
 * fails that test.
 */
export const test = base
  .extend('gpu', { scope: 'worker' }, async ({}, { onCleanup }) => {
    const gpu = await Gpu.request(await findGpu());
    gpu.device.addEventListener('uncapturederror', (event) => {
      errors.push(event.error.message);
    });
    const { name, software } = gpu.info;
    console.log(
      `adapter (${inBrowser ? 'Chromium' : 'Dawn'}): ${name}${software ? ' (software)' : ''}, ` +
        `optional kernels: ${[...gpu.extensions].join(', ') || 'none'}`,
    );
    onCleanup(() => {
      gpu.destroy();
    });
    return gpu;
  })
  .extend('gpuErrors', { auto: true }, ({ gpu }, { onCleanup }) => {
    onCleanup(async () => {
      await gpu.device.queue.onSubmittedWorkDone();
      const caught = errors.splice(0);
      if (caught.length > 0) throw new Error(`uncaught GPU error: ${caught.join('\n')}`);
    });
  });

/**
 * What the adapter lets WGSL enable, for tests that only some adapters can run: they are declared where
 * it has what they need. Fails where there is no adapter.
 */
export async function adapterExtensions(): Promise<ReadonlySet<Extension>> {
  const adapter = await (await findGpu()).requestAdapter(ADAPTER_OPTIONS);
  if (!adapter) throw new Error('there is no adapter');
  return extensionsOf(adapter);
}

async function findGpu(): Promise<GPU> {
  if (!inBrowser) {
    const { dawnGpu } = await import('../../src/cli/dawn');
    return dawnGpu();
  }
  if (!('gpu' in navigator)) throw new Error('this Chromium has no WebGPU');
  return navigator.gpu;
}
