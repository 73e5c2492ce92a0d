import { tensorSize, variable } from '../../src/graph/tensor';
import { add } from '../../src/graph/ops/pointwise';
import { reshape } from '../../src/graph/ops/views';
import { unflattenParameters } from '../../src/models/parameters';
import { randomValues } from '../support/random';
import { compute, type Golden, type GradientOf } from './network';

/** How far a gradient and finite differences are apart, in units of the derivative's usual size. */
export interface DirectionalError {
  readonly direction: string;
  readonly error: number;
}

/** Directions through all parameters at once; one more goes through each tensor alone. */
const WHOLE_DIRECTIONS = 4;

/**
 * A step changes f by about this part of the sum of its terms' magnitudes, far above the rounding of
 * f32, but changes no weight by more than a fraction of its tensor's root mean square.
 */
const CHANGE = 3e-4;
const MOST_STEP = 0.2;

/** Stands in for the size of the weights of a tensor that is all zero. */
const ZERO_SIZE = 0.05;

/**
 * Compares a computed gradient g with f(p) = <from(p), seed> along fixed random directions d: <g, d>
 * against (8 (f(h) - f(-h)) - (f(2h) - f(-2h))) / 12h, whose own error is of fourth order in h. The
 * images are of f32, their product with the seed is summed in float64. Errors are divided by the
 * root mean square of <g, d> over such directions, so a direction across the gradient does no harm.
 */
export const directionalErrors = async (
  golden: Golden,
  { parameters, from, seed }: GradientOf,
  computed: ReadonlyMap<string, Float32Array>,
): Promise<DirectionalError[]> => {
  const { engine } = golden;
  const count = tensorSize(from);
  // The seed may be a constant, which has no memory to assign from; a sum has.
  const [fixedSeed] = await compute(golden, [add(reshape(seed, [count]), 0)]);
  const [origin] = await engine.record().read(parameters.flat).submit();
  if (!fixedSeed || !origin) throw new Error('the seed or the parameters could not be read');
  const values = variable('values', [count]);
  const program = await engine.prepare({
    name: 'finite differences',
    assign: [{ variable: values, value: reshape(from, [count]) }],
  });

  /** The terms of f at a distance h in a direction. */
  const terms = async (direction: Float32Array, h: number): Promise<number[]> => {
    engine.memory.write(
      parameters.flat,
      origin.map((value, i) => value + h * (direction[i] ?? 0)),
    );
    const [result] = await engine.record().run(program).read(values).submit();
    return Array.from(result ?? [], (value, i) => value * (fixedSeed[i] ?? NaN));
  };
  const at = async (direction: Float32Array, h: number): Promise<number> =>
    (await terms(direction, h)).reduce((sum, term) => sum + term, 0);
  const differences = async (direction: Float32Array, h: number): Promise<number> => {
    const near = (await at(direction, h)) - (await at(direction, -h));
    const far = (await at(direction, 2 * h)) - (await at(direction, -2 * h));
    return (8 * near - far) / (12 * h);
  };

  const weights = unflattenParameters(parameters.layout, Float32Array.from(origin));
  /** A random direction through some tensors, each in proportion to its weights. */
  const along = (names: readonly string[], number: number) => {
    const direction = new Float32Array(parameters.layout.size);
    let derivative = 0;
    let squares = 0;
    for (const [index, name] of names.entries()) {
      const place = parameters.layout.entries.get(name);
      const weight = weights.get(name)?.data;
      const gradient = computed.get(name);
      if (!place || !weight || !gradient) throw new Error(`no gradient of ${name}`);
      const size =
        Math.sqrt(weight.reduce((sum, w) => sum + w * w, 0) / weight.length) || ZERO_SIZE;
      const random = randomValues(weight.length, 1000 * (number + 1) + index);
      for (const [i, value] of random.entries()) {
        const g = gradient[i] ?? NaN;
        direction[place.offset + i] = size * value;
        derivative += g * size * value;
        squares += (g * size) ** 2;
      }
    }
    return { direction, derivative, usual: Math.sqrt(squares) };
  };

  const magnitude = (await terms(origin, 0)).reduce((sum, term) => sum + Math.abs(term), 0);
  const names = [...computed.keys()];
  const trials = [
    ...Array.from({ length: WHOLE_DIRECTIONS }, (_, i) => ({
      title: `all parameters, direction ${i + 1}`,
      ...along(names, i),
    })),
    ...names.map((name) => ({
      title: name,
      ...along([name], WHOLE_DIRECTIONS),
    })),
  ];
  const errors: DirectionalError[] = [];
  for (const { title, direction, derivative, usual } of trials) {
    const step = Math.min(MOST_STEP, (CHANGE * magnitude) / usual);
    const off = Math.abs((await differences(direction, step)) - derivative);
    // Parameters that no prompt of the batch uses: zero on both sides.
    errors.push({ direction: title, error: off === 0 ? 0 : off / usual });
  }
  engine.memory.write(parameters.flat, origin);
  program.destroy();
  engine.memory.free([values]);
  return errors;
};
