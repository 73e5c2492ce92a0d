import source from '../../../shaders/optim/adam.wgsl?raw';
import averageOff from '../../../shaders/optim/average_off.wgsl?raw';
import averageOn from '../../../shaders/optim/average_on.wgsl?raw';
import { ceilDivide, spreadWorkgroups, type Operand } from '../kernel';
import { add, divide, minimum, sqrt, square, where } from '../ops/pointwise';
import { sum } from '../ops/reduce';
import { elementCount, refuseShapes } from '../shape';
import { constant, makeTensor, read, type Tensor, type Variable } from '../tensor';

const WORKGROUP = 256;
/** Keeps the clip factor finite when every gradient is zero. */
const TINY_NORM = 1e-12;

/** Constants for networks that learn from data or from a fixed target; the rates are settings. */
export const USUAL_ADAM = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0 } as const;

/** What one Adam step reads and updates. Variables are flat f32 of one length. */
export interface AdamStep {
  /** Updated. */
  readonly parameters: Variable;
  /** Updated; begins as zeros. */
  readonly firstMoment: Variable;
  /** Updated; begins as zeros. */
  readonly secondMoment: Variable;
  /** Updated with `emaDecay`; begins as a copy of the parameters. Left out: no average. */
  readonly average?: Variable;
  readonly gradient: Variable;
  /** Scalar. */
  readonly learningRate: Tensor;
  /** Scalar 1 - beta1^step, step counted from 1. */
  readonly correction1: Tensor;
  /** Scalar 1 - beta2^step. */
  readonly correction2: Tensor;
  /** Scalar in [0, 1]; needed with `average`. */
  readonly emaDecay?: Tensor;
  /** Scalar that multiplies the gradient; see `clipFactor`. Default 1. */
  readonly clipFactor?: Tensor;
  readonly beta1: number;
  readonly beta2: number;
  /** Added to the root of the second moment. */
  readonly epsilon: number;
  /** Decoupled (AdamW); 0 gives Adam. */
  readonly weightDecay: number;
}

/** The bias corrections 1 - beta^step that the host sets before step 1, 2, ... */
export const biasCorrection = (beta: number, step: number): number => 1 - beta ** step;

/**
 * One AdamW step (Loshchilov and Hutter, 2019) over flat memory, with gradient scaling and the
 * moving average of the parameters fused. The result is an effect: a node of shape (1) without a
 * value, to be run for its updates. Throws ShapeError when the variables differ in length.
 */
export const adamStep = (step: AdamStep): Tensor => {
  const { parameters, firstMoment, secondMoment, average, gradient } = step;
  const updates = [parameters, firstMoment, secondMoment, ...(average ? [average] : [])];
  const count = elementCount(parameters.shape);
  for (const other of [...updates, gradient]) {
    if (elementCount(other.shape) !== count) {
      refuseShapes('adam', [parameters.shape, other.shape], 'all arrays must be of one length');
    }
  }
  if (average && !step.emaDecay) throw new TypeError('adam: an average needs emaDecay.');

  const scalars: [string, Tensor][] = [
    ['clip', step.clipFactor ?? constant(1)],
    ['learning_rate', step.learningRate],
    ['correction1', step.correction1],
    ['correction2', step.correction2],
    ['rate1', constant(1 - step.beta1)],
    ['rate2', constant(1 - step.beta2)],
    ['epsilon', constant(step.epsilon)],
    ['weight_decay', constant(step.weightDecay)],
  ];
  if (average && step.emaDecay) scalars.push(['ema_decay', step.emaDecay]);
  const operands: Operand[] = [
    { name: 'gradient', access: 'buffer' },
    ...scalars.map(([name]): Operand => ({ name, access: 'value' })),
  ];

  return makeTensor({
    operation: 'adam',
    shape: [1],
    inputs: [read(gradient), ...scalars.map(([, tensor]) => tensor)],
    lowering: {
      kind: 'kernel',
      kernel: {
        family: 'optim/adam',
        operands,
        updates,
        stores: false,
        dispatches: () => [
          {
            source: `${average ? averageOn : averageOff}\n${source}`,
            shape: [count],
            workgroups: spreadWorkgroups(ceilDivide(count, WORKGROUP)),
          },
        ],
        flops: 16 * count,
      },
    },
  });
};

/**
 * Scalar factor that brings the global norm of a flat gradient down to `maxNorm` (scalar):
 * min(1, maxNorm / |gradient|), and 1 when maxNorm is 0 (no clipping). No gradient.
 */
export const clipFactor = (gradient: Tensor, maxNorm: Tensor): Tensor => {
  const norm = sqrt(sum(square(gradient)));
  return where(maxNorm, minimum(divide(maxNorm, add(norm, TINY_NORM)), 1), 1);
};
