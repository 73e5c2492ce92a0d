import type { Gpu } from '../src/gpu/gpu';
import { Engine } from '../src/graph/engine';
import type { KernelChoice } from '../src/graph/kernel';
import { gradientProduct, matmul } from '../src/graph/ops/matmul';
import { read, variable, type Tensor } from '../src/graph/tensor';
import { MLP_RATIO, tokenCount, type DitConfig } from '../src/models/dit/config';
import { timeInTurns, type Contestant } from './runs';
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

/** A linear layer: so many rows of `into` values to rows of `out`. */
export interface Layer {
  readonly name: string;
  readonly rows: number;
  readonly into: number;
  readonly out: number;
}

/** One product under one variant, compiled. */
interface ProductContestant extends Contestant {
  readonly layer: Layer;
  readonly form: Form;
  readonly flops: number;
}

const FORMS: readonly Form[] = ['forward', 'input gradient', 'weight gradient'];

/** Products in one program, so that its settings and passes weigh little. */
const COPIES = 4;

/** The layers of a block of a DiT at one batch. */
export const blockLayers = (network: DitConfig, batch: number): Layer[] => {
  const { width } = network;
  const rows = batch * tokenCount(network);
  return [
    { name: 'attn.qkv', rows, into: width, out: 3 * width },
    { name: 'attn.out', rows, into: width, out: width },
    { name: 'mlp.fc1', rows, into: width, out: MLP_RATIO * width },
    { name: 'mlp.fc2', rows, into: MLP_RATIO * width, out: width },
  ];
};

/** Squares of these sizes, which show what a product's kernel can do where the sizes suit it. */
export const squares = (sizes: readonly number[]): Layer[] =>
  sizes.map((size) => ({ name: `square ${size}`, rows: size, into: size, out: size }));

const sizesOf = ({ rows, into, out }: Layer, form: Form) => {
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
const productOf = ({ rows, into, out }: Layer, form: Form): Tensor => {
  const x = read(variable('x', [rows, into]));
  const weight = read(variable('weight', [out, into]));
  const dy = read(variable('dy', [rows, out]));
  switch (form) {
    case 'forward':
      return matmul(x, weight, { transposeB: true });
    case 'input gradient':
      return gradientProduct(dy, weight);
    case 'weight gradient':
      return gradientProduct(dy, x, { transposeA: true });
  }
};

const prepare = async (engine: Engine, layer: Layer, form: Form): Promise<ProductContestant> => {
  const products = Array.from({ length: COPIES }, () => productOf(layer, form));
  const program = await engine.prepare({
    name: `${layer.name} ${form}`,
    assign: products.map((value) => ({ variable: variable('product', value.shape), value })),
  });
  return { layer, form, engine, program, flops: program.cost.flops / COPIES, times: [] };
};

/**
 * Times the products of linear layers, each form under each variant, in turns: a round times every
 * one of them once, after a round that warms up.
 */
export const measureProducts = async (
  gpu: Gpu,
  layers: readonly Layer[],
  choices: readonly KernelChoice[],
  repetitions: number,
): Promise<ProductReport[]> => {
  const engines = choices.map((choice) => new Engine(gpu, choice));
  try {
    const contestants = await Promise.all(
      layers.flatMap((layer) =>
        FORMS.flatMap((form) => engines.map((engine) => prepare(engine, layer, form))),
      ),
    );
    await timeInTurns(contestants, repetitions);
    return layers.flatMap((layer) =>
      FORMS.map((form) => ({
        layer: layer.name,
        form,
        ...sizesOf(layer, form),
        variants: contestants
          .filter((one) => one.layer.name === layer.name && one.form === form)
          .map(({ engine, times, flops }) => {
            const summary = summarise(times.map((time) => time / COPIES));
            const gflops = gflopsOf(flops, summary.median);
            return { variant: engine.choice.matmul, times: summary, gflops };
          }),
      })),
    );
  } finally {
    for (const engine of engines) engine.destroy();
  }
};
