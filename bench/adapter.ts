import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { dawnGpu } from '../src/cli/dawn';
import { Gpu } from '../src/gpu/gpu';

/** What was measured on what. */
export interface Surroundings {
  readonly adapter: string;
  readonly vendor: string;
  readonly architecture: string;
  readonly software: boolean;
  readonly features: readonly string[];
  readonly versions: { readonly node: string; readonly dawn: string };
  readonly processor: string;
}

/**
 * A device with timestamp queries where the adapter has them, in nanoseconds: Dawn would round them
 * to 65 us, which is more than most dispatches take on a real GPU. Ends the program at the first error of
 * the GPU that nobody waits for.
 */
export const requestGpu = async (): Promise<Gpu> => {
  const entry = dawnGpu(['disable-dawn-features=timestamp_quantization']);
  const gpu = await Gpu.request(entry, { timestamps: true });
  // Work that was refused takes no time and no memory: there is nothing to measure.
  gpu.device.addEventListener('uncapturederror', ({ error }) => {
    console.error(error.message);
    process.exit(1);
  });
  return gpu;
};

/** Describes the machine and the versions. */
export const describeSurroundings = ({ info }: Gpu): Surroundings => {
  const dawn = createRequire(import.meta.url)('webgpu/package.json') as { version: string };
  const cores = cpus();
  return {
    adapter: info.description || info.name,
    vendor: info.vendor,
    architecture: info.architecture,
    software: info.software,
    features: info.features,
    versions: { node: process.version, dawn: dawn.version },
    processor: `${cores.length} x ${cores[0]?.model.trim() ?? 'unknown'}`,
  };
};
