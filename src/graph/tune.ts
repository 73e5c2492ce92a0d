import { z } from 'zod';
import type { Gpu } from '../gpu/gpu';
import { fastest, tuningKey, type Contender, type TuningStore } from '../gpu/tuning';
import { Engine } from './engine';
import type { KernelChoice } from './kernel';
import { layerNorm } from './ops/layerNorm';
import { matmul } from './ops/matmul';
import { read, variable, type Tensor } from './tensor';
import { passes, productTrials, sumTrials, type Trial } from './trial';
import { candidates, isOptional, isRunnable, VARIANTS } from './variants';

/** Raise it whenever a kernel variant changes its speed: remembered choices are then measured anew. */
const KERNELS_VERSION = 3;

const choiceSchema = z.object({
  matmul: z.enum(VARIANTS.matmul),
  reduce: z.enum(VARIANTS.reduce),
});

/** What is measured one after another, and what must be computed rightly before it is. */
interface Contest {
  readonly choices: readonly KernelChoice[];
  readonly work: Tensor;
  readonly trials: readonly Trial[];
}

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
 * Half precision and subgroups compete where the device has them and they compute what they should.
 * A record that makes no sense here is ignored. `onProgress` is told how many of the measurements are done.
 */
export const chooseKernels = async (
  gpu: Gpu,
  store: TuningStore,
  onProgress?: (done: number, total: number) => void,
): Promise<KernelChoice> => {
  const key = tuningKey(gpu.info, KERNELS_VERSION);
  const known = choiceSchema.safeParse(await store.load(key));
  if (known.success && isRunnable(known.data, gpu)) return known.data;
  const choice = await measure(gpu, onProgress);
  await store.save(key, choice);
  return choice;
};

/** The contenders of a contest, compiled; an optional one that fails its trials is left out. */
const enter = async (
  gpu: Gpu,
  engines: Engine[],
  { choices, work, trials }: Contest,
): Promise<[Contender<KernelChoice>, ...Contender<KernelChoice>[]]> => {
  const entered = await Promise.all(
    choices.map(async (choice) => {
      const engine = new Engine(gpu, choice);
      engines.push(engine);
      const isFit = !isOptional(choice) || (await passes(engine, trials));
      return isFit ? [await prepare(engine, work)] : [];
    }),
  );
  const [first, ...others] = entered.flat();
  if (!first) throw new RangeError('No variant is left.');
  return [first, ...others];
};

const measure = async (
  gpu: Gpu,
  onProgress?: (done: number, total: number) => void,
): Promise<KernelChoice> => {
  const choices = candidates(gpu);
  const engines: Engine[] = [];
  try {
    const [products, sums] = await Promise.all([
      enter(gpu, engines, { choices: choices.matmul, work: product(), trials: productTrials() }),
      enter(gpu, engines, { choices: choices.reduce, work: rows(), trials: sumTrials() }),
    ]);
    onProgress?.(0, 2);
    const { matmul: matmulChoice } = await fastest(gpu, products);
    onProgress?.(1, 2);
    const { reduce } = await fastest(gpu, sums);
    onProgress?.(2, 2);
    return { matmul: matmulChoice, reduce };
  } finally {
    engines.forEach((engine) => engine.destroy());
  }
};
