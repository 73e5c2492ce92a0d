import { create, globals } from 'webgpu';

let dawn: GPU | undefined;

/**
 * Dawn's `navigator.gpu` for Node, made once. Sets the WebGPU globals (GPUBufferUsage, GPUMapMode and
 * the like) that the engine expects, as a browser has them. Finds a GPU through Vulkan (Metal on
 * macOS, Direct3D on Windows); without one, name a software driver in VK_ICD_FILENAMES. `flags` are
 * Dawn's own; those of the first call count.
 */
export function dawnGpu(flags: readonly string[] = []): GPU {
  if (dawn === undefined) {
    Object.assign(globalThis, globals);
    dawn = create([...(process.platform === 'linux' ? ['backend=vulkan'] : []), ...flags]);
  }
  return dawn;
}
