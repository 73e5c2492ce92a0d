import { z } from 'zod';
import type { Gpu } from '../gpu/gpu';
import { fastest, tuningKey, type Contender, type TuningStore } from '../gpu/tuning';
import { Engine } from './engine';
import type { KernelChoice } from './kernel';
import { layerNorm } from './ops/layerNorm';
import { matmul } from './ops/matmul';
import { sharingLanes } from './ops/tiles';
import { read, variable, type Tensor } from './tensor';

/** Raise it whenever a kernel variant changes its speed: remembered choices are then measured anew. */
const KERNELS_VERSION = 2;

const choiceSchema = z.object({
  matmul: z.enum(['tiled', 'blocked', 'lanes4', 'lanes8']),
  reduce: z.enum(['tree', 'serial']),
});

/** What suits GPUs. */
const GPU_CHOICE: KernelChoice = { matmul: 'tiled', reduce: 'tree' };

/** What suits CPUs that stand in for a GPU: lanes that share where subgroups are of that size. */
export const cpuChoice = ({ subgroupLanes }: Pick<Gpu, 'subgroupLanes'>): KernelChoice => ({
  matmul: subgroupLanes === 4 ? 'lanes4' : subgroupLanes === 8 ? 'lanes8' : 'blocked',
  reduce: 'serial',
});

/** Whether the device has what the kernels of a choice need. */
const canRun = (gpu: Gpu, choice: KernelChoice): boolean => {
  const lanes = sharingLanes(choice);
  return lanes === null || lanes === gpu.subgroupLanes;
};

/** A linear layer of middling size, weights stored (out, in). */
const product = (): Tensor =>
  matmul(read(variable('x', [256, 256])), read(variable('weight', [128, 256])), {
    transposeB: true,
  });

/** Rows of a batch of tokens. */
const rows = (): Tensor => layerNorm(read(variable('x', [512, 128])));

/** Plans and compiles a value on an engine. */
const prepare = async (engine: Engine, value: Tensor): Promise<Contender<KernelChoice>> => {
  const result = variable('result', value.shape);
  const program = await engine.prepare({ name: 'tuning', assign: [{ variable: result, value }] });
  return {
    name: engine.choice,
    submit: (repetitions) => {
      const recording = engine.record();
      for (let i = 0; i < repetitions; i++) recording.run(program);
      void recording.submit();
    },
  };
};

/**
 * Which kernel variants are fastest on this adapter: as remembered, or by a short measurement that is
 * then remembered (milliseconds on a GPU; a second or two, mostly compilation, on a software adapter).
 * A record that makes no sense here is ignored. `onProgress` is told how many of the measurements are done.
 */
export const chooseKernels = async (
  gpu: Gpu,
  store: TuningStore,
  onProgress?: (done: number, total: number) => void,
): Promise<KernelChoice> => {
  const key = tuningKey(gpu.info, KERNELS_VERSION);
  const known = choiceSchema.safeParse(await store.load(key));
  if (known.success && canRun(gpu, known.data)) return known.data;
  const choice = await measure(gpu, onProgress);
  await store.save(key, choice);
  return choice;
};

const measure = async (
  gpu: Gpu,
  onProgress?: (done: number, total: number) => void,
): Promise<KernelChoice> => {
  const engines = [new Engine(gpu, GPU_CHOICE), new Engine(gpu, cpuChoice(gpu))] as const;
  const contendersOf = (value: Tensor) =>
    Promise.all([prepare(engines[0], value), prepare(engines[1], value)]);
  try {
    const [products, reductions] = await Promise.all([
      contendersOf(product()),
      contendersOf(rows()),
    ]);
    onProgress?.(0, 2);
    const { matmul: matmulChoice } = await fastest(gpu, products);
    onProgress?.(1, 2);
    const { reduce } = await fastest(gpu, reductions);
    onProgress?.(2, 2);
    return { matmul: matmulChoice, reduce };
  } finally {
    engines.forEach((engine) => engine.destroy());
  }
};
