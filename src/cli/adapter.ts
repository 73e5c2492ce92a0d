import { Gpu } from '../gpu/gpu';
import { dawnGpu } from './dawn';

/** The GPU that commands run on; says on the terminal which it is. Throws GpuError without one. */
export const openGpu = async (): Promise<Gpu> => {
  const gpu = await Gpu.request(dawnGpu());
  console.log(`adapter: ${gpu.info.name}${gpu.info.software ? ' (software)' : ''}`);
  return gpu;
};
