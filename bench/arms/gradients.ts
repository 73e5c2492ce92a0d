import type { DitTeacher } from '../../src/distill/ditTeacher';
import type { Engine } from '../../src/graph/engine';
import type { Executable } from '../../src/graph/executable';
import { matmul } from '../../src/graph/ops/matmul';
import { perPart } from '../../src/graph/ops/perPart';
import { read, variable, type Tensor } from '../../src/graph/tensor';
import { blockLayers, type Layer } from '../products';
import { ARMS, type Programs } from './contest';

/** Weights (arms, out, in) of one layer, each arm's apart from the next as networks lie in memory. */
const weightsOf = ({ into, out }: Layer, stride: number, arms: number): Tensor => {
  const memory = read(variable('weights', [(arms - 1) * stride + out * into]));
  const others = Array.from({ length: arms - 1 }, () => 1);
  return perPart(memory, [out, into], stride, [1, ...others]);
};

/** dx = dy W and dW = dy' x of every layer: two products each, for all arms at once. */
const products = (layers: readonly Layer[], stride: number, arms: number): Tensor[] =>
  layers.flatMap((layer) => {
    const { rows, into, out } = layer;
    const x = read(variable('x', [arms, rows, into]));
    const dy = read(variable('dy', [arms, rows, out]));
    return [matmul(dy, weightsOf(layer, stride, arms)), matmul(dy, x, { transposeA: true })];
  });

const prepare = (engine: Engine, values: readonly Tensor[]): Promise<Executable> =>
  engine.prepare({
    name: 'gradients',
    assign: values.map((value) => ({ variable: variable('gradient', value.shape), value })),
  });

/**
 * The products of a block's backward pass at `images` images an arm, one dispatch each. Training has
 * both of a layer in one dispatch, which knows no parts; here both ways have two, so that they differ
 * by the batch alone.
 */
export const gradientPrograms = (
  engine: Engine,
  { config, parameters }: DitTeacher,
  images: number,
): Promise<Programs[]> => {
  const layers = blockLayers(config, images);
  const stride = parameters.layout.size;
  const ofArms = (arms: number) => prepare(engine, products(layers, stride, arms));
  return Promise.all(
    ARMS.map(async (arms) => ({
      arms,
      apart: await Promise.all(Array.from({ length: arms }, () => ofArms(1))),
      together: [await ofArms(arms)],
    })),
  );
};
