import type { Gpu } from '../src/gpu/gpu';
import { Engine } from '../src/graph/engine';
import type { Executable } from '../src/graph/executable';
import type { KernelChoice } from '../src/graph/kernel';
import { matmul } from '../src/graph/ops/matmul';
import { read, variable, type Tensor } from '../src/graph/tensor';
import { MLP_RATIO, tokenCount, type DitConfig } from '../src/models/dit/config';
import { gflopsOf, summarise, type Times } from './statistics';

/** Which product of a linear layer: y = x W', dx = dy W, dW = dy' x. */
export type Form = 'forward' | 'input gradient' | 'weight gradient';

/** How fast one product of one layer is. */
export interface ProductReport {
  readonly layer: string;
  readonly form: Form;
  /** Sizes of the product: (m, k) times (k, n). */
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** Milliseconds of one product, and its speed, by variant; the variant in use comes first. */
  readonly variants: readonly {
    readonly variant: KernelChoice['matmul'];
    readonly times: Times;
    readonly gflops: number;
  }[];
}

/** A linear layer: rows of `into` values to rows of `out`. */
export interface Layer {
  readonly name: string;
  readonly into: number;
  readonly out: number;
}

/** One product under one variant, compiled. */
interface Contestant {
  readonly layer: Layer;
  readonly form: Form;
  readonly engine: Engine;
  readonly program: Executable;
  readonly flops: number;
  readonly times: number[];
}

const FORMS: readonly Form[] = ['forward', 'input gradient', 'weight gradient'];

/** Products in one program, so that its settings and passes weigh little. */
const COPIES = 4;
/** A timed round lasts about this long where a single program is shorter. */
const ROUND_MILLISECONDS = 20;
const MAX_RUNS = 64;

/** The linear layers of a block. */
export const layersOf = ({ width }: DitConfig): Layer[] => [
  { name: 'attn.qkv', into: width, out: 3 * width },
  { name: 'attn.out', into: width, out: width },
  { name: 'mlp.fc1', into: width, out: MLP_RATIO * width },
  { name: 'mlp.fc2', into: MLP_RATIO * width, out: width },
];

const sizesOf = ({ into, out }: Layer, form: Form, rows: number) => {
  switch (form) {
    case 'forward':
      return { m: rows, n: out, k: into };
    case 'input gradient':
      return { m: rows, n: into, k: out };
    case 'weight gradient':
      return { m: out, n: into, k: rows };
  }
};

/** The product by itself; training computes both gradients of a layer in one dispatch. */
const productOf = ({ into, out }: Layer, form: Form, rows: number): Tensor => {
  const x = read(variable('x', [rows, into]));
  const weight = read(variable('weight', [out, into]));
  const dy = read(variable('dy', [rows, out]));
  switch (form) {
    case 'forward':
      return matmul(x, weight, { transposeB: true });
    case 'input gradient':
      return matmul(dy, weight);
    case 'weight gradient':
      return matmul(dy, x, { transposeA: true });
  }
};

const prepare = async (
  engine: Engine,
  layer: Layer,
  form: Form,
  rows: number,
): Promise<Contestant> => {
  const products = Array.from({ length: COPIES }, () => productOf(layer, form, rows));
  const program = await engine.prepare({
    name: `${layer.name} ${form}`,
    assign: products.map((value) => ({ variable: variable('product', value.shape), value })),
  });
  return { layer, form, engine, program, flops: program.cost.flops / COPIES, times: [] };
};

/** Milliseconds of one product, over `runs` runs of its program. */
const timeOf = async (gpu: Gpu, { engine, program }: Contestant, runs: number): Promise<number> => {
  const recording = engine.record();
  for (let i = 0; i < runs; i++) recording.run(program);
  const begin = performance.now();
  void recording.submit();
  await gpu.device.queue.onSubmittedWorkDone();
  return (performance.now() - begin) / (runs * COPIES);
};

/**
 * Times the products of the DiT's linear layers at one batch, each form under each variant, in
 * turns: a round times every one of them once, after a round that warms up.
 */
export const measureProducts = async (
  gpu: Gpu,
  network: DitConfig,
  batch: number,
  choices: readonly KernelChoice[],
  repetitions: number,
): Promise<ProductReport[]> => {
  const rows = batch * tokenCount(network);
  const engines = choices.map((choice) => new Engine(gpu, choice));
  try {
    const contestants = await Promise.all(
      layersOf(network).flatMap((layer) =>
        FORMS.flatMap((form) => engines.map((engine) => prepare(engine, layer, form, rows))),
      ),
    );
    const runs = new Map<Contestant, number>();
    for (const contestant of contestants) {
      const warmUp = (await timeOf(gpu, contestant, 1)) * COPIES;
      const wanted = Math.round(ROUND_MILLISECONDS / Math.max(warmUp, 1e-3));
      runs.set(contestant, Math.min(Math.max(wanted, 1), MAX_RUNS));
    }
    for (let round = 0; round < repetitions; round++) {
      for (const contestant of contestants) {
        contestant.times.push(await timeOf(gpu, contestant, runs.get(contestant) ?? 1));
      }
    }
    return layersOf(network).flatMap((layer) =>
      FORMS.map((form) => ({
        layer: layer.name,
        form,
        ...sizesOf(layer, form, rows),
        variants: contestants
          .filter((one) => one.layer.name === layer.name && one.form === form)
          .map(({ engine, times, flops }) => {
            const summary = summarise(times);
            const gflops = gflopsOf(flops, summary.median);
            return { variant: engine.choice.matmul, times: summary, gflops };
          }),
      })),
    );
  } finally {
    for (const engine of engines) engine.destroy();
  }
};
