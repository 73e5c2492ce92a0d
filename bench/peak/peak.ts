import type { Gpu } from '../../src/gpu/gpu';
import copySource from './copy.wgsl?raw';
import multiplyAddSource from './multiply_add.wgsl?raw';

/** The most that an adapter did here; what kernels do is compared with it. */
export interface Peak {
  /** f32 multiply-adds in registers, two operations each, in GFLOP/s. */
  readonly gflops: number;
  /** Bytes read and written by a copy of a large buffer, in GB/s. */
  readonly gigabytes: number;
}

const WORKGROUP = 64;
const VEC4_BYTES = 16;
/** Operations of an invocation in a round: 8 chains, 4 links, vec4, multiply and add. */
const ROUND_FLOPS = 8 * 4 * 4 * 2;
/** A measurement lasts at least this long, so that submitting it weighs little. */
const LEAST_MILLISECONDS = 40;
const MOST_REPEATS = 2 ** 14;
/** The fastest of several: a peak is what can be done, not what is usual. */
const ATTEMPTS = 5;

/** Enough invocations to fill the adapter, and a buffer too large for its caches. */
const SIZES = {
  hardware: { workgroups: 4096, rounds: 256, bytes: 64 * 2 ** 20 },
  software: { workgroups: 64, rounds: 64, bytes: 32 * 2 ** 20 },
} as const;

interface Work {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly workgroups: number;
  /** Operations, or bytes, of one dispatch. */
  readonly amount: number;
}

/** Milliseconds of so many dispatches. */
const timeOf = async ({ device }: Gpu, work: Work, repeats: number): Promise<number> => {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(work.pipeline);
  pass.setBindGroup(0, work.group);
  for (let i = 0; i < repeats; i++) pass.dispatchWorkgroups(work.workgroups);
  pass.end();
  const begin = performance.now();
  device.queue.submit([encoder.finish()]);
  await device.queue.onSubmittedWorkDone();
  return performance.now() - begin;
};

/** Most of the amount in a millisecond. */
const fastest = async (gpu: Gpu, work: Work): Promise<number> => {
  let repeats = 1;
  while (repeats < MOST_REPEATS && (await timeOf(gpu, work, repeats)) < LEAST_MILLISECONDS) {
    repeats *= 2;
  }
  let best = 0;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    best = Math.max(best, (repeats * work.amount) / (await timeOf(gpu, work, repeats)));
  }
  return best;
};

/** Measures both peaks; takes about a second. Throws GpuError where the buffers find no memory. */
export const measurePeak = async (gpu: Gpu): Promise<Peak> => {
  const { device } = gpu;
  const sizes = gpu.info.software ? SIZES.software : SIZES.hardware;
  const buffers = await gpu.checked('the buffers of the peak', () => {
    const buffer = (size: number, usage = GPUBufferUsage.STORAGE): GPUBuffer =>
      device.createBuffer({ label: 'peak', size, usage });
    return {
      rounds: buffer(VEC4_BYTES, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST),
      result: buffer(sizes.workgroups * WORKGROUP * VEC4_BYTES),
      source: buffer(sizes.bytes),
      copied: buffer(sizes.bytes),
    };
  });
  const { rounds, result, source, copied } = buffers;
  const values = sizes.bytes / VEC4_BYTES;
  device.queue.writeBuffer(rounds, 0, Uint32Array.of(sizes.rounds, values, 0, 0));
  const prepare = async (code: string, bound: readonly GPUBuffer[], amount: number) => {
    const module = device.createShaderModule({ code });
    const compute = { module, entryPoint: 'main' };
    const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute });
    const layout = pipeline.getBindGroupLayout(0);
    const entries = bound.map((buffer, binding) => ({ binding, resource: { buffer } }));
    const group = device.createBindGroup({ layout, entries });
    return { pipeline, group, workgroups: sizes.workgroups, amount };
  };
  try {
    const flops = sizes.workgroups * WORKGROUP * sizes.rounds * ROUND_FLOPS;
    const multiplyAdd = await prepare(multiplyAddSource, [rounds, result], flops);
    const copy = await prepare(copySource, [rounds, source, copied], 2 * sizes.bytes);
    const perMillisecond = 1e-6;
    return {
      gflops: (await fastest(gpu, multiplyAdd)) * perMillisecond,
      gigabytes: (await fastest(gpu, copy)) * perMillisecond,
    };
  } finally {
    for (const buffer of Object.values(buffers)) buffer.destroy();
  }
};
